//! Letters that belong together, and what to warn of.

use journeys::TestApp;
use journeys::letter::{e_invoice_pdf, letter_from};
use serde_json::{Value, json};

use crate::gardener::{IBAN, first_bill, letter, reminder};

const FRIDAY: &str = "2026-11-20";

fn again(test: &TestApp, document: &Value) -> Value {
    test.call("documents.get", json!({"id": document["id"]}))
}

/// The view of warnings shows the documents that are warned of, this one among them.
fn is_found_by_its_warning(test: &TestApp, document: &Value) {
    let found = test.call("search.find", json!({"query": "hat:warnung"}));
    let found: Vec<&Value> = found["items"].as_array().unwrap().iter().map(|hit| &hit["document"]["id"]).collect();
    assert!(found.contains(&&document["id"]), "{found:?}");
    for one in test.call("documents.list", json!({}))["items"].as_array().unwrap() {
        let warnings = &again(test, one)["warnings"];
        assert_eq!(found.contains(&&one["id"]), *warnings != json!([]), "{warnings}");
    }
}

fn open_payments(test: &TestApp) -> Vec<Value> {
    let tasks = test.items("tasks.list", json!({}));
    tasks.as_array().unwrap().iter().filter(|task| task["kind"] == "pay").cloned().collect()
}

#[test]
fn a_dunning_letter_joins_its_bill_and_takes_its_payment_over() {
    let test = TestApp::on(FRIDAY);
    let first = first_bill(&test);
    assert_eq!((first["state"].as_str(), &first["related"]), (Some("accepted"), &json!([])));
    let dunning = reminder(&test);
    assert_eq!(dunning["kind"], "dunning");
    assert_eq!(dunning["related"][0]["id"], first["id"]);
    assert_eq!(dunning["related"][0]["relation"], "reminds");
    assert_eq!(again(&test, &first)["related"][0]["id"], dunning["id"]);
    test.call("review.accept", json!({"id": dunning["id"]}));

    let open = open_payments(&test);
    assert_eq!(open.len(), 1, "{open:#?}");
    assert_eq!((&open[0]["document"], &open[0]["amount"]["amount"]), (&dunning["id"], &json!("147.80")));

    // Taken apart, both are to be paid; undone, it is one again.
    let apart = test.call("cases.relate", json!({"id": dunning["id"], "other": first["id"]}));
    assert_eq!(apart["related"], json!([]));
    assert_eq!(open_payments(&test).len(), 2);
    test.call("history.undo", Value::Null);
    assert_eq!(open_payments(&test).len(), 1);
    assert_eq!(again(&test, &dunning)["related"][0]["id"], first["id"]);
}

#[test]
fn a_reminder_of_a_bill_that_was_paid_is_warned_of_and_has_no_code() {
    let test = TestApp::on(FRIDAY);
    let first = first_bill(&test);
    test.call("tasks.complete", json!({"id": first["tasks"][0]["id"], "how": "paid"}));
    let dunning = reminder(&test);
    let warned = json!([{"warning": "already_paid", "by": first["id"]}]);
    assert_eq!(dunning["warnings"], warned);
    is_found_by_its_warning(&test, &dunning);
    test.call("review.accept", json!({"id": dunning["id"]}));
    let payment = test.call("tasks.payment", json!({"id": open_payments(&test)[0]["id"]}));
    assert_eq!((&payment["no_code"], &payment["warnings"]), (&json!("warned"), &warned));
    assert_eq!((&payment["code"], &payment["iban"]), (&Value::Null, &Value::Null));
}

#[test]
fn the_same_letter_once_more_is_asked_about_and_not_paid_twice() {
    let test = TestApp::on(FRIDAY);
    let first = first_bill(&test);
    let lines = [
        "Rechnungsnummer: GH 2026 117",
        "Rechnungsdatum: 12.11.2026",
        "Rechnungsbetrag: 142,80 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026 auf unser Konto.",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "Kopie",
    ];
    let copy = letter(&test, "kopie.pdf", "Rechnung", &lines);
    assert_eq!(copy["state"], "review");
    assert_eq!(copy["warnings"], json!([{"warning": "repeats", "other": first["id"]}]));
    is_found_by_its_warning(&test, &copy);
    assert_eq!(open_payments(&test).len(), 1);

    // A person may say that it is another letter after all.
    test.call("review.accept", json!({"id": copy["id"]}));
    assert_eq!(again(&test, &copy)["warnings"], json!([]));
    assert_eq!(open_payments(&test).len(), 2);
}

