//! The sample letters, from the file to the task, as a person would see them on a Friday in November.

use journeys::{TestApp, fact, sample, samples};
use serde_json::{Value, json};

const FRIDAY: &str = "2026-11-20";

/// File; what it is, where it stands, who sent it, how much, until when; what is to be done.
const LETTERS: &[(&str, &str, &[&str])] = &[
    (
        "Invoice English lessons.pdf",
        "invoice accepted, Willowbrook English Lessons, 274.00 EUR, 2026-12-15",
        &["pay 274.00 EUR by 2026-12-15, latest 2026-12-15"],
    ),
    (
        "Mahnung Buchhandlung.pdf",
        "dunning accepted, Bücherstube Morgenrot, 49.30 EUR, 2026-12-03",
        &["pay 49.30 EUR by 2026-12-03, latest 2026-12-03"],
    ),
    (
        "Rechnung Malerarbeiten.pdf",
        "invoice accepted, Farbwerk Lindner, 850.85 EUR, 2026-12-18",
        &["pay 850.85 EUR by 2026-12-18, latest 2026-12-18"],
    ),
    // A year from 1 December 2026, cancelled a month before, three days for the post; withdrawn from within a fortnight.
    (
        "Scan Fitnessvertrag.pdf",
        "contract accepted, Fitwerk Eichenbruck GmbH",
        &["cancel_or_keep 29.90 EUR by 2027-10-28, latest 2027-10-31", "object by 2026-12-01, latest 2026-12-01"],
    ),
    (
        "Scan Zahnarzttermin.jpg",
        "appointment accepted, Zahnarztpraxis Dr. Ina Sommerfeld",
        &["attend at 09:30:00 by 2026-12-10, latest 2026-12-10"],
    ),
    // The total is 1085.70; 1008.00 of it were paid by instalments.
    (
        "Stadtwerke Jahresrechnung.pdf",
        "invoice accepted, Stadtwerke Eichenbruck GmbH, 77.70 EUR, 2026-12-07",
        &["pay 77.70 EUR by 2026-12-07, latest 2026-12-07"],
    ),
    // Posted on the 16th, notified on the 20th: one month to object ends on Sunday the 20th, on Monday at the latest.
    (
        "Steuerbescheid 2025.pdf",
        "tax_notice review, Finanzamt Eichenbruck, 312.00 EUR, 2026-12-21",
        &["object by 2026-12-18, latest 2026-12-21", "pay 312.00 EUR by 2026-12-18, latest 2026-12-21"],
    ),
    // Debited on Tuesday: the money has to be there on Monday.
    (
        "Telefonrechnung November.pdf",
        "invoice accepted, Talnetz Telekommunikation GmbH, 39.95 EUR, 2026-12-01",
        &["check_debit 39.95 EUR by 2026-11-30, latest 2026-12-01"],
    ),
];

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn money(value: &Value) -> Option<String> {
    value.as_object().map(|money| format!("{} {}", text(&money["amount"]), text(&money["currency"])))
}

fn line_of(document: &Value) -> String {
    let mut line = format!("{} {}", text(&document["kind"]), text(&document["state"]));
    let sender = document["correspondent"].as_str().map(str::to_owned);
    for part in [sender, money(&document["amount"]), document["due_date"].as_str().map(str::to_owned)] {
        line += &part.map(|part| format!(", {part}")).unwrap_or_default();
    }
    line
}

fn tasks_of(document: &Value) -> Vec<String> {
    let tasks = document["tasks"].as_array().unwrap().iter().map(|task| {
        let what = money(&task["amount"]).or(task["due_time"].as_str().map(|time| format!("at {time}")));
        let what = what.map(|what| format!(" {what}")).unwrap_or_default();
        format!("{}{what} by {}, latest {}", text(&task["kind"]), text(&task["due"]), text(&task["latest"]))
    });
    let mut tasks: Vec<String> = tasks.collect();
    tasks.sort_unstable();
    tasks
}

