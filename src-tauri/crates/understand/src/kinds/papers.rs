//! What is only to be read.

use domain::{DocumentKind, Field};

use super::Kind;
use super::phrases::{Phrases, contains};
use crate::context::{Context, is_salutation};

/// Amounts and dates here ask for nothing.
const NO_BILL: &[Field] = &[Field::AmountDue, Field::DueDate, Field::DirectDebitDate];

pub(super) const PUBLICATION: Phrases = Phrases {
    kind: DocumentKind::Publication,
    title: &[
        "newsletter",
        "gemeindebrief",
        "-magazin",
        "-zeitschrift",
        "heft",
        "-ausgabe",
        "-jahresbericht",
        "-handbuch",
        "bedienungsanleitung",
        "user manual",
        "white paper",
        "annual report",
        "-broschüre",
        "-rundbrief",
        "mitgliederzeitung",
        "-zeitung",
        "report",
        "hefte",
    ],
    body: &[
        ("impressum", 0.8),
        ("redaktion", 0.9),
        ("redaktionskreis", 1.0),
        ("literatur", 0.5),
        ("abbildung 1", 0.6),
        ("tabelle 1", 0.7),
        ("inhaltsverzeichnis", 1.0),
        ("issn", 1.2),
        ("isbn", 1.0),
        ("editorial", 0.8),
        ("table of contents", 1.0),
        ("gottesdienste", 0.8),
        ("nächste ausgabe", 1.0),
        ("rechnungsnummer", -1.5),
    ],
    never: NO_BILL,
};

pub(super) const ADVERTISEMENT: Phrases = Phrases {
    kind: DocumentKind::Advertisement,
    title: &[
        "angebot",
        "eintragungsofferte",
        "offerte",
        "-aktion",
        "special offer",
        "jetzt sparen",
        "gutschein",
        "-werbung",
        "exklusiv für sie",
    ],
    body: &[
        ("unverbindliches angebot", 2.5),
        ("keine zahlungspflicht", 2.0),
        ("ist ein angebot", 2.0),
        ("angebot zur aufnahme", 2.0),
        ("erst durch zahlung", 2.0),
        ("erst mit der zahlung", 2.0),
        ("erst mit zahlung", 2.0),
        ("privates verzeichnis", 1.5),
        ("pflicht zur eintragung", 1.5),
        ("keine verbindung zu behörden", 1.5),
        ("not an invoice", 2.0),
        ("eintragungsofferte", 2.0),
        ("kein amtliches register", 1.0),
        ("nicht um ein amtliches", 1.0),
        ("jetzt bestellen", 0.8),
        ("jetzt sichern", 0.8),
        ("nur für kurze zeit", 1.0),
        ("rabatt", 0.3),
        ("neukunden", 0.5),
        ("gewinnspiel", 0.9),
        ("act now", 0.6),
        ("this is not a bill", 2.5),
        ("limited time", 0.8),
        ("angebot kommt erst", 0.5),
    ],
    never: NO_BILL,
};

pub(super) const LETTER: Letter = Letter;

/// A letter of no other kind: somebody writes to somebody.
pub(super) struct Letter;

impl Kind for Letter {
    fn id(&self) -> DocumentKind {
        DocumentKind::Letter
    }

    fn score(&self, context: &Context) -> f32 {
        let salutation = context.layout.cells().any(|cell| is_salutation(&cell.text));
        let closing = [
            "mit freundlichen grüßen",
            "freundliche grüße",
            "herzliche grüße",
            "liebe grüße",
            "viele grüße",
            "hochachtungsvoll",
            "yours sincerely",
            "kind regards",
            "best regards",
            "love",
            "alles liebe",
            "deine",
            "dein",
        ];
        let greets = closing.iter().any(|phrase| contains(&context.text, phrase));
        // Every bill greets as well: never enough to win against a kind that names itself.
        0.7 * f32::from(u8::from(salutation)) + 0.5 * f32::from(u8::from(greets))
    }

    fn never(&self) -> &'static [Field] {
        &[]
    }
}

pub(super) const OTHER: Other = Other;

/// None of the others; wins only where nothing speaks for any of them.
pub(super) struct Other;

impl Kind for Other {
    fn id(&self) -> DocumentKind {
        DocumentKind::Other
    }

    fn score(&self, _: &Context) -> f32 {
        0.15
    }
}
