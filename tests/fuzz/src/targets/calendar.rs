use chrono::{DateTime, Utc};
use domain::{CalendarEntry, CalendarTime, TaskId};
use uuid::Uuid;

use crate::Target;
use crate::seeds::texts;

/// Calendar files that we write: whatever a letter is called, it adds no line of its own to one.
pub(crate) const TARGET: Target = Target {
    name: "calendar",
    seeds,
    words: &["\r\n", "\nEND:VEVENT", "BEGIN:VALARM", ";", ",", "\\n"],
    short: 3_000,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    texts(&["Rechnung, Stadtwerke; 84,20", "Zeile\nZeile", "ä".repeat(100).as_str(), "\\\\n"])
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let entry = CalendarEntry {
        task: Uuid::nil().to_string().parse::<TaskId>().expect("an id"),
        made_at: DateTime::<Utc>::UNIX_EPOCH,
        time: CalendarTime::Day(super::now().date()),
        title: &text,
        description: &text,
        place: Some(&text),
    };
    let file = entry.file();
    assert!(file.ends_with("\r\n"), "the last line has its end");
    let mut lines = 0;
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{line:?} is longer than a line of a calendar");
        assert!(!line.contains(['\r', '\n']), "{line:?} has a line in it");
        lines += usize::from(!line.starts_with(' '));
    }
    let plain = CalendarEntry { title: "x", description: "x", place: Some("x"), ..entry };
    let expected = plain.file().split_terminator("\r\n").count();
    assert!(lines == expected || text.is_empty(), "{lines} lines instead of {expected} of {text:?}");
}
