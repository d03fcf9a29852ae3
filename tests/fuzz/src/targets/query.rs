use domain::search::{self, Query, QueryLanguage};

use crate::Target;
use crate::seeds::texts;

/// The language of the search box: what is printed means the same when it is read again.
pub(crate) const TARGET: Target = Target {
    name: "query",
    seeds,
    words: &[
        "von:",
        "-",
        "\"",
        "betrag:>",
        "datum:",
        "..",
        "oder",
        "#",
        "tag:",
        "(",
        "*",
        "wann",
        "wie viel",
        "letztes jahr",
    ],
    short: 300,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    texts(&[
        "von:stadtwerke betrag:>100 -mahnung",
        "\"genaue wörter\" oder tag:steuer/2026",
        "art:rechnung datum:2025-01..2025-03 betrag:10..20,50",
        "date:last-year kind:contract from:\"city works\" amount:<=5",
        "was habe ich 2025 für strom bezahlt?",
        "wann läuft der vertrag mit muster aus",
    ])
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parsed = Query::parse(&text);
    for language in [QueryLanguage::German, QueryLanguage::English] {
        let printed = parsed.query.print(language);
        let again = Query::parse(&printed);
        assert_eq!(again.query, parsed.query, "{text:?} is printed as {printed:?}");
    }
    for part in &parsed.query.split_times().0 {
        std::hint::black_box(part.days(super::now().date()));
    }
    drop(search::sought(&text));
    drop(search::joined(&text));
    for (range, term) in search::terms(&text) {
        assert!(text.get(range).is_some(), "a term lies between letters");
        drop((search::stem(&term), search::fold(&term)));
    }
}
