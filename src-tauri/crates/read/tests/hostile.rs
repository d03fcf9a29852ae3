//! Files that are broken, locked or made to do harm, and what becomes of each: read, read with a mark, or refused.
#![expect(clippy::expect_used, reason = "the functions beside the tests are test code, too")]

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

#[path = "../../../../tests/corpus.rs"]
#[expect(dead_code, unreachable_pub, reason = "it is written for the whole-app tests")]
mod corpus;

use corpus::{sets, truth};
use domain::Reading;
use read::{Limits, Password, ReadError, ReadOptions, Reader, locate_pdfium};
use serde_json::Value;

/// Every file of the large set with its outcome: pages read and the problems of them, or the code with which it is
/// refused. The outcomes of the small set stand in its `truth.jsonl`.
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

/// What takes longer hangs; a computer that does much else at the same time is slow.
const LONGEST: Duration = Duration::from_secs(600);

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
                .map(|problem| format!(", {} {}", problem.code.as_str(), problem.page.unwrap_or_default()))
                .collect();
            format!("read {}{problems}", reading.pages.len())
        }
        Err(error) => {
            assert!(error.to_string().contains(name), "the message names the file: {error}");
            error.code().to_string()
        }
    }
}

/// What is to become of a file.
fn expected(row: &Value) -> String {
    let file = text(row, "file");
    let of_the_large_set = || OUTCOMES.iter().find(|(name, _)| *name == file).map(|(_, outcome)| *outcome);
    let outcome = row["outcome"].as_str().or_else(of_the_large_set);
    outcome.unwrap_or_else(|| panic!("{file} has no outcome")).to_owned()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

#[test]
fn every_hostile_file_has_its_outcome_and_none_crashes_or_hangs() {
    let reader = reader();
    for folder in sets("hostile") {
        let rows = truth(&folder);
        assert!(rows.len() >= 40, "{} files in {}", rows.len(), folder.display());
        let (mut found, mut wanted) = (BTreeMap::new(), BTreeMap::new());
        for row in &rows {
            let file = text(row, "file");
            let started = Instant::now();
            let outcome = outcome(&reader, file, &fs::read(folder.join(file)).expect("readable"));
            assert!(started.elapsed() < LONGEST, "{file} took {:?}", started.elapsed());
            found.insert(file, outcome);
            wanted.insert(file, expected(row));
        }
        assert_eq!(found, wanted);
    }
}

#[test]
fn a_locked_file_is_read_with_its_password_whatever_way_it_is_encrypted() {
    for folder in sets("hostile") {
        let rows = truth(&folder);
        let locked: Vec<_> = rows.iter().filter(|row| !text(row, "password").is_empty()).collect();
        assert!(locked.len() >= 2, "{} locked files in {}", locked.len(), folder.display());
        for row in locked {
            let (reader, file) = (reader(), text(row, "file"));
            let bytes = fs::read(folder.join(file)).expect("readable");
            assert_eq!(
                reader.read(file, &bytes, &|_| {}).expect_err("it is locked").code().as_str(),
                "password",
                "{file}"
            );
            reader.learn([Password::new(text(row, "password").to_owned())]);
            let pages = reader.read(file, &bytes, &|_| {}).expect("it is open").pages.len();
            assert_eq!(Some(pages as u64), row["poppler_pages"].as_u64(), "{file}");
        }
    }
}

/// Reads a file of the small set, in time.
fn small(file: &str) -> Result<Reading, ReadError> {
    let bytes = fs::read(sets("hostile")[0].join(file)).expect("a file of the small set");
    let started = Instant::now();
    let result = reader().read(file, &bytes, &|_| {});
    assert!(started.elapsed() < LONGEST, "{file} took {:?}", started.elapsed());
    result
}

/// The bill in a file of the small set is read in spite of what is wrong with the file.
fn assert_bill_in(file: &str) {
    let text = small(file).unwrap_or_else(|error| panic!("{file}: {error}")).text();
    assert!(text.contains("GH-300417") && text.contains("142,80"), "{file}: {text}");
}

fn names(reading: &Reading) -> Vec<&str> {
    reading.members.iter().map(|member| member.name.as_str()).collect()
}

#[test]
fn a_page_that_becomes_two_hundred_megabytes_is_read_to_its_end() {
    assert_bill_in("swells.pdf");
    assert_bill_in("swells-twice.pdf");
}

#[test]
fn a_form_that_draws_itself_ends() {
    assert_bill_in("form-calls-itself.pdf");
}

#[test]
fn a_tree_of_pages_that_holds_itself_ends_with_the_page_that_is_there() {
    let reading = small("pages-loop.pdf").expect("reads");
    assert!(reading.text().contains("GH-300417"));
    assert!(reading.problems.iter().any(|problem| problem.code.as_str() == "damaged"), "the other page is told");
}

#[test]
fn a_table_that_names_itself_as_the_one_before_ends() {
    assert_bill_in("endless-start.pdf");
}

#[test]
fn two_thousand_million_claimed_pages_are_as_many_as_are_there() {
    assert_eq!(small("two-thousand-million-pages.pdf").expect("reads").pages.len(), 1);
    assert_bill_in("two-thousand-million-pages.pdf");
}

#[test]
fn a_page_of_three_kilometres_is_drawn_in_a_picture_of_the_asked_size() {
    let file = "page-of-three-kilometres.pdf";
    let bytes = fs::read(sets("hostile")[0].join(file)).expect("a file of the small set");
    let image = reader().page_image(file, &bytes, 1, 300, 0).expect("draws");
    assert!(image.width <= 300 && image.height <= 300, "{} × {}", image.width, image.height);
}

#[test]
fn fifty_thousand_saved_states_and_arrays_a_hundred_thousand_deep_overflow_no_stack() {
    assert_bill_in("fifty-thousand-states.pdf");
    assert_bill_in("deep-arrays.pdf");
}

#[test]
fn noise_in_the_place_of_a_picture_leaves_the_words_beside_it() {
    for kind in ["jpeg", "jbig2", "jpeg2000", "fax"] {
        assert_bill_in(&format!("noise-as-{kind}.pdf"));
    }
}

#[test]
fn a_picture_of_four_thousand_megapixels_without_its_data_leaves_the_words_beside_it() {
    assert_bill_in("huge-picture.pdf");
}

#[test]
fn a_picture_that_only_claims_its_size_is_refused_by_it() {
    assert_eq!(small("claims-much.png").expect_err("refused").code().as_str(), "too_large");
}

#[test]
fn a_picture_whose_next_page_is_itself_ends() {
    assert_eq!(small("directory-loop.tif").expect_err("refused").code().as_str(), "damaged");
}

#[test]
fn entities_that_multiply_are_not_multiplied() {
    let reading = small("laughs.xml").expect("reads");
    let length: usize = reading.pages.iter().flat_map(|page| &page.words).map(|word| word.text.len()).sum();
    assert!(length < 10_000, "{length} letters");
}

#[test]
fn elements_fifty_thousand_deep_overflow_no_stack() {
    assert_eq!(small("deep.xml").expect("reads").attachments.len(), 1);
}

#[test]
fn members_that_want_to_lie_outside_of_their_archive_stay_inside() {
    let reading = small("climbs-out.zip").expect("reads");
    assert_eq!(names(&reading), ["climbed.pdf", "tmp/absolute.pdf"], "neither is dropped in silence");
}

#[test]
fn an_archive_gives_what_is_in_it_and_not_what_is_in_that() {
    assert_eq!(names(&small("forty-deep.zip").expect("reads")).len(), 1);
}

#[test]
fn mails_in_mails_a_hundred_deep_end() {
    assert!(small("hundred-deep.eml").expect("reads").pages.len() < 100);
}

#[test]
fn a_lock_that_nobody_knows_is_no_password_to_be_asked_for() {
    assert_eq!(small("unknown-lock.pdf").expect_err("refused").code().as_str(), "unsupported");
}
