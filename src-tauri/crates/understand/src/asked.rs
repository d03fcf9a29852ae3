//! What a letter asks for in so many words: "Bitte zahlen Sie bis zum 15.06.2026 insgesamt 1.778,75 EUR", "If we do not receive
//! 120.00 EUR by 3 May". A day and an amount that one sentence joins are one payment, whatever tables say beside it.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, Instalment, Origin, Value};
use rust_decimal::Decimal;

use crate::context::Context;
use crate::extractors::{announced, issued};
use crate::forms::{amounts, dates, partial_days, pattern};
use crate::labels::{Place, found, last_amount};
use crate::layout::Run;
use crate::prose;
use crate::sureness::by_data;

/// A payment that a sentence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) day: NaiveDate,
    pub(crate) amount: Decimal,
    /// The amount stands elsewhere, and the sentence only means it.
    pub(crate) by_name: bool,
}

impl Asked {
    pub(crate) fn instalment(self) -> Instalment {
        Instalment { due: self.day, amount: self.amount }
    }
}

/// A demand with its places.
struct Demand<'r, 'a> {
    asked: Asked,
    day: (&'r Run<'a>, Range<usize>, bool),
    amount: (&'r Run<'a>, Range<usize>),
}

/// The payment that the letter asks for in a sentence, where it is only one.
pub(crate) fn demand(context: &Context) -> Option<Asked> {
    only(&demands(context)).map(|demand| demand.asked)
}

fn only<'d, 'r, 'a>(all: &'d [Demand<'r, 'a>]) -> Option<&'d Demand<'r, 'a>> {
    all.first().filter(|first| all.iter().all(|other| other.asked == first.asked))
}

/// The best fact of a field: they are ranked.
fn best(facts: &[Fact], field: Field) -> Option<&Fact> {
    facts.iter().find(|fact| fact.field == field)
}

/// The debit that the letter announces in a sentence with its day and its amount, where it is only one.
pub(crate) fn debit(context: &Context) -> Option<Asked> {
    debit_at(context).map(|(asked, ..)| asked)
}

fn debit_at<'r, 'a>(context: &'r Context<'a>) -> Option<(Asked, &'r Run<'a>, Range<usize>)> {
    let runs = context.layout.paragraphs.iter();
    let said = runs.flat_map(|run| announced(run).into_iter().map(move |hit| (run, hit)));
    let mut all = said.filter_map(|(run, hit)| {
        let range = prose::sentence(&run.text, hit.start);
        let sentence = run.text.get(range.clone())?;
        let [(place, day)] = dates::find(sentence, context.order).try_into().ok()?;
        let (amount, _) = amount_of(sentence)?;
        Some((Asked { day, amount, by_name: false }, run, range.start + place.start..range.start + place.end))
    });
    let first = all.next()?;
    all.all(|other| other.0 == first.0).then_some(first)
}

/// The day of a sentence that asks for the rest of a bill without its amount, where it is only one.
pub(crate) fn day_of_rest(context: &Context) -> Option<NaiveDate> {
    let issued = issued(context).map(|(day, _)| day);
    let mut days: Vec<NaiveDate> =
        context.sentences().filter_map(|sentence| rest_is_due(sentence, context, issued)).collect();
    days.dedup();
    match days.as_slice() {
        [day] => Some(*day),
        _ => None,
    }
}

/// Adds what sentences ask for to the candidates: what an amount of a list or of a sentence is due by is taken up though no
/// label names it. Which of the candidates is meant is the joint choice, which ranks them.
pub(crate) fn propose(context: &Context, facts: Vec<Fact>) -> Vec<Fact> {
    let mut facts = with_demand(context, facts);
    // Days of advances, which only the model knows, may have outnumbered the debit that a sentence announces before them.
    if let Some((asked, run, range)) = debit_at(context)
        && let Some(known) = best(&facts, Field::DirectDebitDate).filter(|known| known.by == "roles")
        && known.value.date().is_some_and(|day| asked.day < day)
        && issued(context).is_some_and(|(day, _)| day <= asked.day)
        && !facts.iter().any(|fact| fact.field == known.field && fact.value.date() == Some(asked.day))
    {
        let day = found(run, range, asked.day, Place::Behind);
        facts.push(day.fact(BY, Field::DirectDebitDate, SAID, Value::Date));
    }
    facts
}

