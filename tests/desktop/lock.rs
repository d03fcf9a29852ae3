//! An encrypted profile in the real window: it is encrypted at the next start, opened by the password, and locked by a key.

use std::fs;

use journeys::conversion::{PASSWORD, WORDS};
use journeys::process::program;
use journeys::session::Session;
use journeys::window::Window;
use journeys::{sample, wait_for};
use serde_json::json;

/// Types into the field with this label.
fn type_into(window: &Window, label: &str, text: &str) {
    let script = "const named = [...document.querySelectorAll('label')].find((one) => one.textContent.trim().startsWith(arguments[0]));
                  const field = named.querySelector('input, textarea') ?? document.getElementById(named.htmlFor);
                  field.value = arguments[1];
                  field.dispatchEvent(new Event('input', { bubbles: true }));";
    window.run(script, &[json!(label), json!(text)]);
}

#[test]
fn data_is_encrypted_at_the_next_start_and_nothing_is_shown_until_the_password_is_typed() {
    let session = Session::start();
    let profile = session.folder().join("profile");
    let password = session.folder().join("password");
    fs::write(&password, PASSWORD).expect("written");
    session.cli(&profile, &["import", sample("Invoice English lessons.pdf").to_str().expect("text"), "--wait"]);
    {
        let window = Window::open(&session, "profile");
        window.run("location.hash = '#/settings/privacy'", &[]);
        window.see("Your data is not encrypted");
        window.click("Encrypt");
        type_into(&window, "Password", PASSWORD);
        type_into(&window, "Once more", PASSWORD);
        window.click("Next");
        window.see("These twelve words open your data");
        window.click("I have written them down");
        // The words of a backup, which this person has already.
        type_into(&window, "The twelve words", WORDS);
        window.click("Next");
        window.see("All is ready.");
        assert!(!profile.join("keys.json").exists(), "nothing happens before the next start");
    }

    let window = Window::open(&session, "profile");
    window.see("Your data is encrypted now");
    type_into(&window, "Password or twelve words", "something else");
    window.click("Encrypt now");
    window.see("This password does not open it.");
    type_into(&window, "Password or twelve words", PASSWORD);
    window.click("Encrypt now");
    wait_for("the encrypted profile", || profile.join("keys.json").exists().then_some(()));
    wait_for("the main window", || session.shows("Workmate Private").then_some(()));
    wait_for("the question to go", || (!session.shows("Workmate is locked")).then_some(()));
    let with_password = |arguments: &[&str]| {
        let mut command = session.command(program("workmate-cli"));
        let run = command.arg("--profile").arg(&profile).args(arguments).env("WORKMATE_PASSWORD_FILE", &password);
        String::from_utf8_lossy(&run.output().expect("the program").stdout).into_owned()
    };
    let documents = with_password(&["documents", "--json"]);
    assert!(documents.contains("\"title\""), "{documents}");
    wait_for("the engine", || with_password(&["call", "status.get", "--json"]).contains("elsewhere").then_some(()));
    assert!(!session.folder().join("profile.before-conversion").exists());

    // Locked by its keys: the window goes with all that it shows, and the question is there again.
    let pressed = session.command("xdotool").args(["key", "ctrl+shift+l"]).status().expect("xdotool");
    assert!(pressed.success());
    wait_for("the question", || session.shows("Workmate is locked").then_some(()));
    assert!(!session.shows("Workmate Private"));
    let refused = session.command(program("workmate-cli")).arg("--profile").arg(&profile).arg("documents").output();
    assert!(!refused.expect("the program").status.success(), "the data is locked");
}
