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

struct TwoChannels {
    test: TestApp,
    first: &'static Recorder,
    second: &'static Recorder,
    scheduler: Scheduler,
}

/// Friday, 20 November, 13 o'clock in Berlin.
fn two_channels() -> TwoChannels {
    let (first, second) = (Recorder::new("first"), Recorder::new("second"));
    let test = TestApp::with_channels("2026-11-20", vec![first, second]);
    test.call("settings.change", json!({"key": "language", "value": "en"}));
    let scheduler = Scheduler::new(&test.app);
    TwoChannels { test, first, second, scheduler }
}

impl TwoChannels {
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
    let mut channels = two_channels();
    channels.task("call Kim on Friday");
    assert_eq!(channels.at("2026-11-25T07:59:59Z"), "2026-11-25T08:00:00+00:00");
    assert_eq!(channels.first.shown().len(), 0);
    assert_eq!(channels.at("2026-11-25T08:00:00Z"), "2026-11-26T08:00:00+00:00");
    assert_eq!(channels.first.shown(), ["Do: call Kim\ndue in 2 days (Fri 27 Nov)"]);
    channels.test = channels.test.restarted();
    channels.scheduler = Scheduler::new(&channels.test.app);
    channels.at("2026-11-25T08:00:30Z");
    // Set back by half an hour, it comes no second time.
    channels.at("2026-11-25T07:30:00Z");
    channels.at("2026-11-25T08:00:00Z");
    assert_eq!(channels.first.shown(), Vec::<String>::new());
    assert_eq!(channels.ledger(), ["warning delivered first"]);
}

#[test]
fn a_channel_that_fails_is_left_for_the_next_one_and_rests_longer_each_time() {
    let mut channels = two_channels();
    channels.task("call Kim on Friday");
    channels.first.fail(true);
    channels.at("2026-11-25T08:00:00Z");
    assert_eq!((channels.first.shown().len(), channels.second.shown().len()), (0, 1));
    assert_eq!(channels.ledger(), ["warning delivered second", "warning failed first"]);
    channels.second.fail(true);
    // Both fail: after one minute, five, fifteen; the first one has failed once more.
    assert_eq!(channels.at("2026-11-26T08:00:00Z"), "2026-11-26T08:01:00+00:00");
    assert_eq!(channels.at("2026-11-26T08:01:00Z"), "2026-11-26T08:05:00+00:00");
    let waiting = channels.test.call("reminders.waiting", Value::Null);
    assert_eq!(
        (&waiting[0]["title"], &waiting[0]["state"]),
        (&json!("call Kim"), &json!("attempted")),
        "it stays in the window"
    );
    channels.first.fail(false);
    channels.at("2026-11-26T08:05:00Z");
    assert_eq!(channels.first.shown().len(), 1, "it was not lost");
}

#[test]
fn each_stage_has_its_channels_and_what_is_overdue_goes_out_on_all_of_them() {
    let mut channels = two_channels();
    channels.task("call Kim on Friday");
    let wanted = json!({"warning": ["second"], "critical": ["second", "first"]});
    channels.test.call("settings.change", json!({"key": "reminder_channels", "value": wanted}));
    channels.at("2026-11-25T08:00:00Z");
    assert_eq!((channels.first.shown().len(), channels.second.shown().len()), (0, 1));
    // Nothing is said about urgent ones: the first channel that takes it is enough.
    channels.at("2026-11-26T08:00:00Z");
    assert_eq!((channels.first.shown().len(), channels.second.shown().len()), (1, 0));
    // One that fails does not make it undelivered.
    channels.second.fail(true);
    channels.at("2026-11-28T08:00:00Z");
    assert_eq!(channels.first.shown().len(), 1);
    assert!(channels.ledger().contains(&"critical failed second".to_owned()), "{:?}", channels.ledger());
    channels.second.fail(false);
    channels.at("2026-11-28T16:00:00Z");
    assert_eq!((channels.first.shown().len(), channels.second.shown().len()), (1, 1), "its pause is over");
    let unknown = json!({"key": "reminder_channels", "value": {"info": ["pigeon"]}});
    assert!(channels.test.refused("settings.change", unknown).message.contains("first, second"));
}

