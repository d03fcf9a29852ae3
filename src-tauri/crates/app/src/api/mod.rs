//! The one list of commands. Adding one: a function in the file of its noun and a line here.
//!
//! Rust calls the functions themselves, with their own types of input and output; names and JSON are for who comes from
//! outside (`App::dispatch`).
//!
//! # Errors
//!
//! Each command fails with a [`Failure`](crate::Failure): `not_found` where what it is about is not there (any more),
//! `bad_input` where its input makes no sense, else with the code of [`StoreError`](store::StoreError). What else a command can
//! give is said at its function.
#![expect(clippy::missing_errors_doc, reason = "what every command can give is said once, above")]

pub mod answers;
pub mod backups;
pub mod bills;
pub(crate) mod bindings;
pub mod calendar;
pub mod cases;
pub mod command;
pub mod contracts;
pub mod correspondents;
pub mod deadlines;
mod derived;
pub mod diagnostics;
pub(crate) mod dispatch;
pub mod document_edit;
pub mod documents;
pub mod encryption;
mod examples;
pub mod export;
pub mod files;
pub mod history;
pub mod inspect;
pub mod jobs;
pub mod keys;
pub mod moves;
pub mod originals;
pub mod page_image;
pub mod pages;
pub mod paperless;
pub mod payments;
pub mod people;
pub mod privacy;
pub mod reminders;
pub mod retention;
pub mod review;
pub mod samples;
pub mod saved_views;
pub mod search;
pub mod sender_rules;
pub mod settings;
mod show;
pub mod splitting;
pub mod stale_letters;
pub mod status;
pub mod suggestions;
pub mod tags;
pub mod task_drafts;
pub mod task_steps;
pub mod tasks;
pub mod today;
pub mod trash;
pub mod tray;
pub mod views;
pub mod when;

use command::Access::{Reads, Writes};
use command::Noun::{
    Backups, Correspondents, Documents, Jobs, Keys, Problems, Reminders, Settings, Tags, Tasks, ThisDocument, Views,
};
use command::{Command, admin, command};

