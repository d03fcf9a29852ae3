//! The pool of OCR engines: loading one takes 150 ms, and each holds about 70 MB.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::OcrError;
use super::native::{Tesseract, c_string, return_memory};
use super::ppocr::Models;
use crate::ReadOptions;
use crate::language::long_code_of;

/// The idle engines of one reader, and how to make more.
pub(crate) struct Engines {
    tessdata: Option<PathBuf>,
    languages: String,
    tesseract: Mutex<Vec<(Languages, Idle<Tesseract>)>>,
    /// Folder of the second reader's models; `None` if they are not installed.
    models: Option<PathBuf>,
    /// One for all threads.
    second: Mutex<Option<Idle<Arc<Models>>>>,
}

/// Which of the expected languages a Tesseract reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Languages {
    /// The first one only: a fifth less time than with a second one.
    First,
    /// All of them.
    All,
}

struct Idle<E> {
    engine: E,
    since: Instant,
}

impl Engines {
    pub(crate) fn new(options: &ReadOptions) -> Self {
        let ReadOptions { tessdata, languages, ocr_models, .. } = options;
        Self {
            tessdata: tessdata.clone(),
            languages: languages.clone(),
            tesseract: Mutex::default(),
            models: ocr_models.clone(),
            second: Mutex::default(),
        }
    }

    /// Lends a Tesseract to `work`. An engine whose work panics is dropped.
    pub(super) fn tesseract<T>(
        &self,
        languages: Languages,
        work: impl FnOnce(&mut Tesseract) -> Result<T, OcrError>,
    ) -> Result<T, OcrError> {
        let mut idle = held(&self.tesseract);
        let warm = idle.iter().rposition(|(reads, _)| *reads == languages).map(|place| idle.swap_remove(place).1);
        drop(idle);
        let mut engine = match (warm, languages) {
            (Some(idle), _) => idle.engine,
            (None, Languages::First) => self.load(self.first_language())?,
            (None, Languages::All) => self.load(&self.languages)?,
        };
        let result = work(&mut engine);
        held(&self.tesseract).push((languages, Idle { engine, since: Instant::now() }));
        result
    }

    /// Whether one of the languages after the first may be that of this text; short texts may be in any.
    pub(super) fn may_be_another_language(&self, text: &str) -> bool {
        let mut others = self.languages.split('+').skip(1).peekable();
        let is_there = others.peek().is_some();
        is_there && long_code_of(text).is_none_or(|code| others.any(|other| other == code))
    }

    fn first_language(&self) -> &str {
        self.languages.split('+').next().unwrap_or_default()
    }

    /// An engine that only finds out which way is up. Rarely needed, so it is not kept.
    pub(super) fn orientation(&self) -> Result<Tesseract, OcrError> {
        self.load("osd")
    }

    /// Lends the second reader to `work`, to any number of threads at the same time. It is loaded on first need.
    pub(super) fn second<T>(&self, work: impl FnOnce(&Models) -> Result<T, OcrError>) -> Result<T, OcrError> {
        let folder = self.models.as_ref().ok_or(OcrError::NoSecondReader)?;
        let models = {
            let mut second = held(&self.second);
            let known = second.take().map(|idle| idle.engine);
            let models = known.map_or_else(|| Models::load(folder).map(Arc::new), Ok).map_err(OcrError::Failed)?;
            *second = Some(Idle { engine: Arc::clone(&models), since: Instant::now() });
            models
        };
        let result = work(&models);
        if let Some(idle) = held(&self.second).as_mut() {
            idle.since = Instant::now();
        }
        result
    }

    /// Whether there is a second reader.
    pub(super) fn has_second(&self) -> bool {
        self.models.is_some()
    }

    /// Drops the engines that have been idle for `idle`.
    pub(crate) fn release_idle(&self, idle: Duration) {
        held(&self.tesseract).retain(|(_, i)| i.since.elapsed() < idle);
        // While it is lent, others hold it, too.
        held(&self.second).take_if(|i| Arc::strong_count(&i.engine) == 1 && i.since.elapsed() >= idle);
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn the_second_reader_is_loaded_on_first_need_and_let_go_when_idle() {
        let engines = Engines::new(&ReadOptions::new(PathBuf::new()));
        let is_loaded = || held(&engines.second).is_some();
        assert!(!is_loaded());
        engines.second(|_| Ok(())).expect("the models are there: see .make/ocr-models");
        assert!(is_loaded());
        engines.release_idle(Duration::from_secs(3600));
        assert!(is_loaded(), "it was used a moment ago");
        engines.release_idle(Duration::ZERO);
        assert!(!is_loaded());
    }

    #[test]
    fn a_page_is_read_in_all_languages_only_where_it_may_be_another_than_the_first() {
        let engines = Engines::new(&ReadOptions::new(PathBuf::new()));
        let another = |text| engines.may_be_another_language(text);
        assert!(!another("Sehr geehrte Damen und Herren, bitte überweisen Sie den Betrag auf unser Konto"));
        assert!(another("Please transfer the amount due within thirty days of receipt of this letter"));
        assert!(another("84,20"), "too short to tell");
        assert!(!another("Veuillez régler le montant de cette facture avant la fin du mois"), "none that is expected");
        let german = ReadOptions { languages: "deu".to_owned(), ..ReadOptions::new(PathBuf::new()) };
        assert!(!Engines::new(&german).may_be_another_language("84,20"), "there is no other one");
    }

    #[test]
    fn a_second_reader_that_is_not_there_or_not_whole_is_an_error_and_no_silence() {
        let missing = ReadOptions { ocr_models: None, ..ReadOptions::new(PathBuf::new()) };
        let error = Engines::new(&missing).second(|_| Ok(())).expect_err("none is installed");
        assert!(matches!(error, OcrError::NoSecondReader), "{error}");
        let empty = ReadOptions { ocr_models: Some(PathBuf::from("/nowhere")), ..missing };
        let error = Engines::new(&empty).second(|_| Ok(())).expect_err("no files");
        assert!(error.to_string().contains("/nowhere/detection.onnx"), "{error}");
    }
}
