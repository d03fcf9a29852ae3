//! Bills and their relatives: what asks for money, gives it back or proves that it was paid.

use domain::{DocumentKind, Field};

use super::Kind;
use super::phrases::{Phrases, contains};
use crate::context::Context;
use crate::forms::{identifiers, pattern};
use crate::layout::Row;

pub(super) const INVOICE: Invoice = Invoice(Phrases {
    kind: DocumentKind::Invoice,
    title: &[
        "-rechnung",
        "invoice",
        "tax invoice",
        "-liquidation",
        "honorarnote",
        "faktura",
        "zahlungsaufforderung",
        "-gebührenbescheid",
        "bill",
        "statement of charges",
        "facture",
        "factuur",
        "rechnung-",
        "nebenkostenabrechnung",
        "betriebskostenabrechnung",
        "heizkostenabrechnung",
        "verbrauchsabrechnung",
        "jahresabrechnung",
    ],
    body: &[
        ("rechnungsnummer", 0.7),
        ("rechnungs-nr", 0.7),
        ("rechnung nr", 0.7),
        ("rechnungsnr", 0.7),
        ("rechnungsdatum", 0.4),
        ("rechnungsbetrag", 0.7),
        ("invoice number", 0.7),
        ("invoice no", 0.7),
        ("invoice date", 0.5),
        ("amount due", 0.6),
        ("balance due", 0.6),
        ("due date", 0.3),
        ("bitte überweisen sie", 0.6),
        ("bitte überweise", 0.5),
        ("zahlbar", 0.4),
        ("zu zahlen", 0.4),
        ("nachzahlung", 0.4),
        ("berechnen wir", 0.4),
        ("berechne ich", 0.4),
        ("erlauben wir uns zu berechnen", 0.6),
        ("verrechnen wir", 0.4),
        ("please transfer", 0.4),
        ("zahlungsbedingungen", 0.2),
        // What looks like a bill and is none.
        ("keine rechnung", -4.0),
        ("not an invoice", -4.0),
        ("keine zahlungspflicht", -4.0),
        ("unverbindliches angebot", -3.0),
        ("eintragungsofferte", -3.0),
        ("-angebot", -0.5),
        ("kostenvoranschlag", -1.0),
        ("proforma", -1.5),
        ("pro forma", -1.5),
        ("kontoauszug", -1.5),
        ("brutto/netto", -2.0),
        ("entgeltbescheinigung", -2.0),
        ("rechtsbehelfsbelehrung", -2.0),
    ],
    never: &[],
});

/// A bill; a payment code or an account beside an amount speaks for it as well.
pub(super) struct Invoice(Phrases);

impl Kind for Invoice {
    fn id(&self) -> DocumentKind {
        self.0.id()
    }

    fn score(&self, context: &Context) -> f32 {
        let payable = context.payment_codes.iter().any(|code| code.amount.is_some());
        // A settlement with a credit balance gives money back.
        let credit = contains(&context.text, "guthaben") && !contains(&context.text, "nachzahlung");
        self.0.score(context) + if payable { 0.6 } else { 0.0 } - if credit { 0.8 } else { 0.0 }
    }
}

pub(super) const CORRECTED_INVOICE: Phrases = Phrases {
    kind: DocumentKind::CorrectedInvoice,
    title: &[
        "corrected invoice",
        "rechnungskorrektur",
        "korrekturrechnung",
        "korrigierte rechnung",
        "berichtigte rechnung",
        "rechnungsberichtigung",
        "stornorechnung",
        "amended invoice",
    ],
    body: &[
        ("rechnungskorrektur", 0.8),
        ("korrekturrechnung", 0.8),
        ("rechnungsberichtigung", 0.8),
        ("stornorechnung", 0.8),
        ("ersetzt die rechnung", 1.5),
        ("ersetzt die frühere", 1.5),
        ("ersetzt unsere rechnung", 1.5),
        ("replaces invoice", 1.5),
        ("for invoice no", 0.6),
    ],
    never: &[],
};

pub(super) const SELF_BILLED_INVOICE: Phrases = Phrases {
    kind: DocumentKind::SelfBilledInvoice,
    title: &[
        "self-billed invoice",
        "self billed invoice",
        "self-billing",
        "gutschriftsanzeige",
        "provisionsgutschrift",
    ],
    body: &[
        ("gutschrift im sinne des § 14", 4.0),
        ("abrechnung per gutschrift", 3.0),
        ("gutschriftverfahren", 3.0),
        ("gutschriftsverfahren", 3.0),
        ("self-billing", 1.0),
        ("§ 14 abs. 2", 0.5),
    ],
    never: &[],
};

