//! How well scans, phone pictures and receipts are read, beside plain Tesseract on the same pages at 300 dpi.
//!
//! Over the corpus and by its own scorers; without the corpus nothing is measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use journeys::corpus;
use journeys::process::program;
use serde_json::{Value, json};

use crate::figure::{Better, Figure};
use crate::processes::ended_seconds;
use crate::unless_smoke;

/// Plain Tesseract reads at this density, in dots per inch.
const DENSITY: f64 = 300.0;
/// What counts on a receipt.
const RECEIPT_FIELDS: [&str; 2] = ["total_gross", "issue_date"];

/// What is measured here.
const FIGURES: [&str; 8] = [
    "read.cer_ratio_flatbed",
    "read.cer_ratio_phone",
    "read.legible_phone",
    "read.legible_flatbed",
    "read.legible_receipts",
    "read.overhead_percent",
    "read.second_reader_cost",
    "read.second_reader_cost_receipts",
];

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let Some(corpus) = corpus::found(".") else { return Ok(Figure::not_measured(&FIGURES, "there is no test corpus")) };
    let work = tempfile::tempdir()?;
    let bench = Bench { corpus, work: work.path().to_owned() };
    let pictures = bench.pictures()?;
    let pictures = if unless_smoke(false, true) { bench.few(pictures) } else { pictures };
    let (receipts, letters): (Vec<&Picture>, Vec<&Picture>) =
        pictures.iter().partition(|picture| picture.kind == "receipt");

    let (both, alone) = (bench.inspect("both", &letters, true)?, bench.inspect("alone", &letters, false)?);
    let plain = bench.tesseract(&letters)?;
    let on_receipts =
        [bench.inspect("receipts-both", &receipts, true)?, bench.inspect("receipts-alone", &receipts, false)?];
    let overhead = Figure {
        name: "read.overhead_percent",
        value: 100.0 * (alone.seconds / plain.seconds - 1.0),
        unit: "%",
        goal: Some(15.0),
        better: Better::Lower,
        note: format!(
            "whole reading by one reader {:.0} s, plain Tesseract {:.0} s of processor time",
            alone.seconds, plain.seconds
        ),
    };
    let cost = |name, goal, [both, alone]: [&Texts; 2]| Figure {
        name,
        value: both.seconds / alone.seconds,
        unit: "×",
        goal: Some(goal),
        better: Better::Lower,
        note: format!("{:.0} s against {:.0} s of processor time by one reader", both.seconds, alone.seconds),
    };
    let letters = [&both, &alone];
    let receipts = [&on_receipts[0], &on_receipts[1]];
    Ok(vec![
        bench.cer_ratio("read.cer_ratio_flatbed", "flatbed", 1.0, &pictures, letters, &plain)?,
        bench.cer_ratio("read.cer_ratio_phone", "phone", 0.4, &pictures, letters, &plain)?,
        bench.legible("read.legible_phone", "phone", 97.0, &pictures, letters)?,
        bench.legible("read.legible_flatbed", "flatbed", 98.0, &pictures, letters)?,
        bench.legible("read.legible_receipts", "receipt", 95.0, &pictures, receipts)?,
        overhead,
        cost("read.second_reader_cost", 2.0, letters),
        cost("read.second_reader_cost_receipts", 1.6, receipts),
    ])
}

/// A picture of a letter or receipt, and what is known about it.
struct Picture {
    /// Path in the corpus.
    file: String,
    kind: &'static str,
    /// The corpus' own line about it, its file named from the corpus.
    truth: Value,
    /// The PDF it was made from, the pages of it, and their density; a receipt has none.
    original: Option<PathBuf>,
    pages: u64,
    density: f64,
}

/// Texts of pictures (JSON lines of file and text), and the processor time that reading them took.
struct Texts {
    path: PathBuf,
    seconds: f64,
}

struct Bench {
    corpus: PathBuf,
    work: PathBuf,
}

