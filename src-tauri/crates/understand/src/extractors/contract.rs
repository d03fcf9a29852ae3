//! When a contract starts, how long it binds, and how it ends.

use std::ops::Range;

use domain::{DocumentKind, Fact, Field, Period, Value};

use super::Extractor;
use super::terms::term_around;
use crate::context::Context;
use crate::forms::{dates, pattern};
use crate::labels::{Place, beside, found, in_prose};

pub(super) struct Contract;

const ID: &str = "contract";

impl Extractor for Contract {
    fn id(&self) -> &'static str {
        ID
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = notice(context);
        facts.extend(start(context));
        facts.extend(term(context));
        facts.extend(renewals(context));
        let withdrawal = withdrawal(context);
        if !withdrawal.is_empty() {
            facts.extend(concluded(context));
        }
        facts.extend(withdrawal);
        facts
    }
}

/// How long before its end a contract is cancelled, or a passport renewed.
fn notice(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"\b(?:mit (?:einer )?(?:frist von|(?:kündigungs)?frist (?:von )?)|kündigungsfrist(?: von| beträgt)?:?|notice period(?: of| is)?:?|(?:with a |written )?notice (?:period )?of(?: at least)?|\bgives? (?:us )?(?:written )?notice(?: at least)?|wenn er nicht (?:spätestens )?|wird er nicht (?:spätestens )?|kündig(?:ung|en|bar|t)\b[^.]{0,60}?(?:spätestens|mindestens|bis)|spätestens|mit|with)\s*(?:jeweils\s*)?"
    );
    let latest = pattern!(r"\b(?:spätestens|mindestens|at least)\s*");
    let layout = &context.layout;
    let periods = in_prose(layout, label, 2, &period).into_iter().chain(beside(layout, label, 2, &period));
    // "Spätestens acht Tage nach Erhalt" is no notice: only what stands before an end, or says so, is.
    let mut facts: Vec<Fact> = periods
        .filter(|hit| is_notice(&hit.before, &hit.value))
        .map(|hit| hit.fact(ID, Field::NoticePeriod, 0.78, Value::Text))
        .collect();
    if matches!(context.kind(), DocumentKind::IdentityDocument | DocumentKind::AuthorityLetter) {
        let before = in_prose(layout, latest, 0, &before_expiry).into_iter();
        facts.extend(before.map(|hit| hit.fact(ID, Field::NoticePeriod, 0.75, Value::Text)));
        if facts.is_empty() {
            facts.extend(making(context));
        }
    }
    facts
}

/// How long a paper takes to be made: "die Herstellung dauert zurzeit drei bis vier Wochen", the longer of two.
fn making(context: &Context) -> Option<Fact> {
    let form = pattern!(
        r"\b(?:herstellung|produktion|ausstellung|anfertigung|bearbeitung|lieferzeit|production|processing)\b[^.;!?]{0,50}\b(?:dauert|beträgt|braucht|benötigt|takes?|liegt bei)\b[^.;!?]{0,40}?(?P<time>(?:\d{1,2}|zwei|drei|vier|fünf|sechs|acht|two|three|four|five|six|eight)\s+(?:wochen|weeks|monate|months))\b"
    );
    context.layout.paragraphs.iter().find_map(|run| {
        let hit = form.captures(&run.text)?.name("time")?;
        let place = found(run, hit.range(), hit.as_str().to_owned(), Place::Behind);
        Some(place.fact(ID, Field::NoticePeriod, 0.76, Value::Text))
    })
}

/// Whether a period is one of notice, by the words before it and its own.
fn is_notice(before: &str, period: &str) -> bool {
    let says = pattern!(r"(?:frist|kündig|notice|wenn er nicht|wird er nicht|cancel|terminat)");
    let ends = pattern!(r"(?:\bvor\b|\bzum\b|vorher|frist|notice|before)");
    says.is_match(before) || ends.is_match(period)
}

/// The first day of a contract.
fn start(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"\b(?:vertragsbeginn|versicherungsbeginn|lieferbeginn|mietbeginn|beginn(?:t am)?|laufzeit ab|contract start|start date|(?:begins|starts|commences) on|commence(?:s|ment)(?: date)?|beliefern (?:wir )?sie ab(?: dem)?|ab dem|beginnt (?:am|mit dem)|los geht(?:.?s)?|start(?:et|termin|tag)?|bereitstellung(?:stermin| am)?|schaltung(?:stermin| am)?|schalttermin|aktivierung(?:stermin| am)?|vertragsdatum|eintritt(?:sdatum)?|gilt ab|läuft ab|gültig ab|connect your line on|activation(?: date)?|(?:policy|cover(?:age)?|insurance|membership) (?:period |starts? )?(?:from|on)|from)\b(?:\s\([^)]*\))?(?: = \p{L}+)?"
    );
    let day = |text: &str| dates::first(text, context.order);
    let hits = beside(&context.layout, label, 4, &day).into_iter().chain(in_prose(&context.layout, label, 4, &day));
    hits.map(|hit| hit.fact(ID, Field::ContractStart, 0.85, Value::Date)).collect()
}