fn with_demand(context: &Context, mut facts: Vec<Fact>) -> Vec<Fact> {
    let by_nature = matches!(
        context.kind(),
        DocumentKind::Receipt | DocumentKind::BankStatement | DocumentKind::Payslip | DocumentKind::CreditNote
    );
    if by_data(&facts) || by_nature {
        return facts;
    }
    let issued = issued(context).map(|(day, _)| day);
    // A plan that is past is history.
    facts.retain(|fact| match (&fact.value, issued) {
        (Value::Instalments(parts), Some(issued)) => parts.iter().any(|part| part.due >= issued),
        _ => true,
    });
    let plan = facts.iter().find(|fact| fact.field == Field::Instalments && fact.confidence >= PLANNED);
    if let Some((sure, Value::Instalments(mut parts))) = plan.map(|plan| (plan.confidence, plan.value.clone())) {
        let all = demands(context);
        if let Some(demand) = only(&all).filter(|demand| is_beside(demand.asked, &parts)) {
            with_first(&mut facts, &mut parts, demand);
        }
        // Its first part is as sure as the plan.
        let Some(first) = parts.first() else { return crate::choose::rank(facts) };
        also_known(&mut facts, Field::DueDate, &Value::Date(first.due), sure.min(SAID));
        also_known(&mut facts, Field::AmountDue, &Value::Amount(first.amount), sure.min(SAID));
        return crate::choose::rank(facts);
    }
    facts.extend(amount_of_list(context, &facts));
    let all = demands(context);
    let Some(demand) = only(&all) else { return crate::choose::rank(facts) };
    let debit = best(&facts, Field::DirectDebitDate).filter(|fact| fact.confidence >= PLANNED);
    let is_debited = debit.is_some_and(|fact| fact.value.date() != Some(demand.asked.day));
    let comes = best(&facts, Field::AmountDue).and_then(|fact| fact.value.amount());
    let comes = comes.is_some_and(|amount| amount.is_sign_negative() && !amount.is_zero());
    let coded = best(&facts, Field::AmountDue).is_some_and(|fact| fact.origin == Origin::Code);
    if is_debited || comes || coded {
        return crate::choose::rank(facts);
    }
    for mut fact in facts_of(demand) {
        if !also_known(&mut facts, fact.field, &fact.value, ALSO_KNOWN) {
            // What is only meant does not outdo what is read as due.
            fact.confidence = if demand.asked.by_name { NAMED } else { ALSO_KNOWN };
            facts.push(fact);
        }
    }
    crate::choose::rank(facts)
}

/// The day and the amount of a demand, as they are said.
fn facts_of(demand: &Demand) -> [Fact; 2] {
    let (run, range, is_printed) = &demand.day;
    let due = found(run, range.clone(), demand.asked.day, Place::Behind).fact(BY, Field::DueDate, SAID, Value::Date);
    let due = if *is_printed { due } else { Fact { origin: Origin::Derived, ..due } };
    let (run, range) = &demand.amount;
    let sum = found(run, range.clone(), demand.asked.amount, Place::Behind);
    [due, sum.fact(BY, Field::AmountDue, SAID, Value::Amount)]
}

