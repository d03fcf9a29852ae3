//! Node and Rust: the version checks before a build accept what the locked packages demand.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use semver::{Version, VersionReq};
use serde_json::Value;

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Versions of Node around every bound of the ranges in `ui/package.json`, and a few far away.
const VERSIONS: [&str; 12] = [
    "18.20.8", "20.18.3", "20.19.0", "20.99.0", "21.9.0", "22.12.0", "22.13.0", "22.99.0", "23.11.1", "24.0.0",
    "24.99.0", "27.1.0",
];

/// Does a range of npm (`^20.19 || >= 24`) hold this version?
fn holds(range: &str, version: &Version) -> bool {
    let ranges = range.split("||").map(|one| one.replace([' ', 'v'], ""));
    ranges
        .into_iter()
        .any(|one| VersionReq::parse(&one).unwrap_or_else(|error| panic!("{range}: {error}")).matches(version))
}

fn lock() -> Value {
    serde_json::from_slice(&fs::read(repository().join("ui/package-lock.json")).unwrap()).unwrap()
}

#[test]
fn node_is_demanded_exactly_as_the_locked_packages_demand_it() {
    let lock = lock();
    let packages = lock["packages"].as_object().unwrap();
    let package: Value = serde_json::from_slice(&fs::read(repository().join("ui/package.json")).unwrap()).unwrap();
    let ours = package["engines"]["node"].as_str().unwrap();
    assert_eq!(packages[""]["engines"]["node"], ours, "package.json and its lock agree");
    let demands = packages.iter().filter(|(name, package)| !name.is_empty() && package["optional"] != true);
    let demands: Vec<_> =
        demands.filter_map(|(name, package)| Some((name, package["engines"]["node"].as_str()?))).collect();
    for version in VERSIONS.map(|version| Version::parse(version).unwrap()) {
        let against: Vec<_> = demands.iter().filter(|(_, range)| !holds(range, &version)).collect();
        assert_eq!(holds(ours, &version), against.is_empty(), "Node {version}: {ours}, but {against:?}");
    }
}

#[test]
fn another_node_than_the_demanded_is_refused_with_what_is_needed() {
    let lock = lock();
    let ours = lock["packages"][""]["engines"]["node"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let node = folder.path().join("node");
    for version in VERSIONS {
        fs::write(&node, format!("#!/bin/sh\necho v{version}\n")).unwrap();
        fs::set_permissions(&node, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
        let ran = Command::new(repository().join(".make/toolchain")).env("PATH", path).output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        let good = holds(ours, &Version::parse(version).unwrap());
        assert_eq!(ran.status.success(), good, "{version}: {said}");
        assert!(good || said.contains(ours) && said.contains(version), "{said}");
    }
}

#[test]
fn the_toolchain_of_rustup_is_the_version_that_the_packages_are_written_for() {
    let text = |name: &str| fs::read_to_string(repository().join(name)).unwrap();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("no {key}")).to_owned();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let (channel, least) = (value(&text("rust-toolchain.toml"), "channel"), value(&text("Cargo.toml"), "rust-version"));
    assert!(channel.starts_with(&format!("{least}.")), "{channel} is installed, {least} is demanded");
}

#[test]
fn a_known_weakness_of_the_interface_fails_the_lint_and_a_missing_network_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let npm = folder.path().join("npm");
    let clean = "echo found 0 vulnerabilities";
    let weak = "echo '1 high severity vulnerability'; exit 1";
    for (says, code) in [
        (clean, 0),
        (weak, 1),
        // Of tools alone, which are no part of the interface.
        (
            "case \"$*\" in *--omit=dev*) echo found 0 vulnerabilities;; *) echo '1 low severity vulnerability'; exit 1;; esac",
            0,
        ),
        ("echo npm error code ENOTFOUND >&2; exit 1", 0),
        ("echo npm error audit endpoint returned an error >&2; exit 1", 0),
    ] {
        fs::write(&npm, format!("#!/bin/sh\n{says}\n")).unwrap();
        fs::set_permissions(&npm, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
        let ran = Command::new(repository().join(".make/audit")).env("PATH", path).output().unwrap();
        assert_eq!(ran.status.code(), Some(code), "{says}: {ran:?}");
    }
}
