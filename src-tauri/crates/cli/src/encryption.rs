//! `encryption`: whether the data can be read without a password, and the way there and back. Also where the password comes from
//! for all other commands.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::{Conversion, Failure, Keys, Parts, Profile, SystemSecrets, encryption};
use domain::FailureCode;

use crate::output::{Said, print, print_data, tell};
use crate::text::say;

/// Environment variable: a file with the password, as `--password-file`.
const PASSWORD_VARIABLE: &str = "WORKMATE_PASSWORD_FILE";

/// `encryption`
#[derive(clap::Args)]
#[group(multiple = false)]
pub(crate) struct Action {
    /// Encrypt everything; the twelve words that open it besides the password are printed once.
    #[arg(long)]
    on: bool,
    /// Write everything without encryption again.
    #[arg(long)]
    off: bool,
    /// Change the password; the new one is asked for, or read from a file.
    #[arg(long)]
    change_password: bool,
    /// Let the secret store of the system open the data, so that the password is not asked for at each start.
    #[arg(long)]
    remember: bool,
    /// Ask for the password at each start again.
    #[arg(long)]
    forget: bool,
    /// Print the key with which the program `age` opens the originals without this program.
    #[arg(long)]
    age_key: bool,
}

/// `encryption`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    action: Action,
    /// Take the twelve words from this file instead of new ones, such as those of the backup; `-` for standard input.
    #[arg(long, value_name = "FILE", requires = "on")]
    words: Option<PathBuf>,
    /// The new password is the first line of this file; `-` for standard input.
    #[arg(long, value_name = "FILE", requires = "change_password")]
    new_password_file: Option<PathBuf>,
}

/// Where the password of the data comes from.
pub(crate) struct PasswordSource {
    pub(crate) file: Option<PathBuf>,
}

impl PasswordSource {
    /// The password: from the file, or asked for on the terminal. Other users of the computer see the command line, so it is never there.
    pub(crate) fn password(&self, prompt: &str) -> anyhow::Result<String> {
        let variable = std::env::var_os(PASSWORD_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        match self.file.as_ref().or(variable.as_ref()) {
            Some(file) => first_line(file),
            None if std::io::stdin().is_terminal() => typed(prompt),
            None => Err(Said::new(
                FailureCode::Locked,
                say(
                    format!(
                        "Die Daten sind verschlüsselt. Das Passwort steht in der ersten Zeile einer Datei: --password-file \
                         DATEI, oder {PASSWORD_VARIABLE}."
                    ),
                    format!(
                        "The data is encrypted. The password is the first line of a file: --password-file FILE, or \
                         {PASSWORD_VARIABLE}."
                    ),
                ),
            )
            .into()),
        }
    }

    /// Does something that opens a profile; if that is locked, again with the password.
    pub(crate) fn unlocking<T>(
        &self,
        profile: &Profile,
        work: impl Fn(Parts) -> Result<T, Failure>,
    ) -> anyhow::Result<T> {
        match work(Parts::with_children()) {
            Err(failure) if failure.code == FailureCode::Locked => {
                let keys = encryption::unlock(profile, &self.password(say_password())?)?;
                Ok(work(Parts { keys: Some(keys), ..Parts::with_children() })?)
            }
            done => Ok(done?),
        }
    }
}

fn say_password() -> &'static str {
    say("Passwort: ", "Password: ")
}

