//! What a sentence with a day wants of the reader: an answer, a decision about a contract, a visit to the workshop. The verbs
//! are stems, so that all their forms and compounds count.

use std::ops::Range;

use chrono::NaiveDate;
use domain::{DocumentKind, Fact, Field, Origin, Value};

use super::Extractor;
use super::legal::is_hearing;
use super::terms::issued;
use crate::context::Context;
use crate::forms::{amounts, dates, partial_days, pattern};
use crate::labels::{Place, found};
use crate::layout::{Row, Run};
use crate::prose;

pub(super) struct Acts;

impl Extractor for Acts {
    fn id(&self) -> &'static str {
        "acts"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let issued = issued(context).map(|(day, _)| day);
        let mut facts = Vec::new();
        for run in &context.layout.paragraphs {
            let all = days(run, context, issued);
            for (range, sentence) in prose::sentences(&run.text).filter(|(_, sentence)| counts_arrival(sentence)) {
                if !prose::pays_back_to_reader(sentence) {
                    let hit = found(run, range, sentence.trim().to_owned(), Place::Behind);
                    facts.push(hit.fact(self.id(), Field::PaymentTerms, 0.72, Value::Text));
                }
            }
            facts.extend(by_then(self.id(), run, &all));
            for day in all {
                let text = run.text.get(day.sentence.clone()).unwrap_or_default();
                let before = run.text.get(day.sentence.start..day.range.start).unwrap_or_default();
                let earlier = previous(&run.text, day.sentence.start);
                if weight_of_arrival(text, before) {
                    let hit = found(run, day.sentence.clone(), text.trim().to_owned(), Place::Behind);
                    facts.push(hit.fact(self.id(), Field::PaymentTerms, 0.72, Value::Text));
                }
                for (field, weight) in wanted(text, before, earlier) {
                    let weight = if day.is_printed { weight } else { weight * partial_days::nearness(day.day, issued) };
                    let hit = found(run, day.range.clone(), day.day, Place::Behind);
                    let fact = hit.fact(self.id(), field, weight, Value::Date);
                    let said = format!("{earlier} {text}");
                    // A counted day shows the words by which it is counted.
                    let fact = if day.is_printed || field == Field::RespondBy { in_words(fact, &said) } else { fact };
                    facts.push(if day.is_printed { fact } else { Fact { origin: Origin::Derived, ..fact } });
                }
            }
        }
        facts.extend(in_rows(self.id(), context, issued));
        facts.extend(first_of_many(self.id(), context, issued));
        facts.extend(issued.into_iter().flat_map(|day| within(self.id(), context, day)));
        facts.extend(issued.into_iter().flat_map(|day| kept_for(self.id(), context, day)));
        // What is said before a decision has its own rule.
        let is_open = context.kind() == DocumentKind::AuthorityLetter && !is_hearing(context);
        if is_open || !context.kind().is_alarming() {
            facts.extend(issued.into_iter().flat_map(|day| answer_within(self.id(), context, day)));
        }
        facts
    }
}

/// A printed day by which an answer or a notice is wanted keeps the words that ask for it: they say how it is given, and what comes by post has to
/// be sent days before.
fn in_words(mut fact: Fact, words: &str) -> Fact {
    if let (Field::RespondBy | Field::CancelBy, Some(place)) = (fact.field, &mut fact.evidence) {
        place.text = words.trim().to_owned();
    }
    fact
}

/// Terms in which a contract may be left: "innerhalb eines Monats nach Zugang dieser Mitteilung kündigen". They count from the
/// letter, which is the safe reading.
fn within(by: &str, context: &Context, issued: NaiveDate) -> Vec<Fact> {
    let cancels = pattern!(r"(?:\bkündig|\bsonderkündig|\bkündbar|\bcancel|\bterminat)");
    // "Die Kündigung muss uns innerhalb von drei Monaten nach Zugang dieser Mitteilung erreichen."
    let may = pattern!(r"(?:\bkönn|\bkann\b|\brecht\b|\bmuss\b|\bmay\b|\bcan\b|\bright\b|\bmust\b)");
    let of_letter = pattern!(
        r"(?:zugang|erhalt|mitteilung|schreiben|\bbrief\p{L}*|\bbekommen|receipt|receiving|receive|this (?:letter|notice))"
    );
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        for (range, sentence) in prose::sentences(&run.text) {
            // "Erhöhen wir den Beitrag, so dürfen Sie …" is about a letter to come, unless it is called this one.
            let this = pattern!(r"\b(?:dieser|dieses|diesem|this)\b").is_match(sentence);
            let one_day = prose::is_conditional(sentence)
                || pattern!(
                    r"^\W*(?:erhöh|änder|steig|senk|nach (?:einem|jedem)|bei (?:einem|einer|jeder)|treten?\b|ergibt)"
                )
                .is_match(sentence);
            if one_day && !this {
                continue;
            }
            if !(cancels.is_match(sentence) && may.is_match(sentence) && of_letter.is_match(sentence)) {
                continue;
            }
            let Some((at, day)) = partial_days::counted(sentence, issued, context.order).into_iter().next() else {
                continue;
            };
            let place = found(run, range.start + at.start..range.start + at.end, day, Place::Behind);
            facts.push(Fact { origin: Origin::Derived, ..place.fact(by, Field::CancelBy, 0.74, Value::Date) });
        }
    }
    facts
}

