//! Amounts that a sentence asks for, however it says so: what is still missing, open, to be paid in.

use std::ops::Range;

use domain::{DocumentKind, Fact, Field, Value};

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, pattern};
use crate::labels::{Place, found};
use crate::layout::Run;
use crate::prose;

pub(super) struct Demands;

/// The last sentence with an amount.
struct Earlier<'r, 'a> {
    run: &'r Run<'a>,
    range: Range<usize>,
    /// How many sentences ago it stood.
    ago: u32,
}

impl Extractor for Demands {
    fn id(&self) -> &'static str {
        "demands"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let is_whole_bill = context.is_bill();
        let mut facts = Vec::new();
        let mut earlier: Option<Earlier<'_, '_>> = None;
        for run in &context.layout.paragraphs {
            for (range, sentence) in prose::sentences(&run.text) {
                // "Ich benötige einen Vorschuss von 1.450,00 €. Zahlen Sie ihn bitte bis …"
                let is_next = earlier.as_ref().is_some_and(|last| last.ago == 0 && std::ptr::eq(last.run, run));
                let refers = is_next
                    || pattern!(r"\b(?:diese\w*|de[rnm]|erstattungs\w*|offene\w*|genannte\w*) ?(?:betrag|summe)|\b(?:erstattungs|rückforderungs|gesamt)betrag\b|\büberzahlung\b|\bthis (?:amount|sum)\b").is_match(sentence);
                let asks = refers
                    && prose::asks_of_reader(sentence)
                    && pattern!(r"\b(?:zahlen|zahlt|überweisen|überweist|begleichen|einzahlen|pay|transfer|remit)\b")
                        .is_match(sentence);
                let before =
                    earlier.as_ref().and_then(|last| last.run.text.get(last.range.clone())).unwrap_or_default();
                // "3 × 259,00 Euro = 777,00 Euro": the result.
                let known = amounts::find(before);
                let result = known.last().filter(|last| {
                    known.len() == 1
                        || before.get(..last.range.start).is_some_and(|text| text.trim_end().ends_with('='))
                });
                let all = amounts::find(sentence);
                if let (Some(amount), Some(last), true, true) = (result, &earlier, asks, all.is_empty())
                    && !prose::pays_back(before)
                {
                    let place = last.range.start + amount.range.start..last.range.start + amount.range.end;
                    let hit = found(last.run, place, amount.value.abs(), Place::Behind);
                    facts.push(hit.fact(self.id(), Field::AmountDue, 0.66, Value::Amount));
                }
                earlier = match earlier {
                    _ if !all.is_empty() => Some(Earlier { run, range: range.clone(), ago: 0 }),
                    Some(last) if last.ago < FURTHEST => Some(Earlier { ago: last.ago + 1, ..last }),
                    Some(_) | None => None,
                };
                let of_sentence = weight(sentence);
                let whole = pattern!(r"(?:insgesamt|gesamt|zusammen|summe|in total|in all|total)");
                for (at, amount) in all.iter().enumerate().filter(|(_, amount)| !amount.value.is_zero()) {
                    let before = sentence.get(..amount.range.start).unwrap_or_default();
                    // Several amounts: the total of them, else any may be meant.
                    let near: String = before.chars().rev().take(28).collect::<Vec<_>>().into_iter().rev().collect();
                    let is_total = whole.is_match(&near);
                    let one = all.len() == 1;
                    let of_part = if one { None } else { weight(part(sentence, &all, at)) };
                    let Some(weight) = of_sentence.into_iter().chain(of_part).reduce(f32::max) else { continue };
                    let weight = match (one || is_total, at) {
                        (true, _) => weight,
                        (false, 0) => 0.8 * weight,
                        (false, _) => 0.65 * weight,
                    };
                    let aside = pattern!(
                        r"(?:(?:mahn|bearbeitungs|säumnis|verwaltungs|rücklast\w*)gebühr|pauschale|zinsen|anfahrt|statt|bisher|late fee|interest|charge|davon|je|pro|per|abzüglich|minus|less|bis zu|höchstens|maximal|mindestens|up to)\W*(?:von |of |in höhe von )?$"
                    );
                    let weight = if aside.is_match(&near) && !is_total { 0.5 * weight } else { weight };
                    let weight = if is_whole_bill { 0.8 * weight } else { weight };
                    let place = range.start + amount.range.start..range.start + amount.range.end;
                    let hit = found(run, place, amount.value.abs(), Place::Behind);
                    facts.push(hit.fact(self.id(), Field::AmountDue, weight, Value::Amount));
                }
            }
        }
        facts.extend(rows(self.id(), context));
        facts
    }
}

