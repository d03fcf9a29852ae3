//! Understanding never fails, whatever stands on the page, and keeps what it promises about its findings.

use domain::{Attachment, Code, CodeKind, Known, Page, PageOrigin, Reading, Rect, Word};
use proptest::prelude::*;
use understand::understand;

/// Words that lead into every branch, with any letters between them.
fn text() -> impl Strategy<Value = String> {
    let telling = prop::sample::select(vec![
        "Rechnung",
        "Rechnungsnummer",
        "Nr.",
        "Datum",
        "bis",
        "zum",
        "14.03.2026",
        "31.02.2026",
        "03/14/2026",
        "März",
        "2026",
        "1.234,56",
        "€",
        "EUR",
        "12,-",
        "-3,00",
        "19",
        "%",
        "MwSt.",
        "netto",
        "Rechnungsbetrag",
        "zu",
        "zahlen",
        "IBAN",
        "DE89370400440532013000",
        "DE89",
        "3704",
        "BIC",
        "COBADEFFXXX",
        "innerhalb",
        "von",
        "14",
        "Tagen",
        "Skonto",
        "2",
        "Mahnung",
        "2.",
        "Bescheid",
        "Widerspruch",
        "12345",
        "Berlin",
        "GmbH",
        "·",
        "Sehr",
        "geehrte",
        "Frau",
        "Hallo",
        "Max",
        "um",
        "9:30",
        "Uhr",
        "RF18",
        "5390",
        "0754",
        "7034",
        "USt-IdNr.",
        "DE136695976",
        "Lastschrift",
        "Verkäufer:",
        "(",
        ":",
    ]);
    prop_oneof![4 => telling.prop_map(str::to_owned), 1 => "\\PC{1,12}"]
}

fn rect() -> impl Strategy<Value = Rect> {
    let edge = || prop_oneof![8 => 0.0f32..1.0, 1 => any::<f32>()];
    (edge(), edge(), 0.0f32..0.3, 0.0f32..0.05).prop_map(|(x, y, w, h)| Rect { x, y, w, h })
}

fn word() -> impl Strategy<Value = Word> {
    (text(), rect(), 0.0f32..=1.0, 0u32..40).prop_map(|(text, rect, confidence, line)| Word {
        text,
        rect,
        confidence,
        line,
        block: line,
    })
}

fn page() -> impl Strategy<Value = Page> {
    (prop::collection::vec(word(), 0..80), any::<bool>()).prop_map(|(words, ocr)| Page {
        width: 595.0,
        height: 842.0,
        origin: if ocr { PageOrigin::Ocr } else { PageOrigin::Embedded },
        turned: 0,
        language: None,
        words,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn any_words_anywhere_are_survived(
        pages in prop::collection::vec(page(), 0..4),
        code in "(BCD|SPC|\\PC{0,5})(\n\\PC{0,22}){0,32}",
        bytes in prop::collection::vec(any::<u8>(), 0..64),
    ) {
        let rect = Rect { x: 0.1, y: 0.1, w: 0.1, h: 0.1 };
        let reading = Reading {
            codes: vec![Code { kind: CodeKind::Qr, text: code, page: 1, rect }],
            attachments: vec![Attachment { name: String::new(), bytes }],
            pages,
            ..Reading::default()
        };
        let findings = understand(&reading, &Known::default());
        prop_assert!(!findings.kinds.is_empty());
        prop_assert!(findings.kinds.windows(2).all(|pair| pair[0].confidence >= pair[1].confidence || pair[0].kind.is_alarming()));
        prop_assert!(findings.facts.iter().all(|fact| (0.0..=1.0).contains(&fact.confidence)), "{:?}", findings.facts);
        prop_assert!(findings.facts.iter().all(|fact| !fact.certain || !fact.checks.is_empty()), "{:?}", findings.facts);
        let most = findings.facts.chunk_by(|a, b| a.field == b.field).map(<[_]>::len).max();
        prop_assert!(most.unwrap_or(0) <= 5);
    }
}
