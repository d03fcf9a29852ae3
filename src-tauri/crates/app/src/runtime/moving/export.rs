//! Writes the whole profile into a folder. It is written under a temporary name beside its place, synced, and renamed at the
//! end: what has the name of an export is whole. The form is described in [`format`](super::format).

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use disk::{Disk as _, PART, RealDisk};
use domain::{Document, FailureCode, FileId, TaskId};
use serde::Serialize;
use sha2::Sha256;
use store::{Read, StoreError, TaskFilter};
use tempfile::TempDir;
use ts_rs::TS;

use super::format::{self, FORMAT, Head};
use super::readable::{ExportedDocument, ExportedFile, ExportedProfile, ExportedRows};
use super::tables::{Csv, Dates};
use super::tree::{Names, ending};
use super::{Move, MoveKind, MoveProblem, MoveStep};
use crate::text::Locale;
use crate::{App, Failure};

/// What an export that was broken off left behind is removed by a later one after this time.
const ABANDONED: Duration = Duration::from_hours(24);

/// What was exported.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Exported {
    /// The folder.
    pub folder: String,
    /// How many documents, also from the trash.
    pub documents: u32,
    /// How many tasks.
    pub tasks: u32,
    /// How many files in all.
    pub files: u32,
    /// What could not be exported as it should; everything else was.
    pub problems: Vec<MoveProblem>,
}

impl App {
    /// Writes everything into `folder`, which must be empty or not there yet; `dated`: into a new folder in it.
    ///
    /// # Errors
    /// `folder_not_empty`, `cancelled`, `move_runs`; what the file system says of the folder, and the errors of the
    /// [store](store::StoreError#database-errors). Then nothing is left in the folder. An original that is damaged is no
    /// error: it is among the problems.
    pub fn export(&self, folder: &Path, dated: bool) -> Result<Exported, Failure> {
        let folder = std::path::absolute(folder).map_err(|e| unwritable(folder, e))?;
        let settings = self.settings()?;
        let (locale, zone) = (Locale::choose(settings.language), settings.preferences()?.zone);
        let folder = if dated { folder.join(self.name_of_today(locale)?) } else { folder };
        refuse_used(&folder)?;
        let moving = self.begin_move(MoveKind::Export, MoveStep::Writing)?;
        let unfinished = unfinished(&folder)?;
        let written = self.store.read(|r| {
            let writing = Writing {
                app: self,
                r,
                moving: &moving,
                files: Files { root: unfinished.path(), manifest: Vec::new() },
                locale,
                zone,
                names: Names::default(),
                problems: Vec::new(),
                document_table: Csv::of_documents(locale),
                task_table: Csv::of_tasks(locale),
                dates: Dates::new(self.now(), zone, locale),
                documents: 0,
                tasks: 0,
            };
            Ok(writing.everything())
        })?;
        let exported = Exported { folder: folder.display().to_string(), ..written? };
        moving.begin(MoveStep::Syncing, exported.files as usize);
        sync_below(unfinished.path(), &moving)?;
        give_name(unfinished, &folder)?;
        Ok(exported)
    }

    fn name_of_today(&self, locale: Locale) -> Result<String, Failure> {
        let today = self.today(&self.settings()?)?;
        Ok(match locale {
            Locale::German => format!("Workmate-Auszug {today}"),
            Locale::English => format!("Workmate Export {today}"),
        })
    }
}

/// An export that is being written.
struct Writing<'a> {
    app: &'a App,
    r: &'a Read<'a>,
    moving: &'a Move<'a>,
    files: Files<'a>,
    locale: Locale,
    zone: chrono_tz::Tz,
    names: Names,
    problems: Vec<MoveProblem>,
    document_table: Csv,
    task_table: Csv,
    dates: Dates,
    documents: u32,
    tasks: u32,
}

