//! The lists of an export for other programs: CSV for spreadsheets, a calendar file.
//!
//! CSV: UTF-8 with BOM, so that spreadsheets recognise the letters; `;` between the columns in both languages, ISO days.
//! Headings, words and the decimal sign are those of the program's language.

use chrono::{DateTime, NaiveDate, Utc};
use domain::search::kind_words;
use domain::{
    CalendarEntry, CalendarTime, Currency, Document, DocumentKind, DocumentState, Money, Task, TaskStatus, calendar,
    local,
};
use rust_decimal::Decimal;
use store::{Read, StoreError};

use crate::actions::appointments::appointment;
use crate::text::{self, Locale};

const BOM: &str = "\u{FEFF}";
const END: &str = "\r\n";

/// A list that grows line by line.
pub(crate) struct Csv {
    text: String,
    locale: Locale,
}

impl Csv {
    fn new(locale: Locale, german: &[&str], english: &[&str]) -> Self {
        let mut csv = Self { text: BOM.to_owned(), locale };
        let head = csv.say(german, english);
        csv.line(head.iter().map(|cell| Some((*cell).to_owned())));
        csv
    }

    /// The list of documents.
    pub(crate) fn of_documents(locale: Locale) -> Self {
        Self::new(
            locale,
            &[
                "Tag",
                "Titel",
                "Absender",
                "Art",
                "Stand",
                "Betrag",
                "Währung",
                "Fällig",
                "Tags",
                "Notiz",
                "Eingang",
                "Im Papierkorb seit",
                "Datei",
                "Kennung",
            ],
            &[
                "Day",
                "Title",
                "Sender",
                "Kind",
                "State",
                "Amount",
                "Currency",
                "Due",
                "Tags",
                "Note",
                "Received",
                "In the trash since",
                "File",
                "Id",
            ],
        )
    }

    /// The list of tasks.
    pub(crate) fn of_tasks(locale: Locale) -> Self {
        Self::new(
            locale,
            &[
                "Aufgabe",
                "Worum es geht",
                "Tag",
                "Uhrzeit",
                "Spätestens",
                "Betrag",
                "Währung",
                "Empfänger",
                "Stand",
                "Erledigt am",
                "Beschreibung",
                "Tags",
                "Dokument",
                "Kennung",
            ],
            &[
                "Task",
                "About",
                "Day",
                "Time",
                "Latest",
                "Amount",
                "Currency",
                "Payee",
                "Status",
                "Done on",
                "Description",
                "Tags",
                "Document",
                "Id",
            ],
        )
    }

