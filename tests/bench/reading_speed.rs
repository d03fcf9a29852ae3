//! How fast letters are read and shown, and how much memory that takes. Seen from outside, through `workmate-cli`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use app::EngineOptions;
use domain::SourceId;
use journeys::letter::{bill, in_days};
use journeys::{TestApp, corpus, process};
use serde_json::Value;
use tempfile::TempDir;

use crate::arrival::{born_digital, scanned};
use crate::figure::{Better, Figure};
use crate::processes::{Family, ended_seconds};
use crate::unless_smoke;

/// Bytes of a large file; the limit is 200 MB.
const LARGE: usize = 190_000_000;
/// Pages of a batch and of the long scan.
const BATCH: u32 = 12;
const PAGES: usize = 400;
/// Scans and phone pictures that come in together.
const SCANS: usize = 20;
/// Pages of a long scan that are read twice: each takes several seconds, and memory is the same after the first few.
const HARD_PAGES: usize = 40;

fn figure(name: &'static str, value: f64, unit: &'static str, goal: f64, note: String) -> Figure {
    Figure { name, value, unit, goal: Some(goal), better: Better::Lower, note }
}

/// Words with their places, and codes looked for, of letters with a text layer.
pub(crate) fn pdf_words() -> anyhow::Result<Vec<Figure>> {
    let folder = TempDir::new()?;
    // Twenty letters in one file, and that file several times: the first one also starts the reader.
    let letters: Vec<PathBuf> =
        (1..=unless_smoke(20, 2)).map(|n| born_digital(folder.path(), n)).collect::<Result<_, _>>()?;
    let files: Vec<PathBuf> = (0..unless_smoke(6, 2)).map(|n| folder.path().join(format!("twenty {n}.pdf"))).collect();
    for file in &files {
        ensure!(Command::new("pdfunite").args(&letters).arg(file).status()?.success(), "pdfunite");
    }
    let output = cli(&["inspect", "--json", "--jobs", "1"]).args(&files).output()?.stdout;
    let mut runs = Vec::new();
    for line in String::from_utf8(output)?.lines().skip(1) {
        let line: Value = serde_json::from_str(line)?;
        let (read, pages) = (line["elapsed_ms"]["read"].as_f64(), line["pages"].as_f64());
        runs.push(read.context("read")? / pages.context("pages")?);
    }
    Ok(vec![Figure::median_ms("read.pdf_words_ms_per_page", 3.0, &runs)])
}

/// The picture of a page that was never drawn before, while the reader is warm; of a letter, and of a file as large as
/// files may be.
pub(crate) fn first_page_picture() -> anyhow::Result<Vec<Figure>> {
    let test = TestApp::on("2026-11-20");
    let pictures = |of: &str, size: usize| -> anyhow::Result<Vec<f64>> {
        let picture = |number| {
            let file = test.folder().join(format!("{of} {number}.pdf"));
            fs::write(&file, grown(bill(number, in_days(14)), size)?)?;
            let id = test.document(&file)["id"].as_str().context("an id")?.parse()?;
            let started = Instant::now();
            test.app.page_image(id, 1, 1000)?;
            Ok(started.elapsed().as_secs_f64() * 1000.0)
        };
        (1..=unless_smoke(7, 1)).map(picture).collect()
    };
    let (letter, large) = (pictures("letter", 0)?, pictures("large file", LARGE)?);
    Ok(vec![
        Figure::median_ms("read.first_page_picture_ms", 60.0, &letter),
        Figure::median_ms("read.page_picture_of_large_file_ms", 60.0, &large),
    ])
}

/// The same PDF with so many bytes more, which nothing in it points to: a comment, then its last lines once more.
fn grown(mut pdf: Vec<u8>, by: usize) -> anyhow::Result<Vec<u8>> {
    let last_lines = pdf.windows(9).rposition(|word| word == b"startxref").context("a trailer")?;
    let last_lines = pdf[last_lines..].to_vec();
    pdf.extend(b"\n%");
    pdf.resize(pdf.len() + by, b'.');
    pdf.extend([b"\n", &last_lines[..]].concat());
    Ok(pdf)
}

