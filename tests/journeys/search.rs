//! Letters are found while one types, with the place of the words on the page.

use journeys::{TestApp, fixture, sample};
use serde_json::{Value, json};

use crate::program::Program;

fn titles(found: &Value) -> Vec<&str> {
    found["items"].as_array().unwrap().iter().map(|hit| hit["document"]["title"].as_str().unwrap()).collect()
}

#[test]
fn a_letter_is_found_by_any_of_its_words_with_the_place_on_the_page() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let dunning = test.document(&sample("Mahnung Buchhandlung.pdf"));
    let find = |query: &str| test.call("search.find", json!({"query": query, "facets": true}));

    let found = find("mahn");
    assert_eq!(found["items"][0]["document"]["id"], dunning["id"], "while it is being typed");
    let found = find("art:mahnung betrag:>10");
    assert_eq!(titles(&found), [dunning["title"].as_str().unwrap()]);
    assert_eq!(found["chips"].as_array().unwrap().len(), 2);
    let dunnings = json!([{"value": "dunning", "count": 1, "chip": "kind:dunning", "on": true}]);
    assert_eq!(found["facets"]["kinds"], dunnings, "in the window's language");
    let hinted = find("absnder:buch");
    assert_eq!(hinted["hints"][0], json!({"typed": "absnder:buch", "code": "unknown_key", "suggestion": "absender"}));

    let amount = bill["amount"]["amount"].as_str().unwrap();
    let found = find(amount);
    assert_eq!(found["items"][0]["document"]["id"], bill["id"], "by its amount {amount}");
    let page = &test.call("search.hits", json!({"id": bill["id"], "query": amount}))[0];
    assert!(!page["rects"].as_array().unwrap().is_empty(), "{page}");
    let snippet = &found["items"][0]["snippet"];
    assert!(snippet["parts"].as_array().unwrap().iter().any(|part| part["hit"] == true), "{snippet}");
}

#[test]
fn views_count_what_they_show_and_can_be_kept_and_taken_back() {
    let test = TestApp::on("2026-11-20");
    test.document(&fixture("letters/d14.pdf"));
    test.document(&sample("Mahnung Buchhandlung.pdf"));
    let views = || test.call("views.list", Value::Null);
    for view in views().as_array().unwrap() {
        let found = test.call("search.find", json!({"query": view["query"], "order": view["order"]}));
        assert_eq!(found["total"], view["count"], "{view}");
        assert_eq!(found["hints"], json!([]), "{view}");
    }
    let saved = test.call("views.save", json!({"name": "Buch", "query": "art:mahnung", "order": "newest"}));
    assert_eq!(saved["name"], "Buch");
    let other = test.call("views.save", json!({"name": "Alles", "query": "", "position": 0}));
    let own = || -> Vec<Value> {
        views()
            .as_array()
            .unwrap()
            .iter()
            .filter(|view| view["ready"] == false)
            .map(|view| view["name"].clone())
            .collect()
    };
    assert_eq!(own(), ["Alles", "Buch"]);
    test.call("views.remove", json!({"id": other["id"]}));
    assert_eq!(own(), ["Buch"]);
    test.call("history.undo", Value::Null);
    assert_eq!(own(), ["Alles", "Buch"]);
}

#[test]
fn documents_are_sorted_with_tags_and_notes_many_at_once_and_back() {
    let test = TestApp::on("2026-11-20");
    let ids = ["Invoice English lessons.pdf", "Mahnung Buchhandlung.pdf"]
        .map(|name| test.document(&sample(name))["id"].clone());
    let total = |query: &str| test.call("search.find", json!({"query": query}))["total"].clone();
    test.call("documents.edit", json!({"ids": ids, "add_tags": ["Steuer/2026"]}));
    assert_eq!((total("tag:steuer"), total("tag:2026"), total("tag:haus")), (json!(2), json!(2), json!(0)));
    test.call("documents.edit", json!({"ids": [ids[0]], "add_tags": ["Belege"]}));
    let facets =
        |query: &str| test.call("search.find", json!({"query": query, "facets": true}))["facets"]["tags"].clone();
    let tag =
        |path: &str, count: u32| json!({"value": path, "count": count, "chip": format!("tag:{path}"), "on": false});
    let tags = json!([tag("Steuer/2026", 2), tag("Belege", 1)]);
    assert_eq!((facets(""), facets("art:gutschrift")), (tags, json!([])));
    let tag = |path: &str| {
        let tags = test.call("tags.list", Value::Null);
        tags.as_array().unwrap().iter().find(|tag| tag["path"] == path).unwrap_or_else(|| panic!("{path}: {tags}"))["id"].clone()
    };
    test.call("tags.rename", json!({"id": tag("Steuer"), "name": "Finanzen"}));
    assert_eq!((total("tag:finanzen"), total("tag:steuer")), (json!(2), json!(0)));
    test.call("tags.merge", json!({"from": tag("Belege"), "into": tag("Finanzen/2026")}));
    assert_eq!(total("tag:belege"), 0);
    test.call("history.undo", Value::Null);
    assert_eq!(total("tag:belege"), 1);
    test.call("documents.write_note", json!({"id": ids[0], "note": "# Zählerstand\n\nim **Keller**"}));
    assert_eq!(total("zählerstand keller"), 1);
    assert_eq!(test.call("documents.note", json!({"id": ids[0]}))["tags"].as_array().unwrap().len(), 2);

    let senders = test.items("correspondents.list", Value::Null);
    let (from, into) = (&senders[0]["id"], &senders[1]["id"]);
    test.call("correspondents.merge", json!({"from": from, "into": into}));
    assert_eq!(
        test.items("correspondents.list", Value::Null).as_array().unwrap().len(),
        senders.as_array().unwrap().len() - 1
    );
    test.call("history.undo", Value::Null);
    assert_eq!(test.items("correspondents.list", Value::Null), senders);
    test.call("documents.edit", json!({"ids": ids, "trashed": true}));
    assert_eq!((total(""), total("status:papierkorb")), (json!(0), json!(2)));
    test.call("history.undo", Value::Null);
    assert_eq!(total(""), 2);
}

