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

/// A letter of somebody, with this name and address in one line above the window.
fn letter_of(test: &TestApp, sender: &str, name: &str, heading: &str, lines: &[&str]) -> Value {
    let path = test.folder().join(format!("{name}.pdf"));
    std::fs::write(&path, letter_from(sender, heading, lines)).unwrap();
    test.document(&path)
}

#[test]
fn a_rule_can_have_a_pattern_and_be_deleted_and_both_are_undone() {
    let test = TestApp::on("2026-11-20");
    let first = letter(&test, "GH-1", "Grundstück im Plan: Süd WA-77");
    correct(&test, &first, "WA-77");
    let sender = json!({"id": first["correspondent_id"]});
    let rule = test.call("rules.list", sender.clone())[0].clone();
    let draft = |pattern: &str| {
        let anchor = json!({"words": "Grundstück im Plan:", "side": "behind", "one_word": true, "pattern": pattern});
        json!({"id": first["correspondent_id"], "field": "customer_number", "anchor": anchor})
    };
    assert_eq!(test.refused("rules.try", draft("W(")).code.as_str(), "bad_pattern");
    assert_eq!(test.refused("rules.change", draft("W(")).code.as_str(), "bad_pattern");
    assert_eq!(test.call("rules.try", draft(r"w\p{L}-\d+"))[0]["value"], "WA-77");
    assert_eq!(test.call("rules.try", draft(r"x\p{L}-\d+"))[0]["value"], Value::Null);
    let changed = test.call("rules.change", draft(r"w\p{L}-\d+"));
    assert_eq!((&changed[0]["version"], &changed[0]["learned_from"]), (&json!(2), &Value::Null));
    assert_eq!(customer_number(&letter(&test, "GH-2", "Grundstück im Plan: ab Mai WB-12")), Some("WB-12"));

    assert_eq!(
        test.call("rules.forget", json!({"id": first["correspondent_id"], "field": "customer_number"})),
        json!([])
    );
    assert_eq!(customer_number(&letter(&test, "GH-3", "Grundstück im Plan: ab Mai WC-13")), None);
    test.call("history.undo", Value::Null);
    test.call("history.undo", Value::Null);
    assert_eq!(test.call("rules.list", sender)[0]["anchor"], rule["anchor"]);
}

#[test]
fn a_letter_of_somebody_else_goes_with_its_account_and_the_next_one_is_theirs() {
    let test = TestApp::on("2026-11-20");
    let lines = |number: &str, iban: &str| {
        [
            format!("Rechnungsnummer: {number}"),
            "Rechnungsdatum: 12.11.2026".to_owned(),
            "Rechnungsbetrag: 142,80 €".to_owned(),
            "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026.".to_owned(),
            format!("IBAN: {iban}"),
        ]
    };
    // Two practices under one name, told apart by their accounts only.
    let practice = "Praxis Beispiel GmbH · Am Anger 3 · 05123 Eichenbruck";
    let letter = |number: &str, iban: &str| {
        let lines = lines(number, iban);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        letter_of(&test, practice, number, "Rechnung", &lines)
    };
    let (one, other) = ("DE89 3704 0044 0532 0130 00", "DE02 1203 0000 0000 2020 51");
    let kept = letter("P-1", one);
    let moved = letter("P-2", other);
    let along = letter("P-3", other);
    assert_eq!(moved["correspondent_id"], kept["correspondent_id"]);
    assert_eq!(moved["warnings"], json!([{"warning": "changed_account"}]));

    let alike = test.call("correspondents.alike", json!({"id": moved["id"]}));
    assert!(alike.as_array().unwrap().iter().any(|row| row["id"] == along["id"]), "{alike:#}");
    let documents = json!([moved["id"], along["id"]]);
    let split = json!({"documents": documents, "name": "Praxis Beispiel, Dr. Nord"});
    let new = test.call("correspondents.split", split)["id"].clone();
    let shown = test.call("documents.get", json!({"id": moved["id"]}));
    assert_eq!((&shown["correspondent_id"], &shown["warnings"]), (&new, &json!([])));
    assert_eq!(fact(&shown, "seller_name")["value"], "Praxis Beispiel, Dr. Nord");
    assert_eq!(shown["title"], "Rechnung P-2 · Praxis Beispiel, Dr. Nord");
    assert_eq!(shown["tasks"][0]["payee"], "Praxis Beispiel, Dr. Nord");
    let accounts = |id: &Value| test.call("correspondents.get", json!({"id": id}))["accounts"].clone();
    assert_eq!(accounts(&new), json!([other.replace(' ', "")]));
    assert_eq!(accounts(&kept["correspondent_id"]), json!([one.replace(' ', "")]));
    assert_eq!(letter("P-4", other)["correspondent_id"], new);
    assert_eq!(letter("P-5", one)["correspondent_id"], kept["correspondent_id"]);
}