/// Every fact that points at a place points at one on a page that is there.
fn assert_places_lie_on_their_pages(document: &Value) {
    let pages = document["pages"].as_array().unwrap().len();
    for fact in document["facts"].as_array().unwrap() {
        let Some(place) = fact["evidence"].as_object() else { continue };
        let rect = |side: &str| place["rect"][side].as_f64().unwrap();
        let page = usize::try_from(place["page"].as_u64().unwrap()).unwrap();
        let inside =
            rect("x") >= 0.0 && rect("y") >= 0.0 && rect("x") + rect("w") <= 1.0 && rect("y") + rect("h") <= 1.0;
        let visible = rect("w") > 0.0 && rect("h") > 0.0;
        assert!((1..=pages).contains(&page) && inside && visible, "{fact}");
    }
}

#[test]
fn every_sample_letter_becomes_a_document_with_its_tasks_and_reminders() {
    let test = TestApp::on(FRIDAY);
    let imported = test.import(&[samples()]);
    let names: Vec<_> = imported.iter().map(|one| one.path.rsplit('/').next().unwrap()).collect();
    let expected: Vec<_> = LETTERS.iter().map(|(file, ..)| *file).collect();
    assert_eq!(names, expected, "each sample has its line in the table");

    for (one, (file, line, tasks)) in imported.iter().zip(LETTERS) {
        assert_eq!(one.message, None, "{file}");
        let document = test.call("documents.get", json!({"id": one.document}));
        let seen = line_of(&document);
        // The sender of the scanned contract stands in the middle of a sentence; its exact words are not the point here.
        assert!(seen == *line || (*file == "Scan Fitnessvertrag.pdf" && seen.starts_with(line)), "{file}: {seen}");
        assert_eq!(tasks_of(&document), *tasks, "{file}");
        assert_places_lie_on_their_pages(&document);
        for task in document["tasks"].as_array().unwrap() {
            assert!(task["next_reminder"].is_string(), "nobody is left without a reminder: {file} {task}");
        }
    }

    let today = test.call("today.get", Value::Null);
    assert_eq!((&today["cards"], &today["late"]), (&json!([]), &json!(0)), "nothing of them is due within a week");
    let next = &today["coming"][0];
    assert_eq!((text(&next["kind"]), text(&next["due"])), ("check_debit", "2026-11-30"));
    assert_eq!((today["open_tasks"].as_u64(), today["review_count"].as_u64()), (Some(10), Some(1)));
    assert_eq!(today["stale_letters"], Value::Null);
    let status = test.call("status.get", Value::Null);
    assert_eq!((&status["jobs"], &status["problems"]), (&json!([]), &json!([])));

    // Seen on the last day of November: by the last day, the dunning letter being as important as what ends sooner.
    test.clock.go_to("2026-11-30T09:00:00Z");
    let today = test.call("today.get", Value::Null);
    let cards =
        today["cards"].as_array().unwrap().iter().map(|card| format!("{} {}", text(&card["kind"]), text(&card["due"])));
    let cards: Vec<String> = cards.collect();
    assert_eq!(
        cards,
        ["check_debit 2026-11-30", "object 2026-12-01", "pay 2026-12-03"],
        "never more than three things"
    );
    assert_eq!(today["this_week"], 4);

    // Objection and payment of the tax notice are one card.
    for one in today["cards"].as_array().unwrap() {
        test.call("tasks.complete", json!({"id": one["id"]}));
    }
    test.clock.go_to("2026-12-14T09:00:00Z");
    let today = test.call("today.get", Value::Null);
    let notice = today["cards"].as_array().unwrap().iter().find(|card| card["document_kind"] == "tax_notice").unwrap();
    let also = notice["also"].as_array().unwrap();
    let mut kinds = vec![text(&notice["kind"]), text(&also[0]["kind"])];
    kinds.sort_unstable();
    assert_eq!((kinds, also.len()), (vec!["object", "pay"], 1));
}

#[test]
fn a_bill_that_comes_early_gets_the_usual_stages_of_reminders() {
    let test = TestApp::on(FRIDAY);
    test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    let reminders = test.call("reminders.list", Value::Null);
    let reminders: Vec<String> = reminders
        .as_array()
        .unwrap()
        .iter()
        .map(|reminder| {
            format!("{} {} {}", text(&reminder["stage"]), text(&reminder["next_at"]), text(&reminder["state"]))
        })
        .collect();
    // Due on Monday, 7 December. Winter: nine o'clock is eight in UTC.
    let once = |day: &str, hour: &str, stage: &str| format!("{stage} 2026-{day}T{hour}:00:00Z planned");
    let mut expected = vec![once("11-30", "08", "info"), once("12-05", "08", "warning")];
    for day in ["12-06", "12-07"] {
        expected.extend(["08", "12", "16", "19"].map(|hour| once(day, hour, "urgent")));
    }
    expected.push(once("12-08", "08", "critical"));
    assert_eq!(reminders, expected);
}

