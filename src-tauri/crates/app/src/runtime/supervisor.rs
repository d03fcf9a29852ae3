//! The supervisor: starts the engine and the reminders in this process, or waits until the process that has them ends.
//!
//! Each role has a lock of its own ([`Role`]). A free role is started at once. For a role that another process has, a
//! thread blocks in `flock`, and takes over as soon as that process ends or crashes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use connect::{FileWatch, watch_files};
use domain::FailureCode;
use store::{Role, RoleLock, RoleWait, StoreError};

use crate::runtime::engine::Engine;
use crate::runtime::events::{AppEvent, Changed};
use crate::runtime::locking;
use crate::runtime::roles::{Roles, RunBy, Share};
use crate::runtime::scheduler;
use crate::runtime::threads::{Pulse, Stop};
use crate::{App, Failure};

/// What a process runs of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineOptions {
    /// Watch the inbox folder.
    pub inbox: bool,
    /// Send reminders.
    pub reminders: bool,
}

impl EngineOptions {
    /// Everything.
    pub const ALL: Self = Self { inbox: true, reminders: true };
    /// Only the jobs that are waiting.
    pub const JOBS: Self = Self { inbox: false, reminders: false };
}

/// Runs a profile, now or as soon as no other process does. Dropping it stops the running roles, after the page they
/// work on.
pub struct Supervisor {
    app: Arc<App>,
    threads: Vec<(Arc<RoleKeeper>, JoinHandle<()>)>,
    /// Locks the profile when nobody is there any more.
    locks: Option<(Arc<Stop>, JoinHandle<()>)>,
    _follow: Option<Follow>,
}

impl Supervisor {
    /// Starts the free roles as `kind` (`app`, `watch`, `serve`, `import`), and waits for the others.
    ///
    /// # Errors
    /// If the system gives no more threads. What cannot begin for another reason is shown as a problem and tried again,
    /// see [`failure`](Self::failure).
    pub fn start(app: &Arc<App>, kind: &str, options: EngineOptions) -> Result<Self, Failure> {
        let mut supervisor = Self { app: Arc::clone(app), threads: Vec::new(), locks: None, _follow: app.follow() };
        if app.store.only_reads() {
            // There is nothing that could be done with what cannot be stored.
            return Ok(supervisor);
        }
        tracing::info!(kind, version = env!("CARGO_PKG_VERSION"), system = std::env::consts::OS, "the profile is run");
        supervisor.keep(Role::Engine, "engine", kind, options)?;
        if options.reminders {
            supervisor.keep(Role::Reminders, "reminders", kind, options)?;
        }
        for (keeper, _) in &supervisor.threads {
            keeper.wait_until_begun(app);
        }
        Ok(supervisor)
    }

    /// Locks an encrypted profile when nobody was there for a while, for hosts with a window.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub fn lock_when_left(&mut self) -> Result<(), Failure> {
        if self.app.is_encrypted() {
            let (app, stop) = (Arc::clone(&self.app), Arc::default());
            let thread = self.app.threads.keep("locking", &stop, move |pulse| locking::watch(&app, pulse))?;
            self.locks = Some((stop, thread));
        }
        Ok(())
    }

    /// Why the engine could not begin, if so.
    pub fn failure(&self) -> Option<Failure> {
        match self.app.host_status().share(Role::Engine) {
            Share::Failed(failure) => Some(failure.clone()),
            Share::None | Share::Begins | Share::Waits | Share::Runs => None,
        }
    }

    fn keep(&mut self, role: Role, name: &str, kind: &str, options: EngineOptions) -> Result<(), Failure> {
        *self.app.host_status().share(role) = Share::Begins;
        let keeper = Arc::new(RoleKeeper {
            app: Arc::downgrade(&self.app),
            role,
            kind: kind.to_owned(),
            options,
            stop: Arc::default(),
            sleeps: AtomicBool::new(false),
        });
        let running = Arc::clone(&keeper);
        let thread = self.app.threads.keep(name, &keeper.stop, move |pulse| running.run(pulse))?;
        self.threads.push((keeper, thread));
        Ok(())
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        for (keeper, _) in &self.threads {
            keeper.stop.set();
        }
        self.app.reminders.ring();
        if let Some((stop, thread)) = self.locks.take() {
            stop.set();
            if thread.join().is_err() {
                tracing::error!("the thread that locks was not caught when it panicked");
            }
        }
        for (keeper, thread) in self.threads.drain(..) {
            // A thread that waits for a lock can be woken only by the end of the holder; it releases the lock at once
            // then.
            if !keeper.sleeps.load(Ordering::SeqCst) && thread.join().is_err() {
                tracing::error!("a supervising thread was not caught when it panicked");
            }
            *self.app.host_status().share(keeper.role) = Share::None;
        }
    }
}

/// The thread that runs a role or waits for it.
struct RoleKeeper {
    app: Weak<App>,
    role: Role,
    kind: String,
    options: EngineOptions,
    stop: Arc<Stop>,
    /// It waits for the lock of another process, or is about to.
    sleeps: AtomicBool,
}

