//! Totals and parts of totals, by the words beside them.

use std::ops::Range;

use domain::{Fact, Field, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::amounts::{self, Amount};
use crate::forms::pattern;
use crate::labels::{Found, Place, found, in_prose};
use crate::layout::{Layout, Row, Run};

pub(super) struct Amounts;

impl Extractor for Amounts {
    fn id(&self) -> &'static str {
        "amounts"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut facts = Vec::new();
        for (r, row) in context.layout.rows.iter().enumerate() {
            for c in 0..row.cells.len() {
                self.labelled(&context.layout, r, c, &mut facts);
            }
        }
        self.worded(context, &mut facts);
        facts
    }
}

/// The label patterns of a field, from the clearest to the vaguest, each with its weight.
fn labels() -> [(Field, &'static regex::Regex, f32); 11] {
    [
        (
            Field::TotalGross,
            pattern!(
                r"(?:rechnungs(?:end|gesamt)?(?:betrag|summe)|brutto(?:betrag|summe)?|\bgesamt(?:betrag|summe|preis)|\bend(?:betrag|summe)|\bsumme (?:brutto|inkl)|\bgesamt (?:brutto|inkl)|\bbetrag brutto|jahresbeitrag|\bgrand total|\binvoice total|\btotal (?:amount|incl|with|gross|payable|eur|chf)|\bgross (?:total|amount)|\btotal ttc|\bnetto inkl)\b"
            ),
            0.92,
        ),
        (Field::TotalGross, pattern!(r"^\W*(?:gesamt|total|summe|summe gesamt|summe eur|total amount|totaal|preis inkl\. gebühren)\b"), 0.8),
        (Field::TotalGross, pattern!(r"^\W*(?:betrag|gesamtkosten|amount|preis|fahrpreis)\b"), 0.5),
        (
            Field::TotalNet,
            pattern!(
                r"(?:\bnetto(?:betrag|summe|gesamt|wert|preis)?|\bsumme netto|\bgesamt netto|rechnungssumme (?:netto|ohne)|\bnet (?:total|amount)|\btotal (?:net|excl|before|ht)|\bsumme ohne|\bsubtotal|\bzwischensumme|\btax(?:able)? base|\bwarenwert|exclusief btw)\b"
            ),
            0.88,
        ),
        (
            Field::TaxTotal,
            pattern!(r"\b(?:(?:umsatz|mehrwert|versicherungs?)steuer|mwst|ust|u\.st|m\.w\.st|vat|(?:sales )?tax|steuerbetrag|tva|btw)\b\.?"),
            0.85,
        ),
        (
            Field::AmountDue,
            pattern!(
                r"\b(?:(?:noch )?zu zahlen(?:der betrag|der gesamtbetrag)?|zahlbetrag|zahlungsbetrag|überweisungsbetrag|abbuchungsbetrag|nachzahlung(?:sbetrag)?|offener (?:gesamt)?betrag|gesamtforderung|forderung(?:ssumme)? gesamt|gesamtschuld|restbetrag|restforderung|fälliger betrag|amount (?:due|payable|to pay)|balance due|total due|total amount due|outstanding (?:amount|balance)|zu überweisen|summe der forderung|gesamtbetrag der forderung|bitte zahlen sie(?: bis zum| spätestens(?: am| bis)?)?)\b"
            ),
            0.92,
        ),
        (
            Field::AmountDue,
            pattern!(r"\b(?:(?:ihr )?guthaben(?: zu ihren gunsten)?|gutschriftsbetrag|erstattungsbetrag|auszahlungsbetrag|refund(?: amount)?|total credit)\b"),
            0.85,
        ),
        (Field::AmountDue, pattern!(r"\b(?:verwarnungsgeld|geldbuße|bußgeld|nachzahlbetrag)\b"), 0.6),
        (
            Field::Prepaid,
            pattern!(
                r"\b(?:(?:geleistete|gezahlte|bezahlte|erhaltene|abzüglich|abzgl\.?|ihre|bisherige|angerechnete)\W+(?:\w+\W+)?(?:abschläge|abschlagszahlungen|vorauszahlungen|zahlungen|anzahlungen|anzahlung|vorauszahlung)|abschlagszahlungen|bereits (?:gezahlt|bezahlt|geleistet|getilgt|entrichtet)|anrechenbare vorauszahlungen|prepaid|amount paid|paid to date|payments? received|less deposit|deposit paid)\b"
            ),
            0.88,
        ),
        (Field::Prepaid, pattern!(r"^\W*(?:anzahlung|vorauszahlung|vorauszahlungen|paid|bezahlt|zahlungen)\b"), 0.55),
        (Field::DunningFee, pattern!(r"\b(?:mahn(?:gebühr(?:en)?|kosten|pauschale|spesen)|bearbeitungsgebühr|late (?:payment )?fee|reminder fee|dunning fee)\b"), 0.9),
    ]
}

impl Amounts {
    /// Candidates for the labels of one cell.
    fn labelled(&self, layout: &Layout, r: usize, c: usize, facts: &mut Vec<Fact>) {
        let Some(row) = layout.rows.get(r) else { return };
        let Some(cell) = row.cells.get(c) else { return };
        for (field, label, weight) in labels() {
            let Some(hit) = label.find(&cell.text).filter(|hit| fits(field, &cell.text, &hit.range())) else { continue };
            let before = cell.text.get(..hit.start()).unwrap_or_default();
            let behind = cell.text.get(hit.end()..).unwrap_or_default();
            let tax_inside = field == Field::TaxTotal
                && pattern!(r"(?:\binkl\w*|\bincl\w*|\bdarin|enthalten\w*|\bdavon|\()[^)]*$").is_match(before);
            // Words around a label make it say something narrower: "offener Betrag aus früheren Zeiträumen".
            let mut exact = 1.0;
            if before.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 3).count() > 1 {
                exact *= 0.85;
            }
            let until = amounts::find(behind).first().map_or(behind.len(), |a| a.range.start);
            if behind.get(..until).is_some_and(|t| t.chars().filter(|c| c.is_alphabetic()).count() > 18) {
                exact *= 0.7;
            }
            let values = if tax_inside { inside(cell, &hit.range()) } else { in_row(row, c, hit.end()) };
            let values = if values.is_empty() && !tax_inside && exact > 0.9 { below(layout, r, cell) } else { values };
            // Several amounts in the row: the last is the likeliest, but any may be meant.
            let crowded = if values.len() > 1 { 0.85 } else { 1.0 };
            for (i, value) in values.into_iter().enumerate().take(3) {
                let confidence = value.confidence(weight) * exact * crowded * 0.7_f32.powi(i as i32);
                let positive = matches!(field, Field::Prepaid | Field::DunningFee | Field::AmountDue);
                let amount = if positive { value.value.abs() } else { value.value };
                facts.push(Found { value: amount, ..value }.fact(self.id(), field, confidence, Value::Amount));
            }
        }
    }

    /// Amounts in sentences: "bitte überweisen Sie 124,91 EUR".
    fn worded(&self, context: &Context, facts: &mut Vec<Fact>) {
        let read = |text: &str| amounts::find(text).into_iter().next().map(|a| (a.range, a.value));
        let to_pay = pattern!(
            r"(?:(?:überweisen|zahlen|überweise|zahle|begleichen) sie (?:bitte )?|bitte (?:überweise|zahle) |(?:pay|transfer|remit) (?:us )?)(?:(?:den|die|das|einen|the|a) )?(?:(?:\w+ )?(?:betrag|summe|gesamtbetrag|rechnungsbetrag|nachzahlung|amount|sum|total|deposit))?\s*(?:von|in höhe von|über|of)?\s*"
        );
        let debited = pattern!(
            r"(?:den betrag (?:von|in höhe von)|betrag (?:von|in höhe von)|wir buchen|ziehen wir|we will (?:debit|collect|charge)|guthaben (?:von|in höhe von)|(?:verwarnungsgeld|geldbuße|bußgeld) (?:von|in höhe von)|anzahlung (?:von|in höhe von)?)\s*"
        );
        for (label, weight) in [(to_pay, 0.88), (debited, 0.75)] {
            for hit in in_prose(&context.layout, label, 3, &read) {
                let confidence = hit.confidence(weight);
                facts.push(Found { value: hit.value.abs(), ..hit }.fact(self.id(), Field::AmountDue, confidence, Value::Amount));
            }
        }
    }
}

