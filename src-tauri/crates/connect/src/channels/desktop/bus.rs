//! Linux: the Desktop Notifications Specification 1.2 over the session bus
//! (<https://specifications.freedesktop.org/notification-spec/1.2/>).
//!
//! One connection shows all messages and one thread hears all answers, however many messages are open: some
//! notification services answer only the connection that sent the message, and remove the message when that connection
//! ends.

mod answers;

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use zbus::connection::Builder;
use zbus::{Connection, DynamicType, MessageStream, Variant, block_on};

use crate::{Answer, ChannelError, Message, Severity, Threads};

const SERVICE: &str = "org.freedesktop.Notifications";
const OBJECT: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
/// The capability to show buttons.
const ACTIONS: &str = "actions";
/// The key of the action for a click on the message itself.
const DEFAULT_ACTION: &str = "default";
/// The timeout of a call: long enough for a service that must be started first.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The size of the queue of signals: more than can arrive while a call waits for its reply.
const QUEUE: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

type OnAnswer = Arc<dyn Fn(Answer) + Send + Sync>;

/// A message that the service shows.
struct Shown {
    tag: String,
    on_answer: OnAnswer,
    /// The user has answered: that the message closes afterwards is not reported.
    answered: bool,
}

/// The state of this process: there is one session bus for a process.
struct Session {
    connection: Option<Connection>,
    /// Starts the thread that hears answers.
    threads: Option<Arc<dyn Threads>>,
    /// By the service's number.
    shown: BTreeMap<u32, Shown>,
}

static SESSION: Mutex<Session> = Mutex::new(Session { connection: None, threads: None, shown: BTreeMap::new() });

fn session() -> MutexGuard<'static, Session> {
    SESSION.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn set_threads(threads: Arc<dyn Threads>) {
    session().threads = Some(threads);
}

pub(super) fn probe() -> Result<(), ChannelError> {
    session().call("GetCapabilities", &()).map(|_| ())
}

pub(super) fn deliver(message: &Message, on_answer: OnAnswer) -> Result<(), ChannelError> {
    // Locked until the number of the message is known, so that no answer is handled before.
    let mut session = session();
    let capabilities = session.capabilities()?;
    let can = |capability| capabilities.iter().any(|can| can == capability);

    let body = if can("body-markup") { without_markup(&message.body) } else { message.body.clone() };
    let mut actions = Vec::new();
    if can(ACTIONS) {
        actions.extend([DEFAULT_ACTION, ""]);
        actions.extend(message.actions.iter().flat_map(|action| [action.id.as_str(), action.label.as_str()]));
    }
    let hints = HashMap::from([
        ("urgency", Variant::from(urgency(message.severity))),
        // It stays after a click, too: looking at a task does not complete it.
        ("resident", Variant::from(message.severity.stays())),
    ]);
    let never_expires_or_default: i32 = if message.severity.stays() { 0 } else { -1 };
    let replaces = session.number_of(&message.tag).unwrap_or(0);
    let icon = "";
    let notification =
        ("Workmate Private", replaces, icon, message.title.as_str(), body, actions, hints, never_expires_or_default);
    let number: u32 = parse(&session.call("Notify", &notification)?)?;

    session.shown.retain(|_, shown| shown.tag != message.tag);
    session.shown.insert(number, Shown { tag: message.tag.clone(), on_answer, answered: false });
    Ok(())
}

/// If a service does not list its capabilities, it counts as one without buttons; then the small window with buttons
/// is shown.
pub(super) fn has_buttons() -> bool {
    let capabilities = session().capabilities();
    capabilities.is_ok_and(|capabilities| capabilities.iter().any(|can| can == ACTIONS))
}

pub(super) fn withdraw(tag: &str) {
    let mut session = session();
    if let Some(number) = session.number_of(tag) {
        session.shown.remove(&number);
        if let Err(error) = session.call("CloseNotification", &number) {
            tracing::warn!(%error, tag, "a notification could not be withdrawn");
        }
    }
}

/// The urgency of the specification: services keep only critical messages on the screen, and may hide low ones.
fn urgency(severity: Severity) -> u8 {
    const NORMAL: u8 = 1;
    const CRITICAL: u8 = 2;
    match severity {
        Severity::Info | Severity::Warning => NORMAL,
        Severity::Urgent | Severity::Critical => CRITICAL,
    }
}

fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl Session {
    fn number_of(&self, tag: &str) -> Option<u32> {
        self.shown.iter().find(|(_, shown)| shown.tag == tag).map(|(number, _)| *number)
    }

    fn is_connected(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| !connection.is_closed())
    }

    /// Removes all messages and returns them; call their answers after the lock is released.
    fn take_all(&mut self) -> Vec<(OnAnswer, Answer)> {
        std::mem::take(&mut self.shown)
            .into_values()
            .filter(|shown| !shown.answered)
            .map(|shown| (shown.on_answer, Answer::Gone { tag: shown.tag }))
            .collect()
    }

    fn capabilities(&mut self) -> Result<Vec<String>, ChannelError> {
        parse(&self.call("GetCapabilities", &())?)
    }

    fn call<B>(&mut self, method: &str, body: &B) -> Result<zbus::Message, ChannelError>
    where
        B: serde::Serialize + DynamicType,
    {
        let connection = self.connection()?;
        block_on(connection.call_method(Some(SERVICE), OBJECT, Some(SERVICE), method, body)).map_err(channel_error)
    }

    fn connection(&mut self) -> Result<Connection, ChannelError> {
        if let Some(connection) = self.connection.as_ref().filter(|connection| !connection.is_closed()) {
            return Ok(connection.clone());
        }
        let no_bus = |error: zbus::Error| ChannelError::NoService(error.to_string());
        let connection =
            block_on(Builder::session().method_timeout(TIMEOUT).max_queued(QUEUE).build()).map_err(no_bus)?;
        let mut signals = MessageStream::from(&connection);
        for rule in [
            format!("type='signal',sender='{SERVICE}',interface='{SERVICE}',path='{OBJECT}'"),
            format!("type='signal',sender='{BUS}',interface='{BUS}',member='NameOwnerChanged',arg0='{SERVICE}'"),
        ] {
            block_on(connection.call_method(Some(BUS), "/org/freedesktop/DBus", Some(BUS), "AddMatch", &rule))
                .map_err(no_bus)?;
        }
        // The numbers of an earlier connection mean nothing on this one.
        let mut lost = self.take_all();
        let threads = self.threads.clone().ok_or_else(|| ChannelError::NotAccepted("no thread to hear with".into()))?;
        threads
            .keep("notifications", Box::new(move || answers::hear(&mut signals, &mut lost)))
            .map_err(|error| ChannelError::NotAccepted(error.to_string()))?;
        self.connection = Some(connection.clone());
        Ok(connection)
    }
}

fn parse<T>(reply: &zbus::Message) -> Result<T, ChannelError>
where
    T: for<'d> zbus::wire::DynamicDeserialize<'d>,
{
    reply.body().deserialize().map_err(|error| ChannelError::NotAccepted(error.to_string()))
}

fn channel_error(error: zbus::Error) -> ChannelError {
    use zbus::fdo::Error as Fdo;
    match error {
        zbus::Error::FDO(fdo) => match *fdo {
            Fdo::ServiceUnknown(_) | Fdo::NameHasNoOwner(_) | Fdo::Disconnected(_) | Fdo::NoServer(_) => {
                ChannelError::NoService(fdo.to_string())
            }
            fdo => ChannelError::NotAccepted(fdo.to_string()),
        },
        error => ChannelError::NotAccepted(error.to_string()),
    }
}
