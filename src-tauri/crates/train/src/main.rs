//! Learns the models of `understand` and measures them.
//!
//! `train score [SET …] [--misses]`: the figures of every set, by author, with the models as they are (`--rules`: without any).
//! `train folds [SET …] [--misses]`: the same, each author by models that were learned without that author's letters
//! (`--no-kinds`, `--no-roles`: without one of them, to see what it is worth; `--kept`: by the models of the last run, to see
//! in seconds what a changed rule does).
//! `train fit DATE`: learns the models from all letters and writes them with their card.
//! `train show SET FILE`: every value that was found in a letter, by the models of the last `folds` that do not know its author.
//! A set is one of the corpus, or a folder with `truth.jsonl` and `text.jsonl`; without any, all that have plans are scored.
//! The truth is looked for in `../shared/corpus`, what was read of it in `target/readings` (`readings` writes it).
#![expect(clippy::print_stdout, reason = "this is a program for the command line")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use train::corpus::{self, Letter};
use train::outcome::outcome;
use train::report::{ByAuthor, prediction, table};
use train::{BILLS, DRAWN, LETTERS, SEED, folds, synthetic};
use understand::Models;
use understand::linear::Linear;

/// What the readings of a set are called under `target/readings`.
fn load(set: &str) -> anyhow::Result<Vec<Letter>> {
    let truth = Path::new("../shared/corpus").join(set);
    corpus::load(set, &truth, &Path::new("target/readings").join(format!("{set}.jsonl")))
}

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["score", rest @ ..] => {
            let models = if rest.contains(&"--rules") { Models::default() } else { Models::built_in().clone() };
            score(rest, &|_| &models)
        }
        ["folds", rest @ ..] => {
            let kept = Path::new("target/folds");
            let mut folds = if rest.contains(&"--kept") { folds::kept(kept)? } else { folds::learn(&letters()) };
            folds.keep(kept)?;
            for models in folds.without.values_mut() {
                if rest.contains(&"--no-roles") {
                    models.roles = Linear::default();
                }
                if rest.contains(&"--no-kinds") {
                    models.kinds = Linear::default();
                }
            }
            score(rest, &|author| folds.without.get(author).unwrap_or(&folds.all))
        }
        ["show", set, file] => show(set, file),
        ["fit", date] => {
            let letters = letters();
            let folds = folds::learn(&letters);
            let folder = Path::new("src-tauri/crates/understand/models");
            fs::write(folder.join("kinds.txt"), folds.all.kinds.to_text())?;
            fs::write(folder.join("roles.txt"), folds.all.roles.to_text())?;
            fs::write(folder.join("pairs.txt"), folds.all.pairs.to_text())?;
            fs::write(folder.join("certain.txt"), folds.all.certain.to_text())?;
            fs::write(folder.join("CARD.md"), card(date, &letters, &folds))?;
            Ok(())
        }
        _ => bail!(
            "train score|folds [SET …] [--misses] [--rules] [--no-kinds] [--no-roles] [--kept], train show SET FILE, train fit DATE"
        ),
    }
}

/// What the models were learned from, and how well the letters of each author are planned by models that do not know it.
fn card(date: &str, letters: &[Letter], folds: &folds::Folds) -> String {
    let mut sets: BTreeMap<&str, usize> = BTreeMap::new();
    for letter in letters {
        *sets.entry(&letter.set).or_default() += 1;
    }
    let sets: Vec<String> = sets.iter().map(|(set, count)| format!("{set} {count}")).collect();
    let mut counts = ByAuthor::new();
    for letter in letters.iter().filter(|letter| !letter.truth["expected"].is_null() && letter.set != "synthetic") {
        let models = folds.without.get(folds::author(&letter.set)).unwrap_or(&folds.all);
        let outcome = outcome(letter, models);
        for set in [letter.set.as_str(), "~ all"] {
            counts.entry(set.to_owned()).or_default().add(letter, &outcome);
        }
    }
    let Models { kinds, roles, pairs, certain } = &folds.all;
    let bytes: usize = [kinds, roles, pairs, certain].iter().map(|model| model.to_text().len()).sum();
    format!(
        "# Models of kinds and roles\n\nWritten by `make train` on {date}; linear models (softmax for kinds, logistic for each \
         role), calibrated by isotonic regression on letters of left-out authors.\n\nWhat is certain: a logistic score that a value \
         is right (`certain.txt`; seen of it: extractor, proofs, rivals, the model of roles, the words and the place), and two \
         least scores, for what the rules prove and for what stands alone, set as low on letters of left-out authors as the \
         share of wrong ones above them, one wrong added, stays below 0.2 % (as conformal prediction does it). One threshold \
         for each field was tried and had four times as many wrong ones on authors left out once more. Values of pictures \
         need a proof besides.\n\nTogether the models have {bytes} bytes.\n\nLetters: {}. `synthetic` ones are drawn \
         from `train/phrases` with a fixed seed.\n\nFigures by fold: each author's letters with a text layer by models \
         that were learned without that author. The rules beside the models were written by people who had seen these \
         letters, so that these are figures of visible letters as far as the rules go.\n\n```\n{}```\n",
        sets.join(", "),
        table(&counts)
    )
}

/// The sets that were written for a first score and may be studied now.
fn fresh() -> Vec<(String, PathBuf)> {
    corpus::fresh(Path::new("tests/fresh"))
}