pub(super) const ACCOUNTING_INFO: Phrases = Phrases {
    kind: DocumentKind::AccountingInfo,
    title: &["buchungshilfe", "accounting information", "kontierungshilfe"],
    body: &[("buchungshilfe", 2.5), ("buchungshilfe - keine rechnung", 3.0)],
    never: &[],
};

pub(super) const PAYMENT_SLIP: Phrases = Phrases {
    kind: DocumentKind::PaymentSlip,
    title: &["empfangsschein", "zahlteil", "zahlschein", "überweisungsträger", "payment part", "section paiement"],
    body: &[("empfangsschein", 0.5), ("zahlteil", 0.5), ("annahmestelle", 0.3), ("receipt payment part", 0.5)],
    never: &[],
};

pub(super) const CREDIT_NOTE: Phrases = Phrases {
    kind: DocumentKind::CreditNote,
    title: &[
        "-gutschrift",
        "credit note",
        "credit memo",
        "refund",
        "rückerstattung",
        "erstattung",
        "-guthaben",
        "avoir",
        "rechnungsstorno",
        "guthabenabrechnung",
    ],
    body: &[
        ("gutschriftsbetrag", 1.2),
        ("gutschriftsnummer", 1.0),
        ("gutschrift nr", 1.0),
        ("das guthaben von", 1.0),
        ("guthaben zu ihren gunsten", 1.2),
        ("ihr guthaben", 0.8),
        ("überweisen wir ihnen", 0.6),
        ("wir überweisen ihnen", 0.6),
        ("wir erstatten", 0.9),
        ("erstatten wir", 0.9),
        ("will be refunded", 0.9),
        ("we have refunded", 0.9),
        ("credit note", 0.6),
        ("zu viel gezahlt", 0.6),
    ],
    never: &[],
};

pub(super) const RECEIPT: Receipt = Receipt(Phrases {
    kind: DocumentKind::Receipt,
    title: &[
        "-quittung",
        "receipt",
        "kassenbon",
        "kassenbeleg",
        "zahlungsbeleg",
        "zahlungsbestätigung",
        "payment confirmation",
        "spendenbescheinigung",
        "zuwendungsbestätigung",
        "bestätigung über geldzuwendungen",
        "sammelbestätigung",
        "spendenquittung",
        "spendenbestätigung",
        "donation receipt",
        "kundenbeleg",
        "barverkauf",
        "cash bill",
    ],
    body: &[
        ("betrag dankend erhalten", 1.5),
        ("betrag erhalten", 1.0),
        ("dankend erhalten", 1.0),
        ("rückgeld", 1.2),
        ("wechselgeld", 1.0),
        ("gegeben", 0.4),
        ("kartenzahlung", 0.6),
        ("zahlart", 0.5),
        ("bar bezahlt", 1.0),
        ("kassierer", 0.6),
        ("es bediente sie", 1.0),
        ("terminal-id", 0.8),
        ("bon-nr", 1.0),
        ("beleg-nr", 0.6),
        ("tse", 0.5),
        ("tse-", 0.6),
        ("girocard", 0.5),
        ("kontaktlos", 0.5),
        ("change due", 0.6),
        ("cash", 0.4),
        ("cashier", 0.6),
        ("vielen dank für ihren einkauf", 1.5),
        ("thank you for shopping", 1.2),
        ("bitte überweisen sie", -1.5),
        ("empfangsschein", -1.0),
        ("überweisungsträger", -1.0),
    ],
    never: &[Field::DueDate],
});

/// A proof of payment. Change was given: whatever its title, it is paid.
pub(super) struct Receipt(Phrases);

impl Kind for Receipt {
    fn id(&self) -> DocumentKind {
        self.0.id()
    }

    fn score(&self, context: &Context) -> f32 {
        let change = pattern!(r"^\W*(?:(?:cash )?change|rückgeld|wechselgeld)\b");
        let amount = |row: &Row| row.cells.iter().any(|cell| pattern!(r"[.,]\d\d\b").is_match(&cell.text));
        let starts = |row: &Row| row.cells.first().is_some_and(|cell| change.is_match(&cell.text));
        let changed = context.layout.rows.iter().any(|row| starts(row) && amount(row));
        // What a till prints is paid at the till.
        let account = |row: &Row| row.cells.iter().any(|cell| !identifiers::ibans(&cell.text).is_empty());
        let till = context.layout.is_slip() && !context.layout.rows.iter().any(account);
        self.0.score(context) + if changed { 3.6 } else { 0.0 } + if till { 1.5 } else { 0.0 }
    }

    fn never(&self) -> &'static [Field] {
        self.0.never()
    }
}
