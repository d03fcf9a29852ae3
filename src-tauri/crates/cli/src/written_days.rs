//! Days and hours in the input of `call`, as people write them: `5 June 2026` and `morgen` where the command takes
//! `2026-06-05`, `halb acht` where it takes `07:30:00`, both together where it takes a point in time.
//!
//! Which texts are days only the command knows, and it is asked: a text is one where the command takes the ISO form of it and
//! not the text itself. So a title may be “tomorrow”, and days in lists and objects are found like any other.

use app::Failure;
use app::command::Command;
use chrono::NaiveDate;
use domain::FailureCode;
use serde_json::Value;

use crate::text;

/// Fields about what has happened: `12.11.` is the last one.
const PAST: &[&str] = &["paid_on", "received", "served", "posted", "concluded"];
/// Fields about what is to come: `12.11.` is the next one.
const COMING: &[&str] = &["due", "except", "term_end"];

/// What a text is refused with that stands for a day or an hour and is none (chrono).
const UNREAD: &[&str] =
    &["input contains invalid characters", "input is out of range", "premature end of input", "trailing input"];

/// A text somewhere in the input.
struct Text {
    /// Where: a JSON pointer (RFC 6901).
    place: String,
    /// The field it is in.
    field: String,
    text: String,
}

/// The input with its days and hours in ISO form.
///
/// # Errors
/// `bad_input` if the command does not take it.
pub(crate) fn read(command: &dyn Command, input: Value) -> Result<Value, Failure> {
    let Err(as_typed) = command.check(input.clone()) else {
        return Ok(input);
    };
    let mut texts = Vec::new();
    collect(&input, "", "", &mut texts);
    let days: Vec<(&Text, String)> = texts.iter().filter_map(|text| Some((text, text.read()?))).collect();
    let mut read = input;
    for (text, day) in &days {
        read = with(read, text, day);
    }
    if let Err(failure) = command.check(read.clone()) {
        // What was typed is named, not what was made of it.
        let is_about_a_read_one = days.iter().any(|(_, day)| failure.message.contains(day));
        return Err(if is_about_a_read_one { as_typed } else { no_day(command, &read, &texts).unwrap_or(failure) });
    }
    for (text, _) in &days {
        let as_typed = with(read.clone(), text, &text.text);
        if command.check(as_typed.clone()).is_ok() {
            read = as_typed;
        }
    }
    Ok(read)
}

/// What is wrong, if it is a day or an hour: where a day stands in its place, that is no longer wrong, and any other word is as
/// wrong as it.
fn no_day(command: &dyn Command, input: &Value, texts: &[Text]) -> Option<Failure> {
    let is_unread = |input: Value| {
        command.check(input).is_err_and(|failure| UNREAD.iter().any(|why| failure.message.contains(why)))
    };
    if !is_unread(input.clone()) {
        return None;
    }
    let some_day = NaiveDate::default().to_string();
    let is_day = |text: &&Text| {
        !is_unread(with(input.clone(), text, &some_day)) && is_unread(with(input.clone(), text, "no day"))
    };
    let message = texts.iter().filter(|text| text.read().is_none()).find(is_day).map_or_else(
        || "A day or an hour in the input cannot be read: they are written such as 14 Nov 2026 and 19:30.".to_owned(),
        |Text { text, field, .. }| {
            format!("“{text}” in “{field}” is no day: it is written such as 14 Nov 2026 or tomorrow.")
        },
    );
    Some(Failure::new(FailureCode::BadInput, message))
}

fn with(mut input: Value, text: &Text, said: &str) -> Value {
    if let Some(there) = input.pointer_mut(&text.place) {
        *there = Value::String(said.to_owned());
    }
    input
}

