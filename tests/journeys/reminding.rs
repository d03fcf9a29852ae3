//! The scheduler on a real profile, with channels of the test: nothing is lost, and nothing comes in heaps.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use app::{Answer, Channel, ChannelError, Message, Scheduler};
use domain::Clock as _;
use journeys::{TestApp, sample};
use serde_json::{Value, json};

type Answering = Arc<dyn Fn(Answer) + Send + Sync>;

/// A channel that writes down what it shows, or fails.
pub(crate) struct Recorder {
    id: &'static str,
    fails: Mutex<bool>,
    has_no_buttons: Mutex<bool>,
    /// Somebody presses "In 15 minutes" while the message is still appearing.
    is_put_off_at_once: Mutex<bool>,
    shown: Mutex<Vec<(Message, Answering)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Recorder {
    /// Lives as long as the test program.
    pub(crate) fn new(id: &'static str) -> &'static Self {
        Box::leak(Box::new(Self {
            id,
            fails: Mutex::default(),
            has_no_buttons: Mutex::default(),
            is_put_off_at_once: Mutex::default(),
            shown: Mutex::default(),
        }))
    }

    fn fail(&self, fails: bool) {
        *lock(&self.fails) = fails;
    }

    /// What was shown since the last look, title and body.
    pub(crate) fn shown(&self) -> Vec<String> {
        lock(&self.shown).drain(..).map(|(message, _)| format!("{}\n{}", message.title, message.body)).collect()
    }

    fn answer_last(&self, answer: impl Fn(String) -> Answer) {
        let (message, answering) = lock(&self.shown).pop().expect("something was shown");
        answering(answer(message.tag));
    }
}

impl Channel for Recorder {
    fn id(&self) -> &'static str {
        self.id
    }

    fn probe(&self) -> Result<(), ChannelError> {
        Ok(())
    }

    fn deliver(&self, message: &Message, answer: Answering) -> Result<(), ChannelError> {
        if *lock(&self.fails) {
            return Err(ChannelError::NotAccepted("as the test overrides".to_owned()));
        }
        if *lock(&self.is_put_off_at_once) {
            put_off_at_once(message.tag.clone(), Arc::clone(&answer));
        }
        lock(&self.shown).push((message.clone(), answer));
        Ok(())
    }

    fn has_buttons(&self) -> bool {
        !*lock(&self.has_no_buttons)
    }

    fn withdraw(&self, _: &str) {}
}

/// The answer is given its chance to be carried out before the message is known to have been shown.
fn put_off_at_once(tag: String, answer: Answering) {
    let (tell, carried_out) = mpsc::channel();
    thread::spawn(move || {
        answer(Answer::Action { tag, action_id: "soon".to_owned() });
        let _ = tell.send(());
    });
    let _ = carried_out.recv_timeout(Duration::from_millis(500));
}

struct Desk {
    test: TestApp,
    first: &'static Recorder,
    second: &'static Recorder,
    scheduler: Scheduler,
}

/// Friday, 20 November, 13 o'clock in Berlin.
fn desk() -> Desk {
    let (first, second) = (Recorder::new("first"), Recorder::new("second"));
    let test = TestApp::with_channels("2026-11-20", vec![first, second]);
    test.call("settings.change", json!({"key": "language", "value": "en"}));
    let scheduler = Scheduler::new(&test.app);
    Desk { test, first, second, scheduler }
}

impl Desk {
    /// Moves the clock and looks; gives the next instant.
    fn at(&mut self, instant: &str) -> String {
        self.test.clock.go_to(instant);
        let next = self.scheduler.tick().expect("a look at the reminders");
        next.map_or_else(String::new, |at| at.to_rfc3339())
    }

    fn task(&self, line: &str) -> Value {
        self.test.call("tasks.quick_add", json!({"line": line}))["task"]["id"].clone()
    }

