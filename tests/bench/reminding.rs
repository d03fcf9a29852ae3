//! How well and how fast reminders are found: random lives on a simulated clock, and a profile with ten thousand tasks.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use app::{Channel, ChannelError, Message, Scheduler};
use chrono::Days;
use domain::Clock as _;
use journeys::TestApp;
use journeys::lives::Life;
use serde_json::{Value, json};

use crate::figure::{Better, Figure};

const LIVES: u64 = 1000;
const TASKS: u64 = 10_000;
/// Entries in the ledger of reminders before measuring.
const ENTRIES: usize = 50_000;
const RUNS: u32 = 21;

/// A channel that takes everything.
struct Taking;

impl Channel for Taking {
    fn id(&self) -> &'static str {
        "taking"
    }

    fn probe(&self) -> Result<(), ChannelError> {
        Ok(())
    }

    fn deliver(&self, _: &Message, _: std::sync::Arc<dyn Fn(app::Answer) + Send + Sync>) -> Result<(), ChannelError> {
        Ok(())
    }

    fn withdraw(&self, _: &str) {}
}

pub(crate) fn lives() -> anyhow::Result<Vec<Figure>> {
    let (mut whole, mut reminders) = (0_u64, 0_u64);
    for seed in 0..LIVES {
        match Life::live(seed) {
            Ok(delivered) => (whole, reminders) = (whole + 1, reminders + delivered),
            Err(broken) => println!("{broken}"),
        }
    }
    let note = format!("{LIVES} lives of five years, {reminders} reminders");
    Ok(vec![Figure {
        name: "remind.lives_simulated",
        value: whole as f64,
        unit: "lives",
        goal: Some(LIVES as f64),
        better: Better::Higher,
        note,
    }])
}

pub(crate) fn profile() -> anyhow::Result<Vec<Figure>> {
    let test = TestApp::with_channels("2026-11-20", vec![&Taking]);
    let today = "2026-11-20".parse::<chrono::NaiveDate>()?;
    for number in 0..TASKS {
        // Overdue, soon and far: as after years of use, only more.
        let due = today.checked_add_days(Days::new(number % 400)).context("a day")?;
        let draft = json!({"title": format!("Bill {number}"), "kind": "pay", "due": due,
                           "amount": {"amount": "84.20", "currency": "EUR"}});
        test.call("tasks.add", draft);
    }
    let mut scheduler = Scheduler::new(&test.app);
    let reminders = || test.call("reminders.history", json!({"limit": 2 * ENTRIES})).as_array().map_or(0, Vec::len);
    let mut tick = || scheduler.tick().map_err(|failure| anyhow::anyhow!("{failure}"));
    let mut noted = 0;
    while noted < ENTRIES {
        for _ in 0..16 {
            let next = tick()?.context("a next reminder")?;
            test.clock.set(next.max(test.clock.now()));
        }
        noted = reminders();
    }
    tick()?;

    let next = median(|| test.app.next_reminder().map(drop).map_err(|failure| anyhow::anyhow!("{failure}")))?;
    let tick = median(|| tick().map(drop))?;
    let view = median(|| {
        test.call("today.get", Value::Null);
        Ok(())
    })?;
    let note = || format!("{TASKS} open tasks, {noted} reminders in the ledger; median of {RUNS}");
    let figure =
        |name, value, goal| Figure { name, value, unit: "ms", goal: Some(goal), better: Better::Lower, note: note() };
    Ok(vec![
        figure("remind.next_due_ms", next, 2.0),
        figure("remind.tick_ms", tick, 5.0),
        figure("remind.today_ms", view, 20.0),
    ])
}

/// Milliseconds.
fn median(mut run: impl FnMut() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        run()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let middle: Duration = times.get(times.len() / 2).copied().context("no run")?;
    Ok(middle.as_secs_f64() * 1000.0)
}