/// How long something is kept that is to be fetched: "werden drei Monate nach dem Datum dieses Schreibens vernichtet".
fn kept_for(by: &str, context: &Context, issued: NaiveDate) -> Vec<Fact> {
    let ends = pattern!(
        r"\b(?:vernichtet|zurück(?:gesandt|geschickt|gesendet|gegeben)|aufbewahrt|bewahren|bereitgehalten|destroyed|returned|kept)\b"
    );
    if context.kind() != DocumentKind::PickupNotice {
        return Vec::new();
    }
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        for (range, sentence) in prose::sentences(&run.text).filter(|(_, sentence)| ends.is_match(sentence)) {
            for (at, day) in partial_days::counted(sentence, issued, context.order) {
                let place = found(run, range.start + at.start..range.start + at.end, day, Place::Behind);
                facts.push(Fact { origin: Origin::Derived, ..place.fact(by, Field::ExpiryDate, 0.9, Value::Date) });
            }
        }
    }
    facts
}

/// Terms in which an answer or a visit is wanted: "Bitte senden Sie uns das Formular innerhalb von zwei Wochen zurück".
fn answer_within(by: &str, context: &Context, issued: NaiveDate) -> Vec<Fact> {
    let grants = pattern!(r"\b(?:innerhalb|innert|binnen|within|in den nächsten)\b[^.;!?]{0,24}$|\bbis zum\s*$");
    let of_right = pattern!(
        r"(?:widerruf|widerspr|einspruch|rückgabe|umtausch|kündig|\bcancel|\bterminat|\b(?:können|dürfen) wir\b|\bwir (?:können|dürfen)\b|\bwir (?:werden|melden|senden|schicken|bearbeiten))"
    );
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        for (range, sentence) in prose::sentences(&run.text) {
            if of_right.is_match(sentence) || prose::is_conditional(sentence) {
                continue;
            }
            for (at, day) in partial_days::counted(sentence, issued, context.order) {
                // "binnen 60 Tagen, also bis zum 02.03.2026": the letter has counted itself.
                let is_counted =
                    pattern!(r"^,?\s*(?:also|somit|mithin|das heißt|d\.\s?h\.|i\.\s?e\.|that is),?\s[^;!?]{0,24}\d");
                if sentence.get(at.end..).is_some_and(|behind| is_counted.is_match(behind)) {
                    continue;
                }
                let before = sentence.get(..at.start).unwrap_or_default();
                let asked = wanted(sentence, &format!("{before} bis"), "").into_iter().map(|(field, _)| field);
                let field = asked
                    .filter(|_| grants.is_match(before))
                    .find(|field| matches!(field, Field::RespondBy | Field::NextDueDate));
                if let Some(field) = field {
                    let place = found(run, range.start + at.start..range.start + at.end, day, Place::Behind);
                    facts.push(Fact { origin: Origin::Derived, ..place.fact(by, field, 0.7, Value::Date) });
                }
            }
        }
    }
    facts
}

/// Sentences that mean a day that was named before: "kündige einfach bis dahin".
fn by_then(by: &str, run: &Run, days: &[Day]) -> Vec<Fact> {
    let then = pattern!(
        r"\b(?:bis dahin|bis zu (?:diesem|dem) (?:tag|termin|datum|zeitpunkt)|vor diesem (?:tag|termin|datum)|by then|by that (?:date|day)|before (?:then|that date))\b"
    );
    let mut facts = Vec::new();
    for (range, sentence) in prose::sentences(&run.text) {
        let Some(hit) = then.find(sentence) else { continue };
        let Some(day) = days.iter().rev().find(|day| day.range.end <= range.start + hit.start()) else { continue };
        // The words stand where the day would.
        let before = format!("{} bis", sentence.get(..hit.start()).unwrap_or_default());
        for (field, weight) in wanted(sentence, &before, "") {
            let place = found(run, day.range.clone(), day.day, Place::Behind);
            let fact = place.fact(by, field, 0.9 * weight, Value::Date);
            facts.push(if day.is_printed { fact } else { Fact { origin: Origin::Derived, ..fact } });
        }
    }
    facts
}

/// The first of payments that come again, where the reader has to send them: "Der Abschlag von 89 € ist erstmals am 1. März
/// fällig. Bitte richten Sie einen Dauerauftrag ein." A bill has a sum of its own.
fn first_of_many(by: &str, context: &Context, issued: Option<NaiveDate>) -> Vec<Fact> {
    let first = pattern!(r"\b(?:erstmals|erstmalig|zum ersten mal|for the first time|first)\b[^.;!?]{0,24}$");
    if context.is_bill() || context.is_claim() || context.kind().is_alarming() {
        return Vec::new();
    }
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        if !super::direct_debit::announcements(run).is_empty() {
            continue;
        }
        for day in days(run, context, issued) {
            let text = run.text.get(day.sentence.clone()).unwrap_or_default();
            let before = run.text.get(day.sentence.start..day.range.start).unwrap_or_default();
            if !first.is_match(before) || !prose::asks_to_pay(text) || prose::pays_back(text) || is_denied(text) {
                continue;
            }
            let start = run.text.get(..day.sentence.start).and_then(|text| prose::sentences(text).last());
            let earlier = start.map_or(0..0, |(range, _)| range);
            let amount = [day.sentence.clone(), earlier].into_iter().find_map(|range| {
                let amount = amounts::find(run.text.get(range.clone())?).into_iter().next_back()?;
                Some((range.start + amount.range.start..range.start + amount.range.end, amount.value))
            });
            let Some((place, amount)) = amount else { continue };
            let due = found(run, day.range.clone(), day.day, Place::Behind).fact(by, Field::DueDate, 0.72, Value::Date);
            facts.push(if day.is_printed { due } else { Fact { origin: Origin::Derived, ..due } });
            facts.push(found(run, place, amount, Place::Behind).fact(by, Field::AmountDue, 0.7, Value::Amount));
        }
    }
    facts
}