/// Puts a payment before a plan for something else: "Der Nachschuss von 348,17 € ist am 12. Juni fällig. Die Umlage zahlen Sie in
/// zwei Teilen im September und im Dezember."
fn with_first(facts: &mut Vec<Fact>, parts: &mut Vec<Instalment>, demand: &Demand) {
    let later = parts.first().copied();
    for fact in facts.iter_mut() {
        let is_later = match &mut fact.value {
            Value::Instalments(known) if known == parts => {
                known.insert(0, demand.asked.instalment());
                false
            }
            Value::Date(day) => fact.field == Field::DueDate && later.is_some_and(|part| part.due == *day),
            Value::Amount(amount) => fact.field == Field::AmountDue && later.is_some_and(|part| part.amount == *amount),
            _ => false,
        };
        if is_later {
            fact.confidence *= 0.5;
        }
    }
    parts.insert(0, demand.asked.instalment());
    for fact in facts_of(demand) {
        if !also_known(facts, fact.field, &fact.value, SAID) {
            facts.push(fact);
        }
    }
}

/// Whether a payment is due before a plan, and none of its parts nor all of it.
fn is_beside(asked: Asked, parts: &[Instalment]) -> bool {
    let total: Decimal = parts.iter().map(|part| part.amount).sum();
    parts.iter().all(|part| asked.day < part.due && asked.amount != part.amount) && asked.amount != total
}

/// Makes a value at least as sure as that; whether it is among the facts.
fn also_known(facts: &mut [Fact], field: Field, value: &Value, sure: f32) -> bool {
    let mut is_known = false;
    for fact in facts.iter_mut().filter(|fact| fact.field == field && fact.value == *value) {
        fact.confidence = fact.confidence.max(sure);
        is_known = true;
    }
    is_known
}

/// The sum of a list, where a sentence asks for it by its day and nothing else names an amount: "The amount must have been
/// credited to our account by 17 August." Of what is debited the only amount of the letter.
fn amount_of_list(context: &Context, facts: &[Fact]) -> Option<Fact> {
    let is_named = |field| best(facts, field).is_some_and(|fact| fact.confidence >= OWN_DAY);
    if is_named(Field::AmountDue) || is_named(Field::TotalGross) {
        return None;
    }
    let is_said = |field| best(facts, field).is_some_and(|fact| fact.confidence >= PLANNED && fact.by != "roles");
    // What is told about a contract that has ended may be past.
    let debits = is_said(Field::PaymentMeansCode) && context.kind() != DocumentKind::CancellationConfirmation;
    let sum = if debits && best(facts, Field::DirectDebitDate).is_some() {
        only_amount(context)?
    } else if is_said(Field::DueDate) {
        crate::choose::last_sum(context)?
    } else {
        return None;
    };
    let place = context.layout.cells().filter_map(|cell| {
        let amount = amounts::find(&cell.text).into_iter().find(|amount| amount.value == sum)?;
        Some(found(cell, amount.range, sum, Place::Right))
    });
    Some(place.last()?.fact(BY, Field::AmountDue, LISTED, Value::Amount))
}

/// The amount of a letter that prints no other.
fn only_amount(context: &Context) -> Option<Decimal> {
    let mut all = context.layout.cells().flat_map(|cell| amounts::find(&cell.text)).map(|amount| amount.value);
    let first = all.next().filter(|amount| *amount > Decimal::ZERO)?;
    all.all(|amount| amount == first).then_some(first)
}

/// From this a value is named as due, or as the total.
const OWN_DAY: f32 = 0.6;

/// The day of a sentence that asks for the rest of a bill without its amount: "Der Nachforderungsbetrag ist am 2. März fällig."
fn rest_is_due(sentence: &str, context: &Context, issued: Option<NaiveDate>) -> Option<NaiveDate> {
    let rest = pattern!(
        r"\b(?:nachforderung(?:sbetrag)?s?|nachzahlung(?:sbetrag)?s?|restbetrag(?:es|s)?|restzahlung|rechnungsbetrag(?:es|s)?|(?:final|outstanding|remaining) (?:amount|balance)|balance due)\b"
    );
    let falls_due = pattern!(
        r"\b(?:ist|wird|is)\b[^.;!?]{0,30}\b(?:am|zum|bis|on|by)\b[^;!?]{0,40}\b(?:fällig|zu zahlen|zu überweisen|due|payable)\b"
    );
    let asks = prose::asks_of_reader(sentence)
        && pattern!(r"\b(?:überweisen|zahlen|bezahlen|begleichen|pay|transfer)\b").is_match(sentence);
    let is_own = rest.is_match(sentence)
        && (asks || falls_due.is_match(sentence))
        && !prose::is_conditional(sentence)
        && !prose::pays_back(sentence)
        && !pattern!(r"(?:\bskonto|\bdiscount|\blastschrift|\babgebucht|\beingezogen|\bdirect debit|\brate\b)")
            .is_match(sentence);
    is_own.then(|| day_of(sentence, context, issued)).flatten().map(|(day, ..)| day)
}

