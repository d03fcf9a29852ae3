//! Questions typed into the search box are answered from what is known to be paid.

use journeys::TestApp;
use serde_json::{Value, json};

const SWEEP: &str = "Kaminkehrer Norbert Rußig · Am Anger 3 · 05123 Eichenbruck";

/// A bill of the chimney sweep.
fn sweep(test: &TestApp, number: &str, of: &str, due: &str, amount: &str) -> Value {
    let lines = [
        &format!("Rechnungsnummer: {number}"),
        &format!("Rechnungsdatum: {of}"),
        "für die Kehrung Ihrer Abgasanlage berechnen wir:",
        &format!("Rechnungsbetrag: {amount} €"),
        &format!("Bitte überweisen Sie den Rechnungsbetrag bis zum {due}."),
        "IBAN: DE89 3704 0044 0532 0130 00",
    ];
    test.accepted_letter(&format!("{number}.pdf"), SWEEP, "Rechnung", &lines)
}

fn pay(test: &TestApp, bill: &Value, on: &str) {
    let task = bill["tasks"].as_array().unwrap().iter().find(|task| task["kind"] == "pay").unwrap();
    test.call("tasks.pay", json!({"id": task["id"], "paid_on": on, "how": "transfer"}));
}

fn ask(test: &TestApp, question: &str) -> Value {
    test.call("search.find", json!({"query": question, "facets": true}))
}

#[test]
fn when_and_how_much_the_chimney_sweep_was_paid_is_answered_in_either_language_and_by_any_of_his_names() {
    let test = TestApp::on("2026-11-20");
    let first = sweep(&test, "KR-24-7", "04.11.2026", "24.11.2026", "61,90");
    let second = sweep(&test, "KR-25-9", "10.11.2026", "30.11.2026", "68,40");
    let open = sweep(&test, "KR-26-3", "18.11.2026", "04.12.2026", "71,20");
    pay(&test, &first, "2025-03-20");
    pay(&test, &second, "2026-11-12");
    // The landlord's settlement only mentions him, and says nothing about what was paid to him.
    let landlord = [
        "Rechnungsnummer: NK-2025",
        "Rechnungsdatum: 12.11.2026",
        "Schornsteinfeger 45,00 €, Müll 120,00 €",
        "Rechnungsbetrag: 165,00 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 30.11.2026.",
    ];
    let other = "Hausverwaltung Anger GmbH · Am Anger 9 · 05123 Eichenbruck";
    let settlement = test.accepted_letter("nk.pdf", other, "Betriebskostenabrechnung", &landlord);
    pay(&test, &settlement, "2026-11-13");

    for question in [
        "wann habe ich zuletzt den Schornsteinfeger bezahlt und wie viel",
        "Wann habe ich den Kaminkehrer zuletzt bezahlt?",
        "when did I last pay the chimney sweep, and how much",
    ] {
        let found = ask(&test, question);
        let answer = &found["answer"];
        let last = &answer["last"];
        assert_eq!(last["document"], second["id"], "{question}: {answer:#}");
        assert_eq!((&last["on"], &last["how"]), (&json!("2026-11-12"), &json!("transfer")));
        assert_eq!(last["amount"], json!({"amount": "68.40", "currency": "EUR"}));
        let years: Vec<_> = answer["years"].as_array().unwrap().iter().map(|year| &year["year"]).collect();
        assert_eq!(years, [2026, 2025], "newest first");
        assert_eq!(answer["years"][1]["payments"][0]["document"], first["id"]);
        assert_eq!((&answer["count"], &answer["sums"]), (&json!(2), &json!([{"amount": "130.30", "currency": "EUR"}])));
        assert_eq!((&answer["unpaid_total"], &answer["unpaid"][0]["id"]), (&json!(1), &open["id"]));
        let hits = found["items"].as_array().unwrap();
        assert!(hits.iter().any(|hit| hit["document"]["id"] == first["id"]), "{question}: {hits:#?}");
        let page = test.call("search.hits", json!({"id": first["id"], "query": question}));
        assert!(!page[0]["rects"].as_array().unwrap().is_empty(), "his name is marked: {page}");
    }

    let of_year = ask(&test, "wie viel habe ich 2025 für den Schornsteinfeger bezahlt?");
    assert_eq!(of_year["answer"]["sums"], json!([{"amount": "61.90", "currency": "EUR"}]), "{of_year:#}");
    assert_eq!(of_year["answer"]["unpaid_total"], 0, "the open bill is of another year");
    assert_eq!(of_year["chips"][0]["text"], "date:2025");
}

#[test]
fn where_nothing_is_known_nothing_is_answered() {
    let test = TestApp::on("2026-11-20");
    sweep(&test, "KR-26-3", "18.11.2026", "04.12.2026", "71,20");
    for question in [
        // Nobody by this name has written.
        "wann habe ich zuletzt den Zahnarzt bezahlt?",
        // No question about payments, and no question at all.
        "wo wohnt der Schornsteinfeger?",
        "Schornsteinfeger",
        // About nothing.
        "wann habe ich zuletzt bezahlt?",
    ] {
        assert_eq!(ask(&test, question)["answer"], Value::Null, "{question}");
    }
    // A bill that nobody has paid is named as such, and is no payment.
    let answer = &ask(&test, "wann habe ich den Schornsteinfeger bezahlt?")["answer"];
    assert_eq!((&answer["last"], &answer["unpaid_total"], &answer["count"]), (&Value::Null, &json!(1), &json!(0)));
}

#[test]
fn the_years_among_the_facets_are_the_newest_first() {
    let test = TestApp::on("2026-11-20");
    for (number, of) in [("KR-1", "04.11.2024"), ("KR-2", "05.11.2024"), ("KR-3", "04.11.2026"), ("KR-4", "04.11.2025")]
    {
        sweep(&test, number, of, "04.12.2026", "71,20");
    }
    let facets = &ask(&test, "Schornsteinfeger")["facets"]["years"];
    let years: Vec<_> = facets.as_array().unwrap().iter().map(|year| year["value"].as_str().unwrap()).collect();
    assert_eq!(years, ["2026", "2025", "2024"]);
}

#[test]
fn the_name_of_a_sender_is_not_a_part_of_another_word() {
    let test = TestApp::on("2026-11-20");
    let plumber = "Installationen Gruber GmbH · Am Anger 3 · 05123 Eichenbruck";
    let shelter = "Grubenhunde in Not e. V. · Am Anger 4 · 05123 Eichenbruck";
    let bill = |number: &str, sender: &str, due: &str, amount: &str, account: &str| {
        let lines = [
            &format!("Rechnungsnummer: {number}"),
            "Rechnungsdatum: 02.11.2026",
            &format!("Rechnungsbetrag: {amount} €"),
            &format!("Bitte überweisen Sie den Rechnungsbetrag bis zum {due}."),
            &format!("IBAN: {account}"),
        ];
        test.accepted_letter(&format!("{number}.pdf"), sender, "Rechnung", &lines)
    };
    let gruber = bill("IG-26-3", plumber, "24.11.2026", "495,00", "DE89 3704 0044 0532 0130 00");
    let dogs = bill("GN-26-8", shelter, "25.11.2026", "75,00", "DE02 1203 0000 0000 2020 51");
    pay(&test, &dogs, "2026-11-12");
    let answer = ask(&test, "When did I last pay Gruber?")["answer"].clone();
    assert_eq!((&answer["last"], &answer["unpaid"][0]["id"]), (&Value::Null, &gruber["id"]));
}
