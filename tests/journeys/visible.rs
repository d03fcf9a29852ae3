//! What counts of a page is what can be seen on it.

use journeys::visible::misread;

#[test]
fn of_every_page_exactly_that_is_read_which_can_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (pages, wrong) = misread(folder.path());
    assert!(pages >= 30, "{pages} pages");
    assert!(wrong.is_empty(), "{} of {pages}:\n{}", wrong.len(), wrong.join("\n"));
}