#[test]
fn another_account_than_the_known_one_is_warned_of_until_a_person_confirms_it() {
    let test = TestApp::on(FRIDAY);
    first_bill(&test);
    let lines = [
        "Rechnungsnummer: GH-2026-140",
        "Rechnungsdatum: 16.11.2026",
        "Rechnungsbetrag: 99,00 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 30.11.2026 auf unser Konto.",
        "IBAN: DE02 1203 0000 0000 2020 51",
    ];
    let second = letter(&test, "zweite.pdf", "Rechnung", &lines);
    assert_eq!(second["warnings"], json!([{"warning": "changed_account"}]));
    is_found_by_its_warning(&test, &second);
    let payment = test.call("tasks.payment", json!({"id": second["tasks"][0]["id"]}));
    assert_eq!((&payment["no_code"], &payment["code"]), (&json!("warned"), &Value::Null));

    let iban = json!({"id": second["id"], "field": "iban", "value": "DE02120300000000202051"});
    let confirmed = test.call("review.correct", iban);
    assert_eq!(confirmed["warnings"], json!([]));
    let found = test.call("search.find", json!({"query": "hat:warnung"}));
    assert!(!found.to_string().contains(second["id"].as_str().unwrap()));
    let payment = test.call("tasks.payment", json!({"id": second["tasks"][0]["id"]}));
    assert_eq!(payment["no_code"], Value::Null);
}

/// The lines of the gardener's bill for the hedge, with `further` ones.
fn hedge(further: &[&str]) -> Vec<String> {
    let lines = [
        "Rechnungsnummer: GH-2026-117",
        "Rechnungsdatum: 12.11.2026",
        "Rechnungsbetrag: 142,80 €",
        "Bitte überweisen Sie den Rechnungsbetrag bis zum 26.11.2026 auf unser Konto.",
    ];
    lines.into_iter().chain(further.iter().copied()).map(str::to_owned).collect()
}

fn refs(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

/// The same bill as data (UBL 2.1), due on `due`.
fn hedge_as_xml(due: &str) -> String {
    let party = |role: &str, name: &str| {
        format!(
            "<cac:{role}><cac:Party><cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName><cac:PartyLegalEntity>\
             <cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:{role}>"
        )
    };
    let namespace = "urn:oasis:names:specification:ubl:schema:xsd";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Invoice xmlns=\"{namespace}:Invoice-2\" xmlns:cac=\"{namespace}:CommonAggregateComponents-2\" \
         xmlns:cbc=\"{namespace}:CommonBasicComponents-2\">\
         <cbc:ID>GH-2026-117</cbc:ID><cbc:IssueDate>2026-11-12</cbc:IssueDate><cbc:DueDate>{due}</cbc:DueDate>\
         <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>\
         {}{}<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount>\
         <cbc:ID>{}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>\
         <cac:TaxTotal><cbc:TaxAmount currencyID=\"EUR\">22.80</cbc:TaxAmount></cac:TaxTotal><cac:LegalMonetaryTotal>\
         <cbc:LineExtensionAmount currencyID=\"EUR\">120.00</cbc:LineExtensionAmount>\
         <cbc:TaxExclusiveAmount currencyID=\"EUR\">120.00</cbc:TaxExclusiveAmount>\
         <cbc:TaxInclusiveAmount currencyID=\"EUR\">142.80</cbc:TaxInclusiveAmount>\
         <cbc:PayableAmount currencyID=\"EUR\">142.80</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>",
        party("AccountingSupplierParty", "Gartenbau Hagenau GmbH"),
        party("AccountingCustomerParty", "Mara Winter"),
        IBAN.replace(' ', ""),
    )
}

