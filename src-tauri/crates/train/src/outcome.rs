//! What the program makes of a letter, and whether that is right.

use chrono::{DateTime, NaiveDate};
use domain::{
    Document, DocumentId, DocumentState, Effect, Field, FileId, Findings, Gate, Ids, Known, NewTask, Preferences,
    Region, StaleLetters, gate, plan,
};
use serde_json::{Value, json};
use understand::{Models, understand_with};

use crate::corpus::Letter;

/// What the program makes of a letter.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was found.
    pub findings: Findings,
    /// What the gate says.
    pub gate: Gate,
    /// The tasks that would follow.
    pub tasks: Vec<NewTask>,
}

/// Ids that are all alike: what is planned here is not kept.
struct OneId;

impl Ids for OneId {
    fn uuid(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}

/// Understands a letter and plans it on its day and in its Region.
pub fn outcome(letter: &Letter, models: &Models) -> Outcome {
    let findings = understand_with(&letter.reading.clone().to_understand(), &Known::default(), models);
    of_findings(letter, findings)
}

/// Plans a letter of which this was found.
pub fn of_findings(letter: &Letter, findings: Findings) -> Outcome {
    let kind = findings.kind();
    let document = Document {
        id: DocumentId::new(&OneId),
        file: FileId::from_digest(&[0; 32]),
        kind: kind.kind,
        kind_confidence: kind.confidence,
        title: letter.file().to_owned(),
        correspondent: None,
        state: DocumentState::Review,
        received_at: DateTime::UNIX_EPOCH,
        facts: Field::ALL.iter().filter_map(|field| findings.best(*field)).cloned().collect(),
        assumptions: Vec::new(),
    };
    let land = letter.truth["land"].as_str().and_then(|land| land.parse().ok()).unwrap_or(Region::NordrheinWestfalen);
    let preferences = Preferences { land, ..Preferences::default() };
    let today = letter.truth["today"].as_str().and_then(|day| day.parse().ok());
    let today: NaiveDate = today.or_else(|| NaiveDate::from_ymd_opt(2026, 1, 1)).unwrap_or_default();
    let now = domain::local(today.and_hms_opt(12, 0, 0).unwrap_or_default(), preferences.zone);
    let effects = plan(&document, &preferences, now, StaleLetters::PlanAnyway);
    let tasks = effects.into_iter().filter_map(|effect| match effect {
        Effect::AddTask(task) => Some(*task),
        Effect::FileAsStale => None,
    });
    let gate = gate(&document, &findings.problems);
    Outcome { tasks: tasks.collect(), gate, findings }
}

impl Outcome {
    /// Whether the file is accepted without a question.
    pub fn is_accepted(&self) -> bool {
        self.gate == Gate::Accept
    }

    /// The tasks in the form of the command line.
    pub fn plan_json(&self) -> Vec<Value> {
        let task = |task: &NewTask| {
            json!({
                "task_kind": task.kind.as_str(),
                "amount": task.amount.map(|money| format!("{:.2}", money.amount)),
                "due_safe": task.due,
                "due_latest": task.latest,
                "rule": task.rule,
            })
        };
        self.tasks.iter().map(task).collect()
    }

    /// Whether a letter is planned as `expected` says, by the rules of the corpus' `score_plan.py`.
    pub fn is_planned_right(&self, expected: &Value) -> bool {
        let plan = self.plan_json();
        if expected["task"] != true {
            return plan.is_empty();
        }
        plan.iter().any(|task| fits(expected, task).iter().all(|fits| *fits))
    }
}

/// Whether kind, amount, safe and latest day of a planned task are the expected ones.
pub fn fits(expected: &Value, task: &Value) -> [bool; 4] {
    let among = |list: &Value, value: &Value| list.as_array().is_some_and(|list| list.contains(value));
    let amount = |value: &Value| value.as_str().map(|text| text.trim_start_matches('-').to_owned());
    let safe = &task["due_safe"];
    let in_window = match (&expected["safe_window"][0], &expected["safe_window"][1], safe) {
        (Value::String(first), Value::String(last), Value::String(safe)) => first <= safe && safe <= last,
        _ => false,
    };
    [
        task["task_kind"] == expected["task_kind"] || among(&expected["accept_kinds"], &task["task_kind"]),
        expected["amount"].is_null() || amount(&task["amount"]) == amount(&expected["amount"]),
        expected["due_safe"].is_null()
            || *safe == expected["due_safe"]
            || among(&expected["accept_safe"], safe)
            || in_window,
        expected["due_latest"].is_null() || task["due_latest"] == expected["due_latest"],
    ]
}
