//! One opened profile.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use connect::{CHANNELS, Channel};
use domain::{By, Clock, FailureCode, Ids};
use read::{ReadOptions, Reader};
use store::{Event, NewProblem, Noun, Op, Place, Read, Role, Store, StoreError, Unreadable};
use vault::Keys;

use crate::actions::tasks::Moment;
use crate::ports::channels::Channels;
use crate::ports::clock::RandomIds;
use crate::ports::secrets::{Secrets, SystemSecrets};
use crate::runtime::backup_state::Backups;
use crate::runtime::cache::Cache;
use crate::runtime::conversion;
use crate::runtime::encryption;
use crate::runtime::events::{AppEvent, Changed};
use crate::runtime::log;
use crate::runtime::moving::state::Moves;
use crate::runtime::own_disk::OwnDisk;
use crate::runtime::progress::Progress;
use crate::runtime::restore;
use crate::runtime::roles::Share;
use crate::runtime::threads::{Pauses, Threads};
use crate::runtime::wake::Wake;
use crate::text::Locale;
use crate::{Failure, Profile, Settings};

/// What an [`App`] needs besides its profile: the real clock, ids and channels, or those of a test.
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
    /// What opens the profile if it is encrypted; none: what the secret store has, if the person wants that.
    pub keys: Option<Arc<Keys>>,
}

impl Parts {
    /// The computer's clock and channels, random ids, and the PDFium library where it is usually found.
    pub fn real() -> Self {
        // Where it is missing, reading a PDF says so and how to get it.
        let pdfium = read::locate_pdfium().unwrap_or_else(|| PathBuf::from("libpdfium.so"));
        let channels = CHANNELS.to_vec();
        let secrets = Arc::new(SystemSecrets);
        let (clock, ids) = (crate::ports::clock::clock(), Arc::new(RandomIds));
        Self { clock, ids, pdfium, reader: None, channels, secrets, keys: None }
    }

    /// The same, with files read in children of this program, whose `main` begins with
    /// [`serve_as_reader`](crate::serve_as_reader).
    pub fn with_children() -> Self {
        Self { reader: crate::runtime::reader::own_program(), ..Self::real() }
    }

    /// The folder of a profile, and what opens it: the keys that were given, or those of the secret store.
    fn place(&self, profile: &Profile) -> Place {
        let by_secret_store = || encryption::keys_by_secret_store(profile, self.secrets.as_ref());
        Place { folder: profile.folder.clone(), keys: self.keys.clone().or_else(by_secret_store) }
    }

    pub(crate) fn reader(&self) -> Reader {
        Reader::new(ReadOptions { child: self.reader.clone(), ..ReadOptions::new(self.pdfium.clone()) })
    }
}

/// If more documents and tasks than this changed, the window is told to fetch everything.
const MANY: usize = 1_000;

/// Events read in one go.
const EVENTS_AT_ONCE: u32 = 1_000;

type Listener = Box<dyn Fn(&AppEvent) + Send + Sync>;

/// What the host (window or command line) found out about the desktop.
#[derive(Clone, Debug, Default)]
pub(crate) struct HostStatus {
    pub(crate) tray: Option<bool>,
    pub(crate) notifications_problem: Option<String>,
    engine: Share,
    reminders: Share,
}

impl HostStatus {
    /// How far this process is with a role.
    pub(crate) fn share(&mut self, role: Role) -> &mut Share {
        match role {
            Role::Engine => &mut self.engine,
            Role::Reminders => &mut self.reminders,
        }
    }
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
    /// Wakes those who wait to hear which roles this process got.
    pub(crate) begun: Wake,
    pub(crate) progress: Progress,
    pub(crate) backups: Backups,
    pub(crate) own_disk: OwnDisk,
    pub(crate) moves: Moves,
    /// The report on how the program is that was shown last, for saving it.
    pub(crate) shown_diagnostics: Mutex<Option<String>>,
    pub(crate) threads: Arc<Threads>,
    pub(crate) host_status: Mutex<HostStatus>,
    /// Held from reading who runs the profile until it is told, so that what is told last is what was read last.
    pub(crate) telling_roles: Mutex<()>,
    /// The number of the last event that the window was told of.
    told: Mutex<i64>,
    pub(crate) cache: Cache,
    /// When somebody was at the window last.
    pub(crate) last_used: Mutex<Option<DateTime<Utc>>>,
    listeners: RwLock<Vec<Listener>>,
}

impl App {
    /// Opens the profile, creating it where it does not exist yet.
    ///
    /// # Errors
    /// `bad_profile` if the profile is a file; else those of [`store::Store::open`].
    pub fn open(profile: Profile, parts: Parts) -> Result<Arc<Self>, Failure> {
        Self::open_by(profile, parts, Store::open)
    }

