//! Lengths of time as letters print them: "drei Monate", "within 14 days", "binnen Monatsfrist".

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a [`Period`] is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// Calendar days. A "Werktag" is counted as one, which is the earlier reading.
    Days,
    /// Days on which banks work (TARGET calendar).
    BankDays,
    /// Seven days.
    Weeks,
    /// Calendar months, ended by BGB § 188 (2), (3).
    Months,
    /// Twelve months.
    Years,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

impl Period {
    /// So many calendar days.
    pub const fn days(count: u32) -> Self {
        Self { count, unit: PeriodUnit::Days }
    }

    /// So many weeks.
    pub const fn weeks(count: u32) -> Self {
        Self { count, unit: PeriodUnit::Weeks }
    }

    /// So many months.
    pub const fn months(count: u32) -> Self {
        Self { count, unit: PeriodUnit::Months }
    }

    /// The first length of time that a German or English text prints.
    pub fn find(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c == '-')
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .collect();
        words.iter().enumerate().find_map(|(at, word)| {
            let one = |unit| Some(Self { count: 1, unit });
            match *word {
                "wochenfrist" => return one(PeriodUnit::Weeks),
                "monatsfrist" => return one(PeriodUnit::Months),
                "jahresfrist" => return one(PeriodUnit::Years),
                _ => {}
            }
            let count = number(word)?;
            // One word may stand between: "zwei volle Monate", "30 calendar days".
            let unit = words.get(at + 1..)?.iter().take(2).find_map(|word| unit(word))?;
            let business = matches!(words.get(at + 1), Some(&("business" | "working" | "bank")));
            let unit = if business && unit == PeriodUnit::Days { PeriodUnit::BankDays } else { unit };
            (count > 0).then_some(Self { count, unit })
        })
    }

    /// In months, where it is a whole number of them.
    pub fn in_months(self) -> Option<u32> {
        match self.unit {
            PeriodUnit::Months => Some(self.count),
            PeriodUnit::Years => Some(12 * self.count),
            PeriodUnit::Days | PeriodUnit::BankDays | PeriodUnit::Weeks => None,
        }
    }

    /// Days at the most, to compare two periods.
    pub fn longest_days(self) -> u32 {
        match self.unit {
            PeriodUnit::Days => self.count,
            PeriodUnit::BankDays => 2 * self.count,
            PeriodUnit::Weeks => 7 * self.count,
            PeriodUnit::Months => 31 * self.count,
            PeriodUnit::Years => 366 * self.count,
        }
    }
}

impl std::fmt::Display for Period {
    /// `3 months`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            PeriodUnit::Days => "day",
            PeriodUnit::BankDays => "bank day",
            PeriodUnit::Weeks => "week",
            PeriodUnit::Months => "month",
            PeriodUnit::Years => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

fn number(word: &str) -> Option<u32> {
    const WORDS: &[(&str, u32)] = &[
        ("ein", 1),
        ("one", 1),
        ("a", 1),
        ("zwei", 2),
        ("zweier", 2),
        ("two", 2),
        ("drei", 3),
        ("three", 3),
        ("vier", 4),
        ("four", 4),
        ("fünf", 5),
        ("five", 5),
        ("sechs", 6),
        ("six", 6),
        ("sieben", 7),
        ("seven", 7),
        ("acht", 8),
        ("eight", 8),
        ("neun", 9),
        ("nine", 9),
        ("zehn", 10),
        ("ten", 10),
        ("zwölf", 12),
        ("twelve", 12),
        ("vierzehn", 14),
        ("fourteen", 14),
        ("dreißig", 30),
        ("thirty", 30),
    ];
    let stem = match word {
        "eine" | "einem" | "einen" | "einer" | "eines" => "ein",
        other => other,
    };
    let named = WORDS.iter().find(|(name, _)| *name == stem).map(|(_, count)| *count);
    named.or_else(|| word.parse().ok().filter(|count| *count < 1000))
}

fn unit(word: &str) -> Option<PeriodUnit> {
    const BANK: &[&str] = &["bankarbeitstag", "bankgeschäftstag", "banktag", "arbeitstag", "geschäftstag"];
    let is = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    Some(match () {
        () if is(BANK) => PeriodUnit::BankDays,
        () if matches!(word, "tag" | "tage" | "tagen" | "tages" | "day" | "days")
            || is(&["kalendertag", "werktag"]) =>
        {
            PeriodUnit::Days
        }
        () if matches!(word, "woche" | "wochen" | "week" | "weeks") => PeriodUnit::Weeks,
        () if matches!(word, "monat" | "monate" | "monaten" | "monats" | "month" | "months") => PeriodUnit::Months,
        () if matches!(word, "jahr" | "jahre" | "jahren" | "jahres" | "year" | "years") => PeriodUnit::Years,
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_printed() {
        for (text, expected) in [
            ("mit einer Frist von 3 Monaten zum Ende der Laufzeit", "3 months"),
            ("drei Monate vor dem Ablauf", "3 months"),
            ("innerhalb einer Woche ab Zugang dieses Schreibens", "1 week"),
            ("innerhalb von 5 Bankarbeitstagen auf Ihre Kreditkarte", "5 bank days"),
            ("within 10 business days", "10 bank days"),
            ("within 30 calendar days of receipt", "30 days"),
            ("jederzeit mit Monatsfrist kündbar", "1 month"),
            ("zwei volle Jahre", "2 years"),
            ("14-Tage-Frist", "14 days"),
            ("binnen 14 Werktagen", "14 days"),
        ] {
            assert_eq!(Period::find(text).map(|period| period.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "am 3. März", "0 Tage", "in der Regel"] {
            assert_eq!(Period::find(text), None, "{text}");
        }
    }
}