/// So many sentences further on an amount is still meant by "this amount".
const FURTHEST: u32 = 2;

/// The part of a sentence that one of its amounts stands in: behind the amount before it, and up to the next comma.
fn part<'t>(sentence: &'t str, all: &[amounts::Amount], at: usize) -> &'t str {
    let start = at.checked_sub(1).and_then(|before| all.get(before)).map_or(0, |before| before.range.end);
    let end = all.get(at).map_or(sentence.len(), |amount| amount.range.end);
    let behind = sentence.get(end..).unwrap_or_default();
    let comma = behind.find(", ").unwrap_or(behind.len());
    sentence.get(start..end + comma).unwrap_or(sentence)
}

/// How clearly a sentence asks for the amounts in it; none where it does not.
fn weight(sentence: &str) -> Option<f32> {
    let demands = pattern!(
        r"(?:\büberweis|\bzahl(?:en|bar|t|ung)\b|\bbezahl|\bbegleich|\bbeglich|\bausgleich|\bauszugleich|\beinzahl|\bentricht|\boffen|\bfehlt\b|\bfehlen\b|\brückständig|\brückstand|\bfällig|\bausstehend|\bsteh(?:t|en) (?:noch )?aus\b|\bschuld|\bforder|\brestbetrag|\bnachzahl|\banzahlung|\bzuzahlung|\bzu leisten\b|\bwir berechnen\b|\bberechne(?:n)? (?:ich|wir)\b|\bstellen? (?:wir|ich)\b.{0,60}\bin rechnung\b|\berste rate\b|\bpay\b|\bpayable\b|\btransfer\b|\boutstanding|\bowe|\bdue\b|\bhas (?:still )?not (?:yet )?(?:been|reached)|\bmissing\b|\bremit)"
    );
    let other = pattern!(
        r"(?:\berhalten\b|\beingegangen\b.{0,20}\bist\b.{0,10}\bam\b|\bdankend|\bbereits (?:bezahlt|gezahlt)|\bwurde\b.{0,40}\b(?:bezahlt|abgebucht)|\bmonatlich|\bim monat\b|\bjährlich|\bkünftig|\bin zukunft|\berstmals|\bneue[rn]?\b|\bab (?:dem )?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)|\breceived\b|\bpaid\b|\bper month|\bmonthly|\bin future|\bspäter\b|\bandernfalls|\bsonst\b|\bwird sie trotzdem)"
    );
    let missing = pattern!(
        r"\b(?:kein|keine|keinen|nicht)\b.{0,60}?\b(?:geld|zahlung\w*|betrag)?\b.{0,30}?\b(?:eingegangen|eingetroffen|angekommen|verbucht|feststellen)\b"
    );
    if !(demands.is_match(sentence) || missing.is_match(sentence))
        || prose::pays_back(sentence)
        || prose::is_conditional(sentence)
    {
        return None;
    }
    let has_not_come = pattern!(
        r"\b(?:kein|keine|keinen|nicht|not|no)\b.{0,60}?\b(?:eingegangen|eingetroffen|angekommen|verbucht|verbuchen|erhalten|feststellen|gutgeschrieben|beglichen|bezahlt|gezahlt|received|arrived|paid)\b"
    );
    let direct = prose::asks_of_reader(sentence)
        || has_not_come.is_match(sentence)
        || pattern!(r"(?:\boffen|\bfehlt\b|\bfehlen\b|\bwir berechnen ihnen\b|\bberechnen wir ihnen\b|\brückständig|\bausstehend|\boutstanding|\bowe|\bnot (?:yet )?(?:been|reached)|\bfordern|\bnoch\b|\b(?:ist|sind)\b.{0,120}\bzu \p{L}+en\b)").is_match(sentence);
    match (direct, other.is_match(sentence)) {
        (true, false) => Some(0.78),
        (false, false) => Some(0.58),
        (true, true) => Some(0.4),
        (false, true) => None,
    }
}

