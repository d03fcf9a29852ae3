//! How letters fare that nobody had seen when the rules were written, and letters of authors left out of what was learned.
//!
//! The fresh sets lie in `tests/fresh`, each as text layer and truth. The others are read once by `make train`; where that was
//! not done nothing is measured.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Instant;

use domain::Field;
use train::corpus::{self, Letter};
use train::folds::Folds;
use train::outcome::outcome;
use train::report::{Counts, percent};
use train::{folds, synthetic};

use crate::figure::{Better, Figure};

/// Everything that is learned from and measured.
struct Sets {
    letters: Vec<Letter>,
    bills: Vec<Letter>,
}

fn fresh_letters() -> Vec<Letter> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sets = corpus::fresh(&tests.join("fresh")).into_iter();
    sets.filter_map(|(name, folder)| corpus::load(&name, &folder, &folder.join("text.jsonl")).ok()).flatten().collect()
}

/// The letters and bills, read once; none where the corpora were not read.
static SETS: LazyLock<Option<Sets>> = LazyLock::new(|| {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read_before: Vec<Letter> = train::LETTERS.iter().filter_map(|set| read(tests, set)).flatten().collect();
    if read_before.is_empty() {
        return None;
    }
    let letters = fresh_letters().into_iter().chain(read_before).collect();
    let bills = train::BILLS.iter().filter_map(|set| read(tests, set)).flatten().map(by_page).collect();
    Some(Sets { letters, bills })
});

/// The models learned without each author, learned once; none where the corpora were not read.
pub(crate) fn folds() -> Option<&'static Folds> {
    static FOLDS: LazyLock<Option<Folds>> = LazyLock::new(|| {
        let Sets { letters, bills } = SETS.as_ref()?;
        let drawn = synthetic::letters(train::DRAWN, train::SEED);
        Some(folds::learn(&letters.iter().chain(bills).cloned().chain(drawn).collect::<Vec<_>>()))
    });
    FOLDS.as_ref()
}

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let (Some(Sets { letters, bills }), Some(folds)) = (SETS.as_ref(), folds()) else {
        // The models that are built in know these letters: their figure would say nothing.
        anyhow::bail!("models that do not know the letters are learned from what `make train` has read: run it first");
    };
    let models = |letter: &Letter| folds.without.get(folds::author(&letter.set)).unwrap_or(&folds.all);
    let (mut of_fresh, mut of_cases, mut all) = (Counts::default(), Counts::default(), Counts::default());
    let start = Instant::now();
    for letter in letters {
        let outcome = outcome(letter, models(letter));
        all.add(letter, &outcome);
        if letter.set.starts_with("fresh-") {
            of_fresh.add(letter, &outcome);
        } else if letter.set == "cases" {
            of_cases.add(letter, &outcome);
        }
    }
    let taken = 1000.0 * start.elapsed().as_secs_f64();
    let pages: usize = letters.iter().map(|letter| letter.reading.pages.len()).sum();
    let mut of_bills: BTreeMap<String, Counts> = BTreeMap::new();
    for bill in bills {
        let family = bill.truth["family"].as_str().unwrap_or(bill.file()).to_owned();
        of_bills.entry(family).or_default().add(bill, &outcome(bill, models(bill)));
    }
    let mut figures = Vec::new();
    figures.extend(of("understand.fresh_plan_right_percent", "understand.fresh_silent", &of_fresh, Some(85.0)));
    figures.extend(fields_of_fresh(&of_fresh));
    figures.extend(of("understand.loao_plan_right_percent", "understand.loao_silent", &all, None));
    figures.extend(of_reports(&of_cases));
    figures.extend(of_unseen_bills(&of_bills));
    let values = all.every_field();
    let sender = f1(&all, Field::SellerName);
    figures.push(share(
        "understand.loao_macro_f1",
        all.macro_f1(),
        85.0,
        format!("mean of {} fields; sender {sender:.1} %", all.all.len()),
    ));
    figures.push(Figure {
        better: Better::Lower,
        ..share(
            "understand.certain_wrong_percent",
            percent(values.certain_wrong, values.certain),
            0.2,
            format!("{} of {}, each author left out", values.certain_wrong, values.certain),
        )
    });
    let right_certain = values.certain - values.certain_wrong;
    figures.push(share(
        "understand.certain_share_percent",
        percent(right_certain, values.right),
        75.0,
        format!("{right_certain} of {} right values, each author left out", values.right),
    ));
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

