//! A person looks, corrects and accepts; what follows is planned anew.

use journeys::{TestApp, fact, fixture, sample};
use serde_json::{Value, json};

const FRIDAY: &str = "2026-11-20";

fn correct(test: &TestApp, document: &Value, field: &str, value: impl Into<Value>) -> Value {
    test.call("review.correct", json!({"id": document["id"], "field": field, "value": value.into()}))
}

#[test]
fn corrections_as_one_writes_them_in_german_move_the_task() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    correct(&test, &document, "amount_due", "1.234,56 €");
    // A Sunday: paid on the last bank day before, at the latest on the Monday after (BGB § 193).
    let corrected = correct(&test, &document, "due_date", "14.3.27");
    let due = fact(&corrected, "due_date");
    assert_eq!((&due["value"], &due["origin"], &due["certain"]), (&json!("2027-03-14"), &json!("user"), &json!(true)));
    let tasks = test.items("tasks.list", json!({}));
    assert_eq!(tasks.as_array().unwrap().len(), 1, "the old task is not left beside the new one: {tasks}");
    assert_eq!(tasks[0]["amount"], json!({"amount": "1234.56", "currency": "EUR"}));
    assert_eq!((&tasks[0]["due"], &tasks[0]["latest"]), (&json!("2027-03-12"), &json!("2027-03-15")));
    assert_eq!(tasks[0]["next_reminder"], "2027-03-05T08:00:00Z");
}

#[test]
fn a_correction_keeps_all_that_a_person_has_said_about_the_task() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    let id = document["tasks"][0]["id"].clone();
    test.call("tasks.step", json!({"id": id, "position": 0, "done": true}));
    test.call("tasks.postpone", json!({"id": id, "due": "2026-12-03"}));
    test.call("tasks.pay", json!({"id": id, "amount": {"amount": "10.00", "currency": "EUR"}}));
    let before = test.call("reminders.snooze", json!({"task": id, "until": "one_hour"}));
    assert_eq!(before["next_reminder"], "2026-11-20T13:00:00Z");

    let corrected = correct(&test, &document, "amount_due", "60,00");
    let tasks = corrected["tasks"].as_array().unwrap();
    let [task] = tasks.as_slice() else { panic!("one task, not {}", tasks.len()) };
    assert_eq!((&task["id"], &task["amount"]["amount"]), (&id, &json!("60.00")));
    assert_eq!(task["open_amount"]["amount"], "50.00");
    for kept in ["due", "checklist", "payments", "next_reminder"] {
        assert_eq!(task[kept], before[kept], "{kept}");
    }
    // The deadline itself is another one: the day that was chosen for the old one does not hold any more.
    let moved = correct(&test, &document, "due_date", "14.3.27");
    let task = &moved["tasks"][0];
    assert_eq!((&task["id"], &task["due"]), (&id, &json!("2027-03-12")));
    assert_eq!((&task["checklist"], &task["next_reminder"]), (&before["checklist"], &before["next_reminder"]));

    let changed = test.call("documents.set_kind", json!({"id": document["id"], "kind": "publication"}));
    assert_eq!(changed["tasks"], json!([]), "what is not planned any more goes");
    for _ in 0..3 {
        test.call("history.undo", Value::Null);
    }
    assert_eq!(test.call("tasks.get", json!({"id": id})), before);
}

#[test]
fn a_letter_that_asks_for_money_without_a_day_becomes_a_task_by_one_press() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    let id = &document["id"];
    test.call("documents.set_kind", json!({"id": id, "kind": "letter"}));
    let letter = correct(&test, &document, "due_date", Value::Null);
    assert_eq!(letter["tasks"], json!([]), "nothing is planned by the program alone");
    // What would follow is shown before the press, and it is what follows.
    let shown = test.call("review.preview", json!({"id": id}));
    let [planned] = shown.as_array().unwrap().as_slice() else { panic!("one task, not {shown}") };
    let amount = fact(&document, "amount_due")["value"].clone();
    assert_eq!((&planned["kind"], &planned["amount"]["amount"]), (&json!("pay"), &amount));
    assert_eq!((&planned["due"], &planned["assumed"]), (&json!("2026-12-01"), &json!(true)));
    let accepted = test.call("review.accept", json!({"id": id}));
    let [task] = accepted["tasks"].as_array().unwrap().as_slice() else { panic!("one task, not {accepted}") };
    for same in ["kind", "amount", "due", "assumed"] {
        assert_eq!(task[same], planned[same], "{same}");
    }
    test.call("history.undo", Value::Null);
    assert_eq!(test.items("tasks.list", json!({})), json!([]));
}

