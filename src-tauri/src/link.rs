//! Arguments of the program: files, or links to a place in the window such as `workmate://task/<id>`.

use std::path::{Path, PathBuf};

use domain::{DocumentId, TaskId};
use tauri::Url;

/// The scheme of links; the desktop entry of the package names it as well.
const SCHEME: &str = "workmate";

/// Something to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// A file or folder to take in.
    File(PathBuf),
    /// An address of the interface.
    Place(String),
    /// A link that is not known.
    Unknown(String),
}

impl Opening {
    /// What an argument means; `folder` is where relative paths begin.
    pub(crate) fn of(argument: &Path, folder: &Path) -> Self {
        let Some(text) = argument.to_str() else { return Self::File(folder.join(argument)) };
        // A desktop hands files over as addresses, too.
        match Url::parse(text) {
            Ok(url) if url.scheme() == "file" => {
                url.to_file_path().map_or_else(|()| Self::Unknown(text.to_owned()), Self::File)
            }
            Ok(url) if url.scheme() == SCHEME => {
                place(&url).map_or_else(|| Self::Unknown(text.to_owned()), Self::Place)
            }
            Ok(_) | Err(_) => Self::File(folder.join(argument)),
        }
    }
}

fn place(url: &Url) -> Option<String> {
    let id = url.path().trim_matches('/');
    match url.host_str()? {
        "today" if id.is_empty() => Some("#/today".to_owned()),
        "task" => Some(format!("#/tasks/{}", id.parse::<TaskId>().ok()?)),
        "document" => Some(format!("#/documents/{}", id.parse::<DocumentId>().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const ID: &str = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000";

    fn opening(argument: &str) -> Opening {
        Opening::of(Path::new(argument), Path::new("/home/mara"))
    }

    #[test]
    fn links_lead_to_tasks_and_documents_and_nowhere_else() {
        assert_eq!(opening(&format!("workmate://task/{ID}")), Opening::Place(format!("#/tasks/{ID}")));
        assert_eq!(opening(&format!("workmate://document/{ID}/")), Opening::Place(format!("#/documents/{ID}")));
        assert_eq!(opening("workmate://today"), Opening::Place("#/today".to_owned()));
        for wrong in
            ["workmate://task/1", "workmate://task", "workmate://settings", "workmate:", "workmate://task/../x"]
        {
            assert_eq!(opening(wrong), Opening::Unknown(wrong.to_owned()));
        }
    }

    #[test]
    fn files_are_named_by_path_or_address() {
        assert_eq!(opening("file:///tmp/Rechnung%20M%C3%A4rz.pdf"), Opening::File("/tmp/Rechnung März.pdf".into()));
        assert_eq!(opening("Scan: Mai.pdf"), Opening::File("/home/mara/Scan: Mai.pdf".into()));
        assert_eq!(opening("/tmp/x.pdf"), Opening::File("/tmp/x.pdf".into()));
    }

    #[test]
    fn the_desktop_is_told_of_links_and_of_every_kind_of_file() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let entry = fs::read_to_string(root.join("../assets/workmate.desktop")).expect("the desktop entry");
        let conf = fs::read_to_string(root.join("tauri.conf.json")).expect("the configuration");
        let conf: serde_json::Value = serde_json::from_str(&conf).expect("JSON");
        let line = entry.lines().find_map(|line| line.strip_prefix("MimeType=")).expect("kinds of files");
        let said: Vec<_> = line.split_terminator(';').collect();
        assert!(said.contains(&format!("x-scheme-handler/{SCHEME}").as_str()), "{line}");
        for kind in conf["bundle"]["fileAssociations"].as_array().expect("a list") {
            assert!(said.contains(&kind["mimeType"].as_str().expect("a kind")), "{kind}");
        }
        assert_eq!(conf["bundle"]["linux"]["deb"]["desktopTemplate"], "../assets/workmate.desktop");
        assert!(entry.contains("%U"), "with %F a desktop would not hand links over");
    }
}
