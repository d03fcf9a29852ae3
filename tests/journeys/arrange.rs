//! Arranging pages: turned, moved, left out, divided and joined. The originals stay as they came.

use std::fs;

use journeys::{TestApp, fact, fixture, sample};
use serde_json::{Value, json};

use crate::pdf::{bill_lines, pdf};

const FRIDAY: &str = "2026-11-20";

/// Two bills that were scanned in one go, and the bytes of the scan.
fn with_a_scan_of_two(test: &TestApp) -> (Value, Vec<u8>) {
    let pages = [1, 2].map(|number| bill_lines("18.11.2026", "04.12.2026", number));
    let bytes = pdf(&pages);
    let path = test.folder().join("two letters.pdf");
    fs::write(&path, &bytes).unwrap();
    (test.document(&path), bytes)
}

fn page(document: &Value, page: u32) -> Value {
    json!({"document": document["id"], "page": page})
}

fn arrange(test: &TestApp, parts: Value) -> Vec<Value> {
    let arranged = test.call("pages.arrange", json!({"parts": parts}));
    let documents = arranged["documents"].as_array().unwrap().iter();
    documents.map(|id| test.call("documents.get", json!({"id": id}))).collect()
}

fn total(test: &TestApp, query: Value) -> i64 {
    test.call("documents.list", query)["total"].as_i64().unwrap()
}

fn numbers(documents: &[Value]) -> Vec<&str> {
    documents.iter().map(|document| fact(document, "invoice_number")["value"].as_str().unwrap()).collect()
}

#[test]
fn a_scan_of_two_letters_is_divided_into_two_documents_with_a_task_each() {
    let test = TestApp::on(FRIDAY);
    let (scan, bytes) = with_a_scan_of_two(&test);
    let parts = arrange(&test, json!([[page(&scan, 1)], [page(&scan, 2)]]));
    assert_eq!(parts[0]["id"], scan["id"], "the first letter goes on as the document that was there");
    assert_eq!(numbers(&parts), ["R-2026-001", "R-2026-002"]);
    assert_eq!(total(&test, json!({})), 2);
    assert_eq!(
        parts[1]["received_at"], scan["received_at"],
        "days that count from the arrival count from that of the scan"
    );
    assert_eq!(parts[1]["arrivals"][0]["source"], "arranged");
    assert_eq!(parts[1]["tasks"][0]["amount"]["amount"], "12.00", "{}", parts[1]["tasks"]);

    let came = test.call("pages.as_they_came", json!({"id": parts[1]["id"]}));
    assert_eq!(fs::read(came[0]["path"].as_str().unwrap()).unwrap(), bytes, "the original stays as it came");
    test.import(&[test.folder().join("two letters.pdf")]);
    assert_eq!(total(&test, json!({})), 2, "the scan does not become a third document when it comes again");
}

#[test]
fn what_was_laid_anew_can_be_undone_and_done_again() {
    let test = TestApp::on(FRIDAY);
    let (scan, _) = with_a_scan_of_two(&test);
    arrange(&test, json!([[page(&scan, 2)], [page(&scan, 1)]]));
    let undone = test.call("history.undo", Value::Null);
    assert_eq!((&undone["op"], &undone["label"]), (&json!("arrange_pages"), &scan["title"]));
    assert_eq!(test.call("documents.get", json!({"id": scan["id"]})), scan);
    assert_eq!(total(&test, json!({})), 1);
    test.call("history.redo", Value::Null);
    assert_eq!(total(&test, json!({})), 2);
    assert_eq!(numbers(&[test.call("documents.get", json!({"id": scan["id"]}))]), ["R-2026-002"]);
}

#[test]
fn letters_are_put_together_and_the_one_that_is_no_longer_needed_is_in_the_trash() {
    let test = TestApp::on(FRIDAY);
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let scan = test.document(&sample("Scan Zahnarzttermin.jpg"));
    let [joined] = arrange(&test, json!([[page(&bill, 1), page(&scan, 1)]])).try_into().unwrap();
    assert_eq!((&joined["id"], joined["page_count"].as_i64()), (&bill["id"], Some(2)));
    assert_eq!(joined["pages"][1]["origin"], "ocr", "a picture is put to a PDF without being read again");
    let words = test.call("documents.words", json!({"id": bill["id"], "page": 2}));
    assert_eq!(words, test.call("documents.words", json!({"id": scan["id"], "page": 1})));
    assert_eq!((total(&test, json!({})), total(&test, json!({"trashed": true}))), (1, 1));
    let came = test.call("pages.as_they_came", json!({"id": bill["id"]}));
    assert_eq!(came.as_array().unwrap().len(), 2, "{came}");
    test.call("history.undo", Value::Null);
    assert_eq!(test.call("documents.get", json!({"id": bill["id"]})), bill);
    assert_eq!(test.call("documents.get", json!({"id": scan["id"]})), scan);
}

