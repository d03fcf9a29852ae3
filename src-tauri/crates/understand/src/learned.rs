//! Places that a person has shown: from a value on a page to the words beside it, and from these words to the value on
//! the next letter.

use std::ops::Range;

use domain::{Anchor, Evidence, Field, Reading, Shape, Side, Value};
use regex::{Regex, RegexBuilder};

use crate::forms::{amounts, dates, identifiers};
use crate::labels::Read;
use crate::layout::{Layout, Run};

/// Words of an anchor: enough to be told apart, few enough to come again.
const MOST_WORDS: usize = 4;
/// Rows in which the words above a value are looked for.
const ROWS_ABOVE: usize = 3;

/// Beside which words a value stands. None where nothing stands there that would come again.
pub fn anchor_of(reading: &Reading, place: &Evidence) -> Option<Anchor> {
    let layout = Layout::of(reading);
    let (row, column) = layout.rows.iter().enumerate().find_map(|(r, row)| {
        let column = row.cells.iter().position(|cell| cell.page == place.page && holds(cell, place))?;
        Some((r, column))
    })?;
    let cell = &layout.rows[row].cells[column];
    let start = start_of(cell, place)?;
    let anchor =
        |words: String, side| Anchor { words, side, one_word: !place.text.trim().contains(' '), pattern: None };
    let before = plain(cell.text.get(..start)?);
    if !before.is_empty() {
        return Some(anchor(before, Side::Behind));
    }
    let left = column.checked_sub(1).map(|left| plain(&layout.rows[row].cells[left].text));
    if let Some(words) = left.filter(|words| !words.is_empty()) {
        return Some(anchor(words, Side::Right));
    }
    let above = layout.rows[..row].iter().rev().take(ROWS_ABOVE).flat_map(|row| &row.cells);
    above
        .filter(|upper| upper.page == cell.page && overlap(upper, cell))
        .map(|upper| plain(&upper.text))
        .find(|words| !words.is_empty())
        .map(|words| anchor(words, Side::Below))
}

