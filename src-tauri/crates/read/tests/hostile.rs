//! Files that are broken, locked or made to do harm, and what becomes of each: read, read with a mark, or refused.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "the functions beside the tests are test code, too")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use read::{Limits, Password, ReadOptions, Reader, locate_pdfium};

/// Every file with its outcome: pages read and the problems of them, or the code with which it is refused.
const OUTCOMES: &[(&str, &str)] = &[
    ("mustangproject/corrupt-factur-x-waytoosmall.pdf", "damaged"),
    ("mustangproject/corruptedV2PDF.pdf", "read 1"),
    ("pdf.js/GHOSTSCRIPT-698804-1-fuzzed.pdf", "read 1"),
    ("pdf.js/PDFBOX-4352-0.pdf", "read 1"),
    ("pdf.js/Pages-tree-refs.pdf", "read 2, damaged 2"),
    ("pdf.js/REDHAT-1531897-0.pdf", "damaged"),
    ("pdf.js/bad-PageLabels.pdf", "read 1"),
    ("pdf.js/bug1020226.pdf", "damaged"),
    ("pdf.js/bug1606566.pdf", "not_what_it_says"),
    ("pdf.js/bug1980958.pdf", "damaged"),
    ("pdf.js/empty_protected.pdf", "read 1"),
    ("pdf.js/helloworld-bad.pdf", "read 1"),
    ("pdf.js/issue15590.pdf", "read 1"),
    ("pdf.js/issue9105_reduced.pdf", "read 1"),
    ("pdf.js/operator_list_cycle.pdf", "read 1"),
    ("pdf.js/poppler-67295-0.pdf", "read 1"),
    ("pdf.js/poppler-85140-0.pdf", "read 1"),
    ("pdf.js/poppler-91414-0-53.pdf", "read 1"),
    ("pdf.js/pr6531_1.pdf", "password"),
    ("pdf.js/xref_command_missing.pdf", "read 1"),
    ("qpdf/bad1.pdf", "not_what_it_says"),
    ("qpdf/bad10.pdf", "read 1"),
    ("qpdf/bad16.pdf", "read 1"),
    ("qpdf/bad2.pdf", "read 1"),
    ("qpdf/bad24.pdf", "read 1"),
    ("qpdf/bad34.pdf", "damaged"),
    ("qpdf/bad5.pdf", "read 1"),
    ("qpdf/deep-duplicate-pages.pdf", "read 2"),
    ("qpdf/enc-R3,V2,U=view,O=view.pdf", "password"),
    ("qpdf/enc-XI-R6,V5,U=wwwww,O=wwwww.pdf", "password"),
    ("qpdf/issue-100.pdf", "damaged"),
    ("qpdf/issue-141a.pdf", "not_what_it_says"),
    ("qpdf/issue-148.pdf", "not_what_it_says"),
    ("qpdf/pages-loop.pdf", "read 1"),
    ("qpdf/xref-errors.pdf", "read 1"),
    ("qpdf/zero-offset.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-10-t01-fail-a.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-12-t02-fail-l.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-12-t10-fail-a.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-13-t01-fail-c.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-13-t09-fail-d.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-2-t02-fail-a.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-4-t01-fail-a.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-4-t01-fail-b.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-1-5-t01-fail-e.pdf", "read 1"),
    ("veraPDF-corpus/veraPDF_test_suite_6-6-1-t01-fail-a.pdf", "read 1"),
    ("zugferd/pdf_invalid.pdf", "read 1"),
];

/// Files with the password that opens them.
const LOCKED: &[(&str, &str)] =
    &[("qpdf/enc-R3,V2,U=view,O=view.pdf", "view"), ("qpdf/enc-XI-R6,V5,U=wwwww,O=wwwww.pdf", "wwwww")];

/// The test corpus, which is not part of the repository.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus");
    let corpus = std::env::var_os("WORKMATE_CORPUS").map_or(beside, PathBuf::from).join("hostile");
    if !corpus.is_dir() {
        println!("skipped: no {}", corpus.display());
        return None;
    }
    Some(corpus)
}

fn reader() -> Reader {
    // Time enough on a computer that runs other tests at the same time.
    let limits = Limits { seconds_per_page: 600, ..Limits::default() };
    Reader::new(ReadOptions { limits, ..ReadOptions::new(locate_pdfium().expect("libpdfium.so: see the Makefile")) })
}

fn outcome(reader: &Reader, name: &str, bytes: &[u8]) -> String {
    match reader.read(name, bytes, &|_| {}) {
        Ok(reading) => {
            let problems: String = reading
                .problems
                .iter()
                .map(|problem| format!(", {} {}", problem.code, problem.page.unwrap_or_default()))
                .collect();
            format!("read {}{problems}", reading.pages.len())
        }
        Err(error) => {
            assert!(error.to_string().contains(name), "the message names the file: {error}");
            error.code().to_owned()
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    let files = entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|ending| ending == "pdf")).collect()
}

#[test]
fn every_hostile_file_has_its_outcome_and_none_crashes_or_hangs() {
    let Some(corpus) = corpus() else { return };
    let reader = reader();
    let found: BTreeMap<String, String> = files(&corpus)
        .into_iter()
        .map(|path| {
            let file = path.strip_prefix(&corpus).expect("below").to_string_lossy().into_owned();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let started = Instant::now();
            let outcome = outcome(&reader, &name, &fs::read(&path).expect("readable"));
            assert!(started.elapsed() < Duration::from_secs(60), "{name} took {:?}", started.elapsed());
            (file, outcome)
        })
        .collect();
    let expected = OUTCOMES.iter().map(|(file, outcome)| ((*file).to_owned(), (*outcome).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_locked_file_is_read_with_its_password_whatever_way_it_is_encrypted() {
    let Some(corpus) = corpus() else { return };
    for (file, password) in LOCKED {
        let reader = reader();
        reader.learn([Password::new((*password).to_owned())]);
        let reading = reader.read(file, &fs::read(corpus.join(file)).expect("readable"), &|_| {}).expect("it is open");
        assert_eq!(reading.pages.len(), 30, "{file}");
    }
}
