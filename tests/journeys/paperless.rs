//! Documents of paperless-ngx come in with what a person said about them there, each once, and ask no more than they must.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use app::EngineOptions;
use journeys::{TestApp, fact, fixture};
use serde_json::{Value, json};
use tempfile::TempDir;

fn by_title(test: &TestApp, title: &str) -> Value {
    for trashed in [false, true] {
        let list = test.items("documents.list", json!({"trashed": trashed}));
        if let Some(row) = list.as_array().unwrap().iter().find(|row| row["title"] == title) {
            return test.call("documents.get", json!({"id": row["id"]}));
        }
    }
    panic!("there is no “{title}”");
}

fn note(test: &TestApp, title: &str) -> (String, Vec<String>) {
    let found = test.call("documents.note", json!({"id": by_title(test, title)["id"]}));
    let tags = found["tags"].as_array().unwrap().iter();
    let path = |tag: &Value| tag["path"].as_str().or(tag.as_str()).unwrap().to_owned();
    (found["note"].as_str().unwrap_or_default().to_owned(), tags.map(path).collect())
}

/// Lets the engine read everything that waits.
fn read_all(test: &TestApp) {
    let engine = test.run(EngineOptions::JOBS);
    journeys::wait_for("all letters to be read", || {
        let status = test.call("status.get", Value::Null);
        (status["jobs_total"] == 0).then_some(())
    });
    drop(engine);
}

fn counts(view: &Value, of: &str) -> Vec<(String, u64)> {
    let list = view[of].as_array().unwrap().iter();
    list.map(|one| (one["name"].as_str().unwrap().to_owned(), one["count"].as_u64().unwrap())).collect()
}

