//! A task from one line as one would say it, German or English: "Müll rausbringen jeden Donnerstag 19 Uhr",
//! "pay rent on the 1st every month".
//!
//! What is recognised is taken out of the line; the rest is the title. Nothing is refused: a line without any date is a
//! task without one.

mod repeats;
#[cfg(test)]
mod tests;
mod when;
mod words;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime};

use crate::occurrences;
use crate::{CountedFrom, Money, Recurrence, Rule, TaskKind};
use repeats::Repeats;
use words::Words;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuickTask {
    /// What is left of the line.
    pub title: String,
    /// What sort of thing, by its verb.
    pub kind: TaskKind,
    /// The day.
    pub due: Option<NaiveDate>,
    /// The time of that day.
    pub due_time: Option<NaiveTime>,
    /// How it comes again.
    pub recurrence: Option<Recurrence>,
    /// How much.
    pub amount: Option<Money>,
    /// Words with a `#`.
    pub tags: Vec<String>,
    /// How long it takes.
    pub minutes: Option<u32>,
}

/// Reads a line, seen from `now` on the wall clock.
pub fn quick_add(line: &str, now: NaiveDateTime) -> QuickTask {
    let mut words = Words::new(line);
    let mut found = Found::default();
    let mut at = 0;
    while at < words.len() {
        let length = found.take(&words, at, now).unwrap_or(0);
        words.use_up(at, length);
        at += length.max(1);
    }
    let kind = kind(&words);
    let title = words.rest();
    let (due, due_time, recurrence) = found.resolve_days(now);
    let Found { amount, tags, minutes, .. } = found;
    QuickTask { title, kind, due, due_time, recurrence, amount, tags, minutes }
}

#[derive(Default)]
struct Found {
    day: Option<NaiveDate>,
    day_of_month: Option<u32>,
    time: Option<NaiveTime>,
    repeats: Option<Repeats>,
    amount: Option<Money>,
    tags: Vec<String>,
    minutes: Option<u32>,
}

impl Found {
    /// Takes what stands at a word; gives how many words that were.
    fn take(&mut self, words: &Words<'_>, at: usize, now: NaiveDateTime) -> Option<usize> {
        if let Some(tag) = words.raw(at).strip_prefix('#').filter(|tag| !tag.is_empty()) {
            self.tags.push(tag.trim_end_matches([',', '.', ';']).to_owned());
            return Some(1);
        }
        if self.repeats.is_none()
            && let Some((length, repeats)) = repeats::at(words, at)
        {
            self.repeats = Some(repeats);
            return Some(length);
        }
        if self.amount.is_none()
            && let Some((length, amount)) = words::amount(words, at)
        {
            self.amount = Some(amount);
            return Some(length);
        }
        if let Some((length, moment)) = when::relative_time(words, at, now)
            && self.day.is_none()
        {
            (self.day, self.time) = (Some(moment.date()), Some(moment.time()));
            return Some(length);
        }
        if self.minutes.is_none()
            && let Some((length, minutes)) = when::duration(words, at)
        {
            self.minutes = Some(minutes);
            return Some(length);
        }
        if self.day.is_none()
            && let Some((length, day)) = when::day(words, at, now.date())
        {
            self.day = Some(day);
            return Some(length);
        }
        if self.time.is_none()
            && let Some((length, time)) = when::time(words, at)
        {
            self.time = Some(time);
            return Some(length);
        }
        if self.day_of_month.is_none()
            && let Some((length, day)) = when::day_of_month(words, at)
        {
            self.day_of_month = Some(day);
            return Some(length);
        }
        None
    }

    /// Day, time and recurrence from what was found.
    fn resolve_days(&self, now: NaiveDateTime) -> (Option<NaiveDate>, Option<NaiveTime>, Option<Recurrence>) {
        let today = now.date();
        let day = self.day.or_else(|| self.day_of_month.and_then(|day| when::next_day_of_month(day, today)));
        // A time that has passed today means tomorrow.
        let from =
            if self.time.is_some_and(|time| time <= now.time()) { today.succ_opt().unwrap_or(today) } else { today };
        let Some(repeats) = &self.repeats else {
            return (day.or(self.time.map(|_| from)), self.time, None);
        };
        let begins = day.unwrap_or(from);
        let day_of_month = self.day_of_month.or_else(|| day.filter(|_| repeats.is_monthly()).map(|day| day.day()));
        let rules = (Rule::parse(&repeats.rule(day_of_month)), Rule::parse(&repeats.each().rule(day_of_month)));
        let (Ok(rule), Ok(each)) = rules else { return (Some(begins), self.time, None) };
        // "Every second Tuesday" begins with the next Tuesday.
        let first = occurrences(&each, begins.and_time(NaiveTime::MIN), 1).ok().and_then(|days| days.first().copied());
        let start = first.map_or(begins, |first| first.date());
        let recurrence = Recurrence { rule, counted_from: CountedFrom::Due, start, except: Vec::new() };
        (Some(start), self.time, Some(recurrence))
    }
}

/// What sort of thing, by the words that are left.
fn kind(words: &Words<'_>) -> TaskKind {
    const BY_WORD: &[(TaskKind, &[&str])] = &[
        (TaskKind::Pay, &["zahlen", "bezahlen", "überweisen", "pay", "transfer"]),
        (TaskKind::CancelOrKeep, &["kündigen", "cancel"]),
        (TaskKind::PickUp, &["abholen", "collect"]),
        (TaskKind::Attend, &["termin", "appointment", "meeting"]),
        (TaskKind::Renew, &["verlängern", "renew"]),
    ];
    let left = |word: &str| (0..words.len()).any(|at| !words.is_used(at) && words.plain(at) == word);
    if (0..words.len()).any(|at| words.plain(at) == "pick" && words.plain(at + 1) == "up") {
        return TaskKind::PickUp;
    }
    let found = BY_WORD.iter().find(|(_, all)| all.iter().any(|word| left(word)));
    found.map_or(TaskKind::Other, |(kind, _)| *kind)
}
