//! Documents. Intent.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use domain::search::Query;
use domain::{
    Confidence, CorrespondentId, Currency, Document, DocumentId, DocumentKind, DocumentOrder, DocumentState, Field,
    FileId, MoneyPaper, MoneyTask, Value,
};
use rusqlite::types::Value as SqlValue;
use rusqlite::{Row, params, params_from_iter};
use rust_decimal::Decimal;

use crate::row::{Columns, text, time};
use crate::search::Listing;
use crate::{Read, Result, Write};

/// Which documents to list. What is not given does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Where they stand.
    pub state: Option<DocumentState>,
    /// What they are.
    pub kind: Option<DocumentKind>,
    /// Who sent them.
    pub correspondent: Option<CorrespondentId>,
    /// Those in the trash instead of those that are not.
    pub trashed: bool,
    /// What else must hold, as in the search box.
    pub query: Query,
    /// The day from which relative days in the query are counted.
    pub today: NaiveDate,
    /// In which order.
    pub order: DocumentOrder,
}

/// Some of the documents that pass a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentPage {
    /// Newest first.
    pub rows: Vec<DocumentRow>,
    /// How many pass in all.
    pub total: u32,
}

/// A document as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// The original.
    pub file: FileId,
    /// What it is.
    pub kind: DocumentKind,
    /// How sure that is.
    pub kind_confidence: Confidence,
    /// One line for people.
    pub title: String,
    /// Name of the sender.
    pub correspondent: Option<String>,
    /// Where it stands.
    pub state: DocumentState,
    /// Date of the letter.
    pub issue_date: Option<NaiveDate>,
    /// Day by which to pay, else day of the debit.
    pub due_date: Option<NaiveDate>,
    /// What is to be paid, else the total.
    pub amount: Option<Decimal>,
    /// Currency of the amount.
    pub currency: Option<Currency>,
    /// Number of pages; 0 until it is read.
    pub page_count: u32,
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Is it in the trash?
    pub trashed: bool,
    /// Tasks still to be done.
    pub open_tasks: u32,
    /// The day of the next of them.
    pub next_day: Option<NaiveDate>,
    /// What it says about its money.
    pub paper: MoneyPaper,
    /// Its tasks about money.
    pub money_tasks: Vec<MoneyTask>,
}

/// A document without its facts.
fn bare_document(row: &Row<'_>) -> Result<Document> {
    let c = Columns { table: "documents", row };
    Ok(Document {
        id: c.parse("id")?,
        file: c.parse("file")?,
        kind: c.or(c.word("kind"), DocumentKind::Other)?,
        kind_confidence: c.get("kind_confidence")?,
        title: c.get("title")?,
        correspondent: c.or(c.parse_opt("correspondent"), None)?,
        state: c.or(c.word("state"), DocumentState::Review)?,
        received_at: c.or(c.parse("received_at"), DateTime::UNIX_EPOCH)?,
        facts: Vec::new(),
        assumptions: Vec::new(),
    })
}

/// What a listed row has beside the document.
struct Beside {
    correspondent: Option<String>,
    page_count: u32,
    open_tasks: u32,
    next_day: Option<NaiveDate>,
    trashed: bool,
}

fn listed(row: &Row<'_>) -> Result<(Document, Beside)> {
    let beside = Beside {
        correspondent: row.get("correspondent_name")?,
        page_count: row.get("page_count")?,
        open_tasks: row.get("open_tasks")?,
        next_day: Columns { table: "tasks", row }.parse_opt("next_day")?,
        trashed: row.get::<_, Option<String>>("trashed_at")?.is_some(),
    };
    Ok((bare_document(row)?, beside))
}

/// The columns that a filter wants to have a value.
fn columns(filter: &DocumentFilter) -> impl Iterator<Item = (&'static str, String)> {
    let wanted = [
        ("state", filter.state.map(|state| state.as_str().to_owned())),
        ("kind", filter.kind.map(|kind| kind.as_str().to_owned())),
        ("correspondent", text(filter.correspondent)),
    ];
    wanted.into_iter().filter_map(|(column, value)| Some((column, value?)))
}