/// Whether the money has to have arrived by the day, and not only to be sent.
fn weight_of_arrival(sentence: &str, before: &str) -> bool {
    let arrives = pattern!(
        r"(?:zahlungseingang|geldeingang|eingang (?:bei uns|auf)|\beingegangen\b|\beingehend|\b(?:ein(?:geht|gehen)|eingelangt|einlang(?:t|en|end))\b|auf (?:unserem|dem|meinem)(?: \p{L}+)? konto|(?:bei uns|hier) ein(?:geht|gegangen)|gutschrift auf|gutgeschrieben|zur verfügung steh|verfügbar sein|verbucht sein|in our account|must have arrived|reach(?:es|ed)? (?:us|our)|arrives? in|credited to)"
    );
    let by = pattern!(
        r"\b(?:bis|spätestens|by|before|until|an den genannten|am fälligkeitstag)\b|\b(?:so,? dass|sodass|so,? daß|so that)\b.{0,60}\b(?:am|on)\b"
    );
    let of_money = prose::asks_to_pay(sentence)
        || pattern!(r"\bkonto\b").is_match(sentence)
        || prose::asks_of_reader(sentence)
        || pattern!(r"(?:betrag|beträge|summe|zahlung|sum|amount|geld)").is_match(sentence);
    let discounts = pattern!(r"(?:\bskonto|\bdiscount)").is_match(sentence);
    of_money
        && !discounts
        && !has_not_come(sentence)
        && !prose::pays_back_to_reader(sentence)
        && (arrives.is_match(sentence) && by.is_match(before) || counts_arrival(sentence))
}

/// Whether a sentence only tells that no money has come: "konnten wir bis zum 26. Mai noch keinen Zahlungseingang feststellen".
fn has_not_come(sentence: &str) -> bool {
    let misses = pattern!(
        r"\b(?:kein|keine|keinen|nicht|not|no)\b[^;!?]{0,60}\b(?:eingegangen|eingang|zahlungseingang|geldeingang|feststellen|verzeichnen|verbuchen|received|arrived|receipt)\b"
    );
    misses.is_match(sentence) && !prose::asks_of_reader(sentence) && !prose::is_conditional(sentence)
}

/// Whether a sentence says that a payment counts when it has come: "Maßgeblich für die Rechtzeitigkeit ist der Eingang des
/// Geldes", "Die Zahlung gilt erst mit dem Tag der Gutschrift als bewirkt". Such a sentence names no day.
fn counts_arrival(sentence: &str) -> bool {
    pattern!(concat!(
        r"(?:ma(?:ß|ss)geb|entscheid|rechtzeitig|kommt es auf|\bgilt\b|\bzählt\b)[^.;!?]{0,80}(?:(?:zahlungs|geld)?eingang|gutschrift|gutgeschrieben|eingeh|eingegangen|eingelangt|einlang)",
        r"|\b(?:muss|müssen|sind|must)\b[^.;!?]{0,60}\b(?:zu (?:den|folgenden)|an (?:den|folgenden)|on the)\b[^.;!?]{0,30}\b(?:termine?n?|fälligkeits\p{L}+|tagen?|zahltagen|dates)\b[^.;!?]{0,80}(?:eingegangen|gutgeschrieben|eingehen|zur verfügung|credited|received)",
        r"|\b(?:muss|müssen|must)\b[^.;!?]{0,60}\b(?:binnen|innerhalb|innert|within)\b[^.;!?]{0,140}(?:gutgeschrieben|eingegangen|eingelangt|credited|received)",
        r"|\ban den (?:genannten|angegebenen) (?:tagen|terminen)\b[^.;!?]{0,80}(?:zur verfügung|gutgeschrieben|eingegangen)",
        r"|\bnicht (?:binnen|innerhalb)\b[^.;!?]{0,80}\bkonto\b[^.;!?]{0,30}\b(?:eingelangt|eingegangen|gutgeschrieben)\b",
        r"|\bdate (?:of receipt|on which (?:it|the money|payment) (?:arrives|is received|is credited))\b[^.;!?]{0,40}\b(?:counts|decisive)"
    ))
    .is_match(sentence)
}

/// The same in tables, where the words stand in another cell than the day.
fn in_rows(by: &str, context: &Context, issued: Option<NaiveDate>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for row in context.layout.rows.iter().filter(|row| row.cells.len() > 1) {
        facts.extend(day_first(by, context, issued, row));
        for (c, cell) in row.cells.iter().enumerate().skip(1) {
            for day in days(cell, context, issued) {
                let left: Vec<&str> = row.cells[..c].iter().map(|cell| cell.text.as_str()).collect();
                // Of a list of steps the heading of the column says "by", and that they are asked for.
                let step = if is_below_by(context, cell) { " bitte bis" } else { "" };
                let before =
                    format!("{}{step} {}", left.join(" "), cell.text.get(..day.range.start).unwrap_or_default());
                let text = format!("{before}{}", cell.text.get(day.range.start..).unwrap_or_default());
                for (field, weight) in wanted(&text, &before, "") {
                    let fact = found(cell, day.range.clone(), day.day, Place::Right).fact(
                        by,
                        field,
                        0.95 * weight,
                        Value::Date,
                    );
                    let fact = if day.is_printed || field == Field::RespondBy { in_words(fact, &text) } else { fact };
                    facts.push(if day.is_printed { fact } else { Fact { origin: Origin::Derived, ..fact } });
                }
            }
        }
    }
    facts
}

