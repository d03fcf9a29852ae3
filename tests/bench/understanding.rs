//! What is found on every page of the corpus, how often *certain* is right, and how long understanding a page takes.
//!
//! By the page alone, without the data of e-invoices; without the corpus nothing is measured. F1 of the fields that a bill
//! is paid by is the mean over families of layouts, so that one frequent layout does not decide.

use journeys::corpus;
use journeys::understanding::{Alarms, E_INVOICES, PAGES, PICTURES, Score, Tally, score};

use crate::figure::{Better, Figure};

/// The sets whose figures are read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// E-invoices in plain XML, by their data.
    Data,
    /// Bills with a text layer.
    Bills,
    /// Pictures of bills.
    Scans,
    Receipts,
    Letters,
    /// Pictures of household letters.
    Photographed,
}

impl Group {
    fn of(set: &str) -> Option<Self> {
        match set {
            "e-invoices in plain XML" => Some(Self::Data),
            "pages of e-invoices" | "pages of other bills" | "payment slips" => Some(Self::Bills),
            "pictures of bills" => Some(Self::Scans),
            "receipts" => Some(Self::Receipts),
            "household letters" => Some(Self::Letters),
            "pictures of household letters" => Some(Self::Photographed),
            _ => None,
        }
    }
}

/// Name, group, field and least F1 in percent.
const FIELDS: [(&str, Group, &str, f64); 21] = [
    ("understand.f1_bills_amount_due", Group::Bills, "amount_due", 97.0),
    ("understand.f1_bills_total_gross", Group::Bills, "total_gross", 97.0),
    ("understand.f1_bills_invoice_number", Group::Bills, "invoice_number", 97.0),
    ("understand.f1_bills_issue_date", Group::Bills, "issue_date", 97.0),
    ("understand.f1_bills_iban", Group::Bills, "iban", 97.0),
    ("understand.f1_bills_due_date", Group::Bills, "due_date", 93.0),
    ("understand.f1_bills_seller_name", Group::Bills, "seller_name", 93.0),
    ("understand.f1_scans_amount_due", Group::Scans, "amount_due", 92.0),
    ("understand.f1_scans_total_gross", Group::Scans, "total_gross", 92.0),
    ("understand.f1_scans_invoice_number", Group::Scans, "invoice_number", 92.0),
    ("understand.f1_scans_issue_date", Group::Scans, "issue_date", 92.0),
    ("understand.f1_scans_iban", Group::Scans, "iban", 92.0),
    ("understand.f1_receipts_total_gross", Group::Receipts, "total_gross", 90.0),
    ("understand.f1_receipts_issue_date", Group::Receipts, "issue_date", 93.0),
    ("understand.f1_receipts_seller_name", Group::Receipts, "seller_name", 80.0),
    ("understand.f1_letters_amount_due", Group::Letters, "amount_due", 95.0),
    ("understand.f1_letters_due_date", Group::Letters, "due_date", 95.0),
    ("understand.f1_letters_seller_name", Group::Letters, "seller_name", 95.0),
    ("understand.f1_photographed_letters_amount_due", Group::Photographed, "amount_due", 88.0),
    ("understand.f1_photographed_letters_due_date", Group::Photographed, "due_date", 88.0),
    ("understand.f1_photographed_letters_seller_name", Group::Photographed, "seller_name", 88.0),
];

/// The sets that were scored.
struct Scores(Vec<(Group, Score)>);

impl Scores {
    fn of(&self, group: Group) -> impl Iterator<Item = &Score> {
        self.0.iter().filter(move |(of, _)| *of == group).map(|(_, score)| score)
    }

    /// F1 of a field: of bills the mean over families, else of all documents.
    fn f1(&self, group: Group, field: &str) -> f64 {
        if !matches!(group, Group::Bills | Group::Scans) {
            return self.micro(&[group], |name| name == field);
        }
        let families = self.of(group).flat_map(|score| &score.families);
        let each: Vec<f64> = families.filter_map(|fields| fields.get(field)?.f1()).collect();
        each.iter().sum::<f64>() / each.len() as f64
    }

