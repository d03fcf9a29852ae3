//! The two sets of documents: the small one is whole, and the large one is used, demanded or missed in words.

use std::collections::BTreeSet;
use std::path::Path;

use journeys::corpus::{demanded, truth};
use journeys::fixture;

#[test]
fn the_large_set_is_used_where_it_is_demanded_under_ci_and_done_without_elsewhere() {
    assert_eq!(demanded(true, false), Ok(true));
    assert_eq!(demanded(true, true), Ok(true));
    assert_eq!(demanded(false, false), Ok(false));
    assert!(demanded(false, true).is_err_and(|why| why.contains("WORKMATE_CORPUS")));
}

#[test]
fn every_document_of_the_small_set_has_one_row_of_truth_a_free_licence_and_little_size() {
    let mut bytes = 0;
    for folder in ["household", "hostile"].map(fixture) {
        let rows = truth(&folder);
        let named: BTreeSet<_> = rows.iter().map(|row| row["file"].as_str().unwrap().to_owned()).collect();
        assert_eq!(named.len(), rows.len(), "a file has two rows in {}", folder.display());
        let beside = ["truth.jsonl", "make.py"];
        let is_document = |path: &&Path| !beside.contains(&path.file_name().unwrap().to_str().unwrap());
        let paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        let there = paths.iter().map(AsRef::as_ref).filter(is_document);
        assert_eq!(
            there.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect::<BTreeSet<_>>(),
            named
        );
        assert!(rows.iter().all(|row| row["licence"] == "CC0-1.0"), "{}", folder.display());
        bytes += paths.iter().map(|path| path.metadata().unwrap().len()).sum::<u64>();
    }
    assert!(bytes < 3_000_000, "{bytes} bytes");
}
