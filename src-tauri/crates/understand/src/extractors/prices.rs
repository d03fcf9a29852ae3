//! What a contract costs each time, and from when it costs more.

use domain::{Fact, Field, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, dates, pattern};
use crate::labels::{Found, Place, beside, found, in_prose};
use crate::layout::Run;
use crate::prose;

pub(super) struct Prices;

impl Extractor for Prices {
    fn id(&self) -> &'static str {
        "prices"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        let each_time = pattern!(
            r"\b(?:(?:monats|jahres|mitglieds|quartals|halbjahres|versicherungs)(?:beitrag|prämie|preis|abschlag|gebühr|miete)|(?:monatliche[rs]?|jährliche[rs]?) (?:beitrag|prämie|preis|abschlag|rate|gebühr|entgelt|miete|kosten)|(?:gesamt|kalt|warm)miete|abschlag|monthly (?:fee|price|rent|payment|charge|instal+ment|premium|amount)|annual (?:fee|premium)|yearly (?:fee|premium))\b(?:\s(?:inkl|incl)[^\d]{0,30})?"
        );
        let hits = beside(&context.layout, each_time, 6, &amounts::first).into_iter();
        for hit in hits.chain(in_prose(&context.layout, each_time, 24, &new_price)) {
            let hit = in_new_column(context, &hit).unwrap_or(hit);
            facts.push(hit.fact(self.id(), Field::RecurringAmount, 0.8, Value::Amount));
        }
        let monthly = pattern!(
            r"\b(?:monatlich|jährlich|(?:pro|im|je) (?:monat|jahr)|/\s?(?:monat|jahr|month|year)|(?:per|a) (?:month|year)|monthly)\b"
        );
        for cell in context.layout.cells() {
            let Some(period) = monthly.find(&cell.text) else { continue };
            let before = cell.text.get(..period.start()).unwrap_or_default();
            let last = amounts::find(before).into_iter().rev().find(|amount| before.len() - amount.range.end <= 3);
            if let Some(amount) = last.filter(|amount| amount.currency.is_some()) {
                let hit = found(cell, amount.range, amount.value, Place::Behind);
                facts.push(hit.fact(self.id(), Field::RecurringAmount, 0.6, Value::Amount));
            }
        }
        facts.extend(change(context, self.id()));
        facts
    }
}

/// The amount of the last column, where the columns are the old price and the new one: "Beitrag 2026    Beitrag 2027".
fn in_new_column(context: &Context, hit: &Found<Decimal>) -> Option<Found<Decimal>> {
    let place = &hit.evidence;
    let rows = &context.layout.rows;
    let holds = |cell: &Run| {
        cell.page == place.page && (cell.rect.middle() - place.rect.middle()).abs() < 0.5 * place.rect.h.max(0.004)
    };
    let at = rows.iter().position(|row| row.cells.iter().any(&holds))?;
    let cells = rows.get(at)?.cells.iter();
    let mut amounts =
        cells.flat_map(|cell| amounts::find(&cell.text).into_iter().take(1).map(move |amount| (cell, amount)));
    let ((old, _), (new, amount), None) = (amounts.next()?, amounts.next()?, amounts.next()) else { return None };
    let over = |cell: &Run| {
        let above = rows[..at].iter().rev().take(12).flat_map(|row| &row.cells);
        above
            .filter(|over| over.rect.x < cell.rect.right() && cell.rect.x < over.rect.right())
            .map(|over| over.text.as_str())
            .find(|text| {
                pattern!(
                    r"(?:\b20\d\d\b|\bbisher|\bbislang|\balt|\bheute\b|\bneu|\bab\b|\bold\b|\bnew\b|\bcurrent|\bfrom\b)"
                )
                .is_match(text)
            })
    };
    let year = |text: &str| pattern!(r"\b20\d\d\b").find(text).map(|hit| hit.as_str().to_owned());
    let (before, after) = (over(old)?, over(new)?);
    // "2026 CHF 2027 CHF" may be one cell over both.
    if before == after {
        let mut halves =
            pattern!(r"\b20\d\d\b|\b(?:bisher|bislang|alt|neu|old|new)\b").find_iter(before).map(|hit| hit.as_str());
        let (Some(first), Some(second), None) = (halves.next(), halves.next(), halves.next()) else { return None };
        let is_old = pattern!(r"^(?:bis|alt|old)").is_match(first) && pattern!(r"^(?:neu|new)").is_match(second);
        let is_newer = is_old || matches!((first.parse::<u16>(), second.parse::<u16>()), (Ok(a), Ok(b)) if a < b);
        return is_newer.then(|| found(new, amount.range, amount.value, Place::Right));
    }
    let is_newer = match (year(before), year(after)) {
        (Some(before), Some(after)) if before != after => before < after,
        _ => pattern!(r"(?:\bneu|\bab\b|\bnew\b|\bfrom\b)").is_match(after),
    };
    is_newer.then(|| found(new, amount.range, amount.value, Place::Right))
}

/// The first amount; of "von 74,00 € auf 61,00 €" the second.
fn new_price(text: &str) -> Option<(std::ops::Range<usize>, rust_decimal::Decimal)> {
    let all = amounts::find(text);
    let first = all.first()?;
    let changed = all.get(1).filter(|second| {
        let is_from = text.get(..first.range.start).is_some_and(|before| {
            pattern!(r"(?:^|\s)(?:von|from)(?: (?:bisher|bislang|derzeit|jetzt|zuletzt|currently))?\W*$")
                .is_match(before)
        });
        let between = text.get(first.range.end..second.range.start).unwrap_or_default();
        is_from && pattern!(r"^\W*(?:auf|to)\W*$").is_match(between)
    });
    let amount = changed.unwrap_or(first);
    // As near as the first one is, so that the reach of the label stays.
    Some((first.range.start..amount.range.end, amount.value))
}

