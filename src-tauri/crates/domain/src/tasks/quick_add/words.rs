//! The words of a line and the vocabulary of days, months and numbers.

use chrono::Weekday;

use crate::Money;

/// The words of a line, some of them used up.
pub(super) struct Words<'a> {
    raw: Vec<&'a str>,
    plain: Vec<String>,
    used: Vec<bool>,
}

/// Words that belong to a date or time behind them.
const BEFORE: &[&str] = &[
    "am",
    "um",
    "bis",
    "zum",
    "ab",
    "den",
    "dem",
    "der",
    "jeweils",
    "spätestens",
    "immer",
    "on",
    "at",
    "by",
    "until",
    "the",
    "till",
    "from",
    "for",
    "für",
    "im",
    "gegen",
    "punkt",
];

impl<'a> Words<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        let raw: Vec<&str> = line.split_whitespace().collect();
        let plain = raw
            .iter()
            .map(|word| word.trim_end_matches([',', ';', ':', '!', '?', ')']).trim_start_matches('(').to_lowercase())
            .collect();
        let used = vec![false; raw.len()];
        Self { raw, plain, used }
    }

    pub(super) fn len(&self) -> usize {
        self.raw.len()
    }

    pub(super) fn raw(&self, at: usize) -> &'a str {
        self.raw.get(at).copied().unwrap_or_default()
    }

    /// In lower case and without punctuation around it; empty behind the end.
    pub(super) fn plain(&self, at: usize) -> &str {
        self.plain.get(at).map_or("", String::as_str)
    }

    pub(super) fn is_used(&self, at: usize) -> bool {
        self.used.get(at).copied().unwrap_or(true)
    }

    /// The word before, in lower case; empty at the beginning.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.plain(before))
    }

    /// Takes words out of the line, and the little ones before them.
    pub(super) fn use_up(&mut self, at: usize, length: usize) {
        if length == 0 {
            return;
        }
        self.used.iter_mut().skip(at).take(length).for_each(|used| *used = true);
        let mut before = at;
        while before > 0 && BEFORE.contains(&self.plain(before - 1)) && !self.is_used(before - 1) {
            before -= 1;
            if let Some(used) = self.used.get_mut(before) {
                *used = true;
            }
        }
    }

    /// What is left.
    pub(super) fn rest(&self) -> String {
        let left = self.raw.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(word, _)| *word);
        left.collect::<Vec<_>>().join(" ").trim_matches([' ', ',', ';', '-', '–', ':']).to_owned()
    }

    /// Do these words stand here?
    pub(super) fn are(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.plain(at + offset) == *word)
    }
}

/// A number in digits or as a word, up to twenty.
pub(super) fn number(word: &str) -> Option<u32> {
    const NUMBERS: &[&[&str]] = &[
        &["a", "an", "one", "ein", "eine", "einem", "einer", "einen", "eins"],
        &["two", "zwei", "other", "second", "zweite", "zweiten", "zweiter"],
        &["three", "drei", "third", "dritte", "dritten", "dritter"],
        &["four", "vier", "vierten"],
        &["five", "fünf"],
        &["six", "sechs"],
        &["seven", "sieben"],
        &["eight", "acht"],
        &["nine", "neun"],
        &["ten", "zehn"],
        &["eleven", "elf"],
        &["twelve", "zwölf"],
        &["thirteen", "dreizehn"],
        &["fourteen", "vierzehn"],
        &["fifteen", "fünfzehn"],
        &["sixteen", "sechzehn"],
        &["seventeen", "siebzehn"],
        &["eighteen", "achtzehn"],
        &["nineteen", "neunzehn"],
        &["twenty", "zwanzig"],
    ];
    let by_word = || (1..).zip(NUMBERS).find(|(_, words)| words.contains(&word)).map(|(number, _)| number);
    word.parse().ok().or_else(by_word)
}

