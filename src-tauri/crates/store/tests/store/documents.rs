//! Documents, what they say, and by what their senders are recognised.

use domain::search::Query;
use domain::*;
use store::{DocumentFilter, Op};

use crate::profile::{Profile, at, day, fact};

fn reading(text: &str) -> Reading {
    // Places are kept to a 4095th.
    let at = |grid: u16| f32::from(grid) / 4095.0;
    let rect = Rect { x: at(409), y: at(505), w: at(819), h: at(41) };
    let word = |text: &str| Word { text: text.to_owned(), rect, confidence: 0.93, line: 1, block: 2 };
    Reading {
        members: Vec::new(),
        to_read_again: Vec::new(),
        mime_type: "application/pdf".to_owned(),
        pages: vec![
            Page {
                width: 595.3,
                height: 841.9,
                origin: PageOrigin::Ocr,
                turned: 90,
                language: Some("fr".to_owned()),
                words: text.split(' ').map(word).collect(),
            },
            Page {
                width: 100.0,
                height: 50.0,
                origin: PageOrigin::Empty,
                turned: 0,
                language: None,
                words: Vec::new(),
            },
        ],
        codes: vec![Code { kind: CodeKind::Qr, text: "BCD\n002".to_owned(), page: 1, rect }],
        attachments: vec![Attachment { name: "factur-x.xml".to_owned(), bytes: vec![0, 60, 255] }],
        language: Some("de".to_owned()),
        problems: vec![Problem::on_page(FailureCode::Damaged, 2, "Page 2 is blank.")],
    }
}

fn findings(facts: Vec<Fact>) -> Findings {
    let kinds = vec![RankedKind { kind: DocumentKind::Invoice, confidence: 0.5 }];
    Findings { kinds, facts, problems: vec![Problem::new(FailureCode::Arithmetic, "Odd.")] }
}

fn found(field: Field, text: &str) -> Fact {
    fact(field, text, Origin::Text)
}

#[test]
fn a_reading_comes_back_as_it_was_kept() {
    let p = Profile::new();
    let file = p.take("bill");
    let first = reading("Guten Tag");
    p.store.write(By::Program, Op::Ledger, |w| w.save_reading(&file, &first, "1")).unwrap();
    assert_eq!(p.store.read(|r| r.reading(&file)).unwrap(), Some(first.clone()));
    assert_eq!(p.store.read(|r| r.page(&file, 1)).unwrap().as_ref(), first.pages.first());
    let second = Reading { pages: first.pages[..1].to_vec(), attachments: Vec::new(), ..first };
    p.store.write(By::Program, Op::Reprocess, |w| w.save_reading(&file, &second, "2")).unwrap();
    assert_eq!(p.store.read(|r| r.reading(&file)).unwrap(), Some(second));
    assert_eq!(p.store.read(|r| r.reading_version(&file)).unwrap().as_deref(), Some("2"));
    assert_eq!(p.store.read(|r| r.page_sizes(&file)).unwrap(), [(595.3, 841.9)]);
    assert_eq!(p.store.read(|r| r.file(&file)).unwrap().unwrap().mime, "application/pdf");
}

#[test]
fn findings_come_back_with_the_best_fact_of_each_field_first() {
    let p = Profile::new();
    let file = p.take("bill");
    let kept = findings(vec![
        found(Field::AmountDue, "84.20"),
        found(Field::AmountDue, "12.00"),
        found(Field::AmountDue, "84.20"),
        found(Field::InvoiceNumber, "R-1"),
    ]);
    p.store.write(By::Program, Op::Ledger, |w| w.save_findings(&file, &kept, "1")).unwrap();
    assert_eq!(p.store.read(|r| r.findings(&file)).unwrap(), Some(kept));
}

#[test]
fn a_persons_word_goes_first_survives_reprocessing_and_can_say_that_nothing_is_there() {
    let p = Profile::new();
    let document = p.document("bill");
    let value = |field| p.store.read(|r| Ok(r.document(document.id)?.unwrap().text(field))).unwrap();
    let save = |amount: &str| {
        let kept = findings(vec![found(Field::AmountDue, amount), found(Field::AmountDue, "1.00")]);
        p.store.write(By::Program, Op::Ledger, |w| w.save_findings(&document.file, &kept, "1")).unwrap();
    };
    save("84.20");
    assert_eq!(value(Field::AmountDue).as_deref(), Some("84.20"));
    let word = fact(Field::AmountDue, "90", Origin::User);
    p.store.write(By::Person, Op::CorrectFact, |w| w.confirm(document.id, &word)).unwrap();
    save("77.00");
    assert_eq!(value(Field::AmountDue).as_deref(), Some("90.00"));
    p.store.write(By::Person, Op::CorrectFact, |w| w.deny(document.id, Field::AmountDue)).unwrap();
    assert_eq!(value(Field::AmountDue), None);
    p.store.undo().unwrap();
    assert_eq!(p.store.read(|r| r.document(document.id)).unwrap().unwrap().facts, [word]);
    p.store.write(By::Person, Op::CorrectFact, |w| w.unconfirm(document.id, Field::AmountDue)).unwrap();
    assert_eq!(value(Field::AmountDue).as_deref(), Some("77.00"));
}

