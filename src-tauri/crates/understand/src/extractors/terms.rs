//! Due dates and discounts that follow from terms: "within 14 days" counted from the day of the bill.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{Check, DocumentKind, Fact, Field, Origin, Skonto, Value};

use super::Extractor;
use super::issue_date::IssueDate;
use crate::context::Context;
use crate::forms::dates::{self, DateOrder};
use crate::forms::discounts::discounts;
use crate::forms::lengths::Term;
use crate::forms::{pattern, terms};
use crate::labels::{Found, Place, beside, found, in_prose};
use crate::layout::Run;
use crate::prose;

pub(super) struct Terms;

const ID: &str = "terms";

impl Extractor for Terms {
    fn id(&self) -> &'static str {
        ID
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let issued = issued(context);
        let mut facts = Vec::new();
        for run in &context.layout.paragraphs {
            for (range, text) in prose::sentences(&run.text) {
                let sentence = Sentence { run, start: range.start, text };
                sentence.discounts(context, issued, &mut facts);
                sentence.term(context, issued, &mut facts);
            }
        }
        facts.extend(labelled(context));
        // Neither is paid by the reader on a day that is counted.
        if matches!(context.kind(), DocumentKind::CreditNote | DocumentKind::Publication) {
            facts.retain(|fact| fact.field != Field::DueDate);
        }
        facts
    }
}

/// A sentence of running text.
struct Sentence<'l> {
    run: &'l Run<'l>,
    /// Where it starts in the run, in bytes.
    start: usize,
    text: &'l str,
}

impl Sentence<'_> {
    /// A value that follows from a byte range of the sentence.
    fn fact(&self, field: Field, place: Range<usize>, value: Value, confidence: f32) -> Fact {
        let place = self.start + place.start..self.start + place.end;
        Fact {
            field,
            value,
            confidence: confidence * (0.5 + 0.5 * self.run.sureness(place.clone())),
            certain: false,
            origin: self.run.origin,
            by: ID.to_owned(),
            evidence: Some(self.run.evidence(place)),
            checks: vec![Check::Labelled],
        }
    }

    /// A day that is not printed but worked out.
    fn derived(&self, field: Field, place: Range<usize>, day: NaiveDate, confidence: f32) -> Fact {
        Fact { origin: Origin::Derived, ..self.fact(field, place, Value::Date(day), confidence) }
    }

    /// The discounts that it offers, and the day from which its terms are counted.
    fn discounts(&self, context: &Context, issued: Option<(NaiveDate, f32)>, facts: &mut Vec<Fact>) {
        for (place, day) in terms::counted_from(self.text, context.order) {
            // Against a printed day that says what it is, this is nothing.
            facts.push(self.derived(Field::IssueDate, place, day, 0.6));
        }
        let discounts = discounts(self.text, context.order);
        let (Some((first, _)), Some((last, _))) = (discounts.first(), discounts.last()) else { return };
        let place = first.start..last.end;
        let dated = discounts.iter().map(|(_, discount)| {
            let counted = discount.days.zip(issued).and_then(|(days, (date, _))| Term::Days(days).end(date));
            Skonto { date: discount.date.or(counted), ..discount.clone() }
        });
        facts.push(self.fact(Field::Skonto, place, Value::Skonto(dated.collect()), 0.88));
    }

    /// When it asks to pay.
    fn term(&self, context: &Context, issued: Option<(NaiveDate, f32)>, facts: &mut Vec<Fact>) {
        // On a credit note the sender pays.
        let pays_back = context.kind() == DocumentKind::CreditNote && prose::pays_back(self.text);
        // The word alone is enough for a label such as "Zahlungsziel"; else the sentence must be about paying.
        let demands = context.kind() == DocumentKind::Dunning
            && pattern!(r"\b(?:bitte|bitten|fordern|erwarten|please|request|expect)\b").is_match(self.text);
        // "… wird gegenstandslos, wenn der Strafbetrag nicht binnen vier Wochen ab Ausfertigung einlangt"
        let fined = context.kind() == DocumentKind::Fine
            && pattern!(
                r"\b(?:strafbetrag|geldstrafe|geldbuße|bußgeld|busse|verwarnungsgeld|penalty|fine)\b.{0,160}\b(?:ein(?:zu)?zahl\p{L}*|ein(?:zu)?lang\p{L}*|überw\p{L}+|bezahl\p{L}*|zu zahlen|eingeht|paid|pay)\b"
            )
            .is_match(self.text);
        // "ist erstmals am 15. des Folgemonats zu zahlen": for the first time is this time.
        let text = pattern!(r"\berstmals\b").replace(self.text, "");
        let asks = fined || (demands || prose::asks_to_pay(self.text)) && !prose::about_something_else(&text);
        if !asks && !pays_back {
            return;
        }
        if let Some((place, term, what)) = terms::ahead_of(self.text) {
            let day = day_called(context, what).and_then(|day| term.begin(day));
            let day = day.filter(|day| issued.is_none_or(|(issued, _)| issued <= *day));
            facts.extend(day.map(|day| self.derived(Field::DueDate, place, day, 0.86)));
            return;
        }
        let Some((place, term)) = terms::due(self.text, context.order) else { return };
        let words = Value::Text(self.text.trim().to_owned());
        facts.push(self.fact(Field::PaymentTerms, 0..self.text.trim_end().len(), words, 0.7));
        // What starts with the receipt is counted from the letter: the safe reading, but only a reading.
        let received = pattern!(r"\b(?:zugang|erhalt|receipt|zustellung|bekanntgabe)\b").is_match(self.text);
        let weight = match term {
            Term::AtOnce => 0.6,
            _ if received => 0.68,
            _ => 0.85,
        };
        let start = named_start(context, self.text).map(|day| (day, 0.95)).or(issued);
        let counted = start.and_then(|(date, sure)| Some((term.end(date)?, sure)));
        facts.extend(counted.map(|(day, sure)| self.derived(Field::DueDate, place, day, weight * sure)));
    }
}

