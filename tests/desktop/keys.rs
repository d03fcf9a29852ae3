//! Twelve journeys by keyboard alone in the real window, each key counted. `ui/tests/presses.spec.ts` goes through the same ones
//! in a browser, step by step, for the figures.

use std::cell::Cell;
use std::ffi::OsStr;
use std::fmt::Debug;
use std::fs;

use journeys::letter::{BILLER, bill, in_days, letter_from, letter_pdf};
use journeys::process::program;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;
use serde_json::Value;

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const CONTROL: &str = "\u{e009}";

/// The day on which most of these journeys play.
const FRIDAY: &str = "2026-11-20T09:00:00Z";

/// Presses keys and counts them; a key with Control is one. Words that are typed are not counted.
struct Keys<'window> {
    window: &'window Window<'window>,
    pressed: Cell<usize>,
}

impl<'window> Keys<'window> {
    fn of(window: &'window Window<'window>) -> Self {
        Self { window, pressed: Cell::new(0) }
    }

    fn press(&self, keys: &str) {
        self.pressed.set(self.pressed.get().saturating_add(1));
        self.window.press(keys);
    }

    fn with_control(&self, key: &str) {
        self.press(&format!("{CONTROL}{key}"));
    }

    /// Shows what the bank needs for the first payment, and says that it is paid.
    fn pay_the_first(&self) {
        self.press(ENTER);
        self.window.see("IBAN");
        self.press("e");
    }

    /// Comes to the first thing and ends it.
    fn end_the_first(&self) {
        self.press("j");
        self.press("e");
        until_done(self.window);
    }

    /// Accepts the one letter that waits for a look, and goes back to Today.
    fn accept_the_one_that_waits(&self) {
        self.window.see("1 letter to check");
        self.with_control("2");
        self.window.see("Enter accepts");
        self.press(ENTER);
        self.window.see("All checked.");
        self.with_control("1");
    }
}

/// Takes letters into the profile at an instant, as if the program had run then.
fn import(session: &Session, at: &str, letters: &[(&str, Vec<u8>)]) {
    let folder = session.folder().join("letters");
    fs::create_dir_all(&folder).expect("a folder for letters");
    let mut arguments = vec!["import".to_owned(), "--wait".to_owned()];
    for (name, letter) in letters {
        let file = folder.join(format!("{name}.pdf"));
        fs::write(&file, letter).expect("a letter");
        arguments.push(file.display().to_string());
    }
    cli(session, at, &arguments);
}

/// Runs `workmate-cli` for the profile at an instant.
fn cli(session: &Session, at: &str, arguments: &[impl AsRef<OsStr> + Debug]) {
    let profile = session.folder().join("profile");
    let mut command = session.command(program("workmate-cli"));
    let command = command.env("WORKMATE_CLOCK_START", at).arg("--profile").arg(profile).args(arguments);
    let output = command.output().expect("workmate-cli");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The window at an instant.
fn open<'session>(session: &'session Session, at: &str) -> Window<'session> {
    Window::open_with(session, "profile", &[("WORKMATE_CLOCK_START", at)])
}

fn tasks(window: &Window<'_>, which: &[&str]) -> Vec<Value> {
    window.cli(&[&["tasks"], which].concat())
}

fn until_done(window: &Window<'_>) {
    wait_for("the task to be done", || tasks(window, &[]).is_empty().then_some(()));
}

fn a_letter(sender: &str, heading: &str, lines: &[&str]) -> Vec<u8> {
    letter_from(&format!("{sender} · Am Anger 3 · 05123 Eichenbruck"), heading, lines)
}

fn a_bill(sender: &str, number: &str, amount: &str, issued: &str, due: Option<&str>) -> Vec<u8> {
    let due = due.map(|day| format!("Bitte überweisen Sie den Rechnungsbetrag bis zum {day}.")).unwrap_or_default();
    let lines = [
        &format!("Rechnungsnummer: {number}"),
        &format!("Rechnungsdatum: {issued}"),
        "",
        &format!("Rechnungsbetrag: {amount} €"),
        "",
        &due,
        "IBAN: DE89 3704 0044 0532 0130 00",
    ];
    a_letter(sender, &format!("Rechnung {number}"), &lines)
}

