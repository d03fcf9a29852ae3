//! The one list of commands. Adding one: a function in the file of its noun and a line here.

mod bills;
mod calendar;
mod cases;
mod contracts;
mod correspondents;
mod deadlines;
mod documents;
mod files;
mod history;
mod jobs;
mod old_post;
mod originals;
mod pages;
mod payments;
mod privacy;
mod reminders;
mod review;
mod samples;
mod search;
mod sender_rules;
mod settings;
mod sorting;
mod status;
mod task_drafts;
mod task_steps;
mod tasks;
mod today;
mod views;

pub use bills::RegularView;
pub use calendar::CalendarFile;
pub use cases::SetRelation;
pub use contracts::ContractView;
pub use correspondents::{
    CorrespondentRow, CorrespondentView, MergeCorrespondents, OneCorrespondent, RenameCorrespondent, YearView,
};
pub use deadlines::Assume;
pub use documents::{DocumentList, DocumentQuery, OneDocument, OnePage, SetKind, SomeDocuments};
pub use files::{Derived, Import, ImportOutcome, Imported, OneProblem, Unlock, Unlocked};
pub use history::{HistoryQuery, StepView, UndoneView};
pub use jobs::Cancel;
pub use old_post::Settle;
pub use pages::{Arranged, ArrangedPage, Arrangement};
pub use payments::{CodeView, DiscountView, Paid, PaymentQuery, TransferView};
pub use privacy::{HandoverView, PrivacyLedger};
pub use reminders::{HistoryOfReminders, Pause, PauseReminders, Paused, SeenTasks, Snooze};
pub use review::{Accepted, Correction};
pub use search::{
    Chip, FacetCount, Facets, FindHits, HitPlaces, SearchFound, SearchHit, SearchQuery, SnippetPart, SnippetView,
};
pub use sender_rules::{OneSender, RuleDraft, RuleTrial, SenderRuleView, SwitchRule};
pub use settings::ChangeSetting;
pub use sorting::{EditDocuments, MergeTags, NoteView, RenameTag, TagView, WriteNote};
pub use task_drafts::{ChecklistStep, QuickAdded, QuickLine, Repeat, TaskDraft, TaskEdit};
pub use task_steps::{Blocks, NewDay, NotToday, StatusChange, StepDone};
pub use tasks::{Completion, OneTask, Postponement, TaskFilter, TaskQuery};
pub use views::{OneView, SaveView, ViewRow};

pub(crate) use jobs::retry_problem;
pub(crate) use reminders::snooze_tasks;
pub(crate) use tasks::complete as complete_task;
pub(crate) use today::most_urgent;

use crate::command::Access::{Read, Write};
use crate::command::{Command, command};

