//! Who pays whom: money that the sender owes the reader has a minus, whatever the words of its row.

use domain::{DocumentKind, Fact, Field, Origin, Value};
use rust_decimal::Decimal;

use super::proof::last_in_row;
use crate::context::Context;
use crate::forms::{amounts, dates, partial_days, pattern};
use crate::labels::{Place, found};
use crate::layout::Layout;
use crate::prose;

/// Gives the amount due a minus where the letter says that it is paid to the reader, and takes the day on which.
pub(super) fn who_pays(context: &Context, facts: &mut Vec<Fact>) {
    // On these the money comes in by their nature, and their amounts are read with that in mind.
    let by_nature =
        matches!(context.kind(), DocumentKind::Receipt | DocumentKind::BankStatement | DocumentKind::Payslip);
    if by_nature || facts.iter().any(|fact| fact.field == Field::AmountDue && fact.origin == Origin::Xml) {
        return;
    }
    // These only ask; "gutgeschrieben" is what the reader's money has to be.
    if matches!(context.kind(), DocumentKind::Dunning | DocumentKind::Fine) {
        return;
    }
    let promised = promised(context);
    if context.kind() == DocumentKind::CreditNote {
        return take_promise(context, facts, promised);
    }
    let Some(owed) = promised.iter().find_map(|(amount, _)| *amount).or_else(|| credit(&context.layout)) else {
        return;
    };
    // A small credit beside what is to pay is none of all.
    let asked =
        facts.iter().filter(|fact| fact.field == Field::AmountDue).max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let is_other = asked
        .is_some_and(|fact| fact.confidence >= 0.55 && fact.value.amount().is_some_and(|amount| amount.abs() != owed));
    // Where a sentence promises the credit and none asks for money, the other amount is only the total; where advances are
    // asked for, they come later.
    let is_promised = promised.iter().any(|(amount, _)| *amount == Some(owed));
    if is_other && !(is_promised && (!asks(context) || asked.is_some_and(|fact| is_advance(facts, fact)))) {
        return;
    }
    // Without a promise a credit may only be set off; with one it comes.
    let weight = if promised.is_empty() { 0.6 } else { 0.85 };
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue) {
        if fact.value.amount() == Some(owed) {
            fact.value = Value::Amount(-owed);
        } else {
            fact.confidence *= 0.5;
        }
        fact.certain = false;
    }
    if !facts.iter().any(|fact| fact.field == Field::AmountDue && fact.value.amount() == Some(-owed)) {
        facts.extend(printed(context, owed, -owed, weight));
    }
    for fact in facts.iter_mut().filter(|fact| fact.field == Field::AmountDue && fact.value.amount() == Some(-owed)) {
        fact.confidence = fact.confidence.max(weight);
    }
    // Money that comes is not debited; a day by which it comes is not one by which to pay.
    facts.retain(|fact| {
        let by_debit = fact.field == Field::PaymentMeansCode && fact.value.plain() == "59";
        !by_debit && !matches!(fact.field, Field::DirectDebitDate | Field::DebtorIban)
    });
    if let Some(day) = promised.into_iter().find_map(|(_, day)| day) {
        facts.retain(|fact| fact.field != Field::DueDate);
        facts.push(day);
    }
}

/// Whether a sentence asks the reader to pay.
fn asks(context: &Context) -> bool {
    context.sentences().any(|sentence| prose::demands_payment(sentence) && !prose::pays_back(sentence))
}

/// Whether an amount is a part of a plan.
fn is_advance(facts: &[Fact], asked: &Fact) -> bool {
    facts.iter().any(|fact| match &fact.value {
        Value::Instalments(parts) => parts.iter().any(|part| Some(part.amount) == asked.value.amount()),
        _ => false,
    })
}

