//! What is written is found at once, and nothing else: the index is that of the rows, whatever happened to them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use domain::search::{Query, READY_VIEWS, ViewOrder};
use domain::*;
use proptest::prelude::*;
use store::{DocumentFilter, Find, Nearness, Op};

use crate::profile::{Profile, at, counting, day, fact, open};

/// Every word of the index with its document, column and place, and the narrow rows.
fn index(path: &Path) -> BTreeSet<String> {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.execute_batch("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_index, instance)").unwrap();
    let lines = |sql: &str| -> Vec<String> {
        let mut query = raw.prepare(sql).unwrap();
        let width = query.column_count();
        let line = |row: &rusqlite::Row<'_>| {
            (0..width)
                .map(|at| Ok(format!("{:?} ", row.get::<_, rusqlite::types::Value>(at)?)))
                .collect::<Result<String, _>>()
        };
        query.query_map([], line).unwrap().map(Result::unwrap).collect()
    };
    let mut all: BTreeSet<String> = lines("SELECT term, doc, col, offset FROM temp.words").into_iter().collect();
    all.extend(lines("SELECT * FROM search_documents"));
    assert_eq!(lines("SELECT * FROM search_queue"), [""; 0], "nothing is left to be indexed");
    all
}

/// Indexing everything anew changes nothing.
pub(crate) fn index_equals_rows(p: &Profile) {
    let path = p.path("workmate.db");
    let before = index(&path);
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "DELETE FROM search_index;
         INSERT OR IGNORE INTO search_queue (document) SELECT id FROM documents UNION SELECT document FROM search_documents",
    )
    .unwrap();
    drop(p.other());
    assert_eq!(index(&path), before);
}

pub(crate) fn page(lines: &[&str]) -> Page {
    let words = (0..).zip(lines).flat_map(|(line, text)| {
        (0..).zip(text.split(' ')).map(move |(at, word)| Word {
            text: word.to_owned(),
            rect: Rect { x: at as f32 / 64.0, y: line as f32 / 64.0, w: 1.0 / 64.0, h: 1.0 / 64.0 },
            confidence: 1.0,
            line,
            block: 0,
        })
    });
    Page {
        width: 595.0,
        height: 842.0,
        origin: PageOrigin::Embedded,
        turned: 0,
        language: None,
        words: words.collect(),
    }
}

/// A document with this title and these lines on its page.
fn letter(p: &Profile, title: &str, lines: &[&str]) -> DocumentId {
    let document = p.document(title);
    let reading = Reading { mime_type: "application/pdf".to_owned(), pages: vec![page(lines)], ..Reading::default() };
    p.store
        .write(By::Program, Op::Ledger, |w| {
            w.set_kind(document.id, DocumentKind::Letter, 1.0)?;
            w.save_reading(&document.file, &reading, "1")
        })
        .unwrap();
    document.id
}

fn find(p: &Profile, typed: &str) -> Vec<(DocumentId, Nearness)> {
    let query = Query::parse(typed).query;
    let find = Find { query: &query, order: ViewOrder::Best, today: day("2026-11-20"), limit: 50, offset: 0 };
    let found = p.store.read(|r| r.find(&find)).unwrap();
    assert_eq!(found.total, found.documents.len(), "{typed}");
    found.documents.into_iter().map(|one| (one.id, one.nearness)).collect()
}

#[test]
fn german_words_are_found_in_all_their_forms() {
    let p = Profile::new();
    let bill = letter(&p, "Strom", &["Der Rechnungsbetrag von Herrn Müller", "in der Lindenstraße: 1.234,56 €"]);
    let id = letter(&p, "Nummer", &["IBAN DE89 3704 0044 0532 0130 00", "Rechnung RE-2026/001 vom 14. März 2026"]);
    let typo = letter(&p, "Telefon", &["Ihre Telekom dankt"]);
    use Nearness::{Compound, Exact, Similar};
    for (typed, expected) in [
        ("betrag", vec![(bill, Compound)]),
        ("rechnungsbetrag", vec![(bill, Exact)]),
        ("muller", vec![(bill, Exact)]),
        ("mueller", vec![(bill, Exact)]),
        ("Müller", vec![(bill, Exact)]),
        ("lindenstrasse", vec![(bill, Exact)]),
        ("straße", vec![(bill, Compound)]),
        ("1234,56", vec![(bill, Exact)]),
        ("1.234,56", vec![(bill, Exact)]),
        ("rechnungen", vec![(id, Exact), (bill, Compound)]),
        ("rechnu", vec![(id, Compound), (bill, Compound)]),
        ("DE89370400440532013000", vec![(id, Exact)]),
        ("DE89 3704 0044", vec![(id, Exact)]),
        ("de8937", vec![(id, Exact)]),
        ("RE2026001", vec![(id, Exact)]),
        ("re 2026 001", vec![(id, Exact)]),
        ("RE-2026-001", vec![(id, Exact)]),
        ("14.03.2026", vec![(id, Exact)]),
        ("Telkom", vec![(typo, Similar)]),
        ("\"ihre telekom\"", vec![(typo, Exact)]),
        ("\"telekom ihre\"", vec![]),
        ("telekom -dankt", vec![]),
        ("telekom oder müller", vec![(typo, Exact), (bill, Exact)]),
        ("titel:strom", vec![(bill, Exact)]),
        ("quatsch", vec![]),
    ] {
        let mut found = find(&p, typed);
        let mut expected = expected;
        found.sort_by_key(|(id, near)| (*near, *id));
        expected.sort_by_key(|(id, near)| (*near, *id));
        assert_eq!(found, expected, "{typed}");
    }
}