    fn ledger(&self) -> Vec<String> {
        let entries = self.test.call("reminders.history", json!({}));
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let line =
            |entry: &Value| format!("{} {} {}", text(entry, "stage"), text(entry, "state"), text(entry, "channel"));
        let mut lines: Vec<String> = entries.as_array().unwrap().iter().map(line).collect();
        lines.sort_unstable();
        lines
    }
}

#[test]
fn what_is_due_is_shown_at_its_time_once_even_after_a_restart() {
    let mut desk = desk();
    desk.task("call Kim on Friday");
    assert_eq!(desk.at("2026-11-25T07:59:59Z"), "2026-11-25T08:00:00+00:00");
    assert_eq!(desk.first.shown().len(), 0);
    assert_eq!(desk.at("2026-11-25T08:00:00Z"), "2026-11-26T08:00:00+00:00");
    assert_eq!(desk.first.shown(), ["Do: call Kim\ndue in 2 days (Fri 27 Nov)"]);
    desk.test = desk.test.restarted();
    desk.scheduler = Scheduler::new(&desk.test.app);
    desk.at("2026-11-25T08:00:30Z");
    // Set back by half an hour, it comes no second time.
    desk.at("2026-11-25T07:30:00Z");
    desk.at("2026-11-25T08:00:00Z");
    assert_eq!(desk.first.shown(), Vec::<String>::new());
    assert_eq!(desk.ledger(), ["warning delivered first"]);
}

#[test]
fn a_channel_that_fails_is_left_for_the_next_one_and_rests_longer_each_time() {
    let mut desk = desk();
    desk.task("call Kim on Friday");
    desk.first.fail(true);
    desk.at("2026-11-25T08:00:00Z");
    assert_eq!((desk.first.shown().len(), desk.second.shown().len()), (0, 1));
    assert_eq!(desk.ledger(), ["warning delivered second", "warning failed first"]);
    desk.second.fail(true);
    // Both fail: after one minute, five, fifteen; the first one has failed once more.
    assert_eq!(desk.at("2026-11-26T08:00:00Z"), "2026-11-26T08:01:00+00:00");
    assert_eq!(desk.at("2026-11-26T08:01:00Z"), "2026-11-26T08:05:00+00:00");
    let waiting = desk.test.call("reminders.waiting", Value::Null);
    assert_eq!(
        (&waiting[0]["title"], &waiting[0]["state"]),
        (&json!("call Kim"), &json!("attempted")),
        "it stays in the window"
    );
    desk.first.fail(false);
    desk.at("2026-11-26T08:05:00Z");
    assert_eq!(desk.first.shown().len(), 1, "it was not lost");
}

#[test]
fn each_stage_has_its_channels_and_what_is_overdue_goes_out_on_all_of_them() {
    let mut desk = desk();
    desk.task("call Kim on Friday");
    let channels = json!({"warning": ["second"], "critical": ["second", "first"]});
    desk.test.call("settings.change", json!({"key": "reminder_channels", "value": channels}));
    desk.at("2026-11-25T08:00:00Z");
    assert_eq!((desk.first.shown().len(), desk.second.shown().len()), (0, 1));
    // Nothing is said about urgent ones: the first channel that takes it is enough.
    desk.at("2026-11-26T08:00:00Z");
    assert_eq!((desk.first.shown().len(), desk.second.shown().len()), (1, 0));
    // One that fails does not make it undelivered.
    desk.second.fail(true);
    desk.at("2026-11-28T08:00:00Z");
    assert_eq!(desk.first.shown().len(), 1);
    assert!(desk.ledger().contains(&"critical failed second".to_owned()), "{:?}", desk.ledger());
    desk.second.fail(false);
    desk.at("2026-11-28T16:00:00Z");
    assert_eq!((desk.first.shown().len(), desk.second.shown().len()), (1, 1), "its pause is over");
    let unknown = json!({"key": "reminder_channels", "value": {"info": ["pigeon"]}});
    assert!(desk.test.refused("settings.change", unknown).message.contains("first, second"));
}

#[test]
fn where_notifications_have_no_buttons_the_window_with_the_choices_is_asked_for() {
    let mut desk = desk();
    let asked = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&asked);
    desk.test.app.subscribe(move |event| {
        if *event == app::AppEvent::ShowReminders {
            *lock(&counted) += 1;
        }
    });
    desk.task("call Kim on Friday");
    desk.at("2026-11-25T08:00:00Z");
    assert_eq!(*lock(&asked), 0);
    *lock(&desk.first.has_no_buttons) = true;
    desk.at("2026-11-26T08:00:00Z");
    assert_eq!(*lock(&asked), 1);
    // What is in that window can be put off there, and comes back.
    let waiting = desk.test.call("reminders.waiting", Value::Null);
    desk.test.call("reminders.snooze", json!({"task": waiting[0]["task"], "until": "fifteen_minutes"}));
    assert_eq!(desk.at("2026-11-26T08:00:01Z"), "2026-11-26T08:15:00+00:00");
}

