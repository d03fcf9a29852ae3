use std::sync::OnceLock;

use app::COMMANDS;
use domain::{FailureCode, Scope};

use super::scene::Scene;
use crate::Target;

/// What comes over IPC and HTTP: `NAME JSON`, run on a profile with documents. Without those that need the person's own
/// key, because they write where the input says.
pub(crate) const TARGET: Target = Target {
    name: "command",
    seeds,
    words: &[
        "null",
        "[]",
        "{}",
        "\"id\":",
        "\"limit\":4294967295",
        "\"offset\":-1",
        "\"9999-12-31\"",
        "\"-262143-01-01\"",
        "1e400",
    ],
    short: 400,
    run,
};

fn scene() -> &'static Scene {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    SCENE.get_or_init(|| Scene::new(20))
}

fn seeds() -> Vec<Vec<u8>> {
    let documents = scene().app.dispatch("documents.list", serde_json::json!({"limit": 1})).expect("documents");
    let tasks = scene().app.dispatch("tasks.list", serde_json::json!({"limit": 1})).expect("tasks");
    let id = |list: &serde_json::Value| list["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let (document, task) = (id(&documents), id(&tasks));
    let open = COMMANDS.iter().filter(|command| command.scope() != Scope::Admin);
    open.map(|command| {
        let example = command.input().example.unwrap_or("null");
        // The ids of the examples, which are nobody's.
        let mine = if command.name().starts_with("tasks") { &task } else { &document };
        let example = example.replace("0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", mine);
        format!("{} {example}", command.name()).into_bytes()
    })
    .collect()
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some((name, json)) = text.split_once(' ') else { return };
    let Some(command) = COMMANDS.iter().find(|command| command.name() == name) else { return };
    let Ok(input) = serde_json::from_str(json) else { return };
    if command.scope() == Scope::Admin || name == "profile.verify" {
        return;
    }
    if let Err(failure) = scene().app.dispatch(name, input) {
        let is_ours = matches!(failure.code, FailureCode::Internal | FailureCode::ThreadFailed | FailureCode::Database);
        assert!(!is_ours, "{text}: {failure}");
    }
}