/// How long a contract binds at first.
fn term(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"\b(?:mindest(?:vertrags)?laufzeit|erst(?:vertrags)?laufzeit|vertragslaufzeit|mindestvertragsdauer|vertragsdauer|laufzeit|bindung|läuft(?: zunächst| fest)*(?: über)?|dauer|initial term|runs (?:initially )?for|minimum term|contract term|term of|term)\b(?: beträgt| is| von|:)*"
    );
    let hits = beside(&context.layout, label, 6, &months).into_iter();
    let hits = hits.chain(in_prose(&context.layout, label, 6, &months));
    hits.map(|hit| hit.fact(ID, Field::InitialTermMonths, 0.85, Value::Integer)).collect()
}

/// How long it goes on where nobody cancels it.
fn renewals(context: &Context) -> Vec<Fact> {
    let label = pattern!(r"\b(?:verlänger\w*|renew\w*)\b(?: (?:sich|stillschweigend|automatically|itself))*\s*");
    let hits = in_prose(&context.layout, label, 2, &renewal).into_iter();
    let hits = hits.chain(beside(&context.layout, label, 2, &renewal));
    hits.map(|hit| hit.fact(ID, Field::RenewalMonths, 0.8, Value::Integer)).collect()
}

/// How long it may be withdrawn from: the first term in a sentence about that.
fn withdrawal(context: &Context) -> Vec<Fact> {
    let withdraw = pattern!(r"(?:widerruf|withdraw|cooling-off)");
    let hits =
        context.layout.paragraphs.iter().filter_map(|run| {
            withdraw.find_iter(&run.text).find_map(|hit| term_around(run, hit.start(), context.order))
        });
    hits.map(|hit| hit.fact(ID, Field::WithdrawalPeriod, 0.75, Value::Text)).collect()
}

/// The day on which a contract was concluded, where the time to withdraw counts from it: "am 20.02.2026 zustande gekommen",
/// "Your contract was concluded on the same day".
fn concluded(context: &Context) -> Option<Fact> {
    let counts = pattern!(
        r"\b(?:vertrags(?:ab)?schlu(?:ss|ß)\p{L}*|abschluss(?:es)? (?:des|dieses|ihres) vertrag\p{L}*|(?:day|date) (?:it|the contract|on which the contract|of the contract)[^.;!?]{0,20}(?:was )?concluded|conclusion of (?:the|this|your) contract)\b"
    );
    let withdraw = pattern!(r"(?:widerruf|withdraw|cooling-off)");
    let from_then =
        context.layout.paragraphs.iter().any(|run| withdraw.is_match(&run.text) && counts.is_match(&run.text));
    if !from_then {
        return None;
    }
    let done = pattern!(
        r"\b(?:zustande|geschlossen|abgeschlossen|abschluss|vertragsschluss|vertragsabschluss|unterschrieben|unterzeichnet|beauftragt|concluded|signed|entered into|order|ordered|bestellung|bestellt|anmeldung)\b"
    );
    let on = pattern!(r"\b(?:am|vom|on|of|dated)\W*$");
    let same = pattern!(r"\b(?:(?:am|vom) (?:selben|gleichen) tag|on the same day|the same day)\b");
    let issued = super::issued(context).map(|(day, _)| day);
    let mut all: Vec<(Fact, bool)> = Vec::new();
    for run in &context.layout.paragraphs {
        let mut last = None;
        for (range, sentence) in crate::prose::sentences(&run.text) {
            let day = dates::find(sentence, context.order).into_iter().find(|(at, day)| {
                on.is_match(sentence.get(..at.start).unwrap_or_default()) && issued.is_none_or(|issued| *day <= issued)
            });
            let here = day.map(|(at, day)| (range.start + at.start..range.start + at.end, day));
            let named = here.clone().or_else(|| last.clone().filter(|_| same.is_match(sentence)));
            if let Some((place, day)) = named.filter(|_| done.is_match(sentence)) {
                let hit = found(run, place, day, Place::Behind);
                all.push((
                    hit.fact(ID, Field::ConcludedOn, 0.8, Value::Date),
                    pattern!(r"vertrag|contract").is_match(sentence),
                ));
            }
            last = here.or(last);
        }
    }
    // What is said of the contract itself counts before the order.
    let of_contract = all.iter().position(|(_, of_contract)| *of_contract).unwrap_or_default();
    (of_contract < all.len()).then(|| all.swap_remove(of_contract).0)
}

/// `acht Wochen vor Ablauf`.
fn before_expiry(text: &str) -> Option<(Range<usize>, String)> {
    period(text).filter(|(_, period)| period.contains("vor "))
}