const BY: &str = "asked";
/// How sure a sentence is that names both.
const SAID: f32 = 0.88;
/// How sure a value is at least that a sentence asks for.
const ALSO_KNOWN: f32 = 0.75;
/// How sure an amount is that a sentence only means.
const NAMED: f32 = 0.55;
/// How sure the sum of a list is that is only called "the amount".
const LISTED: f32 = 0.7;
/// From this a plan of parts, or a debit, is meant.
const PLANNED: f32 = 0.8;

/// The sentences, and the rows of two cells, that ask for an amount by a day.
fn demands<'r, 'a>(context: &'r Context<'a>) -> Vec<Demand<'r, 'a>> {
    let issued = issued(context).map(|(day, _)| day);
    let mut all = Vec::new();
    let mut by_name = Vec::new();
    for run in &context.layout.paragraphs {
        let mut earlier = 0..0;
        for (range, sentence) in prose::sentences(&run.text) {
            let before = std::mem::replace(&mut earlier, range.clone());
            // Behind "nicht bis zum …" stands what follows, with days of its own.
            let threat = threatens(sentence);
            let own = threat.as_ref().and_then(|threat| sentence.get(threat.clone())).unwrap_or(sentence);
            let Some((day, is_printed, of_day)) = day_of(own, context, issued) else { continue };
            let Some((amount, of_amount)) = amount_of(own) else {
                let named = if asks_for_it(sentence) { amount_of_name(context, run, before, sentence) } else { None };
                by_name.extend(named.map(|(amount, place)| Demand {
                    asked: Asked { day, amount, by_name: true },
                    day: (run, range.start + of_day.start..range.start + of_day.end, is_printed),
                    amount: place,
                }));
                continue;
            };
            if threat.is_none() && !asks(sentence) {
                continue;
            }
            let here = |part: Range<usize>| range.start + part.start..range.start + part.end;
            all.push(Demand {
                asked: Asked { day, amount, by_name: false },
                day: (run, here(of_day), is_printed),
                amount: (run, here(of_amount)),
            });
        }
    }
    // "Bitte zahlen Sie spätestens am 15.06.2026 insgesamt        1.778,75", "Restbeitrag, fällig am 15.09.2026        156,64"
    let falls_due = pattern!(r"\b(?:fällig|zahlbar|due|payable)\b");
    let part = pattern!(r"\b(?:rate|teilbetrag|abschlag|anzahlung|vorauszahlung|instal+ment|deposit)\b");
    for row in &context.layout.rows {
        let is_asked = |cell: &Run| {
            let named = falls_due.is_match(&cell.text) && !part.is_match(&cell.text);
            (asks(&cell.text) || named) && amounts::find(&cell.text).is_empty()
        };
        let Some(at) = row.cells.iter().position(is_asked) else { continue };
        let (Some(cell), Some(behind)) = (row.cells.get(at), row.cells.get(at + 1..)) else { continue };
        let Some((day, is_printed, of_day)) = day_of(&cell.text, context, issued) else { continue };
        // A column for each tax: all of them are asked for.
        let columns: Vec<_> = behind.iter().map(|next| (next, amounts::find(&next.text))).collect();
        if columns.iter().any(|(_, amounts)| amounts.len() != 1) {
            continue;
        }
        let owed = columns.iter().filter_map(|(next, amounts)| Some((*next, amounts.first()?)));
        let owed: Vec<_> = owed.filter(|(_, amount)| amount.value > Decimal::ZERO).collect();
        if let Some((next, amount)) = owed.last() {
            let sum = owed.iter().map(|(_, amount)| amount.value).sum();
            all.push(Demand {
                asked: Asked { day, amount: sum, by_name: false },
                day: (cell, of_day, is_printed),
                amount: (next, amount.range.clone()),
            });
        }
    }
    // What is only named counts where nothing is said in one sentence.
    if all.is_empty() { by_name } else { all }
}

