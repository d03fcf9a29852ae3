//! Letters for the tests of the rules.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    Document, DocumentId, DocumentKind, DocumentState, Fact, Field, FileId, Ids, Origin, Preferences, Region, Task,
    TaskId, TaskKind, TaskStatus, Value, local,
};

/// Ids that count upwards.
#[derive(Default)]
pub(crate) struct CountingIds(AtomicU64);

impl Ids for CountingIds {
    fn uuid(&self) -> Uuid {
        Uuid::from_u64_pair(0, self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// What a person in this region has set.
pub(crate) fn living_in(land: Region) -> Preferences {
    Preferences { land, ..Preferences::default() }
}

/// A letter of this kind that states these fields, all sure.
pub(crate) fn letter(kind: DocumentKind, fields: &[(Field, &str)]) -> Document {
    let facts = fields.iter().map(|(field, text)| fact(*field, text)).collect();
    Document {
        id: DocumentId::new(&CountingIds::default()),
        file: FileId::from_digest(&[7; 32]),
        kind,
        kind_confidence: 0.95,
        title: "letter".to_owned(),
        correspondent: None,
        state: DocumentState::Review,
        received_at: noon("2026-11-20"),
        facts,
        assumptions: Vec::new(),
    }
}

/// A fact read from the page, sure enough.
pub(crate) fn fact(field: Field, text: &str) -> Fact {
    Fact {
        field,
        value: Value::parse(field, text).unwrap(),
        confidence: 0.9,
        certain: false,
        origin: Origin::Text,
        by: "test".to_owned(),
        evidence: None,
        checks: Vec::new(),
    }
}

/// An open task of this kind, made by hand.
pub(crate) fn task(kind: TaskKind) -> Task {
    Task {
        id: TaskId::new(&CountingIds::default()),
        document: None,
        document_kind: None,
        kind,
        title: "task".to_owned(),
        due: None,
        due_time: None,
        latest: None,
        assumed: false,
        provisional: false,
        amount: None,
        payee: None,
        rule: None,
        why: String::new(),
        derivation: None,
        steps: Vec::new(),
        status: TaskStatus::Open,
        created_at: noon("2026-11-01"),
        done_at: None,
        done_how: None,
    }
}

/// Noon of a day where the user lives.
pub(crate) fn noon(day: &str) -> chrono::DateTime<chrono::Utc> {
    let day: NaiveDate = day.parse().unwrap();
    local(day.and_hms_opt(12, 0, 0).unwrap(), Preferences::default().zone)
}
