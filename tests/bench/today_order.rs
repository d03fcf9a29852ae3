//! On how many of 200 made-up days Today stands in the order of its written rule.

use domain::today_order;
use journeys::days::MadeUpDay;

use crate::figure::{Better, Figure};

const DAYS: u64 = 200;

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let (mut right, mut tasks, mut cards) = (0_u32, 0, 0);
    for seed in 0..DAYS {
        let day = MadeUpDay::of(seed);
        let order = today_order(&day.tasks, day.now);
        (tasks, cards) = (tasks + day.tasks.len(), cards + order.len());
        match day.check(&order) {
            Ok(()) => right += 1,
            Err(wrong) => eprintln!("day {seed}, {}: {wrong}", day.now),
        }
    }
    Ok(vec![Figure {
        name: "humane.today_order_percent",
        value: f64::from(right) * 100.0 / DAYS as f64,
        unit: "%",
        goal: Some(100.0),
        better: Better::Higher,
        note: format!("{right} of {DAYS} made-up days, {tasks} open tasks, {cards} cards"),
    }])
}