/// Whether a sentence asks to pay what was named before: "Diesen Betrag bitten wir bis zum 23.03. zu zahlen."
fn asks_for_it(sentence: &str) -> bool {
    let pays = pattern!(
        r"\b(?:zahlen|bezahlen|überweisen|überweisung|zahlung|einzahlen|begleichen|begleichung|ausgleich|entrichten|pay|payment|transfer|remit|settle)\b|\b(?:geben|gebt|gib|bringen|bringt)\b[^.;!?]{0,60}\bgeld\b|\bgeld\b[^.;!?]{0,60}\b(?:mit(?:geben|bringen)|abgeben|mitzubringen)\b"
    );
    let other = pattern!(
        r"(?:\bskonto|\bdiscount|\bmonatlich|\bmonthly|\bjeweils|\beach\b|\bper month|\brate\b|\binstal|\berstmals|\babzüglich|\blastschrift|\bdirect debit|\bdauerauftrag|\bstanding order|\bbereits\b|\balready\b)"
    );
    // "Er ist am 12. Juni 2026 zur Zahlung fällig."
    let falls_due = pattern!(
        r"^\W*(?:er|sie|es|diese[rs]?|it|this)\s+(?:ist|wird|is|falls)\b[^;!?]{0,60}\b(?:fällig|zahlbar|zu zahlen|due|payable)\b"
    );
    (prose::asks_of_reader(sentence) && pays.is_match(sentence) || falls_due.is_match(sentence))
        && !other.is_match(sentence)
        && !prose::is_conditional(sentence)
        && !prose::pays_back(sentence)
        && !prose::about_something_else(sentence)
}

/// The amount that a sentence without one asks for: that of the row that is called as it calls it ("die Anzahlung"), or of
/// the sentence before.
fn amount_of_name<'r, 'a>(
    context: &'r Context<'a>,
    run: &'r Run<'a>,
    before: Range<usize>,
    sentence: &str,
) -> Option<(Decimal, (&'r Run<'a>, Range<usize>))> {
    let name = pattern!(
        r"\b(?:anzahlung|restbetrag|restzahlung|eigenanteil|nachzahlung|nachforderung|teilnahmebeitrag|teilnehmerbeitrag|kostenbeitrag|elternbeitrag|semesterbeitrag|gebühr|kaution|selbstbeteiligung|zuzahlung|pacht|kaufpreis|deposit|balance|fee|contribution|premium)"
    );
    let of_row = name.find(sentence).and_then(|name| {
        let name = name.as_str().to_lowercase();
        let rows = context.layout.rows.iter().filter(|row| {
            row.cells.len() > 1 && row.cells.first().is_some_and(|cell| cell.text.to_lowercase().contains(&name))
        });
        let (cell, amount) = rows.filter_map(last_amount).next_back()?;
        (amount.value > Decimal::ZERO).then_some((amount.value, (cell, amount.range)))
    });
    let refers = pattern!(r"\b(?:diese[nrs]?|er|den|die|das|ihn|es|sie|um|this|that|it|the (?:amount|sum|balance))\b");
    let of_sentence = || {
        let text = run.text.get(before.clone()).filter(|_| refers.is_match(sentence))?;
        let again = pattern!(r"(?:\bmonatlich|\bim monat\b|\bje\b|\bmonthly|\bper month|\bbereits\b|\balready\b)");
        let (amount, place) = amount_of(text).filter(|_| !prose::pays_back(text) && !prose::is_conditional(text))?;
        let is_whole = !again.is_match(text) || amounts::find(text).len() > 1;
        is_whole.then(|| (amount, (run, before.start + place.start..before.start + place.end)))
    };
    of_row.or_else(of_sentence)
}