    /// The same for whoever only looks: where the disk is full or cannot be written, it is open for reading all the same.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), if reading is impossible, too.
    pub fn open_to_look(profile: Profile, parts: Parts) -> Result<Arc<Self>, Failure> {
        let mut failure = None;
        let app = Self::open_by(profile, parts, |place, clock, ids| {
            Store::open(place.clone(), Arc::clone(&clock), Arc::clone(&ids)).or_else(|why| {
                failure = Some(Failure::new(why.code(), why.to_string()));
                Store::open_for_reading(place, clock, ids, why)
            })
        })?;
        if let Some(failure) = failure {
            app.own_disk.is_read_only(&failure);
        }
        Ok(app)
    }

    fn open_by(
        profile: Profile,
        parts: Parts,
        open: impl FnOnce(Place, Arc<dyn Clock>, Arc<dyn Ids>) -> Result<Store, StoreError>,
    ) -> Result<Arc<Self>, Failure> {
        restore::put_in_place_soon(&profile)?;
        conversion::finish(&profile)?;
        if profile.folder.exists() && !profile.folder.is_dir() {
            let folder = profile.folder.display();
            let message =
                format!("The profile {folder} is a file. Please move it away, or name a folder with --profile.");
            return Err(Failure::new(FailureCode::BadProfile, message));
        }
        log::begin(&profile.folder);
        let store = open(parts.place(&profile), Arc::clone(&parts.clock), Arc::clone(&parts.ids))?;
        let told = store.read(|r| r.last_event())?;
        let cache = Cache::new(store.place());
        let app = Arc::new(Self {
            profile,
            store,
            reader: parts.reader(),
            clock: Arc::clone(&parts.clock),
            ids: parts.ids,
            channels: Channels::new(parts.channels),
            secrets: parts.secrets,
            jobs: Wake::default(),
            reminders: Wake::default(),
            inbox: Wake::default(),
            begun: Wake::default(),
            progress: Progress::default(),
            backups: Backups::default(),
            own_disk: OwnDisk::default(),
            moves: Moves::default(),
            shown_diagnostics: Mutex::default(),
            threads: Threads::new(Arc::clone(&parts.clock), Pauses::USUAL),
            host_status: Mutex::default(),
            telling_roles: Mutex::default(),
            told: Mutex::new(told),
            cache,
            last_used: Mutex::default(),
            listeners: RwLock::default(),
        });
        let weak = Arc::downgrade(&app);
        app.store.subscribe(Box::new(move |_| {
            if let Some(app) = weak.upgrade() {
                app.tell_changes();
            }
        }));
        let weak = Arc::downgrade(&app);
        app.threads.tell_failures(Box::new(move |name, failure| {
            if let Some(app) = weak.upgrade() {
                app.show_failure(name, failure);
            }
        }));
        for channel in &app.channels.all {
            channel.set_threads(Arc::clone(&app.threads) as Arc<dyn connect::Threads>);
        }
        Ok(app)
    }

    /// Makes a new database for an archive whose own one is missing, damaged or another profile's; every original is taken
    /// in again, and read when the engine runs. Returns how many, and where the old database lies.
    ///
    /// # Errors
    /// Those of [`store::Store::adopt_archive`].
    pub fn adopt(profile: &Profile, parts: &Parts) -> Result<(usize, Option<PathBuf>), Failure> {
        let adopted = Store::adopt_archive(parts.place(profile), Arc::clone(&parts.clock), Arc::clone(&parts.ids))?;
        Ok((adopted.swept.adopted.len(), adopted.set_aside))
    }

