//! Passwords of locked files. They come from a file, because other users of the computer see the command line.

use std::path::PathBuf;

use anyhow::Context as _;
use app::Password;

use crate::text::say;

#[derive(clap::Args)]
pub(crate) struct PasswordFile {
    /// Try these passwords on locked files: one in each line of this file, `-` for standard input.
    #[arg(long, value_name = "FILE")]
    passwords: Option<PathBuf>,
}

impl PasswordFile {
    pub(crate) fn read(&self) -> anyhow::Result<Vec<Password>> {
        let Some(path) = &self.passwords else { return Ok(Vec::new()) };
        let lines = if path.as_os_str() == "-" {
            std::io::read_to_string(std::io::stdin().lock())
        } else {
            std::fs::read_to_string(path)
        };
        let lines = lines.with_context(|| {
            let file = path.display();
            say(
                format!("Die Passwörter in {file} lassen sich nicht lesen"),
                format!("the passwords in {file} cannot be read"),
            )
        })?;
        Ok(lines.lines().filter(|line| !line.is_empty()).map(Password::new).collect())
    }
}