/// The only day of a sentence, where it is one to act by.
fn day_of(sentence: &str, context: &Context, issued: Option<NaiveDate>) -> Option<(NaiveDate, bool, Range<usize>)> {
    let by = pattern!(r"\b(?:bis|spätestens|am|zum|by|on|before|until)\b[^.;!?\d]{0,30}$");
    let printed = dates::find(sentence, context.order);
    let partly = || issued.map_or_else(Vec::new, |day| partial_days::find(sentence, day));
    let (all, is_printed) = if printed.is_empty() { (partly(), false) } else { (printed, true) };
    if all.is_empty() {
        // "binnen 14 Tagen ab Zugang"
        let within = pattern!(r"\b(?:innerhalb|innert|binnen|within)\b[^.;!?\d]{0,24}$");
        let counted = partial_days::counted(sentence, issued?, context.order);
        let [(range, day)] = counted.as_slice() else { return None };
        return within.is_match(sentence.get(..range.start)?).then(|| (*day, false, range.clone()));
    }
    let [(range, day)] = all.as_slice() else { return None };
    let is_later = issued.is_none_or(|issued| issued < *day);
    (is_later && by.is_match(sentence.get(..range.start)?)).then(|| (*day, is_printed, range.clone()))
}

/// The only amount of a sentence, or the one that it calls the sum.
fn amount_of(sentence: &str) -> Option<(Decimal, Range<usize>)> {
    let whole = pattern!(r"\b(?:insgesamt|zusammen|also|gesamt\p{L}*|in total|total)\b[^.;!?\d]{0,16}$");
    let all: Vec<_> = amounts::find(sentence).into_iter().filter(|amount| amount.value > Decimal::ZERO).collect();
    let of_all =
        |amount: &&amounts::Amount| sentence.get(..amount.range.start).is_some_and(|text| whole.is_match(text));
    let amount = match all.as_slice() {
        [one] => one,
        [] => return None,
        several => several.iter().find(of_all)?,
    };
    Some((amount.value, amount.range.clone()))
}

/// Whether a sentence asks to pay all of what it names, once.
fn asks(sentence: &str) -> bool {
    let verbs = pattern!(
        r"\b(?:zahlen|bezahlen|überweisen|einzahlen|begleichen|entrichten|leisten|weisen|pay|transfer|remit|settle|fordere?n?)\b"
    );
    let asks = prose::asks_of_reader(sentence)
        || pattern!(r"\b(?:ich|wir) fordern? sie (?:\p{L}+ )?auf\b|\b(?:ist|sind)\b.{0,120}\bzu (?:zahlen|überweisen|begleichen|entrichten)\b")
            .is_match(sentence);
    let other = pattern!(
        r"(?:\bskonto|\bdiscount|\boder\b|\bor\b|\bmonatlich|\bmonthly|\bje\b|\bjeweils|\beach\b|\bpro\b|\bper month|\banzahlung|\brate\b|\bdeposit|\binstal|\berstmals|\babzüglich|\bdanach\b|\blastschrift|\bdirect debit|\bdauerauftrag|\bstanding order|\bab dem\b|\bzuzüglich\b|\bzzgl|\bbereits festgesetzt|\bweiter(?:hin)?\b)"
    );
    (asks && verbs.is_match(sentence) || has_to_arrive(sentence))
        && !other.is_match(sentence)
        && !prose::is_conditional(sentence)
        && !prose::pays_back(sentence)
        && !prose::about_something_else(sentence)
}

