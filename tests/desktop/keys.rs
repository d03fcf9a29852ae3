//! Two journeys by keyboard alone in the real window, each key counted; all twelve are in `ui/tests/presses.spec.ts`.

use std::cell::Cell;
use std::fs;

use journeys::letter::{BILLER, bill, in_days, letter_pdf};
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;

const ENTER: &str = "\u{e007}";
const CONTROL: &str = "\u{e009}";

/// Presses keys and counts them; a key with Control is one.
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
}

#[test]
fn a_bill_is_paid_with_two_keys() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    fs::write(window.inbox().join("bill.pdf"), bill(1, in_days(5))).expect("a bill in the inbox folder");
    window.see("One thing matters now.");
    let keys = Keys::of(&window);
    keys.press(ENTER);
    window.see("IBAN");
    keys.press("e");
    window.see(&format!("{BILLER}: done."));
    assert_eq!(window.cli(&["tasks", "--all"])[0]["status"], "done");
    assert_eq!(keys.pressed.get(), 2);
}

#[test]
fn of_a_day_of_letters_only_the_unclear_one_is_asked_about_with_two_keys() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    for number in 1..=5 {
        fs::write(window.inbox().join(format!("bill-{number}.pdf")), bill(number, in_days(5))).expect("a bill");
    }
    let lines = ["Gartenbau Hagenau GmbH", "", "Rechnung", "", "Wir danken für Ihren Auftrag."];
    fs::write(window.inbox().join("unclear.pdf"), letter_pdf(&lines)).expect("a bill without amount and date");
    let states = || {
        let mut states: Vec<String> = window
            .cli(&["documents"])
            .iter()
            .map(|document| document["state"].as_str().unwrap_or_default().to_owned())
            .collect();
        states.sort();
        states
    };
    let filed = ["accepted"; 5];
    wait_for("the letters", || (states() == [&filed[..], &["review"]].concat()).then_some(()));
    window.see("1 letter to check");
    let keys = Keys::of(&window);
    keys.press(&format!("{CONTROL}2"));
    window.see("not found");
    keys.press(ENTER);
    window.see("All checked.");
    wait_for("the letter to be filed", || (states() == ["accepted"; 6]).then_some(()));
    assert_eq!(keys.pressed.get(), 2);
}
