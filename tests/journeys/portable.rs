//! Everything below the shell is portable: whatever exists on one system only is behind `#[cfg(…)]`, in sources and
//! manifests. `make check-portable` lets the compiler check that, where the targets are installed; this test runs
//! everywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Crates of one kind of system, with the condition below which they stand in a manifest.
const CRATES: &[(&str, &str)] = &[
    ("landlock", "cfg(target_os = \"linux\")"),
    ("libc", "cfg(target_os = \"linux\")"),
    ("rustix", "cfg(unix)"),
    ("seccompiler", "cfg(target_os = \"linux\")"),
    ("zbus", "cfg(target_os = \"linux\")"),
];

/// Paths of the standard library that not every system has.
const PATHS: &[&str] = &["std::os::", "signal::unix"];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates")
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether line `at`, or an item around it, stands behind a condition on the system.
fn is_conditional(lines: &[&str], at: usize) -> bool {
    let condition = |line: &str| {
        let line = line.trim_start();
        (line.starts_with("#[cfg(") || line.starts_with("#![cfg("))
            && ["unix", "target_os", "windows"].iter().any(|it| line.contains(it))
    };
    let mut depth = indent(lines[at]);
    // Attributes stand directly above their item, as deep as it; what is around it begins above and less deep.
    let mut beside = true;
    for line in lines[..at].iter().rev() {
        let is_attribute = line.trim_start().starts_with("#[") || line.trim_start().starts_with("///");
        if !line.trim().is_empty() && indent(line) < depth && !is_attribute {
            (depth, beside) = (indent(line), true);
        } else if indent(line) == depth && beside {
            if condition(line) {
                return true;
            }
            beside = is_attribute;
        }
    }
    lines.iter().take_while(|line| line.starts_with("//") || line.starts_with("#!")).any(|line| condition(line))
}

/// Whether the module that is this file, or one around it, is declared behind a condition.
fn is_conditional_module(file: &Path, root: &Path) -> bool {
    if file == root.join("lib.rs") || file == root.join("main.rs") {
        return false;
    }
    let is_folder = file.file_name().is_some_and(|name| name == "mod.rs");
    let folder = file.parent().unwrap();
    let module = if is_folder { folder.file_name() } else { file.file_stem() }.unwrap().to_string_lossy().into_owned();
    let above = if is_folder { folder.parent().unwrap() } else { folder };
    let beside = above.with_extension("rs");
    let parents = [above.join("mod.rs"), above.join("lib.rs"), above.join("main.rs"), beside];
    parents.iter().filter(|parent| parent.is_file()).any(|parent| {
        let text = fs::read_to_string(parent).unwrap();
        let lines: Vec<_> = text.lines().collect();
        let declared = lines.iter().position(|line| line.trim().ends_with(&format!("mod {module};")));
        declared.is_some_and(|at| is_conditional(&lines, at) || is_conditional_module(parent, root))
    })
}

#[test]
fn what_only_one_system_has_stands_behind_a_condition() {
    let (mut uses, mut bare) = (0, Vec::new());
    for source in fs::read_dir(crates()).unwrap().map(|entry| entry.unwrap().path().join("src")) {
        for file in app::files_below(&source).into_iter().map(Result::unwrap) {
            let text = fs::read_to_string(&file).unwrap();
            let lines: Vec<_> = text.lines().collect();
            for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                let of_crates = CRATES.iter().any(|(name, _)| line.contains(&format!("{name}::")));
                if of_crates || PATHS.iter().any(|path| line.contains(path)) {
                    uses += 1;
                    if !is_conditional(&lines, at) && !is_conditional_module(&file, &source) {
                        bare.push(format!("{}:{}: {}", file.display(), at + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
    assert!(uses > 10, "{uses} uses were looked at");
}

#[test]
fn a_bare_use_is_seen_and_a_conditional_one_is_not() {
    let sees = |text: &str| {
        let lines: Vec<_> = text.lines().collect();
        let at = lines.iter().position(|line| line.contains("std::os::")).unwrap();
        !is_conditional(&lines, at)
    };
    assert!(sees("use std::os::fd::AsFd;"));
    assert!(sees("#[cfg(unix)]\nfn one() {}\n\nfn two() {\n    use std::os::fd::AsFd;\n}"));
    assert!(sees("#[cfg(test)]\nmod tests {\n    use std::os::fd::AsFd;\n}"));
    assert!(!sees("#[cfg(unix)]\nuse std::os::fd::AsFd;"));
    assert!(!sees("#[cfg(unix)]\nfn one() -> u8 {\n    if true {\n        std::os::fd::x();\n    }\n    1\n}"));
    assert!(!sees("/// One.\n#[cfg(target_os = \"linux\")]\n#[must_use]\nfn one() {\n    std::os::fd::x();\n}"));
    assert!(!sees("fn one() {\n    #[cfg(unix)]\n    {\n        std::os::fd::x();\n    }\n}"));
}

#[test]
fn crates_of_one_system_are_dependencies_of_that_system_only() {
    let output = Command::new(env!("CARGO")).args(["metadata", "--no-deps", "--format-version", "1"]).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut seen = 0;
    for package in metadata["packages"].as_array().unwrap().iter().filter(|package| package["name"] != "workmate") {
        for dependency in package["dependencies"].as_array().unwrap() {
            if let Some((name, condition)) = CRATES.iter().find(|(name, _)| dependency["name"] == *name) {
                assert_eq!(dependency["target"], *condition, "{name} in {}", package["name"]);
                seen += 1;
            }
        }
    }
    assert!(seen >= 3, "{seen} dependencies were looked at");
}