/// What the letters of a case are to each other: for each letter its kind and its relations.
fn timeline(test: &TestApp, document: &Value) -> Vec<(String, Vec<String>)> {
    let case = test.call("cases.get", json!({"id": document["id"]}));
    let letters = case["letters"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    letters
        .map(|letter| {
            let relations = letter["relations"].as_array().unwrap().iter();
            (word(&letter["document"]["kind"]), relations.map(|one| word(&one["relation"])).collect())
        })
        .collect()
}

#[test]
fn an_order_its_delivery_note_and_its_invoice_are_one_case_by_the_number_of_the_order() {
    let test = TestApp::on(FRIDAY);
    let order = ["Auftragsnummer: A-4711", "Datum: 02.11.2026", "Wir bestätigen Ihren Auftrag über den Heckenschnitt."];
    letter(&test, "auftrag.pdf", "Auftragsbestätigung", &order);
    let delivery = ["Lieferschein-Nr. L-77", "Auftragsnummer: A 4711", "Datum: 10.11.2026", "1 Sack Hornspäne"];
    letter(&test, "lieferschein.pdf", "Lieferschein", &delivery);
    let account = format!("IBAN: {IBAN}");
    let invoice = letter(&test, "rechnung.pdf", "Rechnung", &refs(&hedge(&["Auftragsnummer: A-4711", &account])));
    let kinds: Vec<String> = timeline(&test, &invoice).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["order_confirmation", "delivery_note", "invoice"]);
    assert_eq!(test.call("cases.list", json!({}))["items"][0]["letters"], 3);
}

#[test]
fn a_credit_note_and_a_corrected_invoice_stand_with_their_bill_which_is_not_to_be_paid_any_more() {
    for (heading, kind, words) in [
        ("Gutschrift", "credit_note", "Gutschriftsbetrag: 42,80 €"),
        ("Rechnungskorrektur", "corrected_invoice", "Diese ersetzt die Rechnung vom 12.11.2026."),
    ] {
        let test = TestApp::on(FRIDAY);
        let first = first_bill(&test);
        let account = format!("IBAN: {IBAN}");
        let number = format!("{heading} Nr. GH-2026-130");
        let lines = [
            number.as_str(),
            "Datum: 18.11.2026",
            "zur Rechnung Nr. GH-2026-117 vom 12.11.2026",
            words,
            "Gesamtbetrag: 42,80 €",
            &account,
        ];
        let later = letter(&test, "korrektur.pdf", heading, &lines);
        assert_eq!(later["kind"], kind, "{later:#}");
        assert_eq!(timeline(&test, &later)[1].1, ["corrects"], "{kind}");
        let warned = json!([{"warning": "corrected", "by": later["id"]}]);
        assert_eq!(again(&test, &first)["warnings"], warned, "{kind}");
        is_found_by_its_warning(&test, &first);
        let payment = test.call("tasks.payment", json!({"id": first["tasks"][0]["id"]}));
        assert_eq!(payment["code"], Value::Null, "{kind}");
    }
}

#[test]
fn a_reply_belongs_to_the_letter_that_it_names_by_its_day() {
    let test = TestApp::on(FRIDAY);
    let first = ["Datum: 02.11.2026", "Wir schlagen vor, die Hecke im März zu schneiden. Bitte antworten Sie uns."];
    let first = letter(&test, "vorschlag.pdf", "Ihre Hecke", &first);
    let unrelated = ["Datum: 03.11.2026", "Unser Betrieb bleibt zwischen den Jahren geschlossen."];
    let unrelated = letter(&test, "betriebsferien.pdf", "Betriebsferien", &unrelated);
    let reply = ["Datum: 16.11.2026", "auf unser Schreiben vom 2. November 2026 haben wir nichts gehört."];
    let reply = letter(&test, "nachfrage.pdf", "Ihre Hecke", &reply);
    assert_eq!(reply["related"][0]["id"], first["id"]);
    assert_eq!(reply["related"][0]["relation"], "answers");
    assert_eq!(again(&test, &unrelated)["related"], json!([]));
}

