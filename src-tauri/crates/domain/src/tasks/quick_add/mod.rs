//! A task from one line as one would say it, German or English: "Müll rausbringen jeden Donnerstag 19 Uhr",
//! "pay rent on the 1st every month".
//!
//! What is recognised is taken out of the line; the rest is the title. Nothing is refused: a line without any date is a
//! task without one.

mod days;
mod repeats;
#[cfg(test)]
mod tests;
mod times;
mod when;
mod words;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime};

use crate::occurrences;
use crate::{CountedFrom, Money, Recurrence, Rule, TaskKind};
use repeats::Repeats;
use times::{Clock, Part};
pub use when::{When, coming_when, past_day};
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
    clock: Option<Clock>,
    part: Option<Part>,
    /// So long from now.
    moment: Option<NaiveDateTime>,
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
        if self.moment.is_none()
            && !self.has_day()
            && let Some((length, moment)) = times::relative(words, at, now)
        {
            self.moment = Some(moment);
            return Some(length);
        }
        if self.minutes.is_none()
            && let Some((length, minutes)) = times::duration(words, at)
        {
            self.minutes = Some(minutes);
            return Some(length);
        }
        self.take_day(words, at, now.date()).or_else(|| self.take_time(words, at))
    }

    fn has_day(&self) -> bool {
        self.day.is_some() || self.moment.is_some()
    }

    fn take_day(&mut self, words: &Words<'_>, at: usize, today: NaiveDate) -> Option<usize> {
        if self.has_day() {
            return None;
        }
        if words.plain(at) == "tonight" && self.part.is_none() {
            (self.day, self.part) = (Some(today), Some(Part::Tonight));
            return Some(1);
        }
        if let Some((day, part)) = days::with_part(words, at, today)
            && self.part.is_none()
        {
            (self.day, self.part) = (Some(day), Some(part));
            return Some(1);
        }
        if let Some((length, day)) = days::day(words, at, today) {
            self.day = Some(day);
            return Some(length);
        }
        if self.day_of_month.is_none()
            && let Some((length, day)) = days::day_of_month(words, at)
        {
            self.day_of_month = Some(day);
            return Some(length);
        }
        None
    }

    fn take_time(&mut self, words: &Words<'_>, at: usize) -> Option<usize> {
        if self.moment.is_some() {
            return None;
        }
        if self.clock.is_none()
            && let Some((length, clock)) = times::clock(words, at)
        {
            self.clock = Some(clock);
            return Some(length);
        }
        if self.part.is_none()
            && let Some((length, part)) = times::part(words, at)
        {
            self.part = Some(part);
            return Some(length);
        }
        None
    }

    /// Day, time and recurrence from what was found.
    fn resolve_days(&self, now: NaiveDateTime) -> (Option<NaiveDate>, Option<NaiveTime>, Option<Recurrence>) {
        let today = now.date();
        if let Some(moment) = self.moment {
            return (Some(moment.date()), Some(moment.time()), None);
        }
        let day = self.day.or_else(|| self.day_of_month.and_then(|day| days::next_day_of_month(day, today)));
        let is_open = day.is_none_or(|day| day == today) && self.repeats.is_none();
        let time = times::resolve(self.clock, self.part, is_open.then_some(now.time()));
        // A time that has passed today means tomorrow.
        let from = if time.is_some_and(|time| time <= now.time()) { today.succ_opt().unwrap_or(today) } else { today };
        let Some(repeats) = &self.repeats else {
            return (day.or(time.map(|_| from)), time, None);
        };
        let begins = day.unwrap_or(from);
        let day_of_month = self.day_of_month.or_else(|| day.filter(|_| repeats.is_monthly()).map(|day| day.day()));
        let rules = (Rule::parse(&repeats.rule(day_of_month)), Rule::parse(&repeats.each().rule(day_of_month)));
        let (Ok(rule), Ok(each)) = rules else { return (Some(begins), time, None) };
        // "Every second Tuesday" begins with the next Tuesday.
        let first = occurrences(&each, begins.and_time(NaiveTime::MIN), 1).ok().and_then(|days| days.first().copied());
        let start = first.map_or(begins, |first| first.date());
        let recurrence = Recurrence { rule, counted_from: CountedFrom::Due, start, except: Vec::new() };
        (Some(start), time, Some(recurrence))
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
