//! The rooms inside `app` know only what lies below them, and no file of it imports, however indirectly, itself. Read from
//! the sources: imports, paths within the code, and calls of what a file adds to `App`. Names of commands and JSON stay at
//! the doors.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Every room of `app` with the rooms it may import. All but the ports may import the files that lie beside the rooms.
const ROOMS: &[(&str, &[&str])] = &[
    ("ports", &[]),
    ("actions", &["ports"]),
    ("runtime", &["actions", "ports"]),
    ("api", &["actions", "ports", "runtime"]),
    ("generate", &["ports", "runtime"]),
];

/// The path of a module below the crate, such as `api::tasks`.
type Name = Vec<String>;

#[derive(Default)]
struct Module {
    text: String,
    /// Imports, from the root of the crate, with whether they are given on.
    uses: Vec<(Name, bool)>,
}

/// The modules of a crate, without tests and comments.
fn modules(sources: &Path) -> BTreeMap<Name, Module> {
    let mut modules = BTreeMap::new();
    let mut folders = vec![sources.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(sources).unwrap().with_extension("");
            let mut name: Name = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            name.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().lines();
            let code = code.map(|line| line.split("//").next().unwrap_or(line));
            modules.insert(name, Module { text: code.collect::<Vec<_>>().join("\n"), uses: Vec::new() });
        }
    }
    let names: BTreeSet<Name> = modules.keys().cloned().collect();
    for (name, module) in &mut modules {
        module.uses = uses(name, &module.text, &names);
    }
    modules
}

fn uses(module: &Name, text: &str, names: &BTreeSet<Name>) -> Vec<(Name, bool)> {
    let mut uses = Vec::new();
    let mut code = String::new();
    for part in text.split(';') {
        let line = part.rfind("use ").filter(|at| {
            let before = part[..*at].rsplit('\n').next().unwrap_or_default().trim();
            before.is_empty() || before.starts_with("pub")
        });
        match line {
            Some(at) => {
                let is_given_on = part[..at].trim_end().ends_with(|last: char| last.is_alphanumeric() || last == ')');
                let paths = expanded(&part[at + 4..].split_whitespace().collect::<Vec<_>>().join(" "));
                uses.extend(paths.into_iter().filter_map(|path| Some((absolute(module, &path, names)?, is_given_on))));
            }
            None => code += part,
        }
    }
    let is_of_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    for path in code.split(|letter| !is_of_path(letter)).filter(|path| path.contains("::")) {
        let path: Name = path.split("::").map(str::to_owned).collect();
        uses.extend(absolute(module, &path, names).map(|path| (path, false)));
    }
    uses
}

/// `a::{b, c::{d, e}}` as paths of their own.
fn expanded(tree: &str) -> Vec<Name> {
    let Some((before, inside)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree).trim();
        return vec![path.split("::").map(str::to_owned).collect()];
    };
    let start: Name = before.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut depth = 0;
    let parts = inside.strip_suffix('}').unwrap_or(inside).split(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    });
    let parts = parts.map(str::trim).filter(|part| !part.is_empty()).flat_map(expanded);
    parts.map(|part| [start.clone(), part].concat()).collect()
}

/// A path from the root of the crate; none for what is of another crate.
fn absolute(module: &Name, path: &[String], names: &BTreeSet<Name>) -> Option<Name> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => Some([&module[..module.len().checked_sub(ups)?], &path[ups..]].concat()),
        child => {
            let inside = [module.as_slice(), &[child.to_owned()]].concat();
            names.contains(&inside).then(|| [module, path].concat())
        }
    }
}

/// The module that defines what a path names, through all that give it on.
fn home(modules: &BTreeMap<Name, Module>, path: &[String], from: usize) -> Option<Name> {
    let length = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let Some(wanted) = rest.first().filter(|_| from < 9) else { return Some(module.to_vec()) };
    let given_on = modules[module].uses.iter().filter(|(_, is_given_on)| *is_given_on);
    let named = given_on.clone().find(|(path, _)| path.last() == Some(wanted));
    let by_name = named.and_then(|(path, _)| home(modules, path, from + 1));
    let of_all = || {
        given_on.filter(|(path, _)| path.last().is_some_and(|last| last == "*")).find_map(|(path, _)| {
            let inside = [&path[..path.len() - 1], rest].concat();
            home(modules, &inside, from + 1).filter(|home| *home != path[..path.len() - 1])
        })
    };
    Some(by_name.or_else(of_all).unwrap_or_else(|| module.to_vec()))
}

