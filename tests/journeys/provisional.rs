//! What waits for a look does not hide: its tasks are there by their days, as guesses.

use journeys::letter::letter_from;
use journeys::{TestApp, fixture, sample};
use serde_json::{Value, json};

const DAY: &str = "2025-05-01";

/// A bill whose day to pay by is not printed, which waits for a look, and a letter of an authority, which always does.
fn waiting(test: &TestApp) -> [Value; 2] {
    let notice = test.document(&fixture("household/authority-letter.pdf"));
    let bill = test.document(&fixture("household/bill-without-date.pdf"));
    assert_eq!((&bill["state"], &notice["state"]), (&json!("review"), &json!("review")));
    [bill, notice]
}

/// The tasks of a list that belong to a document.
fn of<'a>(document: &Value, tasks: &'a Value) -> Vec<&'a Value> {
    let tasks = tasks.as_array().unwrap().iter();
    tasks.filter(|task| task["document"] == document["id"]).collect()
}

#[test]
fn what_waits_for_a_look_is_on_today_among_the_tasks_and_in_the_calendar_as_a_guess() {
    let test = TestApp::on(DAY);
    let [bill, _] = waiting(&test);
    let listed = test.items("tasks.list", json!({}));
    let [task] = of(&bill, &listed)[..] else { panic!("one task of the bill: {listed:#}") };
    assert_eq!((&task["provisional"], &task["due"]), (&json!(true), &json!("2025-05-12")));

    let today = test.call("today.get", Value::Null);
    let shown =
        json!([today["cards"].as_array().unwrap().clone(), today["coming"].as_array().unwrap().clone()].concat());
    assert_eq!(of(&bill, &shown).len(), 1, "{today:#}");
    let days = json!({"from": "2025-05-12", "to": "2025-05-12", "each": 5});
    let day = test.call("calendar.days", days);
    assert_eq!((&day[0]["items"][0]["task"], &day[0]["items"][0]["provisional"]), (&task["id"], &json!(true)));

    // In the trash it asks for nothing.
    test.call("documents.trash", json!({"id": bill["id"]}));
    assert!(of(&bill, &test.items("tasks.list", json!({}))).is_empty());
}

#[test]
fn what_follows_from_a_clear_letter_is_no_guess() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    assert_eq!((&bill["state"], &bill["tasks"][0]["provisional"]), (&json!("accepted"), &json!(false)));
}

#[test]
fn the_queue_is_in_the_order_of_the_days_and_says_them() {
    let test = TestApp::on(DAY);
    let [bill, notice] = waiting(&test);
    let queue = |test: &TestApp| -> Vec<(Value, Value)> {
        let rows = test.items("review.list", Value::Null);
        rows.as_array().unwrap().iter().map(|row| (row["id"].clone(), row["next_day"].clone())).collect()
    };
    let day_of = |document: &Value| {
        let view = test.call("documents.get", json!({"id": document["id"]}));
        view["tasks"].as_array().unwrap().iter().map(|task| task["due"].clone()).min_by_key(Value::to_string).unwrap()
    };
    let mut expected = [(bill["id"].clone(), day_of(&bill)), (notice["id"].clone(), day_of(&notice))];
    expected.sort_by_key(|(_, day)| day.to_string());
    assert_eq!(queue(&test), expected);

    // Another day is another place.
    let before = queue(&test);
    let last = if before[1].0 == bill["id"] { "2.5.2025" } else { "30.12.2025" };
    test.call("review.correct", json!({"id": bill["id"], "field": "due_date", "value": last}));
    let after = queue(&test);
    assert_eq!((&after[0].0, &after[1].0), (&before[1].0, &before[0].0));
}

