//! Letters that are done as soon as they are there.

use journeys::{TestApp, letter};
use serde_json::{Value, json};

fn receipt() -> Vec<u8> {
    letter::letter_pdf(&[
        "Parkhaus Hafentor GmbH",
        "Am Hafen 3, 05123 Eichenbruck",
        "",
        "Quittung Nr. 4711",
        "20.11.2026 10:42",
        "",
        "Parkdauer 3 Stunden",
        "Summe EUR 12,50",
        "inkl. 19 % MwSt. EUR 2,00",
        "Bezahlt mit Girocard",
        "Vielen Dank und gute Fahrt!",
    ])
}

#[test]
fn a_letter_with_nothing_to_do_is_new_for_two_days_and_one_with_a_task_is_not_among_them() {
    let test = TestApp::on("2026-11-20");
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("receipt.pdf");
    std::fs::write(&path, receipt()).unwrap();
    let receipt = test.document(&path);
    test.document(&journeys::sample("Stadtwerke Jahresrechnung.pdf"));
    let filed = || test.call("today.get", Value::Null)["filed"].clone();
    let new = filed();
    assert_eq!((&new["total"], &new["documents"][0]["id"]), (&json!(1), &receipt["id"]), "{receipt}");
    assert_eq!(new["documents"][0]["amount"], json!({"amount": "12.50", "currency": "EUR"}));
    test.clock.go_to("2026-11-21T20:00:00Z");
    assert_eq!(filed()["total"], 1, "on the next day, too");
    test.clock.go_to("2026-11-22T08:00:00Z");
    assert_eq!(filed(), json!({"documents": [], "total": 0}));
    test.clock.go_to("2026-11-21T20:00:00Z");
    test.call("documents.trash", json!({"id": receipt["id"]}));
    assert_eq!(filed()["total"], 0);
}

#[test]
fn the_same_file_again_leads_to_the_first_document() {
    let test = TestApp::on("2026-11-20");
    let sample = journeys::sample("Stadtwerke Jahresrechnung.pdf");
    let first = test.document(&sample);
    let again = test.call("files.import", json!({"paths": [sample]}));
    assert_eq!((&again[0]["outcome"], &again[0]["document"]), (&json!("duplicate"), &first["id"]));
}
