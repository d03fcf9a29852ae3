//! The searchable content of a document.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::search::{joined, kind_words, terms};
use domain::{DocumentKind, Field, FileId, Preferences};
use rusqlite::Row;
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::row::Columns;
use crate::{Read, Result};

/// The row of a document in `search_documents`, and its words for each column of `search_index`, folded.
pub(super) struct Content {
    pub(super) kind: DocumentKind,
    pub(super) correspondent: Option<String>,
    pub(super) state: String,
    pub(super) trashed: bool,
    pub(super) day: String,
    pub(super) received: String,
    pub(super) due: Option<String>,
    pub(super) amount: Option<i64>,
    /// The currency of the amount, where the letter names one.
    pub(super) currency: Option<String>,
    pub(super) open_tasks: u32,
    pub(super) done_tasks: u32,
    pub(super) warnings: bool,
    pub(super) title: String,
    pub(super) sender: String,
    pub(super) notes: String,
    pub(super) facts: String,
    pub(super) body: String,
}

/// What the tables say about a document itself.
struct Bare {
    file: FileId,
    kind: DocumentKind,
    correspondent: Option<String>,
    state: String,
    trashed: bool,
    received_at: DateTime<Utc>,
    title: String,
    sender: Option<String>,
    note: Option<String>,
    warnings: bool,
}

fn bare(row: &Row<'_>) -> Result<Bare> {
    let c = Columns { table: "documents", row };
    Ok(Bare {
        file: c.parse("file")?,
        kind: c.or(c.word("kind"), DocumentKind::Other)?,
        correspondent: c.get("correspondent")?,
        state: c.get("state")?,
        trashed: c.get("trashed")?,
        received_at: c.parse("received_at")?,
        title: c.get("title")?,
        sender: c.get("sender")?,
        note: c.get("note")?,
        warnings: c.get("warnings")?,
    })
}

fn text(row: &Row<'_>) -> Result<String> {
    Ok(row.get(0)?)
}

/// Where a task stands, its day and its words.
fn task(row: &Row<'_>) -> Result<(bool, Option<String>, String)> {
    Ok((row.get("open")?, row.get("due")?, row.get("words")?))
}

fn fact(row: &Row<'_>) -> Result<(Field, String)> {
    let c = Columns { table: "facts", row };
    Ok((c.parse("field")?, c.get("plain")?))
}

/// In hundredths, as the index keeps amounts, so that they can be compared.
pub(super) fn hundredths(amount: Decimal) -> Option<i64> {
    (amount * Decimal::ONE_HUNDRED).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
}

impl Read<'_> {
    /// The zone of the person's calendar.
    fn zone(&self) -> Result<Tz> {
        let set = self.setting("time_zone")?.and_then(|json| serde_json::from_str(&json).ok());
        Ok(set.unwrap_or(Preferences::default().zone))
    }

    /// The searchable content of a document; none if there is no such document.
    pub(super) fn search_content(&self, document: &str) -> Result<Option<Content>> {
        let sql = "SELECT d.file, d.kind, d.correspondent, d.state, d.trashed_at IS NOT NULL AS trashed, d.title,
                          d.received_at, c.name AS sender, n.note,
                          coalesce(f.problems, '[]') <> '[]' AS warnings
                   FROM documents AS d
                   LEFT JOIN correspondents AS c ON c.id = d.correspondent
                   LEFT JOIN document_notes AS n ON n.document = d.id
                   LEFT JOIN findings AS f ON f.file = d.file
                   WHERE d.id = ?1";
        let Some(bare) = self.row(sql, [document], bare)? else { return Ok(None) };
        // Days are those of the person's calendar: shortly after midnight in Berlin it is yesterday in UTC.
        let received = domain::today(bare.received_at, self.zone()?).to_string();
        let facts = self.rows("SELECT field, plain FROM facts WHERE document = ?1", [document], fact)?;
        let tasks = self.rows(
            "SELECT t.status IN ('open', 'in_progress', 'waiting') AS open, t.due,
                    t.title || ' ' || coalesce(a.description, '') || ' ' ||
                    coalesce((SELECT group_concat(g.name, ' ') FROM task_tags AS o JOIN tags AS g ON g.id = o.tag
                              WHERE o.task = t.id), '') AS words
             FROM tasks AS t LEFT JOIN task_details AS a ON a.task = t.id WHERE t.document = ?1",
            [document],
            task,
        )?;
        let tags = self.tag_paths_of(document)?;
        let names = "SELECT name FROM files WHERE id = ?1 UNION SELECT name FROM arrivals WHERE file = ?1";
        let names = self.rows(names, [bare.file.as_str()], text)?;
        let body = self.page_texts(&bare.file)?.join("\n");

        let of = |field| facts.iter().find(|(of, _)| *of == field).map(|(_, plain)| plain.as_str());
        let day = |field| of(field).filter(|plain| plain.parse::<NaiveDate>().is_ok()).map(str::to_owned);
        let amount = of(Field::AmountDue).or_else(|| of(Field::TotalGross)).and_then(|plain| plain.parse().ok());
        let open = || tasks.iter().filter(|(open, ..)| *open);
        let open_tasks = u32::try_from(open().count()).unwrap_or(u32::MAX);
        let done_tasks = u32::try_from(tasks.len()).unwrap_or(u32::MAX) - open_tasks;
        let due = open().filter_map(|(_, due, _)| due.clone()).min();
        let printed_due = || if bare.state == "review" && tasks.is_empty() { day(Field::DueDate) } else { None };

        let values: Vec<&str> = facts.iter().map(|(_, plain)| plain.as_str()).collect();
        let values = values.join("\n");
        let mut said = folded(&values);
        let printed = joined(&values).into_iter().chain(joined(&body));
        for word in names.iter().map(|name| folded(name)).chain(printed) {
            said.push(' ');
            said.push_str(&word);
        }
        for word in kind_words(bare.kind) {
            said.push(' ');
            said.push_str(&folded(word));
        }
        let mut notes = bare.note.unwrap_or_default();
        for more in tags.iter().chain(tasks.iter().map(|(.., words)| words)) {
            notes.push('\n');
            notes.push_str(more);
        }
        Ok(Some(Content {
            day: day(Field::PostingOrLetterDate).or_else(|| day(Field::IssueDate)).unwrap_or_else(|| received.clone()),
            due: due.or_else(printed_due),
            currency: amount.and_then(|_| of(Field::Currency)).map(str::to_owned),
            amount: amount.and_then(hundredths),
            open_tasks,
            done_tasks,
            warnings: bare.warnings,
            title: folded(&bare.title),
            sender: folded(bare.sender.as_deref().unwrap_or_default()),
            notes: folded(&notes),
            facts: said,
            body: folded(&body),
            kind: bare.kind,
            correspondent: bare.correspondent,
            state: bare.state,
            trashed: bare.trashed,
            received,
        }))
    }
}

/// The folded words of a text with a space between two.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for (_, term) in terms(text) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&term);
    }
    folded
}