/// The amount of a form for a transfer, between who gets it and the account.
fn on_slip(by: &str, context: &Context) -> Option<Fact> {
    /// Rows of a form around its amount.
    const AROUND: usize = 3;
    let amount = pattern!(r"^\W*(?:betrag|zahlbetrag|amount)(?:[\s,:/(]*(?:eur|euro|chf|€)?[\s):]*)$");
    let account = pattern!(r"^\W*iban\b");
    let payee = pattern!(r"^\W*(?:zahlungs)?(?:empfänger|begünstigter|payee|beneficiary|recipient)\b");
    let rows = &context.layout.rows;
    let near = |at: usize, form: &regex::Regex| {
        let around = rows.get(at.saturating_sub(AROUND)..(at + AROUND + 1).min(rows.len())).unwrap_or_default();
        around.iter().filter_map(|row| row.cells.first()).any(|cell| form.is_match(&cell.text))
    };
    rows.iter().enumerate().find_map(|(at, row)| {
        let [label, cell] = row.cells.as_slice() else { return None };
        let all = amounts::find(&cell.text);
        let [sum] = all.as_slice() else { return None };
        let is_form = amount.is_match(&label.text) && near(at, account) && near(at, payee);
        let hit = found(cell, sum.range.clone(), sum.value.abs(), Place::Right);
        is_form.then(|| hit.fact(by, Field::AmountDue, 0.93, Value::Amount))
    })
}

/// Rows whose words ask for their amount.
fn rows(by: &str, context: &Context) -> Vec<Fact> {
    let open = pattern!(
        r"^\W*(?:noch |bitte |total |jetzt |mithin |somit |demnach |daher |also )*(?:offen(?:e[rn]?)?(?: betrag| posten| forderung)?|zu (?:zahlen|überweisen|begleichen|entrichten|leisten)|zu (?:zahlend|begleichend|leistend|überweisend)e[rn]? (?:rest)?(?:betrag|summe)|zahlbetrag|einzahl\p{L}*|nachforderung|nachzahlung|zusammen|gesamtforderung|gesamtrückstand|rückstand|restbetrag|restzahlung|rest|to be (?:received|paid)|to pay|outstanding(?: balance| amount)?|balance(?: due)?|amount (?:owed|outstanding|due))\b"
    );
    let sum = matches!(
        context.kind(),
        DocumentKind::Dunning | DocumentKind::CourtOrder | DocumentKind::Letter | DocumentKind::Other
    );
    let mut facts: Vec<Fact> = on_slip(by, context).into_iter().collect();
    for row in &context.layout.rows {
        let Some(c) = row.cells.iter().position(|cell| open.is_match(&cell.text)) else { continue };
        let hit = row.cells[c..].iter().rev().find_map(|cell| Some((cell, amounts::find(&cell.text).pop()?)));
        let Some((cell, amount)) = hit.filter(|(_, amount)| !amount.value.is_zero()) else { continue };
        let weight = if sum { 0.8 } else { 0.66 };
        let hit = found(cell, amount.range, amount.value.abs(), Place::Right);
        facts.push(hit.fact(by, Field::AmountDue, weight, Value::Amount));
    }
    facts
}

#[cfg(test)]
mod tests {
    use domain::Field::AmountDue;

    use crate::testing::value;

    #[track_caller]
    fn check(sentence: &str, expected: Option<&str>) {
        let letter = format!(
            "Muster GmbH\n\nFreundliche Erinnerung\n\nDatum: 05.12.2025\n\nSehr geehrte Frau Beispiel,\n\n{sentence}"
        );
        assert_eq!(value(&letter, AmountDue).as_deref(), expected, "{sentence}");
    }

    #[test]
    fn whatever_the_words_an_amount_that_is_missing_is_asked_for() {
        check("zu meiner Rechnung 25-331 fehlt mir noch Ihre Zahlung von 1.053,15 EUR.", Some("1053.15"));
        check("Die Miete, insgesamt 640,00 EUR, steht noch aus.", Some("640.00"));
        check("The rent, 64.00 EUR in total, has still not reached us.", Some("64.00"));
        check("Noch offen    38,70 €", Some("38.70"));
        check(
            "Empfänger    Muster GmbH\nIBAN         DE89 3704 0044 0532 0130 00\nBetrag       EUR 6.843,60",
            Some("6843.60"),
        );
    }
}
