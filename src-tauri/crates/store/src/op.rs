//! The names of everything that changes the database.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// On whose behalf something was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person; can be undone.
    User,
    /// The program by itself.
    Engine,
}

macro_rules! ops {
    ($($(#[$doc:meta])* $name:ident = $word:literal $actor:ident),+ $(,)?) => {
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

            /// On whose behalf.
            pub fn actor(self) -> Actor {
                match self { $(Self::$name => Actor::$actor),+ }
            }
        }
    };
}

ops! {
    /// A person settled what a document is and says.
    AcceptDocument = "accept_document" User,
    /// A person corrected or confirmed a fact.
    CorrectFact = "correct_fact" User,
    /// A person said what a document is.
    SetKind = "set_kind" User,
    /// A document got another title.
    RenameDocument = "rename_document" User,
    /// A person said who sent a document.
    SetCorrespondent = "set_correspondent" User,
    /// A person said that documents belong together, or do not.
    SetRelation = "set_relation" User,
    /// A person changed or switched off what was learned about a sender's letters.
    ChangeSenderRule = "change_sender_rule" User,
    /// A correspondent got another name.
    RenameCorrespondent = "rename_correspondent" User,
    /// Two correspondents are one.
    MergeCorrespondents = "merge_correspondents" User,
    /// Letters of a correspondent turned out to be from somebody else.
    SplitCorrespondent = "split_correspondent" User,
    /// Tags were put on documents or taken off.
    TagDocuments = "tag_documents" User,
    /// A tag was made, named otherwise or put below another.
    ChangeTag = "change_tag" User,
    /// Two tags are one.
    MergeTags = "merge_tags" User,
    /// A note about a document.
    WriteNote = "write_note" User,
    /// A view was saved, changed or removed.
    ChangeView = "change_view" User,
    /// Several documents at once.
    EditDocuments = "edit_documents" User,
    /// A person answered the card about old post.
    SettleOldPost = "settle_old_post" User,
    /// Pages were laid anew: turned, moved, divided, put together.
    ArrangePages = "arrange_pages" User,
    /// Into the trash.
    TrashDocument = "trash_document" User,
    /// Out of the trash.
    RestoreDocument = "restore_document" User,
    /// A person made a task.
    AddTask = "add_task" User,
    /// A person changed a task, such as ticking off a step.
    ChangeTask = "change_task" User,
    /// Done, or will not be done.
    CompleteTask = "complete_task" User,
    /// Not done after all.
    ReopenTask = "reopen_task" User,
    /// Not today.
    PostponeTask = "postpone_task" User,
    /// A person said what a deadline is to be counted with.
    AssumeDeadline = "assume_deadline" User,
    /// Later.
    SnoozeReminder = "snooze_reminder" User,
    /// Seen.
    AcknowledgeReminder = "acknowledge_reminder" User,
    /// None of them for a while.
    PauseReminders = "pause_reminders" User,
    /// A setting.
    ChangeSetting = "change_setting" User,
    /// The inverse of a step.
    Undo = "undo" User,
    /// A step again.
    Redo = "redo" User,
    /// A file came in.
    TakeIn = "take_in" Engine,
    /// A document was filed with what follows from it.
    FileDocument = "file_document" Engine,
    /// A document was read again by a newer engine.
    Reprocess = "reprocess" Engine,
    /// Reminders were planned again.
    PlanReminders = "plan_reminders" Engine,
    /// Only ledger tables: progress, readings, findings, deliveries, problems.
    Ledger = "ledger" Engine,
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