/// Every command.
pub const COMMANDS: &[&dyn Command] = &[
    &command("status.get", Read, "How things stand: engine, jobs, problems, tray.", status::get),
    &command("today.get", Read, "What matters now.", today::get),
    &command("documents.list", Read, "List documents.", documents::list),
    &command("documents.get", Read, "Everything about one document.", documents::get),
    &command("documents.words", Read, "The words of a page with their places, in reading order.", documents::words),
    &command("documents.set_kind", Write, "Say what a document is.", documents::set_kind),
    &command("documents.trash", Write, "Put a document into the trash.", documents::trash),
    &command("documents.trash_many", Write, "Put several documents into the trash.", documents::trash_many),
    &command("documents.open", Read, "Open a copy of the original in its program.", originals::open),
    &command("documents.show", Read, "Show a copy of the original in its folder.", originals::show),
    &command("documents.export", Read, "Make a copy of the original under its own name.", originals::export),
    &command("documents.restore", Write, "Take a document out of the trash.", documents::restore),
    &command(
        "documents.searchable_pdf",
        Read,
        "Make a PDF of a document in which its words can be searched and copied; the original stays as it is.",
        files::searchable_pdf,
    ),
    &command(
        "pages.arrange",
        Write,
        "Turn, move or leave out pages; divide documents or put them together.",
        pages::arrange,
    ),
    &command(
        "pages.as_they_came",
        Read,
        "Make copies of the files that a document's pages came in.",
        pages::as_they_came,
    ),
    &command("cases.relate", Write, "Say that two documents belong together, or do not.", cases::relate),
    &command("documents.codes", Read, "The codes of every kind on a document's pages: bar codes, too.", files::codes),
    &command("documents.note", Read, "What a person has noted about a document, and its tags.", sorting::note),
    &command("documents.write_note", Write, "Note something about a document, in Markdown.", sorting::write_note),
    &command("documents.edit", Write, "Change several documents at once: tags, kind, sender, trash.", sorting::edit),
    &command("tags.list", Read, "All tags by their paths.", sorting::tags),
    &command("tags.rename", Write, "Give a tag another name.", sorting::rename_tag),
    &command("tags.merge", Write, "Make two tags one.", sorting::merge_tags),
    &command("correspondents.rename", Write, "Give a sender another name.", correspondents::rename),
    &command("correspondents.merge", Write, "Make two senders one.", correspondents::merge),
    &command("search.find", Read, "Find documents by what a person types.", search::find),
    &command("search.hits", Read, "Where the words of a query stand on the pages of a document.", search::hits),
    &command("views.list", Read, "The views that are there from the start, and a person's own.", views::list),
    &command("views.save", Write, "Keep a query as a view, or change one.", views::save),
    &command("views.remove", Write, "Remove a view of one's own.", views::remove),
    &command("review.list", Read, "Documents that wait for a look, oldest first.", review::list),
    &command("review.correct", Write, "Say what a field of a document really is.", review::correct),
    &command("review.accept", Write, "Confirm a document as shown and make its tasks.", review::accept),
    &command("rules.list", Read, "What was learned about the letters of a sender.", sender_rules::list),
    &command("rules.try", Read, "What a rule would find on the sender's documents.", sender_rules::try_out),
    &command("rules.change", Write, "Say beside which words a value stands.", sender_rules::change),
    &command("rules.switch", Write, "Switch a rule off, or on again.", sender_rules::switch),
    &command("review.clear", Read, "Documents in review about which nothing is doubtful any more.", review::clear),
    &command("review.accept_many", Write, "Confirm several documents as they are.", review::accept_many),
    &command("correspondents.list", Read, "List correspondents by name.", correspondents::list),
    &command("correspondents.get", Read, "Everything about one correspondent.", correspondents::get),
    &command("privacy.ledger", Read, "What was given out of the program, and to whom.", privacy::ledger),
    &command("contracts.list", Read, "List contracts, the next decision first.", contracts::list),
    &command("bills.regular", Read, "Bills that come again, and those that should have come.", bills::regular),
    &command("tasks.list", Read, "List tasks.", tasks::list),
    &command("tasks.get", Read, "One task.", tasks::get),
    &command("tasks.show", Read, "Bring a task up in the window.", tasks::show),
    &command("tasks.add", Write, "Make a task.", task_drafts::add),
    &command(
        "tasks.quick_add",
        Write,
        "Make a task from one line of words, or show what it would be.",
        task_drafts::quick,
    ),
    &command("tasks.edit", Write, "Say anew what a task is.", task_drafts::edit),
    &command("tasks.step", Write, "Tick a step of a task off, or not after all.", task_steps::step),
    &command("tasks.status", Write, "Begin a task, wait with it, take it up again or cancel it.", task_steps::status),
    &command("tasks.block", Write, "Say which tasks have to be done before this one.", task_steps::block),
    &command("tasks.not_today", Write, "Move a task to the next day that is still safe.", task_steps::not_today),
    &command("tasks.skip", Write, "Leave this occurrence of a task out.", task_steps::skip),
    &command("tasks.add_to_calendar", Read, "Open a task in the calendar of the desktop.", calendar::add),
    &command("tasks.ics", Read, "A task as a file for a calendar, with its alarms.", calendar::file),
    &command("tasks.complete", Write, "A task is done.", tasks::complete),
    &command("tasks.payment", Read, "What to transfer for a task, and the code to scan.", payments::show),
    &command("tasks.pay", Write, "Something was paid towards a task; when nothing is left, it is done.", payments::pay),
    &command("tasks.reopen", Write, "A task is not done after all.", tasks::reopen),
    &command("tasks.postpone", Write, "Move a task to another day.", tasks::postpone),
    &command("deadlines.assume", Write, "Say what a deadline is to be counted with.", deadlines::assume),
    &command("reminders.list", Read, "List reminders that are still to come or wait to be seen.", reminders::list),
    &command("reminders.waiting", Read, "Reminders that nobody has reacted to yet.", reminders::waiting),
    &command("reminders.history", Read, "What became of reminders, newest first.", reminders::history),
    &command("reminders.seen", Write, "A person has the reminders of these tasks before the eyes.", reminders::seen),
    &command("reminders.snooze", Write, "Put the reminders of a task off; they come back.", reminders::snooze),
    &command(
        "reminders.acknowledge",
        Write,
        "Seen: silence this stage of a task's reminders, not the next one.",
        reminders::acknowledge,
    ),
    &command("reminders.pause", Write, "Pause all reminders, or resume them.", reminders::pause),
    &command("old_post.settle", Write, "Answer whether old post has been dealt with.", old_post::settle),
    &command("files.import", Write, "Take files or folders in.", files::import),
    &command("samples.import", Write, "Take the sample letters in, for a first look.", samples::import),
    &command(
        "files.separator_page",
        Read,
        "Make the sheet that is printed and laid between letters, to scan them as one stack.",
        files::separator_page,
    ),
    &command("jobs.pause", Write, "Hold the backlog up; letters that come in one by one are still read.", jobs::pause),
    &command("jobs.resume", Write, "Let the backlog go on.", jobs::resume),
    &command("jobs.cancel", Write, "Call work off: one job, or the whole backlog.", jobs::cancel),
    &command("problems.retry", Write, "Try again what a problem is about.", jobs::retry),
    &command("problems.unlock", Write, "Give the password of the locked file that a problem is about.", files::unlock),
    &command("problems.dismiss", Write, "A problem has been seen.", files::dismiss),
    &command("settings.get", Read, "All settings.", settings::get),
    &command("settings.change", Write, "Change one setting.", settings::change),
    &command("history.list", Read, "What was done, newest first.", history::list),
    &command("history.undo", Write, "Undo the newest change.", history::undo),
    &command("history.redo", Write, "Do again what was undone last.", history::redo),
];
