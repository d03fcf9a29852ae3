//! The desktop channel on a private session bus, against a notification service that writes down what it gets.
//!
//! Each test starts this program again for itself under `dbus-run-session`: the bus of a process is in its environment
//! and cannot be changed in it.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "helpers of tests fail by panicking"
)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use connect::{Action, Answer, CHANNELS, Channel, ChannelError, Message, Severity, Threads};
use serde_json::{Value, json};

const DEADLINE: Duration = Duration::from_secs(20);
const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/desktop");
const PYTHON: &str = "/usr/bin/python3";
/// Set in the process that is alone with its bus.
const INSIDE: &str = "CONNECT_TEST_INSIDE";

/// Runs `body` in a process of its own, whose session bus has nothing on it.
fn on_a_private_bus(test: &str, body: impl FnOnce()) {
    if std::env::var_os(INSIDE).is_some() {
        return body();
    }
    let probe = Command::new(PYTHON).args(["-c", "import dbus, gi"]).stderr(Stdio::null()).status();
    assert!(probe.is_ok_and(|status| status.success()), "python3-dbus and python3-gi are missing: `make setup`");
    let mut command = Command::new("dbus-run-session");
    command.arg(format!("--config-file={FILES}/session.conf")).arg("--").arg(std::env::current_exe().unwrap());
    run_alone(command, test);
}

