//! What a correction teaches: where the letters of a sender state a field.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Field;

/// The words beside which a value stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Anchor {
    /// In lower case, without digits and signs: what stays the same from letter to letter.
    pub words: String,
    /// Where the value stands from there.
    pub side: Side,
    /// A value of text is the one word beside them; else it is all the rest of its line.
    pub one_word: bool,
    /// A regular expression: the value is the first that matches it beside the words. Without one, whatever stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pattern: Option<String>,
}

/// Where a value stands from its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Behind it in the same words.
    Behind,
    /// To its right.
    Right,
    /// Below it.
    Below,
}

/// A rule for the letters of one sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderRule {
    /// What the value is.
    pub field: Field,
    /// Where it stands.
    pub anchor: Anchor,
}

impl SenderRule {
    /// The [`crate::ExtractorId`] of what such rules find.
    pub const EXTRACTOR: &str = "sender_rules";
}

/// How often a rule was right and wrong, as far as persons have said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleRecord {
    /// A person took what it found.
    pub right: u32,
    /// A person took something else.
    pub wrong: u32,
}

impl RuleRecord {
    /// A rule that fails as often as it helps is not asked any more.
    pub fn is_retired(self) -> bool {
        self.wrong >= 2 && self.wrong >= self.right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_retired_when_it_fails_twice_and_no_less_often_than_it_helps() {
        for (right, wrong, retired) in [(0, 0, false), (0, 1, false), (0, 2, true), (3, 2, false), (3, 3, true)] {
            assert_eq!(RuleRecord { right, wrong }.is_retired(), retired, "{right} right, {wrong} wrong");
        }
    }
}