impl Writing<'_> {
    fn everything(mut self) -> Result<Exported, Failure> {
        let ids = self.r.every_document()?;
        let loose = self.r.files_without_document()?;
        self.moving.begin(MoveStep::Writing, ids.len().saturating_add(loose.len()));
        for id in &ids {
            self.moving.go_on()?;
            if let Some(document) = self.r.document(*id)? {
                self.document(&document)?;
                self.documents = self.documents.saturating_add(1);
            } else {
                let message = format!("The document {id} cannot be read in the database, and is not in the export.");
                self.problems.push(MoveProblem::new(id.to_string(), FailureCode::UnreadableValue, message));
            }
            self.moving.advance(1);
        }
        for file in &loose {
            self.moving.go_on()?;
            self.loose_file(file)?;
            self.moving.advance(1);
        }
        for id in self.r.tasks_without_document()? {
            self.task(id)?;
        }
        self.files.json(format::PROFILE, &ExportedProfile::of(self.r)?)?;
        let history = ExportedRows { format: FORMAT, head: self.r.chain_head()?, way_back: self.r.rows_of_history()? };
        self.files.json(format::HISTORY, &history)?;
        let work = ExportedRows { format: FORMAT, head: None, way_back: self.r.rows_of_work()? };
        self.files.json(format::WORK, &work)?;
        let Self { app, mut files, problems, document_table, task_table, dates, documents, tasks, .. } = self;
        let head = Head {
            format: FORMAT,
            program: format!("Workmate Private {}", env!("CARGO_PKG_VERSION")),
            schema: store::schema_version(),
            made_at: Some(app.now()),
            documents,
            tasks,
        };
        files.json(format::HEAD, &head)?;
        files.write("documents.csv", document_table.finish().as_bytes())?;
        files.write("tasks.csv", task_table.finish().as_bytes())?;
        files.write("dates.ics", dates.finish().as_bytes())?;
        files.write(format::README, include_str!("readme.txt").replace('\n', "\r\n").as_bytes())?;
        Ok(Exported { folder: String::new(), documents, tasks, files: files.seal()?, problems })
    }

    fn document(&mut self, document: &Document) -> Result<(), Failure> {
        let is_trashed = self.r.trashed_at(document.id)?.is_some();
        let sender = document.correspondent.map(|id| self.r.correspondent(id)).transpose()?.flatten();
        let day = document.letter_date().unwrap_or_else(|| domain::today(document.received_at, self.zone));
        let sender = sender.map_or_else(|| self.say("Ohne Absender", "Without sender").to_owned(), |known| known.name);
        let year = day.format("%Y").to_string();
        let mut folders = vec![year.as_str(), sender.as_str()];
        if is_trashed {
            folders.insert(0, self.say("Papierkorb", "Trash"));
        }
        let stem = self.names.give(&folders, &format!("{day} {}", document.title));
        let original = self.original(&stem, &document.file)?;
        let content = ExportedDocument::of(self.r, document, original.clone())?;
        self.files.json(&format!("{}/{stem}.json", format::DOCUMENTS), &content)?;
        self.document_table.add_document(self.r, document, original)?;
        for task in self.r.tasks(TaskFilter::OfDocument(document.id))? {
            self.task(task.id)?;
        }
        Ok(())
    }

    fn loose_file(&mut self, file: &FileId) -> Result<(), Failure> {
        let name = self.r.file_name(file)?;
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let folder = self.say("Ohne Dokument", "Without document");
        let stem = self.names.give(&[folder], stem);
        let original = self.original(&stem, file)?;
        let content = ExportedFile::of(self.r, file, original)?;
        self.files.json(&format!("{}/{stem}.json", format::DOCUMENTS), &content)
    }

    fn task(&mut self, id: TaskId) -> Result<(), Failure> {
        let Some(task) = self.r.task(id)? else { return Ok(()) };
        self.task_table.add_task(self.r, &task)?;
        self.dates.add(self.r, &task)?;
        self.tasks = self.tasks.saturating_add(1);
        Ok(())
    }

    /// Copies an original; gives its path in the export, or none where it cannot be read.
    fn original(&mut self, stem: &str, file: &FileId) -> Result<Option<String>, Failure> {
        let Some(stored) = self.r.file(file)? else { return Ok(None) };
        let path = format!("{}/{stem}.{}", format::ORIGINALS, ending(&stored.name, &stored.mime));
        let from = match self.app.store.open_as_it_is(file) {
            Ok(from) => from,
            Err(error) => {
                let message =
                    format!("The original of “{}” cannot be read ({error}). What is known of it is here.", stored.name);
                self.problems.push(MoveProblem::new(path, FailureCode::OriginalDamaged, message));
                return Ok(None);
            }
        };
        let target = self.files.place(&path)?;
        let copied = File::create_new(&target).and_then(|mut copy| format::hashed::<Sha256>(from, &mut copy));
        let hash = copied.map_err(|e| unwritable(&target, e))?;
        if hash != file.as_str() {
            let message =
                format!("The original of “{}” is not what came in any more. It was copied as it is.", stored.name);
            self.problems.push(MoveProblem::new(&path, FailureCode::OriginalDamaged, message));
        }
        self.files.manifest.push((hash, path.clone()));
        Ok(Some(path))
    }

    fn say(&self, german: &'static str, english: &'static str) -> &'static str {
        match self.locale {
            Locale::German => german,
            Locale::English => english,
        }
    }
}

