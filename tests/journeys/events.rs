//! Changes by another process are reported as precisely as those of this one.

use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

use app::{AppEvent, Changed};
use journeys::{TestApp, process, wait_for};
use serde_json::{Value, json};

fn other_process(test: &TestApp, command: &str, input: &Value) {
    let ran = Command::new(process::program("workmate-cli"))
        .arg("--profile")
        .arg(test.folder())
        .args(["call", command, &input.to_string()])
        .output()
        .expect("the program is there");
    assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn what_another_process_changed_is_told_by_name_and_nothing_else_is_fetched_anew() {
    let test = TestApp::on("2026-11-20");
    let _follow = test.app.follow().expect("the profile can be watched");
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    test.app.subscribe(move |event| {
        if let AppEvent::Changed(changed) = event {
            log.lock().unwrap_or_else(PoisonError::into_inner).push(changed.clone());
        }
    });
    let next = |what: &str| {
        wait_for(what, || {
            let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
            if heard.is_empty() { None } else { Some(heard.remove(0)) }
        })
    };
    other_process(&test, "settings.change", &json!({"key": "theme", "value": "dark"}));
    assert_eq!(next("the setting of the other process"), Changed { settings: true, ..Changed::default() });

    other_process(&test, "tasks.add", &json!({"title": "Müll rausbringen"}));
    let changed = next("the task of the other process");
    let task = test.items("tasks.list", json!({}))[0]["id"].clone();
    assert_eq!(json!(changed.tasks), json!([task]));
    assert!(!changed.all && !changed.settings && changed.documents.is_empty(), "{changed:?}");

    test.call("settings.change", json!({"key": "theme", "value": "light"}));
    assert_eq!(
        next("its own setting"),
        Changed { settings: true, ..Changed::default() },
        "once, and not the other's again"
    );
}
