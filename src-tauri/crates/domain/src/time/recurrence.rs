//! What comes again: rules of RFC 5545 (RRULE), on the wall clock, so that nine o'clock stays nine o'clock.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use rrule::{RRule, RRuleSet, Tz, Unvalidated, Validated};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Occurrences looked through before a rule is taken to have ended: twenty-seven years of days.
const MOST: u16 = 10_000;

/// Year from which on a rule can begin, for reading it without its start.
const EARLIEST: i32 = 1600;

/// From what the next occurrence is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CountedFrom {
    /// From the due date: the rent is due on the first, whenever the last one was paid.
    #[default]
    Due,
    /// From the day on which it was done: the filter lasts three months from its change.
    Completion,
}

/// How a task comes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recurrence {
    /// The rule, such as `FREQ=WEEKLY;BYDAY=TH`.
    pub rule: Rule,
    /// From what it is counted.
    #[serde(default)]
    pub counted_from: CountedFrom,
    /// The first day: with it the rule's intervals and its `COUNT` begin.
    pub start: NaiveDate,
    /// Days that are left out.
    #[serde(default)]
    pub except: Vec<NaiveDate>,
}

/// The text of an RRULE that is known to be well-formed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Rule(String);

/// Not a rule that can be followed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{rule}” is not a rule such as FREQ=MONTHLY;BYMONTHDAY=1 ({reason})")]
pub struct RuleError {
    rule: String,
    reason: String,
}