/// `um jeweils zwölf Monate`, `for another year` as months.
fn renewal(text: &str) -> Option<(Range<usize>, i32)> {
    let by = pattern!(r"^(?:(?:jeweils|um|for|by|another|further|weitere[rns]?|ein|successive|periods? of)\s+)*")
        .find(text)?;
    // "um ein weiteres Jahr": the number is among those words.
    let start = if by.as_str().contains("ein ") || by.as_str().contains("another ") { 0 } else { by.end() };
    let one = pattern!(r"^(?:jahr|year)\b").is_match(text.get(by.end()..)?).then_some((0..by.end(), 12));
    let (range, count) = months(text.get(start..)?).filter(|(range, _)| range.start <= 4).or(one)?;
    Some((0..start + range.end, count))
}

/// `24 Monate`, `2 Jahre`, `one year` as months.
fn months(text: &str) -> Option<(Range<usize>, i32)> {
    let hit = pattern!(r"\b(?:\d{1,2}|eine?[mnrs]?|zwei|drei|sechs|zwölf|one|two|three|six|twelve)\s+(?:monat\w*|months?|jahr\w*|years?)")
        .find(text)?;
    let months = Period::find(hit.as_str())?.in_months()?;
    Some((hit.range(), i32::try_from(months).ok()?))
}

/// A notice period as printed: `drei Monate vor Ablauf`, `1 Monat zum Ende der Laufzeit`.
fn period(text: &str) -> Option<(Range<usize>, String)> {
    let form = pattern!(
        r"^(?:\d{1,2}|eine[mrsn]?|ein|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|one|two|three|four|five|six|eight|twelve)\s+(?:\w+\s)?(?:monat\w*|woche\w*|tage?n?|months?|weeks?|days?|jahr\w*)(?:(?:\s+(?:vorher|frist|kündigungsfrist|notice|in advance)|.s notice)|\s+(?:before the end of \p{L}+(?: \p{L}+)?|zum (?:ende (?:der|des|eines) \p{L}+|\p{L}+ende|quartal|jahresende|monatsende)|vor (?:dem )?ablauf))?"
    );
    form.find(text).map(|hit| (hit.range(), hit.as_str().to_owned()))
}

#[cfg(test)]
mod tests {
    use domain::Field::{ConcludedOn, ContractStart, InitialTermMonths, NoticePeriod, RenewalMonths, WithdrawalPeriod};

    use crate::testing::check;

    #[test]
    fn the_day_of_the_contract_counts_where_the_right_to_withdraw_runs_from_it() {
        let right = "Widerruf: Sie können diesen Vertrag binnen vierzehn Tagen ab Vertragsschluss widerrufen.";
        for line in [
            "Ihr Vertrag ist am 20.02.2026 zustande gekommen.",
            "Ihre Bestellung vom 20.02.2026 haben wir erhalten. Der Vertrag wurde am selben Tag geschlossen.",
        ] {
            let letter = format!("Vertragsbestätigung\n\nDatum 23.02.2026\n\n{line}\n\n{right}");
            check(&letter, &[(ConcludedOn, "2026-02-20")]);
        }
        let goods = "Vertragsbestätigung\n\nDatum 23.02.2026\n\nIhr Vertrag ist am 20.02.2026 zustande gekommen.\n\nSie können binnen 14 Tagen ab Erhalt der Ware widerrufen.";
        assert_eq!(crate::testing::value(goods, ConcludedOn), None);
    }

    #[test]
    fn renewal_and_withdrawal_are_found() {
        let head = "Mitgliedsvertrag\n\nVertragsbeginn    01.10.2026\nErstlaufzeit    24 Monate\n\n";
        for line in [
            "Der Vertrag verlängert sich um jeweils zwölf Monate, wenn er nicht gekündigt wird.",
            "Verlängerung    jeweils um weitere 12 Monate",
            "The contract renews automatically for another year.",
        ] {
            check(&format!("{head}{line}"), &[(RenewalMonths, "12")]);
        }
        let line = "Sie können den Vertrag binnen 14 Tagen widerrufen.";
        check(&format!("{head}{line}"), &[(WithdrawalPeriod, "binnen 14 Tagen")]);
    }

    #[test]
    fn start_term_and_notice_are_found() {
        check(
            "Mitgliedsvertrag\n\nVertragsbeginn    01.10.2026\nErstlaufzeit    24 Monate\nKündigungsfrist    3 Monate zum Ende der Laufzeit",
            &[
                (ContractStart, "2026-10-01"),
                (InitialTermMonths, "24"),
                (NoticePeriod, "3 Monate zum Ende der Laufzeit"),
            ],
        );
        check(
            "Membership agreement\n\nStart date    1 May 2026\nInitial term    one year",
            &[(ContractStart, "2026-05-01"), (InitialTermMonths, "12")],
        );
    }
}