/// A bill without the data that it may carry.
fn by_page(mut bill: Letter) -> Letter {
    bill.reading.attachments.clear();
    bill
}

fn share(name: &'static str, value: f64, goal: f64, note: String) -> Figure {
    Figure { name, value, unit: "%", goal: Some(goal), better: Better::Higher, note }
}

fn f1(counts: &Counts, field: Field) -> f64 {
    counts.all.get(&field).copied().unwrap_or_default().f1()
}

/// Kinds, letters of authorities and fields of the fresh letters.
fn fields_of_fresh(counts: &Counts) -> Vec<Figure> {
    /// Name, field and goal.
    const FIELDS: [(&str, Field, f64); 5] = [
        ("understand.fresh_f1_due_date", Field::DueDate, 95.0),
        ("understand.fresh_f1_amount_due", Field::AmountDue, 96.0),
        ("understand.fresh_f1_issue_date", Field::IssueDate, 97.0),
        ("understand.fresh_f1_seller_name", Field::SellerName, 95.0),
        ("understand.fresh_f1_appointment", Field::AppointmentStart, 95.0),
    ];
    let of_authorities = percent(counts.alarming_right, counts.alarming);
    let harmless = format!("{} of {} taken for harmless", counts.alarming_harmless, counts.alarming);
    let mut figures = vec![
        share("understand.fresh_authorities_right_percent", of_authorities, 85.0, harmless),
        share("understand.fresh_kind_percent", percent(counts.kind_right, counts.of_kind), 95.0, String::new()),
    ];
    figures.extend(FIELDS.map(|(name, field, goal)| share(name, f1(counts, field), goal, String::new())));
    let is_other = |field: &Field| !FIELDS.iter().any(|(_, known, _)| known == field);
    let others = counts.all.iter().filter(|(field, values)| is_other(field) && values.wanted > 0);
    let each: Vec<f64> = others.map(|(_, values)| values.f1()).collect();
    let mean = each.iter().sum::<f64>() / each.len().max(1) as f64;
    figures.push(share("understand.fresh_f1_other_fields", mean, 85.0, format!("mean of {} fields", each.len())));
    figures
}

/// The inputs made after reports of bugs in other programs.
fn of_reports(counts: &Counts) -> Vec<Figure> {
    if counts.letters == 0 {
        return Vec::new();
    }
    let count = |name, value: u32, note: &str| Figure {
        name,
        value: f64::from(value),
        unit: "inputs",
        goal: Some(0.0),
        better: Better::Lower,
        note: note.to_owned(),
    };
    let right = format!("{} of {}, by models without them", counts.right, counts.letters);
    vec![
        share("understand.cases_plan_right_percent", counts.right_percent(), 85.0, right),
        count("understand.cases_wrong_in_silence", counts.silent_wrong, "accepted with another plan than expected"),
        count("understand.cases_wrong_and_certain", counts.every_field().certain_wrong, "values"),
    ]
}

/// Pages of bills by models that know none of these layouts: the mean over families.
fn of_unseen_bills(families: &BTreeMap<String, Counts>) -> Vec<Figure> {
    const FIRST: [Field; 5] =
        [Field::AmountDue, Field::TotalGross, Field::InvoiceNumber, Field::IssueDate, Field::Iban];
    const ALSO: [Field; 2] = [Field::DueDate, Field::SellerName];
    if families.is_empty() {
        return Vec::new();
    }
    let least = |fields: &[Field]| {
        let mean = |field: Field| {
            let each: Vec<f64> = families
                .values()
                .filter_map(|counts| counts.all.get(&field))
                .filter(|values| values.wanted > 0)
                .map(|values| values.f1())
                .collect();
            each.iter().sum::<f64>() / each.len().max(1) as f64
        };
        let each: Vec<(Field, f64)> = fields.iter().map(|field| (*field, mean(*field))).collect();
        let note = each.iter().map(|(field, f1)| format!("{} {f1:.1}", field.as_str())).collect::<Vec<_>>().join(", ");
        (each.iter().map(|(_, f1)| *f1).fold(100.0, f64::min), format!("{note}; {} families", families.len()))
    };
    let ((first, of_first), (also, of_also)) = (least(&FIRST), least(&ALSO));
    vec![
        share("understand.unseen_bills_f1_least_of_five", first, 95.0, of_first),
        share("understand.unseen_bills_f1_due_or_sender", also, 90.0, of_also),
    ]
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