/// What a row asks for that begins with its day, below "bis" or behind it: "bis 02.02.2026    Rückgabe des Fragebogens".
fn day_first(by: &str, context: &Context, issued: Option<NaiveDate>, row: &Row) -> Vec<Fact> {
    let [first, rest @ ..] = row.cells.as_slice() else { return Vec::new() };
    let alone = pattern!(
        r"^\W*(?:(?P<by>bis(?: zum| spätestens)?|spätestens(?: am| bis)?|by|until)\s+)?(?:(?:mo|di|mi|do|fr|sa|so)\p{L}*\.?,?\s+)?(?:den |dem )?$"
    );
    let all = days(first, context, issued);
    let [day] = all.as_slice() else { return Vec::new() };
    let before = first.text.get(..day.range.start).and_then(|text| alone.captures(text));
    let ends = first.text.len() <= day.range.end + 2;
    let Some(before) = before.filter(|_| ends) else { return Vec::new() };
    if before.name("by").is_none() && !is_below_by(context, first) {
        return Vec::new();
    }
    let what = rest.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" ");
    let before = format!("bitte {what} bis ");
    let text = format!("{before}{}", first.text.get(day.range.clone()).unwrap_or_default());
    let of_row = wanted(&text, &before, "").into_iter().map(|(field, weight)| {
        let fact = found(first, day.range.clone(), day.day, Place::Right).fact(by, field, 0.95 * weight, Value::Date);
        let fact = in_words(fact, &what);
        if day.is_printed { fact } else { Fact { origin: Origin::Derived, ..fact } }
    });
    of_row.collect()
}

/// Whether a cell stands below a heading such as "bis wann".
fn is_below_by(context: &Context, cell: &Run) -> bool {
    let by = pattern!(
        r"^\W*(?:(?:betrag )?bis(?: wann| zum| spätestens)?|spätestens(?: bis)?|frist|abgabe(?:termin| bis)?|by|until|deadline|due(?: by| date)?|bis\W+am|am\W+bis|termin\W+frist|wann)\W*$"
    );
    context.layout.cells().any(|over| {
        over.page == cell.page
            && over.rect.y < cell.rect.y
            && over.rect.x < cell.rect.right()
            && cell.rect.x < over.rect.right()
            && by.is_match(&over.text)
    })
}

/// The sentence before the one that starts at a byte.
fn previous(text: &str, start: usize) -> &str {
    let before = text.get(..start).unwrap_or_default();
    prose::sentences(before).last().map_or("", |(_, sentence)| sentence)
}

/// A day in a paragraph with the bytes of its sentence.
struct Day {
    range: Range<usize>,
    sentence: Range<usize>,
    day: NaiveDate,
    is_printed: bool,
}

/// The days of a paragraph; those without a year follow from the day of the letter.
fn days(run: &Run, context: &Context, issued: Option<NaiveDate>) -> Vec<Day> {
    let printed = dates::find(&run.text, context.order);
    let partly = issued.map_or_else(Vec::new, |day| partial_days::find(&run.text, day));
    let is_new =
        |range: &Range<usize>| !printed.iter().any(|(known, _)| known.start < range.end && range.start < known.end);
    let partly: Vec<_> = partly.into_iter().filter(|(range, _)| is_new(range)).map(|hit| (hit, false)).collect();
    let all = printed.into_iter().map(|hit| (hit, true)).chain(partly);
    all.map(|((range, day), is_printed)| Day {
        sentence: prose::sentence(&run.text, range.start),
        range,
        day,
        is_printed,
    })
    .collect()
}

/// "Registrieren Sie das Gerät …", "2. Register your unit …", "Make it five: register …".
fn is_imperative(sentence: &str) -> bool {
    let german = pattern!(r"(?:^|[.:;,–—]\s*|\bund )\W*(\p{L}{3,}en) sie\b");
    let tells = pattern!(
        r"^(?:können|könnten|müssen|müssten|sollen|sollten|haben|hatten|hätten|werden|würden|dürfen|wollen|möchten|waren|wären|finden|erhalten|bekommen|erreichen|sehen)$"
    );
    let english = pattern!(
        r"(?:^|[.:;–—]\s*)\W*(?:\d{1,2}[.)]\s*)?(?:simply |just )?(?:register|reply|respond|return|send|submit|upload|confirm|complete|book|arrange)\b"
    );
    german.captures_iter(sentence).any(|verb| verb.get(1).is_some_and(|verb| !tells.is_match(verb.as_str())))
        || english.is_match(sentence)
}

