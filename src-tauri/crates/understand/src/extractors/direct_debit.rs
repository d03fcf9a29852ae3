//! Money that will be taken from the reader's account.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Check, DocumentKind, Fact, Field, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, dates, identifiers, numbers, pattern};
use crate::labels::{Place, beside, found, in_prose, last_amount};
use crate::layout::Run;
use crate::prose;

pub(super) struct DirectDebit;

const ID: &str = "direct_debit";

impl Extractor for DirectDebit {
    fn id(&self) -> &'static str {
        ID
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = self.identifiers(context);
        for run in &context.layout.paragraphs {
            for hit in announcements(run) {
                let sentence = prose::sentence(&run.text, hit.start);
                let means = found(run, hit, "59".to_owned(), Place::Behind);
                facts.push(means.fact(self.id(), Field::PaymentMeansCode, 0.88, Value::Text));
                let text = run.text.get(sentence.clone()).unwrap_or_default();
                let days = dates::find(text, context.order);
                let several = of_list(text, &days);
                let said = several
                    .and_then(|_| each(context, run, sentence.clone()))
                    .or_else(|| amount(self.id(), context, run, sentence.clone()));
                facts.extend(said.or_else(|| amount_behind(self.id(), context, run, sentence.end)));
                // The same sentence, or the next words, say when.
                if let Some((range, date)) = several.or(days.last()).cloned() {
                    let range = sentence.start + range.start..sentence.start + range.end;
                    let day = found(run, range, date, Place::Behind);
                    facts.push(day.fact(self.id(), Field::DirectDebitDate, 0.86, Value::Date));
                }
            }
        }
        facts
    }
}

/// The first of the days that end a sentence as a list: "am 03.02. und am 01.08.2025".
fn of_list<'d>(text: &str, days: &'d [(Range<usize>, NaiveDate)]) -> Option<&'d (Range<usize>, NaiveDate)> {
    let joins = pattern!(r"^\s*(?:,|;|und|sowie|and|&)+\s*(?:(?:am|zum|den|dem|on)\s+)*$");
    let is_joined = |pair: &[(Range<usize>, NaiveDate)]| match pair {
        [first, second] => {
            first.1 < second.1 && text.get(first.0.end..second.0.start).is_some_and(|between| joins.is_match(between))
        }
        _ => false,
    };
    let at = days.windows(2).rposition(|pair| !is_joined(pair)).map_or(0, |at| at + 1);
    days.get(at).filter(|_| days.len() > at + 1)
}

/// The amount that is debited on each of several days: "in zwei Raten von je 78,00 €".
fn each(context: &Context, run: &Run, sentence: Range<usize>) -> Option<Fact> {
    let each = pattern!(r"\b(?:je|jeweils|each|raten (?:zu|von|à)|instal+ments of)\s+(?:je\s+)?(?:eur\s+|€\s*)?$");
    let text = run.text.get(sentence.clone()).filter(|_| !context.is_claim())?;
    let amount = amounts::find(text)
        .into_iter()
        .find(|amount| text.get(..amount.range.start).is_some_and(|before| each.is_match(before)))?;
    let place = sentence.start + amount.range.start..sentence.start + amount.range.end;
    Some(found(run, place, amount.value, Place::Behind).fact(ID, Field::AmountDue, 0.88, Value::Amount))
}

/// The amounts that the letter says will be debited, however else it calls them.
pub(crate) fn debited(context: &Context) -> Vec<Decimal> {
    let runs = context.layout.paragraphs.iter();
    let said = runs.flat_map(|run| announcements(run).into_iter().map(move |hit| (run, hit)));
    said.filter_map(|(run, hit)| amount(ID, context, run, prose::sentence(&run.text, hit.start)))
        .filter_map(|fact| fact.value.amount())
        .collect()
}

/// How much a letter says it will debit: the first amount of the sentence.
fn amount(by: &str, context: &Context, run: &Run, sentence: std::ops::Range<usize>) -> Option<Fact> {
    let text = run.text.get(sentence.clone())?;
    let named = amounts::find(text).into_iter().find(|amount| amount.value > Decimal::ZERO);
    if named.is_none() && context.kind() == DocumentKind::BankStatement {
        return balance(by, context);
    }
    let amount = named?;
    let fee = pattern!(r"(?:(?:mahn|bearbeitungs|säumnis|bank|storno|rücklast\w*)gebühr|kosten|entgelt|(?:late|return|bank|admin\w*|reminder) fee|rückbuchung|rücklast\w*)\b[^.]{0,30}$")
        .is_match(text.get(..amount.range.start).unwrap_or_default());
    let as_before =
        pattern!(r"\b(?:unverändert|wie (?:bisher|gewohnt)|weiterhin|unchanged|as before)\b").is_match(text);
    if context.is_claim() || fee || as_before {
        return None;
    }
    let place = sentence.start + amount.range.start..sentence.start + amount.range.end;
    // A bill has its total.
    let weight = if context.is_bill() { 0.56 } else { 0.74 };
    Some(found(run, place, amount.value, Place::Behind).fact(by, Field::AmountDue, weight, Value::Amount))
}

