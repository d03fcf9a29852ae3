//! Inputs to begin with: made up here, or from the fixtures.

use std::fs;
use std::path::{Path, PathBuf};

/// Texts as inputs.
pub fn texts(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The files of a folder of `tests/fixtures` with one of these endings, no larger than `most` bytes.
pub fn fixtures(folder: &str, endings: &[&str], most: u64) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures")).join(folder);
    files(&folder, endings, most)
}

/// The same of the sample letters.
pub fn samples(endings: &[&str], most: u64) -> Vec<Vec<u8>> {
    files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/samples")), endings, most)
}

fn files(folder: &Path, endings: &[&str], most: u64) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of seeds").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.retain(|path| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        endings.contains(&ending.as_str()) && path.metadata().is_ok_and(|file| file.len() <= most)
    });
    paths.iter().map(|path| fs::read(path).expect("a readable seed")).collect()
}

/// A letter with what letters have.
pub const LETTER: &str = "Stadtwerke Musterstadt GmbH · Werkstraße 1 · 12345 Musterstadt\n\
Frau Kim Beispiel\nAhornweg 3\n12345 Musterstadt\n\n\
Musterstadt, 14. November 2026\nRechnungsnummer: RE-2026/0815\nKundennummer: 44-7711\n\
Vertragskonto 2000 123 456\n\nRechnung über Strom\n\nSehr geehrte Frau Beispiel,\n\
Abrechnungszeitraum 01.11.2025 bis 31.10.2026\nNetto 70,76 EUR\n19 % USt 13,44 EUR\nGesamtbetrag 84,20 EUR\n\
Bitte überweisen Sie den Betrag bis zum 28.11.2026 auf unser Konto\n\
IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX\n\
Bei Zahlung innerhalb von 10 Tagen gewähren wir 2 % Skonto.\n\
Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch einlegen.\n\
Termin: Montag, 7. Dezember 2026 um 14:30 Uhr, Zimmer 12\n";
