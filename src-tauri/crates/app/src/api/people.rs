//! Forgetting a person: a sender, or somebody of the household.

use std::collections::BTreeSet;

use chrono::{DateTime, Months, NaiveDate, Utc};
use domain::{By, CorrespondentId, DocumentId, FailureCode};
use serde::{Deserialize, Serialize};
use store::{BlackedNames, Op, Read, StoreError};
use ts_rs::TS;

use super::trash::DeletedView;
use crate::actions::forgetting::{Done, Forgotten};
use crate::{App, Failure};

/// So many months a backup keeps a state at most.
const BACKUP_MONTHS: u32 = 12;
/// So many originals that stay are named.
const NAMED: usize = 50;

/// Whom to forget.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct ForgetPerson {
    /// A sender.
    pub correspondent: Option<CorrespondentId>,
    /// Or somebody of this name, such as one of the household.
    pub name: Option<String>,
    /// How the name is written as well.
    pub also: Option<Vec<String>>,
    /// Letters that are kept all the same; the names are blacked out in them.
    pub keep: Option<Vec<DocumentId>>,
    /// Only say what that would do.
    pub preview: Option<bool>,
}

/// What was forgotten, or would be.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ForgottenView {
    /// The names.
    pub names: Vec<String>,
    /// Accounts and tax numbers that stand in no letter of others: they are blacked out like the names.
    pub numbers: Vec<String>,
    /// Letters that are gone.
    pub removed: Vec<NamedLetter>,
    /// Letters of others in which the names are blacked out.
    pub blacked: Vec<NamedLetter>,
    /// What went with the letters.
    pub deleted: DeletedView,
    /// Other places in the database where the names are blacked out.
    pub texts: u32,
    /// Pages whose words are blacked out.
    pub pages: u32,
    /// Steps of the history of which only remains who did them, and when.
    pub steps: u32,
    /// What stays, and where.
    pub stays: Vec<StayView>,
    /// It was done, and not only looked at.
    pub done: bool,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NamedLetter {
    /// Which.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
}

/// Something that stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StayView {
    /// What it is.
    pub stay: Stay,
    /// Its name or its folder.
    pub what: Option<String>,
    /// How many.
    pub count: u32,
    /// Until when at most.
    pub until: Option<NaiveDate>,
}

/// Where something about a forgotten person stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stay {
    /// The original of a letter to or from somebody else, and pictures of its pages: originals are not changed.
    Original,
    /// A file in which a removed letter came together with others.
    Container,
    /// States of the backup; each goes in its time.
    Backup,
    /// Copies of the database from before an update.
    BeforeUpdate,
    /// Exports, prints, mails and copies that somebody made, and blocks of the disk that were freed.
    Elsewhere,
}

/// Remove all there is of a person, and black the name out in letters of others; or say what that would do.
pub fn forget(app: &App, input: ForgetPerson) -> Result<ForgottenView, Failure> {
    let is_preview = input.preview == Some(true);
    let forgotten = wanted(app, input)?;
    let forms = forgotten.forms();
    if forms.is_empty() {
        let message = "A name of at least three letters is needed, or a sender.";
        return Err(Failure::new(FailureCode::BadInput, message));
    }
    let names = BlackedNames::of(&forms)?;
    let oldest = app.store.read(|r| oldest(r, &forgotten))?;
    let done = if is_preview {
        app.store.foresee(|w| forgotten.forget(w, &names))?
    } else {
        let done = app.store.erase(By::Person, Op::ForgetPerson, |w| forgotten.forget(w, &names))?.value;
        app.cache.sweep(&app.store);
        done
    };
    view(app, forgotten, done, oldest, !is_preview)
}

fn wanted(app: &App, input: ForgetPerson) -> Result<Forgotten, Failure> {
    let ForgetPerson { correspondent, name, also, keep, .. } = input;
    let mut names: Vec<String> = Vec::new();
    if let Some(id) = correspondent {
        let sender = app.store.read(|r| r.correspondent(id))?;
        names.push(sender.ok_or_else(|| Failure::not_found("correspondent", id))?.name);
    }
    names.extend(name.into_iter().chain(also.into_iter().flatten()).map(|name| name.trim().to_owned()));
    names.retain(|name| !name.is_empty());
    let keep = keep.into_iter().flatten().collect();
    Ok(app.store.read(|r| Forgotten::known(r, (correspondent, names), keep))?)
}

