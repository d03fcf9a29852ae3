//! What a person corrects once is read right on the sender's next letter.

use journeys::letter::letter_from;
use journeys::{TestApp, fact};
use serde_json::{Value, json};

/// A letter of the same office with this line in it.
fn letter(test: &TestApp, name: &str, line: &str) -> Value {
    let address = "Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck";
    let lines = [
        &format!("Rechnungsnummer: {name}"),
        "Rechnungsdatum: 12.11.2026",
        "Rechnungsbetrag: 142,80 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026.",
        "IBAN: DE89 3704 0044 0532 0130 00",
        line,
    ];
    let path = test.folder().join(format!("{name}.pdf"));
    std::fs::write(&path, letter_from(address, "Rechnung", &lines)).unwrap();
    test.document(&path)
}

fn correct(test: &TestApp, document: &Value, value: &str) -> Value {
    let input = json!({"id": document["id"], "field": "customer_number", "value": value});
    test.call("review.correct", input)
}

fn customer_number(document: &Value) -> Option<&str> {
    let facts = document["facts"].as_array().unwrap();
    facts.iter().find(|fact| fact["field"] == "customer_number")?["value"].as_str()
}

#[test]
fn what_was_shown_once_is_found_on_the_next_letter_of_the_sender_until_it_fails() {
    let test = TestApp::on("2026-11-20");
    let first = letter(&test, "GH-1", "Grundstück im Plan: WA-77");
    assert_eq!(customer_number(&first), None);
    let shown = correct(&test, &first, "WA-77");
    assert!(fact(&shown, "customer_number")["evidence"].is_object(), "the typed value has its place");

    let second = letter(&test, "GH-2", "Grundstück im Plan: WB-12");
    assert_eq!(fact(&second, "customer_number")["value"], "WB-12");
    assert_eq!(fact(&second, "customer_number")["checks"], json!(["learned"]));
    let sender = json!({"id": second["correspondent_id"]});
    test.call("review.accept", json!({"id": second["id"]}));
    let rules = test.call("rules.list", sender.clone());
    assert_eq!(
        (&rules[0]["anchor"]["words"], &rules[0]["anchor"]["side"]),
        (&json!("grundstuck im plan"), &json!("behind"))
    );
    assert_eq!(rules[0]["record"], json!({"right": 1, "wrong": 0}));

    // It is tried on the sender's letters, switched off, and that is undone.
    let anchor = rules[0]["anchor"].clone();
    let draft = json!({"id": second["correspondent_id"], "field": "customer_number", "anchor": anchor});
    let mut found: Vec<String> = test
        .call("rules.try", draft)
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["value"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, ["WA-77", "WB-12"]);
    test.call("rules.switch", json!({"id": second["correspondent_id"], "field": "customer_number", "off": true}));
    assert_eq!(customer_number(&letter(&test, "GH-3", "Grundstück im Plan: WC-1")), None);
    test.call("history.undo", Value::Null);

    // Twice it is not what the person wants: the rule retires by itself.
    for (name, plot, wanted) in [("GH-4", "WD-1", "K 400"), ("GH-5", "WE-1", "K 500")] {
        let next = letter(&test, name, &format!("Grundstück im Plan: {plot}"));
        assert_eq!(customer_number(&next), Some(plot));
        correct(&test, &next, wanted);
    }
    assert_eq!(test.call("rules.list", sender)[0]["holds"], false);
    assert_eq!(customer_number(&letter(&test, "GH-6", "Grundstück im Plan: WF-1")), None);
}
