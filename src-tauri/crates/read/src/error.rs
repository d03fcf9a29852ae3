//! Why a file could not be read at all.

use std::borrow::Cow;
use std::io;

use domain::FailureCode;
use serde::{Deserialize, Serialize};

/// Why a file could not be read. The message says what happened, to which file, and the way out.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// No bytes.
    #[error("“{name}” is empty. Scan or save it again, then drop it again.")]
    Empty {
        /// File name.
        name: String,
    },
    /// The file cannot be read from the disk.
    #[error("“{name}” cannot be read from the disk ({detail}). Check that the disk is well, then try again.")]
    Unreadable {
        /// File name.
        name: String,
        /// What the system said.
        detail: String,
    },
    /// The ending of the name does not match the content.
    #[error("“{name}” is not {claimed}: it contains {found}. Save it again as PDF, then drop it again.")]
    NotWhatItSays {
        /// File name.
        name: String,
        /// What the ending says.
        claimed: Cow<'static, str>,
        /// What the content is.
        found: Cow<'static, str>,
    },
    /// A kind of file that is not read.
    #[error("“{name}” is {found}, which cannot be read yet. {way_out}")]
    Unsupported {
        /// File name.
        name: String,
        /// What it is.
        found: String,
        /// How to turn it into something that can be read.
        way_out: Cow<'static, str>,
    },
    /// The file is broken.
    #[error("“{name}” is damaged and cannot be opened ({detail}). Get or scan it again.")]
    Damaged {
        /// File name.
        name: String,
        /// What the engine said.
        detail: String,
    },
    /// The file needs a password.
    #[error(
        "“{name}” is protected by a password that is not known here. Type the password, or save the file without it, \
         then drop it again."
    )]
    Password {
        /// File name.
        name: String,
    },
    /// The file or picture is over a limit.
    #[error("“{name}” is too large: {size}, at most {limit}. Save it smaller (300 dpi is enough) or split it.")]
    TooLarge {
        /// File name.
        name: String,
        /// Its size, with unit.
        size: String,
        /// The limit, with unit.
        limit: String,
    },
    /// The asked page does not exist.
    #[error("“{name}” has no page {page}, only {pages}.")]
    NoSuchPage {
        /// File name.
        name: String,
        /// The page asked for, counted from 1.
        page: u32,
        /// How many there are.
        pages: u32,
    },
    /// A part of the program is not installed.
    #[error("{engine} is missing, so “{name}” cannot be read: {detail}. {way_out}")]
    EngineMissing {
        /// File name.
        name: String,
        /// Which part.
        engine: Cow<'static, str>,
        /// What was tried.
        detail: String,
        /// How to install it.
        way_out: Cow<'static, str>,
    },
    /// A part of the program failed.
    #[error("reading “{name}” failed ({detail}). Try again; if it stays so, print the file to PDF and drop that.")]
    Engine {
        /// File name.
        name: String,
        /// What it said.
        detail: String,
    },
    /// The process that read it ended.
    #[error(
        "reading “{name}” ended the program that read it ({how}). The file is probably damaged: open it in another \
         program, print it to PDF, then drop that."
    )]
    Crashed {
        /// File name.
        name: String,
        /// Signal or exit code.
        how: String,
    },
    /// No page was finished in time, or not all of them.
    #[error("“{name}” was not read in time ({seconds} s). Scan it again at 300 dpi, or split it.")]
    TooSlow {
        /// File name.
        name: String,
        /// Seconds after which it was given up.
        seconds: u64,
    },
    /// Reading it took too much memory.
    #[error("“{name}” needs too much memory ({megabytes} MB). Save it smaller (300 dpi is enough) or split it.")]
    TooMuchMemory {
        /// File name.
        name: String,
        /// Megabytes in use when it was given up.
        megabytes: u64,
    },
    /// Reading it was called off.
    #[error("reading “{name}” was stopped.")]
    Stopped {
        /// File name.
        name: String,
    },
}

impl ReadError {
    pub(crate) fn unreadable(name: &str, error: &io::Error) -> Self {
        Self::Unreadable { name: name.to_owned(), detail: error.to_string() }
    }

    /// Short stable word on which the interface's texts hang.
    pub fn code(&self) -> FailureCode {
        match self {
            Self::Empty { .. } => FailureCode::Empty,
            Self::Unreadable { .. } => FailureCode::Io,
            Self::NotWhatItSays { .. } => FailureCode::NotWhatItSays,
            Self::Unsupported { .. } => FailureCode::Unsupported,
            Self::Damaged { .. } => FailureCode::Damaged,
            Self::Password { .. } => FailureCode::Password,
            Self::TooLarge { .. } => FailureCode::TooLarge,
            Self::NoSuchPage { .. } => FailureCode::NoSuchPage,
            Self::EngineMissing { .. } => FailureCode::EngineMissing,
            Self::Engine { .. } => FailureCode::Engine,
            Self::Crashed { .. } => FailureCode::Crashed,
            Self::TooSlow { .. } => FailureCode::TooSlow,
            Self::TooMuchMemory { .. } => FailureCode::TooMuchMemory,
            Self::Stopped { .. } => FailureCode::Stopped,
        }
    }
}