/// Every command.
pub const COMMANDS: &[&dyn Command] = &[
    &command(
        "status.get",
        Reads(&[Jobs, Problems, Settings, Reminders, Documents, Backups]),
        "How things stand: engine, jobs, problems, tray.",
        status::get,
    ),
    &command(
        "today.get",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings]),
        "What matters now.",
        today::get,
    ),
    &command("today.seen", Writes, "The person has Today before the eyes.", today::seen),
    &command("documents.list", Reads(&[Documents, Correspondents, Tasks, Tags]), "List documents.", documents::list),
    &command(
        "documents.get",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings]),
        "Everything about one document.",
        documents::get,
    ),
    &command(
        "documents.suggestions",
        Reads(&[Documents, Tags]),
        "A kind and tags that a document may deserve, and why.",
        suggestions::get,
    ),
    &command(
        "documents.words",
        Reads(&[ThisDocument]),
        "The words of a page with their places, in reading order.",
        documents::words,
    ),
    &command("documents.set_kind", Writes, "Say what a document is.", documents::set_kind),
    &command("documents.trash", Writes, "Put a document into the trash.", documents::trash),
    &command("documents.trash_many", Writes, "Put several documents into the trash.", documents::trash_many),
    &command(
        "retention.list",
        Reads(&[Documents, Tasks, Correspondents]),
        "Letters that need not be kept any longer, by German law: proposals only.",
        retention::list,
    ),
    &command("trash.get", Reads(&[Documents]), "What is in the trash, and until when.", trash::get),
    &admin(
        "trash.delete",
        Writes,
        "Delete for good what is in the trash, or say what that would delete.",
        trash::delete,
    ),
    &admin("documents.open", Reads(&[]), "Open a copy of the original in its program.", originals::open),
    &admin("documents.show", Reads(&[]), "Show a copy of the original in its folder.", originals::show),
    &admin("documents.export", Reads(&[]), "Make a copy of the original under its own name.", originals::export),
    &command("documents.restore", Writes, "Take a document out of the trash.", documents::restore),
    &admin(
        "documents.searchable_pdf",
        Reads(&[]),
        "Make a PDF of a document in which its words can be searched and copied; the original stays as it is.",
        files::searchable_pdf,
    ),
    &command(
        "pages.arrange",
        Writes,
        "Turn, move or leave out pages; divide documents or put them together.",
        pages::arrange,
    ),
    &command(
        "pages.put_together",
        Writes,
        "Put the pictures together that show one paper in parts, such as a long receipt.",
        pages::put_together,
    ),
    &command(
        "pages.put_in_order",
        Writes,
        "Put the pages of a document into the order that is printed on them.",
        pages::put_in_order,
    ),
    &admin(
        "pages.as_they_came",
        Reads(&[]),
        "Make copies of the files that a document's pages came in.",
        pages::as_they_came,
    ),
    &command("cases.list", Reads(&[Documents, Tasks]), "List cases: documents that belong together.", cases::list),
    &command(
        "cases.get",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings]),
        "The case that a document belongs to, with all its letters.",
        cases::get,
    ),
    &command("cases.join", Writes, "Say that two documents belong together.", cases::join),
    &command("cases.part", Writes, "Say that a document belongs to none of its case.", cases::part),
    &command(
        "cases.relate",
        Writes,
        "Say what one document is to another one, or that they do not belong together.",
        cases::relate,
    ),
    &command(
        "documents.codes",
        Reads(&[ThisDocument]),
        "The codes of every kind on a document's pages: bar codes, too.",
        files::codes,
    ),
    &command(
        "documents.note",
        Reads(&[Documents, Tags]),
        "What a person has noted about a document, and its tags.",
        document_edit::note,
    ),
    &command(
        "documents.write_note",
        Writes,
        "Note something about a document, in Markdown.",
        document_edit::write_note,
    ),
    &command(
        "documents.edit",
        Writes,
        "Change several documents at once: tags, kind, sender, trash.",
        document_edit::edit,
    ),
    &command("tags.list", Reads(&[Documents, Tasks, Tags]), "All tags by their paths.", tags::list),
    &command("tags.rename", Writes, "Give a tag another name.", tags::rename),
    &command("tags.merge", Writes, "Make two tags one.", tags::merge),
    &command("correspondents.rename", Writes, "Give a sender another name.", correspondents::rename),
    &command("correspondents.merge", Writes, "Make two senders one.", correspondents::merge),
    &command(
        "correspondents.alike",
        Reads(&[Documents, Correspondents]),
        "The other letters of a letter's sender that are alike.",
        splitting::alike,
    ),
    &command("correspondents.split", Writes, "Say that letters are from somebody else.", splitting::split),
    &command(
        "search.find",
        Reads(&[Documents, Tasks, Correspondents, Tags, Settings]),
        "Find documents by what a person types.",
        search::find,
    ),
    &command(
        "search.understand",
        Reads(&[Settings]),
        "What a query means, condition by condition.",
        search::understand,
    ),
    &command(
        "search.hits",
        Reads(&[ThisDocument]),
        "Where the words of a query stand on the pages of a document.",
        search::hits,
    ),
    &command(
        "views.list",
        Reads(&[Views, Settings, Documents, Tasks]),
        "The views that are there from the start, and a person's own.",
        saved_views::list,
    ),
    &command("views.save", Writes, "Keep a query as a view, or change one.", saved_views::save),
    &command("views.remove", Writes, "Remove a view of one's own.", saved_views::remove),
    &command(
        "review.list",
        Reads(&[Documents, Correspondents, Tasks]),
        "Documents that wait for a look, the one with the next day first.",
        review::list,
    ),
    &command(
        "review.preview",
        Reads(&[ThisDocument, Settings]),
        "What would follow from accepting a document, if a field of it said something else.",
        review::preview,
    ),
    &command(
        "review.why",
        Reads(&[ThisDocument]),
        "Why the kind of a document and its values were taken: what weighed most.",
        review::why,
    ),
    &command("review.correct", Writes, "Say what a field of a document really is.", review::correct),
    &command("review.accept", Writes, "Confirm a document as shown and make its tasks.", review::accept),
    &command(
        "rules.list",
        Reads(&[Documents, Correspondents]),
        "What was learned about the letters of a sender.",
        sender_rules::list,
    ),
    &command(
        "rules.try",
        Reads(&[Documents, Correspondents]),
        "What a rule would find on the sender's documents.",
        sender_rules::try_out,
    ),
    &command("rules.change", Writes, "Say beside which words a value stands.", sender_rules::change),
    &command("rules.switch", Writes, "Switch a rule off, or on again.", sender_rules::switch),
    &command("rules.forget", Writes, "Delete a rule.", sender_rules::forget),
    &command(
        "review.clear",
        Reads(&[Documents, Correspondents]),
        "Documents in review about which nothing is doubtful any more.",
        review::clear,
    ),
    &command("review.accept_many", Writes, "Confirm several documents as they are.", review::accept_many),
    &command(
        "correspondents.list",
        Reads(&[Documents, Correspondents]),
        "List correspondents by name.",
        correspondents::list,
    ),
    &command(
        "correspondents.get",
        Reads(&[Documents, Tasks, Correspondents]),
        "Everything about one correspondent.",
        correspondents::get,
    ),
    &command("backup.get", Reads(&[Backups, Settings]), "How the backups stand.", backups::get),
    &admin("backup.words", Reads(&[]), "Twelve new words for a backup; they are stored nowhere.", backups::words),
    &admin("backup.set_up", Writes, "Make backups into a folder from now on.", backups::set_up),
    &admin("backup.run", Writes, "Make a backup now.", backups::run),
    &admin("backup.pause", Writes, "Hold up the backup that is being made.", backups::pause),
    &admin("backup.resume", Writes, "Go on with the backup that is held up.", backups::resume),
    &admin("backup.break_off", Writes, "Break off the backup that is being made.", backups::break_off),
    &admin("backup.turn_off", Writes, "Make no more backups; those that are there stay.", backups::turn_off),
    &admin("backup.states", Reads(&[]), "The states of a backup that can be brought back.", backups::states),
    &admin(
        "backup.restore",
        Writes,
        "Bring a state of a backup back in place of this profile, at the next start.",
        backups::restore,
    ),
    &admin("program.restart", Writes, "Start the window's program again.", backups::restart),
    &command(
        "profile.verify",
        Writes,
        "Look whether every original is there and unchanged, and whether the database is whole.",
        backups::verify,
    ),
    &admin("keys.list", Reads(&[Keys]), "The keys with which other programs may use this one.", keys::list),
    &admin("keys.add", Writes, "Make a key for another program; it is shown this one time.", keys::add),
    &admin("keys.revoke", Writes, "Let a key open nothing any more.", keys::revoke),
    &admin("encryption.get", Reads(&[Settings]), "Whether the data is encrypted, and what opens it.", encryption::get),
    &admin("encryption.turn_on", Writes, "Encrypt the data at the next start.", encryption::turn_on),
    &admin("encryption.turn_off", Writes, "Write the data without encryption at the next start.", encryption::turn_off),
    &admin("encryption.call_off", Writes, "Leave the data as it is at the next start.", encryption::call_off),
    &admin("encryption.change_password", Writes, "Another password from now on.", encryption::change_password),
    &admin("encryption.change_words", Writes, "Other words on paper from now on.", encryption::change_words),
    &admin(
        "encryption.open_by_itself",
        Writes,
        "Let the secret store of the system open the data when the program starts, or no more.",
        encryption::open_by_itself,
    ),
    &admin("encryption.lock", Writes, "Lock the data until the password is typed.", encryption::lock),
    &admin(
        "encryption.stay",
        Writes,
        "The person is at the window: the data is not locked by itself yet.",
        encryption::stay,
    ),
    &admin(
        "people.forget",
        Writes,
        "Remove all there is of a person, and black the name out in letters of others; or say what that would do.",
        people::forget,
    ),
    &command("privacy.ledger", Reads(&[]), "What was given out of the program, and to whom.", privacy::ledger),
    &command(
        "contracts.list",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings]),
        "List contracts, the next decision first.",
        contracts::list,
    ),
    &command(
        "contracts.costs",
        Reads(&[Documents, Tasks, Correspondents, Settings]),
        "What all contracts cost in a month and in a year.",
        contracts::costs,
    ),
    &command(
        "bills.regular",
        Reads(&[Documents, Correspondents]),
        "Bills that come again, and those that should have come.",
        bills::regular,
    ),
    &command(
        "tasks.list",
        Reads(&[Documents, Tasks, Tags, Reminders, Settings]),
        "List tasks, page by page, or those that fit some words.",
        tasks::list,
    ),
    &command("tasks.get", Reads(&[Documents, Tasks, Tags, Reminders, Settings]), "One task.", tasks::get),
    &command(
        "when.read",
        Reads(&[Settings]),
        "What a day, an hour or a rhythm means that somebody has typed.",
        when::read,
    ),
    &admin("tasks.show", Reads(&[]), "Bring a task up in the window.", tasks::show),
    &command("tasks.add", Writes, "Make a task.", task_drafts::add),
    &command(
        "tasks.quick_add",
        Writes,
        "Make a task from one line of words, or show what it would be.",
        task_drafts::quick,
    ),
    &command("tasks.edit", Writes, "Say anew what a task is.", task_drafts::edit),
    &command("tasks.step", Writes, "Tick a step of a task off, or not after all.", task_steps::step),
    &command("tasks.status", Writes, "Begin a task, wait with it, take it up again or cancel it.", task_steps::status),
    &command("tasks.block", Writes, "Say which tasks have to be done before this one.", task_steps::block),
    &command("tasks.not_today", Writes, "Move a task to the next day that is still safe.", task_steps::not_today),
    &command("tasks.skip", Writes, "Leave this occurrence of a task out.", task_steps::skip),
    &admin("tasks.add_to_calendar", Reads(&[]), "Open a task in the calendar of the desktop.", calendar::add),
    &command(
        "calendar.days",
        Reads(&[Documents, Tasks, Correspondents, Settings]),
        "What stands on each day of a time, as far as there is room for it.",
        calendar::days,
    ),
    &command(
        "calendar.list",
        Reads(&[Documents, Tasks, Correspondents, Settings]),
        "Tasks and bills that should come, by their days.",
        calendar::list,
    ),
    &admin(
        "tasks.ics",
        Reads(&[Documents, Tasks, Settings]),
        "A task as a file for a calendar, with its alarms.",
        calendar::file,
    ),
    &command("tasks.complete", Writes, "A task is done.", tasks::complete),
    &command(
        "tasks.payment",
        Reads(&[Documents, Tasks, Settings]),
        "What to transfer for a task, and the code to scan.",
        payments::show,
    ),
    &command(
        "tasks.pay",
        Writes,
        "Something was paid towards a task; when nothing is left, it is done.",
        payments::pay,
    ),
    &command("tasks.reopen", Writes, "A task is not done after all.", tasks::reopen),
    &command("tasks.postpone", Writes, "Move a task to another day.", tasks::postpone),
    &command("deadlines.assume", Writes, "Say what a deadline is to be counted with.", deadlines::assume),
    &command(
        "reminders.list",
        Reads(&[Documents, Tasks, Reminders, Settings]),
        "List reminders that are still to come or wait to be seen.",
        reminders::list,
    ),
    &command(
        "reminders.waiting",
        Reads(&[Documents, Tasks, Reminders, Settings]),
        "Reminders that nobody has reacted to yet.",
        reminders::waiting,
    ),
    &command(
        "reminders.history",
        Reads(&[Reminders, Tasks]),
        "What became of reminders, newest first.",
        reminders::history,
    ),
    &command("reminders.seen", Writes, "A person has the reminders of these tasks before the eyes.", reminders::seen),
    &command("reminders.snooze", Writes, "Put the reminders of a task off; they come back.", reminders::snooze),
    &command(
        "reminders.acknowledge",
        Writes,
        "Seen: silence this stage of a task's reminders, not the next one.",
        reminders::acknowledge,
    ),
    &command("reminders.pause", Writes, "Pause all reminders, or resume them.", reminders::pause),
    &command("stale_letters.answer", Writes, "Answer whether old post has been dealt with.", stale_letters::answer),
    &admin("files.import", Writes, "Take files or folders in.", files::import),
    &admin("samples.import", Writes, "Take the sample letters in, for a first look.", samples::import),
    &command(
        "samples.list",
        Reads(&[Documents]),
        "The sample letters that are here and not in the trash.",
        samples::list,
    ),
    &admin(
        "export.run",
        Reads(&[]),
        "Write everything into an empty folder, readable without this program.",
        export::run,
    ),
    &admin("export.look", Reads(&[Documents, Tasks]), "What an export says of itself.", export::look),
    &admin("export.import", Writes, "Bring an export back into an empty profile.", export::import),
    &admin("paperless.preview", Reads(&[Documents]), "What an import from paperless-ngx would do.", paperless::preview),
    &admin("paperless.import", Writes, "Take the documents of paperless-ngx in.", paperless::import),
    &command("moves.status", Reads(&[Jobs]), "How far an export or import is that runs.", moves::status),
    &admin("moves.cancel", Writes, "Call the export or import off that runs.", moves::cancel),
    &admin("files.open_inbox", Writes, "Open the inbox folder in the file manager.", files::open_inbox),
    &admin(
        "files.separator_page",
        Reads(&[]),
        "Make the sheet that is printed and laid between letters, to scan them as one stack.",
        files::separator_page,
    ),
    &command("jobs.pause", Writes, "Hold the backlog up; letters that come in one by one are still read.", jobs::pause),
    &command("jobs.resume", Writes, "Let the backlog go on.", jobs::resume),
    &command("jobs.cancel", Writes, "Call work off: one job, or the whole backlog.", jobs::cancel),
    &command("problems.retry", Writes, "Try again what a problem is about.", jobs::retry),
    &admin("problems.unlock", Writes, "Give the password of the locked file that a problem is about.", files::unlock),
    &command("problems.dismiss", Writes, "A problem has been seen.", files::dismiss),
    &command("problems.dismiss_alike", Writes, "All problems of one cause have been seen.", files::dismiss_alike),
    &admin(
        "diagnostics.get",
        Reads(&[]),
        "A report for who looks into a fault: versions, numbers, errors by cause, log; nothing of a letter.",
        diagnostics::get,
    ),
    &admin("diagnostics.save", Reads(&[]), "Save the report that was shown last in a folder.", diagnostics::save),
    &command("settings.get", Reads(&[Settings]), "All settings.", settings::get),
    &command(
        "settings.proposals",
        Reads(&[Documents, Settings]),
        "What the letters propose for the settings: the reader's names and Land.",
        settings::proposals,
    ),
    &admin("settings.change", Writes, "Change one setting.", settings::change),
    &command(
        "history.list",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings, Tags, Views]),
        "What was done, newest first.",
        history::list,
    ),
    &command(
        "history.next",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings, Tags, Views]),
        "What undo and redo would do now.",
        history::next,
    ),
    &command(
        "history.check",
        Reads(&[Documents, Tasks, Correspondents, Reminders, Settings, Tags, Views]),
        "Look whether the history is as it was recorded, and goes on from an end that was kept elsewhere.",
        history::check,
    ),
    &command("history.undo", Writes, "Undo the newest change of the person, or the step that is named.", history::undo),
    &command("history.undo_run", Writes, "Undo a whole run of a rule or a sync.", history::undo_run),
    &command("history.redo", Writes, "Do again what was undone last.", history::redo),
];