fn roof() -> Vec<u8> {
    a_bill("Dachdeckerei Rinne GmbH", "DR-118", "248,90", "16.11.2026", Some("24.11.2026"))
}

fn debit(issued: &str, on: &str) -> Vec<u8> {
    let lines = [
        "Rechnungsnummer: HV-2026-77",
        &format!("Rechnungsdatum: {issued}"),
        "",
        "Rechnungsbetrag: 84,60 €",
        "",
        &format!("Den Betrag buchen wir am {on} per SEPA-Lastschrift von Ihrem Konto ab."),
        "Mandatsreferenz: M-4471",
    ];
    a_letter("Alsterland Versicherung a. G.", "Beitragsrechnung zur Hausratversicherung", &lines)
}

fn visit(day: &str) -> Vec<u8> {
    let lines = [
        "Datum: 09.11.2026",
        "",
        &format!("Ihr Termin: {day} um 14:30 Uhr"),
        "Ort: Ringstraße 21, 2. Stock, 05123 Eichenbruck",
        "Bitte bringen Sie Ihre Versichertenkarte und die Überweisung mit.",
    ];
    a_letter("Praxis Dr. Nora Feld", "Ihr Untersuchungstermin", &lines)
}

#[test]
fn first_start_the_sample_letters_become_tasks() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    window.see("Try the sample letters");
    let keys = Keys::of(&window);
    keys.with_control("k");
    wait_for("the palette", || window.text().contains("Keys").then_some(()));
    window.press("sample");
    wait_for("the command", || {
        let chosen = window.run("return document.querySelector('[data-selected]')?.textContent ?? ''", &[]);
        chosen.as_str()?.contains("sample letters").then_some(())
    });
    keys.press(ENTER);
    wait_for("the sample letters", || (window.cli(&["documents"]).len() == 8).then_some(()));
    window.see("After that");
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn of_a_day_of_40_letters_only_the_unclear_one_is_asked_about_with_two_keys() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    for number in 1..=39 {
        fs::write(window.inbox().join(format!("bill-{number}.pdf")), bill(number, in_days(5))).expect("a bill");
    }
    let lines = ["Gartenbau Hagenau GmbH", "", "Rechnung", "", "Wir danken für Ihren Auftrag."];
    fs::write(window.inbox().join("unclear.pdf"), letter_pdf(&lines)).expect("a bill without amount and date");
    let waiting = || {
        let documents = window.cli(&["documents", "--limit", "100"]);
        (documents.len(), documents.iter().filter(|document| document["state"] == "review").count())
    };
    wait_for("the letters", || (waiting() == (40, 1)).then_some(()));
    window.see("1 letter to check");
    let keys = Keys::of(&window);
    keys.with_control("2");
    window.see("not found");
    keys.press(ENTER);
    window.see("All checked.");
    wait_for("the letter to be filed", || (waiting() == (40, 0)).then_some(()));
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn a_bill_is_paid_with_two_keys() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(5))).expect("a bill in the inbox folder");
    window.see("One thing matters now.");
    let keys = Keys::of(&window);
    keys.pay_the_first();
    window.see(&format!("{BILLER}: done."));
    assert_eq!(tasks(&window, &["--all"])[0]["status"], "done");
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn a_debit_is_announced_and_after_its_day_nothing_is_asked() {
    let session = Session::start();
    import(&session, FRIDAY, &[("insurance", debit("16.11.2026", "25.11.2026"))]);
    let window = open(&session, FRIDAY);
    for text in ["HV-2026-77", "€84.60", "debit"] {
        window.see(text);
    }
    session.bring_forward();
    // The window says by itself that the person was there.
    let is_noted = || {
        let report = window.cli(&["call", "diagnostics.get"]);
        report[0]["text"].as_str().is_some_and(|text| text.contains("rows, presence: 1")).then_some(())
    };
    wait_for("the day to be noted", is_noted);
    drop(window);
    let later = open(&session, "2026-11-27T09:00:00Z");
    later.see("1 debited");
    let done = tasks(&later, &["--all"]);
    assert_eq!((&done[0]["status"], &done[0]["done_how"]), (&"done".into(), &"debited".into()), "{done:?}");
}

