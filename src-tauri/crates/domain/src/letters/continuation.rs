//! A paper that is too long for one picture, such as a till receipt, and was taken in several: the last lines of one picture are the
//! first lines of the next.

use crate::Page;

/// Lines at the end of one picture and at the beginning of the next that are compared: more overlap is a picture taken twice.
const ROWS: usize = 30;
/// Lines that both show; fewer may be a foot and a head that say the same.
const FEWEST: usize = 3;
/// Letters and digits of these lines together.
const FEWEST_LETTERS: usize = 24;
/// Letters and digits of a line that tells one from another.
const ROW_LETTERS: usize = 4;
/// From this two lines are the same, read twice: recognition differs in some letters.
const SAME: f64 = 0.7;

/// Does `next` show how the paper on `page` goes on? What stands on both must be how the one ends and how the other begins, but for
/// lines that recognition lost at an edge, and each of them must show something of its own.
pub fn goes_on(page: &Page, next: &Page) -> bool {
    let (all, all_next) = (rows(page), rows(next));
    let above = &all[all.len().saturating_sub(ROWS)..];
    let below = &all_next[..all_next.len().min(ROWS)];
    let shared = longest_common(above, below);
    let (Some(&(from, first)), Some(&(last, to))) = (shared.first(), shared.last()) else { return false };
    let letters: usize = shared.iter().map(|(row, _)| above[*row].chars().count()).sum();
    let most_of = |part: usize| shared.len() * 5 >= part * 3;
    let has_own = from + all.len() - above.len() >= FEWEST && all_next.len() - to > FEWEST;
    // Nearly all from where they begin to agree to the end of the one, and from the beginning of the other to where they cease to.
    let is_seam = most_of(above.len() - from) && most_of(to + 1) && above.len() - last <= FEWEST && first < FEWEST;
    shared.len() >= FEWEST && letters >= FEWEST_LETTERS && has_own && is_seam
}

/// The letters and digits of each line, without those that hardly say anything.
fn rows(page: &Page) -> Vec<String> {
    let letters = |line: &str| line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    page.text().lines().map(letters).filter(|row: &String| row.chars().count() >= ROW_LETTERS).collect()
}

/// The longest sequence of lines that stand in both in the same order: their places in the one and in the other.
fn longest_common(one: &[String], other: &[String]) -> Vec<(usize, usize)> {
    let same = |row: usize, beside: usize| strsim::normalized_levenshtein(&one[row], &other[beside]) >= SAME;
    // The longest from each pair of places on.
    let mut lengths = vec![vec![0_usize; other.len() + 1]; one.len() + 1];
    for row in (0..one.len()).rev() {
        for beside in (0..other.len()).rev() {
            let without = lengths[row + 1][beside].max(lengths[row][beside + 1]);
            let with = if same(row, beside) { lengths[row + 1][beside + 1] + 1 } else { 0 };
            lengths[row][beside] = without.max(with);
        }
    }
    let (mut row, mut beside, mut found) = (0, 0, Vec::new());
    while row < one.len() && beside < other.len() {
        if same(row, beside) && lengths[row][beside] == lengths[row + 1][beside + 1] + 1 {
            found.push((row, beside));
            (row, beside) = (row + 1, beside + 1);
        } else if lengths[row + 1][beside] >= lengths[row][beside + 1] {
            row += 1;
        } else {
            beside += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PageOrigin, Rect, Word};

    const RECEIPT: [&str; 16] = [
        "Markt am Anger",
        "Angerweg 4, 12345 Eichenbruck",
        "Vollmilch 3,5 %          1,19 A",
        "Dinkelbrot               3,49 A",
        "Äpfel lose 1,204 kg      3,01 A",
        "Geschirrtabs             6,95 B",
        "Kaffee gemahlen          7,49 A",
        "Pfand                    0,25 A",
        "Leergut                 -1,50 A",
        "Tomaten                  2,29 A",
        "Zahnpasta                1,75 B",
        "SUMME EUR               24,92",
        "Girocard                24,92",
        "MwSt A 7 %               1,06",
        "MwSt B 19 %              1,39",
        "Vielen Dank für Ihren Einkauf",
    ];

    fn page(lines: &[&str]) -> Page {
        let rect = Rect { x: 0.0, y: 0.0, w: 0.1, h: 0.01 };
        let word =
            |(line, text): (u32, &&str)| Word { text: (*text).to_owned(), rect, confidence: 0.9, line, block: 0 };
        let words = (0..).zip(lines).map(word).collect();
        Page { width: 200.0, height: 500.0, origin: PageOrigin::Ocr, turned: 0, language: None, words }
    }

    #[test]
    fn the_rest_of_a_receipt_is_known_by_the_lines_that_both_pictures_show() {
        let (first, second) = (page(&RECEIPT[..9]), page(&RECEIPT[5..]));
        assert!(goes_on(&first, &second));
        assert!(!goes_on(&second, &first), "and not the other way round");
    }

    #[test]
    fn misread_letters_and_a_line_cut_through_at_the_edge_do_not_matter() {
        let mut below = RECEIPT[4..].to_vec();
        below[0] = "Apfel iose 1,2O4 kg 3,01 A";
        below.insert(0, "n.. kel rot");
        below[3] = "Kaffee gernahlen         7,49 A";
        let mut above = RECEIPT[..9].to_vec();
        above.push("To aten 2 ,2 ");
        assert!(goes_on(&page(&above), &page(&below)));
    }

    #[test]
    fn the_same_paper_twice_and_two_papers_of_one_shop_are_no_parts() {
        assert!(!goes_on(&page(&RECEIPT), &page(&RECEIPT)), "the same picture again");
        assert!(!goes_on(&page(&RECEIPT), &page(&RECEIPT[8..])), "shows nothing of its own");
        assert!(!goes_on(&page(&RECEIPT[..9]), &page(&RECEIPT[9..])), "nothing proves it");
        let mut other = RECEIPT;
        other[3] = "Butter                   2,19 A";
        other[6] = "Tee                      4,49 A";
        other[11] = "SUMME EUR               18,12";
        assert!(!goes_on(&page(&RECEIPT), &page(&other)), "another day");
    }
}
