use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use domain::FailureCode;
use sha2::{Digest as _, Sha256};

use super::scene::Scene;
use crate::Target;

/// Exports of anybody: files parted by a line `=== NAME`, brought into a new profile. The hashes are always right, as a
/// forger's are.
pub(crate) const TARGET: Target = Target {
    name: "export",
    seeds,
    words: &[
        "\n=== documents/x.json\n",
        "\"way_back\":{",
        "\"original\":\"../../x\"",
        "\"schema\":",
        "\"documents\":[{",
        "null",
        "\"sha256\":",
    ],
    short: 25,
    run,
};

/// One real export of a small profile.
fn seeds() -> Vec<Vec<u8>> {
    let scene = Scene::new(3);
    let folder = scene.folder.path().join("export");
    scene.app.export(&folder, false).expect("an export");
    let mut all = String::new();
    let mut head = String::new();
    for path in below(&folder) {
        let name = path.strip_prefix(&folder).expect("below").display().to_string();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if name == "export.json" {
            head = format!("=== {name}\n{text}\n");
        } else if name.ends_with(".json") {
            all += &format!("=== {name}\n{text}\n");
        }
    }
    vec![format!("{head}{all}").into_bytes(), head.into_bytes()]
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { below(&path) } else { vec![path] }).collect()
}

fn run(bytes: &[u8]) {
    static NEW: OnceLock<Mutex<Scene>> = OnceLock::new();
    let mut scene = NEW.get_or_init(|| Mutex::new(Scene::new(0))).lock().unwrap_or_else(PoisonError::into_inner);
    let folder = scene.folder.path().join("export");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir(&folder).expect("a folder");
    let mut manifest = String::new();
    for part in String::from_utf8_lossy(bytes).split("=== ").skip(1) {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        let is_inside =
            !name.is_empty() && name.split('/').all(|part| !matches!(part, "" | "." | "..") && part.len() < 100);
        if !is_inside || name.contains('\0') {
            continue;
        }
        let path = folder.join(name);
        let made = path.parent().is_none_or(|above| fs::create_dir_all(above).is_ok());
        if made && fs::write(&path, text.trim_end_matches('\n')).is_ok() {
            let hash: String = Sha256::digest(text.trim_end_matches('\n').as_bytes())
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            manifest += &format!("{hash}  {name}\n");
        }
    }
    fs::write(folder.join("manifest.sha256"), manifest).expect("written");
    match scene.app.bring_export(&folder) {
        Ok(_) => {
            assert_eq!(scene.app.integrity_errors().expect("a look"), Vec::<String>::new(), "the database after it");
            *scene = Scene::new(0);
        }
        Err(failure) => {
            assert!(!matches!(failure.code, FailureCode::Internal | FailureCode::Corrupt), "{failure}");
            if scene.app.look_at_export(&folder).is_ok_and(|view| !view.profile_is_new) {
                *scene = Scene::new(0);
            }
        }
    }
}
