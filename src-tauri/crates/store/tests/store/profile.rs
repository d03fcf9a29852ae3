//! A profile in a temporary folder, a clock that ticks a second at each look, and ids that count.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Duration, Utc};
use domain::*;
use store::{JobKind, Op, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// The kinds of work on files.
pub(crate) const FILES: &[JobKind] = &[JobKind::READ, JobKind::UNDERSTAND];

pub(crate) struct Ticking(DateTime<Utc>, AtomicU64);

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        self.0 + Duration::seconds(self.1.fetch_add(1, Ordering::Relaxed) as i64)
    }
}

/// Each store counts in a range of its own, so that two of them on one profile never make the same id, not even in two
/// processes.
pub(crate) struct Counting(u64, AtomicU64);

impl Ids for Counting {
    fn uuid(&self) -> Uuid {
        Uuid::from_u64_pair(self.0, self.1.fetch_add(1, Ordering::Relaxed))
    }
}

pub(crate) fn counting() -> Arc<Counting> {
    static RANGE: AtomicU64 = AtomicU64::new(1);
    let range = (u64::from(std::process::id()) << 32) + RANGE.fetch_add(1, Ordering::Relaxed);
    Arc::new(Counting(range, AtomicU64::new(1)))
}

pub(crate) struct Profile {
    pub(crate) folder: TempDir,
    pub(crate) ids: Arc<Counting>,
    pub(crate) store: Store,
}

impl Profile {
    pub(crate) fn new() -> Self {
        Self::of(tempfile::tempdir().unwrap())
    }

    pub(crate) fn of(folder: TempDir) -> Self {
        let ids = counting();
        let store = open(folder.path(), ids.clone());
        Self { folder, ids, store }
    }

    /// A second store on the same profile, as another process would have it.
    pub(crate) fn other(&self) -> Store {
        open(self.folder.path(), counting())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn take(&self, text: &str) -> FileId {
        match self.store.ingest(&arrival(text), "text/plain").unwrap() {
            Outcome::Taken(file) | Outcome::Duplicate(file) => file,
            Outcome::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    /// A document of a new file with these words.
    pub(crate) fn document(&self, text: &str) -> Document {
        let document = Document {
            id: DocumentId::new(self.ids.as_ref()),
            file: self.take(text),
            kind: DocumentKind::Invoice,
            kind_confidence: 0.5,
            title: text.to_owned(),
            correspondent: None,
            state: DocumentState::Review,
            received_at: self.store_time(),
            facts: Vec::new(),
            assumptions: Vec::new(),
        };
        self.store.write(By::Program, Op::FileDocument, |w| w.insert_document(&document)).unwrap();
        document
    }

    pub(crate) fn task(&self, document: Option<&Document>) -> Task {
        Task {
            id: TaskId::new(self.ids.as_ref()),
            document: document.map(|d| d.id),
            document_kind: document.map(|d| d.kind),
            kind: TaskKind::Pay,
            title: "Stadtwerke".to_owned(),
            due: Some(day("2026-12-11")),
            due_time: None,
            latest: None,
            assumed: false,
            provisional: false,
            amount: Some(Money::parse("84.20", "EUR").unwrap()),
            payee: None,
            rule: Some("printed_due_date".to_owned()),
            why: "printed on the bill".to_owned(),
            derivation: None,
            steps: vec!["open_bank".to_owned(), "transfer".to_owned()],
            status: TaskStatus::Open,
            created_at: self.store_time(),
            done_at: None,
            done_how: None,
        }
    }

    fn store_time(&self) -> DateTime<Utc> {
        at("2026-11-20T08:00:00Z") + Duration::microseconds(self.ids.1.load(Ordering::Relaxed) as i64)
    }
}

pub(crate) fn open(folder: &Path, ids: Arc<Counting>) -> Store {
    opened(folder, ids, at("2026-11-20T09:00:00Z"))
}

/// Another store on the same profile, whose clock begins at this instant.
pub(crate) fn store_at(p: &Profile, begins: &str) -> Store {
    opened(p.folder.path(), counting(), at(begins))
}

fn opened(folder: &Path, ids: Arc<Counting>, begins: DateTime<Utc>) -> Store {
    Store::open(folder, Arc::new(Ticking(begins, AtomicU64::new(0))), ids).unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn arrival(text: &str) -> Arrival {
    Arrival {
        source: SourceId::Inbox,
        name: format!("{text}.txt"),
        path: Some(format!("/inbox/{text}.txt").into()),
        modified: Some(at("2026-11-19T20:00:00.123456789Z")),
        content: text.as_bytes().to_vec().into(),
        at: at("2026-11-20T08:00:00Z"),
    }
}

pub(crate) fn fact(field: Field, text: &str, origin: Origin) -> Fact {
    Fact {
        field,
        value: Value::parse(field, text).unwrap(),
        confidence: 0.8,
        certain: false,
        origin,
        by: "test".to_owned(),
        evidence: Some(Evidence { page: 1, rect: Rect { x: 0.1, y: 0.2, w: 0.3, h: 0.05 }, text: text.to_owned() }),
        checks: vec![Check::Labelled],
    }
}

/// A clock like that of [`Profile`].
pub(crate) fn ticking() -> Arc<Ticking> {
    Arc::new(Ticking(at("2026-11-20T09:00:00Z"), AtomicU64::new(0)))
}
