//! What the calendar alone does: rights that nobody has used, debits whose day has passed, appointments that have begun.

use app::Scheduler;
use journeys::{TestApp, sample};
use serde_json::{Value, json};

use crate::reminding::Recorder;

/// A program that reminds, in English, with one channel.
fn reminding() -> (TestApp, &'static Recorder, Scheduler) {
    let channel = Recorder::new("first");
    let test = TestApp::with_channels("2026-11-20", vec![channel]);
    test.call("settings.change", json!({"key": "language", "value": "en"}));
    let scheduler = Scheduler::new(&test.app);
    (test, channel, scheduler)
}

/// The task of a letter with this kind, as it is now.
fn task(test: &TestApp, document: &Value, kind: &str) -> Value {
    let tasks = test.call("documents.get", json!({"id": document["id"]}))["tasks"].clone();
    tasks.as_array().unwrap().iter().find(|task| task["kind"] == kind).cloned().unwrap_or_default()
}

fn stands(task: &Value) -> (&Value, &Value) {
    (&task["status"], &task["done_how"])
}

#[test]
fn a_right_is_a_possibility_that_ends_by_itself_and_says_so() {
    let (test, channel, mut scheduler) = reminding();
    let mut at = |instant: &str| {
        test.clock.go_to(instant);
        scheduler.tick().unwrap();
        channel.shown()
    };
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    test.call("review.accept", json!({"id": notice["id"]}));
    test.call("tasks.complete", json!({"id": task(&test, &notice, "pay")["id"]}));
    at("2026-11-20T12:30:00Z");
    // To be safe by Friday, at the latest on Monday.
    assert_eq!(
        at("2026-12-11T08:00:00Z"),
        [
            "Check the tax notice: Bescheid für 2025 über Einkommensteuer und Solidaritätszuschlag · Finanzamt Eichenbruck\nobjection possible until Fri 18 Dec (in 7 days)\n\
             First step: find the envelope with its date."
        ]
    );
    at("2026-12-18T08:00:00Z");
    assert_eq!(
        at("2026-12-21T08:00:00Z"),
        [
            "Check the tax notice: Bescheid für 2025 über Einkommensteuer und Solidaritätszuschlag · Finanzamt Eichenbruck\nobjection possible until Mon 21 Dec (today)\n\
             First step: find the envelope with its date."
        ]
    );
    let id = task(&test, &notice, "object")["id"].clone();
    assert_eq!(at("2026-12-22T08:00:00Z"), Vec::<String>::new(), "nobody is reminded of what is over");
    let objection = task(&test, &notice, "object");
    assert_eq!(stands(&objection), (&json!("cancelled"), &json!("lapsed")));
    assert_eq!(
        test.call("tasks.list", json!({"filter": "done"}))["items"][0]["id"],
        id,
        "it is found among what is over"
    );

    // Today says so on that day, and then no more.
    let lapsed = |test: &TestApp| test.call("today.get", Value::Null)["lapsed"].clone();
    assert_eq!(lapsed(&test)[0]["id"], id);
    test.clock.go_to("2026-12-23T07:00:00Z");
    assert_eq!(lapsed(&test), json!([]));

    // What a person opens again stays open.
    test.call("tasks.reopen", json!({"id": id}));
    at("2026-12-23T08:00:00Z");
    assert_eq!(stands(&task(&test, &notice, "object")), (&json!("open"), &Value::Null));
}

#[test]
fn who_wants_to_object_has_a_task_from_then_on_that_does_not_end_by_itself() {
    let (test, channel, mut scheduler) = reminding();
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    let objection = task(&test, &notice, "object");
    test.call("tasks.status", json!({"id": objection["id"], "status": "in_progress"}));
    test.call("tasks.complete", json!({"id": task(&test, &notice, "pay")["id"]}));
    test.clock.go_to("2026-12-11T08:00:00Z");
    scheduler.tick().unwrap();
    let shown = channel.shown().join("\n");
    assert!(shown.contains("Send the objection: Bescheid für 2025 über Einkommensteuer und Solidaritätszuschlag · Finanzamt Eichenbruck"), "{shown}");
    test.clock.go_to("2026-12-23T08:00:00Z");
    scheduler.tick().unwrap();
    assert_eq!(task(&test, &notice, "object")["status"], "in_progress");
    let done = test.call("tasks.complete", json!({"id": objection["id"]}));
    assert_eq!(stands(&done), (&json!("done"), &json!("sent")));
}