impl RoleKeeper {
    /// Takes the role, now or later, and runs it until the end is asked for.
    fn run(&self, pulse: &Pulse) -> Result<(), Failure> {
        let _begun = Begun(self);
        let Some(lock) = self.lock(pulse)? else { return Ok(()) };
        let Some(app) = self.app.upgrade() else { return Ok(()) };
        let done = match self.role {
            Role::Engine => Engine::start(&app, lock, self.options.inbox).map(|engine| {
                self.is_now(&app, Share::Runs);
                pulse.waits();
                while !self.stop.is_set() {
                    self.stop.sleep(Duration::MAX);
                }
                drop(engine);
            }),
            Role::Reminders => {
                self.is_now(&app, Share::Runs);
                let done = scheduler::remind(&app, pulse);
                drop(lock);
                done
            }
        };
        match &done {
            Ok(()) => self.is_now(&app, Share::None),
            Err(failure) => self.is_now(&app, Share::Failed(failure.clone())),
        }
        done
    }

    /// The lock of the role; none if the end was asked for meanwhile.
    fn lock(&self, pulse: &Pulse) -> Result<Option<RoleLock>, Failure> {
        let wait = {
            let Some(app) = self.app.upgrade() else { return Ok(None) };
            match app.store.take_role(self.role, &self.kind) {
                Ok(lock) => return Ok(Some(lock)),
                Err(StoreError::EngineHeld(holder)) => {
                    tracing::info!(role = ?self.role, pid = holder.pid, kind = holder.kind, "waiting for another process");
                }
                Err(error) => {
                    let failure = Failure::from(error);
                    self.is_now(&app, Share::Failed(failure.clone()));
                    return Err(failure);
                }
            }
            self.is_now(&app, Share::Waits);
            app.store.role_wait(self.role, &self.kind)
        };
        pulse.waits();
        // It holds nothing of the profile while it waits.
        let lock = self.sleep_at(&wait)?;
        Ok(lock.filter(|_| !self.stop.is_set()))
    }

    fn sleep_at(&self, wait: &RoleWait) -> Result<Option<RoleLock>, Failure> {
        self.sleeps.store(true, Ordering::SeqCst);
        // The drop of the supervisor sets `stop` and then reads `sleeps`; here it is the other way round, so one of the two sees it.
        let lock = if self.stop.is_set() { None } else { Some(wait.wait()) };
        self.sleeps.store(false, Ordering::SeqCst);
        lock.transpose().map_err(Failure::from)
    }

    fn is_now(&self, app: &App, share: Share) {
        *app.host_status().share(self.role) = share;
        app.begun.ring();
        app.tell_who_runs();
    }

    fn wait_until_begun(&self, app: &App) {
        loop {
            let rings = app.begun.rings();
            if *app.host_status().share(self.role) != Share::Begins {
                return;
            }
            app.begun.wait(rings, Duration::MAX);
        }
    }
}

/// However the thread ends, its state is reset, so that nobody believes it runs or waits for it.
struct Begun<'a>(&'a RoleKeeper);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Some(app) = self.0.app.upgrade()
        {
            self.0
                .is_now(&app, Share::Failed(Failure::new(FailureCode::ThreadFailed, "A part of the program failed.")));
        }
    }
}

/// Follows changes by other processes while it is kept.
pub struct Follow {
    _watch: FileWatch,
}

impl App {
    /// Follows what other processes write to the profile, and who of them runs it. None where its folder cannot be
    /// watched; then changes of others show at the next own one.
    pub fn follow(self: &Arc<Self>) -> Option<Follow> {
        let (app, threads) = (Arc::downgrade(self), Arc::clone(&self.threads));
        let changes = self.store.changed_path();
        let files = [changes.clone(), self.store.lock_path(Role::Engine), self.store.lock_path(Role::Reminders)];
        let watched = watch_files(&files, move |file| {
            let Some(app) = app.upgrade() else { return };
            // This runs on a thread of the watching library, which must not end.
            threads.guard("follow", || if file == changes { app.look_for_changes() } else { app.tell_who_runs() });
        });
        watched
            .map(|watch| Follow { _watch: watch })
            .map_err(|error| tracing::warn!(%error, "changes of other processes are not seen at once"))
            .ok()
    }

    fn look_for_changes(&self) {
        match self.store.changed_by_another() {
            Ok(true) => self.tell_changes(),
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "what another process changed could not be looked up"),
        }
    }

    /// Who runs what of the profile.
    ///
    /// # Errors
    /// If a lock file cannot be looked at.
    pub fn roles(&self) -> Result<Roles, Failure> {
        let (engine, reminders) = {
            let mut host = self.host_status();
            (host.share(Role::Engine).clone(), host.share(Role::Reminders).clone())
        };
        let takes_over = [&engine, &reminders].contains(&&Share::Waits);
        let by = |share: Share, role| match share {
            Share::Runs => Ok(RunBy::Here),
            Share::None | Share::Begins | Share::Waits | Share::Failed(_) => {
                Ok::<_, Failure>(match self.store.role_holder(role)? {
                    Some(holder) => RunBy::Elsewhere { pid: holder.pid, kind: holder.kind },
                    None => RunBy::Nobody,
                })
            }
        };
        Ok(Roles { engine: by(engine, Role::Engine)?, reminders: by(reminders, Role::Reminders)?, takes_over })
    }

    /// Tells who runs what of the profile; whatever shows the state is to be fetched again.
    fn tell_who_runs(&self) {
        let telling = self.telling_roles.lock().unwrap_or_else(PoisonError::into_inner);
        match self.roles() {
            Ok(roles) => self.tell(&AppEvent::Roles(roles)),
            Err(error) => tracing::error!(%error, "who runs the profile could not be looked up"),
        }
        drop(telling);
        self.tell(&AppEvent::Changed(Changed { jobs: true, ..Changed::default() }));
    }
}