#[test]
fn what_is_shown_in_the_focused_window_is_seen_and_silences_nothing_more_pressing() {
    let mut desk = desk();
    let task = desk.task("call Kim on Friday");
    let seen = json!({"tasks": [task]});
    desk.test.call("reminders.seen", seen.clone());
    assert_eq!(desk.ledger(), Vec::<String>::new(), "nothing was shown yet");
    desk.at("2026-11-25T08:00:00Z");
    desk.test.call("reminders.seen", seen.clone());
    desk.test.call("reminders.seen", seen.clone());
    assert_eq!(desk.ledger(), ["warning delivered first", "warning seen "], "once");
    assert_eq!(desk.test.call("reminders.waiting", Value::Null), json!([]));
    // On the day of the next stage the notification of the one before is looked at first.
    let again = desk.test.call("reminders.history", json!({"task": task}));
    assert_eq!(again.as_array().unwrap().len(), 2);
    assert_eq!(desk.at("2026-11-25T08:01:00Z"), "2026-11-26T08:00:00+00:00");
    desk.at("2026-11-26T08:00:00Z");
    desk.test.call("reminders.seen", seen);
    assert_eq!(desk.at("2026-11-26T08:01:00Z"), "2026-11-27T08:00:00+00:00", "the rest of the day is silent");
}

#[test]
fn a_button_puts_off_for_as_long_as_it_says() {
    for (button, back) in [("soon", "2026-11-25T08:15:00+00:00"), ("later", "2026-11-25T09:00:00+00:00")] {
        let mut desk = desk();
        desk.task("call Kim on Friday");
        desk.at("2026-11-25T08:00:00Z");
        desk.first.answer_last(|tag| Answer::Action { tag, action_id: button.to_owned() });
        assert_eq!(desk.at("2026-11-25T08:00:00Z"), back, "{button}");
    }
}

#[test]
fn an_answer_that_comes_while_the_message_appears_stands_behind_it_in_the_ledger() {
    let mut desk = desk();
    desk.task("call Kim on Friday");
    *lock(&desk.first.is_put_off_at_once) = true;
    desk.at("2026-11-25T08:00:00Z");
    journeys::wait_for("the answer", || desk.ledger().contains(&"warning snoozed ".to_owned()).then_some(()));
    assert_eq!(desk.ledger(), ["warning delivered first", "warning snoozed "]);
    assert_eq!(desk.at("2026-11-25T08:00:01Z"), "2026-11-25T08:15:00+00:00");
}

#[test]
fn the_tray_says_the_most_urgent_thing_and_how_urgent_it_is() {
    use domain::Urgency;
    let desk = desk();
    let tray = |instant: &str| {
        desk.test.clock.go_to(instant);
        let view = desk.test.app.tray(3).unwrap();
        (view.urgency, view.headline)
    };
    assert_eq!(tray("2026-11-20T12:00:00Z"), (None, "Nothing to do".to_owned()));
    for name in ["Kim", "Lee", "Ada", "Max"] {
        desk.task(&format!("call {name} on Friday"));
    }
    let (calm, soon, now) = ("2026-11-20T12:00:00Z", "2026-11-26T12:00:00Z", "2026-11-28T12:00:00Z");
    assert_eq!(tray(calm), (Some(Urgency::Low), "Next: Do – call Kim, in 7 days".to_owned()));
    assert_eq!(tray(soon), (Some(Urgency::High), "Soon: Do – call Kim, tomorrow".to_owned()));
    assert_eq!(tray(now), (Some(Urgency::Critical), "Now: Do – call Kim, since yesterday".to_owned()));
    desk.test.call("reminders.pause", json!({"pause": "one_hour"}));
    let view = desk.test.app.tray(3).unwrap();
    assert_eq!((view.tasks.len(), view.paused.as_deref()), (3, Some("Paused until Sat 28 Nov, 14:00")));
}

#[test]
fn what_has_no_day_and_is_put_off_comes_back() {
    let mut desk = desk();
    let task = desk.test.call("tasks.add", json!({"title": "call Kim"}))["id"].clone();
    assert_eq!(desk.at("2026-11-20T12:00:00Z"), "", "nothing reminds of it");
    desk.test.call("reminders.snooze", json!({"task": task, "until": "one_hour"}));
    assert_eq!(desk.at("2026-11-20T12:00:01Z"), "2026-11-20T13:00:00+00:00");
    desk.at("2026-11-20T13:00:00Z");
    assert_eq!(desk.first.shown(), ["Do: call Kim\n"]);
}