/// The one place on the pages that states a value; none where there is none, or several.
pub fn place_of(reading: &Reading, field: Field, value: &Value) -> Option<Evidence> {
    let layout = Layout::of(reading);
    let order = dates::order(&reading.text(), reading.language.as_deref());
    let mut places = layout.cells().flat_map(|cell| {
        let ranges = stating(&cell.text, field, value, order).into_iter();
        ranges.map(|range| cell.evidence(range)).collect::<Vec<_>>()
    });
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

fn stating(text: &str, field: Field, value: &Value, order: dates::Order) -> Vec<Range<usize>> {
    match value {
        Value::Date(day) => {
            dates::find(text, order).into_iter().filter(|(_, date)| date == day).map(|(range, _)| range).collect()
        }
        Value::Amount(wanted) => {
            let amounts = amounts::find(text).into_iter();
            amounts.filter(|amount| amount.value == *wanted).map(|amount| amount.range).collect()
        }
        Value::Iban(iban) => {
            identifiers::ibans(text).into_iter().filter(|(_, found)| found == iban).map(|(range, _)| range).collect()
        }
        Value::Text(words) if field.shape() == Shape::Text => {
            text.match_indices(words.as_str()).map(|(at, hit)| at..at + hit.len()).collect()
        }
        _ => Vec::new(),
    }
}

/// Words that a person has typed, as anchors have them.
pub fn anchor_words(typed: &str) -> String {
    plain(typed)
}

/// Is this a regular expression that an [`Anchor`] can have?
pub fn check_pattern(pattern: &str) -> Result<(), PatternError> {
    compiled(pattern).map(drop)
}

/// A pattern that is not a regular expression, or one too large.
#[derive(Debug, thiserror::Error)]
#[error("“{pattern}” is not a pattern: {reason}")]
pub struct PatternError {
    pattern: String,
    reason: regex::Error,
}

fn compiled(pattern: &str) -> Result<Regex, PatternError> {
    /// Bytes of a compiled pattern: more than any number or date needs.
    const LARGEST: usize = 1 << 18;
    let built = RegexBuilder::new(pattern).case_insensitive(true).size_limit(LARGEST).build();
    built.map_err(|reason| PatternError { pattern: pattern.to_owned(), reason })
}

/// The values of `field` that stand beside an anchor, with their places. None where its pattern is not one.
pub fn beside_anchor(reading: &Reading, field: Field, anchor: &Anchor) -> Vec<(Value, Evidence)> {
    let layout = Layout::of(reading);
    let order = dates::order(&reading.text(), reading.language.as_deref());
    let Ok(beside) = Beside::new(field, anchor, order) else { return Vec::new() };
    let found = in_layout(&layout, anchor, &|text| beside.read(text));
    found.into_iter().map(|(run, range, value)| (value, run.evidence(range))).collect()
}

/// A value with the run and the bytes in which it stands.
pub(crate) type Placed<'l, 'r> = (&'l Run<'r>, Range<usize>, Value);

/// As [`beside_anchor`], in pages that are laid out already.
pub(crate) fn in_layout<'l, 'r>(layout: &'l Layout<'r>, anchor: &Anchor, read: Read<'_, Value>) -> Vec<Placed<'l, 'r>> {
    let mut found = Vec::new();
    for (r, row) in layout.rows.iter().enumerate() {
        for (c, cell) in row.cells.iter().enumerate() {
            match anchor.side {
                Side::Behind => found.extend(behind(cell, &anchor.words, read)),
                Side::Right if plain(&cell.text) == anchor.words => {
                    let right = row.cells.get(c + 1);
                    found.extend(right.and_then(|run| read(&run.text).map(|(range, value)| (run, range, value))));
                }
                Side::Below if plain(&cell.text) == anchor.words => {
                    let below = layout.rows.iter().skip(r + 1).take(ROWS_ABOVE).flat_map(|row| &row.cells);
                    let mut column = below.filter(|lower| lower.page == cell.page && overlap(lower, cell));
                    found.extend(column.find_map(|run| read(&run.text).map(|(range, value)| (run, range, value))));
                }
                Side::Right | Side::Below => {}
            }
        }
    }
    found
}

/// The first value in a cell whose words before it end with the anchor.
fn behind<'l, 'r>(cell: &'l Run<'r>, words: &str, read: Read<'_, Value>) -> Option<Placed<'l, 'r>> {
    let starts = cell.text.match_indices(' ').map(|(at, _)| at + 1);
    starts.filter(|start| plain(cell.text.get(..*start).unwrap_or_default()) == words).find_map(|start| {
        let (range, value) = read(cell.text.get(start..)?)?;
        Some((cell, start + range.start..start + range.end, value))
    })
}

/// How a rule reads what stands beside its words.
pub(crate) struct Beside<'a> {
    field: Field,
    anchor: &'a Anchor,
    pattern: Option<Regex>,
    order: dates::Order,
}

impl<'a> Beside<'a> {
    /// Fails where the anchor's pattern is not one.
    pub(crate) fn new(field: Field, anchor: &'a Anchor, order: dates::Order) -> Result<Self, PatternError> {
        let pattern = anchor.pattern.as_deref().map(compiled).transpose()?;
        Ok(Self { field, anchor, pattern, order })
    }

    /// The value in a text beside the words, with its bytes.
    pub(crate) fn read(&self, text: &str) -> Option<(Range<usize>, Value)> {
        let Some(pattern) = &self.pattern else { return read(self.field, self.anchor.one_word, text, self.order) };
        let hit = pattern.find(text)?;
        let (range, value) = read(self.field, false, hit.as_str(), self.order)?;
        Some((hit.start() + range.start..hit.start() + range.end, value))
    }
}

/// Reads a value at the beginning of a text.
fn read(field: Field, one_word: bool, text: &str, order: dates::Order) -> Option<(Range<usize>, Value)> {
    /// Signs that may stand before a value, such as a currency.
    const REACH: usize = 5;
    let near = |range: &Range<usize>| range.start <= REACH;
    match field.shape() {
        Shape::Date => {
            let first = dates::find(text, order).into_iter().next().filter(|(range, _)| near(range));
            first.map(|(range, date)| (range, Value::Date(date)))
        }
        Shape::Amount => {
            let first = amounts::find(text).into_iter().next().filter(|amount| near(&amount.range));
            first.map(|amount| (amount.range, Value::Amount(amount.value)))
        }
        Shape::Iban => {
            let first = identifiers::ibans(text).into_iter().next().filter(|(range, _)| near(range));
            first.map(|(range, iban)| (range, Value::Iban(iban)))
        }
        Shape::Text => {
            let start = text.find(|c: char| c.is_alphanumeric())?;
            let rest = text.get(start..)?.trim_end();
            let length = if one_word { rest.find(' ').unwrap_or(rest.len()) } else { rest.len() };
            Some((start..start + length, Value::Text(rest.get(..length)?.to_owned())))
        }
        Shape::Integer | Shape::Currency => {
            let word = text.split_whitespace().next()?;
            let start = text.find(word)?;
            Value::parse(field, word).ok().map(|value| (start..start + word.len(), value))
        }
        Shape::DateTime | Shape::Skonto | Shape::Lines | Shape::Taxes | Shape::Adjustments | Shape::Instalments => None,
    }
}

