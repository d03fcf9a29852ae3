//! How honest *certain* is, on every page of the corpus, and how long a page takes to be understood.
//!
//! By the page alone, without the data of e-invoices; without the corpus nothing is measured.

use journeys::corpus;
use journeys::understanding::{PAGES, PICTURES, score};

use crate::figure::{Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let Some(corpus) = corpus(".") else { return Ok(Vec::new()) };
    let (mut certain, mut wrong, mut right) = (0, 0, 0);
    let (mut milliseconds, mut pages) = (0.0, 0);
    for set in PAGES.iter().chain(&PICTURES) {
        let score = score(&corpus, set)?;
        println!("{}", score.table);
        (certain, wrong, right) = (certain + score.certain, wrong + score.wrong, right + score.right);
        (milliseconds, pages) = (milliseconds + score.milliseconds, pages + score.pages);
    }
    let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
    let figure = |name, value, unit, goal, better, note| Figure { name, value, unit, goal: Some(goal), better, note };
    Ok(vec![
        figure(
            "understand.ms_per_page",
            milliseconds / pages.max(1) as f64,
            "ms",
            15.0,
            Better::Lower,
            format!("{pages} pages"),
        ),
        figure(
            "understand.certain_wrong_percent",
            share(wrong, certain),
            "%",
            0.5,
            Better::Lower,
            format!("{wrong} of {certain} certain values"),
        ),
        figure(
            "understand.certain_share_percent",
            share(certain - wrong, right),
            "%",
            70.0,
            Better::Higher,
            format!("{} of {right} right values", certain - wrong),
        ),
    ])
}