    /// F1 of all values of the fields that are wanted.
    fn micro(&self, groups: &[Group], wanted: impl Fn(&str) -> bool) -> f64 {
        let fields = groups.iter().flat_map(|group| self.of(*group)).flat_map(|score| &score.fields);
        let all = fields.filter(|(name, _)| wanted(name)).map(|(_, tally)| *tally);
        all.fold(Tally::default(), |sum, tally| sum + tally).f1().unwrap_or(f64::NAN)
    }

    fn kinds(&self) -> f64 {
        let letters = [Group::Letters, Group::Photographed].into_iter().flat_map(|group| self.of(group));
        let kinds = letters.fold(Tally::default(), |sum, score| sum + score.kinds);
        share(kinds.right, kinds.right + kinds.wrong)
    }

    fn alarms(&self) -> Alarms {
        self.0.iter().fold(Alarms::default(), |sum, (_, score)| sum + score.alarms)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let Some(corpus) = corpus::found(".") else { return Ok(Vec::new()) };
    let mut scores = Scores(Vec::new());
    for set in E_INVOICES.iter().chain(&PAGES).chain(&PICTURES) {
        let Some(group) = Group::of(set.name) else { continue };
        let score = score(&corpus, set)?;
        println!("{}", score.table);
        scores.0.push((group, score));
    }
    let figure =
        |name, value, unit, goal, better, note: String| Figure { name, value, unit, goal: Some(goal), better, note };
    let f1 = |name, value, goal| figure(name, value, "%", goal, Better::Higher, String::new());
    let mut figures: Vec<Figure> =
        FIELDS.iter().map(|(name, group, field, goal)| f1(name, scores.f1(*group, field), *goal)).collect();
    let others = |name: &str| !FIELDS.iter().any(|(_, group, field, _)| *group == Group::Bills && *field == name);
    figures.push(f1("understand.f1_e_invoice_data", scores.micro(&[Group::Data], |_| true), 100.0));
    figures.push(f1("understand.f1_bills_other_fields", scores.micro(&[Group::Bills], others), 90.0));
    figures.push(f1("understand.letters_of_right_kind_percent", scores.kinds(), 95.0));
    figures.extend(honesty(&scores, figure));
    Ok(figures)
}

/// What costs trust: silent alarms, false ones, wrong values among certain ones, and questions without need.
fn honesty(
    scores: &Scores,
    figure: impl Fn(&'static str, f64, &'static str, f64, Better, String) -> Figure,
) -> Vec<Figure> {
    let alarms = scores.alarms();
    let pages = || scores.0.iter().filter(|(group, _)| *group != Group::Data).map(|(_, score)| score);
    let sum = |count: fn(&Score) -> u64| pages().map(count).sum::<u64>();
    let (certain, wrong, right) = (sum(|s| s.certain), sum(|s| s.wrong), sum(|s| s.right));
    let milliseconds: f64 = pages().map(|score| score.milliseconds).sum();
    let looked_at = sum(|score| score.pages);
    vec![
        figure(
            "understand.silent_alarms",
            alarms.silent as f64,
            "letters",
            0.0,
            Better::Lower,
            format!("of {} letters of courts and authorities", alarms.due),
        ),
        figure(
            "understand.false_alarms_percent",
            share(alarms.falsely, alarms.harmless),
            "%",
            5.0,
            Better::Lower,
            format!("{} of {} other documents", alarms.falsely, alarms.harmless),
        ),
        figure(
            "understand.ms_per_page",
            milliseconds / looked_at.max(1) as f64,
            "ms",
            15.0,
            Better::Lower,
            format!("{looked_at} pages"),
        ),
        figure(
            "understand.visible_certain_wrong_percent",
            share(wrong, certain),
            "%",
            0.5,
            Better::Lower,
            format!("{wrong} of {certain} certain values"),
        ),
        figure(
            "understand.visible_certain_share_percent",
            share(certain - wrong, right),
            "%",
            70.0,
            Better::Higher,
            format!("{} of {right} right values", certain - wrong),
        ),
    ]
}
