//! An appointment or a deadline as a calendar file (RFC 5545), to be taken into any calendar.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::{ShiftTime as _, TaskId};

/// Lines are folded after so many bytes (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// When an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarTime {
    /// The whole day.
    Day(NaiveDate),
    /// From an instant on, for an hour.
    At(DateTime<Utc>),
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry<'a> {
    /// Its task: the same task made again replaces its entry.
    pub task: TaskId,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it is.
    pub time: CalendarTime,
    /// One line.
    pub title: &'a str,
    /// In more words; may be empty.
    pub description: &'a str,
    /// Where.
    pub place: Option<&'a str>,
}

impl CalendarEntry<'_> {
    /// The file: one event with an alarm a week, a day and two hours before.
    pub fn file(&self) -> String {
        calendar([self.event(&["P7D", "P1D", "PT2H"])])
    }

    /// The event alone, for a [`calendar`] of many, with an alarm so long before it each.
    pub fn event(&self, alarms: &[&str]) -> String {
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@workmate.private", self.task),
            format!("DTSTAMP:{}", instant(self.made_at)),
            // Leads from the calendar back to the task.
            format!("URL:workmate://task/{}", self.task),
        ];
        match self.time {
            CalendarTime::Day(day) => lines.push(format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d"))),
            CalendarTime::At(start) => {
                lines.push(format!("DTSTART:{}", instant(start)));
                lines.push(format!("DTEND:{}", instant(start.plus(Duration::hours(1)))));
            }
        }
        lines.push(format!("SUMMARY:{}", escaped(self.title)));
        if !self.description.is_empty() {
            lines.push(format!("DESCRIPTION:{}", escaped(self.description)));
        }
        lines.extend(self.place.map(|place| format!("LOCATION:{}", escaped(place))));
        for before in alarms {
            lines.push("BEGIN:VALARM".to_owned());
            lines.push("ACTION:DISPLAY".to_owned());
            lines.push(format!("TRIGGER:-{before}"));
            lines.push(format!("DESCRIPTION:{}", escaped(self.title)));
            lines.push("END:VALARM".to_owned());
        }
        lines.push("END:VEVENT".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }
}

/// A calendar file with these events.
pub fn calendar(events: impl IntoIterator<Item = String>) -> String {
    let begin = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Workmate Private//EN"];
    let begin = begin.into_iter().map(folded);
    begin.chain(events).chain([folded("END:VCALENDAR")]).collect()
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Text with the characters escaped that mean something else (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    // Of the control characters only the tab may stand in a text, and the end of a line escaped.
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let plain: String = lines.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    plain.replace('\\', r"\\").replace(';', r"\;").replace(',', r"\,").replace('\n', r"\n")
}

/// A line with its end, broken where it is too long; never within a character.
fn folded(line: &str) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for character in line.chars() {
        if length + character.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(character);
        length += character.len_utf8();
    }
    text + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{CountingIds, noon};

    #[test]
    fn an_appointment_is_one_event_with_three_alarms_in_short_lines() {
        let entry = CalendarEntry {
            task: TaskId::new(&CountingIds::default()),
            made_at: noon("2026-11-20"),
            time: CalendarTime::At(noon("2026-12-18")),
            title: "Zahnarzt; Prophylaxe, Röntgen",
            description: &"Bitte nüchtern kommen – Größe ändern. ".repeat(4),
            place: Some("Am Anger 3,\nEichenbruck"),
        };
        let file = entry.file();
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        let whole = file.replace("\r\n ", "");
        for wanted in [
            "DTSTAMP:20261120T110000Z",
            "DTSTART:20261218T110000Z",
            "DTEND:20261218T120000Z",
            r"SUMMARY:Zahnarzt\; Prophylaxe\, Röntgen",
            r"LOCATION:Am Anger 3\,\nEichenbruck",
            "TRIGGER:-PT2H",
        ] {
            assert!(whole.lines().any(|line| line == wanted), "{wanted} in\n{whole}");
        }
        assert_eq!(whole.matches("BEGIN:VALARM").count(), 3);
        let day = CalendarEntry { time: CalendarTime::Day("2026-12-18".parse().unwrap()), ..entry };
        assert!(day.file().contains("DTSTART;VALUE=DATE:20261218\r\n"));
    }
}