/// Which one, as a word: "Ersten", "fifteenth"; up to the thirty-first.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const ORDINALS: [(&str, &str); 31] = [
        ("erste", "first"),
        ("zweite", "second"),
        ("dritte", "third"),
        ("vierte", "fourth"),
        ("fünfte", "fifth"),
        ("sechste", "sixth"),
        ("siebte", "seventh"),
        ("achte", "eighth"),
        ("neunte", "ninth"),
        ("zehnte", "tenth"),
        ("elfte", "eleventh"),
        ("zwölfte", "twelfth"),
        ("dreizehnte", "thirteenth"),
        ("vierzehnte", "fourteenth"),
        ("fünfzehnte", "fifteenth"),
        ("sechzehnte", "sixteenth"),
        ("siebzehnte", "seventeenth"),
        ("achtzehnte", "eighteenth"),
        ("neunzehnte", "nineteenth"),
        ("zwanzigste", "twentieth"),
        ("einundzwanzigste", "twenty-first"),
        ("zweiundzwanzigste", "twenty-second"),
        ("dreiundzwanzigste", "twenty-third"),
        ("vierundzwanzigste", "twenty-fourth"),
        ("fünfundzwanzigste", "twenty-fifth"),
        ("sechsundzwanzigste", "twenty-sixth"),
        ("siebenundzwanzigste", "twenty-seventh"),
        ("achtundzwanzigste", "twenty-eighth"),
        ("neunundzwanzigste", "twenty-ninth"),
        ("dreißigste", "thirtieth"),
        ("einunddreißigste", "thirty-first"),
    ];
    let german = word.strip_suffix(['n', 'r']).unwrap_or(word);
    (1..).zip(ORDINALS).find(|(_, (name, english))| *name == german || *english == word).map(|(number, _)| number)
}

/// A day of the week; the second value says that it is meant every week ("dienstags", "on Tuesdays").
pub(super) fn weekday(word: &str) -> Option<(Weekday, bool)> {
    const DAYS: [(Weekday, &[&str]); 7] = [
        (Weekday::Mon, &["montag", "mo", "monday", "mon"]),
        (Weekday::Tue, &["dienstag", "di", "tuesday", "tue", "tues"]),
        (Weekday::Wed, &["mittwoch", "mi", "wednesday", "wed"]),
        (Weekday::Thu, &["donnerstag", "do", "thursday", "thu", "thurs"]),
        (Weekday::Fri, &["freitag", "fr", "friday", "fri"]),
        (Weekday::Sat, &["samstag", "sonnabend", "sa", "saturday", "sat"]),
        (Weekday::Sun, &["sonntag", "so", "sunday", "sun"]),
    ];
    let word = word.trim_end_matches('.');
    let is = |word: &str| DAYS.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day);
    let every = || word.strip_suffix('s').filter(|day| day.len() > 4).and_then(is).map(|day| (day, true));
    is(word).map(|day| (day, false)).or_else(every)
}

/// A month from 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["januar", "jänner", "jan", "january"],
        &["februar", "feb", "february"],
        &["märz", "mär", "march", "mar"],
        &["april", "apr"],
        &["mai", "may"],
        &["juni", "jun", "june"],
        &["juli", "jul", "july"],
        &["august", "aug"],
        &["september", "sep", "sept"],
        &["oktober", "okt", "october", "oct"],
        &["november", "nov"],
        &["dezember", "dez", "december", "dec"],
    ];
    let word = word.trim_end_matches('.');
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&word)).map(|(month, _)| month)
}

/// Digits as a German or an Englishman writes them: three behind the last mark are thousands, fewer are cents.
fn decimal(text: &str) -> Option<String> {
    let plain = |text: &str| text.replace(['.', ','], "");
    let (whole, cents) = match text.rfind(['.', ',']) {
        Some(mark) => (text.get(..mark)?, text.get(mark + 1..)?),
        None => (text, ""),
    };
    match cents.len() {
        0 => Some(plain(whole)),
        1 | 2 => Some(format!("{}.{cents}", plain(whole))),
        3 => Some(plain(text)),
        _ => None,
    }
}

/// An amount of money: "45 €", "€45", "45,90 Euro", "EUR 45", "1.180 Euro", "€1,180".
pub(super) fn amount(words: &Words<'_>, at: usize) -> Option<(usize, Money)> {
    let euro = |word: &str| matches!(word, "€" | "euro" | "eur" | "euros");
    let money = |text: &str| {
        let text = decimal(text).filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))?;
        Money::parse(&text, "EUR").ok()
    };
    let (word, next) = (words.plain(at), words.plain(at + 1));
    if let Some(found) = word.strip_suffix('€').or(word.strip_prefix('€')).and_then(money) {
        return Some((1, found));
    }
    if euro(next) {
        return money(word).map(|found| (2, found));
    }
    if euro(word) { money(next).map(|found| (2, found)) } else { None }
}