/// What each file adds to `App`, by name.
fn methods(modules: &BTreeMap<Name, Module>) -> Vec<(&str, &Name)> {
    let mut methods = Vec::new();
    for (name, module) in modules {
        for block in module.text.split("\nimpl App {").skip(1) {
            let block = block.split("\n}").next().unwrap_or_default();
            let named = block.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
            methods.extend(named.map(|method| (method, name)));
        }
    }
    methods
}

/// From each file to those it needs. What `lib.rs` and a `mod.rs` only give on is no need of theirs.
fn arrows() -> BTreeMap<Name, BTreeSet<Name>> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates/app/src");
    let modules = modules(&sources);
    let methods = methods(&modules);
    let mut arrows = BTreeMap::new();
    for (name, module) in &modules {
        let own = module.uses.iter().filter(|(_, is_given_on)| !is_given_on);
        let mut needed: BTreeSet<Name> = own.filter_map(|(path, _)| home(&modules, path, 0)).collect();
        let adds = module.text.contains("\nimpl App {");
        for (method, home) in &methods {
            let called = |on: &str| module.text.contains(&format!("{on}.{method}("));
            if called("app") || (adds && called("self")) {
                needed.insert((*home).clone());
            }
        }
        needed.remove(name);
        arrows.insert(name.clone(), needed);
    }
    arrows
}

fn room(name: &Name) -> Option<&str> {
    name.first().map(String::as_str).filter(|first| ROOMS.iter().any(|(room, _)| room == first))
}

#[test]
fn every_room_of_the_core_imports_only_the_rooms_below_it() {
    let arrows = arrows();
    assert!(arrows.len() > 70 && arrows.values().map(BTreeSet::len).sum::<usize>() > 200, "{arrows:?}");
    let mut wrong = Vec::new();
    for (from, needed) in arrows.iter().filter(|(from, _)| !from.is_empty()) {
        for to in needed {
            let is_right = match (room(from), room(to)) {
                (Some(own), Some(other)) if own == other => true,
                (Some(own), Some(other)) => {
                    ROOMS.iter().any(|(room, allowed)| *room == own && allowed.contains(&other))
                }
                (Some(own), None) => own != "ports",
                (None, Some(_)) => false,
                (None, None) => true,
            };
            if !is_right {
                wrong.push(format!("{} must not import {}", from.join("::"), to.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_of_the_core_imports_itself_through_others() {
    let mut arrows = arrows();
    // Files that need none of those that are left, or that none of them needs, are taken away again and again; a circle stays.
    loop {
        let left: BTreeSet<Name> = arrows.keys().cloned().collect();
        let needed: BTreeSet<Name> = arrows.values().flatten().cloned().collect();
        arrows.retain(|name, needs| {
            needs.retain(|other| left.contains(other));
            !needs.is_empty() && needed.contains(name)
        });
        if arrows.len() == left.len() {
            break;
        }
    }
    let joined = |names: &BTreeSet<Name>| names.iter().map(|name| name.join("::")).collect::<Vec<_>>().join(", ");
    let circles: Vec<_> = arrows.iter().map(|(from, to)| format!("{} → {}", from.join("::"), joined(to))).collect();
    assert!(circles.is_empty(), "these import each other, or what does: {circles:#?}");
}

#[test]
fn only_the_doors_run_commands_by_name_and_json() {
    let doors = ["crates/app/src::api::dispatch", "crates/cli/src::call", "crates/cli/src::serve", "src::rpc"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri");
    let mut seen = BTreeSet::new();
    for sources in ["src", "crates/app/src", "crates/cli/src"] {
        for (name, module) in modules(&root.join(sources)) {
            let file = format!("{sources}::{}", name.join("::"));
            if module.text.contains(".dispatch(")
                || ["app.respond(", "app.respond_to("].iter().any(|call| module.text.contains(call))
            {
                seen.insert(file);
            }
        }
    }
    assert_eq!(seen, BTreeSet::from(doors.map(str::to_owned)), "the others call the functions with their types");
}
