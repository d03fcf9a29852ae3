//! Tasks by hand: in one line, changed, waiting for each other, coming again, today and not today.

use journeys::{TestApp, sample};
use serde_json::{Value, json};

fn quick(test: &TestApp, line: &str) -> Value {
    test.call("tasks.quick_add", json!({"line": line}))["task"].clone()
}

fn open(test: &TestApp) -> Vec<String> {
    let tasks = test.items("tasks.list", json!({}));
    let line = |task: &Value| format!("{} {}", task["title"].as_str().unwrap(), task["due"].as_str().unwrap_or("-"));
    tasks.as_array().unwrap().iter().map(line).collect()
}

#[test]
fn one_line_is_shown_before_it_becomes_a_task_and_can_be_undone() {
    let test = TestApp::on("2026-11-20");
    let preview = test.call("tasks.quick_add", json!({"line": "morgen 14 Uhr Zahnarzt anrufen", "preview": true}));
    let draft = &preview["draft"];
    assert_eq!(
        (&draft["title"], &draft["due"], &draft["due_time"]),
        (&json!("Zahnarzt anrufen"), &json!("2026-11-21"), &json!("14:00:00"))
    );
    assert_eq!((&preview["task"], open(&test).len()), (&Value::Null, 0));
    let task = test.call("tasks.add", draft.clone());
    assert_eq!(task["next_reminder"], "2026-11-21T11:00:00Z", "two hours before, no reproach for the week before");
    assert_eq!(test.call("history.undo", Value::Null)["op"], "add_task");
    assert_eq!(open(&test).len(), 0);
    assert_eq!(test.refused("tasks.quick_add", json!({"line": "morgen 14 Uhr"})).code.as_str(), "bad_input");
}

#[test]
fn what_is_done_comes_again_at_its_hour_and_undoing_brings_no_second_one() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Müll rausbringen jeden Donnerstag 19 Uhr");
    assert_eq!(open(&test), ["Müll rausbringen 2026-11-26"]);
    test.clock.go_to("2026-11-26T18:30:00Z");
    test.call("tasks.complete", json!({"id": task["id"]}));
    assert_eq!(open(&test), ["Müll rausbringen 2026-12-03"]);
    let next = &test.items("tasks.list", json!({}))[0];
    assert_eq!((&next["due_time"], &next["recurrence"]["rule"]), (&json!("19:00:00"), &json!("FREQ=WEEKLY;BYDAY=TH")));
    assert_eq!(next["next_reminder"], "2026-12-02T08:00:00Z", "the next one begins without a reproach");
    test.call("history.undo", Value::Null);
    assert_eq!(open(&test), ["Müll rausbringen 2026-11-26"]);
    test.call("tasks.skip", json!({"id": task["id"]}));
    assert_eq!(open(&test), ["Müll rausbringen 2026-12-03"]);
}

#[test]
fn a_task_can_be_changed_in_every_part_and_back() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Keller aufräumen Samstag");
    let id = &task["id"];
    let draft = json!({
        "title": "Keller ausräumen", "kind": "other", "due": "2026-11-28", "description": "Alles in den Flur.",
        "minutes": 90, "urgency": "high", "tags": ["haus"],
        "steps": [{"step": "Kisten holen", "done": false}, {"step": "Sperrmüll bestellen", "done": false}],
    });
    let changed = test.call("tasks.edit", json!({"id": id, "draft": draft}));
    assert_eq!(
        (&changed["minutes"], &changed["tags"], &changed["priority"]["urgency"]),
        (&json!(90), &json!(["haus"]), &json!("high"))
    );
    assert!(changed["priority"]["reasons"].as_array().unwrap().contains(&json!({"reason": "chosen"})), "one sees why");
    let ticked = test.call("tasks.step", json!({"id": id, "position": 1, "done": true}));
    assert_eq!(ticked["checklist"][1], json!({"step": "Sperrmüll bestellen", "done": true}));
    let begun = test.call("tasks.status", json!({"id": id, "status": "in_progress"}));
    assert_eq!(begun["status"], "in_progress");
    for _ in 0..3 {
        test.call("history.undo", Value::Null);
    }
    assert_eq!(test.call("tasks.get", json!({"id": id})), task);
}

#[test]
fn what_was_missed_long_ago_does_not_hide_what_presses_as_much_and_is_nearer() {
    let test = TestApp::on("2026-11-20");
    for (title, due) in [("years ago", "2024-10-08"), ("last week", "2026-11-13"), ("tomorrow", "2026-11-21")] {
        test.call("tasks.add", json!({"title": title, "due": due, "urgency": "critical"}));
    }
    let cards = test.call("today.get", Value::Null)["cards"].clone();
    let titles: Vec<_> = cards.as_array().unwrap().iter().map(|card| card["title"].clone()).collect();
    assert_eq!(titles, ["tomorrow", "last week", "years ago"]);
}

