//! What a person throws away goes for good after thirty days; somebody can be forgotten; and what need not be kept any longer
//! is proposed, and stays.

use app::{EngineOptions, Supervisor};
use journeys::{TestApp, sample, wait_for};
use serde_json::{Value, json};

fn titles(test: &TestApp, input: Value) -> Vec<String> {
    let list = test.items("documents.list", input);
    list.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

fn whole(test: &TestApp) {
    let verified = test.call("profile.verify", json!({}));
    assert_eq!(verified["findings"], json!([]), "{verified:#}");
}

/// The originals that lie in the archive.
fn originals(test: &TestApp) -> usize {
    let folders = std::fs::read_dir(test.folder().join("archive")).unwrap().flatten();
    folders.filter(|entry| entry.path().is_dir()).map(|entry| std::fs::read_dir(entry.path()).unwrap().count()).sum()
}

#[test]
fn what_was_thrown_away_can_be_taken_back_for_thirty_days_and_goes_then() {
    let test = TestApp::on("2026-11-20");
    let (bill, notice) =
        (test.document(&sample("Invoice English lessons.pdf")), test.document(&sample("Steuerbescheid 2025.pdf")));
    test.call("documents.trash", json!({"id": bill["id"]}));
    let shown = test.call("documents.get", json!({"id": bill["id"]}));
    assert_eq!(shown["gone_on"], "2026-12-20");
    let trash = test.call("trash.get", Value::Null);
    assert_eq!(trash, json!({"days": 30, "documents": 1, "next": "2026-12-20"}));
    test.clock.go_to("2026-12-20T11:00:00Z");
    assert_eq!(test.app.empty_old_trash().unwrap(), 0, "the thirtieth day is not over");
    test.call("documents.restore", json!({"id": bill["id"]}));
    test.call("documents.trash", json!({"id": bill["id"]}));
    assert_eq!(originals(&test), 2);
    // The program does it by itself.
    test.clock.go_to("2027-01-20T13:00:00Z");
    let engine = Supervisor::start(&test.app, "test", EngineOptions { inbox: true, reminders: false }).unwrap();
    test.app.wake_upkeep();
    wait_for("the trash is emptied", || {
        test.app.wake_upkeep();
        (test.call("trash.get", Value::Null)["documents"] == 0).then_some(())
    });
    drop(engine);
    assert_eq!(
        (originals(&test), test.refused("documents.get", json!({"id": bill["id"]})).code.as_str()),
        (1, "not_found")
    );
    assert_eq!(titles(&test, json!({})), [notice["title"].as_str().unwrap()]);
    let last = &test.call("history.list", json!({"limit": 1, "with_changes": true}))[0];
    assert_eq!(
        (&last["op"], &last["by"]["kind"], &last["changes"]),
        (&json!("delete_document"), &json!("program"), &json!([]))
    );
    assert_eq!(test.call("search.find", json!({"query": "English lessons"}))["total"], 0);
    whole(&test);
}

#[test]
fn emptying_the_trash_says_first_what_goes_and_only_takes_what_is_in_it() {
    let test = TestApp::on("2026-11-20");
    let (bill, notice) =
        (test.document(&sample("Invoice English lessons.pdf")), test.document(&sample("Steuerbescheid 2025.pdf")));
    let refused = test.refused("trash.delete", json!({"ids": [notice["id"]]}));
    assert_eq!(refused.code.as_str(), "bad_input");
    test.call("documents.trash", json!({"id": bill["id"]}));
    let preview = test.call("trash.delete", json!({"preview": true}));
    assert_eq!((&preview["documents"], &preview["originals"]), (&json!(1), &json!(1)));
    assert_eq!((originals(&test), titles(&test, json!({"trashed": true})).len()), (2, 1), "nothing is gone yet");
    let done = test.call("trash.delete", json!({}));
    assert_eq!((&done, originals(&test)), (&preview, 1));
    assert_eq!(titles(&test, json!({})).len(), 1);
    assert_eq!(test.call("history.undo", Value::Null), Value::Null, "what was deleted for good comes back by no undo");
    // The same letter may come again.
    assert_eq!(test.document(&sample("Invoice English lessons.pdf"))["title"], bill["title"]);
    whole(&test);
}

/// A household: a gardener, a school that writes about a child, a bill to the child alone.
fn household() -> TestApp {
    let test = TestApp::on("2026-11-20");
    test.call("settings.change", json!({"key": "own_names", "value": ["Mara Winter", "Jonas Winter"]}));
    let letters = [
        (
            "garten.pdf",
            "Gartenbau Hollerbusch",
            "Rechnung",
            ["Rechnungsbetrag: 84,20 €", "Bitte zahlen Sie bis zum 04.12.2026."],
        ),
        (
            "schule.pdf",
            "Schule am Park",
            "Elternbrief",
            ["Mara Winter nimmt an der Fahrt teil.", "Gruß an Frau Winter"],
        ),
        (
            "brief.pdf",
            "Stadtwerke Eichenbruck",
            "Mitteilung",
            ["Der Gartenbau Hollerbusch gräbt am Weg.", "Der Winter kommt."],
        ),
    ];
    for (name, sender, heading, [one, two]) in letters {
        test.accepted_letter(name, sender, heading, &[one, two]);
    }
    test
}

fn page_text(test: &TestApp, id: &Value) -> String {
    let words = test.call("documents.words", json!({"id": id, "page": 1}));
    words.as_array().unwrap().iter().map(|word| word["text"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

fn with_text(test: &TestApp, text: &str) -> Value {
    let list = test.items("documents.list", json!({}));
    let found = list.as_array().unwrap().iter().find(|row| page_text(test, &row["id"]).contains(text));
    found.unwrap_or_else(|| panic!("no letter with {text}")).clone()
}

/// Everything that any view says.
fn everything(test: &TestApp) -> String {
    let ids: Vec<Value> = test
        .items("documents.list", json!({"limit": 1000}))
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    let each: Vec<Value> = ids
        .iter()
        .flat_map(|id| {
            [
                test.call("documents.get", json!({"id": id})),
                json!(page_text(test, id)),
                test.call("documents.note", json!({"id": id})),
            ]
        })
        .collect();
    let lists = ["correspondents.list", "settings.get", "today.get"].map(|name| test.call(name, Value::Null));
    let history = test.call("history.list", json!({"with_changes": true, "limit": 1000}));
    json!([each, lists, history, test.items("tasks.list", json!({"filter": "all"}))]).to_string()
}

#[test]
fn a_sender_is_forgotten_with_its_letters_and_its_name_elsewhere_and_the_report_says_what_stays() {
    let test = household();
    let garden = with_text(&test, "84,20");
    let utility = with_text(&test, "gräbt am Weg");
    let senders = test.items("correspondents.list", json!({}));
    let sender =
        senders.as_array().unwrap().iter().find(|one| one["name"].as_str().unwrap().contains("Hollerbusch")).unwrap();
    let preview = test.call("people.forget", json!({"correspondent": sender["id"], "preview": true}));
    assert_eq!(preview["removed"], json!([{"id": garden["id"], "title": garden["title"]}]));
    assert_eq!(preview["blacked"], json!([{"id": utility["id"], "title": utility["title"]}]));
    assert_eq!((&preview["done"], titles(&test, json!({})).len()), (&json!(false), 3), "nothing is changed yet");
    assert!(everything(&test).contains("Hollerbusch"));

    let report = test.call("people.forget", json!({"correspondent": sender["id"]}));
    assert_eq!(
        (&report["done"], &report["removed"], &report["deleted"]["originals"]),
        (&json!(true), &preview["removed"], &json!(1))
    );
    let stays: Vec<&str> =
        report["stays"].as_array().unwrap().iter().map(|stay| stay["stay"].as_str().unwrap()).collect();
    assert_eq!(stays, ["original", "elsewhere"], "the letter of the others still shows it");
    assert_eq!((titles(&test, json!({})).len(), originals(&test)), (2, 2));
    let left = everything(&test);
    assert!(!left.contains("Hollerbusch"), "{left}");
    assert!(
        page_text(&test, &utility["id"]).contains("█████ █████ gräbt am Weg."),
        "{}",
        page_text(&test, &utility["id"])
    );
    assert_eq!(test.call("search.find", json!({"query": "Hollerbusch"}))["total"], 0);
    assert!(everything(&test).contains("Mara Winter"), "nobody else is forgotten");
    whole(&test);
}

#[test]
fn the_numbers_of_a_sender_go_with_its_name_but_not_those_that_others_have_too() {
    let test = TestApp::on("2026-11-20");
    let (own, shared) = ("DE02120300000000202051", "DE02 5001 0517 5407 3249 31");
    let letter = |name: &str, sender: &str, lines: &[&str]| test.accepted_letter(name, sender, "Rechnung", lines);
    let due = "Rechnungsbetrag: 84,20 €, zu zahlen bis zum 04.12.2026.";
    letter("eins.pdf", "Gartenbau Hollerbusch", &[due, &format!("IBAN: {own}")]);
    letter("zwei.pdf", "Gartenbau Hollerbusch", &[due, &format!("IBAN: {shared}")]);
    let of_others = letter("drei.pdf", "Tischlerei Ahorn", &[due, &format!("IBAN: {shared}")]);
    let note = "nicht an DE02 1203 0000 0000 2020 51 zahlen";
    test.call("documents.write_note", json!({"id": of_others["id"], "note": note}));
    let senders = test.items("correspondents.list", json!({}));
    let is_garden = |one: &&Value| one["name"].as_str().unwrap().contains("Hollerbusch");
    let sender = senders.as_array().unwrap().iter().find(is_garden).unwrap();
    let report = test.call("people.forget", json!({"correspondent": sender["id"]}));
    assert_eq!((&report["numbers"], report["removed"].as_array().unwrap().len()), (&json!([own]), 2));
    let left = everything(&test);
    assert!(left.contains("nicht an █████ zahlen") && !left.contains("0000 2020"), "{left}");
    assert!(page_text(&test, &of_others["id"]).contains("5407"), "the account of the others");
    whole(&test);
}

#[test]
fn somebody_of_the_household_is_forgotten_and_a_letter_can_be_kept_without_the_name() {
    let test = household();
    // All three are to her; two of them are to stay.
    let (school, utility) = (with_text(&test, "Fahrt"), with_text(&test, "gräbt am Weg"));
    let input = json!({"name": "Mara Winter", "keep": [school["id"], utility["id"]]});
    let report = test.call("people.forget", input);
    assert_eq!((&report["done"], report["removed"].as_array().unwrap().len()), (&json!(true), 1));
    assert_eq!(report["blacked"].as_array().unwrap().len(), 2);
    let text = page_text(&test, &school["id"]);
    assert!(text.contains("█████ █████ nimmt an der Fahrt teil.") && !text.contains("Mara"), "{text}");
    assert!(page_text(&test, &utility["id"]).contains("Der Winter kommt."), "the season stays");
    let settings = test.call("settings.get", Value::Null);
    assert_eq!(settings["own_names"], json!(["Jonas Winter"]));
    let left = everything(&test);
    assert!(!left.contains("Mara Winter") && !left.contains("Frau Winter"), "{left}");
    let refused = test.refused("people.forget", json!({"name": "  a "}));
    assert_eq!(refused.code.as_str(), "bad_input");
    whole(&test);
}

#[test]
fn letters_that_need_not_be_kept_are_proposed_with_their_source_and_nothing_is_deleted() {
    let test = TestApp::on("2026-11-20");
    let said = "Sie müssen diese Rechnung zwei Jahre aufbewahren (§ 14b UStG).";
    let letters = [
        ("alt.pdf", "Kaufhaus Alt", "Rechnung", ["Rechnungsdatum: 14.03.2016", "Rechnungsbetrag: 20,00 €"]),
        ("maler.pdf", "Malerbetrieb Weiß", "Rechnung", ["Rechnungsdatum: 14.03.2023", said]),
        ("neu.pdf", "Kaufhaus Neu", "Rechnung", ["Rechnungsdatum: 14.03.2023", "Rechnungsbetrag: 20,00 €"]),
    ];
    for (name, sender, heading, [one, two]) in letters {
        test.accepted_letter(name, sender, heading, &[one, two]);
    }
    let list = test.call("retention.list", json!({}));
    let found: Vec<(&str, &str, &str)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let word = |part: &str| one[part].as_str().unwrap();
            (word("rule"), word("until"), word("source").split(' ').next().unwrap())
        })
        .collect();
    assert_eq!(found, [("voucher", "2024-12-31", "AO"), ("work_on_property", "2025-12-31", "UStG")], "{list:#}");
    assert_eq!((&list["total"], titles(&test, json!({})).len()), (&json!(2), 3));
}
