//! The lines of a bill: rows below a table's heading that have an amount in its last column.

use domain::{Check, DocumentKind, Evidence, Fact, Field, LineItem, Rect, Value};
use rust_decimal::Decimal;

use super::Extractor;
use crate::context::Context;
use crate::forms::{amounts, pattern};
use crate::layout::{Row, Run};

pub(super) struct LineItems;

/// Where the columns of a table stand, as fractions of the page's width.
struct Columns {
    /// The sums of the lines.
    amount: (f32, f32),
    /// What was delivered; missing where no heading says so.
    description: Option<f32>,
}

/// A line while its table is being read.
struct Line {
    words: Vec<String>,
    /// Quantity and price of one.
    product: Option<(Decimal, Decimal)>,
    amount: Decimal,
    /// Where its words start.
    left: f32,
    page: u32,
    rect: Rect,
    sureness: f32,
}

impl Extractor for LineItems {
    fn id(&self) -> &'static str {
        "line_items"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let listed = matches!(
            context.kind(),
            DocumentKind::Invoice
                | DocumentKind::CorrectedInvoice
                | DocumentKind::SelfBilledInvoice
                | DocumentKind::CreditNote
                | DocumentKind::AccountingInfo
                | DocumentKind::OrderConfirmation
                | DocumentKind::Receipt
        );
        if !listed {
            return Vec::new();
        }
        let mut lines = lines(&context.layout.rows);
        let total = |lines: &[Line]| lines.iter().map(|line| line.amount).sum::<Decimal>();
        let mut agrees = context.layout.cells().any(|cell| lines.len() > 1 && states(cell, total(&lines)));
        if lines.is_empty()
            && let Some(bare) = above_their_sum(&context.layout.rows)
        {
            (lines, agrees) = (bare, true);
        }
        let Some(first) = lines.first() else { return Vec::new() };
        let rect = lines.iter().filter(|line| line.page == first.page).map(|line| line.rect);
        let rect = rect.reduce(|a, b| a.union(&b)).unwrap_or(first.rect);
        let sureness = lines.iter().map(|line| line.sureness).fold(1.0, f32::min);
        let evidence = Evidence { page: first.page, rect, text: first.words.join(" ") };
        let origin = context.layout.cells().next().map_or(domain::Origin::Text, |cell| cell.origin);
        vec![Fact {
            field: Field::LineItems,
            value: Value::Lines(lines.into_iter().map(item).collect()),
            confidence: if agrees { 0.9 } else { 0.6 } * (0.5 + 0.5 * sureness),
            certain: false,
            origin,
            by: self.id().to_owned(),
            evidence: Some(evidence),
            checks: if agrees { vec![Check::SumsAgree] } else { Vec::new() },
        }]
    }
}

/// The lines of all tables.
fn lines(rows: &[Row]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    // A table goes on on the next page.
    let mut table: Option<Columns> = None;
    for (r, row) in rows.iter().enumerate() {
        if let Some(heading) = columns(rows, r) {
            table = Some(heading);
            continue;
        }
        let Some(columns) = &table else { continue };
        if ends(row, columns) {
            table = None;
            continue;
        }
        match line(row, columns) {
            Some(line) => match lines.last_mut() {
                // A reduction belongs to the line above.
                Some(before) if is_reduction(&line) => before.amount += line.amount,
                _ => lines.push(line),
            },
            None => goes_on(row, lines.last_mut()),
        }
    }
    lines
}

/// Whether a cell states an amount.
fn states(cell: &Run, amount: Decimal) -> bool {
    amounts::find(&cell.text).iter().any(|found| found.value == amount)
}