#[test]
fn the_same_invoice_as_pdf_and_as_xml_is_offered_as_one() {
    let test = TestApp::on(FRIDAY);
    let paper = first_bill(&test);
    let path = test.folder().join("rechnung.xml");
    std::fs::write(&path, hedge_as_xml("2026-11-26")).unwrap();
    let data = test.document(&path);
    assert_eq!(data["warnings"], json!([{"warning": "repeats", "other": paper["id"]}]));
    assert_eq!((&data["state"], open_payments(&test).len()), (&json!("review"), 1));
}

#[test]
fn a_paper_scanned_again_is_offered_as_one_though_recognition_differs() {
    let test = TestApp::on(FRIDAY);
    let body = "Liebe Nachbarn, im kommenden Frühjahr erneuern wir Wege, Beete und den Zaun am Spielplatz. Bitte";
    let text = |word: &str| format!("{word} bis dahin alle Fahrräder, Anhänger und Blumenkübel aus dem Hof.");
    let scan =
        |name: &str, word: &str| letter(&test, name, "Arbeiten im Hof", &["Datum: 09.11.2026", body, &text(word)]);
    let first = scan("aushang.pdf", "räumen Sie");
    let second = scan("aushang-2.pdf", "raumen S1e");
    assert_eq!(second["warnings"], json!([{"warning": "repeats", "other": first["id"]}]));
    // A misread number is no other bill.
    let account = format!("IBAN: {IBAN}");
    let bill = letter(&test, "rechnung.pdf", "Rechnung", &refs(&hedge(&[&account])));
    let misread: Vec<String> =
        hedge(&[&account]).iter().map(|line| line.replace("GH-2026-117", "GH-2O26-1I7")).collect();
    let again = letter(&test, "rechnung-2.pdf", "Rechnung", &refs(&misread));
    assert_eq!(again["warnings"], json!([{"warning": "repeats", "other": bill["id"]}]));
}

#[test]
fn a_person_joins_and_parts_letters_and_nothing_is_paid_twice_or_forgotten() {
    let test = TestApp::on(FRIDAY);
    let first = first_bill(&test);
    // A collector who names neither the bill nor its amount.
    let lines = [
        "Datum: 18.11.2026",
        "Unsere Forderung ist trotz Fälligkeit offen.",
        "Zu zahlender Gesamtbetrag: 171,30 €",
        "Bitte zahlen Sie bis zum 30.11.2026.",
        "IBAN: DE02 1203 0000 0000 2020 51",
    ];
    let path = test.folder().join("inkasso.pdf");
    let collector = "Nordlicht Forderungen GmbH · Kai 1 · 20457 Hamburg";
    std::fs::write(&path, letter_from(collector, "2. Mahnung", &lines)).unwrap();
    let dunning = test.document(&path);
    test.call("review.accept", json!({"id": dunning["id"]}));
    assert_eq!((&dunning["kind"], &dunning["related"]), (&json!("dunning"), &json!([])));
    assert_eq!(open_payments(&test).len(), 2);
    assert_eq!(test.call("cases.list", json!({}))["total"], 0);

    let joined = test.call("cases.join", json!({"id": first["id"], "other": dunning["id"]}));
    assert_eq!(joined["related"][0]["relation"], "reminds");
    let open = open_payments(&test);
    assert_eq!((open.len(), &open[0]["document"]), (1, &dunning["id"]), "the later letter takes the payment over");
    let case = test.call("cases.get", json!({"id": dunning["id"]}));
    assert_eq!((&case["id"], &case["title"]), (&first["id"], &first["title"]));
    assert_eq!((case["open"].as_array().unwrap().len(), &case["open"][0]["id"]), (1, &open[0]["id"]));
    let list = |open: bool| test.call("cases.list", json!({"open": open}))["total"].clone();
    assert_eq!((list(true), list(false)), (json!(1), json!(0)));

    // Were it about less, the bill itself would still be to be paid.
    test.call("review.correct", json!({"id": dunning["id"], "field": "amount_due", "value": "99,00"}));
    test.call("cases.part", json!({"id": dunning["id"]}));
    test.call("cases.join", json!({"id": first["id"], "other": dunning["id"]}));
    assert_eq!(open_payments(&test).len(), 2);
    for _ in 0..3 {
        test.call("history.undo", Value::Null);
    }

    // In the trash the dunning letter asks for nothing: the bill itself is to be paid again.
    test.call("documents.trash", json!({"id": dunning["id"]}));
    assert_eq!(open_payments(&test).iter().map(|task| &task["document"]).collect::<Vec<_>>(), [&first["id"]]);
    assert_eq!(test.call("cases.list", json!({}))["total"], 0);
    test.call("documents.restore", json!({"id": dunning["id"]}));
    assert_eq!(open_payments(&test).iter().map(|task| &task["document"]).collect::<Vec<_>>(), [&dunning["id"]]);

    test.call("cases.part", json!({"id": dunning["id"]}));
    assert_eq!((open_payments(&test).len(), test.call("cases.list", json!({}))["total"].clone()), (2, json!(0)));
    test.call("history.undo", Value::Null);
    assert_eq!((open_payments(&test).len(), list(true)), (1, json!(1)));
    assert_eq!(test.refused("cases.join", json!({"id": first["id"], "other": first["id"]})).code.as_str(), "bad_input");
}

