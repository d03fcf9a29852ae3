//! The main language of a text.

use domain::Reading;
use whatlang::{Detector, Lang};

/// Languages of letters that reach a home in Europe, with their ISO 639-1 codes; a short list makes short texts surer.
const LANGUAGES: [(Lang, &str); 12] = [
    (Lang::Deu, "de"),
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Ita, "it"),
    (Lang::Nld, "nl"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Pol, "pl"),
    (Lang::Tur, "tr"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Rus, "ru"),
];

/// Fewer letters than this say nothing about a language.
const FEWEST_LETTERS: usize = 20;

/// Notes the main language of each page and of the whole.
pub(crate) fn note_languages(reading: &mut Reading) {
    for page in &mut reading.pages {
        page.language = language_of(&page.text());
    }
    reading.language = match &reading.pages[..] {
        [page] => page.language.clone(),
        _ => language_of(&reading.text()),
    };
}

/// ISO 639-1 code of the main language, if there is enough text to tell.
fn language_of(text: &str) -> Option<String> {
    let lang = detected(text)?;
    LANGUAGES.iter().find(|(l, _)| *l == lang).map(|(_, code)| (*code).to_owned())
}

/// The same as an ISO 639-3 code, which is how Tesseract names the languages above.
pub(crate) fn long_code_of(text: &str) -> Option<&'static str> {
    detected(text).map(|lang| lang.code())
}

fn detected(text: &str) -> Option<Lang> {
    // Numbers and codes are no language; left in they pull invoices towards whatever script statistics they hit.
    let words: Vec<&str> = text.split_whitespace().filter(|w| w.chars().all(|c| !c.is_numeric())).collect();
    let text = words.join(" ");
    if text.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    Detector::with_allowlist(LANGUAGES.iter().map(|(lang, _)| *lang).collect()).detect_lang(&text)
}

#[cfg(test)]
mod tests {
    use super::language_of;

    #[test]
    fn letters_are_told_apart_and_numbers_say_nothing() {
        assert_eq!(
            language_of("Sehr geehrte Damen und Herren, bitte überweisen Sie den Betrag").as_deref(),
            Some("de")
        );
        assert_eq!(language_of("Please transfer the amount due within thirty days of receipt").as_deref(), Some("en"));
        assert_eq!(language_of("4711 12,50 DE89370400440532013000 2025-01-01"), None);
    }
}