#[test]
fn a_reminder_is_paid_with_two_keys_in_place_of_its_bill_on_the_day_that_is_shown() {
    let session = Session::start();
    let sender = "Gartenbau Hellwig GmbH";
    let first = a_bill(sender, "GH-2026-117", "142,80", "12.10.2026", Some("26.10.2026"));
    let lines = [
        "Datum: 18.11.2026",
        "Unsere Rechnung GH-2026-117 vom 12.10.2026 über 142,80 € ist noch offen.",
        "Mahngebühr: 5,00 €",
        "Zu zahlender Gesamtbetrag: 147,80 €",
        "Bitte zahlen Sie bis zum 25.11.2026.",
        "IBAN: DE89 3704 0044 0532 0130 00",
    ];
    import(&session, "2026-10-14T09:00:00Z", &[("bill", first)]);
    import(&session, FRIDAY, &[("reminder", a_letter(sender, "1. Mahnung", &lines))]);
    let window = open(&session, FRIDAY);
    window.see("€147.80");
    let keys = Keys::of(&window);
    keys.press(ENTER);
    for text in ["€5.00", "Paid on"] {
        window.see(text);
    }
    keys.press("e");
    until_done(&window);
    assert_eq!(keys.pressed.get(), 2);
    let all = tasks(&window, &["--all"]);
    let paid = all.iter().find(|task| task["status"] == "done").expect("the payment");
    assert_eq!(paid["payments"][0]["paid_on"], "2026-11-20", "{paid:#}");
}

