//! How much of the corpus is understood, by the corpus' own scorer (`score.py`), and how honest *certain* is.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use app::{Inspector, Parts};
use domain::DocumentKind;
use serde_json::{Value, json};

/// A part of the corpus, and how it is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    /// What the figures are recorded under.
    pub name: &'static str,
    /// Its folder.
    pub folder: &'static str,
    /// Whether the XML of e-invoices is read, and every value of it counts; else what stands on the page.
    pub xml: bool,
    /// Which documents of it, by `text_origin`; all where empty.
    pub origins: &'static [&'static str],
}

const fn pages(name: &'static str, folder: &'static str, origins: &'static [&'static str]) -> Set {
    Set { name, folder, xml: false, origins }
}

/// E-invoices by their data.
pub const E_INVOICES: [Set; 2] = [
    Set { name: "e-invoices in plain XML", folder: "einvoice-xml", xml: true, origins: &[] },
    Set { name: "e-invoices in PDFs", folder: "zugferd", xml: true, origins: &[] },
];

/// Pages with a text layer, by what stands on them.
pub const PAGES: [Set; 4] = [
    pages("pages of e-invoices", "zugferd", &[]),
    pages("pages of other bills", "invoices", &[]),
    pages("payment slips", "qrbill", &[]),
    pages("household letters", "household", &["born-digital"]),
];

/// Pages that have to be recognised first.
pub const PICTURES: [Set; 3] = [
    pages("pictures of bills", "scans", &[]),
    pages("pictures of household letters", "household", &["scan-flatbed", "scan-phone"]),
    pages("receipts", "receipts", &[]),
];

/// Values of a field, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and right.
    pub right: u64,
    /// Found and wrong.
    pub wrong: u64,
    /// Not found.
    pub missed: u64,
}

impl Tally {
    fn of(field: &Value) -> Self {
        let count = |name: &str| field[name].as_u64().unwrap_or_default();
        Self { right: count("tp"), wrong: count("fp"), missed: count("fn") }
    }

    /// F1 in percent; none without a value.
    pub fn f1(self) -> Option<f64> {
        let all = 2 * self.right + self.wrong + self.missed;
        (all > 0).then(|| 200.0 * self.right as f64 / all as f64)
    }
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { right: self.right + other.right, wrong: self.wrong + other.wrong, missed: self.missed + other.missed }
    }
}

/// Letters by whether they alarm: those of courts and authorities must not pass for harmless.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// Letters that alarm.
    pub due: u64,
    /// Those of them that were read as something harmless.
    pub silent: u64,
    /// Other letters.
    pub harmless: u64,
    /// Those of them that alarm.
    pub falsely: u64,
}

/// What the scorer says of a set.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Its table, for people.
    pub table: String,
    /// F1 in percent of each field with at least ten values, of all (`micro`), and the kinds.
    pub figures: BTreeMap<String, f64>,
    /// Values given as certain, those of them that are wrong, and all right values.
    pub certain: u64,
    /// Wrong ones among them.
    pub wrong: u64,
    /// Right values, certain or not; a list of lines is never certain and not counted.
    pub right: u64,
    /// Time spent on understanding, in milliseconds.
    pub milliseconds: f64,
    /// Pages looked at; data without a page count as one.
    pub pages: u64,
    /// The values of each field.
    pub fields: BTreeMap<String, Tally>,
    /// The same for each family of layouts.
    pub families: Vec<BTreeMap<String, Tally>>,
    /// Kinds of documents right, wrong.
    pub kinds: Tally,
    /// Whether what must alarm does.
    pub alarms: Alarms,
}

