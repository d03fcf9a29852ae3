//! The columns of a table, by its heading, and where the table ends.

use crate::forms::{amounts, pattern};
use crate::layout::{Row, Run};

/// Where the columns of a table stand, as fractions of the page's width.
pub(super) struct Columns {
    /// The sums of the lines: left and right end of their heading.
    pub(super) amount: (f32, f32),
    /// What was delivered: left end of its heading; missing where no heading says so.
    pub(super) description: Option<f32>,
}

impl Columns {
    /// The columns of the heading whose main row is the `r`-th, if it is one.
    pub(super) fn of_heading(rows: &[Row], r: usize) -> Option<Self> {
        let amount = pattern!(
            r"(?:betrag|summe|gesamt(?:preis)?|g-preis|entgelt|total|amount|montant|prix ht|bedrag|prijs|preis|price|prix|\bwert|\beur|\bchf|€)"
        );
        let description = pattern!(
            r"(?:bezeichnung|beschreibung|artikel|produkt|leistung(?:en)?\b|\btext\b|description|\bitem|product|d[ée]signation|omschrijving|\bware\b|\bservice\b|tätigkeit|gegenstand)"
        );
        let quantity = pattern!(
            r"(?:\bmenge|anzahl|\bstk\b|stück|\bqty|quantity|quantit[ée]|aantal|\bstd\b|stunden|\bhours|einheit|einzelpreis|e-preis|unit price|\brate\b|unitaire|preis\b|price\b|prix\b|prijs)"
        );
        /// How far right of the first words a column of sums begins, as a fraction of the page's width.
        const APART: f32 = 0.15;
        let heading = heading(rows, r)?;
        let main = rows.get(r)?;
        let left = |cell: &Run| Some(cell.evidence(description.find(&cell.text)?.range()).rect.x);
        let described = main.cells.iter().find_map(left);
        if described.is_none() && !main.cells.iter().any(|cell| quantity.is_match(&cell.text)) {
            return None;
        }
        let cells = heading.iter().flat_map(|row| &row.cells);
        let sums = cells.flat_map(|cell| amount.find_iter(&cell.text).map(|hit| cell.evidence(hit.range()).rect));
        let sum = sums.max_by(|a, b| a.right().total_cmp(&b.right()))?;
        let apart = main.cells.iter().any(|cell| cell.rect.x + APART < sum.x);
        apart.then(|| Self { amount: (sum.x, sum.right()), description: described })
    }

    /// Whether a row ends the table: a sum, or words of the sums.
    pub(super) fn end_at(&self, row: &Row) -> bool {
        let sums = pattern!(
            r"^\W*(?:(?:rechnungs|zwischen|netto|brutto|gesamt|positions|waren|end|auftrags)-?(?:summe|betrag|wert|total)|summe|gesamt\b|netto\b|brutto\b|zwischentotal|sub-?tot\w*|total|tot\b|totaal|net\b|taxe?\b|mwst|ust|umsatzsteuer|mehrwertsteuer|vat\b|tva\b|btw\b|übertrag|zu zahlen|zahlbetrag|amount due|balance|zahlungsbedingung|exclusief|versandkosten gesamt|zzgl\.? .{0,12}(?:mwst|ust|umsatzsteuer|mehrwertsteuer))"
        );
        row.cells.iter().find(|cell| sums.is_match(&cell.text)).is_some_and(|cell| {
            // Left of the descriptions such a word may be the number of an article.
            let named = self.description.is_none_or(|left| cell.rect.x > left - 0.05 || row.cells.len() <= 3);
            named && (cell.text.ends_with(':') || has_amount(row))
        })
    }
}

/// The rows of a heading whose main row is the `r`-th; none where that row can be no heading's.
fn heading<'r, 'a>(rows: &'r [Row<'a>], r: usize) -> Option<Vec<&'r Row<'a>>> {
    /// A heading is set in up to so many rows above and below its main one.
    const REACH: usize = 2;
    /// From one row of it to the next, in heights of a word.
    const ROW: f32 = 1.6;
    let main = rows.get(r).filter(|main| main.cells.len() >= 2)?;
    let top = main.cells.first()?;
    // A heading has words only, and stands close together.
    let belongs = |row: &&Row| {
        let near =
            |cell: &Run| cell.page == top.page && (cell.rect.y - top.rect.y).abs() < REACH as f32 * ROW * top.rect.h;
        row.cells.first().is_some_and(near)
            && !has_amount(row)
            && !row.cells.iter().any(|cell| cell.text.ends_with(':'))
    };
    let above = rows.get(r.saturating_sub(REACH)..r)?.iter().rev().take_while(belongs);
    let below = rows.get(r + 1..)?.iter().take(REACH).take_while(belongs);
    belongs(&main).then(|| above.chain([main]).chain(below).collect())
}

/// Whether a row states an amount.
fn has_amount(row: &Row) -> bool {
    row.cells.iter().any(|cell| !amounts::find(&cell.text).is_empty())
}
