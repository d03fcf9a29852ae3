//! Numbers by which sender and reader know a bill, a customer, a contract, an order or a payment.

use domain::{Check, DocumentKind, Fact, Field, Origin, Value};

use super::Extractor;
use super::number_labels::{bare_label, bare_title, labels, names_another_bill, original_bill};
use crate::context::Context;
use crate::forms::{identifiers, numbers, pattern};
use crate::labels::{Place, beside, found, in_prose};

pub(super) struct Numbers;

/// How many bytes may stand between a label and its number.
const REACH: usize = 4;

impl Extractor for Numbers {
    fn id(&self) -> &'static str {
        "numbers"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = below_title(self.id(), context);
        facts.extend(labelled(self.id(), context));
        facts.extend(of_original_bill(self.id(), context));
        facts.extend(checked_references(self.id(), context));
        facts.extend(written_on_transfer(self.id(), context));
        facts.extend(asked_for_by_name(self.id(), context));
        facts.extend(derived_reference(context, &facts));
        if context.is_claim() {
            // It has no number of its own: what looks like one is the bill's.
            for fact in facts.iter_mut().filter(|fact| fact.field == Field::InvoiceNumber) {
                (fact.field, fact.confidence) = (Field::OriginalInvoiceNumber, 0.88 * fact.confidence);
            }
        }
        facts
    }
}

/// Whether a letter corrects a bill and has a number of its own.
fn corrects(context: &Context) -> bool {
    matches!(context.kind(), DocumentKind::CreditNote | DocumentKind::CorrectedInvoice)
}

/// "Rechnung" as a title, with "Nr. 12" on the line below.
fn below_title(by: &str, context: &Context) -> Vec<Fact> {
    let (title, label) = (bare_title(), bare_label());
    let mut facts = Vec::new();
    for (row, next) in context.layout.rows.iter().zip(context.layout.rows.iter().skip(1)) {
        for cell in row.cells.iter().filter(|cell| title.is_match(&cell.text)) {
            let lower = next.cells.iter().find(|lower| (lower.rect.x - cell.rect.x).abs() < 0.03);
            let Some((lower, end)) = lower.and_then(|lower| Some((lower, label.find(&lower.text)?.end()))) else {
                continue;
            };
            let rest = lower.text.get(end..).unwrap_or_default();
            if let Some((range, value)) = numbers::number(rest) {
                let hit = found(lower, end + range.start..end + range.end, value, Place::Below);
                facts.push(hit.fact(by, Field::InvoiceNumber, 0.88, Value::Text));
            }
        }
    }
    facts
}

/// Numbers beside their labels.
fn labelled(by: &str, context: &Context) -> Vec<Fact> {
    /// With fewer digits it may be any number.
    const DIGITS: usize = 3;
    let corrects = corrects(context);
    let mut facts = Vec::new();
    for (field, label, weight) in labels() {
        for hit in beside(&context.layout, label, REACH, &numbers::number) {
            if corrects && field == Field::InvoiceNumber && names_another_bill(&hit.before) {
                continue;
            }
            let short = hit.value.chars().filter(char::is_ascii_digit).count() < DIGITS;
            facts.push(hit.fact(by, field, weight * if short { 0.6 } else { 1.0 }, Value::Text));
        }
    }
    facts
}

/// The number of the bill that a correction, a reminder or a court order is about.
fn of_original_bill(by: &str, context: &Context) -> Vec<Fact> {
    if !corrects(context) && !context.is_claim() {
        return Vec::new();
    }
    let hits = in_prose(&context.layout, original_bill(), REACH, &numbers::number).into_iter();
    hits.map(|hit| hit.fact(by, Field::OriginalInvoiceNumber, 0.84, Value::Text)).collect()
}

