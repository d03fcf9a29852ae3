use std::sync::OnceLock;

use domain::FailureCode;
use serde_json::json;

use super::scene::Scene;
use crate::Target;

/// Queries as the database is asked: none gets through to it as SQL or as the language of its index.
pub(crate) const TARGET: Target = Target {
    name: "search",
    seeds: super::query::TARGET.seeds,
    words: &[
        "NEAR(",
        "\"",
        "*",
        "'",
        "; DROP TABLE documents",
        "%",
        "_",
        "{a b}:",
        "^",
        "-",
        "von:",
        "betrag:",
        "tag:",
    ],
    short: 40,
    run,
};

fn run(bytes: &[u8]) {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    let app = &SCENE.get_or_init(|| Scene::new(50)).app;
    let query = String::from_utf8_lossy(bytes);
    for (command, input) in [
        ("search.find", json!({"query": query, "limit": 5})),
        ("search.understand", json!({"query": query})),
        ("tasks.list", json!({"text": query, "limit": 5})),
        ("documents.list", json!({"query": query, "limit": 5})),
    ] {
        if let Err(failure) = app.dispatch(command, input) {
            assert_eq!(failure.code, FailureCode::BadInput, "{command} {query:?}: {failure}");
        }
    }
}
