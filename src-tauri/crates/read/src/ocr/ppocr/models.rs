//! The two networks and where their files are.

use std::env;
use std::path::{Path, PathBuf};

use rten::{Model, RunError, Value, ValueOrView};

const DETECTION: &str = "detection.onnx";
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
    let complete = |folder: &PathBuf| folder.join(DETECTION).is_file() && folder.join(RECOGNITION).is_file();
    named.into_iter().chain(installed.into_iter().flatten()).chain(source).find(complete)
}

/// The release of the models this program is made for, see `.make/ocr-models`.
pub(crate) const MODELS: &str = "PP-OCRv6 small";

/// Both networks, loaded.
pub(crate) struct Models {
    detection: Model,
    recognition: Model,
    /// How many classes the recognition tells apart: [`GAP`] and its characters.
    pub(super) classes: usize,
    /// The classes that occur in letters, and what each means.
    pub(super) alphabet: Vec<(usize, String)>,
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
        let (detection, recognition) = (load(DETECTION)?, load(RECOGNITION)?);
        let characters =
            recognition.metadata().get("character").ok_or_else(|| format!("{RECOGNITION} names no characters"))?;
        // The last class is the space, which a list of lines cannot hold.
        let classes: Vec<String> =
            ["".to_owned()].into_iter().chain(characters.lines().map(str::to_owned)).chain([" ".to_owned()]).collect();
        let of_letters = |(class, text): &(usize, String)| *class == GAP || text.chars().all(is_of_letters);
        let count = classes.len();
        let alphabet = classes.into_iter().enumerate().filter(of_letters).collect();
        Ok(Self { detection, recognition, classes: count, alphabet })
    }

    pub(super) fn detect(&self, input: ValueOrView<'_>) -> Result<Value, RunError> {
        self.detection.run_one(input, None)
    }

    pub(super) fn recognise(&self, input: ValueOrView<'_>) -> Result<Value, RunError> {
        self.recognition.run_one(input, None)
    }
}

/// The models know Chinese and many more signs, some of which look like ours. Letters in European languages have these:
/// Latin with its accents, figures, punctuation, currency.
fn is_of_letters(sign: char) -> bool {
    matches!(sign, ' '..='~' | '¡'..='ſ' | '–'..='—' | '‘'..='„' | '†'..='•' | '…' | '‰' | '€' | '№' | '™')
}