/// On a credit note the amounts are those of the reader; where none is read, the one that a sentence promises is taken.
fn take_promise(context: &Context, facts: &mut Vec<Fact>, promised: Vec<(Option<Decimal>, Option<Fact>)>) {
    let is_read = |field| facts.iter().any(|fact| fact.field == field && fact.confidence >= 0.5);
    let (no_amount, no_day) = (!is_read(Field::AmountDue), !is_read(Field::DueDate));
    for (amount, day) in promised {
        facts.extend(amount.filter(|_| no_amount).and_then(|amount| printed(context, amount, amount, 0.85)));
        // A counted day is the sender's, by the terms; a printed one is that of the money, whatever begins on another.
        let Some(day) = day.filter(|day| day.origin != Origin::Derived) else { continue };
        for other in facts.iter_mut().filter(|fact| fact.field == Field::DueDate && fact.value != day.value) {
            other.confidence *= 0.5;
        }
        let is_read = facts.iter().any(|fact| fact.field == Field::DueDate && fact.value == day.value);
        if no_day || !is_read {
            facts.push(day);
        } else {
            let same = facts.iter_mut().filter(|fact| fact.field == Field::DueDate && fact.value == day.value);
            same.for_each(|fact| fact.confidence = fact.confidence.max(day.confidence));
        }
    }
}

/// An amount due of this value where this amount is printed first.
fn printed(context: &Context, amount: Decimal, value: Decimal, weight: f32) -> Option<Fact> {
    let place = context.layout.cells().find_map(|cell| {
        let hit = amounts::find(&cell.text).into_iter().find(|hit| hit.value.abs() == amount)?;
        Some(found(cell, hit.range, value, Place::Right))
    })?;
    Some(place.fact("direction", Field::AmountDue, weight, Value::Amount))
}

/// The sentences that promise money: how much, and by when.
fn promised(context: &Context) -> Vec<(Option<Decimal>, Option<Fact>)> {
    let issued = crate::extractors::issued(context).map(|(day, _)| day);
    let credit = credit(&context.layout);
    let total = listed_below_promise(context);
    let mut all = Vec::new();
    for run in &context.layout.paragraphs {
        let mut too_much = None;
        let mut only_before = None;
        for (range, sentence) in prose::sentences(&run.text) {
            let before = std::mem::replace(&mut only_before, only_amount(sentence));
            let owed = too_much;
            too_much = overpaid(sentence);
            let Some(said) = prose::pays_back_at(sentence) else { continue };
            // "300 € sollten bis zum 16.03. auf Ihrem Konto sein" is no condition.
            let hopes = pattern!(r"\b(?:sollte|sollten|should)\b[^;!?]{0,90}\b(?:auf|in|on) (?:ihrem|deinem|your)\b")
                .is_match(sentence);
            // "Wir überweisen es bis zum 15.10.; bitte verrechnen Sie es nicht selbst."
            if prose::is_conditional(sentence) && !hopes || prose::asks_of_reader(prose::up_to_clause(sentence, said)) {
                continue;
            }
            // What comes each month as before is no money that is owed.
            let as_before = pattern!(
                r"\b(?:wie (?:bisher|gewohnt|zuvor)|weiterhin|unverändert|monatlich\w*|im monat|each month|monthly|as before)\b"
            );
            if as_before.is_match(sentence) {
                continue;
            }
            // "Für Kurse zahlen wir bis zu 200 Euro im Jahr": a limit.
            let limit = pattern!(r"\b(?:bis zu|höchstens|maximal|max\.|up to|at most)\s*(?:eur|€)?\s*$");
            let is_limit = |at: usize| sentence.get(..at).is_some_and(|before| limit.is_match(before));
            let sums = amounts::find(sentence);
            if sums.iter().any(|amount| is_limit(amount.range.start)) {
                continue;
            }
            // What a column of a table left before the sentence is none of it.
            let nearest = sums.iter().min_by_key(|amount| amount.range.start.abs_diff(said));
            let is_there = |owed: &Decimal| sums.iter().any(|amount| amount.value.abs() == *owed);
            let amount = credit.filter(is_there).or(nearest.map(|amount| amount.value.abs()));
            let named = pattern!(
                r"(?:guthaben|betrag|erstattung|überzahlung|gutschrift|differenz|summe|refund|credit|amount|balance|\bgeld\b|zahlung\b|leistung|\bmoney\b|^\W*(?:er|sie|es|dieser?|it) (?:wird|werden|is|will)\b)"
            )
            .is_match(sentence);
            // "Sie haben 107,60 € zu viel gezahlt. Den Betrag erstatten wir Ihnen."
            // "Auf Sie entfallen 24,80 €. Wir überweisen sie auf Ihr Konto."
            let meant = prose::pays_back_to_reader(sentence)
                && pattern!(r"\b(?:sie|ihn|es|diesen?|den|it|them|this)\b").is_match(sentence);
            let amount = amount.or(before.filter(|_| meant));
            let amount = amount.or(owed.filter(|_| named)).or(credit.filter(|_| named)).or(total.filter(|_| named));
            if amount.is_none() {
                continue;
            }
            // "Gutschrift vom 11.06.2026": the day of another letter.
            let past = pattern!(r"\b(?:vom|seit|dated|since|from)\s*$");
            let printed = dates::find(sentence, context.order)
                .into_iter()
                .filter(|(at, _)| !past.is_match(sentence.get(..at.start).unwrap_or_default()))
                // "für die Zeit vom 02.02. bis 20.02." was before.
                .filter(|(_, day)| issued.is_none_or(|issued| *day >= issued))
                .map(|hit| (hit, true));
            let partly = issued.map_or_else(Vec::new, |day| partial_days::find(sentence, day));
            // "in den nächsten 14 Tagen"
            let counted = issued.map_or_else(Vec::new, |day| partial_days::counted(sentence, day, context.order));
            let partly = partly.into_iter().chain(counted);
            let day = printed.chain(partly.map(|hit| (hit, false))).next().map(|((at, day), is_printed)| {
                let place = range.start + at.start..range.start + at.end;
                let fact = found(run, place, day, Place::Behind).fact("direction", Field::DueDate, 0.86, Value::Date);
                if is_printed { fact } else { Fact { origin: Origin::Derived, ..fact } }
            });
            all.push((amount, day));
        }
    }
    all
}

