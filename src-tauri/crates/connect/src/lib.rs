//! What comes in and what goes out: sources of arrivals (the inbox folder) and channels of notifications (the desktop).
//! The only room that may hold network client code; today it has none.
//!
//! May import `domain`, and the libraries that talk to the outside. It knows neither the database nor the interface:
//! what it needs of them it asks through [`Receiver`] (a source hands over and asks what is known) and through the
//! `answer` closure of [`Channel::deliver`] (a channel says what the user did).
//!
//! Start at [`InboxFolder::start`] for the way of a file into the program, at [`Channel`] for the way of a reminder out
//! of it. A new source is one file in `sources/` and one line in [`SOURCES`], a new channel one file in `channels/` and
//! one line in [`CHANNELS`].

mod channels;
mod file_watch;
mod sources;

pub use channels::{Action, Answer, CHANNELS, Channel, ChannelError, Message, Severity};
pub use file_watch::{FileWatch, FileWatchError, watch_file};
pub use sources::inbox_folder::{InboxFolder, InboxSettings, InboxWatch, PollChoice, SourceError};
pub use sources::problems::{PROBLEMS_FOLDER, ProblemFile, put_into_problems};
pub use sources::{ReceiveError, Receiver, SOURCES, Source, Trouble};