/// Every reason to stop, on the document and on its task, and no code to scan.
#[test]
fn whatever_should_make_one_stop_is_said_on_document_and_task_and_no_code_passes_it() {
    let check = |warning: &str, document: &Value, test: &TestApp| {
        test.call("review.accept", json!({"id": document["id"]}));
        let shown = again(test, document);
        assert_eq!(shown["warnings"][0]["warning"], warning, "{shown:#}");
        is_found_by_its_warning(test, &shown);
        let task = shown["tasks"].as_array().unwrap().iter().find(|task| task["kind"] == "pay");
        let payment = test.call("tasks.payment", json!({"id": task.unwrap_or_else(|| panic!("{warning}"))["id"]}));
        assert_eq!((&payment["no_code"], &payment["code"]), (&json!("warned"), &Value::Null), "{warning}");
        assert_eq!((&payment["iban"], &payment["warnings"]), (&Value::Null, &shown["warnings"]), "{warning}");
    };
    let test = TestApp::on(FRIDAY);
    let foreign = ["USt-IdNr. DE136695976", "IBAN: LT12 1000 0111 0100 1000"];
    check("foreign_account", &letter(&test, "fremd.pdf", "Rechnung", &refs(&hedge(&foreign))), &test);

    let test = TestApp::on(FRIDAY);
    let account = format!("IBAN: {IBAN}");
    let path = test.folder().join("widerspruch.pdf");
    let mut page =
        vec!["Gartenbau Hagenau GmbH · Am Anger 3 · 05123 Eichenbruck", "", "Mara Winter", "", "Rechnung", ""];
    let lines = hedge(&[&account]);
    page.extend(refs(&lines));
    std::fs::write(&path, e_invoice_pdf(&page, &hedge_as_xml("2026-12-24"))).unwrap();
    check("page_and_xml_differ", &test.document(&path), &test);

    let test = TestApp::on(FRIDAY);
    let claim = [
        "Datum: 18.11.2026",
        "Wir vertreten die Forderung der Mobilfunk Nordsee GmbH aus dem Jahr 2019.",
        "Gläubiger: Mobilfunk Nordsee GmbH",
        "Kontoinhaber: Rechtsanwalt Dr. Hauke Lund",
        "Zu zahlender Gesamtbetrag: 412,50 €",
        "Bitte zahlen Sie bis zum 30.11.2026.",
        "IBAN: DE02 1203 0000 0000 2020 51",
    ];
    let path = test.folder().join("inkasso.pdf");
    let collector = "Nordlicht Inkasso GmbH · Kai 1 · 20457 Hamburg";
    std::fs::write(&path, letter_from(collector, "Letzte Mahnung", &claim)).unwrap();
    check("unknown_claim", &test.document(&path), &test);
}