fn document_row(document: Document, beside: Beside, money_tasks: Vec<MoneyTask>) -> DocumentRow {
    let currency = match document.fact(Field::Currency).map(|fact| &fact.value) {
        Some(Value::Currency(currency)) => Some(*currency),
        Some(_) | None => None,
    };
    DocumentRow {
        paper: MoneyPaper::of(&document),
        issue_date: document.date(Field::IssueDate),
        due_date: document.day_of_money(),
        amount: document.worth().and_then(|fact| fact.value.amount()),
        currency,
        id: document.id,
        file: document.file,
        kind: document.kind,
        kind_confidence: document.kind_confidence,
        title: document.title,
        correspondent: beside.correspondent,
        state: document.state,
        page_count: beside.page_count,
        received_at: document.received_at,
        trashed: beside.trashed,
        open_tasks: beside.open_tasks,
        next_day: beside.next_day,
        money_tasks,
    }
}

impl Read<'_> {
    /// A document with the best fact for each field; none also where its row cannot be read, which is noted.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>> {
        let found = self.first("SELECT * FROM documents WHERE id = ?1", [id.to_string()], bare_document)?;
        found
            .map(|bare| Ok(Document { facts: self.facts_of(id)?, assumptions: self.assumptions_of(id)?, ..bare }))
            .transpose()
    }

    /// The document made from a file.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the document's id cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn document_of_file(&self, file: &FileId) -> Result<Option<DocumentId>> {
        self.row("SELECT id FROM documents WHERE file = ?1 ORDER BY id LIMIT 1", [file.as_str()], |row| {
            Columns { table: "documents", row }.parse("id")
        })
    }

    /// The documents of a file that are not in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn shown_documents_of(&self, file: &FileId) -> Result<Vec<DocumentId>> {
        let sql = "SELECT id FROM documents WHERE file = ?1 AND trashed_at IS NULL ORDER BY id";
        self.rows(sql, [file.as_str()], |row| Columns { table: "documents", row }.parse("id"))
    }

    /// Has a file a document that is not in the trash?
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn is_shown(&self, file: &FileId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM documents WHERE file = ?1 AND trashed_at IS NULL)";
        self.value(sql, [file.as_str()])
    }

    /// When a document went into the trash, if it is there.
    ///
    /// # Errors
    /// [`UnknownWord`](crate::StoreError::UnknownWord) if the time cannot be read; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn trashed_at(&self, id: DocumentId) -> Result<Option<DateTime<Utc>>> {
        let found = self.row("SELECT trashed_at FROM documents WHERE id = ?1", [id.to_string()], |row| {
            Columns { table: "documents", row }.parse_opt("trashed_at")
        })?;
        Ok(found.flatten())
    }

    /// A document as a list shows it.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn document_row(&self, id: DocumentId) -> Result<Option<DocumentRow>> {
        let sql = "SELECT d.*, c.name AS correspondent_name,
                          (SELECT count(*) FROM pages WHERE pages.file = d.file) AS page_count,
                          (SELECT count(*) FROM tasks
                           WHERE tasks.document = d.id AND status IN ('open', 'in_progress', 'waiting')) AS open_tasks,
                          (SELECT min(due) FROM tasks
                           WHERE tasks.document = d.id AND status IN ('open', 'in_progress', 'waiting')) AS next_day
                   FROM documents AS d LEFT JOIN correspondents AS c ON c.id = d.correspondent WHERE d.id = ?1";
        let Some((bare, beside)) = self.first(sql, [id.to_string()], listed)? else { return Ok(None) };
        Ok(Some(document_row(Document { facts: self.facts_of(id)?, ..bare }, beside, self.money_tasks(id)?)))
    }

    /// Whether another document than `id`, not in the trash, has this title.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn is_titled(&self, title: &str, id: DocumentId) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM documents WHERE title = ?1 AND id <> ?2 AND trashed_at IS NULL)";
        self.value(sql, [title, &id.to_string()])
    }

    /// Documents that pass `filter`, in its order, from `offset` on and at most `limit`.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn documents(&self, filter: &DocumentFilter, limit: u32, offset: u32) -> Result<DocumentPage> {
        if filter.query.parts.is_empty() && !filter.trashed {
            match filter.order {
                DocumentOrder::Newest => {
                    return self.listed_documents(filter, "received_at DESC, id DESC", limit, offset);
                }
                DocumentOrder::Oldest => return self.listed_documents(filter, "received_at, id", limit, offset),
                DocumentOrder::Title => {
                    let order = "title COLLATE NOCASE, received_at DESC, id DESC";
                    return self.listed_documents(filter, order, limit, offset);
                }
                DocumentOrder::Correspondent | DocumentOrder::Due | DocumentOrder::Amount => {}
            }
        }
        // What is equal stands with the newest first.
        let (join, order, order_of_index) = match filter.order {
            DocumentOrder::Newest => ("", "s.received DESC, s.number DESC", Some("search_index.rowid DESC")),
            DocumentOrder::Oldest => ("", "s.received, s.number", Some("search_index.rowid")),
            DocumentOrder::Title => (
                "JOIN documents AS d ON d.id = s.document",
                "d.title COLLATE NOCASE, s.received DESC, s.number DESC",
                None,
            ),
            DocumentOrder::Correspondent => (
                "LEFT JOIN correspondents AS c ON c.id = s.correspondent",
                "coalesce(c.name, '') COLLATE NOCASE, s.received DESC, s.number DESC",
                None,
            ),
            DocumentOrder::Due => ("", "coalesce(s.due, '9999'), s.received DESC, s.number DESC", None),
            DocumentOrder::Amount => ("", "coalesce(s.amount, 0) DESC, s.received DESC, s.number DESC", None),
        };
        let (ids, total) = self.listing(&Listing {
            columns: columns(filter).collect(),
            query: &filter.query,
            today: filter.today,
            trashed: filter.trashed,
            join,
            order,
            order_of_index,
            limit,
            offset,
        })?;
        self.page_of(ids, total)
    }

    /// How many documents came in at `since` or later, without those in the trash.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn arrived_since(&self, since: DateTime<Utc>) -> Result<u32> {
        let sql =
            "SELECT count(*) FROM documents INDEXED BY documents_listed WHERE trashed_at IS NULL AND received_at >= ?1";
        self.value(sql, [time(since)])
    }

    /// The documents that came in at most `within` before or after this one, without those in the trash: the `most` nearest in time, of
    /// those that came in at once the latest.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn received_with(&self, document: &Document, within: Duration, most: u32) -> Result<Vec<DocumentId>> {
        let at = document.received_at;
        let sql = "SELECT id FROM documents INDEXED BY documents_listed
                   WHERE trashed_at IS NULL AND received_at BETWEEN ?1 AND ?2 AND id <> ?3
                   ORDER BY abs(julianday(received_at) - julianday(?4)), id DESC LIMIT ?5";
        let params = params![time(at - within), time(at + within), document.id.to_string(), time(at), most];
        self.rows(sql, params, |row| Columns { table: "documents", row }.parse("id"))
    }

    /// What came in at `since` or later and is done: accepted, with nothing to do about it. The newest first.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn filed_since(&self, since: DateTime<Utc>, limit: u32) -> Result<DocumentPage> {
        const FILED: &str = "documents AS d INDEXED BY documents_listed
            WHERE d.trashed_at IS NULL AND d.received_at >= ?1 AND d.state = 'accepted'
              AND NOT EXISTS (SELECT 1 FROM tasks AS t WHERE t.document = d.id)";
        let total = self.value(&format!("SELECT count(*) FROM {FILED}"), [time(since)])?;
        let sql = format!("SELECT d.id FROM {FILED} ORDER BY d.received_at DESC, d.id DESC LIMIT ?2");
        let ids =
            self.rows(&sql, params![time(since), limit], |row| Columns { table: "documents", row }.parse("id"))?;
        self.page_of(ids, total)
    }

    /// Old post that has not been asked about, the newest first. A letter that a later one reminds of or replaces is left out:
    /// the later one asks for both.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn stale_to_ask(&self, limit: u32) -> Result<DocumentPage> {
        const ASKED: &str = "documents AS d WHERE d.state = 'stale' AND d.trashed_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM relations AS o JOIN documents AS later ON later.id = o.document
            WHERE o.other = d.id AND o.relation IN ('reminds', 'corrects') AND later.trashed_at IS NULL)";
        let total = self.value(&format!("SELECT count(*) FROM {ASKED}"), [])?;
        let sql = format!("SELECT d.id FROM {ASKED} ORDER BY d.received_at DESC, d.id DESC LIMIT ?1");
        let ids = self.rows(&sql, [limit], |row| Columns { table: "documents", row }.parse("id"))?;
        self.page_of(ids, total)
    }

    /// Lists by columns of `documents` alone; by time of arrival only the rows of the page are read, through an index.
    fn listed_documents(&self, filter: &DocumentFilter, order: &str, limit: u32, offset: u32) -> Result<DocumentPage> {
        let mut condition = "trashed_at IS NULL".to_owned();
        let mut params: Vec<SqlValue> = Vec::new();
        for (column, value) in columns(filter) {
            params.push(value.into());
            condition += &format!(" AND {column} = ?{}", params.len());
        }
        let total =
            self.value(&format!("SELECT count(*) FROM documents WHERE {condition}"), params_from_iter(&params))?;
        params.extend([limit.into(), offset.into()]);
        let sql = format!(
            "SELECT id FROM documents WHERE {condition} ORDER BY {order} LIMIT ?{} OFFSET ?{}",
            params.len() - 1,
            params.len()
        );
        let ids = self.rows(&sql, params_from_iter(params), |row| Columns { table: "documents", row }.parse("id"))?;
        self.page_of(ids, total)
    }

    /// These documents, of so many in all.
    fn page_of(&self, ids: Vec<DocumentId>, total: u32) -> Result<DocumentPage> {
        let rows = ids.into_iter().filter_map(|id| self.document_row(id).transpose()).collect::<Result<_>>()?;
        Ok(DocumentPage { rows, total })
    }
}