/// Lines without a heading: rows of words and an amount, one below the other, that add up to the amount below them.
fn above_their_sum(rows: &[Row]) -> Option<Vec<Line>> {
    /// How exactly amounts stand below each other, as a fraction of the page's width.
    const EDGE: f32 = 0.015;
    const LONGEST: usize = 40;
    rows.iter().enumerate().find_map(|(r, row)| {
        let last = row.cells.last().filter(|_| row.cells.len() > 1)?;
        let sum = amounts::find(&last.text).pop().filter(|sum| !sum.value.is_zero())?;
        let columns = Columns { amount: (last.rect.x, last.rect.right()), description: None };
        let above = rows.get(r.saturating_sub(LONGEST)..r)?.iter().rev();
        let aligned = |row: &&Row| {
            row.cells
                .last()
                .is_some_and(|cell| cell.page == last.page && (cell.rect.right() - last.rect.right()).abs() < EDGE)
        };
        let mut lines: Vec<Line> = Vec::new();
        let mut rest = sum.value;
        for line in
            above.take_while(aligned).take_while(|row| !ends(row, &columns)).map_while(|row| line(row, &columns))
        {
            rest -= line.amount;
            lines.insert(0, line);
            if rest.is_zero() && lines.len() > 1 {
                return Some(lines);
            }
        }
        None
    })
}

/// The columns of the heading whose main row is `r`, if it is one.
fn columns(rows: &[Row], r: usize) -> Option<Columns> {
    /// A heading is set in up to so many rows above and below its main one.
    const REACH: usize = 2;
    let amount = pattern!(
        r"(?:betrag|summe|gesamt(?:preis)?|g-preis|entgelt|total|amount|montant|prix ht|bedrag|prijs|preis|price|prix|\bwert|\beur|\bchf|€)"
    );
    let description = pattern!(
        r"(?:bezeichnung|beschreibung|artikel|produkt|leistung(?:en)?\b|\btext\b|description|\bitem|product|d[ée]signation|omschrijving|\bware\b|\bservice\b|tätigkeit|gegenstand)"
    );
    let quantity = pattern!(
        r"(?:\bmenge|anzahl|\bstk\b|stück|\bqty|quantity|quantit[ée]|aantal|\bstd\b|stunden|\bhours|einheit|einzelpreis|e-preis|unit price|\brate\b|unitaire|preis\b|price\b|prix\b|prijs)"
    );
    let main = rows.get(r)?;
    let top = main.cells.first()?;
    // A heading has words only, and stands close together.
    let belongs = |row: &&Row| {
        row.cells.first().is_some_and(|cell| {
            cell.page == top.page && (cell.rect.y - top.rect.y).abs() < REACH as f32 * 1.6 * top.rect.h
        }) && row.cells.iter().all(|cell| amounts::find(&cell.text).is_empty() && !cell.text.ends_with(':'))
    };
    if !belongs(&main) || main.cells.len() < 2 {
        return None;
    }
    let above = rows.get(r.saturating_sub(REACH)..r)?.iter().rev().take_while(belongs);
    let below = rows.get(r + 1..)?.iter().take(REACH).take_while(belongs);
    let what = main.cells.iter().find_map(|cell| Some(cell.evidence(description.find(&cell.text)?.range()).rect.x));
    if what.is_none() && !main.cells.iter().any(|cell| quantity.is_match(&cell.text)) {
        return None;
    }
    let cells = above.chain([main]).chain(below).flat_map(|row| &row.cells);
    let sums = cells.flat_map(|cell| amount.find_iter(&cell.text).map(|hit| cell.evidence(hit.range()).rect));
    let sum = sums.max_by(|a, b| a.right().total_cmp(&b.right()))?;
    // The column of the sums is one of its own, right of the words.
    let apart = main.cells.iter().any(|cell| cell.rect.x + 0.15 < sum.x);
    apart.then(|| Columns { amount: (sum.x, sum.right()), description: what })
}

/// Whether a row ends the table: a sum, or words of the sums.
fn ends(row: &Row, columns: &Columns) -> bool {
    let sums = pattern!(
        r"^\W*(?:(?:rechnungs|zwischen|netto|brutto|gesamt|positions|waren|end|auftrags)-?(?:summe|betrag|wert|total)|summe|gesamt\b|netto\b|brutto\b|zwischentotal|sub-?tot\w*|total|tot\b|totaal|net\b|taxe?\b|mwst|ust|umsatzsteuer|mehrwertsteuer|vat\b|tva\b|btw\b|übertrag|zu zahlen|zahlbetrag|amount due|balance|zahlungsbedingung|exclusief|versandkosten gesamt|zzgl\.? .{0,12}(?:mwst|ust|umsatzsteuer|mehrwertsteuer))"
    );
    let strong = row.cells.iter().find(|cell| sums.is_match(&cell.text));
    strong.is_some_and(|cell| {
        let named = columns.description.is_none_or(|left| cell.rect.x > left - 0.05 || row.cells.len() <= 3);
        named && (cell.text.ends_with(':') || row.cells.iter().any(|cell| !amounts::find(&cell.text).is_empty()))
    })
}

