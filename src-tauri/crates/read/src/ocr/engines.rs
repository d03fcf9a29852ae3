//! Engines kept warm: loading one takes 150 ms, and each holds about 70 MB.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::OcrError;
use super::native::{Tesseract, c_string, return_memory};
use super::ppocr::Models;
use crate::ReadOptions;

/// The idle engines of one reader, and how to make more.
pub(crate) struct Engines {
    tessdata: Option<PathBuf>,
    languages: String,
    tesseract: Mutex<Vec<Idle<Tesseract>>>,
    /// Folder of the second reader's models; `None` if it is switched off or not installed.
    models: Option<PathBuf>,
    /// One for all threads: it uses both cores by itself, and a page takes much memory.
    second: Mutex<Option<Idle<Models>>>,
}

struct Idle<E> {
    engine: E,
    since: Instant,
}

impl Engines {
    pub(crate) fn new(options: &ReadOptions) -> Self {
        let ReadOptions { tessdata, languages, ocr_models, second_reader, .. } = options;
        Self {
            tessdata: tessdata.clone(),
            languages: languages.clone(),
            tesseract: Mutex::default(),
            models: ocr_models.clone().filter(|_| *second_reader),
            second: Mutex::default(),
        }
    }

    /// Lends a Tesseract to `work`. An engine whose work panics is dropped.
    pub(super) fn tesseract<T>(&self, work: impl FnOnce(&mut Tesseract) -> Result<T, OcrError>) -> Result<T, OcrError> {
        let idle = held(&self.tesseract).pop();
        let mut engine = match idle {
            Some(idle) => idle.engine,
            None => self.load(&self.languages)?,
        };
        let result = work(&mut engine);
        held(&self.tesseract).push(Idle { engine, since: Instant::now() });
        result
    }

    /// An engine that only finds out which way is up. Rarely needed, so it is not kept.
    pub(super) fn orientation(&self) -> Result<Tesseract, OcrError> {
        self.load("osd")
    }

    /// Lends the second reader to `work`, to one thread at a time; `None` if there is none.
    pub(super) fn second<T>(
        &self,
        work: impl FnOnce(&mut Models) -> Result<T, OcrError>,
    ) -> Option<Result<T, OcrError>> {
        let folder = self.models.as_ref()?;
        let mut second = held(&self.second);
        // Taken out while it works: an engine whose work panics is dropped.
        let loaded = second.take().map_or_else(|| Models::load(folder), |idle| Ok(idle.engine));
        let mut engine = match loaded {
            Ok(engine) => engine,
            Err(detail) => return Some(Err(OcrError::Failed(detail))),
        };
        let result = work(&mut engine);
        *second = Some(Idle { engine, since: Instant::now() });
        Some(result)
    }

    /// Drops the engines that have been idle for `idle`.
    pub(crate) fn release_idle(&self, idle: Duration) {
        held(&self.tesseract).retain(|i| i.since.elapsed() < idle);
        // While it is lent the lock is held, and it is not idle.
        if let Ok(mut second) = self.second.try_lock() {
            second.take_if(|i| i.since.elapsed() >= idle);
        }
        return_memory();
    }

    fn load(&self, languages: &str) -> Result<Tesseract, OcrError> {
        let folder = self.tessdata.as_ref().map(|f| c_string(&f.to_string_lossy()));
        Tesseract::new(folder.as_deref(), &c_string(languages))
            .ok_or_else(|| OcrError::Missing(format!("no data for {languages}")))
    }
}

/// What the lock holds is whole at any time, so a panic elsewhere does not spoil it.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