#[test]
fn the_title_weighs_more_than_the_page_and_the_word_more_than_its_compounds() {
    let p = Profile::new();
    let page = letter(&p, "Brief", &["Strom und noch viel mehr Text über ganz andere Dinge als das"]);
    let title = letter(&p, "Strom", &["etwas anderes"]);
    let compound = letter(&p, "Stromvertrag", &["Stromvertrag"]);
    let order: Vec<_> = find(&p, "strom ").into_iter().map(|(id, _)| id).collect();
    assert_eq!(order.len(), 3);
    assert_eq!(order[0], title);
    assert!(order.contains(&page) && order.contains(&compound));
}

#[test]
fn filters_ask_the_rows() {
    let p = Profile::new();
    let bill = letter(&p, "Strom", &["Abschlag"]);
    let other = letter(&p, "Gas", &["Abschlag"]);
    let task = p.task(Some(&p.store.read(|r| r.document(bill)).unwrap().unwrap()));
    p.store
        .write(By::Person, Op::EditDocuments, |w| {
            let sender = w.insert_correspondent("Stadtwerke Musterstadt")?;
            w.set_correspondent(bill, Some(sender.id))?;
            w.insert_task(&task)?;
            w.confirm(bill, &fact(Field::AmountDue, "120.50", Origin::User))?;
            w.confirm(bill, &fact(Field::IssueDate, "2025-03-14", Origin::User))?;
            w.confirm(bill, &fact(Field::Iban, "DE89370400440532013000", Origin::User))?;
            w.set_kind(other, DocumentKind::Dunning, 1.0)?;
            w.set_note(other, "Zähler **abgelesen**")?;
            w.tag_document(other, w.ensure_tag("Haus/Heizung")?)
        })
        .unwrap();
    for (typed, expected) in [
        ("von:stadtwerke", vec![bill]),
        ("von:stadtwreke", vec![bill]),
        ("ohne:absender", vec![other]),
        ("art:mahnung", vec![other]),
        ("-art:mahnung", vec![bill]),
        ("betrag:>100", vec![bill]),
        ("betrag:>120,50", vec![]),
        ("betrag:120,50", vec![bill]),
        ("datum:2025", vec![bill]),
        ("datum:2025-03..2025-04", vec![bill]),
        ("fällig:2026-12", vec![bill]),
        ("status:offen", vec![bill]),
        ("aufgabe:zahlen", vec![bill]),
        ("tag:haus", vec![other]),
        ("tag:heizung", vec![other]),
        ("tag:haus/heizung", vec![other]),
        ("tag:garten", vec![]),
        ("zähler", vec![other]),
        ("hat:iban", vec![bill]),
        ("iban:\"DE89 3704\"", vec![bill]),
        ("iban:DE12", vec![]),
        ("abschlag art:mahnung", vec![other]),
        ("abschlag -von:stadtwerke", vec![other]),
        ("art:mahnung oder betrag:>100", vec![bill, other]),
        ("status:papierkorb", vec![]),
        ("", vec![bill, other]),
    ] {
        let found: BTreeSet<_> = find(&p, typed).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, expected.into_iter().collect(), "{typed}");
        let query = Query::parse(typed).query;
        let count = p.store.read(|r| r.count(&query, day("2026-11-20"))).unwrap();
        if typed != "von:stadtwreke" {
            assert_eq!(count as usize, found.len(), "{typed}");
        }
    }
    p.store.write(By::Person, Op::TrashDocument, |w| w.trash(bill, at("2026-11-20T12:00:00Z"))).unwrap();
    assert_eq!(find(&p, "strom"), []);
    assert_eq!(find(&p, "strom status:papierkorb").len(), 1);
}