#[test]
fn what_a_letter_would_become_is_said_before_it_is_accepted_and_nothing_is_stored_by_that() {
    let test = TestApp::on(DAY);
    let [bill, _] = waiting(&test);
    let preview = |more: Value| {
        let mut input = json!({"id": bill["id"]});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        test.call("review.preview", input)
    };
    let as_it_is = preview(json!({}));
    assert_eq!((&as_it_is[0]["kind"], &as_it_is[0]["due"]), (&json!("pay"), &json!("2025-05-12")));
    assert_eq!(as_it_is[0]["assumed"], true);
    let dated = preview(json!({"field": "due_date", "value": "30.05.2025"}));
    assert_eq!((&dated[0]["due"], &dated[0]["assumed"]), (&json!("2025-05-30"), &json!(false)));
    let cheaper = preview(json!({"field": "amount_due", "value": "98,50"}));
    assert_eq!(cheaper[0]["amount"], json!({"amount": "98.50", "currency": "EUR"}));
    let unreadable = json!({"id": bill["id"], "field": "due_date", "value": "bald"});
    assert_eq!(test.refused("review.preview", unreadable).code.as_str(), "bad_input");
    assert_eq!(test.call("documents.get", json!({"id": bill["id"]})), bill, "nothing was stored");

    test.call("review.correct", json!({"id": bill["id"], "field": "due_date", "value": "30.05.2025"}));
    assert_eq!(preview(json!({})), dated, "the stored value gives the same");
    let accepted = test.call("review.accept", json!({"id": bill["id"]}));
    for part in ["kind", "rule", "due", "due_time", "latest", "assumed", "amount"] {
        assert_eq!(accepted["tasks"][0][part], dated[0][part], "{part}");
    }
}

#[test]
fn accepting_settles_the_same_task_and_undoing_makes_it_a_guess_again() {
    let test = TestApp::on(DAY);
    let [bill, _] = waiting(&test);
    let task = |test: &TestApp| test.call("tasks.get", json!({"id": bill["tasks"][0]["id"]}));
    assert_eq!(task(&test)["provisional"], true);
    test.call("review.accept", json!({"id": bill["id"]}));
    assert_eq!(task(&test)["provisional"], false);
    test.call("history.undo", Value::Null);
    assert_eq!(task(&test)["provisional"], true);
}

/// A bill that is paid by a later reminder is only taken off the list when a person has looked at the reminder.
#[test]
fn a_reminder_that_waits_for_a_look_takes_no_payment_over() {
    let test = TestApp::on("2026-11-20");
    let address = "Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck";
    let take_in = |name: &str, heading: &str, lines: &[&str]| {
        let path = test.folder().join(name);
        std::fs::write(&path, letter_from(address, heading, lines)).unwrap();
        test.document(&path)
    };
    let of_bill = [
        "Rechnungsnummer: GH-2026-117",
        "Rechnungsdatum: 12.11.2026",
        "Rechnungsbetrag: 142,80 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026 auf unser Konto.",
    ];
    let bill = take_in("rechnung.pdf", "Rechnung", &of_bill);
    // No day to pay by: it waits for a look.
    let of_reminder = [
        "Datum: 18.11.2026",
        "Unsere Rechnung GH-2026-117 vom 12.11.2026 über 142,80 € ist noch offen.",
        "Mahngebühr: 5,00 €",
        "Zu zahlender Gesamtbetrag: 147,80 €",
    ];
    let reminder = take_in("mahnung.pdf", "1. Mahnung", &of_reminder);
    assert_eq!((&reminder["state"], &reminder["related"][0]["id"]), (&json!("review"), &bill["id"]));
    assert_eq!(reminder["tasks"][0]["provisional"], true);
    let open = |test: &TestApp| -> Vec<Value> {
        let tasks = test.items("tasks.list", json!({}));
        let pays = tasks.as_array().unwrap().iter().filter(|task| task["kind"] == "pay");
        pays.map(|task| task["document"].clone()).collect()
    };
    assert!(open(&test).contains(&bill["id"]), "the bill is still to be paid");
    test.call("review.accept", json!({"id": reminder["id"]}));
    assert_eq!(open(&test), [reminder["id"].clone()]);
}