/// The amount of a sentence that has no other and asks for none.
fn only_amount(sentence: &str) -> Option<Decimal> {
    let all = amounts::find(sentence);
    let [amount] = all.as_slice() else { return None };
    (amount.value > Decimal::ZERO && !prose::asks_of_reader(sentence)).then_some(amount.value)
}

/// How much a sentence says that the reader has paid too much, has as a credit, or is granted.
fn overpaid(sentence: &str) -> Option<Decimal> {
    let says = pattern!(
        r"(?:\bzu ?viel\b.{0,40}\b(?:gezahlt|bezahlt|entrichtet|überwiesen|abgebucht)|\büberzahl|\bguthaben\b|\bzu ihren gunsten\b|\boverpa(?:id|yment)|\bin credit\b|\bcredit balance|\bbewillig|\bgewähr(?:en|t)\b|\bgranted?\b)"
    );
    let amounts = amounts::find(sentence);
    amounts.last().map(|amount| amount.value.abs()).filter(|amount| says.is_match(sentence) && !amount.is_zero())
}

/// The total of the rows below "we shall pay you": what the letter lists is what comes.
fn listed_below_promise(context: &Context) -> Option<Decimal> {
    let promises = pattern!(
        r"\b(?:wir (?:zahlen|erstatten|überweisen) ihnen|(?:zahlen|erstatten|überweisen) wir ihnen|we (?:shall|will) (?:pay|refund) you)\b[^.!?]{0,80}$"
    );
    let total = pattern!(r"^\W*(?:summe|gesamt(?:betrag|summe)?|insgesamt|zusammen|total)\b");
    let rows = &context.layout.rows;
    let at =
        rows.iter().position(|row| row.cells.iter().any(|cell| promises.is_match(cell.text.trim_end_matches(':'))))?;
    let below = rows.get(at + 1..)?.iter().take(8);
    below.filter(|row| row.cells.first().is_some_and(|cell| total.is_match(&cell.text))).find_map(|row| {
        let amount = row.cells.iter().rev().find_map(|cell| amounts::find(&cell.text).pop())?;
        Some(amount.value.abs())
    })
}

