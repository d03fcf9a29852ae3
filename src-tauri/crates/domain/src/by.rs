//! On whose behalf something is changed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConnectionId, KeyId, RuleId};

/// On whose behalf something is changed. Every write says it; the history and the events keep it.
///
/// Its text form (`person`, `program`, `rule:<id>`, `sync:<id>`, `key:<id>`) stays in the database for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum By {
    /// A person, at the window, in a notification or on the command line.
    Person,
    /// The program by itself: filing a letter, planning, cleaning up.
    Program,
    /// A rule that a person has set up.
    Rule(RuleId),
    /// The exchange with another program over a connection.
    Sync(ConnectionId),
    /// Another program, with a key that a person has given it.
    Key(KeyId),
}

/// Not the text form of a [`By`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” does not say on whose behalf something was changed")]
pub struct ByError(String);

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person => f.write_str("person"),
            Self::Program => f.write_str("program"),
            Self::Rule(rule) => write!(f, "rule:{rule}"),
            Self::Sync(connection) => write!(f, "sync:{connection}"),
            Self::Key(key) => write!(f, "key:{key}"),
        }
    }
}

impl FromStr for By {
    type Err = ByError;
    fn from_str(text: &str) -> Result<Self, ByError> {
        let known = match text.split_once(':') {
            None if text == "person" => Some(Self::Person),
            None if text == "program" => Some(Self::Program),
            Some(("rule", id)) => id.parse().ok().map(Self::Rule),
            Some(("sync", id)) => id.parse().ok().map(Self::Sync),
            Some(("key", id)) => id.parse().ok().map(Self::Key),
            _ => None,
        };
        known.ok_or_else(|| ByError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_read_as_it_was_written() {
        let id = "00000000-0000-0000-0000-00000000002a";
        let all = [
            (By::Person, "person".to_owned()),
            (By::Program, "program".to_owned()),
            (By::Rule(id.parse().unwrap()), format!("rule:{id}")),
            (By::Sync(id.parse().unwrap()), format!("sync:{id}")),
            (By::Key(id.parse().unwrap()), format!("key:{id}")),
        ];
        for (by, text) in all {
            assert_eq!(by.to_string(), text);
            assert_eq!(text.parse(), Ok(by));
        }
        for wrong in ["", "persons", "person:", "rule", "rule:x", "ghost:1"] {
            assert_eq!(wrong.parse::<By>(), Err(ByError(wrong.to_owned())));
        }
    }
}
