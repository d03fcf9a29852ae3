//! Judged searches: the queries in `judged/search.jsonl`, and the rank of their answers.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::TestApp;

/// Folders of the corpus with ordinary documents.
const FOLDERS: [&str; 4] = ["household", "zugferd", "invoices", "qrbill"];
/// Places that are looked at.
const LOOKED_AT: u32 = 20;

/// A query with the files that answer it.
pub struct Judged {
    /// What is typed.
    pub query: String,
    /// Files that answer it, relative to the corpus.
    pub answers: Vec<String>,
    /// What it tests.
    pub sort: String,
    /// It is held out: it only judges, and is not used for tuning.
    pub held_out: bool,
}

/// All judged queries.
///
/// # Errors
/// If `judged/search.jsonl` cannot be read, or a line of it is not a judged query.
pub fn queries() -> anyhow::Result<Vec<Judged>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("judged/search.jsonl");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    text.lines()
        .map(|line| {
            let value: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
            let text = |value: &Value| value.as_str().map(str::to_owned).with_context(|| line.to_owned());
            Ok(Judged {
                query: text(&value["query"])?,
                answers: value["answers"].as_array().into_iter().flatten().map(text).collect::<anyhow::Result<_>>()?,
                sort: text(&value["sort"])?,
                held_out: value["held_out"] == true,
            })
        })
        .collect()
}

/// Takes in the PDFs of the corpus that have a text layer; gives the documents by their files.
///
/// # Errors
/// If the path of an imported file does not lie in `corpus`.
pub fn import(test: &TestApp, corpus: &Path) -> anyhow::Result<HashMap<String, String>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in FOLDERS {
        for path in app::files_below(&corpus.join(folder)).into_iter().flatten() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".pdf") && !name.contains("scan") && !name.contains("phone") {
                paths.push(path);
            }
        }
    }
    let mut documents = HashMap::new();
    for imported in test.import(&paths) {
        if let Some(id) = imported.document {
            let name = Path::new(&imported.path).strip_prefix(corpus)?.to_string_lossy().into_owned();
            documents.insert(name, id.to_string());
        }
    }
    Ok(documents)
}

impl Judged {
    /// The place of its first answer, counted from 1.
    pub fn rank(&self, test: &TestApp, documents: &HashMap<String, String>) -> Option<usize> {
        let found = test.call("search.find", json!({"query": self.query, "limit": LOOKED_AT}));
        let answers: Vec<&str> =
            self.answers.iter().filter_map(|file| documents.get(file).map(String::as_str)).collect();
        let hits = found["items"].as_array()?;
        let place =
            hits.iter().position(|hit| hit["document"]["id"].as_str().is_some_and(|id| answers.contains(&id)))?;
        Some(place + 1)
    }
}