impl Bench {
    fn pictures(&self) -> anyhow::Result<Vec<Picture>> {
        let mut pictures = Vec::new();
        for (set, originals) in [("scans", "."), ("household", "household"), ("receipts", ".")] {
            for line in fs::read_to_string(self.corpus.join(set).join("truth.jsonl"))?.lines() {
                let mut truth: Value = serde_json::from_str(line)?;
                let kind = match (set, truth["scan"]["kind"].as_str()) {
                    ("receipts", _) => "receipt",
                    (_, Some("scanner")) => "flatbed",
                    (_, Some("phone")) => "phone",
                    _ => continue,
                };
                let file = format!("{set}/{}", truth["file"].as_str().context("a file")?);
                let original =
                    truth["derived_from"].as_str().map(|original| self.corpus.join(originals).join(original));
                let (pages, density) = (truth["scan"]["pages"].as_u64(), truth["scan"]["dpi"].as_f64());
                truth["file"] = json!(file);
                if let (true, Some(fields)) = (kind == "receipt", truth["fields"].as_object_mut()) {
                    fields.retain(|name, _| RECEIPT_FIELDS.contains(&name.as_str()));
                }
                let (pages, density) = (pages.unwrap_or(1), density.unwrap_or(DENSITY));
                pictures.push(Picture { file, kind, truth, original, pages, density });
            }
        }
        Ok(pictures)
    }

    /// The smallest of each kind, of those whose text is known if there are any.
    fn few(&self, mut pictures: Vec<Picture>) -> Vec<Picture> {
        let size =
            |picture: &Picture| fs::metadata(self.corpus.join(&picture.file)).map_or(u64::MAX, |file| file.len());
        pictures.sort_by_key(|picture| (picture.kind, picture.original.is_none(), size(picture)));
        pictures.dedup_by_key(|picture| picture.kind);
        pictures
    }

    /// Reads them by the program, with or without the second reader.
    fn inspect(&self, name: &str, pictures: &[&Picture], second_reader: bool) -> anyhow::Result<Texts> {
        let mut inspect = Command::new(program("workmate-cli"));
        inspect.args(["inspect", "--json", "--text", "--jobs", "1", "--relative-to"]).arg(&self.corpus);
        inspect.args(pictures.iter().map(|picture| self.corpus.join(&picture.file)));
        if !second_reader {
            inspect.arg("--no-second-reader");
        }
        let before = ended_seconds()?;
        let lines = output(&mut inspect)?;
        self.texts(name, &lines, ended_seconds()? - before)
    }