#[test]
fn a_notice_that_fits_is_done_with_and_nobody_claims_to_have_objected() {
    let (test, ..) = reminding();
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    let done = test.call("tasks.complete", json!({"id": task(&test, &notice, "object")["id"]}));
    assert_eq!(stands(&done), (&json!("done"), &json!("accepted")));
    test.call("history.undo", Value::Null);
    assert_eq!(task(&test, &notice, "object")["status"], "open");
}

#[test]
fn a_right_that_turns_out_to_last_longer_is_there_again() {
    let (test, _, mut scheduler) = reminding();
    let notice = test.document(&sample("Steuerbescheid 2025.pdf"));
    test.clock.go_to("2026-12-23T08:00:00Z");
    scheduler.tick().unwrap();
    let lapsed = task(&test, &notice, "object");
    assert_eq!(lapsed["done_how"], "lapsed");
    // It came long after its date.
    let assumption = json!({"what": "received", "value": "2026-12-03"});
    let back = test.call("deadlines.assume", json!({"id": lapsed["id"], "assumption": assumption}));
    assert_eq!((&back["status"], &back["latest"]), (&json!("open"), &json!("2027-01-04")));
}

#[test]
fn a_debit_whose_day_has_passed_asks_for_nothing_any_more() {
    let (test, channel, mut scheduler) = reminding();
    let bill = test.document(&sample("Telefonrechnung November.pdf"));
    let mut at = |instant: &str| {
        test.clock.go_to(instant);
        scheduler.tick().unwrap();
        channel.shown()
    };
    // Debited on the 1st.
    assert_eq!(at("2026-12-01T08:00:00Z").len(), 1);
    assert_eq!(task(&test, &bill, "check_debit")["status"], "open");
    assert_eq!(at("2026-12-02T08:00:00Z"), Vec::<String>::new());
    assert_eq!(stands(&task(&test, &bill, "check_debit")), (&json!("done"), &json!("debited")));
}

#[test]
fn an_appointment_says_hour_place_and_what_to_bring_and_afterwards_that_it_was() {
    let (test, channel, mut scheduler) = reminding();
    let letter = test.document(&sample("Scan Zahnarzttermin.jpg"));
    let mut at = |instant: &str| {
        test.clock.go_to(instant);
        scheduler.tick().unwrap();
        channel.shown()
    };
    let shown = at("2026-12-09T08:00:00Z");
    assert_eq!(
        shown,
        [
            "Appointment: Ihr Termin bei uns · Zahnarztpraxis Dr. Ina Sommerfeld\ntomorrow (Thu 10 Dec), 09:30\nPlace: Rosenstraße 21, 2. Stock\n\
             Bitte bringen Sie Ihre Gesundheitskarte und Ihr Bonusheft mit."
        ]
    );
    let card = task(&test, &letter, "attend");
    assert_eq!(
        (&card["place"], &card["bring"], &card["has_begun"]),
        (
            &json!("Rosenstraße 21, 2. Stock"),
            &json!("Bitte bringen Sie Ihre Gesundheitskarte und Ihr Bonusheft mit."),
            &json!(false)
        )
    );
    at("2026-12-10T06:30:00Z");
    // Half past nine in Berlin is half past eight in UTC.
    test.clock.go_to("2026-12-10T08:31:00Z");
    assert_eq!(task(&test, &letter, "attend")["has_begun"], true);
    let today = test.call("today.get", Value::Null);
    assert_eq!((&today["cards"], &today["coming"][0]["id"]), (&json!([]), &card["id"]), "it can be ticked off");
    let shown = at("2026-12-11T08:00:00Z");
    assert_eq!(
        shown,
        ["Appointment: Ihr Termin bei uns · Zahnarztpraxis Dr. Ina Sommerfeld\nwas on Thu 10 Dec at 09:30"]
    );
}
