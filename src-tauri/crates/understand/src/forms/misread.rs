//! What recognition takes for something else: letters for digits (O/0, l/1, S/5, B/8), commas for points, marks lost. A
//! form, check digits or arithmetic decide whether a mended reading may stand; nothing is mended without one of them.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;
use domain::{PageOrigin, Reading};
use rust_decimal::Decimal;

use super::dates::{self, DateOrder};
use super::pattern;

/// The digit that a letter was.
pub(super) fn digit(c: char) -> char {
    match c {
        'O' | 'o' | 'Q' | 'D' => '0',
        'I' | 'i' | 'l' | 'L' | '|' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'G' => '6',
        'B' => '8',
        'g' | 'q' => '9',
        other => other,
    }
}

/// A text with digits for the letters they may have been.
pub(super) fn digits(text: &str) -> String {
    text.chars().map(digit).collect()
}

/// A reading with its recognised words mended.
pub(crate) fn reading(reading: &Reading) -> Cow<'_, Reading> {
    /// How sure a mended word is at most: it can be a candidate, and certain only by a proof.
    const MENDED: f32 = 0.7;
    let mut mended_reading = Cow::Borrowed(reading);
    for (at, page) in reading.pages.iter().enumerate().filter(|(_, page)| page.origin == PageOrigin::Ocr) {
        for (place, text) in page
            .words
            .iter()
            .enumerate()
            .filter_map(|(i, word)| Some((i, mended(&word.text).or_else(|| spelled(&word.text))?)))
        {
            if let Some(word) = mended_reading.to_mut().pages.get_mut(at).and_then(|page| page.words.get_mut(place)) {
                word.confidence = word.confidence.min(MENDED);
                word.text = text;
            }
        }
    }
    mended_reading
}

/// A recognised word with digits in place of letters and points in place of commas, where that makes a date or an amount
/// of it: `O5.03.2O13`, `05,03.2013`, `1.2S4,56`. None where it needs no mending or gives neither.
fn mended(word: &str) -> Option<String> {
    let form = pattern!(
        r"(?-i)^(?:[€$£(*]|EUR|CHF)?(?P<body>[\dOoQDIil|LZzSsGBgq]+(?:[.,'’/][\dOoQDIil|LZzSsGBgq]+)+)[€$£).,;*:-]*$"
    );
    let body = form.captures(word)?.name("body")?;
    let letters = body.as_str().chars().filter(|c| c.is_alphabetic() || *c == '|').count();
    let figures = body.as_str().chars().filter(char::is_ascii_digit).count();
    let read = digits(body.as_str());
    let date = pattern!(r"^(\d{1,2})[.,/](\d{1,2})[.,/]((?:19|20)\d\d|\d\d)$");
    let amount = pattern!(r"^\d{1,3}(?:[.,'’]?\d{3})*[.,]\d\d$");
    let read = match date.captures(&read) {
        Some(_) if body.as_str().contains(',') || letters > 0 => date.replace(&read, "$1.$2.$3").into_owned(),
        None if letters > 0 && amount.is_match(&read) => read,
        _ => return None,
    };
    (2 * letters <= figures).then(|| format!("{}{read}{}", &word[..body.start()], &word[body.end()..]))
}

/// A recognised word with letters in place of the digits that stand inside it: `Fa11igkeit`. None where it needs no mending, or
/// may be a number with letters.
fn spelled(word: &str) -> Option<String> {
    /// Fewer small letters may be part of a number.
    const FEWEST: usize = 5;
    let inside = pattern!(r"(?-i)^\W*\p{L}*\p{Ll}(?:[01]+\p{Ll}+)+\W*$");
    let letters = word.chars().filter(|c| c.is_lowercase()).count();
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'l',
        other => other,
    };
    (letters >= FEWEST && inside.is_match(word)).then(|| word.chars().map(letter).collect())
}

/// The day behind a label for one, where a mark between its numbers was lost or taken for another: `0502/2018`,
/// `18- 06: 2018`.
pub(crate) fn date(text: &str, order: DateOrder) -> Option<(Range<usize>, NaiveDate)> {
    let form = pattern!(r"^\W{0,3}(?P<day>\d\d)\s?[-./:,]?\s?(?P<month>\d\d)\s?[-./:,]?\s?(?P<year>(?:19|20)\d\d)\b");
    let hit = form.captures(text)?;
    let (day, year) = (hit.name("day")?, hit.name("year")?);
    let plain = format!("{}/{}/{}", day.as_str(), hit.name("month")?.as_str(), year.as_str());
    let (_, date) = dates::first(&plain, order)?;
    Some((day.start()..year.end(), date))
}

/// The amounts of a recognised text whose decimal mark was lost: `7151`, `71 51`.
pub(crate) fn unmarked(text: &str) -> Vec<Decimal> {
    let form = pattern!(r"(?:^|\s)(?P<whole>\d{1,5}) ?(?P<cents>\d\d)(?:\s|$|[€)])");
    let value = |hit: regex::Captures| {
        let cents: i64 = format!("{}{}", hit.name("whole")?.as_str(), hit.name("cents")?.as_str()).parse().ok()?;
        Some(Decimal::new(cents, 2))
    };
    form.captures_iter(text).filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_commas_become_digits_and_points_where_that_gives_a_date_or_an_amount() {
        for (word, expected) in [
            ("O5.03.2O13", Some("05.03.2013")),
            ("05,03.2013", Some("05.03.2013")),
            ("l2.l1.26", Some("12.11.26")),
            ("1.2S4,56", Some("1.254,56")),
            ("1O0,00€", Some("100,00€")),
            ("€B9,95", Some("€89,95")),
            // Right as they are,
            ("05.03.2013", None),
            ("1.254,56", None),
            // or nothing of the kind.
            ("DE89", None),
            ("SOLL", None),
            ("Los.", None),
            ("B2.1", None),
            ("Gl.2024", None),
            ("z.B.", None),
        ] {
            assert_eq!(mended(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn digits_inside_a_word_become_letters_and_numbers_with_letters_stay() {
        for (word, expected) in [
            ("Fa11igkeit:", Some("Falligkeit:")),
            ("Fo1gem0nat", Some("Folgemonat")),
            ("Fälligkeit:", None),
            ("Abschnitt1", None),
            ("a1b0c", None),
            ("ra72kettel", None),
            ("K10BERLIN", None),
        ] {
            assert_eq!(spelled(word).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn a_day_that_lost_its_marks_is_read() {
        let day = |text: &str| date(text, DateOrder::DayFirst).map(|(_, day)| day.to_string());
        for text in ["0502/2018", ": 05-02: 2018", "05022018", " 05,02.2018"] {
            assert_eq!(day(text).as_deref(), Some("2018-02-05"), "{text}");
        }
        for text in ["4502/2018", "05/02/18", "No 05022018", "050220181"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_that_lost_its_mark_is_a_guess_for_the_arithmetic() {
        assert_eq!(unmarked("MwSt 7151 EUR"), [Decimal::new(7151, 2)]);
        assert_eq!(unmarked("12 50"), [Decimal::new(1250, 2)]);
        assert!(unmarked("12,50 und 19 %").is_empty());
    }
}
