//! Letters of one sender, a gardener: bills and the reminder of one of them.

use journeys::TestApp;
use journeys::letter::{BILLER, letter_from};
use serde_json::Value;

/// The account of the gardener.
pub(crate) const IBAN: &str = "DE89 3704 0044 0532 0130 00";

/// Takes a letter of the gardener in, with this heading and these lines, and gives its document.
pub(crate) fn letter(test: &TestApp, name: &str, heading: &str, lines: &[&str]) -> Value {
    let address = format!("{BILLER} · Am Anger 3 · 05123 Eichenbruck");
    let path = test.folder().join(name);
    std::fs::write(&path, letter_from(&address, heading, lines)).unwrap();
    test.document(&path)
}

/// A bill over 142,80 €; its file is called by its number.
pub(crate) fn bill(test: &TestApp, number: &str, of: &str, due: &str, iban: &str) -> Value {
    let lines = [
        &format!("Rechnungsnummer: {number}"),
        &format!("Rechnungsdatum: {of}"),
        "Rechnungsbetrag: 142,80 €",
        &format!("Bitte überweisen Sie den Rechnungsbetrag bis zum {due} auf unser Konto."),
        &format!("IBAN: {iban}"),
    ];
    letter(test, &format!("{number}.pdf"), "Rechnung", &lines)
}

/// The bill that the [`reminder`] is about.
pub(crate) fn first_bill(test: &TestApp) -> Value {
    bill(test, "GH-2026-117", "12.11.2026", "26.11.2026", IBAN)
}

/// The reminder of the [`first_bill`].
pub(crate) fn reminder(test: &TestApp) -> Value {
    let lines = [
        "Datum: 18.11.2026",
        "Unsere Rechnung GH-2026-117 vom 12.11.2026 über 142,80 € ist noch offen.",
        "Mahngebühr: 5,00 €",
        "Zu zahlender Gesamtbetrag: 147,80 €",
        "Bitte zahlen Sie bis zum 30.11.2026.",
        &format!("IBAN: {IBAN}"),
    ];
    letter(test, "mahnung.pdf", "1. Mahnung", &lines)
}
