//! The two networks and where their files are.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rten::{Model, RunError, RunOptions, ThreadPool, Value, ValueOrView};

const DETECTION: &str = "detection.onnx";
const HARD_DETECTION: &str = "detection-of-hard-pages.onnx";
const RECOGNITION: &str = "recognition.onnx";

/// Finds the folder of the second reader's models: `WORKMATE_OCR_MODELS`, beside the program, in `../lib/workmate` of the
/// program, and in a debug build in the source tree.
pub fn locate_ocr_models() -> Option<PathBuf> {
    const FOLDER: &str = "ocr-models";
    let named = env::var_os("WORKMATE_OCR_MODELS").map(PathBuf::from);
    let program = env::current_exe().ok();
    let folder = program.as_deref().and_then(Path::parent);
    let installed = folder.map(|f| [f.join(FOLDER), f.join("../lib/workmate").join(FOLDER)]);
    let source =
        cfg!(debug_assertions).then(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets").join(FOLDER));
    let complete =
        |folder: &PathBuf| [DETECTION, HARD_DETECTION, RECOGNITION].iter().all(|file| folder.join(file).is_file());
    named.into_iter().chain(installed.into_iter().flatten()).chain(source).find(complete)
}

/// The release of the models this program is made for, see `.make/ocr-models`.
pub(crate) const MODELS: &str = "PP-OCRv6 small, lines v4";

/// The networks, loaded.
pub(crate) struct Models {
    detection: Model,
    hard_detection: Model,
    recognition: Model,
    /// What each class of the recognition means; the first one is [`GAP`].
    pub(super) alphabet: Vec<String>,
    one: RunOptions,
}

/// The class that is no character.
pub(super) const GAP: usize = 0;

impl Models {
    /// Loads the models from their folder; the error says which file is wrong, and why.
    pub(crate) fn load(folder: &Path) -> Result<Self, String> {
        let load = |file: &str| {
            let path = folder.join(file);
            Model::load_file(&path).map_err(|e| format!("{}: {e}", path.display()))
        };
        let (detection, hard_detection, recognition) = (load(DETECTION)?, load(HARD_DETECTION)?, load(RECOGNITION)?);
        let characters =
            recognition.metadata().get("character").ok_or_else(|| format!("{RECOGNITION} names no characters"))?;
        // The last class is the space, which a list of lines cannot hold.
        let alphabet =
            ["".to_owned()].into_iter().chain(characters.lines().map(str::to_owned)).chain([" ".to_owned()]).collect();
        // Pages are read side by side. A second thread for one page takes a fifth more processor time.
        let one = RunOptions::default().with_thread_pool(Some(Arc::new(ThreadPool::with_num_threads(1))));
        Ok(Self { detection, hard_detection, recognition, alphabet, one })
    }

    pub(super) fn detect(&self, input: ValueOrView<'_>, is_hard: bool) -> Result<Value, RunError> {
        let model = if is_hard { &self.hard_detection } else { &self.detection };
        model.run_one(input, Some(self.one.clone()))
    }

    pub(super) fn recognise(&self, input: ValueOrView<'_>) -> Result<Value, RunError> {
        self.recognition.run_one(input, Some(self.one.clone()))
    }
}