#[test]
fn a_due_reminder_is_shown_at_its_time_and_not_before() {
    let folder = tempfile::TempDir::new().unwrap();
    let channel = Recorder::new("first");
    let parts = app::Parts { channels: vec![channel], ..app::Parts::real() };
    let app = app::App::open(app::Profile::locate(Some(folder.path())).unwrap(), parts).unwrap();
    let call = |name: &str, input: Value| app.dispatch(name, input).unwrap();
    for end in ["quiet_from", "quiet_until"] {
        call("settings.change", json!({"key": end, "value": "00:00:00"}));
    }
    let _engine = app::Supervisor::start(&app, "test", app::EngineOptions { inbox: false, reminders: true }).unwrap();
    let task = call("tasks.add", json!({"title": "call Kim"}))["id"].clone();
    let zone = chrono_tz::Europe::Berlin;
    let soon = app::SystemClock.now().with_timezone(&zone).naive_local() + chrono::Duration::seconds(3);
    call("reminders.snooze", json!({"task": task, "until": {"at": soon}}));
    journeys::wait_for("the reminder", || (!channel.shown().is_empty()).then_some(()));
    let late = app::SystemClock.now() - domain::local(soon, zone);
    // How late is for the bench to say (`remind.late_ms`): a busy machine is no defect.
    assert!(late >= chrono::Duration::zero(), "{late} late");
}

#[test]
fn after_a_week_without_power_there_is_one_calm_summary() {
    let mut desk = desk();
    for number in 0..40 {
        desk.task(&format!("thing {number} on {}", ["Monday", "Tuesday", "Friday"][number % 3]));
    }
    desk.test.document(&sample("Steuerbescheid 2025.pdf"));
    desk.at("2026-12-01T10:00:00Z");
    let shown = desk.first.shown();
    let [summary] = shown.as_slice() else { panic!("one notification, not {}", shown.len()) };
    assert!(summary.starts_with("Welcome back. This matters now:\n"), "{summary}");
    assert!(summary.ends_with("One letter waits for your eyes") && summary.lines().count() <= 6, "{summary}");
    desk.at("2026-12-01T10:05:00Z");
    assert_eq!(desk.first.shown(), Vec::<String>::new());
}

#[test]
fn later_on_a_summary_brings_all_of_it_back_and_is_one_step_to_undo() {
    let mut desk = desk();
    desk.task("call Kim on Friday");
    desk.task("call Lee on Friday");
    desk.at("2026-11-25T08:00:00Z");
    desk.first.answer_last(|tag| Answer::Action { tag, action_id: "later".to_owned() });
    assert_eq!(desk.at("2026-11-25T08:00:01Z"), "2026-11-25T09:00:00+00:00");
    desk.at("2026-11-25T09:00:00Z");
    assert_eq!(desk.first.shown().len(), 1);
    assert_eq!(desk.test.call("history.undo", Value::Null)["op"], "snooze_reminder");
}

#[test]
fn what_is_closed_is_silent_for_the_day_and_what_is_done_for_good() {
    let mut desk = desk();
    let task = desk.task("call Kim on Friday");
    desk.at("2026-11-26T08:00:00Z");
    desk.first.answer_last(|tag| Answer::Closed { tag });
    assert_eq!(desk.at("2026-11-26T08:00:01Z"), "2026-11-27T08:00:00+00:00");
    assert_eq!(desk.test.call("reminders.waiting", Value::Null), json!([]));
    desk.test.call("tasks.complete", json!({"id": task}));
    assert_eq!(desk.at("2026-12-27T08:00:00Z"), "");
    assert_eq!(desk.first.shown(), Vec::<String>::new());
    assert_eq!(desk.ledger(), ["urgent acted ", "urgent delivered first", "urgent seen first"]);
}

#[test]
fn letters_in_review_are_mentioned_the_next_morning_and_every_day() {
    let mut desk = desk();
    let letter = desk.test.document(&sample("Steuerbescheid 2025.pdf"));
    desk.at("2026-11-20T12:00:00Z");
    desk.first.shown();
    for task in letter["tasks"].as_array().unwrap() {
        desk.test.call("tasks.status", json!({"id": task["id"], "status": "cancelled"}));
    }
    for day in ["21", "22"] {
        assert_eq!(
            desk.at(&format!("2026-11-{day}T08:00:00Z"))[..13],
            format!("2026-11-{}T08", day.parse::<u32>().unwrap() + 1)
        );
        assert_eq!(desk.first.shown(), ["One letter waits for your eyes\nOne look, and it is filed."]);
    }
    desk.test.call("review.accept", json!({"id": letter["id"]}));
    for task in desk.test.items("tasks.list", json!({})).as_array().unwrap() {
        desk.test.call("tasks.complete", json!({"id": task["id"]}));
    }
    assert_eq!(desk.at("2026-11-23T08:00:00Z"), "", "what nobody waits for is not mentioned");
}