/// The files of an export.
struct Files<'a> {
    root: &'a Path,
    /// Hash and path of each.
    manifest: Vec<(String, String)>,
}

impl Files<'_> {
    fn json(&mut self, path: &str, content: &impl Serialize) -> Result<(), Failure> {
        let mut bytes = serde_json::to_vec_pretty(content)
            .map_err(|error| Failure::new(FailureCode::Internal, format!("{path} could not be written: {error}.")))?;
        bytes.push(b'\n');
        self.write(path, &bytes)
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let target = self.place(path)?;
        let written = File::create_new(&target).and_then(|mut file| file.write_all(bytes));
        written.map_err(|e| unwritable(&target, e))?;
        self.manifest.push((format::sha256(bytes), path.to_owned()));
        Ok(())
    }

    /// Where a file of the export goes, with its folder made.
    fn place(&self, path: &str) -> Result<PathBuf, Failure> {
        let target = self.root.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|e| unwritable(folder, e))?;
        }
        Ok(target)
    }

    /// Writes the manifest of all files; gives how many there are with it.
    fn seal(mut self) -> Result<u32, Failure> {
        self.manifest.sort_by(|one, other| one.1.cmp(&other.1));
        let lines: String = self.manifest.iter().map(|(hash, path)| format!("{hash}  {path}\n")).collect();
        self.write(format::MANIFEST, lines.as_bytes())?;
        Ok(u32::try_from(self.manifest.len()).unwrap_or(u32::MAX))
    }
}

/// An export goes only where nothing is.
fn refuse_used(folder: &Path) -> Result<(), Failure> {
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(_) => false,
    };
    if is_free {
        return Ok(());
    }
    let message = format!(
        "{} is not an empty folder. Please name a new or an empty one: nothing in it is to be overwritten.",
        folder.display()
    );
    Err(Failure::new(FailureCode::FolderNotEmpty, message))
}

/// The folder that is renamed at the end: beside the place of the export, so that it is on the same disk.
fn unfinished(folder: &Path) -> Result<TempDir, Failure> {
    let beside = folder.parent().unwrap_or(folder);
    fs::create_dir_all(beside).map_err(|e| unwritable(beside, e))?;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let start = format!(".{name}.");
    remove_abandoned(beside, &start);
    let made = tempfile::Builder::new().prefix(&start).suffix(PART).tempdir_in(beside);
    made.map_err(|e| unwritable(beside, e))
}

/// What exports to the same place left behind that were broken off long ago.
fn remove_abandoned(beside: &Path, start: &str) {
    for entry in fs::read_dir(beside).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_old = || {
            let age = entry.metadata().and_then(|found| found.modified()).map(|changed| changed.elapsed());
            matches!(age, Ok(Ok(age)) if age > ABANDONED)
        };
        if name.starts_with(start)
            && name.ends_with(PART)
            && is_old()
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(path = %entry.path().display(), %error, "an abandoned export cannot be removed");
        }
    }
}

/// Makes everything below a folder durable, and the folder itself.
fn sync_below(folder: &Path, moving: &Move<'_>) -> Result<(), Failure> {
    moving.go_on()?;
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    for entry in entries.map_err(|e| unwritable(folder, e))? {
        let path = entry.path();
        if path.is_dir() {
            sync_below(&path, moving)?;
        } else {
            File::open(&path).and_then(|file| file.sync_all()).map_err(|e| unwritable(&path, e))?;
            moving.advance(1);
        }
    }
    RealDisk.sync_folder(folder).map_err(|e| unwritable(folder, e))
}

/// Gives the folder its name, which is that of an empty folder, or of none.
fn give_name(unfinished: TempDir, folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return refuse_used(folder).and(Err(unwritable(folder, error)));
        }
        _ => {}
    }
    fs::rename(unfinished.path(), folder).map_err(|e| unwritable(folder, e))?;
    // It has another name now, and must not be removed.
    let _ = unfinished.keep();
    let beside = folder.parent().unwrap_or(folder);
    RealDisk.sync_folder(beside).map_err(|e| unwritable(beside, e))
}

fn unwritable(path: &Path, source: io::Error) -> Failure {
    Failure::from(StoreError::io("written", path, source))
}
