//! The total of a till's slip. What its arithmetic says outweighs what its words say: slips are crumpled, and the words of
//! a till are read worse than its figures and differ from till to till.

use domain::{Check, Fact, Field, Value};
use rust_decimal::Decimal;

use crate::forms::{amounts, pattern};
use crate::labels::{Place, found};
use crate::layout::{Row, Run};

/// A row with an amount at its end.
struct Line<'r, 'a> {
    cell: &'r Run<'a>,
    /// The words that belong to the last amount.
    label: String,
    /// All amounts of the row, tolerantly read; at least one.
    amounts: Vec<Decimal>,
    /// The place of the row on the slip.
    row: usize,
}

/// What speaks for an amount as the total.
#[derive(Clone, Copy, Default)]
struct Witnesses {
    /// It is what was given less the change.
    change: bool,
    /// It was given, and there is no change.
    paid: bool,
    /// It is another total, rounded to the coins that there are.
    rounded: bool,
    /// It is the sum of the lines above it.
    lines: bool,
    /// It is net and tax of a row, or of the row before it and its tax.
    taxes: bool,
    /// On how many further rows it stands at the end.
    again: usize,
    /// It is rounded further down.
    superseded: bool,
    /// More stands above it.
    smaller: bool,
}

/// Candidates for the total, by their words and by the arithmetic of the slip.
pub(super) fn totals(by: &str, rows: &[Row]) -> Vec<Fact> {
    let lines: Vec<Line> = rows.iter().enumerate().filter_map(|(at, row)| Line::of(at, row)).collect();
    let candidates = lines.iter().filter(|line| line.value() > Decimal::ZERO);
    candidates
        .filter_map(|line| {
            let (named, witnesses) = (line.named(), Witnesses::of(line, &lines));
            // Tills round the sum before it is paid, so the last of several totals counts.
            let late = 0.04 * line.row as f32 / rows.len().max(1) as f32;
            let confidence = witnesses.confidence(named) + late;
            (confidence >= 0.4).then(|| {
                let hit = found(line.cell, 0..line.cell.text.len(), line.value(), Place::Right);
                let mut fact = hit.fact(by, Field::TotalGross, confidence.min(0.97), Value::Amount);
                if witnesses.add_up() {
                    // What adds up was read right, however hard it was to read.
                    fact.confidence = confidence.min(0.97);
                    fact.checks.push(Check::SumsAgree);
                }
                fact.certain = named >= NAMED && witnesses.change;
                fact
            })
        })
        .collect()
}

/// How clearly words must name the total.
const NAMED: f32 = 0.7;
/// Tills round by less than the smallest coin, 5 cents or centimes.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl<'r, 'a> Line<'r, 'a> {
    fn of(row: usize, cells: &'r Row<'a>) -> Option<Self> {
        let text = cells.cells.iter().map(|cell| marked(&cell.text)).collect::<Vec<_>>().join("  ");
        let found = amounts::find(&text);
        let start = found.len().checked_sub(2).and_then(|i| found.get(i)).map_or(0, |before| before.range.end);
        let words = text.get(start..).unwrap_or_default();
        let label = if words.chars().filter(|c| c.is_alphabetic()).count() > 2 { words } else { &text };
        let cell = cells.cells.iter().rev().find(|cell| !amounts::find(&marked(&cell.text)).is_empty())?;
        Some(Self { cell, label: label.to_owned(), amounts: found.iter().map(|amount| amount.value).collect(), row })
    }

    fn value(&self) -> Decimal {
        self.amounts.last().copied().unwrap_or_default()
    }

    /// How clearly its words name the total, 0–1; nothing for a part of it.
    fn named(&self) -> f32 {
        let payable = pattern!(r"\b(?:grand total|total payable|am(?:oun)?t (?:due|payable)|zu zahlen|to pay)\b");
        let total =
            pattern!(r"\b(?:sales \(incl|net(?:t)? (?:total|amt|amount)|total|summe|gesamt(?:betrag|summe)?|betrag)\b");
        let inclusive = pattern!(r"\b(?:incl|inkl|inc\b)");
        let part = pattern!(
            r"(?:\bsub|zwischen|\bex[ck]l?|ohne|before|netto\b|discount|rabatt|saving|\bqty|quantity|\bitems?\b|supplies|round|change|cash|tender|\btax\b|\bgst\b|mwst|\bust\b|steuer|point)"
        );
        match () {
            () if part.is_match(&self.label) && !inclusive.is_match(&self.label) => 0.0,
            () if payable.is_match(&self.label) => 0.86,
            () if inclusive.is_match(&self.label) && total.is_match(&self.label) => NAMED,
            () if total.is_match(&self.label) => 0.78,
            () => 0.0,
        }
    }

    fn given(&self) -> bool {
        pattern!(
            r"^\W*(?:(?:total )?(?:cash|paid|payment|tender(?:ed)?|amount tendered|received)|cash received|gegeben|bar\b|karte|visa|master|debit|credit|girocard|ec-)"
        )
        .is_match(&self.label)
    }

    fn change(&self) -> bool {
        pattern!(r"^\W*(?:(?:cash )?change|rückgeld|wechselgeld|zurück)\b").is_match(&self.label)
    }
}