/// "passen wir zum 01.01.2026 unsere Preise an": the day of the change, in a letter that speaks of cancelling.
fn change(context: &Context, by: &str) -> Vec<Fact> {
    let price = pattern!(
        r"\b(?:\p{L}*preise?n?|preis(?:anpassung|erhöhung|änderung)|\p{L}*beitrag|beitrags(?:anpassung|erhöhung)|\p{L}*prämie|\p{L}*entgelte?|\p{L}*miete|mieterhöhung|abschlag|werte|tarif|\p{L}*abo(?:nnement)?|kostet|konditionen|prices?|fees?|premium|rent|tariff)\b"
    );
    let changes = pattern!(
        r"(?:\bpassen (?:wir )?|anpass|erhöh|\bsteig|\bgelten\b.{0,30}\bneue|\bneue[nr]?\b.{0,30}\bgelten\b|\bänder|\bbisher\b|\bbislang\b|\bzuvor\b|\bstatt\b|\bgelten\b|\bheben\b|\bincreas|\bchang|\badjust|\bwill rise\b)"
    );
    let from = pattern!(
        r"\b(?:zum|vom|ab(?: dem)?|mit wirkung (?:zum|vom|ab)|from|as of|effective(?: from)?|with effect from|on)\s+(?:\p{L}+tag,?\s+(?:den|dem)\s+)?"
    );
    if !pattern!(r"(?:kündig|beend|cancel|terminate)").is_match(&context.text) {
        return Vec::new();
    }
    let mut facts = Vec::new();
    for run in &context.layout.paragraphs {
        for hit in from.find_iter(&run.text) {
            let rest = run.text.get(hit.end()..).unwrap_or_default();
            let Some((range, day)) = dates::first(rest, context.order).filter(|(r, _)| r.start == 0) else {
                continue;
            };
            let place = prose::sentence(&run.text, hit.start());
            let sentence = run.text.get(place.clone()).unwrap_or_default();
            // "Nun müssen wir unsere Preise anpassen. Ab dem 1. Dezember gilt:"
            let earlier = run.text.get(..place.start).and_then(|text| prose::sentences(text).last());
            let earlier = earlier
                .map(|(_, text)| text)
                .filter(|_| pattern!(r"\b(?:gilt|gelten|applies|apply)\b").is_match(sentence));
            let says = |form: &regex::Regex| form.is_match(sentence) || earlier.is_some_and(|text| form.is_match(text));
            if says(price) && says(changes) {
                let range = hit.end() + range.start..hit.end() + range.end;
                facts.push(found(run, range, day, Place::Behind).fact(by, Field::EffectiveDate, 0.8, Value::Date));
            }
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use domain::Field::{EffectiveDate, RecurringAmount};

    use crate::testing::{check, value};

    #[test]
    fn the_price_of_a_month_is_found_beside_its_label() {
        let head = "Mitgliedsvertrag\n\nVertragsbeginn    01.10.2026\nErstlaufzeit    24 Monate\n";
        for line in [
            "Monatsbeitrag    34,90 €",
            "Abschlag: 34,90 EUR, erstmals am 15.12.2026",
            "Preis    34,90 € monatlich, Anschluss 9,99 € einmalig",
            "Monthly fee    34.90 EUR",
        ] {
            assert_eq!(value(&format!("{head}{line}"), RecurringAmount).as_deref(), Some("34.90"), "{line}");
        }
    }

    #[test]
    fn of_the_old_price_and_the_new_one_the_new_one_counts() {
        let head =
            "Versicherung Muster\n\nIhre Prämie ab 1. Januar 2027\n\nDatum: 15.10.2026\n\nGuten Tag Frau Beispiel\n\n";
        for table in [
            "Versicherung                2026 CHF 2027 CHF\nGrundversicherung           300.20   320.35\nMonatsprämie                300.20   320.35",
            "Baustein            bisher      ab 01.01.2027\nHaftpflicht         300,20 €    320,35 €\nJahresbeitrag       300,20 €    320,35 €",
            "Der Monatsbeitrag steigt von bisher 300,20 € auf 320,35 €.",
        ] {
            assert_eq!(value(&format!("{head}{table}"), RecurringAmount).as_deref(), Some("320.35"), "{table}");
        }
    }

    #[test]
    fn a_change_of_price_has_its_day_and_a_start_of_delivery_is_none() {
        let head = "Strom AG\n\nIhr Stromvertrag\n\nSehr geehrte Frau Beispiel,\n\n";
        for line in [
            "deshalb passen wir zum 01.01.2027 unsere Preise an. Sie können kündigen.",
            "ab dem 1. Januar 2027 erhöht sich Ihr Beitrag. Sie haben ein Sonderkündigungsrecht.",
            "Our prices will change from 1 January 2027. You may cancel.",
            "Nun müssen wir unsere Preise anpassen. Ab dem 1. Januar 2027 gilt:\nGrundpreis    13,50 €\n\nSie dürfen kündigen.",
        ] {
            check(&format!("{head}{line}"), &[(EffectiveDate, "2027-01-01")]);
        }
        let start = "wir beliefern Sie ab dem 01.01.2027 mit Strom. Der Preis beträgt 30 ct. Kündigung jederzeit.";
        assert_eq!(value(&format!("{head}{start}"), EffectiveDate), None);
    }
}