#[test]
fn what_was_done_last_is_the_first_of_those_done_so_that_a_slip_can_be_taken_back() {
    let test = TestApp::on("2026-11-20");
    for (title, due, hour) in [("first", "2026-12-03", 13), ("second", "2026-12-01", 14), ("third", "2026-12-02", 15)] {
        let added = test.call("tasks.add", json!({"title": title, "due": due}));
        test.clock.go_to(&format!("2026-11-20T{hour}:00:00Z"));
        test.call("tasks.complete", json!({"id": added["id"]}));
    }
    // What was called off is over as well.
    let added = test.call("tasks.add", json!({"title": "not needed"}));
    test.clock.go_to("2026-11-20T16:00:00Z");
    test.call("tasks.status", json!({"id": added["id"], "status": "cancelled"}));
    let done = test.items("tasks.list", json!({"filter": "done", "limit": 3}));
    let titles: Vec<_> = done.as_array().unwrap().iter().map(|task| task["title"].clone()).collect();
    assert_eq!(titles, ["not needed", "third", "second"]);
}

#[test]
fn today_shows_three_of_the_week_and_then_what_comes_by_day() {
    let test = TestApp::on("2026-11-20");
    let add = |title: &str, due: Option<&str>, urgency: Option<&str>| {
        test.call("tasks.add", json!({"title": title, "due": due, "urgency": urgency}));
    };
    let titles = |list: &Value| -> Vec<String> {
        list.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    add("some day", None, None);
    add("some day, but it presses", None, Some("critical"));
    add("in spring", Some("2027-04-01"), None);
    add("in eight days, but it presses", Some("2026-11-28"), Some("critical"));
    let today = test.call("today.get", Value::Null);
    assert_eq!((&today["cards"], &today["this_week"]), (&json!([]), &json!(0)), "nothing presses");
    let expected = ["in eight days, but it presses", "in spring", "some day", "some day, but it presses"];
    assert_eq!(titles(&today["coming"]), expected);

    add("tomorrow", Some("2026-11-21"), None);
    add("in four days, and it presses", Some("2026-11-24"), Some("high"));
    add("in five days, and it presses", Some("2026-11-25"), Some("critical"));
    add("in a week", Some("2026-11-27"), None);
    let today = test.call("today.get", Value::Null);
    let first = ["tomorrow", "in five days, and it presses", "in four days, and it presses"];
    assert_eq!((titles(&today["cards"]), &today["this_week"]), (first.map(str::to_owned).to_vec(), &json!(4)));
    assert_eq!(titles(&today["coming"])[..2], ["in a week", "in eight days, but it presses"]);

    // What was missed is no list: the number is enough.
    for day in 10..15 {
        add(&format!("on the {day}th"), Some(&format!("2026-11-{day}")), None);
    }
    let today = test.call("today.get", Value::Null);
    assert_eq!(titles(&today["cards"]), ["on the 14th", "on the 13th", "on the 12th"]);
    // Two late ones stand behind the cards: they are told apart from what ends this week.
    assert_eq!((&today["late"], &today["this_week"]), (&json!(2), &json!(7)));
    assert_eq!(titles(&today["coming"])[..2], ["tomorrow", "in five days, and it presses"]);
    assert_eq!(today["open_tasks"], 13);
    // What is in the trash is not to be done.
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let open_tasks = || test.call("today.get", Value::Null)["open_tasks"].clone();
    assert_eq!(open_tasks(), 14);
    test.call("documents.trash", json!({"id": bill["id"]}));
    assert_eq!(open_tasks(), 13);
}

#[test]
fn the_appointments_of_the_day_come_first_by_the_hour_and_begun_ones_can_be_ticked_off_below() {
    // Noon in UTC is one o'clock in Berlin.
    let test = TestApp::on("2026-11-20");
    for (title, due, time) in [
        ("dentist", "2026-11-20", "16:15:00"),
        ("school", "2026-11-20", "14:00:00"),
        ("blood test", "2026-11-20", "07:45:00"),
        ("garage", "2026-11-19", "09:00:00"),
    ] {
        test.call("tasks.add", json!({"title": title, "kind": "attend", "due": due, "due_time": time}));
    }
    test.call("tasks.add", json!({"title": "fine", "kind": "pay", "due": "2026-11-20", "urgency": "critical"}));
    let today = test.call("today.get", Value::Null);
    let titles = |list: &str| -> Vec<Value> {
        today[list].as_array().unwrap().iter().map(|task| task["title"].clone()).collect()
    };
    assert_eq!(titles("cards"), ["school", "dentist", "fine"]);
    assert_eq!((titles("coming"), &today["late"]), (vec![json!("blood test")], &json!(1)));
}

#[test]
fn a_task_waits_for_another_but_never_for_itself() {
    let test = TestApp::on("2026-11-20");
    let [paint, walls, keys] =
        ["Farbe kaufen", "Wände streichen", "Schlüssel abgeben"].map(|line| quick(&test, line)["id"].clone());
    let waits = test.call("tasks.block", json!({"id": walls, "blocked_by": [paint]}));
    assert_eq!((&waits["blocked"], &waits["blocked_by"]), (&json!(true), &json!([paint])));
    test.call("tasks.block", json!({"id": keys, "blocked_by": [walls]}));
    assert_eq!(
        test.refused("tasks.block", json!({"id": paint, "blocked_by": [keys]})).code.as_str(),
        "waits_for_itself"
    );
    assert_eq!(
        test.refused("tasks.block", json!({"id": paint, "blocked_by": [paint]})).code.as_str(),
        "waits_for_itself"
    );
    test.call("tasks.complete", json!({"id": paint}));
    assert_eq!(test.call("tasks.get", json!({"id": walls}))["blocked"], false);
}

#[test]
fn not_today_is_tomorrow_as_long_as_that_is_safe() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Formular abgeben am 21.11.");
    let id = &task["id"];
    let shown = test.call("tasks.not_today", json!({"id": id, "preview": true}));
    assert_eq!((&shown["day"], &shown["moves_due"], &shown["task"]), (&json!("2026-11-21"), &json!(false), &task));
    let moved = test.call("tasks.not_today", json!({"id": id}));
    assert_eq!(
        (&moved["task"]["due"], &moved["task"]["next_reminder"]),
        (&json!("2026-11-21"), &json!("2026-11-21T08:00:00Z"))
    );
    // On the last day there is no other day: it comes back tonight.
    test.clock.go_to("2026-11-21T12:00:00Z");
    let last = test.call("tasks.not_today", json!({"id": id}));
    assert_eq!((&last["day"], &last["task"]["next_reminder"]), (&Value::Null, &json!("2026-11-21T19:00:00Z")));
}

