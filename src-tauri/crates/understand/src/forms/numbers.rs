//! Plain numbers of bills, customers and orders: as they stand behind their labels, and anywhere in a text.

use std::ops::Range;

use super::pattern;

/// The number at the start of a text, as it stands behind a label: one word with a digit, or groups such as
/// `512 774 093`, `AB 26-11840`.
pub(crate) fn number(text: &str) -> Option<(Range<usize>, String)> {
    let form = pattern!(
        r"^[\s:.#-]*(?P<number>(?:(?-i:[A-Z]{1,4}) )?(?:[A-Z][A-Z./_-]*)?\d[A-Z0-9./_-]*(?: \d[\d./_-]*[A-Z]?\b)*(?-i: [A-Z0-9]\b)*)"
    );
    let hit = form.captures(text)?.name("number")?;
    let trimmed = hit.as_str().trim_end_matches(['.', ',', '-', '/']);
    // A date or an amount is not a number of something.
    let date = pattern!(r"^\d{1,2}([./])\d{1,2}[./](?:\d{4}|\d{2})$");
    let first = trimmed.split(' ').next().unwrap_or_default();
    let amount = pattern!(r"^,\d").is_match(text.get(hit.end()..)?);
    (!date.is_match(first) && !amount && trimmed.len() <= 40)
        .then(|| (hit.start()..hit.start() + trimmed.len(), trimmed.to_owned()))
}

/// Whatever may be a number of something in a part of a text: words with digits and what is written with them, such as
/// `14 230552 M 517`, `22 C 318/26`, `GrundSt 5.0117`. Days, amounts and units are not told apart from them here; where two
/// lengths are possible, both are given.
pub(crate) fn all(text: &str, part: Range<usize>) -> Vec<(Range<usize>, String)> {
    let words: Vec<Range<usize>> = words(text, part);
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((first, last)) = group(text, &words, at) else {
            at += 1;
            continue;
        };
        let whole = words[first].start..words[last].end;
        // Without the letters before it, or as far as a number goes behind its label.
        let core = words[at].start..words[last].end;
        let behind_label = |range: &Range<usize>| {
            let (inner, _) = number(text.get(range.clone())?)?;
            Some(range.start + inner.start..range.start + inner.end)
        };
        for range in [Some(whole.clone()), behind_label(&whole), behind_label(&core)].into_iter().flatten() {
            let number = text.get(range.clone()).unwrap_or_default();
            if is_number(number) && found.iter().all(|(known, _)| *known != range) {
                found.push((range.clone(), number.to_owned()));
            }
        }
        at = last + 1;
    }
    found
}

/// The words of a part of a text, without marks around them.
fn words(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = part.start;
    for piece in text.get(part).unwrap_or_default().split(' ') {
        let inner = piece.trim_start_matches(['(', '[', '„', '"', '#', ':']);
        let from = start + piece.len() - inner.len();
        let inner = inner.trim_end_matches([')', ']', '“', '"', '.', ',', ';', ':', '/', '-']);
        // A mark that stands alone may join two parts of a number.
        let inner = if inner.is_empty() { piece } else { inner };
        let from = from.min(start + piece.len() - inner.len());
        words.push(from..from + inner.len());
        start += piece.len() + 1;
    }
    words
}

/// The first and the last word of the number that has its first digits in the word `at`.
fn group(text: &str, words: &[Range<usize>], at: usize) -> Option<(usize, usize)> {
    let word = |at: usize| words.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default();
    // A mark between two words parts them, as in "Nr. 12, Haus 4".
    let touches = |at: usize| words.get(at + 1).is_some_and(|next| next.start == words[at].end + 1);
    if !has_digit(word(at)) {
        return None;
    }
    let mut first = at;
    while first > 0 && at - first < 2 && is_letters(word(first - 1)) && touches(first - 1) {
        first -= 1;
    }
    let mut last = at;
    while touches(last) {
        let (next, behind) = (word(last + 1), word(last + 2));
        let joins =
            is_register(next) && has_digit(behind) || is_joint(next) && (has_digit(behind) || is_letters(behind));
        if has_digit(next) || is_letters(next) && next.len() <= 3 {
            last += 1;
        } else if joins && touches(last + 1) {
            last += 2;
        } else {
            break;
        }
    }
    Some((first, last))
}

/// A word with a digit that is none of an amount, a share or a time.
fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_alphanumeric() || "./_-–+:".contains(c))
}

/// A word of capitals as it is written before or between the digits of a number.
fn is_letters(word: &str) -> bool {
    (1..=5).contains(&word.chars().count()) && word.chars().all(char::is_uppercase)
}

/// The letters of a court's register between the digits of a file number: "214 Ds 608 Js 31877/26".
fn is_register(word: &str) -> bool {
    word.len() <= 3 && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
}

/// A mark that joins two parts of a number.
fn is_joint(word: &str) -> bool {
    matches!(word, "/" | "-" | "–" | "|")
}

/// Whether it has the length of a number, and is neither a day, a time nor a year.
fn is_number(text: &str) -> bool {
    const LONGEST: usize = 40;
    const DIGITS: usize = 3;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let other = pattern!(
        r"^(?:(?:19|20)\d{2}|\d{1,2}([./-])\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}(?:\s?[-–]\s?\d{1,2}[:.]\d{2})?)$"
    );
    digits >= DIGITS && text.len() <= LONGEST && !other.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_the_start_behind_a_label() {
        let one = |text: &str| number(text).map(|(_, n)| n);
        for (text, expected) in [
            (": 25-0081947", "25-0081947"),
            (" Nr2025", "Nr2025"),
            ("2025/0917 vom 3. Mai", "2025/0917"),
            ("512 774 093", "512 774 093"),
            ("AB 26-11840", "AB 26-11840"),
            ("ML 2290 118 4", "ML 2290 118 4"),
            ("R-1127.", "R-1127"),
            ("INV/2023/03/0008", "INV/2023/03/0008"),
        ] {
            assert_eq!(one(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(one("vom 12.03.2026"), None);
        assert_eq!(one("12.03.2026"), None);
        assert_eq!(one("124,90"), None);
    }

    #[test]
    fn numbers_anywhere_are_found_with_all_their_parts() {
        let all = |text: &str| all(text, 0..text.len()).into_iter().map(|(_, number)| number).collect::<Vec<_>>();
        for (text, expected) in [
            ("Aktenzeichen 22 C 318/26 vom 3. Mai 2026", "22 C 318/26"),
            ("Az. 22 – KV 318/26", "22 – KV 318/26"),
            ("Az. 214 Ds 608 Js 31877/26", "214 Ds 608 Js 31877/26"),
            ("Versicherungsnummer 14 230552 M 517", "14 230552 M 517"),
            ("(Mandatsreferenz MB-7714-KH)", "MB-7714-KH"),
            ("unser Zeichen: MagIbk/S-118472/2026.", "MagIbk/S-118472/2026"),
            ("Rechnung WA 2025 / 008812", "WA 2025 / 008812"),
            ("Ihre Nummer K 3304, bitte angeben", "K 3304"),
            ("Nr. nf-2026-0713 und", "nf-2026-0713"),
        ] {
            assert!(all(text).iter().any(|number| number == expected), "{text}: {:?}", all(text));
        }
        for text in ["am 14.03.2026 um 12:30", "2026", "119,00 EUR", "19 %", "Nr. 12, Haus 4"] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