#[test]
fn splitting_a_sender_is_undone_whole() {
    let test = TestApp::on("2026-11-20");
    let first = letter(&test, "GH-1", "");
    let before = test.call("documents.get", json!({"id": first["id"]}));
    let senders = test.items("correspondents.list", Value::Null);
    test.call("correspondents.split", json!({"documents": [first["id"]], "name": "Onkel Heinrich"}));
    let names = |list: &Value| list.as_array().unwrap().iter().map(|row| row["name"].clone()).collect::<Vec<_>>();
    assert_eq!(names(&test.items("correspondents.list", Value::Null)), ["Onkel Heinrich"]);
    test.call("history.undo", Value::Null);
    assert_eq!(test.items("correspondents.list", Value::Null), senders);
    assert_eq!(test.call("documents.get", json!({"id": first["id"]})), before);
    let refused = json!({"documents": [first["id"]], "name": " · "});
    assert_eq!(test.refused("correspondents.split", refused).code.as_str(), "bad_input");
}

#[test]
fn what_was_merged_stays_one_for_the_next_letter_and_comes_apart_by_undo() {
    let test = TestApp::on("2026-11-20");
    let lines = ["Datum: 12.11.2026", "Wir freuen uns auf Ihren Besuch."];
    let one = letter_of(&test, "Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck", "a", "Einladung", &lines);
    let other = letter_of(&test, "Hagenau Hof GmbH · Am Anger 3 · 05123 Eichenbruck", "b", "Hoffest", &lines);
    assert_ne!(one["correspondent_id"], other["correspondent_id"]);
    let pair = json!({"from": other["correspondent_id"], "into": one["correspondent_id"]});
    test.call("correspondents.merge", pair);
    let lines = ["Datum: 19.11.2026", "Das Hoffest war schön."];
    let next = letter_of(&test, "Hagenau Hof GmbH · Am Anger 3 · 05123 Eichenbruck", "c", "Danke", &lines);
    assert_eq!(next["correspondent_id"], one["correspondent_id"]);
    // The way back from a merger that others build on by now.
    test.call("correspondents.split", json!({"documents": [other["id"], next["id"]], "name": "Hagenau Hof GmbH"}));
    let lines = ["Datum: 20.11.2026", "Das nächste Hoffest kommt bestimmt."];
    let last = letter_of(&test, "Hagenau Hof GmbH · Am Anger 3 · 05123 Eichenbruck", "d", "Bis bald", &lines);
    let parted = test.call("documents.get", json!({"id": next["id"]}));
    assert_eq!(last["correspondent_id"], parted["correspondent_id"]);
    assert_ne!(last["correspondent_id"], one["correspondent_id"]);
}

#[test]
fn the_one_whom_several_senders_write_to_is_never_taken_for_a_sender() {
    // A letter of her own, scanned for the files.
    let page = [
        "Mara Winter · Lindenweg 4 · 05123 Eichenbruck",
        "",
        "Gartenbau Hagenau GmbH",
        "Am Anger 3",
        "05123 Eichenbruck",
        "",
        "Hoffest",
        "",
        "Datum: 18.11.2026",
        "hiermit sage ich für das Hoffest zu.",
    ];
    let sender = |test: &TestApp| {
        let copy = test.folder().join("eigener.pdf");
        std::fs::write(&copy, journeys::letter::letter_pdf(&page)).unwrap();
        test.document(&copy)["correspondent"].clone()
    };
    assert_eq!(sender(&TestApp::on("2026-11-20")), "Mara Winter", "as long as nothing is known of her");

    let test = TestApp::on("2026-11-20");
    for (number, office) in [("A-1", "Gartenbau Hagenau GmbH"), ("B-1", "Stadtwerke Eichenbruck GmbH")] {
        let lines = [
            &format!("Rechnungsnummer: {number}"),
            "Rechnungsdatum: 12.11.2026",
            "Rechnungsbetrag: 142,80 €",
            "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026.",
        ];
        let bill = letter_of(&test, &format!("{office} · Am Anger 3 · 05123 Eichenbruck"), number, "Rechnung", &lines);
        assert_eq!(fact(&bill, "buyer_name")["value"], "Mara Winter");
        test.call("review.accept", json!({"id": bill["id"]}));
    }
    assert_ne!(sender(&test), "Mara Winter");
}

