
use super::*;

#[test]
fn every_kind_is_listed_once() {
    let mut ids: Vec<_> = KINDS.iter().map(|kind| kind.id()).collect();
    ids.sort();
    assert_eq!(ids, DocumentKind::ALL);
}
