//! Where the data lives: one folder for the database, the archive and the settings.

use std::path::{Path, PathBuf};

use crate::Failure;
use domain::FailureCode;

/// Overrides the folder, as `--profile` does.
pub const PROFILE_VARIABLE: &str = "WORKMATE_PROFILE";

/// Environment variable: lists the variables that the program has set for its own libraries, and that programs it
/// starts must not inherit.
pub const OWN_VARIABLES: &str = "WORKMATE_OWN_VARIABLES";

/// The end of the name of a folder beside the profile: a whole one with other keys, which takes its place at the next start.
pub(crate) const CONVERTED: &str = "converted";
/// The same for a state of a backup that was brought back.
pub(crate) const RESTORED: &str = "restored";

/// In the profile: copies for a backup that is being made.
pub(crate) const COPIES: &str = "backup-copies";

/// A profile: the data folder, and the inbox folder that belongs to it unless another one is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The data folder.
    pub folder: PathBuf,
    /// The inbox folder where none is set.
    pub inbox: PathBuf,
}

impl Profile {
    /// Does it exist already? If that cannot be found out, it may.
    pub fn is_there(&self) -> bool {
        store::Store::is_in(&self.folder) || [CONVERTED, RESTORED].iter().any(|end| self.beside(end).is_dir())
    }

    /// `<profile>.<end>`, on the same disk as the profile.
    pub(crate) fn beside(&self, end: &str) -> PathBuf {
        let mut name = self.folder.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(end);
        self.folder.with_file_name(name)
    }

    /// The folder given by hand, else the one of the environment variable, else the platform's usual place
    /// (`~/.local/share/workmate-private` on Linux, with the inbox folder among the user's documents).
    ///
    /// # Errors
    /// `bad_profile` if the folder given by hand cannot be made an absolute path, or if none is given and the user
    /// has no home folder.
    pub fn locate(given: Option<&Path>) -> Result<Self, Failure> {
        let named = given
            .map(Path::to_path_buf)
            .or_else(|| std::env::var_os(PROFILE_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from));
        if let Some(folder) = named {
            let folder = std::path::absolute(&folder).map_err(|error| {
                Failure::new(
                    FailureCode::BadProfile,
                    format!("The profile folder {} cannot be used: {error}.", folder.display()),
                )
            })?;
            return Ok(Self { inbox: folder.join("inbox"), folder });
        }
        let no_home = || {
            Failure::new(
                FailureCode::BadProfile,
                "No home folder was found. Please name a profile folder with --profile.",
            )
        };
        let folder = dirs::data_dir().ok_or_else(no_home)?.join("workmate-private");
        let inbox = match dirs::document_dir().or_else(dirs::home_dir) {
            Some(documents) => documents.join("Workmate Inbox"),
            None => folder.join("inbox"),
        };
        Ok(Self { folder, inbox })
    }
}