#[test]
fn a_credit_comes_and_two_keys_say_that_it_has_come() {
    let session = Session::start();
    let lines = [
        "Rechnungsnummer: SW-26-0912",
        "Rechnungsdatum: 16.11.2026",
        "",
        "Ihr Guthaben: 212,56 €",
        "",
        "Das Guthaben überweisen wir Ihnen bis zum 24.11.2026 auf Ihr Konto.",
    ];
    import(&session, FRIDAY, &[("power", a_letter("Stadtwerke Eichenbruck GmbH", "Jahresabrechnung Strom", &lines))]);
    let window = open(&session, FRIDAY);
    window.see("+€212.56");
    assert_eq!(tasks(&window, &[])[0]["kind"], "expect_money");
    let keys = Keys::of(&window);
    keys.end_the_first();
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn a_fine_is_looked_at_with_two_keys_and_paid_with_two() {
    let session = Session::start();
    let lines = [
        "Aktenzeichen: 32.4-118/26",
        "Datum: 18.11.2026",
        "",
        "Sie haben am 04.11.2026 im eingeschränkten Haltverbot geparkt.",
        "Verwarnungsgeld: 25,00 €",
        "",
        "Bitte zahlen Sie das Verwarnungsgeld innerhalb einer Woche nach Zugang dieses Schreibens.",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "Verwendungszweck: 32.4-118/26",
    ];
    let fine = a_letter("Stadt Eichenbruck – Ordnungsamt", "Schriftliche Verwarnung mit Verwarnungsgeld", &lines);
    import(&session, FRIDAY, &[("fine", fine)]);
    let window = open(&session, FRIDAY);
    let keys = Keys::of(&window);
    keys.accept_the_one_that_waits();
    window.see("€25.00");
    keys.pay_the_first();
    until_done(&window);
    assert_eq!(keys.pressed.get(), 5);
}

#[test]
fn a_contract_is_cancelled_with_four_keys_and_waits_for_its_confirmation() {
    let session = Session::start();
    let lines = [
        "Datum: 02.12.2025",
        "Vertragsnummer: FN-1",
        "Vertragsbeginn: 01.01.2026",
        "Erstlaufzeit: 12 Monate",
        "Monatsbeitrag: 29,90 €",
        "Der Vertrag kann mit einer Frist von einem Monat zum Ende der Laufzeit gekündigt werden.",
    ];
    import(&session, FRIDAY, &[("gym", a_letter("Fitwerk Nord GmbH", "Mitgliedsvertrag", &lines))]);
    let window = open(&session, FRIDAY);
    window.see("It is cancelled");
    let keys = Keys::of(&window);
    keys.press("j");
    keys.press(TAB);
    keys.press(TAB);
    wait_for("the button", || {
        let focused = window.run("return document.activeElement.textContent", &[]);
        focused.as_str()?.contains("It is cancelled").then_some(())
    });
    keys.press(ENTER);
    window.see("noted as cancelled");
    keys.with_control("8");
    window.see("The confirmation should be here by");
    assert_eq!(keys.pressed.get(), 5, "with the one that leads to the contracts");
}

#[test]
fn an_appointment_says_hour_place_and_what_to_bring_and_two_keys_end_it() {
    let session = Session::start();
    import(&session, FRIDAY, &[("visit", visit("Freitag, 20.11.2026"))]);
    let window = open(&session, FRIDAY);
    for text in ["14:30", "Ringstraße 21", "Versichertenkarte"] {
        window.see(text);
    }
    let keys = Keys::of(&window);
    keys.end_the_first();
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn a_question_to_the_archive_is_answered_above_the_hits() {
    let session = Session::start();
    let sweep = a_bill("Kaminkehrer Norbert Rußig", "KR-26-3", "68,40", "10.11.2026", Some("24.11.2026"));
    import(&session, FRIDAY, &[("sweep", sweep)]);
    let window = open(&session, FRIDAY);
    window.see("KR-26-3");
    let id = tasks(&window, &[])[0]["id"].clone();
    let paid = serde_json::json!({"id": id, "paid_on": "2026-11-12", "how": "transfer"}).to_string();
    window.cli(&["call", "tasks.pay", &paid]);
    let keys = Keys::of(&window);
    keys.with_control("f");
    wait_for("the search box", || {
        window.run("return document.activeElement.hasAttribute('data-search-box')", &[]).as_bool()?.then_some(())
    });
    window.press("when did I last pay the chimney sweep, and how much");
    window.see("Paid");
    window.see("€68.40");
    window.see("12 Nov 2026");
    assert_eq!(keys.pressed.get(), 1);
}

#[test]
fn after_a_week_away_one_sentence_says_what_happened_and_one_thing_is_paid() {
    let session = Session::start();
    let before = [("insurance", debit("09.11.2026", "18.11.2026")), ("visit", visit("Dienstag, 17.11.2026"))];
    import(&session, "2026-11-13T08:00:00Z", &before);
    cli(&session, "2026-11-13T09:00:00Z", &["call", "today.seen"]);
    import(&session, FRIDAY, &[("roof", roof())]);
    let window = open(&session, FRIDAY);
    for text in ["Since Friday 13 November", "1 letter", "1 debited", "1 appointment missed"] {
        window.see(text);
    }
    let keys = Keys::of(&window);
    keys.pay_the_first();
    wait_for("the bill to be paid", || tasks(&window, &[]).iter().all(|task| task["kind"] != "pay").then_some(()));
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn back_to_zero_review_and_today_are_emptied_one_thing_after_another() {
    let session = Session::start();
    let letters = [
        ("roof", roof()),
        ("shelf", a_bill("Tischlerei Morgen GmbH", "TM-26-4", "90,00", "16.11.2026", Some("25.11.2026"))),
        ("paint", a_bill("Malerbetrieb Sonnig", "MS-26-41", "480,00", "16.11.2026", None)),
        ("visit", visit("Freitag, 20.11.2026")),
    ];
    import(&session, FRIDAY, &letters);
    cli(&session, FRIDAY, &["call", "tasks.quick_add", r#"{"line": "Water the flowers today"}"#]);
    let window = open(&session, FRIDAY);
    let keys = Keys::of(&window);
    keys.accept_the_one_that_waits();
    window.see("DR-118");
    // What comes after a thing that is done has the focus already.
    let is_on = || window.run("return document.activeElement.hasAttribute('data-item')", &[]) == Value::Bool(true);
    let items = || window.run("return document.querySelectorAll('[data-item]').length", &[]).as_u64();
    for left in (0..tasks(&window, &[]).len()).rev() {
        let before = items();
        if !is_on() {
            keys.press("j");
            wait_for("the focus", || is_on().then_some(()));
        }
        keys.press("e");
        wait_for("the thing to be done", || (tasks(&window, &[]).len() == left).then_some(()));
        wait_for("it to go", || (items() < before).then_some(()));
    }
    window.see("All taken care of.");
    assert!(keys.pressed.get() <= 3 + 2 * 5, "{} keys", keys.pressed.get());
}