/// "Die Kaution von 696,00 € muss bis zum 25.03. auf unserem Konto eingegangen sein"
fn has_to_arrive(sentence: &str) -> bool {
    pattern!(
        r"\b(?:muss|müssen|hat|haben|sollte|must|has to|should)\b[^;!?]{0,160}\b(?:eingegangen|einzugehen|eingehen|gutgeschrieben|credited|arrived?|been received)\b"
    )
    .is_match(sentence)
        && !prose::paper_arrives(sentence)
}

/// The condition of a threat: "Wenn der Rückstand von 288,90 EUR nicht bis zum 13.02.2026 bei uns eingegangen ist".
fn threatens(sentence: &str) -> Option<Range<usize>> {
    let condition = pattern!(concat!(
        r"^\W*(?:wenn|sollte|falls|if|unless)\b[^;!?]{0,160}?\b(?:nicht|not|unless)\b[^;!?]{0,120}?",
        r"\b(?:eingegangen|eingeht|eingehen|einlangt|bezahlt|beglichen|überwiesen|ausgeglichen|received|paid|arrived)\b"
    ));
    condition.find(sentence).map(|hit| hit.range()).filter(|_| !prose::pays_back_to_reader(sentence))
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DueDate};

    use crate::testing::check;

    #[test]
    fn a_sentence_that_names_day_and_amount_counts_more_than_a_table() {
        let notice = "Finanzamt Musterstadt\n\nBescheid für 2025 über Einkommensteuer\n\nDatum 12.05.2026\n\n";
        let table = "                      Einkommensteuer EUR    Kirchensteuer EUR\nFestgesetzt werden        2.100,00               90,00\nnoch zu zahlen              300,00               27,00\n\n";
        for asks in [
            "Bitte zahlen Sie bis zum 15.06.2026 insgesamt 327,00 EUR auf das unten genannte Konto.",
            "Bitte zahlen Sie spätestens am 15.06.2026 insgesamt        327,00",
        ] {
            check(&format!("{notice}{table}{asks}"), &[(DueDate, "2026-06-15"), (AmountDue, "327.00")]);
        }
    }

    #[test]
    fn a_bill_with_advances_has_its_own_day() {
        let bill = "Zweckverband Muster\n\nGebührenabrechnung 2025\n\nDatum 30.01.2026\n\nGesamtgebühr        503,51 €\nVorauszahlungen     440,00 €\nNachforderung        63,51 €\n\nDer Nachforderungsbetrag ist am 02.03.2026 fällig. Die Vorauszahlungen\nbetragen je 126,00 € und sind fällig am 15.04., 15.07., 15.10. und 15.12.2026.";
        check(bill, &[(DueDate, "2026-03-02"), (AmountDue, "63.51")]);
    }

    #[test]
    fn the_day_of_a_discount_is_not_the_last_one_to_pay_on() {
        let bill = "Spenglerei Muster\n\nRechnung Nr. 12\n\nDatum 14.10.2025\n\nNettosumme    1.000,00\n19 % MwSt.      190,00\nBruttosumme   1.190,00\n\nBei Zahlung bis 24.10.2025 gewähren wir 2 % Skonto (Zahlbetrag dann 1.166,20 €),\nspätestens am 13.11.2025 ohne jeden Abzug.";
        check(bill, &[(DueDate, "2025-11-13"), (AmountDue, "1190.00")]);
    }

    #[test]
    fn what_is_threatened_is_asked_for() {
        check(
            "Stadtwerke Muster\n\nAndrohung der Sperrung\n\nDatum: 19.01.2026\n\nFällig am     Beleg                Offen EUR\n01.11.2025    Abschlag             94,00\n15.12.2025    Rest der Rechnung    98,40\n              Rückstand            192,40\n\nWenn der Rückstand von 192,40 EUR nicht bis zum 13.02.2026\nbei uns eingegangen ist, unterbrechen wir die Versorgung ab dem 23.02.2026. Eine Ratenzahlung vereinbaren Sie bitte bis 06.02.2026.",
            &[(DueDate, "2026-02-13"), (AmountDue, "192.40")],
        );
    }
}
