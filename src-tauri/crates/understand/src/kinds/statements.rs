//! Statements of money that has moved by itself.

use domain::{DocumentKind, Field};

use super::phrases::Phrases;

pub(super) const PAYSLIP: Phrases = Phrases {
    kind: DocumentKind::Payslip,
    title: &[
        "-gehaltsabrechnung",
        "lohnabrechnung",
        "entgeltabrechnung",
        "bezügeabrechnung",
        "verdienstabrechnung",
        "abrechnung der brutto/netto-bezüge",
        "brutto/netto-",
        "payslip",
        "pay slip",
        "salary statement",
        "bezügemitteilung",
        "lohnsteuerbescheinigung",
        "rentenbezugsmitteilung",
    ],
    body: &[
        ("lohnsteuer", 0.8),
        ("gesamtbrutto", 0.9),
        ("steuerbrutto", 0.9),
        ("steuerklasse", 0.7),
        ("auszahlungsbetrag", 0.6),
        ("rentenversicherung", 0.3),
        ("sv-nr", 0.5),
        ("personal-nr", 0.5),
        ("personalnummer", 0.5),
        ("gross pay", 1.0),
        ("net pay", 0.8),
        ("einkommensteuererklärung", -1.0),
        ("rechtsbehelfsbelehrung", -2.0),
    ],
    never: &[Field::DueDate, Field::TotalNet, Field::TaxTotal],
};

pub(super) const BANK_STATEMENT: Phrases = Phrases {
    kind: DocumentKind::BankStatement,
    title: &[
        "-kontoauszug",
        "rechnungsabschluss",
        "depotauszug",
        "bank statement",
        "account statement",
        "statement of account",
        "kreditkartenabrechnung",
        "finanzstatus",
    ],
    body: &[
        ("alter kontostand", 1.3),
        ("neuer kontostand", 1.3),
        ("alter saldo", 1.2),
        ("neuer saldo", 1.2),
        ("bu-tag", 0.8),
        ("buchungstag", 0.6),
        ("opening balance", 1.0),
        ("closing balance", 1.0),
        ("dispositionskredit", 0.4),
    ],
    never: &[Field::AmountDue, Field::DueDate, Field::TotalGross, Field::TotalNet, Field::TaxTotal, Field::Prepaid],
};