#[test]
fn where_notifications_have_no_buttons_the_window_with_the_choices_is_asked_for() {
    let mut channels = two_channels();
    let asked = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&asked);
    channels.test.app.subscribe(move |event| {
        if *event == app::AppEvent::ShowReminders {
            *lock(&counted) += 1;
        }
    });
    channels.task("call Kim on Friday");
    channels.at("2026-11-25T08:00:00Z");
    assert_eq!(*lock(&asked), 0);
    *lock(&channels.first.has_no_buttons) = true;
    channels.at("2026-11-26T08:00:00Z");
    assert_eq!(*lock(&asked), 1);
    // What is in that window can be put off there, and comes back.
    let waiting = channels.test.call("reminders.waiting", Value::Null);
    channels.test.call("reminders.snooze", json!({"task": waiting[0]["task"], "until": "fifteen_minutes"}));
    assert_eq!(channels.at("2026-11-26T08:00:01Z"), "2026-11-26T08:15:00+00:00");
}

#[test]
fn what_is_shown_in_the_focused_window_is_seen_and_silences_nothing_more_pressing() {
    let mut channels = two_channels();
    let task = channels.task("call Kim on Friday");
    let seen = json!({"tasks": [task]});
    channels.test.call("reminders.seen", seen.clone());
    assert_eq!(channels.ledger(), Vec::<String>::new(), "nothing was shown yet");
    channels.at("2026-11-25T08:00:00Z");
    channels.test.call("reminders.seen", seen.clone());
    channels.test.call("reminders.seen", seen.clone());
    assert_eq!(channels.ledger(), ["warning delivered first", "warning seen "], "once");
    assert_eq!(channels.test.call("reminders.waiting", Value::Null), json!([]));
    // On the day of the next stage the notification of the one before is looked at first.
    let again = channels.test.call("reminders.history", json!({"task": task}));
    assert_eq!(again.as_array().unwrap().len(), 2);
    assert_eq!(channels.at("2026-11-25T08:01:00Z"), "2026-11-26T08:00:00+00:00");
    channels.at("2026-11-26T08:00:00Z");
    channels.test.call("reminders.seen", seen);
    assert_eq!(channels.at("2026-11-26T08:01:00Z"), "2026-11-27T08:00:00+00:00", "the rest of the day is silent");
}

#[test]
fn a_button_puts_off_for_as_long_as_it_says() {
    for (button, back) in [("soon", "2026-11-25T08:15:00+00:00"), ("later", "2026-11-25T09:00:00+00:00")] {
        let mut channels = two_channels();
        channels.task("call Kim on Friday");
        channels.at("2026-11-25T08:00:00Z");
        channels.first.answer_last(|tag| Answer::Action { tag, action_id: button.to_owned() });
        assert_eq!(channels.at("2026-11-25T08:00:00Z"), back, "{button}");
    }
}

#[test]
fn an_answer_that_comes_while_the_message_appears_stands_behind_it_in_the_ledger() {
    let mut channels = two_channels();
    channels.task("call Kim on Friday");
    *lock(&channels.first.is_put_off_at_once) = true;
    channels.at("2026-11-25T08:00:00Z");
    journeys::wait_for("the answer", || channels.ledger().contains(&"warning snoozed ".to_owned()).then_some(()));
    assert_eq!(channels.ledger(), ["warning delivered first", "warning snoozed "]);
    assert_eq!(channels.at("2026-11-25T08:00:01Z"), "2026-11-25T08:15:00+00:00");
}

#[test]
fn the_tray_says_the_most_urgent_thing_and_how_urgent_it_is() {
    use domain::Urgency;
    let channels = two_channels();
    let tray = |instant: &str| {
        channels.test.clock.go_to(instant);
        let view = channels.test.app.tray(3).unwrap();
        (view.urgency, view.headline)
    };
    assert_eq!(tray("2026-11-20T12:00:00Z"), (None, "Nothing to do".to_owned()));
    for name in ["Kim", "Lee", "Ada", "Max"] {
        channels.task(&format!("call {name} on Friday"));
    }
    let (calm, soon, now) = ("2026-11-20T12:00:00Z", "2026-11-26T12:00:00Z", "2026-11-28T12:00:00Z");
    assert_eq!(tray(calm), (Some(Urgency::Low), "Next: Do – call Kim, in 7 days".to_owned()));
    assert_eq!(tray(soon), (Some(Urgency::High), "Soon: Do – call Kim, tomorrow".to_owned()));
    assert_eq!(tray(now), (Some(Urgency::Critical), "Now: Do – call Kim, since yesterday".to_owned()));
    channels.test.call("reminders.pause", json!({"pause": "one_hour"}));
    let view = channels.test.app.tray(3).unwrap();
    assert_eq!((view.tasks.len(), view.paused.as_deref()), (3, Some("Paused until Sat 28 Nov, 14:00")));
}

