//! How values are written: amounts, dates, terms and numbers in German and English letters. Texts in, values with their
//! byte ranges out; knows nothing of pages.

pub(crate) mod amounts;
pub(crate) mod dates;
pub(crate) mod identifiers;
pub(crate) mod terms;

use regex::Regex;

/// Compiles a constant pattern, ignoring case.
#[expect(clippy::expect_used, reason = "patterns are constants of this crate; the tests compile every one")]
pub(crate) fn compile(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("a constant pattern is well-formed")
}

/// A constant pattern, compiled at its first use.
macro_rules! pattern {
    ($text:expr) => {{
        static PATTERN: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::forms::compile($text));
        &*PATTERN
    }};
}
pub(crate) use pattern;
