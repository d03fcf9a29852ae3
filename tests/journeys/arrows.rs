//! Which crate may import which. That the program is offline follows from this graph.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Every crate with the crates that it may import.
const ARROWS: &[(&str, &[&str])] = &[
    ("disk", &[]),
    ("domain", &[]),
    ("read", &["domain"]),
    ("understand", &["domain"]),
    ("vault", &["disk"]),
    ("store", &["disk", "domain", "vault"]),
    ("backup", &["disk"]),
    ("connect", &["disk", "domain"]),
    ("app", &["backup", "connect", "disk", "domain", "read", "store", "understand", "vault"]),
    ("cli", &["app", "domain"]),
    ("workmate", &["app", "domain"]),
    ("train", &["domain", "understand"]),
    ("journeys", &["app", "disk", "domain", "train"]),
    ("fuzz", &["app", "domain", "read", "understand"]),
];

/// Libraries that only one crate may use, by the start of their name.
const KEPT: &[(&str, &[&str])] = &[
    ("tauri", &["workmate"]),
    ("rusqlite", &["store"]),
    ("refinery", &["store"]),
    ("age", &["vault"]),
    ("argon2", &["vault"]),
    ("chacha20poly1305", &["vault"]),
    ("rustic", &["backup"]),
    ("rustic_core", &["backup"]),
    ("reqwest", &["connect"]),
    // The tests drive a real window through WebDriver.
    ("hyper", &["connect", "journeys"]),
    ("ureq", &["connect"]),
    ("lettre", &["connect"]),
    ("async-imap", &["connect"]),
    ("libdav", &["connect"]),
    ("axum", &["cli"]),
    ("tower-http", &["cli"]),
    ("pdfium-render", &["read"]),
    ("leptess", &["read"]),
];

/// Direct dependencies of every member, tests' own left out.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path", manifest])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let used = |package: &Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        all.filter(|dependency| dependency["kind"] != "dev").map(name).collect()
    };
    metadata["packages"].as_array().unwrap().iter().map(|package| (name(package), used(package))).collect()
}

#[test]
fn every_room_imports_only_the_rooms_below_it() {
    let dependencies = dependencies();
    let rooms: BTreeSet<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    let members: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    assert_eq!(members, rooms, "a new room needs a line in ARROWS and in ARCHITECTURE.md");
    for (room, allowed) in ARROWS {
        let imported: Vec<_> = dependencies[*room].iter().filter(|name| rooms.contains(name.as_str())).collect();
        for name in imported {
            assert!(allowed.contains(&name.as_str()), "{room} must not import {name}");
        }
    }
}

#[test]
fn libraries_that_belong_to_one_room_stay_there() {
    for (room, used) in dependencies() {
        for name in used {
            for (library, rooms) in KEPT {
                let is_it = name == *library || name.strip_prefix(library).is_some_and(|rest| rest.starts_with('-'));
                assert!(!is_it || rooms.contains(&room.as_str()), "{room} must not import {name}");
            }
        }
    }
}