/// How many times as much processor time ocrmypdf takes to make a searchable PDF of a scan, with one reader each.
pub(crate) fn batch() -> anyhow::Result<Vec<Figure>> {
    let count = unless_smoke(BATCH, 1);
    let folder = TempDir::new()?;
    let pages: Vec<Vec<u8>> =
        (1..=count).map(|n| Ok(fs::read(scanned(folder.path(), n)?)?)).collect::<anyhow::Result<_>>()?;
    let scan = folder.path().join("scan.pdf");
    fs::write(&scan, pdf_of(pages.iter()))?;
    let theirs = cpu_seconds(
        "OMP_THREAD_LIMIT=1 ocrmypdf --quiet --jobs 2 -l deu+eng --deskew --output-type pdf -O0 \"$1\" \"$1.ocr\"",
        &scan,
    )?;
    ensure!(scan.with_extension("pdf.ocr").is_file(), "ocrmypdf wrote nothing");
    let profile = folder.path().join("profile");
    let script = format!(
        "cli() {{ '{cli}' --profile '{profile}' \"$@\"; }}
         cli call settings.change '{{\"key\": \"second_reader\", \"value\": false}}' >&2
         id=$(cli import --wait --json \"$1\" | grep -o '\"document\":\"[^\"]*\"' | cut -d: -f2)
         cli call documents.searchable_pdf \"{{\\\"id\\\": $id}}\" >&2",
        cli = process::program("workmate-cli").display(),
        profile = profile.display()
    );
    let ours = cpu_seconds(&script, &scan)?;
    ensure!(fs::read_dir(profile.join("cache/derived"))?.count() == 1, "there is no searchable PDF");
    let note = format!("{theirs:.1} s against {ours:.1} s for {count} pages");
    Ok(vec![Figure { better: Better::Higher, ..figure("read.batch_vs_ocrmypdf", theirs / ours, "×", 1.8, note) }])
}

/// Seconds until twenty scans and phone pictures of the corpus, which come in together, are read, understood and filed, and until the
/// second reader has read all that is doubtful on them.
pub(crate) fn batch_20_scans() -> anyhow::Result<Vec<Figure>> {
    const FILED: &str = "read.batch_20_scans_s";
    const READ_AGAIN: &str = "read.batch_20_scans_read_again_s";
    let Some(corpus) = corpus::found(".") else {
        return Ok(Figure::not_measured(&[FILED, READ_AGAIN], "there is no test corpus"));
    };
    let mut scans = Vec::new();
    for set in ["scans", "household"] {
        for line in fs::read_to_string(corpus.join(set).join("truth.jsonl"))?.lines() {
            let truth: Value = serde_json::from_str(line)?;
            if truth["scan"]["kind"].is_string() {
                scans.push(corpus.join(set).join(truth["file"].as_str().context("a file")?));
            }
        }
    }
    let apart = (scans.len() / SCANS).max(1);
    let files: Vec<PathBuf> = scans.into_iter().step_by(apart).take(SCANS).collect();
    let test = TestApp::on("2026-11-20");
    let (started, before) = (Instant::now(), ended_seconds()?);
    let taken = test.app.import(&files, SourceId::Import)?;
    ensure!(taken.iter().all(|one| one.file.is_some()), "not all was taken in: {taken:?}");
    let engine = test.run(EngineOptions::JOBS);
    let until = |what: &str| {
        while test.call("status.get", Value::Null)[what] != 0 {
            thread::sleep(Duration::from_millis(50));
        }
        started.elapsed().as_secs_f64()
    };
    let (filed, read_again) = (until("jobs_total"), until("second_readings"));
    drop(engine);
    drop(test);
    let time = format!("{SCANS} files, {:.0} s of processor time in all", ended_seconds()? - before);
    let figures = [(FILED, filed, Some(25.0)), (READ_AGAIN, read_again, None)];
    let figure =
        |(name, value, goal)| Figure { name, value, unit: "s", goal, better: Better::Lower, note: time.clone() };
    Ok(figures.map(figure).to_vec())
}

/// All memory of all processes while a file of 400 scanned pages is read, and of fewer that are all read twice.
pub(crate) fn long_scan() -> anyhow::Result<Vec<Figure>> {
    let folder = TempDir::new()?;
    let (clear, blurred) = (["-resize", "150%"], ["-resize", "150%", "-blur", "0x5"]);
    let long = peak_mb(folder.path(), unless_smoke(PAGES, 2), &clear)?;
    let hard = peak_mb(folder.path(), unless_smoke(HARD_PAGES, 1), &blurred)?;
    Ok(vec![
        figure("read.peak_mb_400_pages", long.0, "MB", 700.0, long.1),
        figure("read.peak_mb_second_reader", hard.0, "MB", 1100.0, hard.1),
    ])
}

/// Most megabytes while a scan of so many pages at 300 dpi is read, and what was measured. `look` are `convert`'s options.
fn peak_mb(folder: &Path, count: usize, look: &[&str]) -> anyhow::Result<(f64, String)> {
    let file = folder.join(format!("{count} pages.pdf"));
    let pages: Vec<Vec<u8>> =
        (1..=4).map(|n| Ok(fs::read(seen(&scanned(folder, n)?, look)?)?)).collect::<anyhow::Result<_>>()?;
    fs::write(&file, pdf_of(pages.iter().cycle().take(count)))?;
    let (started, before) = (Instant::now(), ended_seconds()?);
    let mut reading = cli(&["inspect", "--json"]).arg(&file).stdout(Stdio::piped()).spawn()?;
    let mut peak = 0.0_f64;
    while reading.try_wait()?.is_none() {
        // One of them may have just ended.
        if let Ok(memory) = Family::of(reading.id()).and_then(|family| family.memory_mb()) {
            peak = peak.max(memory.iter().map(|(_, mb)| mb).sum());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let line: Value = serde_json::from_slice(&reading.wait_with_output()?.stdout)?;
    // That it is a stack of bills is no problem of reading.
    let is_stack = |problem: &Value| problem["code"] == domain::FailureCode::SeveralLetters.as_str();
    let all_read = line["problems"].as_array().is_some_and(|problems| problems.iter().all(is_stack));
    ensure!(line["pages"] == count && all_read, "not all was read: {line}");
    let seconds = started.elapsed().as_secs_f64();
    let processor = (ended_seconds()? - before) / count as f64;
    Ok((peak, format!("{count} pages in {seconds:.0} s, {processor:.1} s of processor time each")))
}

fn cli(arguments: &[&str]) -> Command {
    let mut command = Command::new(process::program("workmate-cli"));
    command.args(arguments);
    command
}

/// User and system seconds that a script takes for a file (`$1`), with all that it starts.
fn cpu_seconds(script: &str, file: &Path) -> anyhow::Result<f64> {
    let timed = format!("TIMEFORMAT='%U %S'; {{ time {{ {script} ; }} 2>/dev/null ; }} 2>&1");
    let output = Command::new("bash").args(["-c", &timed, "bash"]).arg(file).output()?;
    let output = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> =
        output.split_whitespace().map(str::parse).collect::<Result<_, _>>().context(output.clone())?;
    ensure!(numbers.len() == 2, "no times: {output}");
    Ok(numbers.iter().sum())
}

/// A scan made to look another way, by `convert`.
fn seen(jpeg: &Path, look: &[&str]) -> anyhow::Result<PathBuf> {
    let path = jpeg.with_extension("seen.jpg");
    let status = Command::new("convert").arg(jpeg).args(look).args(["-quality", "75"]).arg(&path).status()?;
    ensure!(status.success(), "{} could not be made to look another way", jpeg.display());
    Ok(path)
}

/// A PDF of A4 pages, each one grey JPEG, as a scanner writes it.
fn pdf_of<'a>(pages: impl Iterator<Item = &'a Vec<u8>>) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n".to_vec();
    let mut kids = String::new();
    for (number, jpeg) in pages.enumerate() {
        let (page, image, drawing) = (3 * number + 3, 3 * number + 4, 3 * number + 5);
        let (width, height) = jpeg_size(jpeg);
        kids += &format!("{page} 0 R ");
        pdf.extend(
            format!(
                "{page} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {drawing} 0 R\
                 /Resources<</XObject<</I {image} 0 R>>>>>>endobj\n\
                 {drawing} 0 obj<</Length 28>>stream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream endobj\n\
                 {image} 0 obj<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray\
                 /BitsPerComponent 8/Filter/DCTDecode/Length {}>>stream\n",
                jpeg.len()
            )
            .into_bytes(),
        );
        pdf.extend(jpeg);
        pdf.extend(b"\nendstream endobj\n");
    }
    let count = kids.split_whitespace().count() / 3;
    pdf.extend(format!("2 0 obj<</Type/Pages/Count {count}/Kids[{kids}]>>endobj\n").into_bytes());
    pdf.extend(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    pdf
}

/// Width and height of a baseline or progressive JPEG (ITU-T T.81, B.2.2).
fn jpeg_size(jpeg: &[u8]) -> (u16, u16) {
    let mut rest = jpeg.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest {
        if let (0xc0..=0xc2, Some(frame)) = (marker, rest.get(5..9)) {
            return (u16::from_be_bytes([frame[2], frame[3]]), u16::from_be_bytes([frame[0], frame[1]]));
        }
        rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..).unwrap_or_default();
    }
    (0, 0)
}