/// References for the transfer that prove themselves.
fn checked_references(by: &str, context: &Context) -> Vec<Fact> {
    let references = context.layout.cells().flat_map(|cell| {
        let all = identifiers::references(&cell.text).into_iter();
        all.map(move |(range, reference)| found(cell, range, reference, Place::Behind))
    });
    let proven = |fact| Fact { checks: vec![Check::CheckDigits], certain: true, ..fact };
    references.map(|hit| proven(hit.fact(by, Field::PaymentReference, 0.93, Value::Text))).collect()
}

/// What the letter wants to be written on the transfer, as it says it: "als Verwendungszweck „Parzelle 47 / 2026“",
/// "Verwendungszweck: 407 118 2260 / U25".
fn written_on_transfer(by: &str, context: &Context) -> Vec<Fact> {
    let quoted = pattern!(
        r#"\b(?:verwendungszweck|überweisungszweck|zahlungsgrund|zahlungsreferenz|betreff|stichwort|kennwort|payment reference|reference)\b[^.;!?„“"»]{0,30}[„“"»](?P<text>[^„“”"«»]{3,60})[“”"«]"#
    );
    let listed = pattern!(
        r"^\W*(?:verwendungszweck|überweisungszweck|zahlungsgrund|zahlungsreferenz|payment reference|reference)(?:\s*\([^)]*\))?\s*:\s*(?P<text>[^.;,:]{3,40}?)\W*$"
    );
    let quotes = context.layout.paragraphs.iter().map(|run| (run, quoted, 0.88));
    let lines = context.layout.cells().map(|run| (run, listed, 0.86));
    let hits = quotes.chain(lines).filter_map(|(run, form, weight)| {
        let text = form.captures(&run.text)?.name("text")?;
        let value = text.as_str().trim().to_owned();
        let place = found(run, text.range(), value, Place::Behind);
        let is_number = text.as_str().contains(|c: char| c.is_ascii_digit());
        is_number.then(|| place.fact(by, Field::PaymentReference, weight, Value::Text))
    });
    hits.collect()
}

