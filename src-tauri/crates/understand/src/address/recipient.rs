//! The reader's address.

use super::party::{Party, is_heading, party};
use super::{is_place, is_return_address, names_place};
use crate::forms::pattern;
use crate::layout::{Layout, Run};

/// The lines of the reader's address on the first page, name first; none if there is no such block.
pub(crate) fn recipient<'l, 'a>(layout: &'l Layout<'a>) -> Option<Vec<&'l Run<'a>>> {
    /// Below it only a heading tells whose address it is.
    const LOWEST: f32 = 0.5;
    let cells: Vec<&Run> = layout.cells().take_while(|cell| cell.page == 1).collect();
    let blocks = cells.iter().enumerate().filter(|(_, cell)| is_place(&cell.text)).map(|(i, _)| block(&cells, i));
    blocks
        .filter(|(lines, heading)| heading.is_some() || lines.last().is_some_and(|place| place.rect.y < LOWEST))
        .filter_map(|(block, label)| Some((standing(&cells, &block, label)?, block)))
        // Of equals the first.
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map(|(_, block)| block)
}

/// The lines above the place at `end` in its column, name first, and the heading over them.
fn block<'l, 'a>(cells: &[&'l Run<'a>], end: usize) -> (Vec<&'l Run<'a>>, Option<&'l Run<'a>>) {
    /// In lines.
    const LONGEST: usize = 6;
    let place = cells[end];
    let mut lines = vec![place];
    for cell in cells[..end].iter().rev() {
        let below = lines.last().map_or(place.rect, |line| line.rect);
        let gap = below.y - cell.rect.bottom();
        let line = below.h.max(cell.rect.h);
        if (cell.rect.x - place.rect.x).abs() > 0.03 || gap < -0.5 * line {
            continue;
        }
        if cell.text.ends_with(':') || is_heading(&cell.text) {
            return (lines.into_iter().rev().collect(), Some(cell));
        }
        if gap > widest(&lines) * line
            || cell.rect.h > 1.4 * place.rect.h
            || is_return_address(&cell.text)
            || is_place(&cell.text)
            || is_piece_of_return_address(cells, cell)
            || cell.rect.h < 0.9 * place.rect.h && is_second_line_of_return_address(cells, cell)
            || lines.len() >= LONGEST
        {
            break;
        }
        lines.push(cell);
        // What stands above "Herrn" is the sender's.
        if is_title_alone(&cell.text) {
            break;
        }
    }
    (lines.into_iter().rev().collect(), None)
}

/// Whether a line is nothing but the title with which an address begins.
fn is_title_alone(line: &str) -> bool {
    pattern!(
        r"^\W*(?:herrn?(?: und (?:frau|herrn?))?|frau(?: und (?:herrn?|frau))?|familie|eheleute|firma|an (?:die|den|das))\W*$"
    )
    .is_match(line)
}

/// How wide a gap may be above these lines of a block, the lowest first, in heights of a line.
fn widest(lines: &[&Run]) -> f32 {
    match lines {
        [.., top] if is_title_of_name(&top.text) => 1.2,
        // The street may stand apart from the place, as in old letters.
        [_] => 4.5,
        _ => 2.5,
    }
}

/// Whether a cell is the beginning of a return address whose place stands in a cell of its own, right of it.
fn is_piece_of_return_address(cells: &[&Run], cell: &Run) -> bool {
    cells.iter().any(|other| {
        (other.rect.y - cell.rect.y).abs() < 0.5 * cell.rect.h
            && (0.0..0.35).contains(&(other.rect.x - cell.rect.right()))
            && other.rect.x < 0.6
            && names_place(&other.text)
    })
}

/// Whether a cell is what did not fit into the dotted line right above it.
fn is_second_line_of_return_address(cells: &[&Run], cell: &Run) -> bool {
    cells.iter().any(|above| {
        let gap = cell.rect.y - above.rect.bottom();
        (above.rect.x - cell.rect.x).abs() < 0.01
            && (-0.5 * cell.rect.h..cell.rect.h).contains(&gap)
            && (above.rect.h - cell.rect.h).abs() < 0.2 * cell.rect.h
            && above.text.contains(['·', '•', '●', '|'])
    })
}

