//! `adopt`: a new database for an archive whose own one is gone, damaged or another profile's.

use std::process::ExitCode;

use app::{App, Profile};

use crate::encryption::PasswordSource;
use crate::output::{print, print_data};
use crate::text::say;

pub(crate) fn run(profile: &Profile, passwords: &PasswordSource, as_json: bool) -> anyhow::Result<ExitCode> {
    let (originals, set_aside) = passwords.unlocking(profile, |parts| App::adopt(profile, &parts))?;
    let set_aside = set_aside.map(|folder| folder.display().to_string());
    if as_json {
        print_data(&serde_json::json!({"originals": originals, "set_aside": set_aside}))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(say(
        format!(
            "Eine neue Datenbank ist da. {originals} Originale aus dem Archiv werden noch einmal gelesen, sobald das Fenster offen \
             ist oder „workmate-cli watch“ läuft."
        ),
        format!(
            "There is a new database. {originals} originals of the archive are read again as soon as the window is open or \
             “workmate-cli watch” runs."
        ),
    ))?;
    if let Some(folder) = set_aside {
        print(say(
            format!("Was vorher da war, liegt in {folder}."),
            format!("What was there before lies in {folder}."),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}