/// How much it is, where the next sentence says so: "Für Ihre Mitgliedschaft sind das 132,00 Euro."
fn amount_behind(by: &str, context: &Context, run: &Run, at: usize) -> Option<Fact> {
    let means = pattern!(
        r"\b(?:sind das|das sind|das macht|macht das|ist das|das ist|beläuft sich|that is|this is|this makes|comes to)\b"
    );
    if context.is_bill() || context.is_claim() || at >= run.text.len() {
        return None;
    }
    let sentence = prose::sentence(&run.text, at);
    let text = run.text.get(sentence.clone()).filter(|text| means.is_match(text))?;
    let all = amounts::find(text);
    let [one] = all.as_slice() else { return None };
    let place = sentence.start + one.range.start..sentence.start + one.range.end;
    Some(found(run, place, one.value, Place::Behind).fact(by, Field::AmountDue, 0.74, Value::Amount))
}

/// The new balance of a card's statement, which is debited: the last row that is called so.
fn balance(by: &str, context: &Context) -> Option<Fact> {
    let called = pattern!(
        r"^\W*(?:(?:ihr|der|your|the) )?(?:neuer |aktueller |offener |gesamt|new |statement |closing |total )?(?:saldo|rechnungsbetrag|abrechnungsbetrag|gesamtbetrag|abrechnungssaldo|endbetrag|summe|zu ihren lasten|balance|amount due|total)\b"
    );
    let rows =
        context.layout.rows.iter().filter(|row| row.cells.first().is_some_and(|cell| called.is_match(&cell.text)));
    let (cell, amount) = rows.filter_map(last_amount).rfind(|(_, amount)| !amount.value.is_zero())?;
    let place = found(cell, amount.range, amount.value.abs(), Place::Right);
    Some(place.fact(by, Field::AmountDue, 0.8, Value::Amount))
}

/// The places where a text says that money will be debited; not where it only offers it.
pub(crate) fn announcements(run: &Run) -> Vec<std::ops::Range<usize>> {
    let form = pattern!(
        r"\b(?:(?:buchen|buche) (?:wir|ich)\b|ziehen wir\b.{0,160}?\bein\b|(?:holen|rufen|ziehen|nehmen) wir\b[^!?;]{0,160}?\bkonto\b[^!?;]{0,60}?(?:\bab\b|\bein\b)?|(?:hole|ziehe|rufe) ich\b[^!?;]{0,160}?\b(?:ab|ein)\b|(?:lassen wir|(?:wir|ich) (?:werde|werden|dürfen)|(?:werde|werden|dürfen) (?:wir|ich))\b[^!?;]{0,160}?\b(?:abbuchen|einziehen|belasten)\b|geht\b[^!?;]{0,80}?\bvon (?:ihrem|deinem|eurem) konto\b|(?:wir|ich) (?:ziehen|ziehe|buchen|buche)\b.{0,160}?\b(?:ein|ab)\b|(?:wird|werden)\b.{0,240}?\b(?:abgebucht|eingezogen|abgezogen)|(?:wird|werden)\b.{0,160}?konto\b.{0,80}?\bbelastet|(?:wir|ich) belasten?\b|belasten wir|belaste ich|(?:abbuchung|lastschrift(?:einzug)?|belastung|bankeinzug|einzug)\b[^!?;:]{0,90}?\b(?:am|zum) (?:den )?\d|(?:abbuchung|einzug) erfolgt|\b(?:am|zum) \d[^!?;]{0,120}?\b(?:abbuchung|abgebucht|eingezogen|belastet)\b|(?:zahlung|bezahlung|zahlungsart|zahlungsweise|zahlweise|payment(?: method| by)?)\W+(?:erfolgt )?(?:per |mittels |durch |by )?(?:sepa[- ])?(?:basis)?(?:lastschrift|bankeinzug|direct debit)|per (?:sepa[- ])?(?:lastschrift|bankeinzug) (?:von|am|zum|eingezogen|abgebucht)|will be (?:\p{L}+ )?(?:debited|collected|charged to|taken from)|we(?: will|.ll| shall)? (?:debit|collect)\b|we(?: will|.ll| shall)? (?:automatically )?charge\b[^.;!?]{0,80}\b(?:card|account|paypal)\b|we(?: will|.ll| shall)? take\b[^.;!?]{0,80}\bfrom your|(?:your|the|next|first) (?:direct )?debit\b.{0,80}?\bon\b|by direct debit)"
    );
    let offer = pattern!(
        r"\b(?:möchten sie|bequemer|erteilen sie|wenn sie|sparen sie|künftig|in zukunft|vordruck|if you|would you like|noch kein)\b"
    );
    let denied = pattern!(
        r"\b(?:nicht|kein(?:e|en|er)?|erloschen|widerrufen|zurück(?:gegeben|gekommen|gewiesen|gebucht|gereicht)|geplatzt|wollten|entfällt|returned|bounced|failed|not|no longer|no|wurden?|haben wir|were|was)\b"
    );
    // "Ab April buchen wir": not this time.
    let later = pattern!(
        r"\b(?:ab (?:dem )?|erst(?:mals)? im |from )(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december|nächste[mnr]|kommende[mnr]|folge\p{L}+|next)\b"
    );
    form.find_iter(&run.text)
        .filter(|hit| {
            // What begins in one sentence may end in the next: "… bis zum 27.02. Eine Abbuchung erfolgt nicht."
            let (first, last) = (prose::sentence(&run.text, hit.start()), prose::sentence(&run.text, hit.end() - 1));
            let sentence = run.text.get(first.start..last.end).unwrap_or_default();
            // "nicht sofort, sondern erst am 16. März"
            let but = pattern!(
                r"\b(?:nicht|kein\p{L}*|not)\b[^,.;]{0,40},?\s(?:sondern|but)\s+(?:erst|nur|am|zum|ab|only|on)\b"
            );
            let sentence = &but.replace(sentence, "");
            // "Für verspätete Zahlungen wird ein Zins belastet": what late payment costs.
            let costs = pattern!(
                r"(?:\p{L}*zins(?:en)?|gebühr(?:en)?|\p{L}*kosten|zuschl[aä]ge?|interest|surcharge)\b[^.;!?]{0,60}\b(?:belastet|charged)"
            );
            !costs.is_match(sentence) && !offer.is_match(sentence) && !denied.is_match(sentence) && !later.is_match(sentence)
        })
        .map(|hit| hit.range())
        .collect()
}