/// When the first of the letters that go came in: older backups know nothing of it.
fn oldest(r: &Read<'_>, forgotten: &Forgotten) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut oldest: Option<DateTime<Utc>> = None;
    for (id, _) in forgotten.letters(r)? {
        let received = r.document(id)?.map(|document| document.received_at);
        oldest = oldest.into_iter().chain(received).min();
    }
    Ok(oldest)
}

fn view(
    app: &App,
    Forgotten { names, numbers, .. }: Forgotten,
    done: Done,
    oldest: Option<DateTime<Utc>>,
    is_done: bool,
) -> Result<ForgottenView, Failure> {
    let Done { removed, deleted, blacked } = done;
    let letter = |(id, title)| NamedLetter { id, title };
    let (titles, mut stays) = app.store.read(|r| {
        let mut titles = Vec::new();
        for id in &blacked.documents {
            titles.extend(r.document(*id)?.map(|document| (*id, document.title)));
        }
        let mut stays = Vec::new();
        for file in blacked.files.iter().take(NAMED) {
            let what = Some(r.file_name(file)?);
            stays.push(StayView { stay: Stay::Original, what, count: 1, until: None });
        }
        Ok((titles, stays))
    })?;
    let more = blacked.files.len().saturating_sub(NAMED);
    if more > 0 {
        let count = u32::try_from(more).unwrap_or(u32::MAX);
        stays.push(StayView { stay: Stay::Original, what: None, count, until: None });
    }
    let of_others: BTreeSet<&str> = deleted.staying.iter().map(|file| file.name.as_str()).collect();
    stays.extend(of_others.into_iter().map(|name| StayView {
        stay: Stay::Container,
        what: Some(name.to_owned()),
        count: 1,
        until: None,
    }));
    stays.extend(in_backups(app, oldest)?);
    stays.extend(before_updates(app));
    stays.push(StayView { stay: Stay::Elsewhere, what: None, count: 0, until: None });
    Ok(ForgottenView {
        names,
        numbers: numbers.into_iter().collect(),
        removed: removed.into_iter().map(letter).collect(),
        blacked: titles.into_iter().map(letter).collect(),
        steps: deleted.steps.saturating_add(blacked.steps),
        texts: blacked.texts,
        pages: blacked.pages,
        deleted: deleted.into(),
        stays,
        done: is_done,
    })
}

/// The states of the backup that were made since the first letter came in.
fn in_backups(app: &App, oldest: Option<DateTime<Utc>>) -> Result<Option<StayView>, Failure> {
    let (rows, folder) = (app.store.read(|r| r.backups(u32::MAX))?, app.settings()?.backup_folder);
    let holds = |at: DateTime<Utc>| oldest.is_none_or(|oldest| at >= oldest);
    let made: Vec<DateTime<Utc>> =
        rows.iter().filter(|row| row.outcome.is_ok() && holds(row.ended_at)).map(|row| row.ended_at).collect();
    let Some(newest) = made.iter().max() else { return Ok(None) };
    let zone = app.settings()?.preferences()?.zone;
    Ok(Some(StayView {
        stay: Stay::Backup,
        what: folder,
        count: u32::try_from(made.len()).unwrap_or(u32::MAX),
        until: domain::today(*newest, zone).checked_add_months(Months::new(BACKUP_MONTHS)),
    }))
}

/// Copies of the database that were made before its tables were changed.
fn before_updates(app: &App) -> Option<StayView> {
    let folder = app.profile.folder.join("backups");
    let copies = std::fs::read_dir(&folder).into_iter().flatten().flatten().count();
    let count = u32::try_from(copies).unwrap_or(u32::MAX);
    let what = Some(folder.display().to_string());
    (count > 0).then_some(StayView { stay: Stay::BeforeUpdate, what, count, until: None })
}