#[test]
fn a_turned_scan_is_read_anew_and_shown_as_it_was_turned() {
    let test = TestApp::on(FRIDAY);
    let scan = test.document(&sample("Scan Zahnarzttermin.jpg"));
    let (width, height) = (scan["pages"][0]["width"].as_f64().unwrap(), scan["pages"][0]["height"].as_f64().unwrap());
    assert!(width < height, "a page upright");
    let turned = json!([[{"document": scan["id"], "page": 1, "turn": 90}]]);
    let [lying] = arrange(&test, turned).try_into().unwrap();
    let size = &lying["pages"][0];
    assert!(size["width"].as_f64().unwrap() > size["height"].as_f64().unwrap(), "{size}");
    let id = lying["id"].as_str().unwrap().parse().unwrap();
    assert!(!test.app.page_image(id, 1, 160).unwrap().bytes.is_empty());
    let back = json!([[{"document": scan["id"], "page": 1, "turn": 270}]]);
    let [upright] = arrange(&test, back).try_into().unwrap();
    let size = &upright["pages"][0];
    assert!(size["width"].as_f64().unwrap() < size["height"].as_f64().unwrap(), "{size}");
    assert_eq!(fact(&upright, "appointment_start")["value"], fact(&scan, "appointment_start")["value"]);
}

#[test]
fn a_persons_word_stays_and_its_place_goes_with_the_page() {
    let test = TestApp::on(FRIDAY);
    let (scan, _) = with_a_scan_of_two(&test);
    let place = json!({"page": 1, "rect": {"x": 0.1, "y": 0.2, "w": 0.2, "h": 0.02}, "text": "R-2026-001"});
    let said = json!({"id": scan["id"], "field": "invoice_number", "value": "R-2026-001", "evidence": place});
    test.call("review.correct", said);
    let [moved] = arrange(&test, json!([[page(&scan, 2), page(&scan, 1)]])).try_into().unwrap();
    let number = fact(&moved, "invoice_number");
    assert_eq!((&number["value"], &number["evidence"]["page"]), (&json!("R-2026-001"), &json!(2)));
    let [without] = arrange(&test, json!([[page(&scan, 1)]])).try_into().unwrap();
    let number = fact(&without, "invoice_number");
    assert_eq!((&number["value"], &number["evidence"]), (&json!("R-2026-001"), &Value::Null), "its page was left out");
}

#[test]
fn what_cannot_be_laid_is_refused_and_nothing_changes() {
    let test = TestApp::on(FRIDAY);
    let (scan, _) = with_a_scan_of_two(&test);
    for (parts, code) in [
        (json!([]), "bad_input"),
        (json!([[page(&scan, 1)], []]), "bad_input"),
        (json!([[page(&scan, 1), page(&scan, 1)]]), "bad_input"),
        (json!([[{"document": scan["id"], "page": 1, "turn": 45}]]), "bad_input"),
        (json!([[page(&scan, 3)]]), "not_found"),
        (json!([[page(&scan, 0)]]), "not_found"),
    ] {
        assert_eq!(test.refused("pages.arrange", json!({"parts": parts})).code.as_str(), code, "{parts}");
    }
    assert_eq!(test.call("documents.get", json!({"id": scan["id"]})), scan);
    test.call("documents.trash", json!({"id": scan["id"]}));
    let again = json!({"parts": [[page(&scan, 2), page(&scan, 1)]]});
    assert_eq!(test.refused("pages.arrange", again).code.as_str(), "not_found", "what is in the trash stays as it is");
}

/// Takes in pictures of parts of one receipt; gives their documents.
fn pictures<const N: usize>(test: &TestApp, parts: [&str; N]) -> [Value; N] {
    let imported = test.import(&parts.map(|part| fixture(format!("receipt/{part}.jpg"))));
    let documents: Vec<Value> = imported.iter().map(|one| json!(one.document.unwrap())).collect();
    documents.try_into().unwrap()
}

/// Is somebody asked whether another picture shows a further part of it?
fn is_a_part(test: &TestApp, document: &Value) -> bool {
    let document = test.call("documents.get", json!({"id": document}));
    document["doubts"].as_array().unwrap().iter().any(|doubt| doubt["doubt"] == "further_part")
}

