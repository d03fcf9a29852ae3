//! How letters fare that nobody had seen when the rules were written, and letters of authors left out of what was learned.
//!
//! The fresh sets lie in `tests/fresh`, each as text layer and truth. The others are read once by `make train`; where that was
//! not done they are not measured.

use std::path::Path;
use std::time::Instant;

use domain::Field;
use train::corpus::{self, Letter};
use train::outcome::outcome;
use train::report::{Counts, percent};
use train::{folds, synthetic};

use crate::figure::{Better, Figure};

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fresh: Vec<Letter> = corpus::fresh(&tests.join("fresh"))
        .into_iter()
        .filter_map(|(name, folder)| corpus::load(&name, &folder, &folder.join("text.jsonl")).ok())
        .flatten()
        .collect();
    let read_before: Vec<Letter> = train::LETTERS.iter().filter_map(|set| read(tests, set)).flatten().collect();
    if read_before.is_empty() {
        // Without the corpora no models can be learned that do not know these letters.
        let mut counts = Counts::default();
        for letter in &fresh {
            counts.add(letter, &outcome(letter, train::Models::built_in()));
        }
        let figures = of("understand.fresh_plan_right_percent", "understand.fresh_silent", &counts, Some(85.0));
        return Ok(if fresh.is_empty() { Vec::new() } else { figures.into() });
    }
    let letters: Vec<Letter> = fresh.into_iter().chain(read_before).collect();
    let bills = train::BILLS.iter().filter_map(|set| read(tests, set)).flatten();
    let drawn = synthetic::letters(train::DRAWN, train::SEED);
    let folds = folds::learn(&letters.iter().cloned().chain(bills).chain(drawn).collect::<Vec<_>>());
    let (mut of_fresh, mut all) = (Counts::default(), Counts::default());
    let start = Instant::now();
    for letter in &letters {
        let outcome = outcome(letter, folds.without.get(folds::author(&letter.set)).unwrap_or(&folds.all));
        all.add(letter, &outcome);
        if letter.set.starts_with("fresh-") {
            of_fresh.add(letter, &outcome);
        }
    }
    let taken = 1000.0 * start.elapsed().as_secs_f64();
    let pages: usize = letters.iter().map(|letter| letter.reading.pages.len()).sum();
    let mut figures = Vec::new();
    figures.extend(of("understand.fresh_plan_right_percent", "understand.fresh_silent", &of_fresh, Some(85.0)));
    figures.extend(of("understand.loao_plan_right_percent", "understand.loao_silent", &all, None));
    let values = all.every_field();
    let sender = all.all.get(&Field::SellerName).copied().unwrap_or_default().f1();
    figures.push(Figure {
        name: "understand.loao_macro_f1",
        value: all.macro_f1(),
        unit: "%",
        goal: Some(85.0),
        better: Better::Higher,
        note: format!("mean of {} fields; sender {sender:.1} %", all.all.len()),
    });
    figures.push(Figure {
        name: "understand.certain_wrong_percent",
        value: percent(values.certain_wrong, values.certain),
        unit: "%",
        goal: Some(0.2),
        better: Better::Lower,
        note: format!("{} of {}, each author left out", values.certain_wrong, values.certain),
    });
    figures.push(Figure {
        name: "understand.certain_share_percent",
        value: percent(values.certain - values.certain_wrong, values.right),
        unit: "%",
        goal: Some(75.0),
        better: Better::Higher,
        note: format!(
            "{} of {} right values, each author left out",
            values.certain - values.certain_wrong,
            values.right
        ),
    });
    figures.push(Figure {
        name: "understand.letter_ms_per_page",
        value: taken / pages.max(1) as f64,
        unit: "ms",
        goal: Some(15.0),
        better: Better::Lower,
        note: format!("{pages} pages of letters, understood and planned"),
    });
    Ok(figures)
}

fn of(right: &'static str, silent: &'static str, counts: &Counts, goal: Option<f64>) -> [Figure; 2] {
    let note = format!(
        "{} of {}; kinds {:.1} %; {} of {} of courts and authorities",
        counts.right,
        counts.letters,
        percent(counts.kind_right, counts.of_kind),
        counts.alarming_right,
        counts.alarming
    );
    [
        Figure { name: right, value: counts.right_percent(), unit: "%", goal, better: Better::Higher, note },
        Figure {
            name: silent,
            value: f64::from(counts.silent_misses),
            unit: "letters",
            goal: Some(0.0),
            better: Better::Lower,
            note: format!("{} accepted with another plan than expected", counts.silent_wrong),
        },
    ]
}

fn read(tests: &Path, set: &str) -> Option<Vec<Letter>> {
    let truth = journeys::corpus::found(set)?;
    corpus::load(set, &truth, &tests.join("../target/readings").join(format!("{set}.jsonl"))).ok()
}