/// All letters to learn from.
fn letters() -> Vec<Letter> {
    let sets = LETTERS.iter().chain(BILLS).filter_map(|set| load(set).ok());
    let fresh =
        fresh().into_iter().filter_map(|(name, folder)| corpus::load(&name, &folder, &folder.join("text.jsonl")).ok());
    sets.chain(fresh).flatten().chain(synthetic::letters(DRAWN, SEED)).collect()
}

fn score<'m>(words: &[&str], models: &dyn Fn(&str) -> &'m Models) -> anyhow::Result<()> {
    let misses = words.contains(&"--misses");
    let wanted: Vec<&&str> = words.iter().filter(|word| !word.starts_with("--")).collect();
    let mut counts = ByAuthor::new();
    let is_wanted = |set: &str| wanted.is_empty() || wanted.iter().any(|word| **word == set);
    let known = LETTERS.iter().copied().filter(|set| is_wanted(set)).map(|set| (set.to_owned(), load(set)));
    let from = |name: String, folder: &Path| {
        let loaded = corpus::load(&name, folder, &folder.join("text.jsonl"));
        (name, loaded)
    };
    let all = if wanted.is_empty() { fresh() } else { Vec::new() };
    let all = all.into_iter().map(|(name, folder)| from(name, &folder));
    let folders = wanted.iter().filter(|word| word.contains('/')).map(|word| from(fresh_name(word), Path::new(word)));
    for (set, loaded) in known.chain(all).chain(folders) {
        let set = set.as_str();
        let Ok(letters) = loaded else { continue };
        let mut predictions = String::new();
        for letter in &letters {
            let outcome = outcome(letter, models(folds::author(set)));
            for name in [set.to_owned(), format!("{set} text"), "~ all".to_owned()] {
                if name.ends_with(" text") && letter.truth["text_origin"] != "born-digital" {
                    continue;
                }
                counts.entry(name).or_default().add(letter, &outcome);
            }
            let prediction = prediction(letter, &outcome);
            let expected = &letter.truth["expected"];
            if misses && !expected.is_null() && !outcome.is_planned_right(expected) {
                println!("{set}/{} {} {}", letter.file(), letter.truth["doc_type"], summary(letter, &prediction));
                println!("    gate {:?}", outcome.gate);
            }
            predictions.push_str(&format!("{prediction}\n"));
        }
        let folder = Path::new("target/train");
        fs::create_dir_all(folder)?;
        fs::write(folder.join(format!("{set}.jsonl")), predictions).context("predictions")?;
    }
    println!("{}", table(&counts));
    Ok(())
}

/// What the set in a folder is called, so that the models that were learned without its author are found.
fn fresh_name(folder: &str) -> String {
    format!("fresh-{}", Path::new(folder).file_name().unwrap_or_default().to_string_lossy())
}

/// Every value that was found in the letters whose file begins with that name, the likeliest first.
fn show(set: &str, file: &str) -> anyhow::Result<()> {
    let folds = folds::kept(Path::new("target/folds"))?;
    let fresh = fresh().into_iter().find(|(name, _)| name == set);
    let letters = match fresh {
        Some((name, folder)) => corpus::load(&name, &folder, &folder.join("text.jsonl"))?,
        None if set.contains('/') => corpus::load(set, Path::new(set), &Path::new(set).join("text.jsonl"))?,
        None => load(set)?,
    };
    let models = folds.without.get(folds::author(set)).unwrap_or(&folds.all);
    for letter in letters.iter().filter(|letter| letter.file().starts_with(file)) {
        let outcome = outcome(letter, models);
        for kind in outcome.findings.kinds.iter().take(3) {
            println!("{} {:.2}", kind.kind.as_str(), kind.confidence);
        }
        for fact in &outcome.findings.facts {
            let place = fact.evidence.as_ref().map_or("", |place| place.text.as_str());
            let certain = if fact.certain { "certain" } else { "" };
            let (field, value, by) = (fact.field.as_str(), fact.value.plain(), &fact.by);
            println!("{field:<24} {:.2} {certain:<7} {value:<28.60} {by:<14} {place:.70}", fact.confidence);
        }
        for problem in &outcome.findings.problems {
            println!("! {} {}", problem.code.as_str(), problem.message);
        }
        println!("{:#}\n{:?}", serde_json::json!(outcome.plan_json()), outcome.gate);
    }
    Ok(())
}

/// What was wanted and what came, in few words.
fn summary(letter: &Letter, prediction: &serde_json::Value) -> String {
    let expected = &letter.truth["expected"];
    let wanted: BTreeMap<_, _> = expected.as_object().into_iter().flatten().filter(|(key, _)| *key != "also").collect();
    let fields = letter.truth["fields"].as_object().into_iter().flatten();
    let wrong: Vec<String> = fields
        .filter(|(name, want)| {
            let plans = [
                "due_date",
                "amount_due",
                "issue_date",
                "direct_debit_date",
                "appointment_start",
                "expiry_date",
                "contract_start",
                "notice_period",
                "initial_term_months",
                "next_due_date",
                "total_gross",
                "iban",
                "posting_or_letter_date",
            ];
            plans.contains(&name.as_str()) && want["value"] != prediction["fields"][name.as_str()]["value"]
        })
        .map(|(name, want)| {
            let got = &prediction["fields"][name.as_str()];
            format!("{name}: {} / {} by {}", want["value"], got["value"], got["by"])
        })
        .collect();
    format!(
        "as {}\n    wanted {}\n    planned {}\n    fields {}",
        prediction["doc_type"],
        serde_json::json!(wanted),
        prediction["plan"],
        wrong.join("; ")
    )
}