    fn say<'a>(&self, german: &'a [&'a str], english: &'a [&'a str]) -> &'a [&'a str] {
        match self.locale {
            Locale::German => german,
            Locale::English => english,
        }
    }

    fn line(&mut self, cells: impl IntoIterator<Item = Option<String>>) {
        let cells = cells.into_iter().map(|cell| cell.as_deref().map(escaped).unwrap_or_default());
        self.text += &cells.collect::<Vec<_>>().join(";");
        self.text += END;
    }

    fn amount(&self, amount: Decimal) -> String {
        let plain = format!("{amount:.2}");
        match self.locale {
            Locale::German => plain.replace('.', ","),
            Locale::English => plain,
        }
    }

    /// One more document; `file` is where its original lies in the export.
    pub(crate) fn add_document(
        &mut self,
        r: &Read<'_>,
        document: &Document,
        file: Option<String>,
    ) -> Result<(), StoreError> {
        let sender = document.correspondent.map(|id| r.correspondent(id)).transpose()?.flatten();
        let worth = document.worth().and_then(|fact| fact.value.amount());
        let currency = match document.fact(domain::Field::Currency).map(|fact| &fact.value) {
            Some(domain::Value::Currency(currency)) => *currency,
            Some(_) | None => Currency::EUR,
        };
        let tags = r.paths_of_tags(document.id)?;
        let cells = [
            text_of(document.letter_date()),
            Some(document.title.clone()),
            sender.map(|sender| sender.name),
            Some(self.kind(document.kind)),
            Some(self.state(document.state).to_owned()),
            worth.map(|amount| self.amount(amount)),
            worth.map(|_| currency.to_string()),
            text_of(document.day_of_money()),
            Some(tags.join(", ")),
            r.note(document.id)?,
            Some(document.received_at.format("%Y-%m-%d").to_string()),
            r.trashed_at(document.id)?.map(|at| at.format("%Y-%m-%d").to_string()),
            file,
            Some(document.id.to_string()),
        ];
        self.line(cells);
        Ok(())
    }

    /// One more task.
    pub(crate) fn add_task(&mut self, r: &Read<'_>, task: &Task) -> Result<(), StoreError> {
        let details = r.task_details(task.id)?;
        let Money { amount, currency } =
            task.amount.unwrap_or(Money { amount: Decimal::ZERO, currency: Currency::EUR });
        let cells = [
            Some(text::ask(task, self.locale).to_owned()),
            Some(task.title.clone()),
            text_of(task.due),
            task.due_time.map(|time| time.format("%H:%M").to_string()),
            text_of(task.latest),
            task.amount.map(|_| self.amount(amount)),
            task.amount.map(|_| currency.to_string()),
            task.payee.clone(),
            Some(self.status(task.status).to_owned()),
            task.done_at.map(|at| at.format("%Y-%m-%d").to_string()),
            Some(details.description),
            Some(details.tags.join(", ")),
            task.document.map(|id| id.to_string()),
            Some(task.id.to_string()),
        ];
        self.line(cells);
        Ok(())
    }

    /// In German the word that the search understands.
    fn kind(&self, kind: DocumentKind) -> String {
        match self.locale {
            Locale::German => kind_words(kind).next().unwrap_or(kind.as_str()).to_owned(),
            Locale::English => kind.as_str().to_owned(),
        }
    }

    fn state(&self, state: DocumentState) -> &'static str {
        match (self.locale, state) {
            (Locale::German, DocumentState::Review) => "zu prüfen",
            (Locale::German, DocumentState::Accepted) => "abgelegt",
            (Locale::German, DocumentState::Stale) => "ältere Post",
            (Locale::English, DocumentState::Review) => "to review",
            (Locale::English, DocumentState::Accepted) => "filed",
            (Locale::English, DocumentState::Stale) => "older post",
        }
    }

    fn status(&self, status: TaskStatus) -> &'static str {
        match (self.locale, status) {
            (Locale::German, TaskStatus::Open) => "offen",
            (Locale::German, TaskStatus::InProgress) => "begonnen",
            (Locale::German, TaskStatus::Waiting) => "wartet",
            (Locale::German, TaskStatus::Done) => "erledigt",
            (Locale::German, TaskStatus::Cancelled) => "abgesagt",
            (Locale::English, TaskStatus::Open) => "open",
            (Locale::English, TaskStatus::InProgress) => "begun",
            (Locale::English, TaskStatus::Waiting) => "waiting",
            (Locale::English, TaskStatus::Done) => "done",
            (Locale::English, TaskStatus::Cancelled) => "cancelled",
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }
}

fn text_of(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// A cell: in quotes where it has to be, and never a formula. Letters come from strangers.
fn escaped(cell: &str) -> String {
    let is_number =
        cell.strip_prefix('-').unwrap_or(cell).chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let mut safe = String::new();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        safe.push('\'');
    }
    safe += cell;
    if safe.contains([';', '"', '\n', '\r', ',']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

/// Tasks with a day as events of a calendar; without alarms, because the calendar would ring for what is long over.
pub(crate) struct Dates {
    now: DateTime<Utc>,
    zone: chrono_tz::Tz,
    locale: Locale,
    events: Vec<String>,
}

impl Dates {
    pub(crate) fn new(now: DateTime<Utc>, zone: chrono_tz::Tz, locale: Locale) -> Self {
        Self { now, zone, locale, events: Vec::new() }
    }

    /// One more task; one without a day, or that was cancelled, is no date.
    pub(crate) fn add(&mut self, r: &Read<'_>, task: &Task) -> Result<(), StoreError> {
        let Some(due) = task.due.filter(|_| task.status != TaskStatus::Cancelled) else { return Ok(()) };
        let appointment = appointment(r, task)?;
        let time = task.due_time.map(|time| CalendarTime::At(local(due.and_time(time), self.zone)));
        let title = format!("{}: {}", text::ask(task, self.locale), task.title);
        let amount = task.amount.map(|amount| text::money(amount, self.locale));
        let description = [amount, appointment.bring].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let entry = CalendarEntry {
            task: task.id,
            made_at: self.now,
            time: time.unwrap_or(CalendarTime::Day(due)),
            title: &title,
            description: &description,
            place: appointment.place.as_deref(),
        };
        self.events.push(entry.event(&[]));
        Ok(())
    }

    pub(crate) fn finish(self) -> String {
        calendar(self.events)
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_is_never_a_formula() {
        for (cell, wanted) in [
            ("Strom", "Strom"),
            ("a;b", "\"a;b\""),
            ("say \"yes\"\nno", "\"say \"\"yes\"\"\nno\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-17,50", "\"-17,50\""),
            ("- erstens", "'- erstens"),
        ] {
            assert_eq!(escaped(cell), wanted);
        }
    }
}