#[test]
fn what_the_sender_takes_himself_is_never_a_task_to_pay() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Telefonrechnung November.pdf"));
    assert_eq!(fact(&document, "direct_debit_date")["value"], "2026-12-01");
    let kinds: Vec<&Value> = document["tasks"].as_array().unwrap().iter().map(|task| &task["kind"]).collect();
    assert_eq!(kinds, ["check_debit"]);
}

#[test]
fn a_tax_notice_asks_to_be_looked_at_and_is_planned_all_the_same() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Steuerbescheid 2025.pdf"));
    assert_eq!(document["doubts"], json!([{"doubt": "alarming"}]));
    assert_eq!(document["tasks"].as_array().unwrap().len(), 2);
    let urgencies = || -> Vec<String> {
        let tasks = test.call("documents.get", json!({"id": document["id"]}))["tasks"].clone();
        tasks.as_array().unwrap().iter().map(|task| text(&task["priority"]["urgency"]).to_owned()).collect()
    };
    assert_eq!(urgencies(), ["medium", "medium"], "a month is left");
    test.clock.go_to("2026-12-04T12:00:00Z");
    assert_eq!(urgencies(), ["high", "high"], "from two weeks before, an authority's deadline is never less");
    let review = test.items("review.list", Value::Null);
    assert_eq!(review[0]["id"], document["id"]);
}

#[test]
fn the_data_inside_an_e_invoice_are_believed_and_need_no_place_on_the_page() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Rechnung Malerarbeiten.pdf"));
    for (field, value) in [
        ("amount_due", "850.85"),
        ("total_net", "715.00"),
        // The page also prints an earlier day, by which paying costs two percent less.
        ("due_date", "2026-12-18"),
        ("iban", "DE10999502340008151922"),
        ("seller_name", "Farbwerk Lindner"),
        ("invoice_number", "FL-2026-0147"),
        ("skonto", "2 % until 2026-11-28"),
    ] {
        let fact = fact(&document, field);
        assert_eq!(
            (&fact["value"], &fact["origin"], &fact["certain"]),
            (&json!(value), &json!("xml"), &json!(true)),
            "{field}"
        );
        assert_eq!(fact["evidence"], Value::Null, "{field}");
    }
}

#[test]
fn a_dunning_letter_begins_with_looking_whether_it_is_paid_already() {
    let test = TestApp::on(FRIDAY);
    let document = test.document(&sample("Mahnung Buchhandlung.pdf"));
    assert_eq!(document["tasks"][0]["steps"][0], "check_already_paid");
    assert_eq!(fact(&document, "dunning_fee")["value"], "2.50");
}

#[test]
fn the_same_letter_again_is_the_same_document() {
    let test = TestApp::on(FRIDAY);
    let letter = sample("Mahnung Buchhandlung.pdf");
    let first = test.document(&letter);
    let copy = test.folder().join("Kopie.pdf");
    std::fs::copy(&letter, &copy).unwrap();
    let second = test.document(&copy);
    assert_eq!(first["id"], second["id"]);
    let names: Vec<&Value> = second["arrivals"].as_array().unwrap().iter().map(|arrival| &arrival["name"]).collect();
    assert_eq!(names, ["Mahnung Buchhandlung.pdf", "Kopie.pdf"]);
    assert_eq!(test.items("tasks.list", json!({})).as_array().unwrap().len(), 1);
}

#[test]
fn what_was_filed_is_still_there_after_a_restart() {
    let test = TestApp::on(FRIDAY);
    let before = test.document(&sample("Mahnung Buchhandlung.pdf"));
    let test = test.restarted();
    assert_eq!(test.call("documents.get", json!({"id": before["id"]})), before);
}