#[test]
fn what_has_no_day_and_is_put_off_comes_back() {
    let mut channels = two_channels();
    let task = channels.test.call("tasks.add", json!({"title": "call Kim"}))["id"].clone();
    assert_eq!(channels.at("2026-11-20T12:00:00Z"), "", "nothing reminds of it");
    channels.test.call("reminders.snooze", json!({"task": task, "until": "one_hour"}));
    assert_eq!(channels.at("2026-11-20T12:00:01Z"), "2026-11-20T13:00:00+00:00");
    channels.at("2026-11-20T13:00:00Z");
    assert_eq!(channels.first.shown(), ["Do: call Kim\n"]);
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
    let mut channels = two_channels();
    for number in 0..40 {
        channels.task(&format!("thing {number} on {}", ["Monday", "Tuesday", "Friday"][number % 3]));
    }
    channels.test.call("today.seen", Value::Null);
    channels.test.document(&sample("Steuerbescheid 2025.pdf"));
    channels.test.document(&sample("Telefonrechnung November.pdf"));
    channels.task("Friday 14:00 meeting");
    channels.at("2026-12-03T10:00:00Z");
    let shown = channels.first.shown();
    let [summary] = shown.as_slice() else { panic!("one notification, not {}", shown.len()) };
    assert!(
        summary.starts_with(
            "Since Fri 20 Nov: 2 letters, 1 debited, 1 appointment missed.\nNow three things first:\nDo: thing"
        ),
        "{summary}"
    );
    assert!(summary.ends_with("One letter waits for your eyes") && summary.lines().count() == 6, "{summary}");
    // The window says the same.
    let away = channels.test.call("today.get", Value::Null)["away"].clone();
    let expected =
        json!({"since": "2026-11-20", "letters": 2, "paid": 0, "debited": 1, "overdue": 0, "missed": 1, "lapsed": 0});
    assert_eq!(away, expected);
    channels.at("2026-12-03T10:05:00Z");
    assert_eq!(channels.first.shown(), Vec::<String>::new());
    // What was shown once has told it; the next message is about the day.
    channels.at("2026-12-04T08:00:00Z");
    let shown = channels.first.shown().join("\n");
    assert!(shown.contains("things are due") && !shown.contains("Since"), "{shown}");
}

#[test]
fn who_was_here_three_days_ago_is_told_what_was_debited_missed_and_came_and_who_was_here_yesterday_is_not() {
    let mut channels = two_channels();
    channels.test.call("settings.change", json!({"key": "language", "value": "de"}));
    let visit = json!({"title": "Zahnarzt", "kind": "attend", "due": "2026-12-01", "due_time": "10:00:00"});
    channels.test.call("tasks.add", visit);
    channels.test.document(&sample("Telefonrechnung November.pdf"));
    let away = |channels: &TwoChannels| channels.test.call("today.get", Value::Null)["away"].clone();
    channels.at("2026-11-29T12:00:00Z");
    channels.test.call("today.seen", Value::Null);
    channels.first.shown();
    assert_eq!(away(&channels), Value::Null);

    // Nothing ran until Wednesday; the mail was put into the inbox folder before the program started.
    channels.test.clock.go_to("2026-12-02T08:30:00Z");
    channels.test.document(&sample("Mahnung Buchhandlung.pdf"));
    channels.at("2026-12-02T09:00:00Z");
    let shown = channels.first.shown();
    assert_eq!(
        shown,
        ["Seit Sonntag: 1 Brief, 1 abgebucht, 1 Termin verpasst.\nJetzt eine Sache:\n\
             Bezahlen: 1. Mahnung – Rechnung Nr. 2026-1187 · Bücherstube Morgenrot, 49,30 €, morgen"]
    );
    let told =
        json!({"since": "2026-11-29", "letters": 1, "paid": 0, "debited": 1, "overdue": 0, "missed": 1, "lapsed": 0});
    assert_eq!(away(&channels), told);
    // The window says which ones, too.
    let happened = |channels: &TwoChannels| {
        let tasks = channels.test.call("today.get", Value::Null)["happened"].clone();
        let said = tasks.as_array().unwrap().iter().map(|task| json!([task["kind"], task["due"]]));
        said.collect::<Vec<Value>>()
    };
    assert_eq!(happened(&channels), [json!(["attend", "2026-12-01"]), json!(["check_debit", "2026-11-30"])]);
    channels.test.call("today.seen", Value::Null);
    assert_eq!(away(&channels), told, "all day");
    assert_eq!(happened(&channels).len(), 2);
    channels.at("2026-12-03T08:00:00Z");
    assert_eq!(away(&channels), Value::Null, "and not on the next");
    assert_eq!(happened(&channels), Vec::<Value>::new());
}

