//! Days, hours and rhythms in words, for fields in which somebody types them.

use chrono::{NaiveDate, NaiveTime};
use domain::{Repeat, When, coming_when, past_day};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{App, Failure};

/// What somebody has typed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Words {
    /// Such as "übernächsten Freitag", "12.12.", "halb acht" or "every Thursday".
    pub text: String,
    /// It is about something that has happened: a day without its year is the last such day.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub past: bool,
}

/// What it means; all empty where a word of it is not understood.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct WhenView {
    /// The day.
    pub day: Option<NaiveDate>,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// How it comes again.
    pub recurrence: Option<Repeat>,
}

impl From<When> for WhenView {
    fn from(when: When) -> Self {
        let When { day, time, recurrence } = when;
        Self { day, time, recurrence: recurrence.map(Repeat::from) }
    }
}

/// What a day, an hour or a rhythm means that somebody has typed.
pub fn read(app: &App, words: Words) -> Result<WhenView, Failure> {
    let now = app.view_context()?.local_now();
    if words.past {
        return Ok(WhenView { day: past_day(&words.text, now.date()), ..WhenView::default() });
    }
    Ok(coming_when(&words.text, now).map(WhenView::from).unwrap_or_default())
}
