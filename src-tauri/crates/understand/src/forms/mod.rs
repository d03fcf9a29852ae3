//! How values are written: amounts, dates, terms and numbers in German and English letters. Texts in, values with their
//! byte ranges out; knows nothing of pages.

pub(crate) mod amounts;
mod check_digits;
pub(crate) mod dates;
pub(crate) mod discounts;
pub(crate) mod identifiers;
pub(crate) mod lengths;
pub(crate) mod misread;
pub(crate) mod numbers;
pub(crate) mod partial_days;
pub(crate) mod places;
pub(crate) mod spans;
pub(crate) mod terms;

use regex::Regex;

/// Compiles a constant pattern, ignoring case. Letters that recognition likes to lose match their plain form as well:
/// "fällig" finds "fallig".
#[expect(clippy::expect_used, reason = "patterns are constants of this crate; the tests compile every one")]
pub(crate) fn compile(text: &str) -> Regex {
    let tolerant =
        text.replace('ä', "(?:ä|a)").replace('ö', "(?:ö|o)").replace('ü', "(?:ü|u|ii)").replace('ß', "(?:ß|ss|B)");
    Regex::new(&format!("(?i){tolerant}")).expect("a constant pattern is well-formed")
}

/// A text in lower case without umlauts, to compare words as recognition gives them.
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase().replace('ä', "a").replace('ö', "o").replace(['ü'], "u").replace("ii", "u").replace('ß', "ss")
}

/// A constant pattern, compiled at its first use.
macro_rules! pattern {
    ($text:expr) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::forms::compile($text));
        &*PATTERN
    }};
}
pub(crate) use pattern;
