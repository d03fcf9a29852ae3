//! How late a reminder is shown by the running scheduler: at its time, and after the clock has leapt as when a computer
//! wakes up.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use app::{Channel, ChannelError, EngineOptions, Message, Supervisor, SystemClock};
use chrono::{DateTime, Utc};
use domain::Clock as _;
use journeys::TestApp;
use serde_json::{Value, json};

use crate::figure::{Better, Figure};

const TRIES: usize = 5;
/// Longer than any goal: what has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(180);

/// A channel that tells when something is shown.
struct Telling(Mutex<Sender<(Instant, DateTime<Utc>)>>);

impl Telling {
    /// Lives as long as the program.
    fn new() -> (&'static Self, Receiver<(Instant, DateTime<Utc>)>) {
        let (tell, told) = channel();
        (Box::leak(Box::new(Self(Mutex::new(tell)))), told)
    }
}

impl Channel for Telling {
    fn id(&self) -> &'static str {
        "telling"
    }

    fn probe(&self) -> Result<(), ChannelError> {
        Ok(())
    }

    fn deliver(&self, _: &Message, _: Arc<dyn Fn(app::Answer) + Send + Sync>) -> Result<(), ChannelError> {
        let tell = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tell.send((Instant::now(), SystemClock.now())).map_err(|error| ChannelError::NotAccepted(error.to_string()))
    }

    fn withdraw(&self, _: &str) {}
}

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    Ok(vec![at_its_time()?, after_a_leap()?])
}

fn at_its_time() -> anyhow::Result<Figure> {
    let folder = tempfile::TempDir::new()?;
    let (telling, told) = Telling::new();
    let parts = app::Parts { channels: vec![telling], ..app::Parts::real() };
    let app = app::App::open(app::Profile::locate(Some(folder.path()))?, parts)?;
    let call = |name: &str, input: Value| app.dispatch(name, input).with_context(|| name.to_owned());
    // A machine may be measured at night.
    for end in ["quiet_from", "quiet_until"] {
        call("settings.change", json!({"key": end, "value": "00:00:00"}))?;
    }
    let _engine = Supervisor::start(&app, "bench", EngineOptions { inbox: false, reminders: true })?;
    let zone = chrono_tz::Europe::Berlin;
    let mut late = Vec::new();
    for number in 0..TRIES {
        let task = call("tasks.add", json!({"title": format!("call {number}")}))?["id"].clone();
        let soon = SystemClock.now().with_timezone(&zone).naive_local() + chrono::Duration::seconds(2);
        call("reminders.snooze", json!({"task": task, "until": {"at": soon}}))?;
        let (_, shown) = told.recv_timeout(PATIENCE).context("no reminder came")?;
        late.push((shown - domain::local(soon, zone)).as_seconds_f64() * 1000.0);
    }
    Ok(Figure::median_ms("remind.late_ms", 2000.0, &late))
}

fn after_a_leap() -> anyhow::Result<Figure> {
    let (telling, told) = Telling::new();
    let test = TestApp::with_channels("2026-11-20", vec![telling]);
    test.call("tasks.quick_add", json!({"line": "Kim anrufen am Freitag"}));
    let _engine = Supervisor::start(&test.app, "bench", EngineOptions { inbox: false, reminders: true })?;
    let due = journeys::wait_for("the next reminder", || test.app.next_reminder().ok().flatten());
    test.clock.set(due + chrono::Duration::minutes(1));
    let leapt = Instant::now();
    let (shown, _) = told.recv_timeout(PATIENCE).context("no reminder came")?;
    Ok(Figure {
        name: "remind.late_after_clock_change_s",
        value: (shown - leapt).as_secs_f64(),
        unit: "s",
        goal: Some(60.0),
        better: Better::Lower,
        note: format!("the clock leaps to a minute after {due}; nothing else wakes the scheduler"),
    })
}
