//! One word for each thing that can go wrong.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a failure means for whoever asked for something or works on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureClass {
    /// What was asked for makes no sense as it is.
    BadInput,
    /// What it is about is not there.
    NotFound,
    /// Whoever asks may not.
    Forbidden,
    /// Somebody else is at it: a moment later it may work.
    Busy,
    /// It was called off.
    Stopped,
    /// Somebody else does the work now.
    LeaseLost,
    /// The program that did the work ended.
    Crashed,
    /// The disk on which the profile lies is full, failed or cannot be written: no fault of a letter. It is tried again.
    OwnDisk,
    /// Anything else: it did not work, or something about a letter is odd.
    Failed,
}

macro_rules! codes {
    ($($class:ident { $($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)? })+) => {
        /// What went wrong or is odd, as a word. Texts hang on it; it stays in databases and scripts for good.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum FailureCode {
            $($($(#[$doc])* #[serde(rename = $word)] $name,)+)+
            /// A word of another version of the program: only its message says what it is.
            #[serde(rename = "unknown", other)]
            Unknown,
        }

        impl FailureCode {
            /// Every code that this version knows.
            pub const ALL: &[Self] = &[$($(Self::$name),+),+];

            /// The word.
            pub fn as_str(self) -> &'static str {
                match self { $($(Self::$name => $word,)+)+ Self::Unknown => "unknown" }
            }

            /// What it means for whoever asked or works.
            pub fn class(self) -> FailureClass {
                match self { $($(Self::$name)|+ => FailureClass::$class,)+ Self::Unknown => FailureClass::Failed }
            }
        }
    };
}

codes! {
    BadInput {
        /// An input that makes no sense.
        BadInput = "bad_input",
        /// A pattern that cannot be looked for.
        BadPattern = "bad_pattern",
        /// The password does not open the file.
        WrongPassword = "wrong_password",
        /// The password is so short that it would be found.
        PasswordTooShort = "password_too_short",
        /// A task would wait for itself.
        WaitsForItself = "waits_for_itself",
        /// An export goes into an empty folder only.
        FolderNotEmpty = "folder_not_empty",
        /// An export comes back into an empty profile only.
        ProfileNotEmpty = "profile_not_empty",
        /// The folder or file is no export.
        NotAnExport = "not_an_export",
        /// The export was written by a newer version of the program.
        NewerExport = "newer_export",
        /// A path that leads out of the folder of an export, or over a link.
        UnsafePath = "unsafe_path",
    }
    NotFound {
        /// It is not there (any more).
        NotFound = "not_found",
        /// There is no such command.
        UnknownCommand = "unknown_command",
        /// The file has no such page.
        NoSuchPage = "no_such_page",
    }
    Forbidden {
        /// Whoever asks may not.
        Forbidden = "forbidden",
    }
    Busy {
        /// Another program uses the database.
        Busy = "busy",
        /// An export or an import runs already.
        MoveRuns = "move_runs",
    }
    Stopped {
        /// Reading was stopped.
        Stopped = "stopped",
        /// A person called the work off.
        Cancelled = "cancelled",
    }
    LeaseLost {
        /// The work was given to somebody else, or called off.
        LeaseLost = "lease_lost",
    }
    Crashed {
        /// The process that read the file ended.
        Crashed = "crashed",
    }
    Failed {
        /// A mistake in the program.
        Internal = "internal",
        /// The program does not answer: said by the window itself.
        Unreachable = "unreachable",
        /// A part of the program failed and has begun again.
        ThreadFailed = "thread_failed",
        /// The system gives no more threads.
        NoThread = "no_thread",
        /// There is nobody to do such work.
        UnknownJob = "unknown_job",
        /// No window could be made.
        NoWindow = "no_window",
        /// No notification could be shown.
        NoNotifications = "no_notifications",
        /// No program opens the file.
        NoOpener = "no_opener",
        /// The folder cannot be a profile.
        BadProfile = "bad_profile",
        /// The database is missing or empty, and the archive beside it is not.
        DatabaseGone = "database_gone",
        /// The database, or its log, is that of another profile.
        ForeignDatabase = "foreign_database",
        /// The profile is encrypted, and nobody has given its password yet.
        Locked = "locked",
        /// The file with the wrapped key of an encrypted profile is gone or damaged.
        KeysGone = "keys_gone",
    }
    OwnDisk {
        /// No room on the disk.
        DiskFull = "disk_full",
        /// The folder cannot be written to.
        ReadOnly = "read_only",
        /// The disk failed.
        Io = "io",
        /// The database is damaged.
        Corrupt = "corrupt",
        /// The database refused something.
        Database = "database",
    }
    Failed {
        /// The database is newer than the program.
        NewerDatabase = "newer_database",
        /// An older program still has the profile open.
        OlderStillRuns = "older_still_runs",
        /// The program was updated while it ran.
        Outdated = "outdated",
        /// The tables could not be brought up to date.
        Migration = "migration",
        /// A stored word is not known.
        UnknownWord = "unknown_word",
        /// A stored value cannot be read and is left out.
        UnreadableValue = "unreadable_value",
        /// A step cannot be taken back.
        UndoConflict = "undo_conflict",
        /// Another process runs the engine.
        EngineHeld = "engine_held",
        /// An original in the archive is damaged or gone.
        OriginalDamaged = "original_damaged",
        /// A write was begun inside a write.
        NestedWrite = "nested_write",
        /// Work broke down twice and is not tried again by itself.
        Quarantined = "quarantined",

        /// The backup folder is not there: its disk is not plugged in.
        BackupAway = "backup_away",
        /// There is no backup in the folder.
        NoBackup = "no_backup",
        /// The backup folder lies inside the profile.
        BackupInside = "backup_inside",
        /// The words that open a backup are mistyped.
        BadWords = "bad_words",
        /// Something is missing in a backup, or it is damaged.
        BackupDamaged = "backup_damaged",
        /// The secret store of the system cannot be used, or the key of the backup is not in it.
        NoSecrets = "no_secrets",

        /// The inbox folder is not there.
        FolderMissing = "folder_missing",
        /// A folder cannot be read.
        FolderUnreadable = "folder_unreadable",
        /// A file cannot be read.
        FileUnreadable = "file_unreadable",
        /// A file could not be taken in yet.
        NotTaken = "not_taken",
        /// A file that was taken in could not be removed from the inbox folder.
        NotRemoved = "not_removed",
        /// A refused file could not be put into the problems folder.
        NotSetAside = "not_set_aside",

        /// The file is empty.
        Empty = "empty",
        /// The ending promises something else than the content is.
        NotWhatItSays = "not_what_it_says",
        /// A kind of file that is not read.
        Unsupported = "unsupported",
        /// The file or a page of it is broken.
        Damaged = "damaged",
        /// The file needs a password.
        Password = "password",
        /// The file or a picture is too large.
        TooLarge = "too_large",
        /// A part of the program is not installed.
        EngineMissing = "engine_missing",
        /// Reading failed.
        Engine = "engine",
        /// The file was not read in time.
        TooSlow = "too_slow",
        /// A page was not recognised in time.
        Slow = "slow",
        /// Reading took too much memory.
        TooMuchMemory = "too_much_memory",
        /// Doubtful words could not be read again.
        SecondReaderFailed = "second_reader_failed",
        /// Doubtful words were not read again: the second reader is not installed.
        SecondReaderMissing = "second_reader_missing",
        /// Lines of a page are cut off at the edge of its picture.
        PictureCutOff = "picture_cut_off",
        /// The picture of a page is too dark to be read.
        PictureDark = "picture_dark",
        /// The picture of a page is too blurred to be read.
        PictureBlurred = "picture_blurred",
        /// A form whose content only Adobe Reader shows.
        DynamicForm = "dynamic_form",
        /// The file ends too early.
        Truncated = "truncated",
        /// Only the first pages were read.
        TooManyPages = "too_many_pages",
        /// Only some of what is inside was taken in.
        TooManyMembers = "too_many_members",
        /// It lies too deep in other archives.
        TooDeep = "too_deep",
        /// A file inside could not be taken out.
        Attachment = "attachment",

        /// A newer version could not read it again; the old results stay.
        NotComputedAgain = "not_computed_again",
        /// Another letter seems to begin on a later page.
        SeveralLetters = "several_letters",
        /// Its pages do not follow each other.
        PagesOutOfOrder = "pages_out_of_order",
        /// Read again, the letter names another account than the one that was to be paid to.
        AccountDiffers = "account_differs",
        /// A bill without an amount.
        NoAmount = "no_amount",
        /// An offer that is made like a bill.
        LooksLikeABill = "looks_like_a_bill",
        /// Net and tax do not make gross.
        Arithmetic = "arithmetic",
        /// The page and its data say different things.
        PageAndXmlDiffer = "page_and_xml_differ",
        /// A claim on behalf of somebody else.
        ClaimForAnother = "claim_for_another",
        /// A claim from long ago.
        OldClaim = "old_claim",
        /// The lines do not make their sum (BR-CO-10).
        SumOfLines = "sum_of_lines",
        /// The allowances do not make their sum (BR-CO-11).
        SumOfAllowances = "sum_of_allowances",
        /// The charges do not make their sum (BR-CO-12).
        SumOfCharges = "sum_of_charges",
        /// Lines, allowances and charges do not make the total without tax (BR-CO-13).
        SumWithoutTax = "sum_without_tax",
        /// The taxes of all rates do not make the tax (BR-CO-14).
        SumOfTaxes = "sum_of_taxes",
        /// Net and tax do not make the total (BR-CO-15).
        SumWithTax = "sum_with_tax",
        /// The total less what is paid is not what is due (BR-CO-16).
        SumDue = "sum_due",
        /// A tax does not follow from its rate (BR-CO-17).
        TaxOfRate = "tax_of_rate",
    }
}

impl std::fmt::Display for FailureCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_written_and_read_as_its_word_and_a_newer_one_is_no_error() {
        for code in FailureCode::ALL {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<FailureCode>(&json).unwrap(), *code);
        }
        assert_eq!(serde_json::from_str::<FailureCode>("\"of_next_year\"").unwrap(), FailureCode::Unknown);
        let (first, last) = (FailureCode::ALL[0], FailureCode::Unknown);
        assert_eq!((first.class(), last.class()), (FailureClass::BadInput, FailureClass::Failed));
    }
}
