//! The name of somebody who is to be forgotten is blacked out in letters of others, and stays so when they are read anew.

use domain::*;
use store::{BlackedNames, BlackedOut, Op, Said};

use crate::profile::{Profile, fact};
use crate::searching::{index_equals_rows, page};

fn names(name: &str) -> BlackedNames {
    BlackedNames::of(&name_forms(name, true)).unwrap()
}

#[test]
fn a_name_is_blacked_out_in_all_its_forms_and_nothing_else_is() {
    let mara = names("Mara Winter");
    let cases = [
        ("Frau Mara Winter, Weg 3", "Frau █████, Weg 3"),
        ("Sehr geehrte Frau Winter, der Winter naht", "Sehr geehrte █████, der Winter naht"),
        ("WINTER, MARA", "█████"),
        ("mara.winter@post.example", "█████@post.example"),
        ("Maras Wintermantel", "Maras Wintermantel"),
        ("Mara und Jonas Winter", "Mara und Jonas Winter"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(mara.blacked(text).as_deref().unwrap_or(text), expected, "{text}");
    }
    let kept = serde_json::to_string(&mara).unwrap().to_lowercase();
    assert!(!kept.contains("mara") && !kept.contains("winter"), "what is kept does not hold the name: {kept}");
    assert_ne!(mara, names("Mara Winter"), "and cannot be compared with another one's");
}

/// A letter of somebody else that names Mara Winter wherever it can.
fn letter(p: &Profile) -> Document {
    let document = p.document("Elternabend mit Mara Winter");
    let lines = ["Sehr geehrte Frau Winter", "der Elternabend ist am 3. Dezember", "Grüße an Mara Winter"];
    let reading = Reading {
        pages: vec![page(&lines)],
        codes: vec![Code {
            kind: CodeKind::Qr,
            text: "BCD\nMara Winter".to_owned(),
            page: 1,
            rect: Rect { x: 0.0, y: 0.0, w: 0.1, h: 0.1 },
        }],
        attachments: vec![Attachment { name: "a.xml".to_owned(), bytes: b"<Buyer>Mara Winter</Buyer>".to_vec() }],
        ..Reading::default()
    };
    let found = Findings { facts: vec![fact(Field::BuyerName, "Mara Winter", Origin::Xml)], ..Findings::default() };
    p.store
        .write(By::Program, Op::Ledger, |w| {
            w.save_reading(&document.file, &reading, "1")?;
            w.save_findings(&document.file, &found, "1")
        })
        .unwrap();
    p.store
        .write(By::Person, Op::WriteNote, |w| {
            w.label("Elternabend mit Mara Winter");
            w.set_note(document.id, "Mara Winter fragen")?;
            w.insert_task(&Task { title: "Mara Winter anrufen".to_owned(), ..p.task(Some(&document)) })
        })
        .unwrap();
    document
}

fn black_out(p: &Profile, name: &str) -> BlackedOut {
    p.store.erase(By::Person, Op::ForgetPerson, |w| w.black_out(&names(name))).unwrap().value
}

#[test]
fn a_kept_letter_names_the_forgotten_nowhere_and_keeps_everything_else() {
    let p = Profile::new();
    let document = letter(&p);
    let other = p.document("Winter in den Bergen");
    let original = p.store.original(&document.file).unwrap();
    let out = black_out(&p, "Mara Winter");
    assert_eq!((out.documents.into_iter().collect::<Vec<_>>(), out.pages), (vec![document.id], 1));
    assert!(out.files.into_iter().eq([document.file.clone()]));
    assert!(out.texts >= 6 && out.steps >= 2, "{} {}", out.texts, out.steps);
    let (now, note, task, reading, facts) = p
        .store
        .read(|r| {
            let task = r.tasks(store::TaskFilter::OfDocument(document.id))?.remove(0);
            let now = r.document(document.id)?.unwrap();
            Ok((now.title, r.note(document.id)?, task.title, r.reading(&document.file)?.unwrap(), now.facts))
        })
        .unwrap();
    assert_eq!(
        (now.as_str(), note.as_deref(), task.as_str()),
        ("Elternabend mit █████", Some("█████ fragen"), "█████ anrufen")
    );
    let text = reading.pages[0].text();
    assert_eq!(text, "Sehr geehrte █████ █████\nder Elternabend ist am 3. Dezember\nGrüße an █████ █████");
    assert_eq!(reading.codes[0].text, "BCD\n█████");
    assert_eq!(reading.attachments[0].bytes, "<Buyer>█████</Buyer>".as_bytes());
    assert_eq!(facts[0].value.plain(), "█████");
    assert_eq!(p.store.original(&document.file).unwrap(), original, "originals are never changed");
    assert_eq!(p.store.read(|r| r.document(other.id)).unwrap().unwrap().title, other.title);
    // No step of the history says the name any more, and the chain holds.
    for step in p.store.read(|r| r.history(99)).unwrap() {
        assert!(!step.label.unwrap_or_default().contains("Winter"));
        if let Some(Said::Content(content)) = p.store.read(|r| r.said(step.number)).unwrap() {
            assert!(!serde_json::to_string(&content).unwrap().contains("Mara"));
        }
    }
    index_equals_rows(&p);
    assert_eq!(p.store.verify(None, &|_, _| true).unwrap().unwrap().findings, []);
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    let terms: i64 =
        raw.query_row("SELECT count(*) FROM search_terms WHERE term LIKE '%mara%'", [], |row| row.get(0)).unwrap();
    assert_eq!(terms, 0, "the vocabulary of the search does not know the name");
}

#[test]
fn what_is_read_of_it_anew_is_blacked_out_again() {
    let p = Profile::new();
    let document = letter(&p);
    black_out(&p, "Mara Winter");
    let reading = Reading { pages: vec![page(&["An Mara Winter", "neu gelesen"])], ..Reading::default() };
    p.store.write(By::Program, Op::Reprocess, |w| w.save_reading(&document.file, &reading, "2")).unwrap();
    let text = p.store.read(|r| r.reading(&document.file)).unwrap().unwrap().pages[0].text();
    assert_eq!(text, "An █████ █████\nneu gelesen");
    // Another letter is none of it.
    let other = p.take("other");
    p.store.write(By::Program, Op::Reprocess, |w| w.save_reading(&other, &reading, "2")).unwrap();
    assert_eq!(p.store.read(|r| r.reading(&other)).unwrap().unwrap().pages[0].text(), "An Mara Winter\nneu gelesen");
}