/// A row with an amount in the last column and words before it.
fn line(row: &Row, columns: &Columns) -> Option<Line> {
    /// How far an amount may stand left of its heading.
    const SLACK: f32 = 0.06;
    let (left, right) = columns.amount;
    let (amount, value) = row.cells.iter().rev().find_map(|cell| {
        let found = amounts::find(&cell.text).pop()?;
        let rect = cell.evidence(found.range.clone()).rect;
        (rect.right() > left - 0.01 && rect.x < right + SLACK && rect.right() > left.min(right - SLACK))
            .then_some((cell, found))
    })?;
    let described = |cell: &&Run| {
        cell.text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && cell.rect.x < left
            || columns.description.is_some_and(|x| (cell.rect.x - x).abs() < 0.02)
                && cell.text.contains(char::is_alphabetic)
    };
    let words = row.cells.iter().filter(described).min_by(|a, b| {
        let away = |cell: &Run| columns.description.map_or(-(cell.text.len() as f32), |x| distance(cell, x));
        away(a).total_cmp(&away(b))
    })?;
    let text = description(words, if std::ptr::eq(words, amount) { value.range.start } else { words.text.len() })?;
    Some(Line {
        product: product(row, words, value.value),
        words: vec![text],
        amount: value.value,
        left: words.rect.x,
        page: words.page,
        rect: words.rect.union(&amount.rect),
        sureness: amount.sureness(value.range),
    })
}

fn distance(cell: &Run, x: f32) -> f32 {
    if (cell.rect.x - 0.01..cell.rect.right()).contains(&x) { 0.0 } else { (cell.rect.x - x).abs() }
}

/// The words of a cell up to `end`, without the position before and the quantity and price behind them.
fn description(cell: &Run, end: usize) -> Option<String> {
    let text = cell.text.get(..end)?;
    let start = pattern!(r"^(?:\d{1,4}\.?\s+){0,2}").find(text).map_or(0, |hit| hit.end());
    let text = text.get(start..)?;
    let tail = pattern!(r"\s+\d+(?:[.,]\d+)?(?:\s?(?:EUR|CHF|€|x|stk\.?|stück|std\.?|h))?\s*$");
    let text = tail.find(text).filter(|hit| hit.start() > 3).map_or(text, |hit| &text[..hit.start()]);
    (text.chars().filter(|c| c.is_alphabetic()).count() >= 2).then(|| text.trim().to_owned())
}

/// Adds the words of a row without an amount to the line above it.
fn goes_on(row: &Row, line: Option<&mut Line>) {
    /// A description is not longer.
    const ROWS: usize = 6;
    /// In heights of a row.
    const GAP: f32 = 1.6;
    let Some(line) = line.filter(|line| line.words.len() < ROWS) else { return };
    let cell =
        row.cells.iter().find(|cell| cell.page == line.page && (-0.02..0.08).contains(&(cell.rect.x - line.left)));
    if let Some(cell) = cell.filter(|cell| cell.rect.y - line.rect.bottom() < GAP * cell.rect.h) {
        line.words.push(cell.text.clone());
        line.rect = line.rect.union(&cell.rect);
    }
}

fn is_reduction(line: &Line) -> bool {
    line.amount.is_sign_negative()
        && line.words.first().is_some_and(|text| {
            pattern!(r"^\W*(?:abzgl|abzüglich|rabatt|nachlass|less\b|discount|remise|korting)").is_match(text)
        })
}

/// All numbers of a text, in either decimal form.
fn plain_numbers(text: &str) -> Vec<Decimal> {
    let form = pattern!(r"\d[\d.,'’]*\d|\d");
    form.find_iter(text)
        .filter(|hit| !text.get(hit.end()..).unwrap_or_default().trim_start().starts_with('%'))
        .filter_map(|hit| decimal(hit.as_str()))
        .collect()
}