#[test]
fn a_list_shows_what_the_document_says_also_after_a_correction_and_its_undo() {
    let p = Profile::new();
    let document = p.document("bill");
    let facts = [
        (Field::TotalGross, "100"),
        (Field::Currency, "CHF"),
        (Field::IssueDate, "2026-11-01"),
        (Field::DirectDebitDate, "2026-12-01"),
    ];
    let kept = findings(facts.map(|(field, text)| found(field, text)).to_vec());
    p.store
        .write(By::Program, Op::FileDocument, |w| {
            w.save_reading(&document.file, &reading("x"), "1")?;
            w.save_findings(&document.file, &kept, "1")?;
            w.insert_task(&p.task(Some(&document)))
        })
        .unwrap();
    let row = || p.store.read(|r| r.documents(&DocumentFilter::default(), 10, 0)).unwrap().rows.remove(0);
    let shown = |row: store::DocumentRow| (row.amount.map(|a| a.to_string()), row.due_date);
    assert_eq!(shown(row()), (Some("100".to_owned()), Some(day("2026-12-01"))));
    assert_eq!((row().currency, row().page_count), ("CHF".parse().ok(), 2));
    assert_eq!((row().issue_date, row().open_tasks), (Some(day("2026-11-01")), 1));
    let corrections = [(Field::AmountDue, "84.20"), (Field::DueDate, "2026-12-11")];
    p.store
        .write(By::Person, Op::CorrectFact, |w| {
            corrections.iter().try_for_each(|(field, text)| w.confirm(document.id, &fact(*field, text, Origin::User)))
        })
        .unwrap();
    assert_eq!(shown(row()), (Some("84.20".to_owned()), Some(day("2026-12-11"))));
    p.store.undo().unwrap();
    assert_eq!(shown(row()), (Some("100".to_owned()), Some(day("2026-12-01"))));
}

#[test]
fn lists_are_filtered_counted_and_newest_first() {
    let p = Profile::new();
    let (a, b, c) = (p.document("a"), p.document("100 % b"), p.document("c"));
    p.store.write(By::Person, Op::SetKind, |w| w.set_kind(b.id, DocumentKind::Dunning, 1.0)).unwrap();
    p.store.write(By::Person, Op::TrashDocument, |w| w.trash(c.id, at("2026-11-20T10:00:00Z"))).unwrap();
    p.store.write(By::Person, Op::AcceptDocument, |w| w.set_state(a.id, DocumentState::Accepted)).unwrap();
    p.store
        .write(By::Program, Op::Ledger, |w| w.save_reading(&a.file, &reading("Grundgebühr Straßenreinigung"), "1"))
        .unwrap();
    let list = |filter: DocumentFilter| {
        let page = p.store.read(|r| r.documents(&filter, 1, 0)).unwrap();
        (page.rows.first().map(|row| row.id), page.total)
    };
    let text = |typed: &str| DocumentFilter { query: Query::parse(typed).query, ..Default::default() };
    assert_eq!(list(DocumentFilter::default()), (Some(b.id), 2));
    assert_eq!(list(DocumentFilter { trashed: true, ..Default::default() }), (Some(c.id), 1));
    assert_eq!(list(DocumentFilter { kind: Some(DocumentKind::Dunning), ..Default::default() }), (Some(b.id), 1));
    assert_eq!(list(DocumentFilter { state: Some(DocumentState::Accepted), ..Default::default() }), (Some(a.id), 1));
    assert_eq!(list(text("100 %")), (Some(b.id), 1));
    assert_eq!(list(text("art:mahnung")), (Some(b.id), 1));
    assert_eq!(list(text("status:papierkorb")), (Some(c.id), 1));
    assert_eq!(list(text("strassnreinigung")), (Some(a.id), 1), "with a slip");
    assert_eq!(list(text("straßenrein GRUNDGEBÜHR")), (Some(a.id), 1));
    assert_eq!(list(text("\"*- ")), (Some(b.id), 2), "nothing is asked");
    assert_eq!(list(text(" ")), (Some(b.id), 2));
    p.store.write(By::Program, Op::Reprocess, |w| w.save_reading(&a.file, &reading("Abwasser"), "2")).unwrap();
    assert_eq!(list(text("Grundgebühr")), (None, 0), "the words of the old reading are gone");
}