/// Whether a line is the title with which an address begins, alone or before the name.
fn is_title_of_name(line: &str) -> bool {
    pattern!(r"^(?:herrn?|frau|familie|firma|eheleute|an (?:die|den|das)|mr|mrs|ms)\b").is_match(line)
}

/// How much a block looks like the reader's: on the left below the sender's small line, or under a heading that says so.
fn standing(cells: &[&Run], block: &[&Run], label: Option<&Run>) -> Option<f32> {
    let first = block.first().filter(|_| block.len() >= 2)?;
    let mut score = 0.0;
    let label = label.map_or("", |label| label.text.as_str());
    match party(label) {
        Some(Party::Sender | Party::Other) => score -= 4.0,
        Some(Party::Reader) => score += 2.5,
        // Goods are delivered to the reader, as a rule.
        Some(Party::Delivery) | None => {}
    }
    if first.rect.x < 0.5 {
        score += 1.0;
    }
    if (0.1..0.4).contains(&first.rect.y) {
        score += 1.0;
    }
    if is_title_of_name(&first.text) || pattern!(r"^an\b").is_match(&first.text) {
        score += 1.5;
    }
    // Who was born is a person, and the letter is about them.
    let born = block.last().is_some_and(|last| {
        let near = |cell: &&&Run| (0.0..2.5 * last.rect.h).contains(&(cell.rect.y - last.rect.bottom()));
        cells.iter().filter(near).any(|cell| pattern!(r"^(?:geb\b|geboren|born|date of birth)").is_match(&cell.text))
    });
    if born {
        score += 1.5;
    }
    let below_sender = cells.iter().any(|cell| {
        let gap = first.rect.y - cell.rect.bottom();
        is_return_address(&cell.text) && (-0.01..0.08).contains(&gap) && (cell.rect.x - first.rect.x).abs() < 0.05
    });
    if below_sender {
        score += 2.0;
    }
    (score >= 1.5).then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    #[test]
    fn the_readers_block_ends_at_its_title_and_below_another_address() {
        let garage = "Garage Muster\nHauptstraße 4\n1010 Lausanne\n";
        for (above, title) in [("Finanzamt Muster\n", "Herrn und Frau\n"), (garage, "Herrn und Frau\n"), (garage, "")] {
            let text = format!("{above}\n{title}Max Beispiel\nAm Weg 2\n54321 Dorf");
            let reading = page(&text);
            let layout = Layout::of(&reading);
            let lines = recipient(&layout).unwrap_or_default();
            assert!(lines.iter().all(|run| !above.contains(&run.text)), "{text}");
        }
    }

    #[test]
    fn the_readers_block_stands_below_the_return_address() {
        let text =
            "\n\n\n\n\n\n\n\nMuster GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf";
        let reading = page(text);
        let layout = Layout::of(&reading);
        let lines: Vec<_> = recipient(&layout).unwrap().iter().map(|run| run.text.clone()).collect();
        assert_eq!(lines, ["Herrn", "Max Beispiel", "Am Weg 2", "54321 Dorf"]);
    }

    #[test]
    fn what_did_not_fit_into_the_return_address_is_no_line_of_the_readers() {
        let text = "\n\n\n\n\n\n\n\nKreis Muster · Der Landrat · Fachdienst Ordnung – Zentrale\nBußgeldstelle\n\nMax Beispiel\nAm Weg 2\n54321 Dorf";
        let mut reading = page(text);
        for word in reading.pages[0].words.iter_mut().filter(|word| word.line < 10) {
            word.rect.h *= 0.85;
        }
        let layout = Layout::of(&reading);
        let lines: Vec<_> = recipient(&layout).unwrap().iter().map(|run| run.text.clone()).collect();
        assert_eq!(lines, ["Max Beispiel", "Am Weg 2", "54321 Dorf"]);
    }
}