#[test]
fn what_is_paid_in_parts_is_done_when_nothing_is_left() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "pay 100 € to Kim tomorrow");
    let part = test
        .call("tasks.pay", json!({"id": task["id"], "amount": {"amount": "30.00", "currency": "EUR"}, "how": "cash"}));
    assert_eq!((&part["status"], &part["open_amount"]["amount"]), (&json!("open"), &json!("70.00")));
    let rest = test.call("tasks.pay", json!({"id": task["id"], "paid_on": "2026-11-19"}));
    assert_eq!(
        (&rest["status"], &rest["done_how"], &rest["payments"][0]["paid_on"]),
        (&json!("done"), &json!("paid"), &json!("2026-11-19"))
    );
    test.call("history.undo", Value::Null);
    assert_eq!(test.call("tasks.get", json!({"id": task["id"]}))["open_amount"]["amount"], "70.00");
    let wrong = json!({"id": task["id"], "amount": {"amount": "5", "currency": "CHF"}});
    assert_eq!(test.refused("tasks.pay", wrong).code.as_str(), "bad_input");
}

fn titles(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|task| task["title"].as_str().unwrap()).collect()
}

#[test]
fn what_is_put_off_leaves_the_cards_says_when_it_comes_back_and_does() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Rechnung 80 € zahlen heute");
    quick(&test, "Oma anrufen heute");
    let today = || test.call("today.get", Value::Null);
    assert_eq!((today()["this_week"].clone(), today()["put_off"].clone()), (json!(2), json!([])));

    let snoozed = test.call("reminders.snooze", json!({"task": task["id"], "until": "three_hours"}));
    assert_eq!(snoozed["comes_back"], "2026-11-20T15:00:00Z");
    let seen = today();
    assert_eq!((titles(&seen["cards"]), titles(&seen["put_off"])), (vec!["Oma anrufen"], vec!["Rechnung zahlen"]));
    assert_eq!((&seen["this_week"], &seen["coming"]), (&json!(1), &json!([])));

    // Undone, it is here again; put off again, it comes back by itself.
    test.call("history.undo", Value::Null);
    assert_eq!(today()["cards"].as_array().unwrap().len(), 2);
    test.call("reminders.snooze", json!({"task": task["id"], "until": "three_hours"}));
    test.clock.go_to("2026-11-20T15:00:00Z");
    assert_eq!((today()["cards"].as_array().unwrap().len(), today()["put_off"].clone()), (2, json!([])));
}

