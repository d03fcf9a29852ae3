//! How many letters of the household corpus get the right task with the right days.

use journeys::{corpus, plans};

use crate::figure::{Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let Some(folder) = corpus::found("household") else { return Ok(Vec::new()) };
    let score = plans::score(&folder)?;
    for missed in &score.missed {
        eprintln!("{missed}");
    }
    Ok(vec![Figure {
        name: "remind.plan_right_percent",
        value: score.percent(),
        unit: "%",
        goal: Some(90.0),
        better: Better::Higher,
        note: format!(
            "{} of {} PDFs; {} of {} from courts and authorities",
            score.right, score.letters, score.alarming_right, score.alarming
        ),
    }])
}