#[test]
fn each_view_that_is_there_from_the_start_finds_its_documents_and_no_others() {
    let p = Profile::new();
    let letter = |title| letter(&p, title, &["Sehr geehrte Damen und Herren"]);
    let review = letter("Wartet auf einen Blick");
    let [unpaid, paid, late, soon, far, tax, old_tax, tagged, odd] = [
        "Rechnung",
        "Bezahlt",
        "Versäumt",
        "Vertrag",
        "Langer Vertrag",
        "Bescheid",
        "Alter Bescheid",
        "Beleg",
        "Mahnung",
    ]
    .map(letter);
    let document = |id| p.store.read(|r| r.document(id)).unwrap().unwrap();
    let task = |of, kind, due, status| Task { kind, due: Some(day(due)), status, ..p.task(Some(&document(of))) };
    p.store
        .write(By::Person, Op::EditDocuments, |w| {
            let sender = w.insert_correspondent("Stadtwerke Musterstadt")?;
            for id in [review, unpaid, paid, late, soon, far, tax, old_tax, odd] {
                w.set_correspondent(id, Some(sender.id))?;
            }
            for id in [unpaid, paid, late, soon, far, tax, old_tax, tagged, odd] {
                w.set_state(id, DocumentState::Accepted)?;
            }
            w.insert_task(&task(unpaid, TaskKind::Pay, "2026-12-11", TaskStatus::Open))?;
            w.insert_task(&task(paid, TaskKind::Pay, "2026-11-19", TaskStatus::Done))?;
            w.insert_task(&task(late, TaskKind::Object, "2026-11-19", TaskStatus::Open))?;
            w.insert_task(&task(soon, TaskKind::CancelOrKeep, "2026-11-22", TaskStatus::Open))?;
            w.insert_task(&task(far, TaskKind::CancelOrKeep, "2027-02-21", TaskStatus::Open))?;
            w.set_kind(tax, DocumentKind::TaxNotice, 1.0)?;
            w.set_kind(old_tax, DocumentKind::TaxNotice, 1.0)?;
            w.confirm(old_tax, &fact(Field::IssueDate, "2025-12-31", Origin::User))?;
            w.tag_document(tagged, w.ensure_tag("Steuer/Belege")?)?;
            let problems =
                vec![domain::Problem { code: domain::FailureCode::OldClaim, message: String::new(), page: None }];
            w.save_findings(&document(odd).file, &Findings { problems, ..Findings::default() }, "1")
        })
        .unwrap();
    let expected = |view: &str| match view {
        "review" => vec![review],
        "unpaid" => vec![unpaid],
        "overdue" => vec![late],
        "this_week" => vec![late, soon],
        "cancel_soon" => vec![soon],
        "tax_this_year" => vec![tax, tagged],
        "without_sender" => vec![tagged],
        "warnings" => vec![odd],
        view => panic!("{view} has no documents here"),
    };
    for view in READY_VIEWS {
        let found: BTreeSet<_> = find(&p, view.query).into_iter().map(|(id, _)| id).collect();
        assert_eq!(found, expected(view.id).into_iter().collect(), "{}", view.id);
        let filter =
            DocumentFilter { query: Query::parse(view.query).query, today: day("2026-11-20"), ..Default::default() };
        let listed = p.store.read(|r| r.documents(&filter, 50, 0)).unwrap();
        let listed: BTreeSet<_> = listed.rows.into_iter().map(|row| row.id).collect();
        assert_eq!(listed, found, "{} as a list", view.id);
    }
}

#[test]
fn a_list_is_put_in_order_by_what_its_query_is_about() {
    let p = Profile::new();
    let [late, soon, never] = ["Strom", "Gas", "Wasser"].map(|title| letter(&p, title, &["Abschlag"]));
    let document = |id| p.store.read(|r| r.document(id)).unwrap().unwrap();
    p.store
        .write(By::Person, Op::EditDocuments, |w| {
            w.insert_task(&Task { due: Some(day("2026-12-31")), ..p.task(Some(&document(late))) })?;
            w.insert_task(&Task { due: Some(day("2026-12-01")), ..p.task(Some(&document(soon))) })?;
            w.confirm(late, &fact(Field::AmountDue, "9", Origin::User))?;
            w.confirm(never, &fact(Field::AmountDue, "100", Origin::User))
        })
        .unwrap();
    let list = |order| {
        let filter = DocumentFilter { order, query: Query::parse("abschlag").query, ..Default::default() };
        let page = p.store.read(|r| r.documents(&filter, 2, 1)).unwrap();
        (page.rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), page.total)
    };
    assert_eq!(list(DocumentOrder::Due), (vec![late, never], 3), "the second and the third");
    assert_eq!(list(DocumentOrder::Amount), (vec![late, soon], 3));
}