/// The last words of a text as an anchor: numbers change from letter to letter.
fn plain(text: &str) -> String {
    let folded = crate::forms::folded(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    words[words.len().saturating_sub(MOST_WORDS)..].join(" ")
}

fn holds(cell: &Run<'_>, place: &Evidence) -> bool {
    let (middle, x) = (place.rect.middle(), place.rect.x);
    (cell.rect.y..=cell.rect.bottom()).contains(&middle) && (cell.rect.x - 0.002..=cell.rect.right()).contains(&x)
}

/// Where in a cell's text the words of a place begin.
fn start_of(cell: &Run<'_>, place: &Evidence) -> Option<usize> {
    let first = place.text.split_whitespace().next()?;
    let starts = cell.text.match_indices(first).map(|(at, _)| at);
    let distance = |at: &usize| (cell.evidence(*at..at + first.len()).rect.x - place.rect.x).abs();
    starts.min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

fn overlap(one: &Run<'_>, another: &Run<'_>) -> bool {
    one.rect.x < another.rect.right() && one.rect.right() > another.rect.x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    /// Learns from a word on one page and finds the value on another.
    fn check(field: Field, shown: &str, word: &str, next: &str, expected: Option<&str>) {
        let reading = page(shown);
        let words: Vec<_> =
            reading.pages[0].words.iter().filter(|w| word.split(' ').any(|part| part == w.text)).collect();
        let rect = words.iter().map(|word| word.rect).reduce(|a, b| a.union(&b)).unwrap();
        let anchor = anchor_of(&reading, &Evidence { page: 1, rect, text: word.to_owned() });
        let found = anchor.and_then(|anchor| beside_anchor(&page(next), field, &anchor).into_iter().next());
        assert_eq!(found.map(|(value, _)| value.plain()).as_deref(), expected, "{word:?} in\n{shown}\nthen in\n{next}");
    }

    #[test]
    fn a_value_is_found_again_behind_right_of_or_below_the_words_beside_it() {
        let (shown, next) = ("Ihr Beitrag wird am 05.12.2026 gebucht", "Ihr Beitrag wird am 07.01.2027 gebucht");
        check(Field::DueDate, shown, "05.12.2026", next, Some("2027-01-07"));
        let (shown, next) = ("Abrechnung 4      84,20 EUR", "Abrechnung 5      91,00 EUR");
        check(Field::AmountDue, shown, "84,20", next, Some("91.00"));
        let (shown, next) = ("Kennung\nAB-17 Süd", "\n\nKennung\nCD-9 Nord");
        check(Field::CustomerNumber, shown, "AB-17", next, Some("CD-9"));
        check(Field::CustomerNumber, shown, "AB-17 Süd", next, Some("CD-9 Nord"));
    }

    #[test]
    fn a_pattern_says_which_of_the_words_beside_the_anchor_is_the_value() {
        let check = |pattern: &str, expected: Option<&str>| {
            let pattern = Some(pattern.to_owned());
            let anchor = Anchor { words: "kennung".to_owned(), side: Side::Behind, one_word: true, pattern };
            let found = beside_anchor(&page("Kennung neu seit Mai: K-4711 Süd"), Field::CustomerNumber, &anchor);
            assert_eq!(found.first().map(|(value, _)| value.plain()).as_deref(), expected, "{:?}", anchor.pattern);
            assert!(found.iter().all(|(value, place)| place.text == value.plain()), "{found:?}");
        };
        check(r"k-\d{4}", Some("K-4711"));
        check(r"k-\d{5}", None);
        check(r"k-(", None);
        assert!(check_pattern("k-(").is_err() && check_pattern(r"\p{L}{5000}").is_err() && check_pattern("k").is_ok());
    }

    #[test]
    fn nothing_is_found_beside_other_words_or_without_any() {
        check(Field::DueDate, "gebucht am 05.12.2026", "05.12.2026", "bestellt am 07.01.2027", None);
        check(Field::AmountDue, "84,20", "84,20", "91,00", None);
    }
}
