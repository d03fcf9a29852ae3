//! Generated profiles of any size, to try the program and to measure it: letters of realistic length in German and
//! English, with senders, facts and tasks. The same number of documents gives the same texts.
//!
//! The documents have no originals: their pages have words and positions, but no pictures.

mod letter;
mod words;

use chrono::{Days, NaiveDate};
use domain::{
    By, Document, DocumentId, DocumentState, Findings, Page, PageOrigin, RankedKind, Reading, Task, TaskId, TaskStatus,
};
use store::{Op, StoreError, Write};

use crate::runtime::results::UNDERSTAND_VERSION;
use crate::{App, Failure};
use letter::{Letter, letter};
use words::{Chance, Vocabulary};

/// Documents that are written in one transaction.
const AT_ONCE: u32 = 250;
/// Documents for each sender, on average.
const OF_ONE_SENDER: u32 = 40;

impl App {
    /// Adds `count` made-up documents; `progress` hears how many are there. Gives the bytes of text on their pages.
    ///
    /// # Errors
    /// The errors of the [store](store::StoreError#database-errors).
    pub fn generate(&self, count: u32, mut progress: impl FnMut(u32)) -> Result<u64, Failure> {
        let today = self.today(&self.settings()?)?;
        let vocabulary = Vocabulary::new();
        let senders = vocabulary.senders((count / OF_ONE_SENDER).max(5));
        let mut chance = Chance::new(u64::from(count));
        let (mut done, mut text) = (0, 0);
        while done < count {
            let until = count.min(done + AT_ONCE);
            self.store.write(By::Program, Op::FileDocument, |w| {
                (done..until).try_for_each(|number| {
                    // Oldest first, as they would have come: over ten years.
                    let age = u64::from(count - number) * 3650 / u64::from(count);
                    let day = today.checked_sub_days(Days::new(age)).unwrap_or(today);
                    let letter = letter(&vocabulary, &senders, &mut chance, number, day);
                    text += letter.pages.iter().flatten().map(|word| word.text.len() as u64 + 1).sum::<u64>();
                    self.file_generated(w, letter, today)
                })
            })?;
            done = until;
            progress(done);
        }
        Ok(text)
    }

    fn file_generated(&self, w: &Write<'_>, letter: Letter, today: NaiveDate) -> Result<(), StoreError> {
        let received_at = domain::local(letter.day.and_hms_opt(9, 0, 0).unwrap_or_default(), chrono_tz::UTC);
        let file = w.insert_generated_file(&letter.file_name, received_at)?;
        let pages = letter.pages.into_iter().map(|words| Page {
            width: 595.0,
            height: 842.0,
            origin: PageOrigin::Embedded,
            turned: 0,
            language: None,
            words,
        });
        let reading = Reading {
            mime_type: "application/pdf".to_owned(),
            pages: pages.collect(),
            language: Some(letter.language.to_owned()),
            ..Reading::default()
        };
        // Nothing is to be computed again: what would come out is not what was made up.
        w.save_reading(&file, &reading, &self.reader.versions())?;
        let kinds = vec![RankedKind { kind: letter.kind, confidence: 0.95 }];
        w.save_findings(&file, &Findings { kinds, facts: letter.facts, problems: Vec::new() }, UNDERSTAND_VERSION)?;
        let correspondent = match w.find_correspondent(Some(&letter.sender), None, None)? {
            Some(known) => known,
            None => w.insert_correspondent(&letter.sender)?,
        };
        let id = DocumentId::new(self.ids.as_ref());
        let recent = (today - letter.day).num_days() < 30;
        w.insert_document(&Document {
            id,
            file,
            kind: letter.kind,
            kind_confidence: 0.95,
            title: letter.title.clone(),
            correspondent: Some(correspondent.id),
            state: if recent && letter.unsure { DocumentState::Review } else { DocumentState::Accepted },
            received_at,
            facts: Vec::new(),
            assumptions: Vec::new(),
        })?;
        let Some((kind, due, amount)) = letter.task else { return Ok(()) };
        let open = due >= today;
        w.insert_task(&Task {
            id: TaskId::new(self.ids.as_ref()),
            document: Some(id),
            document_kind: Some(letter.kind),
            kind,
            title: letter.title,
            due: Some(due),
            due_time: None,
            latest: None,
            assumed: false,
            provisional: false,
            amount: Some(amount),
            payee: None,
            rule: Some("printed_due_date".to_owned()),
            why: "printed".to_owned(),
            derivation: None,
            steps: Vec::new(),
            status: if open { TaskStatus::Open } else { TaskStatus::Done },
            created_at: received_at,
            done_at: (!open).then_some(received_at),
            done_how: None,
        })
    }
}
