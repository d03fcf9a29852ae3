//! Every test named in the list of faults exists.

use std::collections::BTreeMap;
use std::fs;

use journeys::faults::FAULTS;

/// Whether `source` has a test of this name that is always run.
fn has_test(source: &str, name: &str) -> bool {
    let Some((before, _)) = source.split_once(&format!("fn {name}() ")) else { return false };
    // From the end of what stands before it: its attributes.
    let attributes = before.rsplit_once("\n}\n").map_or(before, |(_, attributes)| attributes);
    attributes.contains("#[test]") && !attributes.contains("#[ignore")
}

#[test]
fn every_fault_of_the_list_is_tried_by_one_test_of_its_name() {
    let mut names = BTreeMap::new();
    for fault in FAULTS {
        let paths = app::files_below(&fault.folder()).into_iter().map(Result::unwrap);
        let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        let there = sources.filter(|path| has_test(&fs::read_to_string(path).unwrap(), fault.2)).count();
        assert_eq!(there, 1, "tests of the name {} in {}", fault.2, fault.folder().display());
        assert_eq!(names.insert(fault.2, fault.1), None, "{} stands here twice", fault.2);
    }
    assert!(FAULTS.len() >= 60, "{} faults", FAULTS.len());
}
