//! Engines kept warm: loading one takes 150 ms, and each holds about 70 MB.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::native::{Tesseract, c_string, return_memory};
use crate::ReadOptions;

/// The idle engines of one reader, and how to make more.
pub(crate) struct Engines {
    tessdata: Option<PathBuf>,
    languages: String,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    engine: Tesseract,
    since: Instant,
}

impl Engines {
    pub(crate) fn new(options: &ReadOptions) -> Self {
        let ReadOptions { tessdata, languages, .. } = options;
        Self { tessdata: tessdata.clone(), languages: languages.clone(), idle: Mutex::new(Vec::new()) }
    }

    /// Lends an engine to `work`; `Err` names the language data that is missing. An engine whose work panics is dropped.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut Tesseract) -> T) -> Result<T, String> {
        let idle = self.idle().pop();
        let mut engine = match idle {
            Some(idle) => idle.engine,
            None => self.load(&self.languages)?,
        };
        let result = work(&mut engine);
        self.idle().push(Idle { engine, since: Instant::now() });
        Ok(result)
    }

    /// An engine that only finds out which way is up. Rarely needed, so it is not kept.
    pub(super) fn orientation(&self) -> Result<Tesseract, String> {
        self.load("osd")
    }

    /// Drops the engines that have been idle for `idle`.
    pub(crate) fn release_idle(&self, idle: Duration) {
        self.idle().retain(|i| i.since.elapsed() < idle);
        return_memory();
    }

    fn load(&self, languages: &str) -> Result<Tesseract, String> {
        let folder = self.tessdata.as_ref().map(|f| c_string(&f.to_string_lossy()));
        Tesseract::new(folder.as_deref(), &c_string(languages)).ok_or_else(|| format!("no data for {languages}"))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        // A list of whole engines is never half changed, so a panic elsewhere does not spoil it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
