//! What could not be read for certain is settled by keyboard.

use std::fs;

use journeys::letter::letter_pdf;
use journeys::session::Session;
use journeys::wait_for;
use journeys::window::Window;

const ENTER: &str = "\u{e007}";

#[test]
fn a_letter_in_review_is_accepted_with_enter() {
    let session = Session::start();
    let window = Window::open(&session, "profile");
    let lines = ["Gartenbau Hagenau GmbH", "", "Rechnung", "", "Wir danken für Ihren Auftrag."];
    fs::write(window.inbox().join("bill.pdf"), letter_pdf(&lines)).expect("a bill without amount and date");
    window.see("1 letter to check");

    window.go("review");
    window.see("not found");
    window.press(ENTER);
    window.see("All checked.");
    let state = || window.cli(&["documents"])[0]["state"].clone();
    wait_for("the letter to be filed", || (state() == "accepted").then_some(()));
}