fn named(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn it_is_first_shown_what_becomes_of_what() {
    let test = TestApp::on("2026-11-20");
    let view = test.call("paperless.preview", json!({"path": fixture("paperless/v3")}));
    assert_eq!(view["version"], "3.0.5");
    let numbers = ["documents", "trashed", "known", "versions", "unseen", "notes", "serial_numbers"]
        .map(|one| view[one].as_u64().unwrap());
    assert_eq!(numbers, [5, 1, 0, 1, 1, 2, 1]);
    assert_eq!(counts(&view, "senders"), named(&[("Hollerbusch", 1)]));
    assert_eq!(counts(&view, "tags"), named(&[("Haus", 2), ("Haus/Garten", 1), ("Posteingang", 1)]));
    let types = view["types"].as_array().unwrap();
    assert_eq!((&types[0]["kind"], &types[1]["kind"]), (&json!("invoice"), &Value::Null));
    assert!(types[1]["tag"].as_str().unwrap().ends_with("/Vereinspost"));
    let fields: Vec<_> = view["fields"].as_array().unwrap().iter().map(|field| field["field"].clone()).collect();
    assert_eq!(fields, [json!("contract_number"), Value::Null, Value::Null, Value::Null, Value::Null]);
    let left = counts(&view, "left");
    assert!(left.contains(&("paperless_mail.mailaccount".to_owned(), 1)), "{left:?}");
    assert_eq!(view["problems"], json!([]));
    // Nothing has come in, and no secret was shown.
    assert_eq!(test.call("documents.list", json!({}))["total"], 0);
    assert!(!view.to_string().contains("made-up"), "{view}");
}

#[test]
fn what_a_person_said_there_stays_and_old_post_asks_nothing() {
    let test = TestApp::on("2026-11-20");
    let path = fixture("paperless/v3");
    let imported = test.call("paperless.import", json!({"path": path}));
    let numbers = ["documents", "known", "trashed"].map(|one| imported[one].as_u64().unwrap());
    assert_eq!((numbers, &imported["problems"]), ([5, 0, 1], &json!([])));
    // Before anything is read, it is all here, and only what nobody has looked at there waits.
    assert_eq!(by_title(&test, "Hecke geschnitten")["state"], "accepted");
    assert_eq!(test.call("review.list", json!({}))["total"], 1);

    read_all(&test);
    let bill = by_title(&test, "Hecke geschnitten");
    assert_eq!(
        (&bill["kind"], &bill["correspondent"], &bill["state"]),
        (&json!("invoice"), &json!("Hollerbusch"), &json!("accepted"))
    );
    assert_eq!(bill["received_at"], "2023-02-12T09:59:58.000001Z");
    assert_eq!(bill["file_name"], "scan_0815.pdf");
    assert_eq!(
        (&fact(&bill, "issue_date")["value"], &fact(&bill, "issue_date")["origin"]),
        (&json!("2023-02-10"), &json!("user"))
    );
    assert_eq!(fact(&bill, "total_gross")["value"], "84.20", "the rest was read");
    let (text, tags) = note(&test, "Hecke geschnitten");
    assert!(text.starts_with("Schön geworden.\n\nÜberwiesen am 20.02."), "oldest first: {text}");
    for line in ["17", "Betrag: 84.20 EUR", "Status: erledigt", "Gehört zu: Falsch geparkt"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert_eq!(tags, ["Haus", "Haus/Garten"]);
    // A fine of 2022 is alarming, but it was filed there.
    let fine = by_title(&test, "Falsch geparkt");
    assert_eq!((&fine["state"], &fine["tasks"]), (&json!("accepted"), &json!([])), "{fine}");
    // What is in the trash there is in the trash here; a newer version replaces it.
    assert!(by_title(&test, "Turnverein")["trashed_at"].is_string());
    assert_eq!(fact(&by_title(&test, "Turnverein"), "contract_number")["value"], "TV-99");
    let newer = by_title(&test, "Turnverein · Beitrag ab 2025");
    assert!(note(&test, "Turnverein · Beitrag ab 2025").1.iter().any(|tag| tag.ends_with("/Vereinspost")));
    assert_eq!(newer["trashed_at"], Value::Null);
    // What nobody has looked at there is a letter like any other.
    let fresh = by_title(&test, "Neue Rechnung");
    assert_eq!(fresh["tasks"][0]["due"], "2026-12-07", "{fresh}");
    let today = test.call("today.get", Value::Null);
    assert!(!today.to_string().contains("Falsch geparkt") && !today.to_string().contains("Hecke"), "{today}");
}

#[test]
fn the_same_export_again_changes_nothing_and_what_is_here_stays_as_it_is() {
    let test = TestApp::on("2026-11-20");
    let path = fixture("paperless/v3");
    let known = test.document(&path.join("2023-02-10 Hollerbusch Hecke geschnitten.pdf"));
    let first = test.call("paperless.import", json!({"path": path}));
    assert_eq!((&first["documents"], &first["known"]), (&json!(4), &json!(1)));
    assert_eq!(test.call("paperless.preview", json!({"path": path}))["known"], 5);
    let after = test.call("documents.get", json!({"id": known["id"]}));
    assert_eq!((&after["title"], &after["facts"]), (&known["title"], &known["facts"]), "nothing is overwritten");
    read_all(&test);
    let before = test.items("documents.list", Value::Null);
    let again = test.call("paperless.import", json!({"path": path}));
    assert_eq!((&again["documents"], &again["known"]), (&json!(0), &json!(5)));
    assert_eq!(test.items("documents.list", Value::Null), before);
}

#[test]
fn an_original_that_was_put_back_after_an_interruption_gets_what_paperless_knows_of_it() {
    let test = TestApp::on("2026-11-20");
    let path = fixture("paperless/v3");
    // As after a kill between the originals and their rows: the original lies in the archive, and the next start adopts it.
    let original = path.join("2022-06-05 Falsch geparkt.pdf");
    let manifest: Value = serde_json::from_slice(&fs::read(path.join("manifest.json")).unwrap()).unwrap();
    let hash = manifest.as_array().unwrap().iter().find(|one| one["fields"]["title"] == "Falsch geparkt").unwrap()["fields"]["checksum"].clone();
    let hash = hash.as_str().unwrap();
    let place = test.folder().join("archive").join(&hash[..2]);
    fs::create_dir_all(&place).unwrap();
    fs::copy(&original, place.join(hash)).unwrap();
    let test = test.restarted();
    read_all(&test);
    assert_eq!(test.call("documents.list", json!({}))["total"], 1, "it was adopted");
    let imported = test.call("paperless.import", json!({"path": path}));
    assert_eq!(imported["documents"], 5);
    read_all(&test);
    let fine = by_title(&test, "Falsch geparkt");
    assert_eq!(fact(&fine, "issue_date")["origin"], "user");
    assert_eq!(test.call("documents.list", json!({}))["total"], 4, "and none is here twice");
}

#[test]
fn older_exports_with_split_manifests_and_md5_come_in_and_so_does_a_zip() {
    let folder = TempDir::new().unwrap();
    let zip = folder.path().join("export.zip");
    zip_folder(&fixture("paperless/v2-split"), &zip, "backup/");
    for path in [fixture("paperless/v2-split"), zip] {
        let test = TestApp::on("2026-11-20");
        assert_eq!(test.call("paperless.preview", json!({"path": path}))["version"], "2.14.7");
        let imported = test.call("paperless.import", json!({"path": path}));
        assert_eq!((&imported["documents"], &imported["problems"]), (&json!(2), &json!([])), "{}", path.display());
        let (text, tags) = note(&test, "Hecke geschnitten");
        assert!(text.contains("Überwiesen am 20.02.") && tags == ["Haus", "Haus/Garten"], "{text} {tags:?}");
        // A day in UTC is the day of the person: midnight in Berlin.
        assert_eq!(by_title(&test, "Falsch geparkt")["issue_date"], "2022-06-05");
        assert_eq!(by_title(&test, "Hecke geschnitten")["issue_date"], "2023-02-10");
    }
}

fn zip_folder(folder: &Path, target: &Path, start: &str) {
    let mut archive = zip::ZipWriter::new(fs::File::create(target).unwrap());
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = format!("{start}{}", path.strip_prefix(folder).unwrap().display());
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&fs::read(path).unwrap()).unwrap();
        }
    }
    archive.finish().unwrap();
}