#[test]
fn another_candidate_is_chosen_with_its_place_on_the_page() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    let facts = document["facts"].as_array().unwrap();
    let (field, candidate) = facts
        .iter()
        .find_map(|fact| {
            Some((fact["field"].as_str()?, fact["candidates"].as_array()?.iter().find(|c| c["evidence"].is_object())?))
        })
        .expect("somewhere another value could be meant");
    let corrected = correct(&test, &document, field, candidate["value"].clone());
    assert_eq!(fact(&corrected, field)["value"], candidate["value"]);
    assert_eq!(fact(&corrected, field)["evidence"], candidate["evidence"]);
}

#[test]
fn a_field_that_the_letter_does_not_state_can_be_denied() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    let corrected = correct(&test, &document, "due_date", Value::Null);
    assert_eq!(fact(&corrected, "due_date")["value"], Value::Null);
    // Without a printed day one is proposed: fourteen days after the letter of the 17th, as a question.
    let tasks = test.items("tasks.list", json!({}));
    assert_eq!((&tasks[0]["due"], &tasks[0]["assumed"]), (&json!("2026-12-01"), &json!(true)));
}

#[test]
fn a_bill_without_an_amount_is_still_to_be_paid_and_says_that_it_is_in_the_letter() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    for field in ["amount_due", "total_gross"] {
        correct(&test, &document, field, Value::Null);
    }
    test.call("review.accept", json!({"id": document["id"]}));
    let tasks = test.items("tasks.list", json!({}));
    assert_eq!((&tasks[0]["kind"], &tasks[0]["amount"]), (&json!("pay"), &Value::Null));
    assert_eq!(tasks[0]["derivation"]["notes"], json!(["amount_unknown"]));
    assert!(tasks[0]["next_reminder"].is_string());
    let code = test.call("tasks.payment", json!({"id": tasks[0]["id"]}));
    assert_eq!((&code["code"], &code["no_code"]), (&Value::Null, &json!("no_amount")));
    // Who finds it in the letter says it, and pays.
    let draft = json!({"title": "English", "kind": "pay", "due": tasks[0]["due"],
                       "amount": {"amount": "60.00", "currency": "EUR"}, "payee": tasks[0]["payee"]});
    test.call("tasks.edit", json!({"id": tasks[0]["id"], "draft": draft}));
    let paid = test.call("tasks.pay", json!({"id": tasks[0]["id"]}));
    assert_eq!(paid["status"], "done");
}

#[test]
fn what_a_person_wrote_on_a_task_outranks_its_letter_and_what_is_done_stays_done() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    let id = document["tasks"][0]["id"].clone();
    let draft = json!({"title": "Englisch für Kim", "kind": "pay", "due": document["tasks"][0]["due"],
                       "amount": {"amount": "61.00", "currency": "EUR"}, "payee": document["tasks"][0]["payee"]});
    test.call("tasks.edit", json!({"id": id, "draft": draft}));
    let corrected = correct(&test, &document, "amount_due", "60,00");
    let renamed = correct(&test, &document, "seller_name", "Sprachschule Nord");
    let said = |task: &Value| (task["title"].clone(), task["amount"]["amount"].clone());
    let kept = (json!("Englisch für Kim"), json!("61.00"));
    assert_eq!((said(&corrected["tasks"][0]), said(&renamed["tasks"][0])), (kept.clone(), kept));
    assert_eq!(renamed["tasks"][0]["payee"], "Sprachschule Nord", "what was not said follows the letter");

    test.call("tasks.complete", json!({"id": id}));
    let later = correct(&test, &document, "invoice_number", "E-18");
    let tasks = later["tasks"].as_array().unwrap();
    assert_eq!((tasks.len(), &tasks[0]["status"]), (1, &json!("done")), "it is not asked for again");
}

#[test]
fn another_sender_is_another_correspondent() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Mahnung Buchhandlung.pdf"));
    let corrected = correct(&test, &document, "seller_name", "Inkasso Nord");
    let (title, task) = (corrected["title"].as_str().unwrap(), &corrected["tasks"][0]);
    assert!(title.ends_with(" · Inkasso Nord"), "{title}");
    assert_eq!((&task["title"], &task["payee"]), (&json!(title), &json!("Inkasso Nord")));
}