fn collect(value: &Value, place: &str, field: &str, texts: &mut Vec<Text>) {
    match value {
        Value::String(text) => {
            texts.push(Text { place: place.to_owned(), field: field.to_owned(), text: text.clone() });
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                collect(item, &format!("{place}/{number}"), field, texts);
            }
        }
        Value::Object(fields) => {
            // An assumption says in one field what the other one is.
            let what = fields.get("what").and_then(Value::as_str);
            for (key, inner) in fields {
                let step = key.replace('~', "~0").replace('/', "~1");
                let field = what.filter(|_| key == "value").unwrap_or(key);
                collect(inner, &format!("{place}/{step}"), field, texts);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Text {
    /// What it means, as commands take it: a day, an hour, or an hour of a day.
    fn read(&self) -> Option<String> {
        self.day().map(|day| day.to_string()).or_else(|| text::hour(&self.text))
    }

    /// The day it says. Without its year it says none, unless the field tells which way to look.
    fn day(&self) -> Option<NaiveDate> {
        let (past, coming) = (text::past_day(&self.text), text::coming_day(&self.text));
        if PAST.contains(&self.field.as_str()) {
            past.or(coming)
        } else if COMING.contains(&self.field.as_str()) {
            coming.or(past)
        } else {
            match (past, coming) {
                (Some(past), Some(coming)) => (past == coming).then_some(past),
                (past, coming) => past.or(coming),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use app::COMMANDS;
    use serde_json::json;

    use super::*;

    fn read_by(name: &str, input: Value) -> Result<Value, Failure> {
        let command = COMMANDS.iter().copied().find(|command| command.name() == name).unwrap();
        read(command, input)
    }

    #[test]
    fn a_day_is_read_wherever_the_command_takes_one() {
        for day in ["05.06.2026", "5.6.2026", "5. Juni 2026", "5 June 2026", "2026-06-05"] {
            let draft =
                json!({"title": "Call Kim", "due": day, "recurrence": {"rule": "FREQ=DAILY", "except": [day, day]}});
            let read = read_by("tasks.add", draft.clone()).unwrap();
            assert_eq!((&read["due"], &read["recurrence"]["except"][1]), (&json!("2026-06-05"), &json!("2026-06-05")));
            let nested =
                read_by("tasks.edit", json!({"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "draft": draft})).unwrap();
            assert_eq!(nested["draft"]["due"], "2026-06-05");
            let month = read_by("calendar.list", json!({"from": day, "to": "30. Juni 2026"})).unwrap();
            assert_eq!(month, json!({"from": "2026-06-05", "to": "2026-06-30"}));
        }
        let tomorrow =
            read_by("tasks.add", json!({"title": "tomorrow", "due": "morgen", "description": "5 June 2026"})).unwrap();
        assert_eq!((&tomorrow["title"], &tomorrow["description"]), (&json!("tomorrow"), &json!("5 June 2026")));
        assert!(tomorrow["due"].as_str().unwrap().parse::<NaiveDate>().is_ok());
    }

    #[test]
    fn a_day_without_its_year_is_the_next_or_the_last_one_by_what_it_is_about() {
        let id = "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10";
        let (yesterday, tomorrow) = (text::past_day("gestern").unwrap(), text::coming_day("morgen").unwrap());
        let short = |day: NaiveDate| day.format("%d.%m.").to_string();
        let paid = read_by("tasks.pay", json!({"id": id, "paid_on": short(yesterday)})).unwrap();
        assert_eq!(paid["paid_on"], yesterday.to_string());
        let assumed = json!({"id": id, "assumption": {"what": "received", "value": short(yesterday)}});
        assert_eq!(read_by("deadlines.assume", assumed).unwrap()["assumption"]["value"], yesterday.to_string());
        let due = read_by("tasks.postpone", json!({"id": id, "due": short(tomorrow)})).unwrap();
        assert_eq!(due["due"], tomorrow.to_string());
        let span = read_by("calendar.list", json!({"from": short(yesterday), "to": "morgen"}));
        assert!(span.unwrap_err().message.contains("“from”"), "either year could be meant");
    }

    #[test]
    fn what_is_wrong_is_named_as_it_was_typed() {
        let message = |name, input| read_by(name, input).unwrap_err().message;
        for wrong in ["31.2.2026", "2026-02-31", "soonish", ""] {
            let said = message("tasks.add", json!({"title": "x", "due": wrong}));
            assert!(said.contains(&format!("“{wrong}” in “due” is no day")), "{said}");
        }
        let two = message("tasks.postpone", json!({"due": "31.2.2026"}));
        assert!(two.contains("“31.2.2026” in “due”"), "{two}");
        let hour = message("tasks.add", json!({"title": "x", "due": "5 June 2026", "due_time": "late"}));
        assert!(hour.contains("A day or an hour"), "{hour}");
        let id = "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10";
        let instant = message("reminders.snooze", json!({"task": id, "until": {"at": "some day"}}));
        assert!(instant.contains("A day or an hour"), "{instant}");
        assert!(message("reminders.snooze", json!({"task": id, "until": "morgen"})).contains("`morgen`"));
        assert!(message("tasks.postpone", json!({"due": "5 June 2026"})).contains("missing field `id`"));
        assert!(message("tasks.postpone", json!({"id": "morgen", "due": "5 June 2026"})).contains("UUID"));
    }
}