/// A copy of the fixture in which one thing is changed.
fn changed(change: impl FnOnce(&Path, &mut Vec<Value>)) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join("export");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(fixture("paperless/v3")).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let manifest = copy.join("manifest.json");
    let mut records: Vec<Value> = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    change(&copy, &mut records);
    fs::write(manifest, serde_json::to_vec(&records).unwrap()).unwrap();
    (folder, copy)
}

#[test]
fn what_leads_out_is_damaged_or_missing_is_named_and_the_rest_comes_in() {
    let (folder, copy) = changed(|copy, records| {
        let files = ["../secret.pdf", "/etc/hostname", "link.pdf", "gone.pdf"];
        let documents = records.iter_mut().filter(|record| record["model"] == "documents.document");
        for (record, file) in documents.zip(files) {
            record["__exported_file_name__"] = json!(file);
        }
        fs::write(copy.join("../secret.pdf"), "secret").unwrap();
        std::os::unix::fs::symlink(copy.join("../secret.pdf"), copy.join("link.pdf")).unwrap();
        fs::write(copy.join("2026-11-16 Neue Rechnung.pdf"), "%PDF-1.4 damaged").unwrap();
    });
    let test = TestApp::on("2026-11-20");
    let imported = test.call("paperless.import", json!({"path": copy}));
    let codes: Vec<_> =
        imported["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unsafe_path", "unsafe_path", "unsafe_path", "file_unreadable", "damaged"]);
    assert_eq!(imported["documents"], 0);
    assert!(!imported.to_string().contains(&"secret\"".repeat(2)));
    drop(folder);

    let (_folder, copy) =
        changed(|copy, _| fs::write(copy.join("x-manifest.json"), "[{\"model\": \"documents.note\"").unwrap());
    let imported = TestApp::on("2026-11-20").call("paperless.import", json!({"path": copy}));
    assert_eq!((&imported["documents"], imported["problems"].as_array().unwrap().len()), (&json!(5), 1), "{imported}");
}