fn first_line(file: &Path) -> anyhow::Result<String> {
    let text = if file.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock())
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.with_context(|| {
        let file = file.display();
        say(format!("{file} lässt sich nicht lesen"), format!("{file} cannot be read"))
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Asks on the terminal, which does not show what is typed.
fn typed(prompt: &str) -> anyhow::Result<String> {
    rpassword::prompt_password(prompt)
        .with_context(|| say("Das Passwort lässt sich nicht lesen", "the password cannot be read"))
}

pub(crate) fn run(
    profile: &Profile,
    arguments: Arguments,
    passwords: &PasswordSource,
    as_json: bool,
) -> anyhow::Result<ExitCode> {
    let Arguments { action, words, new_password_file } = arguments;
    if action.on {
        turn_on(profile, words.as_deref(), passwords, as_json)?;
    } else if action.off {
        let password = passwords.password(say_password())?;
        encryption::ask_for_plain(profile, &password)?;
        convert(profile, &password)?;
    } else if action.change_password {
        let password = passwords.password(say_password())?;
        let new = match &new_password_file {
            Some(file) => first_line(file)?,
            None => twice()?,
        };
        encryption::change_password(profile, &password, &new)?;
    } else if action.remember || action.forget {
        let password = passwords.password(say_password())?;
        encryption::open_by_secret_store(profile, &SystemSecrets, &password, action.remember)?;
    } else if action.age_key {
        let keys: Arc<Keys> = encryption::unlock(profile, &passwords.password(say_password())?)?;
        print(keys.age_key())?;
        return Ok(ExitCode::SUCCESS);
    }
    standing(profile, as_json)
}

fn standing(profile: &Profile, as_json: bool) -> anyhow::Result<ExitCode> {
    let (encrypted, pending) = (encryption::is_encrypted(profile), encryption::pending(profile)?);
    if as_json {
        print_data(&serde_json::json!({"encrypted": encrypted, "pending": pending}))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(if encrypted {
        say(
            "Verschlüsselt: ohne Passwort oder die zwölf Wörter liest das niemand.",
            "Encrypted: nobody reads it without the password or the twelve words.",
        )
    } else {
        say(
            "Nicht verschlüsselt: wer diese Festplatte lesen kann, kann alles lesen.",
            "Not encrypted: whoever can read this disk can read everything.",
        )
    })?;
    match pending {
        Some(Conversion::Encrypted) => print(say(
            "Beim nächsten Start des Fensters wird verschlüsselt.",
            "It is encrypted when the window starts next.",
        ))?,
        Some(Conversion::Plain) => print(say(
            "Beim nächsten Start des Fensters wird die Verschlüsselung aufgehoben.",
            "Encryption ends when the window starts next.",
        ))?,
        None => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn turn_on(profile: &Profile, words: Option<&Path>, passwords: &PasswordSource, as_json: bool) -> anyhow::Result<()> {
    let password = match (&passwords.file, std::env::var_os(PASSWORD_VARIABLE)) {
        (None, None) if std::io::stdin().is_terminal() => twice()?,
        _ => passwords.password("")?,
    };
    let words = match words {
        Some(file) => first_line(file)?,
        None => {
            let words = app::new_words()?;
            show(&words, as_json)?;
            words
        }
    };
    encryption::ask_for_encryption(profile, &password, &words)?;
    convert(profile, &password)
}

fn show(words: &str, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        tell(words);
        return Ok(());
    }
    print(say(
        format!(
            "Diese zwölf Wörter öffnen die Daten, wenn das Passwort vergessen ist. Bitte auf Papier schreiben und gut \
             aufheben: sie stehen sonst nirgends.\n\n    {words}\n"
        ),
        format!(
            "These twelve words open the data if the password is forgotten. Please write them down on paper and keep them \
             safe: they are stored nowhere else.\n\n    {words}\n"
        ),
    ))?;
    if !std::io::stdin().is_terminal() {
        return Ok(());
    }
    // Whoever has to type them from the paper has them on paper.
    for place in [3, 7, 11] {
        let wanted = words.split(' ').nth(place - 1).unwrap_or_default();
        loop {
            let prompt = say(format!("Wort {place} vom Papier: "), format!("Word {place} from the paper: "));
            let mut out = std::io::stderr();
            write!(out, "{prompt}").and_then(|()| out.flush())?;
            let mut line = String::new();
            if std::io::stdin().read_line(&mut line)? == 0 {
                return Err(Failure::new(FailureCode::Cancelled, "Nothing was encrypted.").into());
            }
            if line.trim().eq_ignore_ascii_case(wanted) {
                break;
            }
        }
    }
    Ok(())
}

fn twice() -> anyhow::Result<String> {
    let password = typed(say("Neues Passwort: ", "New password: "))?;
    if typed(say("Noch einmal: ", "Once more: "))? == password {
        return Ok(password);
    }
    Err(Said::new(
        FailureCode::WrongPassword,
        say(
            "Die beiden Eingaben sind nicht gleich. Es wurde nichts geändert.",
            "The two entries differ. Nothing was changed.",
        ),
    )
    .into())
}

fn convert(profile: &Profile, password: &str) -> anyhow::Result<()> {
    let keys = encryption::unlock(profile, password)?;
    let converted = encryption::convert(profile, &keys, &|_, _| true);
    if converted.is_err() {
        // What was asked for here is not done later without a word.
        encryption::call_off(profile)?;
    }
    converted?;
    Ok(())
}