#[test]
fn tags_and_kinds_are_suggested_from_what_is_filed_with_the_words_that_speak_for_them() {
    let test = TestApp::on("2026-11-20");
    let office = |name: &str| {
        let gift = format!("Spende {name}: Ihre Spende für den Tierschutz ist angekommen.");
        let lines = ["Datum: 12.11.2026", &gift, "Spendenquittung anbei."];
        letter_of(&test, "Tierheim Waldrand e.V. · Am Anger 3 · 05123 Eichenbruck", name, "Spende", &lines)
    };
    let other = |name: &str, word: &str| {
        let lines = ["Datum: 12.11.2026", &format!("Im Frühjahr beginnen die Arbeiten {word}.")];
        let done =
            letter_of(&test, "Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck", name, "Nachricht", &lines);
        test.call("review.accept", json!({"id": done["id"]}));
    };
    for (name, word) in [("n1", "im Garten"), ("n2", "am Zaun"), ("n3", "auf dem Hof")] {
        other(name, word);
    }
    let suggested = |document: &Value| test.call("documents.suggestions", json!({"id": document["id"]}));
    for name in ["s1", "s2", "s3"] {
        let gift = office(name);
        assert_eq!(suggested(&gift)["tags"], json!([]), "nothing is learned from fewer than three");
        test.call("documents.set_kind", json!({"id": gift["id"], "kind": "receipt"}));
        test.call("documents.edit", json!({"ids": [gift["id"]], "add_tags": ["Steuer"]}));
        test.call("review.accept", json!({"id": gift["id"]}));
    }
    let path = test.folder().join("s4.pdf");
    let address = "Tierheim Waldrand e.V. · Am Anger 3 · 05123 Eichenbruck";
    let lines = ["Ihre Spende für den Tierschutz ist angekommen.", "Eine Spendenquittung liegt bei."];
    std::fs::write(&path, letter_from(address, "Spende", &lines)).unwrap();
    let next = test.document(&path);
    let found = suggested(&next);
    assert_eq!(found["tags"][0]["path"], "Steuer", "{found:#} {}", next["kind"]);
    assert_eq!((&next["state"], &found["kind"]["kind"]), (&json!("review"), &json!("receipt")), "{found:#}");
    let because = found["tags"][0]["because"].as_array().unwrap();
    assert!((2..=3).contains(&because.len()) && because.iter().all(|word| word != "Arbeiten"), "{because:?}");

    // Taken, it is no suggestion any more; undone, it is one again.
    test.call("documents.edit", json!({"ids": [next["id"]], "add_tags": ["Steuer"]}));
    assert_eq!(suggested(&next)["tags"], json!([]));
    test.call("history.undo", Value::Null);
    assert_eq!(suggested(&next)["tags"], found["tags"]);
    // What must not be overlooked is not talked out of it.
    test.call("documents.set_kind", json!({"id": next["id"], "kind": "fine"}));
    assert_eq!(suggested(&next)["kind"], Value::Null);
}

#[test]
fn a_sender_shows_what_was_billed_and_what_was_paid_in_each_year() {
    let test = TestApp::on("2026-11-20");
    let first = letter(&test, "GH-1", "");
    let second = letter(&test, "GH-2", "");
    test.call("tasks.complete", json!({"id": first["tasks"][0]["id"], "how": "paid"}));
    let part = json!({"amount": "40.00", "currency": "EUR"});
    test.call("tasks.pay", json!({"id": second["tasks"][0]["id"], "amount": part, "paid_on": "2027-01-02"}));
    let years = test.call("correspondents.get", json!({"id": first["correspondent_id"]}))["years"].clone();
    let euros = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    let of = |year: i32, bills: u32, billed: &str, paid: &str| json!({"year": year, "bills": bills, "billed": euros(billed), "paid": euros(paid)});
    assert_eq!(years, json!([of(2027, 0, "0", "40.00"), of(2026, 2, "285.60", "142.80")]));
}