/// What a sentence may want by the day in it, with how likely. `before` are its words before the day, `earlier` is the
/// sentence before.
fn wanted(sentence: &str, before: &str, earlier: &str) -> Vec<(Field, f32)> {
    let by = pattern!(
        r"(?:\bbis\b|\bspätest\p{L}*|\bletzter (?:tag|termin)|\bstichtag|\bvor dem\b|\bby\b|\buntil\b|\bno later than\b|\bup to(?: and including)?\b|\bon or before\b|\blatest\b|\bdeadline\b|\bfrist\b|\p{L}schluss\b)[^;!?]{0,64}$"
    );
    // "das Porto zahlen wir"
    let by_sender =
        pattern!(r"\b(?:zahlen|bezahlen|übernehmen|tragen) wir\b|\bwir (?:zahlen|bezahlen|übernehmen|tragen)\b");
    let pays = prose::asks_to_pay(&by_sender.replace_all(sentence, ""))
        || !amounts::find(sentence).is_empty()
            && pattern!(r"(?:\bfehl(?:t|en)\b|\boffen\p{L}*|\bausstehend|\bsteh(?:t|en) (?:noch )?aus\b|\brückständ|\boutstanding|\bmissing\b|\bowe|\b(?:muss|müssen|soll\p{L}*|must|has to)\b.{0,90}\b(?:eingehen|eingegangen|einlangen|da sein|arrive|reach))").is_match(sentence)
        || pattern!(r"(?:auf unser(?:em)? konto|auf (?:dem|das|unserem|einem|einem der|folgendes|nachstehendes)\b[^.;!?]{0,40}\bkonto\b|in our account|credited to (?:the|our)\b[^.;!?]{0,30}\baccount|geldeingang|bei uns eingegangen|gleich\p{L}*\b.{0,60}\baus\b|ausgleich|begleich)").is_match(sentence);
    // "Ihre Meldung muss bis zum 1. Dezember bei uns eingegangen sein": a paper, no money.
    let paper_arrives = prose::paper_arrives(sentence);
    let pays = pays && !paper_arrives;
    let behind = sentence.get(before.len().min(sentence.len())..).unwrap_or_default();
    let was = pattern!(r"\b(?:war|waren|wäre|was|were)\b[^,;]{0,30}$").is_match(before);
    // What follows behind a comma is of another day: "am 15.09. fällig, anschließend monatlich, erstmals am 15.10."
    let own = before.len() + behind.find(", ").unwrap_or(behind.len());
    let own = sentence.get(..own).unwrap_or(sentence);
    let inspects = pattern!(
        r"(?:\bhauptuntersuchung|\bhu\b|\btüv\b|\babgasuntersuchung|\bbegutachtung|\bpickerl\b|\bmot test\b|\broadworth|\bnachprüfung|\b\p{L}*inspektion|\b(?:jahres|heizungs?|kessel|brenner|thermen|anlagen|gas)?wartung|\bersetzt|\bausgetauscht|\brepar|\bbehob|\bbeheb|\bbeseitig|\bnachbesser|\binstand|\brückruf|\barbeiten\b.{0,60}\b(?:ausführ|durchführ|erledig)|\brecall|\p{L}*vorführ|\bvorzuführ|\binspect|\b\p{L}*(?:besuch|untersuchung|impfung|überprüfung)\b|\bservice[d]?\b|\b(?:be|been|get|is|are|was) fixed\b|\breplaced)"
    );
    // "Die Hauptuntersuchung läuft Ende April ab", "is due in May"
    let ends = pattern!(r"\b(?:läuft|laufen|ist|sind|wird|expires?|is|falls)\b[^.;!?]{0,60}$").is_match(before)
        && pattern!(r"^[^.;!?]{0,30}\b(?:ab|fällig|aus|due)\b").is_match(behind);
    let owes = prose::asks_to_pay(&pattern!(r"\bfällig\w*|\bdue\b").replace_all(sentence, ""));
    if inspects.is_match(sentence) && ends && !owes && amounts::find(sentence).is_empty() {
        return vec![(Field::NextDueDate, 0.8)];
    }
    let falls_due = !was
        && pattern!(r"(?:\bam\b|\bzum\b|\bon\b|\bfür den\b)[^.;!?]{0,24}$").is_match(before)
        && pattern!(r"^[^,;!?]{0,40}\b(?:fällig|zahlbar|zu zahlen|zu überweisen|zu entrichten|due|payable)\b")
            .is_match(behind);
    if falls_due && !prose::about_something_else(own) {
        // "Der nächste Betrag ist am 15.03. fällig": not the one that is asked for now.
        let next = pattern!(
            r"\b(?:nächste[rns]?|darauffolgende[rns]?|next|following)\s+(?:\p{L}+\s+)?(?:betrag|rate|zahlung|beitrag|abschlag|fälligkeit|teilbetrag|prämie|amount|payment|instal+ment|premium)\b"
        )
        .is_match(sentence);
        return vec![(Field::DueDate, if next { 0.5 } else { 0.86 })];
    }
    // "bis zur Vergleichsmiete, und zwar mit Wirkung ab dem 1. August": from then on.
    if pattern!(r"\b(?:ab|mit wirkung (?:ab|vom|zum)|from|with effect from)(?: dem)?\s*$").is_match(before) {
        return Vec::new();
    }
    // The day of a discount is no day by which to pay.
    let discounts = pattern!(r"(?:\bskonto|\b(?:preis)?nachla(?:ss|ß)\b|\bdiscount|\brabatt)");
    if is_denied(sentence) || is_span(before) || discounts.is_match(sentence) {
        return Vec::new();
    }
    // "Frist zur Nachprüfung: spätestens bis 9. Oktober": what has to be looked at once more is asked for by its name.
    let once_more = pattern!(
        r"(?:\bnach(?:prüfung|untersuchung|schau|kontrolle|besichtigung)|\bwiedervor(?:führ|stell)|\bmängelbeseitigung|\bre-?(?:inspection|test)\b)"
    );
    if once_more.is_match(sentence) && by.is_match(before) && !pays {
        return vec![(Field::NextDueDate, 0.86)];
    }
    // "Die Rückrufaktion läuft bis zum 30. Juni": by then one has to have answered.
    let recalls = pattern!(r"(?:\brückruf|\brecall|\baustauschaktion|\bexchange programme)").is_match(sentence)
        && pattern!(r"\b(?:läuft|endet|gilt|dauert|runs|ends|is open)\b[^.;!?]{0,30}\b(?:bis|am|until|through|on)(?: zum| einschließlich)?\s*$").is_match(before);
    if recalls {
        return vec![(Field::RespondBy, 0.78)];
    }
    // "verlängern wir die Frist zur Abgabe vom 15. Februar auf den 15. März"
    let longer =
        pattern!(r"(?:\bfrist\b|\bverlänger|\bdeadline\b|\bextend).{0,110}\b(?:auf|bis|to|until)\b(?: zum| den)?\s*$")
            .is_match(before)
            && pattern!(r"(?:\bverlänger|\bextend)").is_match(sentence);
    if longer
        && !pays
        && pattern!(r"(?:abgabe|vorlage|einreich|unterlagen|antwort|stellungnahme|erklärung|submi|return|reply)")
            .is_match(sentence)
    {
        return vec![(Field::RespondBy, 0.76)];
    }
    if !by.is_match(before) {
        // "Bitte überweisen Sie die Rate zum Monatsende."
        let on = pattern!(
            r"\b(?:am|zum|on|per|ab dem|in der)\s+(?:(?:mon|diens|donners|frei|sams|sonn)tag,?\s+|mittwoch,?\s+)?(?:den\s+|dem\s+)?$"
        );
        let tells = pays
            && prose::asks_of_reader(sentence)
            && !prose::is_conditional(sentence)
            && !prose::about_something_else(sentence);
        // "so, dass er uns am 2. Februar zur Verfügung steht"
        let arrives = pattern!(
            r"^[^;!?]{0,60}\b(?:zur verfügung steh|verfügbar|gutgeschrieben|eingeht|eingegangen|eintrifft|vorliegt)"
        )
        .is_match(behind);
        let weight = if arrives { 0.84 } else { 0.72 };
        return if tells && !was && on.is_match(before) { vec![(Field::DueDate, weight)] } else { Vec::new() };
    }
    let mut found = Vec::new();
    if pays && !prose::about_something_else(sentence) && !prose::pays_back(sentence) {
        found.push((Field::DueDate, 0.8));
    }
    let fetches = pattern!(
        r"(?:\babhol|\babgeholt|\babzuhol|\bholen sie\b|\bliegt\b|\bbereit\b|\bhinterlegt|\bbewahren\b|\baufbewahrt|\bverwahr|\bheben wir\b|\bhalten wir\b|\bvernichte|\bkept\b|\bdestroyed\b|\bpick(?:ed)? up\b|\bcollect(?:ed)?\b)"
    );
    let silence = by_silence(sentence);
    // "Ihre Brille liegt zur Abholung bereit. Bitte schauen Sie bis zum 20. Oktober vorbei."
    let drops_by = pattern!(
        r"\b(?:schauen|kommen|schau|komm)\b[^;!?]{0,90}\bvorbei\b|\bvorbei(?:kommen|schauen|zukommen|zuschauen)\b|\b(?:drop|stop|come) by\b"
    );
    let fetched = fetches.is_match(sentence) || drops_by.is_match(sentence) && fetches.is_match(earlier);
    if fetched && !pays && !silence {
        found.push((Field::ExpiryDate, 0.8));
    }
    let answers = pattern!(
        r"(?:\bantwort|\brückgabe\b|\babgabe\b|\beinreichung|\bschilder|\bnennen sie\b|\bnenn (?:uns|mir)\b|\bumgetauscht|\bumzutauschen|\berneuern\b|\bzu erneuern\b|\bbeschreib|\bvorlage\b|\bzusendung|\bübersendung|\brücksendung|\bschreiben sie\b|\bschreib (?:uns|mir)\b|\bstellen sie\b.{0,60}\bantrag|\bantrag\b.{0,40}\bstellen\b|\bwrite to us\b|\bbegründe|\brückantwort|\brückmeld|\brücklauf|\bzustimm|\bzuzustimmen\b|\bzu erklären\b|\beinverstanden\b|\beinverständnis|\bunterschrieben|\bunterschreib|\bunterzeichne|\berledig|\bconsent|\bagree\b|\bmeld(?:en|e|et) (?:sie|sich|uns|es|ihn|ihr|bitte)\b|\blesen sie\b|\bzurück(?:senden|schicken|geben|zusenden|zuschicken|zugeben)|\beinreich|\beinzureich|\beingereicht|\bvorleg|\bvorzuleg|\bnachreich|\bnachzureich|\bbring(?:en|st|t)\b|\bzurückbring|\bhochlad|\bhochzulad|\beinsend|\bzusend|\bzuschick|\bschick|\bsende|\bübersend|\bmitteil|\bmitzuteil|\bteilen sie\b|\bausfüll|\bauszufüllen|\bausgefüllt|\bunterlagen|\bnachweis|\bpapiere|\babzugeben|\b(?:erklärung|meldung|formular|bogen)\p{L}*\b.{0,60}\babgabe|\bübermitt|\bzu übermitteln|\banmeld|\banzumeld|\babmeld|\bregistrier|\bentscheiden (?:sie|du|ihr)\b|\bentscheidung mit|\bäußer|\bweisung\b|\binstructions?\b|\bstellungnahme|\bstellung (?:zu )?nehmen|\bbestätig|\bbeantrag|\bangaben\b|\bablesen|\bzählerstand|\bbescheid geben|\brufen sie|\bvereinbar|\bzu vereinbaren|\bbuchen sie|\bkontakt|\bwenden sie sich|\barrange\b|\bschedule\b|\bbook\b|\bmake an appointment|\brepl(?:y|ies)\b|\brespond|\breturn\b|\bsend\b|\bsubmit|\bprovide|\bupload|\bconfirm|\bregister|\blet us know|\bcomplete the|\b(?:anmelde|einsende|abgabe|bewerbungs|rückmelde)(?:schluss|frist)|\bhear from you)"
    );
    let asks = pattern!(
        r"(?:\bbitte|\bbitten\b|\bgebeten\b|\bspätestens\b|\blatest\b|\b(?:wenn|sofern|sobald|if) (?:sie|du|ihr|you)\b.{0,110}(?:registrier|anmeld|regist|bring|einreich|einsend|zurückgeb|beantrag|melden|return|submit)|\bempfehl|\brecommend|\bmüss|\bmuss\b|\bbrauchen\b|\bbenötig|\bfehl(?:t|en)\b|\berforderlich|\b(?:ist|sind)\b.{0,110}\b(?:zu \p{L}+en|(?:ein|vor|nach|aus|an|ab|zurück|mit)zu\p{L}+en)\b|\bzu(?:senden|schicken|geben)\b|\bzurück (?:in|an|zu)\b|\berbitte|\bzeit\b|\bfreuen uns\b|\bwürden uns freuen\b|\bsollen\b|\berwart|\bforder[ent]\b|\bfordern|\bgelegenheit|\bwarten\b|\b(?:schreiben|stellen|wenden|schicken|senden|füllen|geben|reichen|bringen|teilen|melden|werfen|lassen) sie\b|\bkönnen sie sich\b|\bhaben sie\b|\bschluss|schluss\b|\bplease|\bmust\b|\bneed|\brequire|\bask(?:ed)? you)"
    );
    let asked = asks.is_match(sentence) || is_imperative(sentence);
    if (answers.is_match(sentence) && asked || paper_arrives) && !pays {
        found.push((Field::RespondBy, 0.8));
    } else if answers.is_match(earlier) && asks.is_match(earlier) && !pays && sentence.len() < 110 {
        // "Schicken Sie ihn uns zurück. Wir warten darauf bis zum 16.02."
        found.push((Field::RespondBy, 0.68));
    }
    let cancels = pattern!(
        r"(?:\bkündig|\bbeend(?:en|igen)|\bkündbar|\bsonderkündig|\bnotice\b.{0,30}\breach(?:es)? us|\breceived? your (?:written )?notice|\bwidersprech|\bnicht (?:verlängern|weiterführen|fortsetzen|fortführen|weiter(?:lesen|bezieh|nutz)\p{L}*|(?:mehr|weiter) (?:beziehen|bekommen|erhalten|nutzen|lesen))|\bdann endet\b|\bendet (?:das|der|ihr|dein)\b|\baussteigen\b|\bstorn|\bcancel|\bterminat|\b(?:not|don.t) (?:wish|want) (?:to|it to) (?:continue|renew|extend)|\bopt out|\b(?:switch|turn) off\b.{0,40}\brenew|\brenewal off\b|\bautomatische verlängerung\b.{0,40}\b(?:aus|ab)|\bend(?:ing)? (?:it|the|your)\b|\bnicht (?:dabei|einverstanden))"
    );
    let may = pattern!(
        r"(?:\bkönn|\bkann\b|\bmöglich|\brecht\b|\bmöcht|\bmag\b|\bwill\b|\bwollen\b|\bspätestens\b|\bmuss\b|\bmüss|\bmay\b|\bcan\b|\bright\b|\bwish\b|\bmust\b|\bplease\b|\bbitte\b|\bgo to\b|\b(?:switch|turn) off\b|\bwant to\b|\bso that\b|\bunless\b|\bwenn\b.{0,60}\bnicht\b|\botherwise\b|\bsonst\b|\bfrei\b|\bbescheid\b)"
    );
    let ended =
        pattern!(r"(?:\bwurde\b.{0,40}gekündigt|\bhaben (?:sie|wir)\b.{0,60}\bgekündigt|\btermin\b|\bwiderruf)");
    if cancels.is_match(sentence) && may.is_match(sentence) && !ended.is_match(sentence) {
        // The end of a term is not the last day to say so.
        let term = pattern!(r"(?:laufzeit|\bterm\b|\bläuft\b)").is_match(before);
        // The right that one has every year is no news, but beside a special one the later day is the one to know.
        let yearly = pattern!(
            r"(?:\bunabhängig davon|\bunberührt|\bim übrigen\b|\b(?:ordentlich|üblich|regulär|ordinary|usual|regular)\p{L}*\s+(?:kündig|terminat|notice|cancel))"
        )
        .is_match(before);
        let weight = match () {
            () if yearly && arrives_by_then(sentence) => ORDINARY,
            // "one month to the end of the term, so that your notice reaches us no later than 31 December"
            () if term && arrives_by_then(sentence) && !ends_then(before) => 0.76,
            () if term || yearly => 0.45,
            () => 0.8,
        };
        found.push((Field::CancelBy, weight));
    } else if cancels.is_match(earlier)
        && pattern!(r"(?:\b(?:dafür|nachricht|erklärung|schreiben|mitteilung|message|letter|notice)\b|\btell us\b|\blet us know\b|\b(?:sagen|sag|geben|gib)\b[^.;!?]{0,30}\bbescheid\b|\bmelden sie sich\b)").is_match(sentence)
    {
        found.push((Field::CancelBy, 0.7));
    }
    if found.is_empty() && !pays && silence {
        found.push((Field::RespondBy, 0.78));
    } else if found.is_empty() && !pays && ends_a_right(sentence) {
        found.push((Field::RespondBy, 0.72));
    }
    let redeems = pattern!(
        r"(?:\beinlös|\beinzulös|\bgutschein|\bverfäll|\bvoucher|\bredeem|\bcoupon|\bgift card|\bbonus(?:punkte)?\b)"
    );
    // What one gets for a new contract is an offer.
    let offers = pattern!(
        r"(?:\bbei (?:abschluss|vertragsabschluss|bestellung)\b|\babschließ|\b\p{L}*tarif\b|\bwechsel|\bsign(?:ing)? up\b)"
    );
    if redeems.is_match(sentence) && !offers.is_match(sentence) {
        found.push((Field::RedeemBy, 0.8));
    }
    if inspects.is_match(sentence) && asks.is_match(sentence) && !pays && !cancels.is_match(sentence) {
        found.push((Field::NextDueDate, 0.84));
    }
    // "Ihre Zahlung von 84,20 € steht noch aus. Wir räumen Ihnen eine Frist bis zum 2. März ein."
    let grants = pattern!(r"(?:\bfrist\b|\bzeit\b|\bgelegenheit\b|\bdeadline\b)").is_match(sentence);
    let is_owed = !amounts::find(earlier).is_empty() && prose::asks_to_pay(earlier);
    if found.is_empty() && grants && is_owed && !prose::about_something_else(earlier) {
        found.push((Field::DueDate, 0.76));
    }
    found
}

