//! Read and understand a file without storing anything: for people who want to look, for scripts, and for measuring.

use std::collections::BTreeMap;
use std::fs::File;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Arrival, Code, Confidence, Document, DocumentId, DocumentKind, DocumentState, Doubt, Effect, Fact, Field, FileId,
    Findings, Gate, Ids, Known, Origin, PageOrigin, Preferences, Problem, Reading, Reason, Region, StaleLetters,
    TaskKind, Value, plan,
};
use read::{Content, Kinds, Password, Reader};
use serde::{Serialize, Serializer};
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
    pub land: Region,
}

/// A planned task, as `inspect --plan` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedView {
    /// What sort of thing is to be done.
    pub task_kind: TaskKind,
    /// Whom or what it is about.
    pub title: String,
    /// How much, in euros and cents.
    pub amount: Option<String>,
    /// The day to act on.
    pub due_safe: Option<NaiveDate>,
    /// The latest legal day.
    pub due_latest: Option<NaiveDate>,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// How the date was worked out.
    pub why: String,
}

/// What `inspect` shows of a file; as JSON, a line of its output.
#[derive(Clone, Debug, Serialize)]
pub struct InspectionView {
    /// The file, as given.
    pub file: String,
    /// `accept`, or `review`: somebody is asked before it is filed.
    pub gate: &'static str,
    /// What is asked.
    pub gate_reasons: Vec<Doubt>,
    /// What it is by its content.
    pub mime_type: String,
    /// Number of pages.
    pub pages: usize,
    /// `xml`, `ocr` or `embedded`.
    pub text_origin: &'static str,
    /// Main language, ISO 639-1.
    pub language: Option<String>,
    /// Language of each page.
    pub page_languages: Vec<Option<String>>,
    /// Kind of the document.
    pub doc_type: DocumentKind,
    /// How sure the kind is.
    pub doc_type_confidence: Confidence,
    /// What was found, by the words of the fields.
    pub fields: BTreeMap<&'static str, FieldView>,
    /// What weighed most for and against the kind (`doc_type`) and the value of each field, in words, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<BTreeMap<&'static str, Vec<String>>>,
    /// What was odd.
    pub problems: Vec<Problem>,
    /// How long it took.
    pub elapsed_ms: Elapsed,
    /// The text of all pages, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The tasks that would follow, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<Vec<PlannedView>>,
    /// What each pass of understanding did, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<Vec<String>>,
}

/// What was found for a field.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// The value; as JSON, lists as such, numbers as numbers, all else as plain text.
    #[serde(serialize_with = "for_scripts")]
    pub value: Value,
    /// How likely it is right.
    pub confidence: Confidence,
    /// Proven.
    pub certain: bool,
    /// Where it was read from.
    pub origin: Origin,
    /// Page, counted from 1.
    pub page: Option<u32>,
    /// Left, top, width and height in fractions of the page.
    #[serde(rename = "box")]
    pub rect: Option<[f32; 4]>,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Elapsed {
    /// Reading the file.
    pub read: f64,
    /// Understanding what was read.
    pub understand: f64,
}

/// What was found in one file.
pub struct Inspection {
    reading: Reading,
    findings: Findings,
    elapsed: Elapsed,
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
    ///
    /// # Errors
    /// Those of [`read::Reader::codes`], with their code.
    pub fn codes(&self, name: &str, file: &File, kinds: Kinds) -> Result<Vec<Code>, Failure> {
        Ok(self.reader.codes(name, file, kinds, &[])?)
    }

