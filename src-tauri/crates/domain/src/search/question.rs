//! Questions in everyday words: "wann habe ich zuletzt den Schornsteinfeger bezahlt und wie viel?". What only makes it a
//! question is not looked for; what is left says what it is about.

use super::parse::{Token, day_range};
use super::words::fold;

/// What a question asks for, besides the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// What was paid, when and how much.
    Payments,
}

/// A question begins with one of these.
const ASKING: &[&str] = &[
    "wann", "wie", "wieviel", "wieviele", "was", "wer", "wem", "wen", "wo", "wofür", "welche", "welcher", "welches",
    "welchen", "habe", "hab", "haben", "hat", "muss", "when", "how", "what", "who", "whom", "where", "which", "did",
    "have", "has",
];

/// It is about payments with one of these.
const PAYING: &[&str] = &[
    "bezahlt",
    "gezahlt",
    "bezahle",
    "zahle",
    "bezahlen",
    "zahlen",
    "bezahlte",
    "zahlte",
    "zahlung",
    "zahlungen",
    "überwiesen",
    "ausgegeben",
    "gekostet",
    "kostet",
    "kosten",
    "kostete",
    "pay",
    "paid",
    "payed",
    "payment",
    "payments",
    "spend",
    "spent",
    "cost",
    "costs",
];

/// With one of these and one of [`PAYING`], it is a question without a question word: "zuletzt bezahlt Zahnarzt".
const LAST: &[&str] = &["zuletzt", "letztmals", "last"];

/// Of a question, these say nothing about what it is about.
const FILLING: &[&str] = &[
    "ich",
    "wir",
    "mir",
    "mich",
    "uns",
    "man",
    "es",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einen",
    "einem",
    "einer",
    "mein",
    "meine",
    "meinen",
    "meinem",
    "meiner",
    "unser",
    "unsere",
    "unseren",
    "unserem",
    "unserer",
    "ist",
    "war",
    "sind",
    "waren",
    "bin",
    "wurde",
    "wurden",
    "worden",
    "und",
    "für",
    "fürs",
    "an",
    "ans",
    "beim",
    "bei",
    "vom",
    "von",
    "zum",
    "zur",
    "im",
    "in",
    "am",
    "letzte",
    "letzten",
    "letzter",
    "letztes",
    "mal",
    "bisher",
    "insgesamt",
    "zusammen",
    "schon",
    "noch",
    "viel",
    "viele",
    "hoch",
    "oft",
    "geld",
    "euro",
    "jahr",
    "jahre",
    "jahren",
    "alle",
    "allen",
    "denn",
    "eigentlich",
    "mich",
    "i",
    "we",
    "me",
    "us",
    "my",
    "our",
    "it",
    "the",
    "a",
    "to",
    "for",
    "of",
    "at",
    "on",
    "by",
    "from",
    "do",
    "does",
    "was",
    "were",
    "is",
    "are",
    "been",
    "and",
    "time",
    "latest",
    "much",
    "many",
    "money",
    "so",
    "far",
    "ever",
    "total",
    "all",
    "altogether",
    "year",
    "years",
];

/// With one of these, what is still to be paid is asked for.
const OWING: &[&str] = &["owe", "owing", "schulde", "schulden", "schuldig", "offen", "fällig", "due"];

/// So it is with one of these and one of [`TO_PAY`]: "muss ich noch bezahlen", "have to pay".
const DUTY: &[&str] = &["muss", "müssen", "must", "have", "need"];
const TO_PAY: &[&str] = &["zahlen", "bezahlen", "überweisen", "pay"];

/// Who begins with one of these speaks of what is theirs: "meine Miete", "my rent".
const OWN: &[&str] = &["mein", "meine", "meinen", "meiner", "unser", "unsere", "unseren", "unserer", "my", "our"];

/// Takes what only makes it a question out of a typed text, and makes its times a filter. Says what it asks for.
///
/// A text that is no question, or of which nothing would be left, stays as it is.
pub(super) fn understand(tokens: &mut Vec<Token>) -> Option<Question> {
    let word = |token: &Token| if token.is_plain() { fold(&token.text) } else { String::new() };
    let words: Vec<String> = tokens.iter().map(word).collect();
    let any = |list: &[&str]| words.iter().any(|word| is_in(list, word));
    // Marks that stand alone look for nothing, so that they are not printed.
    let said: Vec<&Token> = tokens.iter().filter(|token| !fold(&token.text).is_empty()).collect();
    let begins = said.first().is_some_and(|first| is_in(ASKING, &word(first)));
    let is_marked = said.last().is_some_and(|last| last.is_plain() && last.text.ends_with('?'));
    let is_own = said.first().is_some_and(|first| is_in(OWN, &word(first)));
    let is_question = said.len() > 1 && (begins || is_marked || is_own) || any(LAST) && any(PAYING);
    if !is_question {
        return None;
    }
    let mut left: Vec<Token> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((token, tail)) = rest.split_first() {
        if let Some((filter, count)) = time(rest) {
            left.push(filter);
            rest = rest.get(count..).unwrap_or_default();
            continue;
        }
        rest = tail;
        if !token.is_plain() {
            left.push(token.clone());
        } else if ![ASKING, PAYING, OWING, DUTY, TO_PAY, LAST, FILLING]
            .iter()
            .any(|list| is_in(list, &fold(&token.text)))
        {
            left.push(Token::of_word(bare(&token.text)));
        }
    }
    // "oder" between what is gone connects nothing, in quotes neither: so it is printed where it stands alone.
    let connects = |token: &Token| token.is_text() && matches!(fold(&token.text).as_str(), "oder" | "or" | "");
    while left.first().is_some_and(connects) {
        left.remove(0);
    }
    while left.last().is_some_and(connects) {
        left.pop();
    }
    // "was muss ich diese Woche bezahlen": what is to be paid in that time, whatever it is about.
    let is_owed = any(OWING) || any(DUTY) && any(TO_PAY);
    let times: Option<Vec<Token>> = left.iter().map(|token| Some(Token::of_key("due", token.time()?))).collect();
    if let Some(times) = times.filter(|_| is_owed) {
        *tokens = std::iter::once(Token::of_key("task", "pay")).chain(times).collect();
        return None;
    }
    if left.is_empty() {
        return None;
    }
    *tokens = left;
    any(PAYING).then_some(Question::Payments)
}

fn is_in(list: &[&str], folded: &str) -> bool {
    !folded.is_empty() && list.iter().any(|listed| fold(listed) == folded)
}

/// Without the marks that end a clause.
fn bare(word: &str) -> &str {
    word.trim_end_matches(['?', '!', '.', ',', ';'])
}

/// The time with which these words begin, as a filter, and how many of them it is: "2025", "letztes Jahr", "März 2025".
fn time(rest: &[Token]) -> Option<(Token, usize)> {
    let plain = |at: usize| rest.get(at).filter(|token| token.is_plain()).map(|token| bare(&token.text).to_lowercase());
    let first = plain(0)?;
    let is_year =
        first.len() == 4 && (first.starts_with("19") || first.starts_with("20")) && first.parse::<u16>().is_ok();
    if is_year {
        return Some((Token::of_key("datum", &first), 1));
    }
    let both = plain(1).filter(|_| first.chars().all(char::is_alphabetic)).map(|second| format!("{first}-{second}"))?;
    day_range(&both).map(|_| (Token::of_key("datum", &both), 2))
}