/// Whether silence decides, so that an answer is wanted though nobody asks for it: "Liegt uns bis zum 26.10. keine Weisung vor,
/// verlängern wir die Anlage", "If we do not hear from you by 3 May, we shall …".
fn by_silence(sentence: &str) -> bool {
    pattern!(concat!(
        r"^\W*(?:liegt|liegen|geht|gehen|erhalten|hören|bekommen|erreicht|erreichen|kommt|melden|äußern|teilen|reagieren|haben|wenn|falls|sofern|sollten?)\b",
        r"[^;!?]{0,120}\b(?:kein(?:e|en|er)?|nicht|nichts)\b[^;!?]{0,90},\s*(?:so |dann )?(?:verlänger|gilt|gelten|gehen|nehmen|werden|wird|ist|sind|endet|entfäll|erlischt|können|behalten|löschen|schließen|verfäll|führen|müssen|bleibt|setzt|vergeben)",
        r"|\b(?:if we do not|should we not|unless we|unless you)\b[^;!?]{0,80}\b(?:hear|receive|heard|received|tell|instruct|reply|respond|return|contact)\b"
    ))
    .is_match(sentence)
}

/// Whether a right that costs nothing ends: "Die Anforderung ist bis zum 31.12. möglich", "Refunds can be claimed until 31 December".
fn ends_a_right(sentence: &str) -> bool {
    let right = pattern!(concat!(
        r"\b(?:anforderung|anmeldung|registrierung|reklamation|umtausch|rückgabe|erstattung|beantragung|request|registration|claims?|exchange|refunds?|returns?)\b[^;!?]{0,50}\b(?:ist|sind|is|are|can be|may be)\b[^;!?]{0,80}\b(?:möglich|claimed|requested|made|possible|accepted)\b",
        r"|\b(?:kann|können)\b[^;!?]{0,90}\b(?:angefordert|beantragt|geltend gemacht|reklamiert|umgetauscht|abgerufen)\b"
    ));
    right.is_match(sentence) && !pattern!(r"\bnicht mehr\b|\bno longer\b").is_match(sentence)
}