#[test]
fn what_cannot_be_meant_is_refused_with_an_example_and_changes_nothing() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    for (field, value, hint) in [
        ("due_date", "bald", "14.03.2026"),
        ("due_date", "31.2.2026", "14.03.2026"),
        ("amount_due", "viel", "84,20"),
        ("iban", "DE91 9995 0345 0002 7182 81", "DE91"),
        ("currency", "Taler", "EUR"),
        ("amount_due", "  ", "value"),
    ] {
        let failure = test.refused("review.correct", json!({"id": document["id"], "field": field, "value": value}));
        assert_eq!(failure.code.as_str(), "bad_input", "{field} = {value}");
        assert!(failure.message.contains(hint), "{}", failure.message);
    }
    let unknown = test.refused("review.correct", json!({"id": document["id"], "field": "colour", "value": "red"}));
    assert_eq!(unknown.code.as_str(), "bad_input");
    assert_eq!(test.call("documents.get", json!({"id": document["id"]})), document);
}

#[test]
fn what_does_not_exist_is_named() {
    let test = TestApp::on(FRIDAY);
    let nobody = "01234567-89ab-7def-8123-456789abcdef";
    for (command, input) in [
        ("documents.get", json!({"id": nobody})),
        ("review.accept", json!({"id": nobody})),
        ("documents.trash", json!({"id": nobody})),
        ("tasks.complete", json!({"id": nobody})),
        ("reminders.snooze", json!({"task": nobody, "until": "one_hour"})),
    ] {
        let failure = test.refused(command, input);
        assert_eq!(failure.code.as_str(), "not_found", "{command}");
        assert!(failure.message.contains(nobody), "{command}: {}", failure.message);
    }
    assert_eq!(test.refused("documents.burn", Value::Null).code.as_str(), "unknown_command");
}

#[test]
fn accepting_makes_the_task_and_names_the_next_letter() {
    let test = TestApp::on("2025-05-01");
    let bill = test.document(&fixture("household/bill-without-date.pdf"));
    test.clock.go_to("2025-05-01T12:00:01Z");
    let notice = test.document(&fixture("household/authority-letter.pdf"));
    assert_eq!(bill["doubts"], json!([{"doubt": "missing", "field": "due_date"}]));
    assert_eq!(fact(&bill, "due_date")["questioned"], true, "an empty field is shown where one is wanted");
    let guess = &bill["tasks"][0];
    assert_eq!(
        (&guess["due"], &guess["assumed"], &guess["provisional"]),
        (&json!("2025-05-12"), &json!(true), &json!(true))
    );

    let corrected = correct(&test, &bill, "due_date", "30.05.2025");
    let task = &corrected["tasks"][0];
    assert_eq!(
        (&task["id"], &task["due"], &task["provisional"]),
        (&guess["id"], &json!("2025-05-30"), &json!(true)),
        "what is in review waits for its acceptance"
    );
    let accepted = test.call("review.accept", json!({"id": bill["id"]}));
    assert_eq!((&accepted["tasks"][0]["due"], &accepted["next"]), (&json!("2025-05-30"), &notice["id"]));
    assert_eq!(accepted["tasks"][0]["provisional"], false);
    let accepted = test.call("review.accept", json!({"id": notice["id"]}));
    assert_eq!((accepted["tasks"].as_array().unwrap().len(), &accepted["next"]), (1, &Value::Null));
    assert_eq!(test.items("review.list", Value::Null), json!([]));
}

#[test]
fn a_kind_said_by_a_person_is_settled() {
    let test = TestApp::on(FRIDAY);
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    let changed = test.call("documents.set_kind", json!({"id": notice["id"], "kind": "publication"}));
    assert_eq!(
        (&changed["kind"], &changed["kind_confidence"], &changed["doubts"]),
        (&json!("publication"), &json!(1.0), &json!([]))
    );
    let accepted = test.call("review.accept", json!({"id": notice["id"]}));
    assert_eq!(accepted["tasks"], json!([]), "a publication asks for nothing");
}

#[test]
fn a_correction_survives_the_same_letter_coming_again() {
    let test = TestApp::on(FRIDAY);
    let letter = sample("Mahnung Buchhandlung.pdf");
    let document = test.document(&letter);
    correct(&test, &document, "amount_due", "50,00");
    let again = test.document(&letter);
    assert_eq!(
        (&fact(&again, "amount_due")["value"], &fact(&again, "amount_due")["origin"]),
        (&json!("50.00"), &json!("user"))
    );
}