/// The day that the sentence counts from by its name, where that stands elsewhere on the page: "14 Tage ab Valutadatum".
fn named_start(context: &Context, sentence: &str) -> Option<NaiveDate> {
    let from = pattern!(
        r"\b(?:ab|nach|seit|from|after)\s+(?:dem\s+|der\s+|the\s+)?(?P<name>valuta(?:datum)?|wertstellung|liefer(?:datum|tag|ung)|leistungs?(?:datum|tag)?|leistungserbringung|versanddatum|abnahme(?:datum)?|delivery(?: date)?|value date)\b"
    );
    day_called(context, from.captures(sentence)?.name("name")?.as_str())
}

/// The first day that the page calls so, beside or behind the word for it: a delivery, the beginning of a journey.
fn day_called(context: &Context, name: &str) -> Option<NaiveDate> {
    let name = name.to_lowercase();
    let begins = |stems: &[&str]| stems.iter().any(|stem| name.starts_with(stem));
    let label = match () {
        () if begins(&["valuta", "wertstell", "value"]) => {
            pattern!(r"\b(?:valuta(?:datum)?|wertstellung|value date)\b")
        }
        () if begins(&["liefer", "versand", "deliver"]) => {
            pattern!(
                r"\b(?:liefer(?:datum|tag|ung|termin)|geliefert am|versanddatum|delivery(?: date)?|delivered(?: on)?)\b"
            )
        }
        () if begins(&["leistung", "abnahme"]) => {
            pattern!(
                r"\b(?:leistungs(?:datum|tag|zeitraum)|abnahme(?:datum)?|datum der (?:leistung|abnahme)|date of service)\b"
            )
        }
        () if begins(&[
            "abreise",
            "anreise",
            "reise",
            "antritt",
            "departure",
            "arrival",
            "journey",
            "trip",
            "check-in",
            "stay",
        ]) =>
        {
            pattern!(
                r"\b(?:anreise|abreise|reise(?:beginn|antritt|termin|zeitraum|daten)|aufenthalt|mietzeitraum|zeitraum|departure|arrival|check-?in|travel dates?|(?:your )?stay)\b"
            )
        }
        () if begins(&["veranstaltung", "kurs", "seminar", "beginn", "event", "course", "start"]) => {
            pattern!(
                r"\b(?:veranstaltungs?\p{L}*|kurs\p{L}*|seminar\p{L}*|beginn|termin|event date|course(?: starts)?|start(?: date)?)\b"
            )
        }
        () => return None,
    };
    /// So many bytes behind the word its day stands.
    const REACH: usize = 24;
    let day = |text: &str| dates::first(text, context.order).filter(|(range, _)| range.start <= REACH);
    let hits = in_prose(&context.layout, label, 4, &day).into_iter().chain(beside(&context.layout, label, 4, &day));
    hits.map(|hit| hit.value).min()
}

/// The words behind "Zahlungsbedingungen:".
fn labelled(context: &Context) -> Vec<Fact> {
    let label = pattern!(
        r"^\W*(?:zahlungsbedingung(?:en)?|zahlungskonditionen|payment terms?|conditions de paiement|betalingsvoorwaarden)\b"
    );
    let words = |text: &str| {
        let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let words = text.get(start..)?;
        words.contains(char::is_alphabetic).then(|| (start..text.len(), words.to_owned()))
    };
    let hits = beside(&context.layout, label, 4, &words).into_iter().filter(|hit| hit.place != Place::Below);
    // "Zahlungsfrist    innerhalb einer Woche ab Zugang dieses Schreibens"
    let term = pattern!(r"^\W*(?:zahlungsfrist|zahlungsziel|zahlbar|frist zur zahlung|payment period)\b");
    let termed = beside(&context.layout, term, 4, &words).into_iter();
    let termed = termed.filter(|hit| hit.place == Place::Right && terms::due(&hit.value, context.order).is_some());
    let hits = hits.map(|hit| (hit, 0.86)).chain(termed.map(|hit| (hit, 0.84)));
    hits.map(|(hit, weight)| hit.fact(ID, Field::PaymentTerms, weight, Value::Text)).collect()
}

