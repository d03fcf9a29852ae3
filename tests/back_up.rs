//! Makes a backup of a profile on a given day: `back-up PROFILE FOLDER DAY`. It is what `workmate-cli backup` does, with a secret store
//! that lasts as long as the program: a test can end it at a crash point where there is no secret store.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use app::{App, Parts, Profile};
use journeys::TestClock;
use journeys::conversion::WORDS;
use journeys::secrets::TestSecrets;
use serde_json::json;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [profile, folder, day] = arguments.as_slice() else { anyhow::bail!("back-up PROFILE FOLDER DAY") };
    let secrets = Arc::new(TestSecrets::default());
    let parts = Parts { secrets, clock: TestClock::at(day), channels: Vec::new(), ..Parts::real() };
    let app = App::open(Profile::locate(Some(Path::new(profile)))?, parts)?;
    app.dispatch("backup.set_up", json!({"folder": folder, "words": WORDS}))?;
    app.back_up(&|| false).map(drop).context("no backup was made")
}