fn leading_number(text: &str) -> Option<Decimal> {
    let hit = pattern!(r"^(?:\d{1,3}\.?\s+)?(?P<count>\d+(?:[.,]\d+)?)\s").captures(text)?;
    decimal(hit.name("count")?.as_str())
}

/// The last point or comma parts the decimals.
fn decimal(text: &str) -> Option<Decimal> {
    let at = text.rfind(['.', ',']);
    let (whole, decimals) = at.map_or((text, ""), |at| (&text[..at], &text[at + 1..]));
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let number = if decimals.is_empty() { digits } else { format!("{digits}.{decimals}") };
    number.parse().ok()
}

/// Quantity and price: those numbers of the row whose product is its amount.
fn product(row: &Row, words: &Run, amount: Decimal) -> Option<(Decimal, Decimal)> {
    let cent = Decimal::new(1, 2);
    let others = row.cells.iter().filter(|cell| !std::ptr::eq(*cell, words));
    let mut numbers: Vec<Decimal> = others.flat_map(|cell| plain_numbers(&cell.text)).collect();
    // The amount itself is none of them.
    let own = numbers.iter().rposition(|number| *number == amount.abs())?;
    numbers.remove(own);
    numbers.extend(leading_number(&words.text));
    let pairs = numbers.iter().enumerate().flat_map(|(i, a)| numbers.iter().skip(i + 1).map(move |b| (*a, *b)));
    let is_product = |(a, b): &(Decimal, Decimal)| {
        !a.is_zero() && a.checked_mul(*b).is_some_and(|product| (product - amount.abs()).abs() <= cent)
    };
    // The price has the cents.
    let sorted = |(a, b): (Decimal, Decimal)| if a.scale() >= 2 && b.scale() < 2 { (b, a) } else { (a, b) };
    pairs.into_iter().find(is_product).map(sorted)
}

fn item(line: Line) -> LineItem {
    LineItem {
        description: line.words.join(" "),
        quantity: line.product.map(|(quantity, _)| quantity),
        unit: None,
        unit_price: line.product.map(|(_, price)| price),
        amount: Some(line.amount),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Field, Value};

    use crate::testing::findings;

    /// Description, quantity × price and amount of each line.
    fn lines(drawing: &str) -> Vec<(String, String, String)> {
        let findings = findings(drawing);
        let Some(Value::Lines(lines)) = findings.value(Field::LineItems) else { return Vec::new() };
        let text =
            |number: Option<rust_decimal::Decimal>| number.map(|n| n.normalize().to_string()).unwrap_or_default();
        let of = |line: &domain::LineItem| {
            (
                line.description.clone(),
                format!("{} × {}", text(line.quantity), text(line.unit_price)),
                text(line.amount),
            )
        };
        lines.iter().map(of).collect()
    }

    fn line(description: &str, product: &str, amount: &str) -> (String, String, String) {
        (description.to_owned(), product.to_owned(), amount.to_owned())
    }

    #[test]
    fn rows_below_a_heading_are_the_lines_of_the_bill() {
        let bill = "Rechnung Nr. 12\n\nPos    Bezeichnung           Menge    Preis     Betrag\n1      Fenster putzen        2        10,50     21,00\n       im ersten Stock\n2      Anfahrt               1        8,00      8,00\n\nSumme netto                                     29,00\n19 % MwSt.                                      5,51\nRechnungsbetrag                                 34,51";
        assert_eq!(
            lines(bill),
            [line("Fenster putzen im ersten Stock", "2 × 10.5", "21"), line("Anfahrt", "1 × 8", "8")]
        );
    }

    #[test]
    fn a_reduction_belongs_to_the_line_above() {
        let bill = "Invoice 12\n\nDescription           Qty      Unit price    Amount\nCleaning              2        10.00         20.00\nless 10% discount                            -2.00\nTotal                                        18.00";
        assert_eq!(lines(bill), [line("Cleaning", "2 × 10", "18")]);
    }

    #[test]
    fn a_bill_without_a_table_has_no_lines() {
        assert!(lines("Rechnung Nr. 12\n\nBeratung    100,00\nRechnungsbetrag    119,00").is_empty());
    }
}
