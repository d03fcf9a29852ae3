//! The keys of an encrypted profile, and files sealed with them.
//!
//! May import: `disk`. A profile has one random [`DataKey`]. It lies in the [`KeyFile`] in several slots, each closed by
//! something else: a password, the twelve words on paper, a key in the secret store of the system. From it follow the
//! [`Keys`] of the database, of the files and of their names.
//!
//! Files are in the [age format](https://age-encryption.org/v1), so that in twenty years `age -d -i KEY FILE` opens an
//! original without this program.

mod error;
mod key_file;
mod keys;
mod sealed;

pub use error::VaultError;
pub use key_file::{KEY_FILES, KeyFile, OpenedBy};
pub use keys::{DataKey, Keys};
pub use sealed::{SEALED, SealedWriter};

/// The result of every call.
pub type Result<T> = std::result::Result<T, VaultError>;
