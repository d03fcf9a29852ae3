use domain::{Code, CodeKind, Rect};

use crate::Target;
use crate::seeds::texts;

/// Codes on a page: GiroCode, Swiss QR bill, and any other.
pub(crate) const TARGET: Target = Target {
    name: "code",
    seeds,
    words: &["BCD\n002\n1\nSCT\n", "SPC\n0200\n1\n", "EUR", "EUR-1", "CHF99999999999999999999", "QRR", "SCOR", "NON"],
    short: 60,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    texts(&[
        "BCD\n002\n1\nSCT\nCOBADEFFXXX\nStadtwerke Musterstadt GmbH\nDE89370400440532013000\nEUR84.20\n\n\nRE-2026/0815\n",
        "SPC\n0200\n1\nCH4431999123000889012\nS\nMuster AG\nWeg\n1\n8000\nZürich\nCH\n\n\n\n\n\n\n\n1949.75\nCHF\nS\nKim\nGasse\n2\n8001\nZürich\nCH\nQRR\n210000000003139471430009017\nRechnung\nEPD\n",
        "https://example.org/?a=b",
        "DV 11.26 0,95 Deutsche Post",
    ])
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let rect = Rect { x: 0.1, y: 0.8, w: 0.2, h: 0.15 };
    let mut reading = super::reading("Muster GmbH\nRechnung RE-2026/0815\nGesamtbetrag 84,20 EUR\n");
    reading.codes = vec![Code { kind: CodeKind::Qr, text, page: 1, rect }];
    super::understood(&reading);
}
