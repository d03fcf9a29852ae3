//! Every line of the judged searches is valid.

use std::collections::HashSet;

use journeys::{corpus, judged};

/// What a query can try.
const SORTS: [&str; 8] = ["words", "compound", "umlaut", "typo", "id", "amount", "date", "sender"];

#[test]
fn every_judged_search_has_an_answer_of_its_own_and_half_of_them_are_held_out() {
    let queries = judged::queries().unwrap();
    assert!(queries.len() >= 60, "{}", queries.len());
    let mut seen = HashSet::new();
    for query in &queries {
        assert!(seen.insert(&query.query), "“{}” stands here twice", query.query);
        assert!(!query.answers.is_empty(), "“{}” has no answer", query.query);
        assert!(SORTS.contains(&query.sort.as_str()), "“{}” tries “{}”, not one of {SORTS:?}", query.query, query.sort);
    }
    let held_out = queries.iter().filter(|query| query.held_out).count();
    assert!(held_out.abs_diff(queries.len() - held_out) <= 1, "{held_out} of {} are held out", queries.len());
    let Some(folder) = corpus::large(".") else { return };
    for answer in queries.iter().flat_map(|query| &query.answers) {
        assert!(folder.join(answer).is_file(), "{answer} is not in the corpus");
    }
}
