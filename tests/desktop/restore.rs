//! A new computer: the first start brings a backup back.

use journeys::process::program;
use journeys::session::Session;
use journeys::window::Window;
use journeys::{sample, wait_for};
use serde_json::json;

/// Makes a profile with one letter and a backup of it; gives the twelve words as they were printed.
fn backed_up(session: &Session) -> String {
    let unlock = "echo | gnome-keyring-daemon --unlock --components=secrets > keyring";
    let opened = session.command("sh").args(["-c", unlock]).current_dir(session.folder()).status().expect("a keyring");
    assert!(opened.success(), "{opened}");
    let (old, disk) = (session.folder().join("old"), session.folder().join("disk"));
    session.cli(&old, &["import", sample("Invoice English lessons.pdf").to_str().expect("text"), "--wait"]);
    let mut command = session.command(program("workmate-cli"));
    let output = command.arg("--profile").arg(&old).args(["backup", "--to"]).arg(&disk).output().expect("a backup");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("Backed up and verified: 3 files"), "{said}");
    let words = said.lines().find_map(|line| line.strip_prefix("    ")).expect("twelve words");
    words.to_owned()
}

#[test]
fn a_first_start_brings_a_backup_back_and_starts_again_with_it() {
    let session = Session::start();
    let words = backed_up(&session);
    let window = Window::open(&session, "new");
    window.see("Coming from another computer?");
    window.click("Restore…");
    window.see("The twelve words");
    let fill = "const dialog = document.querySelector('[role=dialog]');
                const set = (field, value) => {
                    field.value = value;
                    field.dispatchEvent(new Event('input', { bubbles: true }));
                };
                set(dialog.querySelector('input'), arguments[0]);
                set(dialog.querySelector('textarea'), arguments[1]);";
    window.run(fill, &[json!(session.folder().join("disk")), json!(words)]);
    window.click("Next");
    window.see("State");
    window.click("Restore");
    window.see("One letter is back");
    window.see("Start Workmate again");
    // The window goes with the click, and cannot answer it any more.
    let click = "const named = (button) => button.textContent.trim() === 'Start Workmate again';
                 setTimeout(() => [...document.querySelectorAll('button')].find(named).click(), 200);";
    window.run(click, &[]);

    let before = session.folder().join("new.before-restore-1");
    wait_for("the profile of before beside the new one", || before.join("workmate.db").exists().then_some(()));
    let documents = || session.cli(window.profile(), &["documents"]);
    wait_for("the letter", || (documents().len() == 1).then_some(()));
    wait_for("the window to come up again", || (session.visible_windows() == 1).then_some(()));
}
