//! Progress is reported often enough to be seen, and at most four times a second.

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use app::AppEvent;
use journeys::TestApp;
use serde_json::Value;

use crate::pdf::pdf;

#[test]
fn four_hundred_pages_are_told_of_at_most_four_times_a_second() {
    let test = TestApp::on("2026-11-20");
    let pages: Vec<Vec<String>> = (1..=400).map(|page| vec![format!("Jahresbericht, Seite {page}")]).collect();
    let report = test.folder().join("report.pdf");
    fs::write(&report, pdf(&pages)).unwrap();
    let (told, seen) = (Arc::new(AtomicU32::new(0)), Arc::new(Mutex::new(Vec::new())));
    let (telling, seeing, app) = (Arc::clone(&told), Arc::clone(&seen), Arc::downgrade(&test.app));
    test.app.subscribe(move |event| {
        let AppEvent::Changed(changed) = event else { return };
        if changed.jobs {
            telling.fetch_add(1, Ordering::SeqCst);
            let status = app.upgrade().unwrap().dispatch("status.get", Value::Null).unwrap();
            seeing.lock().unwrap().extend(status["jobs"][0]["page"].as_u64());
        }
    });
    let began = Instant::now();
    test.import(&[report]);
    let seconds = u32::try_from(began.elapsed().as_secs()).unwrap() + 1;
    let told = told.load(Ordering::SeqCst);
    // Besides the progress: who runs the profile, taken in, read begun and done, understood begun and done.
    assert!(told <= 4 * seconds + 10, "told {told} times in {seconds} s");
    let seen = seen.lock().unwrap();
    assert!(seen.iter().any(|page| *page > 0), "it is seen moving: {seen:?}");
}