/// The term in the sentence around a byte of a run, as printed.
pub(super) fn term_around(run: &Run, at: usize, order: DateOrder) -> Option<Found<String>> {
    let sentence = prose::sentence(&run.text, at);
    let text = run.text.get(sentence.clone())?;
    let (place, _) = terms::due(text, order)?;
    let words = text.get(place.clone())?.to_owned();
    Some(found(run, sentence.start + place.start..sentence.start + place.end, words, Place::Behind))
}

/// The likeliest day of the letter, with how likely it is.
pub(crate) fn issued(context: &Context) -> Option<(NaiveDate, f32)> {
    if let Some(date) = context.e_invoice.as_ref().and_then(|invoice| invoice.issue_date) {
        return Some((date, 1.0));
    }
    /// No day named by the way is as sure.
    const NAMED: f32 = 0.8;
    /// A candidate at all.
    const POSSIBLE: f32 = 0.5;
    /// A letter speaks of what was years ago, not the other way round.
    const YEAR: i64 = 366;
    let dates = IssueDate.run(context).into_iter().filter(|fact| fact.field == Field::IssueDate);
    let dates: Vec<(NaiveDate, f32)> = dates.filter_map(|fact| Some((fact.value.date()?, fact.confidence))).collect();
    let (day, sure) = dates.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let newer =
        dates.iter().filter(|(other, weight)| sure < NAMED && *weight >= POSSIBLE && (*other - day).num_days() > YEAR);
    let (day, sure) = newer.copied().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((day, sure));
    Some((day, sure.max(POSSIBLE)))
}

#[cfg(test)]
mod tests {
    use domain::Field::{DueDate, IssueDate, PaymentTerms, Skonto};
    use domain::{Check, Origin};

    use crate::testing::{check, findings, value};

    const HEAD: &str = "Rechnung Nr. 12\nRechnungsdatum 03.02.2026\n\n";

    #[test]
    fn terms_are_counted_from_the_day_of_the_bill() {
        for (line, due) in [
            ("Zahlbar innerhalb von 14 Tagen ohne Abzug.", "2026-02-17"),
            ("Bitte begleichen Sie den Betrag binnen zwei Wochen.", "2026-02-17"),
            ("Zahlungsziel: 30 Tage netto", "2026-03-05"),
            ("Payment is due within 14 days.", "2026-02-17"),
            ("Der Betrag ist sofort ohne Abzug zahlbar.", "2026-02-03"),
            ("Bitte zahlen Sie bis zum Monatsende.", "2026-02-28"),
            ("Zahlbar bis zum 15. des Folgemonats.", "2026-03-15"),
        ] {
            let text = format!("{HEAD}{line}");
            check(&text, &[(DueDate, due)]);
            let fact = findings(&text).best(DueDate).unwrap().clone();
            assert_eq!((fact.origin, fact.certain), (Origin::Derived, false), "{line}");
            assert!(fact.evidence.is_some_and(|e| line.contains(&e.text)), "{line}");
        }
    }

    #[test]
    fn a_printed_day_that_agrees_with_the_terms_is_certain() {
        let text = format!("{HEAD}Zahlbar innerhalb von 14 Tagen, also bis zum 17.02.2026.");
        let fact = findings(&text).best(DueDate).unwrap().clone();
        assert_eq!(fact.value.plain(), "2026-02-17");
        assert!(fact.certain && fact.checks.contains(&Check::SourcesAgree), "{fact:?}");
    }

    #[test]
    fn the_day_from_which_a_term_counts_to_its_printed_end_is_the_day_of_the_bill() {
        let text = "Muster GmbH      03.02.2026\n\nRechnung Nr. 12\nRechnung gemäß Bestellung vom\n01.01.2026\n\nZahlbar innerhalb von 14 Tagen bis 17.02.2026.";
        let fact = findings(text).best(IssueDate).unwrap().clone();
        assert_eq!(fact.value.plain(), "2026-02-03");
        assert!(fact.certain && fact.origin == Origin::Text, "{fact:?}");
    }

    #[test]
    fn a_credit_note_keeps_the_terms_under_which_the_sender_pays() {
        let text = "Gutschrift Nr. 12\nDatum 03.02.2026\n\nGuthaben    64,90 EUR\n\nWir erstatten den Betrag innerhalb von 5 Bankarbeitstagen.";
        check(text, &[(PaymentTerms, "Wir erstatten den Betrag innerhalb von 5 Bankarbeitstagen.")]);
        assert_eq!(value(text, DueDate), None);
    }

    #[test]
    fn rights_of_the_reader_are_no_terms_of_payment() {
        for line in ["Sie können innerhalb von 14 Tagen widerrufen.", "Rückgabe innerhalb von 30 Tagen."] {
            assert_eq!(value(&format!("{HEAD}{line}"), DueDate), None, "{line}");
        }
    }

    #[test]
    fn a_discount_gets_its_last_day() {
        check(&format!("{HEAD}Innerhalb von 10 Tagen abzüglich 2 % Skonto."), &[(Skonto, "2 % until 2026-02-13")]);
    }
}