fn run_alone(mut command: Command, test: &str) {
    let output = command.args([test, "--exact", "--nocapture"]).env(INSIDE, "1").output().unwrap();
    let text = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

/// The notification service, and what it wrote down.
struct Service {
    child: Child,
    input: ChildStdin,
    lines: mpsc::Receiver<Value>,
}

impl Service {
    fn start(capabilities: &[&str]) -> Self {
        let mut child = Command::new(PYTHON)
            .arg(format!("{FILES}/notification_service.py"))
            .args(capabilities)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (line, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for text in output.lines() {
                let _ = line.send(serde_json::from_str(&text.unwrap()).unwrap());
            }
        });
        let service = Self { input: child.stdin.take().unwrap(), child, lines };
        assert_eq!(service.next(), json!({"call": "ready"}));
        service
    }

    fn next(&self) -> Value {
        self.lines.recv_timeout(DEADLINE).expect("a call of the service")
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// Ends it without a word, as a crash would.
    fn end(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Threads that begin again at once.
struct Stubborn;

impl Threads for Stubborn {
    fn keep(self: Arc<Self>, _: &str, mut work: Box<dyn FnMut() + Send>) -> std::io::Result<()> {
        std::thread::spawn(move || while catch_unwind(AssertUnwindSafe(&mut work)).is_err() {});
        Ok(())
    }
}

fn desktop() -> &'static dyn Channel {
    let desktop = *CHANNELS.iter().find(|channel| channel.id() == "desktop").unwrap();
    desktop.set_threads(Arc::new(Stubborn));
    desktop
}

fn message(tag: &str, severity: Severity) -> Message {
    Message {
        tag: tag.to_owned(),
        title: "Stadtwerke, 84,20 €".to_owned(),
        body: "bis Fr 12. Dez <b> & mehr".to_owned(),
        severity,
        actions: vec![Action { id: "done".to_owned(), label: "Erledigt".to_owned() }],
    }
}

fn listener() -> (Arc<dyn Fn(Answer) + Send + Sync>, mpsc::Receiver<Answer>) {
    let (answer, answers) = mpsc::channel();
    (Arc::new(move |given| answer.send(given).unwrap()), answers)
}

#[test]
fn the_service_gets_urgency_buttons_and_plain_text() {
    on_a_private_bus("the_service_gets_urgency_buttons_and_plain_text", || {
        let service = Service::start(&["actions", "body", "body-markup", "persistence"]);
        let (answer, _answers) = listener();
        desktop().probe().unwrap();
        for (tag, severity, urgency, resident, timeout) in [
            ("info", Severity::Info, 1, false, -1),
            ("warning", Severity::Warning, 1, false, -1),
            ("urgent", Severity::Urgent, 2, true, 0),
            ("critical", Severity::Critical, 2, true, 0),
        ] {
            desktop().deliver(&message(tag, severity), Arc::clone(&answer)).unwrap();
            let call = service.next();
            assert_eq!(call["title"], "Stadtwerke, 84,20 €");
            assert_eq!(call["body"], "bis Fr 12. Dez &lt;b&gt; &amp; mehr");
            assert_eq!(call["actions"], json!(["default", "", "done", "Erledigt"]));
            let stays = [&call["urgency"], &call["resident"], &call["timeout"]];
            assert_eq!(stays, [&json!(urgency), &json!(resident), &json!(timeout)], "{tag}");
        }
    });
}

#[test]
fn a_service_without_buttons_and_markup_gets_neither() {
    on_a_private_bus("a_service_without_buttons_and_markup_gets_neither", || {
        let service = Service::start(&["body"]);
        let (answer, _answers) = listener();
        desktop().deliver(&message("a", Severity::Info), answer).unwrap();
        let call = service.next();
        assert_eq!((&call["actions"], &call["body"]), (&json!([]), &json!("bis Fr 12. Dez <b> & mehr")));
    });
}

#[test]
fn each_answer_comes_back_with_the_tag_of_its_message() {
    on_a_private_bus("each_answer_comes_back_with_the_tag_of_its_message", || {
        let mut service = Service::start(&["actions", "body"]);
        let (answer, answers) = listener();
        let next = || answers.recv_timeout(DEADLINE).expect("an answer");
        let deliver = |tag: &str| {
            desktop().deliver(&message(tag, Severity::Urgent), Arc::clone(&answer)).unwrap();
            service.next()
        };
        let numbers = ["a", "b", "c", "d", "e"].map(|tag| deliver(tag)["number"].as_u64().unwrap());
        let again = deliver("a");
        assert_eq!(again["replaces"].as_u64(), Some(numbers[0]), "the same tag replaces its earlier message");
        let [a, b, c, d, _] = numbers;
        let tag = |tag: &str| tag.to_owned();

        service.tell(&format!("invoke {b} done"));
        assert_eq!(next(), Answer::Action { tag: tag("b"), action_id: "done".to_owned() });
        // Somebody else's message, and one that closes because it was answered, are no news.
        service.tell("invoke 99 done");
        service.tell(&format!("close {b} 2"));
        service.tell(&format!("invoke {a} default"));
        assert_eq!(next(), Answer::Opened { tag: tag("a") });
        service.tell(&format!("close {c} 2"));
        assert_eq!(next(), Answer::Closed { tag: tag("c") });
        service.tell(&format!("close {d} 1"));
        assert_eq!(next(), Answer::Gone { tag: tag("d") });

        desktop().withdraw("a");
        assert_eq!(service.next(), json!({"call": "CloseNotification", "number": a}));
        desktop().withdraw("a");
        service.end();
        assert_eq!(next(), Answer::Gone { tag: tag("e") }, "the service took the last open message with it");
    });
}

#[test]
fn a_hundred_messages_need_no_thread_each_and_lose_no_answer() {
    on_a_private_bus("a_hundred_messages_need_no_thread_each_and_lose_no_answer", || {
        let mut service = Service::start(&["actions", "body"]);
        let (answer, answers) = listener();
        let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
        let deliver = |tag: &str| desktop().deliver(&message(tag, Severity::Critical), Arc::clone(&answer)).unwrap();
        deliver("0");
        let threads_for_one = threads();
        (1..100).for_each(|number| deliver(&number.to_string()));
        assert!(threads() <= threads_for_one, "{} threads, {threads_for_one} for one message", threads());
        for number in 1..=100 {
            service.tell(&format!("close {number} 2"));
        }
        for number in 0..100 {
            let answer = answers.recv_timeout(DEADLINE).expect("an answer");
            assert_eq!(answer, Answer::Closed { tag: number.to_string() });
        }
    });
}

#[test]
fn without_a_service_nothing_counts_as_delivered() {
    on_a_private_bus("without_a_service_nothing_counts_as_delivered", || {
        let (answer, answers) = listener();
        let message = message("a", Severity::Urgent);
        for result in [desktop().probe(), desktop().deliver(&message, Arc::clone(&answer))] {
            assert!(matches!(result, Err(ChannelError::NoService(_))), "{result:?}");
        }
        // It is found as soon as it is there, and again after it was away.
        for _ in 0..2 {
            let service = Service::start(&["actions"]);
            desktop().deliver(&message, Arc::clone(&answer)).unwrap();
            assert_eq!(service.next()["replaces"], 0);
            service.end();
            assert_eq!(answers.recv_timeout(DEADLINE).unwrap(), Answer::Gone { tag: "a".to_owned() });
            let result = desktop().deliver(&message, Arc::clone(&answer));
            assert!(matches!(result, Err(ChannelError::NoService(_))), "{result:?}");
        }
    });
}

#[test]
fn an_answer_may_withdraw_and_deliver_in_its_turn() {
    on_a_private_bus("an_answer_may_withdraw_and_deliver_in_its_turn", || {
        let mut service = Service::start(&["actions", "body"]);
        let (answer, answers) = listener();
        let in_its_turn = Arc::new(move |given| {
            desktop().withdraw("first");
            desktop().deliver(&message("second", Severity::Info), Arc::clone(&answer)).unwrap();
            answer(given);
        });
        desktop().deliver(&message("first", Severity::Urgent), in_its_turn).unwrap();
        let number = service.next()["number"].as_u64().unwrap();
        service.tell(&format!("invoke {number} done"));
        assert_eq!(service.next()["call"], "CloseNotification");
        assert_eq!(service.next()["call"], "Notify");
        let expected = Answer::Action { tag: "first".to_owned(), action_id: "done".to_owned() };
        assert_eq!(answers.recv_timeout(DEADLINE).unwrap(), expected);
    });
}

#[test]
fn without_a_session_bus_nothing_counts_as_delivered() {
    if std::env::var_os(INSIDE).is_none() {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        return run_alone(command, "without_a_session_bus_nothing_counts_as_delivered");
    }
    let result = desktop().deliver(&message("a", Severity::Info), listener().0);
    assert!(matches!(result, Err(ChannelError::NoService(_))), "{result:?}");
}

#[test]
fn an_answer_that_panics_does_not_keep_the_next_ones_from_being_heard() {
    on_a_private_bus("an_answer_that_panics_does_not_keep_the_next_ones_from_being_heard", || {
        let mut service = Service::start(&["actions", "body"]);
        let (answer, answers) = listener();
        let deliver = |tag, answer| {
            desktop().deliver(&message(tag, Severity::Urgent), answer).unwrap();
            service.next()["number"].as_u64().unwrap()
        };
        let broken = deliver("broken", Arc::new(|_| panic!("a mistake in the program")));
        let good = deliver("good", answer);
        service.tell(&format!("invoke {broken} done"));
        service.tell(&format!("invoke {good} done"));
        let expected = Answer::Action { tag: "good".to_owned(), action_id: "done".to_owned() };
        assert_eq!(answers.recv_timeout(DEADLINE).unwrap(), expected);
    });
}