    /// What is wrong with the database: pages, indexes, references. Nothing is well.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn integrity_errors(&self) -> Result<Vec<String>, Failure> {
        Ok(self.store.integrity_errors()?)
    }

    /// The originals that have a row.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn stored_files(&self) -> Result<Vec<domain::FileId>, Failure> {
        Ok(self.store.read(|r| Ok(r.files()?.into_iter().map(|file| file.id).collect()))?)
    }

    /// Is this profile encrypted?
    pub fn is_encrypted(&self) -> bool {
        self.store.place().keys.is_some()
    }

    /// Runs `work` once in the background; that it panicked is shown as a problem.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub fn in_background(&self, name: &'static str, work: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
        self.threads.once(name, work)
    }

    /// Runs a callback of the host, whose thread must not end; that it panicked is shown as a problem.
    pub fn guard(&self, name: &'static str, work: impl FnOnce()) {
        self.threads.guard(name, work);
    }

    /// Shows a problem in the window.
    pub(crate) fn add_problem(&self, problem: &NewProblem) {
        if let Err(error) = self.store.write(By::Program, Op::Ledger, |w| w.add_problem(problem)) {
            tracing::error!(file = problem.file_name, message = problem.message, %error, "a problem could not be noted");
        }
    }

    /// The disk of the profile failed. Returns how long to wait before the next try.
    pub(crate) fn disk_failed(&self, failure: &Failure) -> Duration {
        let (pause, is_new) = self.own_disk.failed(&self.store, failure);
        if is_new {
            self.tell_problems();
        }
        pause
    }

    /// The disk of the profile works.
    pub(crate) fn disk_works(&self) {
        if self.own_disk.works(&self.store) {
            self.tell_problems();
        }
    }

    fn tell_problems(&self) {
        self.tell(&AppEvent::Changed(Changed { problems: true, ..Changed::default() }));
    }

    fn show_failure(&self, name: &str, failure: &Failure) {
        self.add_problem(&NewProblem {
            file_name: name.to_owned(),
            path: None,
            file: None,
            code: failure.code,
            message: format!(
                "The part “{name}” of Workmate failed ({failure}). It begins again by itself; if this comes again, please \
                 start Workmate anew."
            ),
        });
    }

    /// Calls `listener` for everything that happens, from the thread on which it happens.
    pub fn subscribe(&self, listener: impl Fn(&AppEvent) + Send + Sync + 'static) {
        self.listeners.write().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// The host says whether there is a tray.
    pub fn set_tray(&self, there: bool) {
        self.host_status().tray = Some(there);
    }

    /// All settings.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors). A setting that cannot be read is no error: it
    /// has its default, and a problem names it.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let rows = self.store.read(|r| r.settings())?;
        let (settings, unusable) = Settings::from_rows(&rows);
        let told = unusable.into_iter().map(|key| Unreadable {
            table: "settings",
            row: key.clone(),
            column: "value".to_owned(),
            value: rows.get(&key).cloned().unwrap_or_default(),
            name: key,
        });
        self.store.tell_unreadable(told.collect());
        Ok(settings)
    }

    /// The language of texts outside the window.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn locale(&self) -> Result<Locale, Failure> {
        Ok(Locale::choose(self.settings()?.language))
    }

    /// The folder in which files are looked for.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
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

    /// This moment, for what is done now.
    pub(crate) fn moment(&self) -> Result<Moment<'_>, Failure> {
        Ok(Moment { ids: self.ids.as_ref(), now: self.now(), today: self.today(&self.settings()?)? })
    }

    pub(crate) fn today(&self, settings: &Settings) -> Result<NaiveDate, Failure> {
        Ok(domain::today(self.now(), settings.preferences()?.zone))
    }

    pub(crate) fn host_status(&self) -> std::sync::MutexGuard<'_, HostStatus> {
        self.host_status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn tell(&self, event: &AppEvent) {
        for listener in self.listeners.read().unwrap_or_else(PoisonError::into_inner).iter() {
            self.threads.guard("listener", || listener(event));
        }
    }

    /// Tells listeners about events since the last call, written by this process or another one.
    pub(crate) fn tell_changes(&self) {
        let event = self.changes_to_tell().unwrap_or_else(|error| {
            tracing::error!(%error, "what changed could not be read: everything is fetched anew");
            Changed { all: true, ..Changed::default() }
        });
        self.cache.forget_trashed(&self.store, &event.documents);
        if event.jobs || event.all {
            self.jobs.ring();
        }
        let is_about_reminders =
            event.reminders || event.settings || !event.tasks.is_empty() || !event.documents.is_empty();
        if is_about_reminders || event.all {
            self.reminders.ring();
        }
        if event.settings || event.all {
            self.inbox.ring();
            self.backups.wake.ring();
        }
        if event != Changed::default() {
            self.tell(&AppEvent::Changed(event));
        }
    }

    fn changes_to_tell(&self) -> Result<Changed, StoreError> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let (changed, cursor) = self.store.read(|r| changes_after(r, *told))?;
        *told = cursor;
        Ok(changed)
    }
}

/// What the events after a cursor say, and the cursor after them.
fn changes_after(r: &Read<'_>, mut cursor: i64) -> Result<(Changed, i64), StoreError> {
    let mut changed = Changed::default();
    let (mut documents, mut tasks) = (BTreeSet::new(), BTreeSet::new());
    loop {
        let found = r.events_after(cursor, EVENTS_AT_ONCE)?;
        // An id that cannot be parsed is left out; the lists it may be in are fetched anew.
        let none = found.next == cursor;
        cursor = found.next;
        changed.all |= found.missed;
        for Event { noun, id, .. } in found.events {
            match noun {
                Noun::Document => changed.all |= id.parse().map(|id| documents.insert(id)).is_err(),
                Noun::Task => changed.all |= id.parse().map(|id| tasks.insert(id)).is_err(),
                Noun::Reminder | Noun::Notification => changed.reminders = true,
                Noun::Correspondent => changed.correspondents = true,
                Noun::Setting => changed.settings = true,
                Noun::Tag => changed.tags = true,
                Noun::View => changed.views = true,
                Noun::File | Noun::Job => changed.jobs = true,
                Noun::Problem => changed.problems = true,
                Noun::Key => changed.keys = true,
                Noun::Findings => match id.parse() {
                    Ok(file) => documents.extend(r.document_of_file(&file)?),
                    Err(_) => changed.all = true,
                },
                Noun::Reading => {}
            }
        }
        if none {
            if documents.len() + tasks.len() > MANY {
                return Ok((Changed { all: true, ..changed }, cursor));
            }
            changed.documents = documents.into_iter().collect();
            changed.tasks = tasks.into_iter().collect();
            return Ok((changed, cursor));
        }
    }
}