/// How likely the last day of the ordinary right to cancel is meant.
const ORDINARY: f32 = 0.62;

/// Whether a sentence names the day by which a notice must have come.
fn arrives_by_then(sentence: &str) -> bool {
    pattern!(
        r"(?:\bzugegangen|\bzugeh|\bzuging|\beingegangen|\beingeh|\beingetroffen|\beintreff|\bvorlieg|\berklär|\breach|\breceive|\barrive)"
    )
    .is_match(sentence)
}

/// Whether the words before a day make it the end of a term: "minimum term 12 months, until".
fn ends_then(before: &str) -> bool {
    pattern!(r"(?:laufzeit|\bterm\b|\bläuft\b)[^.;!?]{0,40}\b(?:bis|until)(?: zum| den)?\s*$").is_match(before)
}

/// Whether a sentence says that there is nothing to do.
fn is_denied(sentence: &str) -> bool {
    pattern!(
        r"(?:\b(?:brauchen|müssen) (?:sie )?(?:sich )?(?:nichts|nicht)\b|\bnichts (?:weiter )?(?:zu )?(?:tun|unternehmen|veranlassen)|\bno need to\b|\bnothing (?:further )?to do\b|\bdo not need to\b)"
    )
    .is_match(sentence)
}

/// Whether a day ends a span: "vom 1.1. bis zum …".
fn is_span(before: &str) -> bool {
    pattern!(r"\d{1,2}\.(?:\s?(?:\d{1,2}\.|\p{L}{3,9})(?:\s?\d{2,4})?)?\s*(?:-|–|bis)(?: zum| einschließlich)?\s*$")
        .is_match(before)
}

