//! Connections to the outside: sources of documents (the inbox folder) and channels of notifications (the desktop).
//! The only crate that may contain network client code; today it has none.
//!
//! May import `domain`, and libraries that talk to the outside. It knows neither the database nor the interface: a
//! source calls [`Receiver`], and a channel reports answers through the `answer` closure of [`Channel::deliver`].
//!
//! Start at [`InboxFolder::watch`] for how a file comes in, and at [`Channel`] for how a reminder goes out. A new
//! source is one file in `sources/` and one line in [`SOURCES`]; a new channel is one file in `channels/` and one line
//! in [`CHANNELS`].

mod channels;
mod file_watch;
mod sources;
mod threads;

pub use channels::{Action, Answer, CHANNELS, Channel, ChannelError, Message, Severity};
pub use file_watch::{FileWatch, FileWatchError, watch_files};
pub use sources::inbox_folder::{InboxFolder, InboxSettings, InboxWatch, PollChoice};
pub use sources::problems::{PROBLEMS_FOLDER, ProblemFile, put_into_problems};
pub use sources::{ReceiveError, Receiver, SOURCES, Source, Trouble};
pub use threads::Threads;