#[test]
fn a_long_receipt_in_three_pictures_is_put_together_by_one_press() {
    let test = TestApp::on(FRIDAY);
    // In whatever order they came.
    let [middle, top, bottom] = pictures(&test, ["middle", "top", "bottom"]);
    let asked = [&middle, &top, &bottom].into_iter().filter(|part| is_a_part(&test, part)).count();
    assert!(asked >= 2, "whatever was filed first cannot have known of the others");

    let whole = test.call("pages.put_together", json!({"id": bottom}));
    assert_eq!(whole["documents"], json!([top]), "the picture with the head goes on as the whole");
    let whole = test.call("documents.get", json!({"id": top}));
    assert_eq!((total(&test, json!({})), whole["page_count"].as_i64()), (1, Some(3)));
    let text = ["Vollmilch", "Paprika", "SUMME"].map(|word| {
        let pages = (1..=3).filter(|page| {
            let words = test.call("documents.words", json!({"id": top, "page": page}));
            words.to_string().contains(word)
        });
        pages.collect::<Vec<_>>()
    });
    assert_eq!(text, [vec![1], vec![2], vec![3]], "from the top of the paper to its end");
    assert_eq!(fact(&whole, "total_gross")["value"], "80.88");
    assert_eq!(whole["kind"], "receipt");
    assert!(!is_a_part(&test, &top));
    test.call("history.undo", Value::Null);
    assert_eq!(total(&test, json!({})), 3);
}

#[test]
fn pictures_of_which_a_person_says_that_they_are_no_parts_are_not_asked_about_again() {
    let test = TestApp::on(FRIDAY);
    let [top, middle] = pictures(&test, ["top", "middle"]);
    assert!(is_a_part(&test, &top) || is_a_part(&test, &middle), "whatever was filed last");
    test.call("cases.relate", json!({"id": middle, "other": top}));
    assert!(!is_a_part(&test, &middle) && !is_a_part(&test, &top));
    let alone = test.call("pages.put_together", json!({"id": top}));
    assert_eq!((&alone["documents"], total(&test, json!({}))), (&json!([top]), 2), "there is nothing to put to it");
}

#[test]
fn each_part_is_asked_about_beside_its_neighbour_and_can_be_taken_out() {
    let test = TestApp::on(FRIDAY);
    let parts = pictures(&test, ["top", "middle", "bottom"]);
    let [top, middle, bottom] = &parts;
    // Whatever was filed first asks nothing: its neighbours do.
    let neighbours = [(top, vec![middle]), (middle, vec![top, bottom]), (bottom, vec![middle])];
    for (part, beside) in neighbours {
        let document = test.call("documents.get", json!({"id": part}));
        let asked = document["doubts"].as_array().unwrap().iter().find(|doubt| doubt["doubt"] == "further_part");
        assert!(asked.is_none_or(|doubt| beside.contains(&&doubt["other"])), "{}", document["doubts"]);
    }
    test.call("cases.relate", json!({"id": bottom, "other": middle}));
    assert!(!is_a_part(&test, bottom), "it belongs to none of them any more");
    let whole = test.call("pages.put_together", json!({"id": middle}));
    assert_eq!((&whole["documents"], total(&test, json!({}))), (&json!([top]), 2), "the others still do");
}

#[test]
fn a_letter_whose_last_page_came_first_is_understood_and_put_in_order_by_one_press() {
    let test = TestApp::on(FRIDAY);
    let page = |mut lines: Vec<String>, number: u32| {
        lines.push(format!("Seite {number} von 2"));
        lines
    };
    let mut head = bill_lines("18.11.2026", "04.12.2026", 1);
    let end = page(head.split_off(10), 2);
    let path = test.folder().join("back first.pdf");
    fs::write(&path, pdf(&[end, page(head, 1)])).unwrap();
    let scan = test.document(&path);
    let places = |document: &Value| {
        ["invoice_number", "amount_due"].map(|field| fact(document, field)["evidence"]["page"].as_i64().unwrap())
    };
    assert_eq!(numbers(std::slice::from_ref(&scan)), ["R-2026-001"]);
    assert_eq!(places(&scan), [2, 1], "where they stand in the file");
    assert_eq!(scan["doubts"], json!([{"doubt": "page_order"}]));
    let arranged = test.call("pages.put_in_order", json!({"id": scan["id"]}));
    assert_eq!(arranged["documents"], json!([scan["id"]]));
    let letter = test.call("documents.get", json!({"id": scan["id"]}));
    assert_eq!((places(&letter), &letter["doubts"]), ([1, 2], &json!([])));
    let again = test.call("pages.put_in_order", json!({"id": scan["id"]}));
    assert_eq!(again["documents"], json!([scan["id"]]), "nothing is left to do");
}
