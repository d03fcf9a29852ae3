//! The code to scan says what the letter says, and is not there where it would be wrong.

use std::path::Path;

use image::{GrayImage, Luma};
use journeys::{TestApp, fact, sample};
use serde_json::{Value, json};

/// Draws the dark squares of the picture: `M{x} {y}h1v1h-1z` each.
fn drawn(svg: &str, path: &Path) {
    const SCALE: u32 = 8;
    let side: u32 =
        svg.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().parse().unwrap();
    let mut picture = GrayImage::from_pixel(side * SCALE, side * SCALE, Luma([255]));
    for square in svg.split("<path").last().unwrap().split('M').skip(1) {
        let (x, y) = square.split_once('h').unwrap().0.split_once(' ').unwrap();
        let (x, y): (u32, u32) = (x.parse().unwrap(), y.parse().unwrap());
        for offset in 0..SCALE * SCALE {
            picture.put_pixel(x * SCALE + offset % SCALE, y * SCALE + offset / SCALE, Luma([0]));
        }
    }
    picture.save(path).unwrap();
}

#[test]
fn the_code_of_a_bill_is_read_back_as_the_same_payment() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    let payment = test.call("tasks.payment", json!({"id": bill["tasks"][0]["id"]}));
    assert_eq!(payment["no_code"], Value::Null);
    let path = test.folder().join("code.png");
    drawn(payment["code"]["svg"].as_str().unwrap(), &path);
    let read = test.document(&path);
    assert_eq!(fact(&read, "iban")["value"], payment["iban"]);
    assert_eq!(fact(&read, "amount_due")["value"], payment["open"]["amount"]);
    assert_eq!(fact(&read, "payment_reference")["value"], payment["reference"]);
    assert_eq!(fact(&read, "iban")["value"], fact(&bill, "iban")["value"]);
}

#[test]
fn there_is_no_code_where_paying_would_be_wrong() {
    let test = TestApp::on("2026-11-20");
    let bill = test.document(&sample("Stadtwerke Jahresrechnung.pdf"));
    let task = &bill["tasks"][0]["id"];
    let reason = || test.call("tasks.payment", json!({"id": task}))["no_code"].clone();
    assert_eq!(reason(), Value::Null);
    test.call("tasks.complete", json!({"id": task}));
    assert_eq!(reason(), "nothing_open");
    test.call("history.undo", Value::Null);
    let by_hand = test.call("tasks.quick_add", json!({"line": "pay 30 € to Kim"}))["task"]["id"].clone();
    assert_eq!(test.call("tasks.payment", json!({"id": by_hand}))["no_code"], "no_payee");
    let visit = test.call("tasks.quick_add", json!({"line": "Oma besuchen"}))["task"]["id"].clone();
    assert_eq!(test.call("tasks.payment", json!({"id": visit}))["no_code"], "not_a_payment");
    for letter in std::fs::read_dir(journeys::samples()).unwrap() {
        let document = test.document(&letter.unwrap().path());
        for task in document["tasks"].as_array().unwrap().iter().filter(|task| task["kind"] == "check_debit") {
            let shown = test.call("tasks.payment", json!({"id": task["id"]}));
            assert_eq!((&shown["no_code"], &shown["iban"]), (&json!("direct_debit"), &Value::Null));
        }
    }
}