#[test]
fn the_index_follows_reading_again_and_undo() {
    let p = Profile::new();
    let id = letter(&p, "Strom", &["alter Wortlaut"]);
    let file = p.store.read(|r| r.document(id)).unwrap().unwrap().file;
    let reading = Reading { pages: vec![page(&["frischer Text"])], ..Reading::default() };
    p.store.write(By::Program, Op::Reprocess, |w| w.save_reading(&file, &reading, "2")).unwrap();
    assert_eq!(find(&p, "wortlaut"), []);
    assert_eq!(find(&p, "frischer").len(), 1);
    p.store.write(By::Person, Op::RenameDocument, |w| w.set_title(id, "Gas")).unwrap();
    assert_eq!((find(&p, "titel:strom").len(), find(&p, "titel:gas").len()), (0, 1));
    p.store.undo().unwrap().unwrap();
    assert_eq!((find(&p, "titel:strom").len(), find(&p, "titel:gas").len()), (1, 0));
    p.store.redo().unwrap().unwrap();
    assert_eq!((find(&p, "titel:strom").len(), find(&p, "titel:gas").len()), (0, 1));
    index_equals_rows(&p);
}

#[test]
fn pages_kept_before_their_words_were_packed_are_read_and_found() {
    let p = Profile::new();
    let id = letter(&p, "Brief", &["frischer Text"]);
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute_batch(
        r#"UPDATE pages SET packed = NULL, words = '[["Altbau",0.1,0.2,0.3,0.4,1.0,0,0]]';
           INSERT INTO search_queue (document) SELECT id FROM documents"#,
    )
    .unwrap();
    drop(p.other());
    assert_eq!(find(&p, "altbau"), [(id, Nearness::Exact)]);
    assert_eq!(find(&p, "frischer"), []);
}

const PROFILE: &str = "STORE_TEST_SEARCH_PROFILE";

#[test]
#[ignore = "the child process of the next test"]
fn renames_until_it_is_killed() {
    let Some(profile) = std::env::var_os(PROFILE) else { return };
    let store = open(Path::new(&profile), counting());
    let documents = store.read(|r| r.documents(&store::DocumentFilter::default(), 9, 0)).unwrap().rows;
    for number in 0.. {
        let id = documents[number % documents.len()].id;
        store.write(By::Person, Op::RenameDocument, |w| w.set_title(id, &format!("Titel {number}"))).unwrap();
    }
}

#[test]
fn whenever_a_process_is_killed_the_index_equals_the_rows() {
    for milliseconds in [30, 90, 170] {
        let p = Profile::new();
        for text in ["a", "b", "c"] {
            letter(&p, text, &["eins zwei drei"]);
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "searching::renames_until_it_is_killed"])
            .env(PROFILE, p.folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while find(&p, "titel:titel").is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the child renames nothing");
            std::thread::sleep(Duration::from_millis(milliseconds / 10));
        }
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        index_equals_rows(&p);
    }
}

#[test]
fn hits_have_their_places_and_snippets_show_them() {
    let p = Profile::new();
    let id = letter(&p, "Bank", &["Konto DE89 3704 0044 0532 0130 00", "bitte den Betrag überweisen"]);
    let query = Query::parse("betrag DE893704").query;
    let find = Find { query: &query, order: ViewOrder::Best, today: day("2026-11-20"), limit: 9, offset: 0 };
    p.store
        .read(|r| {
            let found = r.find(&find)?;
            let snippet = r.snippet(id, &found)?.unwrap();
            let marked: Vec<_> = snippet.parts.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
            assert_eq!(marked, ["DE89 3704", "Betrag"]);
            let hits = r.hits(id, &find)?;
            assert_eq!(hits.iter().map(|page| (page.page, page.rects.len())).collect::<Vec<_>>(), [(1, 3)]);
            Ok(())
        })
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_is_a_syntax_error(
        typed in r#"([a-zäß]{0,4}|NEAR|AND|NOT|OR|von:|tag:|iban:|titel:|betrag:|datum:|-|"| |oder|\*|\(|\)|\^|\+|\{|\}|:|'|;|--|%|_|[0-9]{1,4}|\PC){0,10}"#
    ) {
        let p = profile();
        let query = Query::parse(&typed).query;
        let find = Find { query: &query, order: ViewOrder::Best, today: day("2026-11-20"), limit: 9, offset: 0 };
        p.store.read(|r| {
            let found = r.find(&find)?;
            r.facets(&find, &found)?;
            r.count(&query, find.today)?;
            r.documents(&DocumentFilter { query: query.clone(), today: find.today, ..DocumentFilter::default() }, 9, 0)
        }).unwrap();
    }
}

/// One for all cases: nothing is written to it.
fn profile() -> &'static Profile {
    static PROFILE: std::sync::OnceLock<Profile> = std::sync::OnceLock::new();
    PROFILE.get_or_init(|| {
        let p = Profile::new();
        letter(&p, "Strom", &["Rechnung Nr. 12 von 2026"]);
        p
    })
}