#[test]
fn what_is_put_off_beyond_its_day_comes_back_on_the_morning_of_that_day() {
    let test = TestApp::on("2026-11-20");
    let task = quick(&test, "Antrag abgeben übermorgen");
    let snoozed = test.call("reminders.snooze", json!({"task": task["id"], "until": "next_week"}));
    assert_eq!(snoozed["comes_back"], "2026-11-22T08:00:00Z");
    assert_eq!(test.call("today.get", Value::Null)["put_off"][0]["id"], task["id"]);
}

#[test]
fn tasks_are_found_by_words_amounts_days_and_tags() {
    let test = TestApp::on("2026-11-20");
    quick(&test, "Müll rausbringen übernächsten Freitag #haus");
    quick(&test, "Rechnung 84,20 € zahlen Ende November");
    let found = |text: &str| {
        let page = test.call("tasks.list", json!({"text": text}));
        assert_eq!(page["total"], page["items"].as_array().unwrap().len());
        titles(&page["items"]).iter().map(|title| (*title).to_owned()).collect::<Vec<_>>()
    };
    for text in ["mull", "müll raus", "haus", "#haus", "4.12.", "Freitag in zwei Wochen"] {
        let expected: &[&str] = if text == "Freitag in zwei Wochen" { &[] } else { &["Müll rausbringen"] };
        assert_eq!(found(text), expected, "{text}");
    }
    for text in ["84,20", "84.20 €", "30.11.", "Monatsende", "rechnung 84"] {
        assert_eq!(found(text), ["Rechnung zahlen"], "{text}");
    }
    assert_eq!(found("telefon"), [""; 0]);
    assert_eq!(found("").len(), 2, "nothing typed is the whole list");
}

#[test]
fn tags_of_tasks_are_those_of_documents() {
    let test = TestApp::on("2026-11-20");
    let letter = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    test.call("documents.edit", json!({"ids": [letter["id"]], "add_tags": ["Wohnung"]}));
    let task = quick(&test, "Zähler ablesen morgen #wohnung #Haus/Keller");
    assert_eq!(task["tags"], json!(["Haus/Keller", "Wohnung"]), "the tag that is there, however it is typed");
    let tags = |path: &str| {
        let all = test.call("tags.list", Value::Null);
        all.as_array().unwrap().iter().find(|tag| tag["path"] == path).cloned().unwrap_or_default()
    };
    assert_eq!((&tags("Wohnung")["documents"], &tags("Wohnung")["tasks"]), (&json!(1), &json!(1)));

    test.call("tags.rename", json!({"id": tags("Wohnung")["id"], "name": "Miete"}));
    let now = || test.call("tasks.get", json!({"id": task["id"]}))["tags"].clone();
    assert_eq!(now(), json!(["Haus/Keller", "Miete"]));
    test.call("tags.merge", json!({"from": tags("Miete")["id"], "into": tags("Haus/Keller")["id"]}));
    assert_eq!(now(), json!(["Haus/Keller"]));
    test.call("history.undo", Value::Null);
    assert_eq!(now(), json!(["Haus/Keller", "Miete"]));
    test.call("history.undo", Value::Null);

    // The task of a letter makes the letter findable by its tag.
    let of_letter = &letter["tasks"][0];
    let mut draft = json!({"tags": ["Stromkosten"]});
    for part in ["title", "kind", "due", "amount", "payee"] {
        draft[part] = of_letter[part].clone();
    }
    test.call("tasks.edit", json!({"id": of_letter["id"], "draft": draft}));
    assert_eq!(test.call("documents.list", json!({"query": "stromkosten"}))["total"], 1);
}

#[test]
fn a_field_reads_days_hours_and_rhythms_and_says_what_it_does_not_understand() {
    let test = TestApp::on("2026-11-20");
    let read = |text: &str| test.call("when.read", json!({"text": text}));
    assert_eq!(read("übernächsten Freitag")["day"], "2026-12-04");
    assert_eq!(read("halb acht")["time"], "07:30:00");
    assert_eq!(read("every Thursday")["recurrence"]["rule"], "FREQ=WEEKLY;BYDAY=TH");
    assert_eq!(read("bald"), json!({"day": null, "time": null, "recurrence": null}));
    assert_eq!(test.call("when.read", json!({"text": "gestern", "past": true}))["day"], "2026-11-19");
}
