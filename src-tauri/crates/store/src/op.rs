//! The operations that change the database.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! ops {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// An operation as a person would name it. The words stay in the history for good.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Op { $($(#[$doc])* #[serde(rename = $word)] $name),+ }

        impl Op {
            /// Every operation.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word kept in the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

ops! {
    /// A person settled what a document is and says.
    AcceptDocument = "accept_document",
    /// A person corrected or confirmed a fact.
    CorrectFact = "correct_fact",
    /// A person said what a document is.
    SetKind = "set_kind",
    /// A document got another title.
    RenameDocument = "rename_document",
    /// A person said who sent a document.
    SetCorrespondent = "set_correspondent",
    /// A person said that documents belong together, or do not.
    SetRelation = "set_relation",
    /// A person changed or switched off what was learned about a sender's letters.
    ChangeSenderRule = "change_sender_rule",
    /// A correspondent got another name.
    RenameCorrespondent = "rename_correspondent",
    /// Two correspondents are one.
    MergeCorrespondents = "merge_correspondents",
    /// Letters of a correspondent turned out to be from somebody else.
    SplitCorrespondent = "split_correspondent",
    /// Tags were put on documents or taken off.
    TagDocuments = "tag_documents",
    /// A tag was made, named otherwise or put below another.
    ChangeTag = "change_tag",
    /// Two tags are one.
    MergeTags = "merge_tags",
    /// A note about a document.
    WriteNote = "write_note",
    /// A view was saved, changed or removed.
    ChangeView = "change_view",
    /// Several documents at once.
    EditDocuments = "edit_documents",
    /// A person answered the card about old post.
    AnswerStaleLetters = "settle_old_post",
    /// Pages were laid anew: turned, moved, divided, put together.
    ArrangePages = "arrange_pages",
    /// Into the trash.
    TrashDocument = "trash_document",
    /// Out of the trash.
    RestoreDocument = "restore_document",
    /// Deleted for good.
    DeleteDocument = "delete_document",
    /// All that is known of somebody was removed or blacked out.
    ForgetPerson = "forget_person",
    /// A person made a task.
    AddTask = "add_task",
    /// A person changed a task, such as ticking off a step.
    ChangeTask = "change_task",
    /// Done, or will not be done.
    CompleteTask = "complete_task",
    /// Not done after all.
    ReopenTask = "reopen_task",
    /// Not today.
    PostponeTask = "postpone_task",
    /// A person said what a deadline is to be counted with.
    AssumeDeadline = "assume_deadline",
    /// Later.
    SnoozeReminder = "snooze_reminder",
    /// Seen.
    AcknowledgeReminder = "acknowledge_reminder",
    /// None of them for a while.
    PauseReminders = "pause_reminders",
    /// A setting.
    ChangeSetting = "change_setting",
    /// The inverse of a step.
    Undo = "undo",
    /// A step again.
    Redo = "redo",
    /// A file came in.
    Ingest = "take_in",
    /// The rows of an export came in.
    ImportProfile = "import_profile",
    /// Documents came in from paperless-ngx, with what it knew of them.
    ImportPaperless = "import_paperless",
    /// A document was filed with what follows from it.
    FileDocument = "file_document",
    /// A document was read again by a newer engine.
    Reprocess = "reprocess",
    /// Reminders were planned again.
    PlanReminders = "plan_reminders",
    /// One of a newer program.
    Unknown = "unknown",
    /// What ended by the calendar alone, such as a right that nobody used in time.
    EndByCalendar = "end_by_calendar",
    /// Only ledger tables: progress, readings, findings, deliveries, problems.
    Ledger = "ledger",
}

/// Not the word of an operation.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("“{0}” is not an operation")]
pub struct UnknownOp(String);

impl FromStr for Op {
    type Err = UnknownOp;
    fn from_str(word: &str) -> Result<Self, UnknownOp> {
        Self::ALL.iter().copied().find(|op| op.as_str() == word).ok_or_else(|| UnknownOp(word.to_owned()))
    }
}