#[test]
fn the_command_line_speaks_the_language_of_the_search_box() {
    let program = Program::new();
    let letter = sample("Mahnung Buchhandlung.pdf");
    program.json(&["import", "--wait", "--json", letter.to_str().unwrap()]);
    let found = program.json(&["search", "art:mahnung", "--json"]);
    assert_eq!((found.len(), &found[0]["document"]["kind"]), (1, &json!("dunning")));
    assert_eq!(program.json(&["documents", "bücher", "--json"]).len(), 1);
    assert_eq!(program.json(&["search", "--json", "--", "-art:mahnung"]).len(), 0);
    let hinted = program.run(&["search", "ahrt:mahnung"]);
    assert_eq!(hinted.code, Some(0));
    assert!(hinted.stderr.contains("ahrt:mahnung"), "{}", hinted.stderr);
}

#[test]
fn a_list_shows_what_its_query_finds_and_says_how_it_was_understood() {
    let test = TestApp::on("2026-11-20");
    test.document(&sample("Invoice English lessons.pdf"));
    let dunning = test.document(&sample("Mahnung Buchhandlung.pdf"));
    let list = |query: &str| test.call("documents.list", json!({"query": query, "order": "amount"}));
    assert_eq!(list("")["total"], 2);
    let found = list("art:mahnung buch");
    assert_eq!((&found["total"], &found["items"][0]["id"]), (&json!(1), &dunning["id"]));
    let understood = test.call("search.understand", json!({"query": "art:mahnung absnder:x"}));
    assert_eq!(understood["chips"][0], json!({"text": "kind:dunning", "filter": true}), "in the window's language");
    assert_eq!(understood["hints"][0]["suggestion"], "absender");
}

#[test]
fn a_document_tells_what_was_done_with_it_and_its_tasks() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Invoice English lessons.pdf"));
    let other = test.document(&sample("Mahnung Buchhandlung.pdf"));
    test.call("documents.write_note", json!({"id": bill["id"], "note": "bar bezahlt"}));
    test.call("documents.edit", json!({"ids": [bill["id"], other["id"]], "add_tags": ["Belege"]}));
    let task = test.call("documents.get", json!({"id": bill["id"]}))["tasks"][0]["id"].clone();
    test.call("tasks.complete", json!({"id": task}));
    test.call("history.undo", Value::Null);
    let history = |of: &Value| -> Vec<(String, bool)> {
        let steps = test.call("history.list", json!({"document": of["id"]}));
        let step = |step: &Value| (step["op"].as_str().unwrap().to_owned(), step["undone"] == true);
        steps.as_array().unwrap().iter().map(step).filter(|(op, _)| op != "file_document").collect()
    };
    let done = |op: &str| (op.to_owned(), false);
    // Taking a step back is a step, too.
    let completed = ("complete_task".to_owned(), true);
    assert_eq!(history(&bill), [done("undo"), completed, done("tag_documents"), done("write_note")]);
    assert_eq!(history(&other), [done("tag_documents")]);
}

#[test]
fn a_made_up_profile_of_true_size_is_made_and_searched_by_the_program() {
    let program = Program::new();
    let folder = program.folder().to_str().unwrap();
    let made = program.run(&["--profile", folder, "generate", "--documents", "200"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let text: f64 = made.stderr.lines().find_map(|line| line.strip_suffix(" MB of text")).unwrap().parse().unwrap();
    assert!((0.6..1.6).contains(&text), "two pages each: {text} MB");
    let total = |query: &str| -> u64 {
        let found = program.json(&["call", "search.find", &json!({"query": query, "facets": true}).to_string()]);
        found[0]["total"].as_u64().unwrap()
    };
    assert_eq!(total(""), 200);
    for query in ["art:rechnung", "rechnung", "invoice", "betrag:>100", "hat:aufgabe", "datum:2022"] {
        assert!((1..200).contains(&total(query)), "{query}: {}", total(query));
    }
    let found = program.json(&["search", "--json", "--limit", "1", "art:rechnung"]);
    let sender = found[0]["document"]["correspondent"].as_str().unwrap();
    assert!(total(&format!("von:\"{sender}\"")) >= 1, "{sender}");
}