#[test]
fn who_answers_notifications_is_not_away() {
    let mut channels = two_channels();
    channels.test.call("today.seen", Value::Null);
    channels.task("call Kim on Friday");
    channels.at("2026-11-26T08:00:00Z");
    channels.first.answer_last(|tag| Answer::Closed { tag });
    channels.test.clock.go_to("2026-11-28T08:00:00Z");
    assert_eq!(channels.test.call("today.get", Value::Null)["away"], Value::Null);
}

#[test]
fn later_on_a_summary_brings_all_of_it_back_and_is_one_step_to_undo() {
    let mut channels = two_channels();
    channels.task("call Kim on Friday");
    channels.task("call Lee on Friday");
    channels.at("2026-11-25T08:00:00Z");
    channels.first.answer_last(|tag| Answer::Action { tag, action_id: "later".to_owned() });
    assert_eq!(channels.at("2026-11-25T08:00:01Z"), "2026-11-25T09:00:00+00:00");
    channels.at("2026-11-25T09:00:00Z");
    assert_eq!(channels.first.shown().len(), 1);
    assert_eq!(channels.test.call("history.undo", Value::Null)["op"], "snooze_reminder");
}

#[test]
fn what_is_closed_is_silent_for_the_day_and_what_is_done_for_good() {
    let mut channels = two_channels();
    let task = channels.task("call Kim on Friday");
    channels.at("2026-11-26T08:00:00Z");
    channels.first.answer_last(|tag| Answer::Closed { tag });
    assert_eq!(channels.at("2026-11-26T08:00:01Z"), "2026-11-27T08:00:00+00:00");
    assert_eq!(channels.test.call("reminders.waiting", Value::Null), json!([]));
    channels.test.call("tasks.complete", json!({"id": task}));
    assert_eq!(channels.at("2026-12-27T08:00:00Z"), "");
    assert_eq!(channels.first.shown(), Vec::<String>::new());
    assert_eq!(channels.ledger(), ["urgent acted ", "urgent delivered first", "urgent seen first"]);
}

#[test]
fn letters_in_review_are_mentioned_the_next_morning_and_every_day() {
    let mut channels = two_channels();
    let letter = channels.test.document(&sample("Steuerbescheid 2025.pdf"));
    channels.at("2026-11-20T12:00:00Z");
    channels.first.shown();
    for task in letter["tasks"].as_array().unwrap() {
        channels.test.call("tasks.status", json!({"id": task["id"], "status": "cancelled"}));
    }
    for day in ["21", "22"] {
        assert_eq!(
            channels.at(&format!("2026-11-{day}T08:00:00Z"))[..13],
            format!("2026-11-{}T08", day.parse::<u32>().unwrap() + 1)
        );
        assert_eq!(channels.first.shown(), ["One letter waits for your eyes\nOne look, and it is filed."]);
    }
    channels.test.call("review.accept", json!({"id": letter["id"]}));
    for task in channels.test.items("tasks.list", json!({})).as_array().unwrap() {
        channels.test.call("tasks.complete", json!({"id": task["id"]}));
    }
    assert_eq!(channels.at("2026-11-23T08:00:00Z"), "", "what nobody waits for is not mentioned");
}