/// Reads and understands a set, and scores what was found.
///
/// # Errors
/// If `truth.jsonl` or a document cannot be read, or the scorer of the corpus does not run or gives no result.
pub fn score(corpus: &Path, set: &Set) -> anyhow::Result<Score> {
    /// Fields with fewer values are looked at, not judged.
    const JUDGED: u64 = 10;
    let work = tempfile::tempdir()?;
    let (truth, found) = (work.path().join("truth.jsonl"), work.path().join("found.jsonl"));
    let folder = corpus.join(set.folder);
    let inspector = Inspector::new(Parts::real());
    let mut score = Score::default();
    let (mut wanted, mut lines) = (String::new(), String::new());
    for line in fs::read_to_string(folder.join("truth.jsonl"))?.lines() {
        let document: Value = serde_json::from_str(line)?;
        let origin = document["text_origin"].as_str().unwrap_or_default();
        if !set.origins.is_empty() && !set.origins.contains(&origin) {
            continue;
        }
        let file = document["file"].as_str().context("a file")?;
        let bytes = fs::read(folder.join(file))?;
        let inspection =
            inspector.inspect(file, &bytes, set.xml).map_err(|e| anyhow::anyhow!("{file}: {}", e.message))?;
        let json = serde_json::to_value(inspection.view(file))?;
        score.milliseconds += json["elapsed_ms"]["understand"].as_f64().unwrap_or_default();
        score.pages += json["pages"].as_u64().unwrap_or_default().max(1);
        score.alarms.count(&document["doc_type"], &json["doc_type"]);
        wanted.push_str(&format!("{line}\n"));
        lines.push_str(&format!("{json}\n"));
    }
    fs::write(&truth, wanted)?;
    fs::write(&found, lines)?;
    let run = |more: &[&str]| {
        let mut scorer = Command::new("python3");
        scorer.arg(corpus.join("score.py")).args([&truth, &found]).args(more);
        if set.xml {
            scorer.arg("--all-fields");
        }
        let output = scorer.output().context("python3")?;
        ensure!(output.status.success(), "score.py: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    };
    score.table = format!("{}\n{}", set.name, run(&[])?);
    let said: Value = serde_json::from_str(&run(&["--json", "--by", "family"])?)?;
    let groups = said["groups"].as_object().context("groups")?;
    let tallies = |group: &Value| {
        let fields = group["fields"].as_object().into_iter().flatten();
        fields.map(|(name, field)| (name.clone(), Tally::of(field))).collect::<BTreeMap<_, _>>()
    };
    score.families = groups.iter().filter(|(name, _)| *name != "all").map(|(_, group)| tallies(group)).collect();
    let all = &said["groups"]["all"];
    score.fields = tallies(all);
    let count = |value: &Value| value.as_u64().unwrap_or_default();
    for (name, field) in all["fields"].as_object().context("fields")? {
        score.certain += count(&field["sure"]);
        score.wrong += count(&field["lied"]);
        score.right += if name == "line_items" { 0 } else { count(&field["tp"]) };
        if count(&field["documents"]) >= JUDGED {
            score.figures.insert(name.clone(), percent(field["f1"].as_f64().unwrap_or_default()));
        }
    }
    let kinds = &all["doc_type"];
    score.kinds =
        Tally { right: count(&kinds["right"]), wrong: count(&kinds["of"]) - count(&kinds["right"]), missed: 0 };
    score.figures.insert("micro".to_owned(), percent(all["micro_f1"].as_f64().unwrap_or_default()));
    score.figures.insert("kind".to_owned(), percent(count(&kinds["right"]) as f64 / count(&kinds["of"]).max(1) as f64));
    Ok(score)
}

impl Alarms {
    fn count(&mut self, wanted: &Value, found: &Value) {
        let alarms = |kind: &Value| {
            let kind = kind.as_str().and_then(|kind| kind.parse::<DocumentKind>().ok());
            kind.is_some_and(DocumentKind::is_alarming)
        };
        match (alarms(wanted), alarms(found)) {
            (true, said) => (self.due, self.silent) = (self.due + 1, self.silent + u64::from(!said)),
            (false, said) => (self.harmless, self.falsely) = (self.harmless + 1, self.falsely + u64::from(said)),
        }
    }
}

impl std::ops::Add for Alarms {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            due: self.due + other.due,
            silent: self.silent + other.silent,
            harmless: self.harmless + other.harmless,
            falsely: self.falsely + other.falsely,
        }
    }
}

/// In tenths of a percent.
fn percent(share: f64) -> f64 {
    (1000.0 * share).round() / 10.0
}

impl Score {
    /// The figures as they are recorded.
    pub fn to_json(&self) -> Value {
        json!(self.figures)
    }

    /// What is lower than recorded, in words; a new field is no fall.
    pub fn falls(&self, recorded: &Value) -> Vec<String> {
        let Some(recorded) = recorded.as_object() else { return vec!["nothing is recorded".to_owned()] };
        let fallen = recorded.iter().filter_map(|(name, before)| {
            let (before, now) = (before.as_f64()?, self.figures.get(name).copied().unwrap_or_default());
            (now < before).then(|| format!("{name} fell from {before} to {now}"))
        });
        fallen.collect()
    }
}
