//! Cases: which documents belong together, told from pairs of them.

use std::collections::BTreeMap;

use crate::DocumentId;

/// The cases that pairs of documents make. Whoever belongs to one of a case belongs to all of it.
pub fn cases(pairs: &[(DocumentId, DocumentId)]) -> Vec<Vec<DocumentId>> {
    let mut beside: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (one, another) in pairs {
        beside.entry(*one).or_default().push(*another);
        beside.entry(*another).or_default().push(*one);
    }
    let mut cases = Vec::new();
    while let Some((first, others)) = beside.pop_first() {
        let (mut case, mut open) = (vec![first], others);
        while let Some(id) = open.pop() {
            if let Some(others) = beside.remove(&id) {
                case.push(id);
                open.extend(others);
            }
        }
        cases.push(case);
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::CountingIds;

    #[test]
    fn a_case_holds_whatever_is_joined_through_others() {
        let ids = CountingIds::default();
        let [a, b, c, d, e] = [(); 5].map(|()| DocumentId::new(&ids));
        let mut found = cases(&[(c, b), (e, d), (a, b), (b, a)]);
        found.iter_mut().for_each(|case| case.sort());
        assert_eq!(found, [vec![a, b, c], vec![d, e]]);
        assert!(cases(&[]).is_empty());
    }
}