#[test]
fn a_sender_is_recognised_by_vat_id_name_and_an_account_of_its_own() {
    let p = Profile::new();
    let iban = |text| Iban::parse(text).unwrap();
    let (own, shared) = (iban("DE89370400440532013000"), iban("DE02120300000000202051"));
    let new = |name: &str, facts: Vec<Fact>| {
        let document = p.document(name);
        p.store
            .write(By::Program, Op::FileDocument, |w| {
                let correspondent = w.insert_correspondent(name)?;
                w.save_findings(&document.file, &findings(facts), "1")?;
                w.set_correspondent(document.id, Some(correspondent.id))?;
                Ok(correspondent)
            })
            .unwrap()
            .value
    };
    let vat = found(Field::SellerVatId, "DE123456788");
    let works = new("Stadtwerke Muster GmbH", vec![vat, found(Field::Iban, own.as_str())]);
    let first = new("Praxis Eins", vec![found(Field::Iban, shared.as_str())]);
    let second = new("Praxis Zwei", vec![found(Field::Iban, shared.as_str())]);
    let find = |name, vat, iban| p.store.read(|r| r.find_correspondent(name, vat, iban)).unwrap();
    assert_eq!(find(Some("STADTWERKE MUSTER"), None, None), Some(works.clone()));
    assert_eq!(find(Some("Stadtwrke Mustr"), Some("DE123456788"), None), Some(works.clone()));
    assert_eq!(find(Some("Stadtwrke Mustr"), None, Some(&own)), Some(works.clone()));
    assert_eq!(find(Some("Dachdeckerei Rinne"), None, Some(&own)), None, "another name is another sender");
    assert_eq!(find(Some("Praxis Zwei"), None, Some(&shared)), Some(second));
    assert_eq!(find(Some("Praxis Drei"), None, Some(&shared)), None, "clearing houses collect for many");
    let known = p.store.read(|r| r.known_correspondents()).unwrap();
    let known = known.iter().find(|known| known.id == works.id).unwrap();
    assert_eq!(
        (known.ibans.as_slice(), known.vat_ids.as_slice()),
        ([own].as_slice(), ["DE123456788".to_owned()].as_slice())
    );
    p.store.write(By::Person, Op::RenameCorrespondent, |w| w.rename_correspondent(first.id, "Dr. Eins")).unwrap();
    let rows = p.store.read(|r| r.correspondents()).unwrap();
    assert_eq!(rows.iter().map(|row| (row.name.as_str(), row.documents)).next(), Some(("Dr. Eins", 1)));
}

#[test]
fn of_one_senders_letters_of_one_day_only_those_of_the_same_amount_or_number_may_belong_together() {
    let p = Profile::new();
    let sender = p.store.write(By::Program, Op::FileDocument, |w| w.insert_correspondent("Werkstatt")).unwrap().value;
    let new = |name: &str, facts: &[(Field, &str)]| {
        let document = p.document(name);
        let facts = facts.iter().map(|(field, text)| found(*field, text)).collect();
        p.store
            .write(By::Program, Op::FileDocument, |w| {
                w.save_findings(&document.file, &findings(facts), "1")?;
                w.set_correspondent(document.id, Some(sender.id))
            })
            .unwrap();
        p.store.read(|r| r.document(document.id)).unwrap().unwrap()
    };
    let of_day =
        |number, amount| [(Field::IssueDate, "2026-11-02"), (Field::InvoiceNumber, number), (Field::AmountDue, amount)];
    let bill = new("bill", &of_day("R-1", "84.20"));
    let _other_amount = new("other", &of_day("R-2", "12.00"));
    let same_amount = new("misread", &of_day("R-I", "84.20"));
    let same_number = new("corrected", &[(Field::InvoiceNumber, "R 1"), (Field::AmountDue, "80.00")]);
    let found = p.store.read(|r| r.perhaps_related(&bill, &[])).unwrap();
    assert_eq!(found, [same_number.id, same_amount.id]);
    let unsaid = new("unsaid", &[(Field::IssueDate, "2026-11-02")]);
    let found = p.store.read(|r| r.perhaps_related(&unsaid, &[])).unwrap();
    assert_eq!(found.len(), 3, "without an amount, every letter of the day");
}

#[test]
fn what_is_not_there_is_an_error_with_a_name() {
    let p = Profile::new();
    let gone = DocumentId::new(p.ids.as_ref());
    let error = p.store.write(By::Person, Op::SetKind, |w| w.set_kind(gone, DocumentKind::Fine, 1.0)).unwrap_err();
    assert_eq!(error.code().as_str(), "not_found");
    assert!(error.to_string().contains(&gone.to_string()), "{error}");
    assert_eq!(p.store.read(|r| r.document(gone)).unwrap(), None);
}

#[test]
fn a_word_that_this_program_does_not_know_is_named_and_nothing_panics() {
    let p = Profile::new();
    let document = p.document("bill");
    let raw = rusqlite::Connection::open(p.path("workmate.db")).unwrap();
    raw.execute("UPDATE documents SET kind = 'hologram'", []).unwrap();
    let shown = p.store.read(|r| r.document(document.id)).unwrap().unwrap();
    assert_eq!((shown.kind, shown.title.as_str()), (DocumentKind::Other, "bill"));
    let problems = p.store.read(|r| r.problems()).unwrap();
    assert!(problems[0].problem.message.contains("“hologram” in documents.kind"), "{problems:?}");
}
