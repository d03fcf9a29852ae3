//! What a letter calls itself: its subject line or its heading, for the title of its document.

use domain::{Reading, Word};

use crate::context::is_salutation;
use crate::forms::dates::{self, DateOrder};
use crate::forms::{misread, pattern};
use crate::kinds::names_a_kind;
use crate::layout::{Layout, Run};

/// Words of a longer line are a sentence.
const LONGEST: usize = 14;

/// The subject line of a letter as printed: what stands behind "Betreff:", else right above the salutation, else the line in
/// large letters that the page begins with. Particulars such as "Kundennummer: 12" are none.
pub fn subject_line(reading: &Reading) -> Option<String> {
    let reading = misread::reading(reading);
    let layout = Layout::of(&reading);
    let first: Vec<&Run<'_>> = layout.cells().take_while(|cell| cell.page == 1).collect();
    labelled(&first)
        .or_else(|| above_salutation(&first))
        .or_else(|| heading(&reading, &layout))
        .or_else(|| name_of_the_paper(&layout))
}

fn labelled(cells: &[&Run<'_>]) -> Option<String> {
    let label = pattern!(r"^(?:betreff|betr\.?|subject|re)\s*:\s*(?P<rest>\S.*)$");
    let bare = pattern!(r"^(?:betreff|betr\.?|subject)\s*:?$");
    cells.iter().enumerate().find_map(|(at, cell)| {
        if let Some(rest) = label.captures(&cell.text).and_then(|found| found.name("rest")) {
            return Some(rest.as_str().trim().to_owned());
        }
        bare.is_match(&cell.text).then(|| cells.get(at + 1).map(|next| next.text.trim().to_owned())).flatten()
    })
}

/// The lines right above the salutation that belong together, the upper one first.
fn above_salutation(cells: &[&Run<'_>]) -> Option<String> {
    /// Particulars may stand between the subject and the salutation.
    const BETWEEN: usize = 4;
    /// A subject of more lines is a paragraph.
    const LINES: usize = 2;
    let salutation = cells.iter().position(|cell| is_salutation(&cell.text))?;
    let above = cells.get(..salutation).unwrap_or_default();
    // Above the town is the address of the reader.
    let town = pattern!(r"^(?:d-)?\d{4,5} \p{L}");
    let mut below_address =
        above.iter().enumerate().rev().take(BETWEEN).take_while(|(_, cell)| !town.is_match(&cell.text));
    let (at, _) = below_address.find(|(_, cell)| names_something(&cell.text))?;
    let last = above.get(at)?;
    let mut lines = vec![last.text.trim()];
    for upper in above.get(..at).unwrap_or_default().iter().rev() {
        let beside = (upper.rect.x - last.rect.x).abs() < 0.01;
        let distance = cells.get(at).map_or(1.0, |cell| cell.rect.y) - upper.rect.y;
        let follows = distance < 2.0 * last.rect.h.max(0.005) * lines.len() as f32;
        let same_size = (upper.rect.h - last.rect.h).abs() < 0.15 * last.rect.h;
        if lines.len() >= LINES || !beside || !follows || !same_size || !names_something(&upper.text) {
            break;
        }
        lines.insert(0, upper.text.trim());
    }
    Some(lines.join(" "))
}

/// The largest line of the upper half of the page that stands alone in its row and is larger than the text. Names of senders stand
/// at the very top.
fn heading(reading: &Reading, layout: &Layout<'_>) -> Option<String> {
    const TOP: f32 = 0.12;
    const LOWEST: f32 = 0.5;
    const LARGE: f32 = 1.15;
    let mut largest: Option<&Run<'_>> = None;
    for line in alone(layout)
        .filter(|line| (TOP..LOWEST).contains(&line.rect.y) && size(reading, line) > LARGE * layout.word_height)
    {
        // Of lines about as large the upper one counts.
        if names_something(&line.text) && largest.is_none_or(|known| size(reading, line) > 1.1 * size(reading, known)) {
            largest = Some(line);
        }
    }
    largest.map(|line| line.text.trim().to_owned())
}

/// The first line of the upper half of the page that names a sort of paper and stands alone in its row, below the sender: in a
/// letter without large print, salutation or label.
fn name_of_the_paper(layout: &Layout<'_>) -> Option<String> {
    const LOWEST: f32 = 0.5;
    let mut lines = alone(layout).skip(1).take_while(|line| line.rect.y < LOWEST);
    lines.find(|line| names_something(&line.text) && names_a_kind(&line.text)).map(|line| line.text.trim().to_owned())
}

/// The lines of the first page that stand alone in their row.
fn alone<'a>(layout: &'a Layout<'a>) -> impl Iterator<Item = &'a Run<'a>> {
    layout.rows.iter().filter_map(|row| match row.cells.as_slice() {
        [one] if one.page == 1 => Some(one),
        _ => None,
    })
}

/// The usual height of its words: that of the line grows where a page lies askew.
fn size(reading: &Reading, line: &Run<'_>) -> f32 {
    let words = reading.pages.first().map(|page| page.words.as_slice()).unwrap_or_default();
    let (left, right) = (line.rect.x - 0.001, line.rect.right() + 0.001);
    let inside = |word: &&Word| {
        word.rect.x >= left
            && word.rect.right() <= right
            && (line.rect.y..line.rect.bottom()).contains(&word.rect.middle())
    };
    let mut heights: Vec<f32> = words.iter().filter(inside).map(|word| word.rect.h).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or_default()
}

/// Whether a line may be a subject: it has words, and is no particular, no sentence, no address and no day.
fn names_something(line: &str) -> bool {
    let particular = pattern!(
        r"^(?:ihr(?:e)? )?(?:sach)?(?:bearbeiter|ansprechpartner)(?:in)?$|\b[\w-]+\.(?:de|com|org|net|eu|at|ch|uk|info|example)\b|^[\p{L}.\- /]{2,30}:\s*\S*\d|^(?:datum|ort|kund\w*|ansprech\w*|\w*bearbeit\w*|name|zeichen|date|contact)\b[^:]{0,20}:|\d:\d\d|^(?:seite|page|unterschrift|signature)\b|^\W*(?:tel|fax|telefon|e-?mail)\b|@|www\."
    );
    let address = pattern!(
        r"\b\d{5} \p{L}|\bstr(?:aße|asse|\.)? \d|^[\p{L} .\-]+ \d{1,3} ?[a-z]?$|^(?:frau|herrn?|familie|mr|mrs|ms)\b|·"
    );
    let words = line.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).count();
    let is_day = dates::first(line, DateOrder::DayFirst).is_some_and(|(range, _)| range.len() + 14 >= line.len());
    words > 0
        && line.split_whitespace().count() <= LONGEST
        && !line.ends_with(['.', ',', ';', '!', '?'])
        && !particular.is_match(line)
        && !address.is_match(line)
        && !is_day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    #[track_caller]
    fn check(drawing: &str, expected: Option<&str>) {
        assert_eq!(subject_line(&page(drawing)).as_deref(), expected, "{drawing}");
    }

    #[test]
    fn the_line_above_the_salutation_or_behind_its_label_is_the_subject() {
        let letter =
            "Muster GmbH · Am Anger 3 · 05123 Eichenbruck\n\nFrau\nMara Winter\nLindenweg 4\n05123 Eichenbruck\n\n";
        check(
            &format!(
                "{letter}Datum: 02.11.2026\n\nRenovierung Ihres Badezimmers\n\nSehr geehrte Frau Winter,\n\nwir danken."
            ),
            Some("Renovierung Ihres Badezimmers"),
        );
        check(
            &format!(
                "{letter}Abschlagszahlung Gas 2027\nLieferstelle Lindenweg\n\nGuten Tag Frau Winter,\n\nwir danken."
            ),
            Some("Abschlagszahlung Gas 2027 Lieferstelle Lindenweg"),
        );
        check(
            &format!("{letter}Ihr Umzug nach Eichenbruck\nKundennummer: 4711\n\nHallo Frau Winter,\n\nwir danken."),
            Some("Ihr Umzug nach Eichenbruck"),
        );
        check("Betreff: Wartung der Heizung\n\nSehr geehrte Damen und Herren,", Some("Wartung der Heizung"));
        check("Muster GmbH\n\n2. Mahnung\n\nDatum: 02.11.2026\n\nZu zahlen: 12,00 €", Some("2. Mahnung"));
        check("Subject: Parking permit 2027\n\nDear Ms Winter,", Some("Parking permit 2027"));
    }

    #[test]
    fn particulars_days_addresses_and_sentences_are_no_subject() {
        check("Kundennummer: 4711\nEichenbruck, 02.11.2026\n\nSehr geehrte Frau Winter,", None);
        check("Lindenweg 4\n05123 Eichenbruck\n\nSehr geehrte Frau Winter,", None);
        check("Bitte beachten Sie die Rückseite.\n\nSehr geehrte Frau Winter,", None);
    }
}