/// The amount of a row that is called a credit.
fn credit(layout: &Layout) -> Option<Decimal> {
    let called = pattern!(
        r"^\W*(?:ihr(?:e)? |das |noch )?(?:gesamt)?(?:guthaben|erstattung(?:sbetrag)?|überzahlung|rückzahlung|rückerstattung|gutschrift|auszahlung(?:sbetrag)?|zu ihren gunsten|refund(?: amount)?|credit balance|amount refunded|we pay you|(?:total |amount )?payable to (?:the )?(?:supplier|you))\b"
    );
    last_in_row(layout, called)
}

#[cfg(test)]
mod tests {
    use domain::Field::{AmountDue, DueDate};
    use domain::{DocumentKind, Findings, Known};

    use super::*;
    use crate::Models;
    use crate::testing::{check, findings, page};

    /// A credit note by its kind needs no minus.
    fn owed_to_the_reader(found: &Findings, amount: &str) -> String {
        let sign = if found.kind().kind == DocumentKind::CreditNote { "" } else { "-" };
        format!("{sign}{amount}")
    }

    #[test]
    fn a_credit_that_is_paid_out_is_owed_to_the_reader() {
        let found = findings(
            "Krankenkasse Musterstadt\n\nDatum: 24.02.2026\n\nIhr Beitragskonto\n\nSehr geehrte Frau Beispiel,\n\nSie haben zu viel gezahlt. Das Guthaben von 137,42 € überweisen wir bis zum 20.03.2026 auf Ihr Konto.",
        );
        let value = |field| found.value(field).map(|value| value.plain());
        assert_eq!(value(AmountDue).as_deref(), Some(owed_to_the_reader(&found, "137.42").as_str()));
        assert_eq!(value(DueDate).as_deref(), Some("2026-03-20"));
    }