/// Whether a label says what its words seem to say: "USt-IdNr." is no tax, "Rechnungsbetrag netto" no gross total.
fn fits(field: Field, cell: &str, label: &Range<usize>) -> bool {
    let behind = cell.get(label.end..).unwrap_or_default();
    let net = pattern!(r"\b(?:netto|net|ohne|exkl|excl|zzgl|ht)\b").is_match(cell);
    let gross = pattern!(r"\b(?:brutto|inkl\w*|incl\w*|einschl\w*|gross|ttc)\b").is_match(cell);
    match field {
        Field::TotalGross => gross || !net,
        Field::TotalNet => !gross,
        Field::TaxTotal => {
            !pattern!(r"^[-.\s/]*(?:id|nr|nummer|no\b|number|reg|frei|satz|%\s*$|basis|base|on \$)").is_match(behind)
                && !pattern!(r"\b(?:excl|exkl|ohne|zzgl|ohne)\W*$").is_match(cell.get(..label.start).unwrap_or_default())
                || pattern!(r"^\W*(?:zzgl|zuzüglich|plus)").is_match(cell)
        }
        _ => true,
    }
}

/// An amount of a run as a value with its place.
fn at(run: &Run, amount: Amount, offset: usize, place: Place) -> Found<Decimal> {
    found(run, offset + amount.range.start..offset + amount.range.end, amount.value, place)
}

