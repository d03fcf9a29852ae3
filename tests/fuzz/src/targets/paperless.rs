use std::fs;
use std::sync::OnceLock;

use domain::FailureCode;

use super::scene::Scene;
use crate::Target;

/// Exports of paperless-ngx: its manifest, whatever stands in it.
pub(crate) const TARGET: Target = Target {
    name: "paperless",
    seeds,
    words: &[
        "\"documents.document\"",
        "\"fields\":{",
        "\"pk\":",
        "\"__exported_file_name__\":\"../../x\"",
        "\"value_monetary\":\"EUR",
        "null",
        "\"created\":\"",
    ],
    short: 300,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    ["v3", "v2-split"]
        .iter()
        .flat_map(|name| crate::seeds::fixtures(&format!("paperless/{name}"), &["json"], 200_000))
        .collect()
}

fn run(bytes: &[u8]) {
    static SCENE: OnceLock<Scene> = OnceLock::new();
    let scene = SCENE.get_or_init(|| Scene::new(0));
    let folder = scene.folder.path().join("paperless");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("metadata.json"), r#"{"version": "3.0.5"}"#).expect("written");
    fs::write(folder.join("manifest.json"), bytes).expect("written");
    if let Err(failure) = scene.app.preview_paperless(&folder) {
        assert_ne!(failure.code, FailureCode::Internal, "{failure}");
    }
}
