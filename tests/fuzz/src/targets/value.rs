use domain::{Field, Iban, Money, Value};

use crate::Target;
use crate::seeds::texts;

/// Values as a person types them: the first byte says for which field.
pub(crate) const TARGET: Target = Target {
    name: "value",
    seeds,
    words: &["31.02.", "EUR ", "1.234,56", "DE89", "2 % bis ", "heute", "24:00", "|"],
    short: 5_000,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    let typed = [
        "14.03.2026",
        "14. März 2026",
        "2026-03-14",
        "March 14th, 2026",
        "1.234,56 EUR",
        "EUR 1,234.56",
        "-84,20",
        "CHF 12.-",
        "DE89 3704 0044 0532 0130 00",
        "2026-03-14 14:30",
        "42",
        "2,00 % 10 Tage",
        "19 % 70,76 13,44",
        "EUR",
        "50,00 01.12.2026",
    ];
    let of_field = |field: usize| typed.iter().map(move |text| [&[field as u8], text.as_bytes()].concat());
    [texts(&typed), (0..Field::ALL.len()).flat_map(of_field).collect()].concat()
}

fn run(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let field = Field::ALL[usize::from(*first) % Field::ALL.len()];
    for language in [None, Some("de"), Some("en")] {
        if let Ok(value) = understand::value_of(field, &text, language) {
            let plain = value.plain();
            // An amount is shown in cents, and may have been typed with parts of them.
            let again = Value::parse(field, &plain).map(|value| value.plain());
            assert_eq!(again.as_ref(), Ok(&plain), "{field:?}: {value:?} of {text:?}");
        }
    }
    if let Ok(iban) = Iban::parse(&text) {
        assert_eq!(Iban::parse(iban.as_str()).ok(), Some(iban), "{text:?}");
    }
    drop(Money::parse(&text, "EUR"));
}