impl DirectDebit {
    fn identifiers(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for cell in context.layout.cells() {
            for (range, id) in identifiers::creditor_ids(&cell.text) {
                let hit = found(cell, range, id, Place::Behind);
                let mut fact = hit.fact(self.id(), Field::CreditorId, 0.97, Value::Text);
                fact.checks = vec![Check::CheckDigits];
                fact.certain = true;
                facts.push(fact);
            }
        }
        let label = pattern!(
            r"\b(?:mandatsreferenz(?:nummer)?|mandatsref\.?|mandats-?(?:nr|nummer|id)\.?|mandate reference|mandate (?:id|no)\.?)(?:\s?\(?umr\)?)?"
        );
        let mandates = beside(&context.layout, label, 3, &numbers::number);
        let spoken = in_prose(&context.layout, label, 3, &numbers::number);
        for hit in mandates.into_iter().chain(spoken) {
            facts.push(hit.fact(self.id(), Field::MandateReference, 0.9, Value::Text));
        }
        facts
    }
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, CreditorId, DebtorIban, DirectDebitDate, Iban, MandateReference, PaymentMeansCode};

    use crate::testing::{check, value};

    #[test]
    fn the_balance_of_a_card_is_debited() {
        let statement = "Musterbank eG\nKartenservice\n\nKreditkartenabrechnung vom 23.02.2026\nKontoauszug\n\nAlter Saldo            120,00\nEinkäufe               310,15\nNeuer Saldo            310,15\n\nDen Saldo buchen wir am 05.03.2026 von Ihrem Girokonto ab.";
        check(statement, &[(DirectDebitDate, "2026-03-05"), (AmountDue, "310.15")]);
    }

    #[test]
    fn the_last_fee_of_a_contract_is_no_fee_of_the_bank() {
        let letter = "Sportpark Muster\n\n5 November 2025\n\nConfirmation of cancellation\n\nWe confirm that your membership ends on 31 December 2025.\nThe last monthly fee of €34.90 will be collected by direct debit on 1 December 2025.";
        check(letter, &[(DirectDebitDate, "2025-12-01"), (AmountDue, "34.90")]);
    }

    #[test]
    fn an_announced_debit_has_its_day_and_mandate() {
        let text = "Rechnung Nr. 12 vom 03.02.2026\n\nDen Betrag von 44,93 € buchen wir am 14.02.2026 von Ihrem Konto ab.\nMandatsreferenz: M-12-01\nGläubiger-ID DE98ZZZ09999999999";
        check(
            text,
            &[
                (PaymentMeansCode, "59"),
                (DirectDebitDate, "2026-02-14"),
                (MandateReference, "M-12-01"),
                (CreditorId, "DE98ZZZ09999999999"),
            ],
        );
        check(
            "Invoice 12 of 3 February 2026\n\nThe amount will be debited on 14 February 2026.",
            &[(DirectDebitDate, "2026-02-14")],
        );
    }

    #[test]
    fn the_debited_account_is_never_the_account_to_pay_to() {
        let text = "Rechnung Nr. 12\n\nWir ziehen den Betrag von Ihrem Konto DE89 3704 0044 0532 0130 00 ein.";
        check(text, &[(DebtorIban, "DE89370400440532013000")]);
        assert_eq!(value(text, Iban), None);
    }

    #[test]
    fn an_offer_to_debit_is_no_debit() {
        let text = "Rechnung Nr. 12\n\nBequemer geht es mit SEPA-Lastschrift: Der Betrag wird dann abgebucht, wenn Sie uns ein Mandat geben.";
        assert_eq!(value(text, PaymentMeansCode), None);
    }
}