#[test]
fn a_zip_that_claims_too_much_or_holds_a_link_is_refused_file_by_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("export.zip");
    let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let plain = zip::write::SimpleFileOptions::default();
    let documents = ["link.pdf", "../out.pdf", "bomb.pdf"].iter().enumerate().map(|(number, file)| {
        json!({"model": "documents.document", "pk": number, "fields": {"title": file, "created": "2025-01-01"}, "__exported_file_name__": file})
    });
    archive.start_file("manifest.json", plain).unwrap();
    archive.write_all(&serde_json::to_vec(&documents.collect::<Vec<_>>()).unwrap()).unwrap();
    archive.add_symlink("link.pdf", "/etc/passwd", plain).unwrap();
    archive.start_file("../out.pdf", plain).unwrap();
    archive.write_all(b"%PDF-1.4").unwrap();
    archive.start_file("bomb.pdf", plain).unwrap();
    for _ in 0..201 {
        archive.write_all(&vec![0; 1_000_000]).unwrap();
    }
    archive.finish().unwrap();
    let test = TestApp::on("2026-11-20");
    let imported = test.call("paperless.import", json!({"path": path}));
    let codes: Vec<_> =
        imported["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unsafe_path", "unsafe_path", "too_large"], "{imported}");
    assert_eq!(
        test.refused("paperless.import", json!({"path": fixture("household/parking-receipt.pdf")})).code.as_str(),
        "not_an_export"
    );
    assert_eq!(test.refused("paperless.import", json!({"path": folder.path()})).code.as_str(), "not_an_export");
}

/// The exports that lie beside the corpus, where they are: everything that their truth says.
#[test]
fn the_exports_of_the_corpus_come_in_as_their_truth_says() {
    let Some(root) = journeys::corpus::large("paperless-export") else { return };
    let truth: Value = serde_json::from_slice(&fs::read(root.join("truth.json")).unwrap()).unwrap();
    for (version, is_newest) in [("v3", true), ("v2-split", false)] {
        let test = TestApp::on("2025-06-01");
        let imported = test.call("paperless.import", json!({"path": root.join(version)}));
        assert_eq!(imported["problems"], json!([]), "{version}");
        read_all(&test);
        for expected in truth["documents"].as_array().unwrap() {
            let title = expected["title"].as_str().unwrap();
            let document = by_title(&test, title);
            assert_eq!(document["file"], expected["sha256"], "{version}: {title}");
            assert_eq!(fact(&document, "issue_date")["value"], expected["created"], "{version}: {title}");
            if expected["correspondent"].is_string() {
                assert_eq!(document["correspondent"], expected["correspondent"], "{version}: {title}");
            }
            let is_trashed = expected["trashed"] == true || (is_newest && expected["trashed"] == "v3 only");
            assert_eq!(document["trashed_at"].is_string(), is_trashed, "{version}: {title}");
            let (text, tags) = note(&test, title);
            let wanted: Vec<&str> =
                expected["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
            assert_eq!(tags, wanted, "{version}: {title}");
            for noted in expected["notes"].as_array().into_iter().flatten() {
                let is_there = text.contains(noted.as_str().unwrap());
                assert!(is_there || !is_newest, "{version}: {noted} in {text}");
            }
            if let Some(number) = expected["asn"].as_u64() {
                assert!(text.contains(&number.to_string()), "{text}");
            }
        }
        for secret in truth["must_not_appear_anywhere"].as_array().unwrap() {
            let secret = secret.as_str().unwrap().as_bytes();
            for name in ["workmate.db", "workmate.db-wal"] {
                let bytes = fs::read(test.folder().join(name)).unwrap_or_default();
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{version}: {name}");
            }
        }
    }
}