    /// Reads and understands a file. `with_xml: false` ignores an embedded invoice, to measure the page.
    ///
    /// # Errors
    /// Those of [`read::Reader::read`], with their code. Understanding never fails.
    pub fn inspect<'a>(
        &self,
        name: &str,
        content: impl Into<Content<'a>>,
        with_xml: bool,
    ) -> Result<Inspection, Failure> {
        let start = Instant::now();
        let mut reading = self.reader.read(name, content, &|_| {})?;
        // A file around one document, such as that of an office program, is looked at as that document.
        if let ([], [only]) = (&reading.pages[..], &reading.members[..]) {
            let (mime_type, problems) = (reading.mime_type, reading.problems);
            reading = self.reader.read(&only.name, &only.bytes, &|_| {})?;
            reading.mime_type = mime_type;
            reading.problems.extend(problems);
        }
        if !with_xml {
            reading.attachments.clear();
        }
        let read = start.elapsed();
        let findings = understand(&reading.clone().to_understand(), &Known::default());
        let understood = start.elapsed() - read;
        let elapsed = Elapsed { read: read.as_secs_f64() * 1000.0, understand: understood.as_secs_f64() * 1000.0 };
        Ok(Inspection { reading, findings, elapsed })
    }

    /// The tasks that would follow.
    pub fn plan(&self, inspection: &Inspection, arrival: &Arrival, plan_for: PlanFor) -> Vec<PlannedView> {
        let preferences = Preferences { land: plan_for.land, ..Preferences::default() };
        let subject = understand::subject_line(&inspection.reading.clone().to_understand());
        let kind = inspection.findings.kind().kind;
        let paper = domain::paper_name(kind, inspection.reading.language.as_deref());
        let title =
            domain::titles(&inspection.findings.facts, subject.as_deref(), paper, &arrival.name).into_iter().next();
        let document = inspection.document(DocumentId::new(self.ids.as_ref()), title.unwrap_or_default(), arrival.at);
        let now = domain::local(plan_for.today.and_hms_opt(12, 0, 0).unwrap_or_default(), preferences.zone);
        plan(&document, &preferences, now, StaleLetters::PlanAnyway)
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::AddTask(task) => Some(*task),
                Effect::FileAsStale => None,
            })
            .map(|task| PlannedView {
                task_kind: task.kind,
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

/// The id of what is only looked at.
struct NoId;

impl Ids for NoId {
    fn uuid(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}

impl Inspection {
    /// The document that it would become.
    fn document(&self, id: DocumentId, title: String, received_at: DateTime<Utc>) -> Document {
        let kind = self.findings.kind();
        Document {
            id,
            file: FileId::from_digest(&[0; 32]),
            kind: kind.kind,
            kind_confidence: kind.confidence,
            title,
            correspondent: None,
            state: DocumentState::Review,
            received_at,
            facts: self.best().into_iter().cloned().collect(),
            assumptions: Vec::new(),
        }
    }

    /// What the gate says: `accept`, or `review` with its reasons.
    fn gate(&self, file: &str) -> (&'static str, Vec<Doubt>) {
        let document = self.document(DocumentId::new(&NoId), file.to_owned(), DateTime::UNIX_EPOCH);
        match domain::gate(&document, &self.problems()) {
            Gate::Accept => ("accept", Vec::new()),
            Gate::Review(doubts) => ("review", doubts),
        }
    }

    /// What was odd about the file and about what was found.
    fn problems(&self) -> Vec<Problem> {
        self.reading.problems.iter().chain(&self.findings.problems).cloned().collect()
    }

    fn best(&self) -> Vec<&Fact> {
        Field::ALL.iter().filter_map(|field| self.findings.best(*field)).collect()
    }

    /// What was read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// The text of all pages.
    pub fn text(&self) -> String {
        self.reading.text()
    }

    /// What each pass of understanding did to the candidates, a line for each change.
    pub fn trace(&self) -> Vec<String> {
        let changes = understand::changes(&self.reading.clone().to_understand(), &Known::default());
        changes.iter().map(ToString::to_string).collect()
    }

    /// What weighed most for and against the kind (`doc_type`) and the value of each field, in words.
    pub fn why(&self) -> BTreeMap<&'static str, Vec<String>> {
        let all = understand::reasons(&self.reading.clone().to_understand(), &Known::default());
        let lines = |reasons: Vec<Reason>| reasons.iter().map(ToString::to_string).collect();
        all.into_iter().map(|why| (why.field.map_or("doc_type", Field::as_str), lines(why.reasons))).collect()
    }

    /// The kind found and how sure it is.
    pub fn kind(&self) -> domain::RankedKind {
        self.findings.kind()
    }

    /// What `inspect` shows of a file.
    pub fn view(&self, file: &str) -> InspectionView {
        let kind = self.findings.kind();
        let (gate, gate_reasons) = self.gate(file);
        let found = self.best().into_iter().map(|fact| (fact.field.as_str(), FieldView::of(fact)));
        InspectionView {
            file: file.to_owned(),
            gate,
            gate_reasons,
            mime_type: self.reading.mime_type.clone(),
            pages: self.reading.pages.len(),
            text_origin: self.text_origin(),
            language: self.reading.language.clone(),
            page_languages: self.reading.pages.iter().map(|page| page.language.clone()).collect(),
            doc_type: kind.kind,
            doc_type_confidence: kind.confidence,
            fields: found.collect(),
            problems: self.problems(),
            elapsed_ms: self.elapsed,
            why: None,
            text: None,
            plan: None,
            trace: None,
        }
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

impl FieldView {
    fn of(fact: &Fact) -> Self {
        let place = fact.evidence.as_ref();
        Self {
            value: fact.value.clone(),
            confidence: fact.confidence,
            certain: fact.certain,
            origin: fact.origin,
            page: place.map(|place| place.page),
            rect: place.map(|place| [place.rect.x, place.rect.y, place.rect.w, place.rect.h]),
        }
    }
}

fn for_scripts<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Value::Skonto(terms) => terms.serialize(serializer),
        Value::Lines(lines) => lines.serialize(serializer),
        Value::Taxes(taxes) => taxes.serialize(serializer),
        Value::Adjustments(adjustments) => adjustments.serialize(serializer),
        Value::Instalments(parts) => parts.serialize(serializer),
        Value::Integer(number) => number.serialize(serializer),
        Value::Text(_)
        | Value::Date(_)
        | Value::DateTime(_)
        | Value::Amount(_)
        | Value::Currency(_)
        | Value::Iban(_) => value.plain().serialize(serializer),
    }
}