impl Rule {
    /// Reads the value of an RRULE line.
    ///
    /// # Errors
    /// If the text is not a valid RRULE of RFC 5545.
    pub fn parse(text: &str) -> Result<Self, RuleError> {
        let rule = Self(text.trim().trim_start_matches("RRULE:").to_owned());
        // The library cuts days of the week after two bytes, which may lie within a letter.
        if let Some(other) = rule.0.chars().find(|letter| !letter.is_ascii_alphanumeric() && !"=;,+-".contains(*letter))
        {
            return Err(RuleError { reason: format!("{other:?} has no place in it"), rule: rule.0 });
        }
        let has = |part: fn(&str) -> bool| rule.0.split(';').any(part);
        if has(|part| part.starts_with("BYSETPOS="))
            && !has(|part| part.starts_with("BY") && !part.starts_with("BYSETPOS="))
        {
            // RFC 5545, 3.3.10. The library would look for such a day up to the end of time.
            let reason = "BYSETPOS chooses among the days of another part, such as BYDAY".to_owned();
            return Err(RuleError { reason, rule: rule.0 });
        }
        rule.from(NaiveDateTime::new(NaiveDate::from_ymd_opt(EARLIEST, 1, 1).unwrap_or_default(), NaiveTime::MIN))?;
        Ok(rule)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last instant, on the wall clock; a bare date includes that day.
    fn until(&self) -> Option<NaiveDateTime> {
        let rule = floating(&self.0);
        let until = rule.split(';').find_map(|part| part.strip_prefix("UNTIL="))?;
        NaiveDateTime::parse_from_str(until, "%Y%m%dT%H%M%SZ").ok()
    }

    /// The occurrences from `start` on. `start` itself is one only if the rule says so.
    fn from(&self, start: NaiveDateTime) -> Result<RRuleSet, RuleError> {
        let refuse = |reason: String| RuleError { rule: self.0.clone(), reason };
        // The wall clock itself: as if it stood in a zone without daylight-saving time.
        let start: DateTime<Tz> = start.and_utc().with_timezone(&Tz::UTC);
        let rule: RRule<Unvalidated> =
            floating(&self.0).parse().map_err(|e: rrule::RRuleError| refuse(e.to_string()))?;
        let rule: RRule<Validated> = rule.validate(start).map_err(|e| refuse(e.to_string()))?;
        Ok(RRuleSet::new(start).rrule(rule))
    }
}

/// `UNTIL` on the wall clock, as the rest.
fn floating(rule: &str) -> String {
    let part = |part: &str| match part.split_once('=') {
        Some(("UNTIL", until)) if until.len() == 8 => format!("UNTIL={until}T235959Z"),
        Some(("UNTIL", until)) if !until.ends_with('Z') => format!("UNTIL={until}Z"),
        _ => part.to_owned(),
    };
    rule.split(';').map(part).collect::<Vec<_>>().join(";")
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Rule {
    type Error = RuleError;
    fn try_from(text: String) -> Result<Self, RuleError> {
        Self::parse(&text)
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.0
    }
}

/// The first `limit` occurrences of a rule that begins at `start`, on the wall clock.
///
/// # Errors
/// If the rule does not go with this start, as RFC 5545 has it.
pub fn occurrences(rule: &Rule, start: NaiveDateTime, limit: u16) -> Result<Vec<NaiveDateTime>, RuleError> {
    if rule.until().is_some_and(|until| until < start) {
        return Ok(Vec::new());
    }
    Ok(rule.from(start)?.all(limit).dates.into_iter().map(|at| at.naive_utc()).collect())
}

impl Recurrence {
    /// The next day after an occurrence due on `due` was done or skipped on `today`. Occurrences that have passed
    /// meanwhile are not made up for: nobody wants last year's bins. None when the rule has ended.
    ///
    /// # Errors
    /// If the rule does not go with the day it is counted from, as RFC 5545 has it.
    pub fn next(&self, due: NaiveDate, today: NaiveDate) -> Result<Option<NaiveDate>, RuleError> {
        match self.counted_from {
            CountedFrom::Due => self.first_from(self.start, due.max(today.pred_opt().unwrap_or(today))),
            CountedFrom::Completion => self.first_from(today, today),
        }
    }

    /// The first occurrence after `after` of the rule begun on `start`.
    fn first_from(&self, start: NaiveDate, after: NaiveDate) -> Result<Option<NaiveDate>, RuleError> {
        let days = occurrences(&self.rule, start.and_time(NaiveTime::MIN), MOST)?.into_iter().map(|at| at.date());
        Ok(days.filter(|day| *day > after).find(|day| !self.except.contains(day)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn recurrence(rule: &str, start: &str, counted_from: CountedFrom) -> Recurrence {
        Recurrence { rule: Rule::parse(rule).unwrap(), counted_from, start: day(start), except: Vec::new() }
    }

    #[track_caller]
    fn check(recurrence: &Recurrence, due: &str, today: &str, expected: &str) {
        let next = recurrence.next(day(due), day(today)).unwrap();
        assert_eq!(next.map_or("none".to_owned(), |day| day.to_string()), expected);
    }

    #[test]
    fn a_rule_of_other_letters_or_of_half_its_parts_is_refused() {
        for rule in [
            "FREQ=WEEKLY;BYDAY=TH\u{feff}",
            "FREQ=WEEKLY;BYDAY=ß",
            "FREQ=DAILY;COUNT=\u{661}",
            "FREQ=MONTHLY;BYSETPOS=-2",
        ] {
            assert!(Rule::parse(rule).is_err(), "{rule}");
        }
    }

    #[test]
    fn the_next_one_is_counted_from_the_due_date_or_from_the_day_it_was_done() {
        let rent = recurrence("FREQ=MONTHLY;BYMONTHDAY=1", "2026-01-01", CountedFrom::Due);
        check(&rent, "2026-02-01", "2026-01-28", "2026-03-01");
        check(&rent, "2026-02-01", "2026-02-20", "2026-03-01");
        let filter = recurrence("FREQ=MONTHLY;INTERVAL=3", "2026-01-01", CountedFrom::Completion);
        check(&filter, "2026-04-01", "2026-04-20", "2026-07-20");
    }

    #[test]
    fn what_was_missed_is_not_made_up_for_but_today_still_counts() {
        let bins = recurrence("FREQ=WEEKLY;BYDAY=TH", "2026-01-01", CountedFrom::Due);
        check(&bins, "2026-01-08", "2026-03-04", "2026-03-05");
        check(&bins, "2026-01-08", "2026-03-05", "2026-03-05");
    }

    #[test]
    fn exceptions_are_left_out_and_a_rule_may_end() {
        let mut course = recurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-01-05", CountedFrom::Due);
        check(&course, "2026-01-05", "2026-01-05", "2026-01-12");
        course.except = vec![day("2026-01-12")];
        check(&course, "2026-01-05", "2026-01-05", "2026-01-19");
        check(&course, "2026-01-19", "2026-01-19", "none");
        let until = recurrence("FREQ=DAILY;UNTIL=20260107", "2026-01-05", CountedFrom::Due);
        check(&until, "2026-01-06", "2026-01-06", "2026-01-07");
        check(&until, "2026-01-07", "2026-01-07", "none");
    }

    #[test]
    fn the_last_of_the_month_is_not_every_month_the_thirty_first() {
        let last = recurrence("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31", CountedFrom::Due);
        check(&last, "2026-01-31", "2026-01-31", "2026-02-28");
    }

    /// `tests/fixtures/recurrence/make.py` says how these were made.
    #[test]
    fn every_rule_gives_the_same_occurrences_as_python_dateutil() {
        let expected = include_str!("../../../../../tests/fixtures/recurrence/occurrences.txt");
        let mut wrong = Vec::new();
        for line in expected.lines() {
            let [start, rule, dates] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let dates: Vec<NaiveDateTime> = dates.split_whitespace().map(|date| date.parse().unwrap()).collect();
            let found = Rule::parse(rule).and_then(|rule| occurrences(&rule, start.parse().unwrap(), 12));
            if found.as_ref() != Ok(&dates) {
                wrong.push(format!("{line}\n  {found:?}"));
            }
        }
        assert!(wrong.is_empty(), "{} rules:\n{}", wrong.len(), wrong.join("\n"));
    }

    #[test]
    fn what_is_no_rule_is_refused_with_its_reason() {
        for text in ["", "every day", "FREQ=OFTEN", "FREQ=DAILY;INTERVAL=x"] {
            assert!(Rule::parse(text).is_err(), "{text}");
        }
    }
}