impl Write<'_> {
    /// Files a document. Its facts are not written: they are the findings of its file and a person's word on them.
    ///
    /// # Errors
    /// [Database errors](crate::StoreError#database-errors).
    pub fn insert_document(&self, document: &Document) -> Result<()> {
        self.execute(
            "INSERT INTO documents (id, file, kind, kind_confidence, title, correspondent, state, received_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                document.id.to_string(),
                document.file.as_str(),
                document.kind.as_str(),
                document.kind_confidence,
                document.title,
                text(document.correspondent),
                document.state.as_str(),
                time(document.received_at)
            ],
        )?;
        Ok(())
    }

    /// Says where a document stands.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_state(&self, id: DocumentId, state: DocumentState) -> Result<()> {
        let sql = "UPDATE documents SET state = ?2 WHERE id = ?1";
        self.change("document", id, sql, params![id.to_string(), state.as_str()])
    }

    /// Says what a document is, and how sure that is.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_kind(&self, id: DocumentId, kind: DocumentKind, confidence: Confidence) -> Result<()> {
        let sql = "UPDATE documents SET kind = ?2, kind_confidence = ?3 WHERE id = ?1";
        self.change("document", id, sql, params![id.to_string(), kind.as_str(), confidence])
    }

    /// Gives a document another title.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_title(&self, id: DocumentId, title: &str) -> Result<()> {
        self.change("document", id, "UPDATE documents SET title = ?2 WHERE id = ?1", params![id.to_string(), title])
    }

    /// Gives a document another file, which has its pages now.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_file(&self, id: DocumentId, file: &FileId) -> Result<()> {
        self.change(
            "document",
            id,
            "UPDATE documents SET file = ?2 WHERE id = ?1",
            params![id.to_string(), file.as_str()],
        )
    }

    /// Says who sent a document.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn set_correspondent(&self, id: DocumentId, correspondent: Option<CorrespondentId>) -> Result<()> {
        let sql = "UPDATE documents SET correspondent = ?2 WHERE id = ?1";
        self.change("document", id, sql, params![id.to_string(), text(correspondent)])
    }

    /// Puts a document into the trash.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn trash(&self, id: DocumentId, at: DateTime<Utc>) -> Result<()> {
        let sql = "UPDATE documents SET trashed_at = ?2 WHERE id = ?1";
        self.change("document", id, sql, params![id.to_string(), time(at)])
    }

    /// Takes a document out of the trash.
    ///
    /// # Errors
    /// [`NotFound`](crate::StoreError::NotFound) if there is no such document; else [database
    /// errors](crate::StoreError#database-errors).
    pub fn restore(&self, id: DocumentId) -> Result<()> {
        self.change("document", id, "UPDATE documents SET trashed_at = NULL WHERE id = ?1", [id.to_string()])
    }
}
