//! One opened profile.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, NaiveDate, Utc};
use connect::{CHANNELS, Channel};
use domain::{Clock, Ids};
use read::{ReadOptions, Reader};
use serde_json::Value;
use store::{Changes, Ledger, Store};

use crate::scheduler::Channels;
use crate::secrets::{Secrets, SystemSecrets};
use crate::text::Tongue;
use crate::views::{AppEvent, Changed};
use crate::wake::Wake;
use crate::{COMMANDS, Failure, Profile, RandomIds, Settings};

/// What an [`App`] is made of besides its profile: the computer's own, or what a test hands in.
pub struct Parts {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub ids: Arc<dyn Ids>,
    /// The PDFium library.
    pub pdfium: PathBuf,
    /// The program whose children read files, see [`serve_as_reader`](crate::serve_as_reader); `None` to read in this
    /// process.
    pub reader: Option<PathBuf>,
    /// Ways to reach the user, in the order in which they are tried.
    pub channels: Vec<&'static dyn Channel>,
    /// Where passwords are kept.
    pub secrets: Arc<dyn Secrets>,
}

impl Parts {
    /// The computer's clock and channels, random ids, and the PDFium library where it is usually found.
    pub fn real() -> Self {
        // Where it is missing, reading a PDF says so and how to get it.
        let pdfium = read::locate_pdfium().unwrap_or_else(|| PathBuf::from("libpdfium.so"));
        let channels = CHANNELS.to_vec();
        let secrets = Arc::new(SystemSecrets);
        Self { clock: crate::clock::clock(), ids: Arc::new(RandomIds), pdfium, reader: None, channels, secrets }
    }

    /// The same, with files read in children of this program, whose `main` begins with
    /// [`serve_as_reader`](crate::serve_as_reader).
    pub fn with_children() -> Self {
        Self { reader: crate::reader::own_program(), ..Self::real() }
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::new(ReadOptions { child: self.reader.clone(), ..ReadOptions::new(self.pdfium.clone()) })
    }
}

type Listener = Box<dyn Fn(&AppEvent) + Send + Sync>;

/// What the host around the app found out about the desktop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings {
    pub(crate) tray: Option<bool>,
    pub(crate) notifications_problem: Option<String>,
    pub(crate) runs_engine: bool,
}

/// One opened profile: its store, its reader, and everything that can be asked of them. Shared between threads.
pub struct App {
    pub(crate) profile: Profile,
    pub(crate) store: Store,
    pub(crate) reader: Reader,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) channels: Channels,
    pub(crate) secrets: Arc<dyn Secrets>,
    pub(crate) jobs: Wake,
    pub(crate) reminders: Wake,
    pub(crate) inbox: Wake,
    pub(crate) surroundings: Mutex<Surroundings>,
    listeners: RwLock<Vec<Listener>>,
}

impl App {
    /// Opens the profile, creating it where it does not exist yet.
    pub fn open(profile: Profile, parts: Parts) -> Result<Arc<Self>, Failure> {
        let store = Store::open(&profile.folder, Arc::clone(&parts.clock), Arc::clone(&parts.ids))?;
        let app = Arc::new(Self {
            profile,
            store,
            reader: parts.reader(),
            clock: parts.clock,
            ids: parts.ids,
            channels: Channels::new(parts.channels),
            secrets: parts.secrets,
            jobs: Wake::default(),
            reminders: Wake::default(),
            inbox: Wake::default(),
            surroundings: Mutex::default(),
            listeners: RwLock::default(),
        });
        let weak = Arc::downgrade(&app);
        app.store.subscribe(Box::new(move |changes| {
            if let Some(app) = weak.upgrade() {
                app.changed(changes);
            }
        }));
        Ok(app)
    }

    /// Runs a command of the list.
    pub fn dispatch(&self, name: &str, input: Value) -> Result<Value, Failure> {
        let command = COMMANDS
            .iter()
            .find(|command| command.name() == name)
            .ok_or_else(|| Failure::new("unknown_command", format!("There is no command “{name}”.")))?;
        command.run(self, input)
    }

    /// Calls `listener` for everything that happens, from the thread on which it happens.
    pub fn subscribe(&self, listener: impl Fn(&AppEvent) + Send + Sync + 'static) {
        self.listeners.write().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// The host says whether there is a tray.
    pub fn set_tray(&self, there: bool) {
        self.surroundings().tray = Some(there);
    }

    /// All settings.
    pub fn settings(&self) -> Result<Settings, Failure> {
        self.store.read(|r| r.settings()).map_err(Failure::from).and_then(|rows| Settings::from_rows(&rows))
    }

    /// The language of texts outside the window.
    pub fn tongue(&self) -> Result<Tongue, Failure> {
        Ok(Tongue::choose(self.settings()?.language))
    }

    /// The folder in which files are looked for.
    pub fn inbox_folder(&self) -> Result<PathBuf, Failure> {
        Ok(self.settings()?.inbox_folder.map_or_else(|| self.profile.inbox.clone(), PathBuf::from))
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn today(&self, settings: &Settings) -> Result<NaiveDate, Failure> {
        Ok(domain::today(self.now(), settings.preferences()?.zone))
    }

    pub(crate) fn surroundings(&self) -> std::sync::MutexGuard<'_, Surroundings> {
        self.surroundings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tell(&self, event: &AppEvent) {
        for listener in self.listeners.read().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(event);
        }
    }

    /// Another process has written to the profile.
    pub(crate) fn changed_elsewhere(&self) {
        self.jobs.ring();
        self.reminders.ring();
        self.inbox.ring();
        self.tell(&AppEvent::Changed(Changed { all: true, ..Changed::default() }));
    }

    fn changed(&self, changes: &Changes) {
        let ledger = |noun| changes.ledger.contains(&noun);
        let event = Changed {
            documents: changes.documents.iter().copied().collect(),
            tasks: changes.tasks.iter().copied().collect(),
            correspondents: !changes.correspondents.is_empty(),
            reminders: !changes.reminders.is_empty() || ledger(Ledger::Notifications),
            jobs: ledger(Ledger::Jobs) || ledger(Ledger::Files),
            problems: ledger(Ledger::Problems),
            settings: !changes.settings.is_empty() || !changes.tags.is_empty() || !changes.views.is_empty(),
            all: false,
        };
        if event.jobs {
            self.jobs.ring();
        }
        if event.reminders || event.settings || !event.tasks.is_empty() || !event.documents.is_empty() {
            self.reminders.ring();
        }
        if event.settings {
            self.inbox.ring();
        }
        if event != Changed::default() {
            self.tell(&AppEvent::Changed(event));
        }
    }
}