/// The number that a sentence wants to be named with the payment, where it stands beside its own label: "unter Angabe des
/// Kassenzeichens", "Geben Sie bitte die Steuernummer an".
fn asked_for_by_name(by: &str, context: &Context) -> Vec<Fact> {
    let asked = pattern!(concat!(
        r"(?:\b(?:unter|mit) angabe\b[^.;!?]{0,30}|\bgeben sie\b[^.;!?]{0,60}|\bverwendungszweck\b[^.;!?]{0,40})",
        r"\b(?P<name>kassenzeichen|aktenzeichen|geschäftszeichen|buchungszeichen|(?:steuer|kunden|mitglieds|beitrags|versicherungs|versicherten|mieter|rechnungs|vertrags|vorgangs|bürger|patienten|teilnehmer|kurs|personen)-?(?:nummer|nr\.?))"
    ));
    let label = pattern!(r"\b\p{L}+(?:zeichen|nummer|-?nr\.?|konto)(?:\s*\([^)]*\))?");
    let names = context.sentences().filter_map(|sentence| {
        let name = asked.captures(sentence)?.name("name")?.as_str().to_lowercase();
        Some(
            name.trim_end_matches("nummer")
                .trim_end_matches("nr.")
                .trim_end_matches("nr")
                .trim_end_matches('-')
                .to_owned(),
        )
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return Vec::new();
    }
    let hits = beside(&context.layout, label, REACH, &numbers::number).into_iter();
    let hits = hits.filter(|hit| {
        let before = hit.before.to_lowercase();
        let last: String = before.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        names.iter().any(|name| last.contains(name.as_str()))
    });
    hits.map(|hit| hit.fact(by, Field::PaymentReference, 0.82, Value::Text)).collect()
}

/// What is written on the transfer, where the letter does not say: the number of the bill.
fn derived_reference(context: &Context, facts: &[Fact]) -> Option<Fact> {
    if !context.is_bill() || facts.iter().any(|fact| fact.field == Field::PaymentReference) {
        return None;
    }
    let numbers = facts.iter().filter(|fact| fact.field == Field::InvoiceNumber);
    let number = numbers.max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some(Fact { field: Field::PaymentReference, origin: Origin::Derived, confidence: 0.6, ..number.clone() })
}

#[cfg(test)]
mod tests {
    use domain::Field::{
        ContractNumber, CustomerNumber, InvoiceNumber, OrderNumber, OriginalInvoiceNumber, PaymentReference,
    };

    use crate::testing::{check, findings, value};

    #[test]
    fn the_reference_is_what_the_letter_asks_for() {
        let head = "Verein Muster e. V.\n\nRechnung Nr. 12\n\nSteuernummer: 123/456/78901\nKassenzeichen    5.0123.004411.8\n\n";
        for (text, reference) in [
            ("Bitte als Verwendungszweck „Parzelle 47 / 2026“ angeben.", "Parzelle 47 / 2026"),
            ("Verwendungszweck: 407 118 2260 / U25", "407 118 2260 / U25"),
            ("Bitte zahlen Sie unter Angabe des Kassenzeichens auf unser Konto.", "5.0123.004411.8"),
            ("Geben Sie bei Zahlungen bitte immer die Steuernummer an.", "123/456/78901"),
        ] {
            check(&format!("{head}{text}"), &[(PaymentReference, reference)]);
        }
    }

    #[test]
    fn numbers_beside_their_labels_are_found() {
        check(
            "Rechnungsnummer    R-2026/12\nKunden-Nr.: 4711\nVertrag    V 12-3\nBestellnummer 99887\nVerwendungszweck: 26-0012",
            &[
                (InvoiceNumber, "R-2026/12"),
                (CustomerNumber, "4711"),
                (ContractNumber, "V 12-3"),
                (OrderNumber, "99887"),
                (PaymentReference, "26-0012"),
            ],
        );
        check(
            "Invoice no. 2026-12\nCustomer number 4711\nOrder 99887",
            &[(InvoiceNumber, "2026-12"), (CustomerNumber, "4711"), (OrderNumber, "99887")],
        );
    }

    #[test]
    fn the_number_may_stand_below_the_title() {
        check("Rechnung\nNr. 2026/044\nvom 12.01.2026", &[(InvoiceNumber, "2026/044")]);
        check("Facture n° 2026-118", &[(InvoiceNumber, "2026-118")]);
    }

    #[test]
    fn a_reminder_names_the_bill_it_is_about() {
        let text = "2. Mahnung zur Rechnung R-1127 vom 28.04.2026\n\nSehr geehrter Herr Muster,";
        assert_eq!(value(text, OriginalInvoiceNumber).as_deref(), Some("R-1127"));
        assert_eq!(value(text, InvoiceNumber), None);
        let labelled = "Muster GmbH\n\nZahlungserinnerung\n\nRechnungsnummer: R-1127    Rechnungsdatum: 28.04.2026\n\nSehr geehrter Herr Muster,";
        assert_eq!(value(labelled, OriginalInvoiceNumber).as_deref(), Some("R-1127"));
        assert_eq!(value(labelled, InvoiceNumber), None);
    }

    #[test]
    fn what_corrects_a_bill_has_a_number_of_its_own() {
        for heading in ["Rechnungskorrektur", "Gutschrift"] {
            let text =
                format!("{heading}\n\n{heading} Nr. GH-130\nzur Rechnung Nr. GH-117 vom 28.04.2026\n\nGuten Tag,");
            assert_eq!(value(&text, InvoiceNumber).as_deref(), Some("GH-130"), "{heading}");
            assert_eq!(value(&text, OriginalInvoiceNumber).as_deref(), Some("GH-117"), "{heading}");
        }
    }

    #[test]
    fn a_reference_with_right_check_digits_is_certain() {
        let found = findings("Rechnung\n\nReferenz RF18 5390 0754 7034");
        assert!(found.best(PaymentReference).is_some_and(|f| f.certain && f.value.plain() == "RF18539007547034"));
    }
}