#[cfg(test)]
mod tests {
    use domain::Field::{CancelBy, NextDueDate, RedeemBy, RespondBy};

    use crate::testing::value;

    #[track_caller]
    fn check(sentence: &str, field: domain::Field, expected: Option<&str>) {
        let letter = format!(
            "Muster GmbH\n\nDatum: 09.02.2026\n\nSehr geehrte Frau Beispiel,\n\n{sentence}\n\nMit freundlichen Grüßen"
        );
        assert_eq!(value(&letter, field).as_deref(), expected, "{sentence}");
    }

    #[test]
    fn an_answer_is_wanted_by_its_day() {
        check("Bitte reichen Sie die fehlenden Unterlagen bis zum 02.03.2026 nach.", RespondBy, Some("2026-03-02"));
        check("Wir brauchen Ihre Antwort bis Mittwoch, 4. März.", RespondBy, Some("2026-03-04"));
        check("Please send us the form by 12 March 2026.", RespondBy, Some("2026-03-12"));
        // An estate is no discount.
        check(
            "Sie werden gebeten, das Nachlassverzeichnis auszufüllen und bis zum 02.03.2026\nan das Nachlassgericht zurückzusenden.",
            RespondBy,
            Some("2026-03-02"),
        );
        check("Bis zum 02.03.2026 müssen Sie nichts weiter unternehmen.", RespondBy, None);
        check("Bitte überweisen Sie den Betrag bis zum 02.03.2026.", RespondBy, None);
    }

    #[test]
    fn contracts_vouchers_and_repairs_have_their_days() {
        check("Sie können den Vertrag bis zum 15.03.2026 außerordentlich kündigen.", CancelBy, Some("2026-03-15"));
        check("Ihr Gutschein muss bis 31.12.2026 eingelöst werden.", RedeemBy, Some("2026-12-31"));
        check("Die Schraube muss bis zum 30. Juni 2026 ersetzt sein.", NextDueDate, Some("2026-06-30"));
        check(
            "2. Bis spätestens 30. September 2026 unter www.muster.example/rueckruf oder telefonisch registrieren, Code 9QK-4417.",
            RespondBy,
            Some("2026-09-30"),
        );
        check("Your notice must reach us in text form no later than October 30, 2026.", CancelBy, Some("2026-10-30"));
        check(
            "Mit unserem Tarif erhalten Sie bei Abschluss bis zum 15.07.2026 einen Bonus von 75 EUR.",
            RedeemBy,
            None,
        );
    }
}
