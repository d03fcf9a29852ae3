use domain::{Period, Region, SoughtTask, coming_when, past_day, quick_add, times_a_year};

use crate::Target;
use crate::seeds::texts;

/// A task in one line, and days, hours and rhythms as people write them.
pub(crate) const TARGET: Target = Target {
    name: "quick",
    seeds,
    words: &[
        "jeden ",
        "übermorgen",
        "halb acht",
        "in 99999 Wochen",
        "am 31.",
        "letzten ",
        "#",
        "every 2nd ",
        "29.2.",
        "€",
        "bis ",
    ],
    short: 100,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    texts(&[
        "Müll rausbringen jeden Donnerstag 19 Uhr",
        "pay rent on the 1st every month 840 €",
        "Zahnarzt in drei Wochen um halb acht #gesundheit 45 min",
        "Steuer alle 3 Monate ab 10.1. bis 2030",
        "am letzten Werktag jedes Quartals",
        "30. Februar",
        "24 Monate",
    ])
}

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let now = super::now();
    let task = quick_add(&text, now);
    assert!(task.title.len() <= text.len() * 4, "the title is left of the line");
    if let Some(recurrence) = task.recurrence {
        drop(recurrence.next(now.date(), now.date()));
    }
    drop((coming_when(&text, now), past_day(&text, now.date()), SoughtTask::parse(&text, now)));
    std::hint::black_box((Period::find(&text), times_a_year(&text), Region::of_postcode(&text)));
}
