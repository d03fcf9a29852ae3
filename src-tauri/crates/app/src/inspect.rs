//! Read and understand a file without storing anything: for people who want to look, for scripts, and for measuring.

use std::fs::File;
use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDate;
use domain::{
    Arrival, Code, Document, DocumentId, DocumentState, Effect, Fact, Field, FileId, Findings, Known, Land, OldPost,
    PageOrigin, Preferences, Reading, plan,
};
use read::{Content, Kinds, Password, Reader};
use serde_json::{Value, json};
use understand::understand;

use crate::{Failure, Parts};

/// Reads and understands, with nothing stored. May be used from several threads.
pub struct Inspector {
    reader: Reader,
    ids: Arc<dyn domain::Ids>,
}

/// What to plan for.
#[derive(Clone, Copy, Debug)]
pub struct PlanFor {
    /// The day on which the letter is planned.
    pub today: NaiveDate,
    /// Whose public holidays count.
    pub land: Land,
}

/// A planned task, as `inspect --plan` shows it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PlannedView {
    task_kind: &'static str,
    title: String,
    amount: Option<String>,
    due_safe: Option<NaiveDate>,
    due_latest: Option<NaiveDate>,
    rule: Option<String>,
    why: String,
}

/// What was found in one file.
pub struct Inspection {
    reading: Reading,
    findings: Findings,
    milliseconds: (f64, f64),
}

impl Inspector {
    /// An inspector that has loaded nothing yet.
    pub fn new(parts: Parts) -> Self {
        Self { reader: parts.reader(), ids: parts.ids }
    }

    /// Whether pages on which Tesseract is unsure are read again.
    pub fn use_second_reader(&self, wanted: bool) {
        self.reader.use_second_reader(wanted);
    }

    /// Tries these passwords on locked files.
    pub fn learn(&self, passwords: Vec<Password>) {
        self.reader.learn(passwords);
    }

    /// The codes of these kinds on all pages of a file.
    pub fn codes(&self, name: &str, file: &File, kinds: Kinds) -> Result<Vec<Code>, Failure> {
        Ok(self.reader.codes(name, file, kinds, &[])?)
    }

    /// Reads and understands a file. `with_xml: false` ignores an embedded invoice, to measure the page.
    pub fn inspect<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        with_xml: bool,
    ) -> Result<Inspection, Failure> {
        let start = Instant::now();
        let mut reading = self.reader.read(name, content, &|_| {})?;
        if !with_xml {
            reading.attachments.clear();
        }
        let read = start.elapsed();
        let findings = understand(&reading.clone().to_understand(), &Known::default());
        let understood = start.elapsed() - read;
        let milliseconds = (read.as_secs_f64() * 1000.0, understood.as_secs_f64() * 1000.0);
        Ok(Inspection { reading, findings, milliseconds })
    }

    /// The tasks that would follow.
    pub fn plan(&self, inspection: &Inspection, arrival: &Arrival, plan_for: PlanFor) -> Vec<PlannedView> {
        let preferences = Preferences { land: plan_for.land, ..Preferences::default() };
        let kind = inspection.findings.kind();
        let document = Document {
            id: DocumentId::new(self.ids.as_ref()),
            file: FileId::from_digest(&[0; 32]),
            kind: kind.kind,
            kind_confidence: kind.confidence,
            title: arrival.name.clone(),
            correspondent: None,
            state: DocumentState::Review,
            received_at: arrival.at,
            facts: inspection.best().into_iter().cloned().collect(),
            assumptions: Vec::new(),
        };
        let now = domain::local(plan_for.today.and_hms_opt(12, 0, 0).unwrap_or_default(), preferences.zone);
        plan(&document, &preferences, now, OldPost::PlanAnyway)
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::AddTask(task) => Some(*task),
                Effect::FileAsOldPost => None,
            })
            .map(|task| PlannedView {
                task_kind: task.kind.as_str(),
                title: task.title,
                amount: task.amount.map(|money| format!("{:.2}", money.amount)),
                due_safe: task.due,
                due_latest: task.latest,
                rule: task.rule,
                why: task.why,
            })
            .collect()
    }
}

impl Inspection {
    fn best(&self) -> Vec<&Fact> {
        Field::ALL.iter().filter_map(|field| self.findings.best(*field)).collect()
    }

    /// The text of all pages.
    pub fn text(&self) -> String {
        self.reading.text()
    }

    /// The kind found and how sure it is.
    pub fn kind(&self) -> domain::RankedKind {
        self.findings.kind()
    }

    /// One line of the command line's JSON output.
    pub fn to_json(&self, file: &str) -> Value {
        let kind = self.findings.kind();
        let fields: serde_json::Map<String, Value> =
            self.best().into_iter().map(|fact| (fact.field.as_str().to_owned(), field_json(fact))).collect();
        let problems: Vec<Value> = self
            .reading
            .problems
            .iter()
            .chain(&self.findings.problems)
            .map(|problem| json!({"code": problem.code, "message": problem.message, "page": problem.page}))
            .collect();
        json!({
            "file": file,
            "mime_type": self.reading.mime_type,
            "pages": self.reading.pages.len(),
            "text_origin": self.text_origin(),
            "language": self.reading.language,
            "page_languages": self.reading.pages.iter().map(|page| &page.language).collect::<Vec<_>>(),
            "doc_type": kind.kind.as_str(),
            "doc_type_confidence": kind.confidence,
            "fields": fields,
            "problems": problems,
            "elapsed_ms": {"read": self.milliseconds.0, "understand": self.milliseconds.1},
        })
    }

    fn text_origin(&self) -> &'static str {
        let any = |origin| self.reading.pages.iter().any(|page| page.origin == origin);
        if self.reading.mime_type == "application/xml" {
            "xml"
        } else if any(PageOrigin::Ocr) && !any(PageOrigin::Embedded) {
            "ocr"
        } else {
            "embedded"
        }
    }
}

fn field_json(fact: &Fact) -> Value {
    let value = match &fact.value {
        domain::Value::Skonto(terms) => json!(terms),
        domain::Value::Lines(lines) => json!(lines),
        domain::Value::Taxes(taxes) => json!(taxes),
        domain::Value::Adjustments(adjustments) => json!(adjustments),
        domain::Value::Instalments(parts) => json!(parts),
        domain::Value::Integer(number) => json!(number),
        domain::Value::Text(_)
        | domain::Value::Date(_)
        | domain::Value::DateTime(_)
        | domain::Value::Amount(_)
        | domain::Value::Currency(_)
        | domain::Value::Iban(_) => json!(fact.value.plain()),
    };
    let place = fact.evidence.as_ref();
    json!({
        "value": value,
        "confidence": fact.confidence,
        "certain": fact.certain,
        "origin": fact.origin,
        "page": place.map(|place| place.page),
        "box": place.map(|place| [place.rect.x, place.rect.y, place.rect.w, place.rect.h]),
    })
}