    #[test]
    fn a_benefit_comes_by_its_day() {
        for (text, amount, day) in [
            (
                "Die Zahlung für Oktober in Höhe von 694,00 EUR geht bis zum 30.09.2025 auf Ihr Konto ein.",
                "-694.00",
                "2025-09-30",
            ),
            (
                "Wir bewilligen Ihnen monatlich 640,00 €. Der erste Betrag wird Ihnen am 30.09.2025 gutgeschrieben.",
                "-640.00",
                "2025-09-30",
            ),
            (
                "auf Ihre Anteile entfällt eine Dividende von 24,80 €. Wir überweisen sie am 30.09.2025\nauf Ihr Konto.",
                "-24.80",
                "2025-09-30",
            ),
            (
                "Für die Zeit vom 02.09. bis 20.09.2025 haben wir 915,80 € angewiesen; das Geld ist spätestens am 30.09.2025 auf Ihrem Konto.",
                "-915.80",
                "2025-09-30",
            ),
        ] {
            let letter = format!(
                "Familienkasse Musterstadt\n\nDatum: 22.09.2025\n\nIhr Antrag\n\nSehr geehrte Frau Beispiel,\n\n{text}"
            );
            let found = findings(&letter);
            let value = |field| found.value(field).map(|value| value.plain());
            let owed = owed_to_the_reader(&found, amount.trim_start_matches('-'));
            assert_eq!(value(AmountDue).as_deref(), Some(owed.as_str()), "{text} {:?}", found.kind());
            assert_eq!(value(DueDate).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_was_paid_too_much_comes_back() {
        let bill = "Stromwerk GmbH\n\nJahresrechnung Strom 2025\nRechnungsnummer 4711\nKundennummer 2210\n\nRechnungsdatum: 09.02.2026\n\nSehr geehrte Frau Beispiel,\n\nIhr Verbrauch kostet 912,40 €. Gezahlt haben Sie 1.020,00 €.\nDamit haben Sie 107,60 € zu viel gezahlt. Den Betrag erstatten wir\nIhnen bis zum 23.02.2026 auf Ihr Konto.";
        let found = findings(bill);
        let value = |field| found.value(field).map(|value| value.plain());
        assert_eq!(value(AmountDue).as_deref(), Some(owed_to_the_reader(&found, "107.60").as_str()));
        assert_eq!(value(DueDate).as_deref(), Some("2026-02-23"));
    }

    #[test]
    fn of_the_amounts_of_a_table_above_the_promised_one_comes_back() {
        let found = findings(
            "Hausverwaltung Muster GmbH\n\nDatum: 24.06.2026\n\nBetriebskostenabrechnung 2025\n\nSehr geehrte Frau Beispiel,\n\nnachstehend die Abrechnung der Kosten\nSumme 2.512,64\nIhre Vorauszahlungen 2.700,00\nGuthaben 187,36\nDas Guthaben von 187,36 € überweisen wir Ihnen bis zum 31.07.2026 auf das Konto, von dem Sie Ihre Miete zahlen.",
        );
        let value = |field| found.value(field).map(|value| value.plain());
        assert_eq!(value(AmountDue).as_deref(), Some(owed_to_the_reader(&found, "187.36").as_str()));
        assert_eq!(value(DueDate).as_deref(), Some("2026-07-31"));
    }

    #[test]
    fn a_promise_may_name_the_amount_before_and_count_its_day() {
        let reading = page(
            "Stromwerk GmbH\n\nStromrechnung 2025\n\nDatum: 09.02.2026\n\nSehr geehrte Frau Beispiel,\n\nIhr Verbrauch kostet 912,40 €. Gezahlt haben Sie 1.020,00 €.\nDamit haben Sie 107,60 € zu viel gezahlt. Den Betrag erstatten wir\nIhnen in den nächsten 14 Tagen auf Ihr Konto.",
        );
        let known = Known::default();
        let context = Context::new(&reading, &known, Models::built_in());
        let promised = promised(&context);
        let [(amount, day)] = promised.as_slice() else { panic!("{promised:?}") };
        assert_eq!(amount.map(|amount| amount.to_string()).as_deref(), Some("107.60"));
        assert_eq!(day.as_ref().map(|day| day.value.plain()).as_deref(), Some("2026-02-23"));
    }

    #[test]
    fn money_that_is_promised_comes_whatever_the_total_says() {
        for (letter, owed) in [
            (
                "Energie Muster GmbH\n\nKorrekturrechnung 4712\n\nDatum: 04.12.2025\n\nSehr geehrter Herr Beispiel,\n\nNeuer Rechnungsbetrag    402,55 €\n\nGezahlt haben Sie 484,17 €. Die Überzahlung von 81,62 Euro erstatten wir auf Ihr Girokonto, Sie haben sie spätestens am 18.12.2025.",
                "81.62",
            ),
            (
                "Air Muster Ltd\n\n22 April 2026\n\nYour flight AM 12\n\nDear Mr Beispiel,\n\nI am pleased to confirm that we shall pay you\nCompensation    EUR 250.00\nMeals           EUR 12.40\nTotal           EUR 262.40\n\nThe money will be sent to the bank account you named within 14 days of the date of this letter.",
                "262.40",
            ),
        ] {
            let found = findings(letter);
            let amount = found.value(AmountDue).map(|value| value.plain());
            assert_eq!(amount.as_deref(), Some(owed_to_the_reader(&found, owed).as_str()), "{letter}");
        }
    }

    #[test]
    fn what_is_only_possible_changes_nothing() {
        check(
            "Stromwerk GmbH\n\nRechnung Nr. 12\n\nDatum: 24.02.2026\n\nZu zahlen    137,42\n\nSollten Sie zu viel zahlen, überweisen wir den Betrag zurück. Zahlbar bis 20.03.2026.",
            &[(AmountDue, "137.42"), (DueDate, "2026-03-20")],
        );
    }
}