impl Witnesses {
    fn of(line: &Line, lines: &[Line]) -> Self {
        /// What was given and the change stand close together.
        const NEAR: usize = 4;
        let (value, zero) = (line.value(), Decimal::ZERO);
        let below = || lines.iter().filter(|other| other.row >= line.row);
        let change = below().any(|given| {
            let paid = |back: &&Line| back.row > given.row && back.row - given.row <= NEAR;
            below().filter(paid).any(|back| {
                let named = given.given() || back.change();
                given.value() - back.value() == value && (back.value() > zero || named) && given.row > line.row
                    || given.row == line.row && given.given() && back.change() && back.value() == zero
            })
        });
        let rounds = |from: &Line, to: &Line| {
            let by = (from.value() - to.value()).abs();
            let between = |row: usize| from.row < row && row < to.row;
            !by.is_zero() && by < ROUNDING && lines.iter().any(|l| between(l.row) && l.value().abs() == by)
        };
        let above = lines.iter().filter(|other| other.row < line.row);
        Self {
            change,
            paid: line.given() && !lines.iter().any(Line::change),
            rounded: lines.iter().any(|from| rounds(from, line)),
            lines: above_add_up(line, lines),
            taxes: taxes_add_up(line, lines),
            again: lines.iter().filter(|other| other.row != line.row && other.value() == value).count(),
            superseded: lines.iter().any(|to| rounds(line, to)),
            smaller: above.map(Line::value).any(|before| before > value),
        }
    }

    fn add_up(self) -> bool {
        self.change || self.rounded || self.lines || self.taxes
    }

    fn confidence(self, named: f32) -> f32 {
        let speaks = [(self.change, 0.7), (self.paid, 0.6), (self.rounded, 0.6), (self.lines, 0.45), (self.taxes, 0.5)];
        let doubt =
            speaks.iter().filter(|(holds, _)| *holds).fold(1.0 - named, |doubt, (_, weight)| doubt * (1.0 - weight));
        let again = 0.75_f32.powi(i32::try_from(self.again.min(3)).unwrap_or_default());
        // Without arithmetic the words may be those of a part.
        let part = self.smaller && !self.paid && !self.add_up();
        (1.0 - doubt * again) * if self.superseded || part { 0.75 } else { 1.0 }
    }
}

/// Whether two or more rows that follow each other above a row add up to it; what stands between need not belong to it.
fn above_add_up(line: &Line, lines: &[Line]) -> bool {
    /// Subtotal, discount and rounding may stand between.
    const BETWEEN: usize = 3;
    let above: Vec<Decimal> = lines.iter().filter(|other| other.row < line.row).map(Line::value).collect();
    (0..=BETWEEN.min(above.len())).any(|skip| {
        let mut sum = Decimal::ZERO;
        let mut taken = above[..above.len() - skip].iter().rev().enumerate();
        taken.any(|(i, value)| {
            sum += value;
            i > 0 && sum == line.value() && *value != Decimal::ZERO
        })
    })
}

/// Whether another row holds a net amount and its tax that add up to the total.
fn taxes_add_up(line: &Line, lines: &[Line]) -> bool {
    // No tax on sales is higher than three tenths of the net amount.
    let tax = |net: Decimal, tax: Decimal| tax > Decimal::ZERO && tax * Decimal::from(10) <= net * Decimal::from(3);
    lines.iter().filter(|other| other.row != line.row).any(|other| {
        let pairs = other.amounts.windows(2).filter_map(|pair| <[Decimal; 2]>::try_from(pair).ok());
        pairs.into_iter().any(|[net, part]| tax(net, part) && net + part == line.value())
    })
}

/// A text with the decimal marks that recognition set apart or lost ("64. 15", "31 00") and the zeros that tills leave
/// out (".50").
fn marked(text: &str) -> String {
    let joined = pattern!(r"(\d)\s?([.,])\s(\d\d)\b").replace_all(text, "$1$2$3");
    let marked = pattern!(r"(\d) (\d\d)\s*$").replace(&joined, "$1.$2");
    pattern!(r"(^|\s)\.(\d\d)\b").replace_all(&marked, "${1}0.$2").into_owned()
}

#[cfg(test)]
mod tests {
    use domain::Field::TotalGross;

    use crate::testing::{check, findings};

    /// A slip with these rows below its head.
    fn slip(rows: &str) -> String {
        format!("MUSTER LADEN\nHauptstrasse 1\n12345 Dorf\nKassenbon\n\n{rows}\n\nVielen Dank für Ihren Einkauf")
    }

    #[test]
    fn arithmetic_finds_the_total_whatever_it_is_called() {
        for rows in [
            // The sum of the lines, paid without change.
            "Abt. 5    149,00\nAbt. 4    21,00\nBar    170,00",
            // Given less change; the words are misread.
            "Brot    2,28\nMilch    4,00\nTQTAI    170,00\nGASH    200,00\nCHAMGE    30,00",
            // Net and tax of the table below.
            "Essen    170,00\nAmt Due    170,00\nUst 10%:    154,55    15,45",
        ] {
            check(&slip(rows), &[(TotalGross, "170.00")]);
        }
    }

    #[test]
    fn the_rounded_total_is_what_was_paid() {
        let rows = "Summe ohne Steuer    29,26\nTotal (inkl. Steuer)    31,02\nRundung    -0,02\nBar    31,00";
        check(&slip(rows), &[(TotalGross, "31.00")]);
    }

    #[test]
    fn a_part_that_is_called_a_total_is_none_beside_more() {
        let rows = "Ware    60,00\nTotal S    2,60\nBar    63,60\nRückgeld    0,00";
        check(&slip(rows), &[(TotalGross, "63.60")]);
    }

    #[test]
    fn words_without_arithmetic_are_likely_but_not_certain() {
        let found = findings(&slip("Ware    63,60\nSumme    63,60"));
        assert!(found.best(TotalGross).is_some_and(|fact| !fact.certain && fact.value.plain() == "63.60"));
    }
}