    /// Reads them by Tesseract as it comes, at 300 dpi.
    fn tesseract(&self, pictures: &[&Picture]) -> anyhow::Result<Texts> {
        let mut pages: Vec<PathBuf> = Vec::new();
        for (number, picture) in pictures.iter().enumerate() {
            let (file, page) = (self.corpus.join(&picture.file), self.work.join(format!("{number:03}")));
            if picture.file.ends_with(".pdf") {
                output(Command::new("pdftoppm").args(["-r", "300", "-gray", "-png"]).arg(&file).arg(&page))?;
            } else {
                let scale = format!("{}%", 100.0 * DENSITY / picture.density);
                output(
                    Command::new("convert")
                        .arg(&file)
                        .args(["-colorspace", "Gray", "-resize", &scale])
                        .arg(page.with_extension("png")),
                )?;
            }
            let prefix = format!("{number:03}");
            let mut new: Vec<PathBuf> =
                fs::read_dir(&self.work)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
            new.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix)));
            new.sort();
            pages.extend(new);
        }
        let list = self.work.join("pages.txt");
        let listed: Vec<String> = pages.iter().map(|page| page.display().to_string()).collect();
        fs::write(&list, listed.join("\n"))?;
        let mut tesseract = Command::new("tesseract");
        tesseract.arg(&list).args(["-", "--dpi", "300", "-l", "deu+eng"]).env("OMP_THREAD_LIMIT", "1");
        let before = ended_seconds()?;
        let read = output(&mut tesseract)?;
        let seconds = ended_seconds()? - before;
        // Tesseract ends each page by a form feed.
        let mut texts = vec![String::new(); pictures.len()];
        for (page, text) in pages.iter().zip(read.split('\u{c}')) {
            let name = page.file_name().unwrap_or_default().to_string_lossy();
            texts[name.get(..3).context("a number")?.parse::<usize>()?].push_str(text);
        }
        let lines = pictures.iter().zip(texts).map(|(picture, text)| json!({"file": picture.file, "text": text}));
        self.texts("plain", &json_lines(lines), seconds)
    }

    /// Share of the values on the pictures of a kind that can be read in the text, in percent. Of the two texts the second
    /// one is that of Tesseract alone.
    fn legible(
        &self,
        name: &'static str,
        kind: &str,
        goal: f64,
        pictures: &[Picture],
        texts: [&Texts; 2],
    ) -> anyhow::Result<Figure> {
        let truth = self.work.join(format!("truth-{kind}.jsonl"));
        fs::write(&truth, json_lines(pictures.iter().filter(|p| p.kind == kind).map(|p| p.truth.clone())))?;
        // The last line: all   185 of  186 values legible  99.5 %
        let last = |texts: &Texts| {
            let said = self.score("legible.py", &truth, &texts.path)?;
            Ok::<_, anyhow::Error>(said.lines().last().unwrap_or_default().to_owned())
        };
        let [both, alone] = [last(texts[0])?, last(texts[1])?];
        let value = number_before(&both, "%").with_context(|| format!("legible.py said: {both}"))?;
        let note = format!("{both}; one reader: {alone}");
        Ok(Figure { name, value, unit: "%", goal: Some(goal), better: Better::Higher, note })
    }

    /// Character error rate of the pictures of a kind, as a multiple of plain Tesseract's. Of our two texts the second one
    /// is that of Tesseract alone.
    fn cer_ratio(
        &self,
        name: &'static str,
        kind: &str,
        goal: f64,
        pictures: &[Picture],
        ours: [&Texts; 2],
        plain: &Texts,
    ) -> anyhow::Result<Figure> {
        let mut lines = Vec::new();
        for picture in pictures.iter().filter(|picture| picture.kind == kind) {
            let Some(original) = &picture.original else { continue };
            let last = picture.pages.to_string();
            let text = output(Command::new("pdftotext").args(["-layout", "-l", &last]).arg(original).arg("-"))?;
            lines.push(json!({"file": picture.file, "text": text}));
        }
        let reference = self.work.join(format!("reference-{kind}.jsonl"));
        fs::write(&reference, json_lines(lines.into_iter()))?;
        let rate = |texts: &Texts| {
            let said = self.score("cer.py", &reference, &texts.path)?;
            // 36 files  CER 2.73 % (median file 2.10 %)  WER 6.10 %
            number_before(&said, "% (median").with_context(|| format!("cer.py said: {said}"))
        };
        let ([both, alone], plain) = ([rate(ours[0])?, rate(ours[1])?], rate(plain)?);
        let note = format!("character errors {both} %, by one reader {alone} %, by plain Tesseract {plain} %");
        Ok(Figure { name, value: both / plain, unit: "×", goal: Some(goal), better: Better::Lower, note })
    }

    fn score(&self, script: &str, truth: &Path, texts: &Path) -> anyhow::Result<String> {
        output(Command::new("python3").arg(self.corpus.join(script)).args([truth, texts]))
    }

    fn texts(&self, name: &str, lines: &str, seconds: f64) -> anyhow::Result<Texts> {
        let path = self.work.join(format!("{name}.jsonl"));
        fs::write(&path, lines)?;
        Ok(Texts { path, seconds })
    }
}

fn json_lines(values: impl Iterator<Item = Value>) -> String {
    values.map(|value| format!("{value}\n")).collect()
}

/// The number in front of a mark.
fn number_before(text: &str, mark: &str) -> Option<f64> {
    text.split_once(mark)?.0.trim_end().rsplit(' ').next()?.parse().ok()
}

/// What a program prints; an error if it fails.
fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