#[test]
fn a_word_clicked_on_the_page_is_a_value_with_its_place() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Invoice English lessons.pdf"));
    let words = test.call("documents.words", json!({"id": document["id"], "page": 1}));
    let due = fact(&document, "due_date")["evidence"].clone();
    let inside = |word: &&Value| {
        let middle =
            |side: &str, size: &str| word["rect"][side].as_f64().unwrap() + word["rect"][size].as_f64().unwrap() / 2.0;
        let within = |at: f64, side: &str, size: &str| {
            let from = due["rect"][side].as_f64().unwrap();
            (from..from + due["rect"][size].as_f64().unwrap()).contains(&at)
        };
        within(middle("x", "w"), "x", "w") && within(middle("y", "h"), "y", "h")
    };
    let framed: Vec<&str> =
        words.as_array().unwrap().iter().filter(inside).filter_map(|w| w["text"].as_str()).collect();
    assert_eq!(json!(framed.join(" ")), due["text"], "the words of the page lie where the evidence says");
    assert_eq!(test.call("documents.words", json!({"id": document["id"], "page": 9})), json!([]));

    let place = json!({"page": 1, "rect": due["rect"], "text": due["text"]});
    let corrected = test.call(
        "review.correct",
        json!({"id": document["id"], "field": "due_date", "value": due["text"], "evidence": place}),
    );
    assert_eq!(fact(&corrected, "due_date")["value"], fact(&document, "due_date")["value"]);
    assert_eq!(fact(&corrected, "due_date")["evidence"]["page"], 1);
}

#[test]
fn a_correction_of_a_dangerous_letter_moves_its_deadline_at_once() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Steuerbescheid 2025.pdf"));
    assert_eq!(document["state"], "review");
    let objection = |document: &Value| {
        let tasks = document["tasks"].as_array().unwrap();
        tasks.iter().find(|task| task["kind"] == "object").map(|task| task["due"].clone())
    };
    let before = objection(&document).expect("watched from the start");
    let corrected = correct(&test, &document, "posting_or_letter_date", "2.11.2026");
    assert_eq!(corrected["state"], "review", "it still waits for a look");
    assert!(objection(&corrected).expect("still watched").as_str() < before.as_str());
    // A letter of any kind that asks for money by a day is paid; an advertisement only looks as if it did.
    let advertisement = test.call("documents.set_kind", json!({"id": document["id"], "kind": "advertisement"}));
    assert_eq!(advertisement["tasks"], json!([]), "what turned out to be harmless is not watched any more");
}

#[test]
fn each_value_says_how_sure_it_is_and_why_it_was_taken() {
    let test = TestApp::on("2025-05-01");
    let bill = test.document(&fixture("household/bill-without-date.pdf"));
    for fact in bill["facts"].as_array().unwrap() {
        let expected = match (fact["questioned"] == true, fact["certain"] == true) {
            (true, _) => "question",
            (false, true) => "sure",
            (false, false) => "probable",
        };
        assert_eq!(fact["certainty"], expected, "{fact:#}");
    }
    assert_eq!(fact(&bill, "due_date")["certainty"], "question", "nothing was found");
    let why = test.call("review.why", json!({"id": bill["id"]}));
    let of = |field: Value| why.as_array().unwrap().iter().find(|one| one["field"] == field).cloned();
    let amount = of(json!("amount_due")).expect("the amount was weighed");
    let reasons = amount["reasons"].as_array().unwrap();
    assert!(reasons.iter().any(|reason| reason["speaks_for"] == true), "{amount:#}");
    assert!(of(Value::Null).is_some(), "and the kind");
    let said = correct(&test, &bill, "amount_due", "98,50");
    assert_eq!(fact(&said, "amount_due")["certainty"], "sure", "a person has said so");
}

#[test]
fn that_a_proposed_day_fits_is_an_answer() {
    let test = TestApp::on("2025-05-01");
    let bill = test.document(&fixture("household/bill-without-date.pdf"));
    let task = &bill["tasks"][0];
    assert_eq!(
        (&bill["doubts"], &task["assumed"]),
        (&json!([{"doubt": "missing", "field": "due_date"}]), &json!(true))
    );
    let proposed = task["derivation"]["assumptions"].as_array().unwrap().iter();
    let proposed = proposed.map(|one| &one["assumption"]).find(|one| one["what"] == "due").expect("a proposed day");
    let settled = test.call("deadlines.assume", json!({"id": task["id"], "assumption": proposed}));
    assert_eq!((&settled["due"], &settled["assumed"]), (&task["due"], &json!(false)));
    let shown = test.call("documents.get", json!({"id": bill["id"]}));
    assert_eq!(shown["doubts"], json!([]), "nothing is asked any more");
    assert_eq!(test.call("review.clear", Value::Null), json!([bill["id"]]));
    let accepted = test.call("review.accept", json!({"id": bill["id"]}));
    assert_eq!((&accepted["tasks"][0]["due"], &accepted["tasks"][0]["assumed"]), (&task["due"], &json!(false)));
}