/// The amounts that belong to a label in a row: in the cells to the right the last first, else behind it in its cell.
fn in_row(row: &Row, c: usize, end: usize) -> Vec<Found<Decimal>> {
    let right: Vec<Found<Decimal>> = row
        .cells
        .iter()
        .skip(c + 1)
        .filter(|cell| cell.len() <= 4)
        .flat_map(|cell| amounts::find(&cell.text).into_iter().map(|a| at(cell, a, 0, Place::Right)))
        .collect();
    if !right.is_empty() {
        return right.into_iter().rev().collect();
    }
    let Some(cell) = row.cells.get(c) else { return Vec::new() };
    let rest = cell.text.get(end..).unwrap_or_default();
    // What stands in brackets explains the amount and is not it.
    let open = |a: &Amount| {
        let before = rest.get(..a.range.start).unwrap_or_default();
        before.matches('(').count() > before.matches(')').count()
    };
    let near = |a: &&Amount| a.range.start <= 60;
    let behind: Vec<Amount> = amounts::find(rest).into_iter().filter(|a| !open(a)).collect();
    behind.iter().find(near).map(|a| at(cell, a.clone(), end, Place::Behind)).into_iter().collect()
}

/// The tax inside a total: `(inkl. 23,61 € MwSt.)`, `inkl. 19 % MwSt. (438,60 EUR)`.
fn inside(cell: &Run, label: &Range<usize>) -> Vec<Found<Decimal>> {
    let all = amounts::find(&cell.text);
    let behind = all.iter().find(|a| a.range.start >= label.end && a.range.start <= label.end + 14);
    let before = all.iter().rev().find(|a| a.range.end <= label.start && a.range.end + 12 >= label.start);
    behind.or(before).map(|a| at(cell, a.clone(), 0, Place::Behind)).into_iter().collect()
}

/// The first amount in the column below a label.
fn below(layout: &Layout, r: usize, label: &Run) -> Vec<Found<Decimal>> {
    let lower = layout.rows.iter().skip(r + 1).take(3);
    let hit = lower
        .filter(|row| row.cells.first().is_some_and(|cell| cell.page == label.page))
        .filter(|row| row.cells.first().is_some_and(|cell| cell.rect.y - label.rect.bottom() < 5.0 * label.rect.h))
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.rect.x < label.rect.right() && cell.rect.right() > label.rect.x && cell.len() <= 4)
        .find_map(|cell| amounts::find(&cell.text).into_iter().next().map(|a| at(cell, a, 0, Place::Below)));
    // Far weaker than beside: a heading of a table has the first line of the table below it.
    hit.map(|value| Found { sureness: value.sureness * 0.4, ..value }).into_iter().collect()
}
