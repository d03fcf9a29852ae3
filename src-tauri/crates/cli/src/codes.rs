//! `codes FILE…`: the codes on files, nothing stored. Folders are walked; a file that cannot be read gives a line with its
//! error, and the run goes on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use app::{Inspector, Kinds, Parts};
use domain::Code;
use serde::Serialize;

use crate::output::{Why, print, print_json};
use crate::passwords::PasswordFile;
use crate::text::{self, say};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files or folders.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// QR codes only, as when a letter is read; six times as fast.
    #[arg(long)]
    qr: bool,
    #[command(flatten)]
    passwords: PasswordFile,
}

pub(crate) fn run(arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let inspector = Inspector::new(Parts::with_children());
    inspector.learn(arguments.passwords.read()?);
    let kinds = if arguments.qr { Kinds::Qr } else { Kinds::All };
    let mut failed = false;
    for file in arguments.files.iter().flat_map(|path| app::files_below(path)) {
        let (shown, found) = match file {
            Ok(path) => (path.display().to_string(), codes(&inspector, &path, kinds)),
            Err(unreadable) => (unreadable.path, Err(Why::unreadable(unreadable.message.unwrap_or_default()))),
        };
        failed |= found.is_err();
        if as_json {
            print_json(&line(&shown, &found))?;
        } else {
            print(text(&shown, &found))?;
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The codes of a file and the milliseconds that it took to find them.
type Found = Result<(Vec<Code>, f64), Why>;

fn codes(inspector: &Inspector, path: &Path, kinds: Kinds) -> Found {
    let file = Why::open(path)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let start = Instant::now();
    let codes = inspector.codes(&name, &file, kinds)?;
    Ok((codes, start.elapsed().as_secs_f64() * 1000.0))
}

/// A line of the output for scripts.
#[derive(Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Found { file: &'a str, codes: &'a [Code], elapsed_ms: f64 },
    Failed { file: &'a str, error: &'a Why },
}

fn line<'a>(file: &'a str, found: &'a Found) -> Line<'a> {
    match found {
        Ok((codes, milliseconds)) => Line::Found { file, codes, elapsed_ms: *milliseconds },
        Err(error) => Line::Failed { file, error },
    }
}

fn text(file: &str, found: &Found) -> String {
    let page = say("Seite", "page");
    let rows = match found {
        Ok((codes, _)) if codes.is_empty() => vec![format!("  {}", say("keine Codes", "no codes"))],
        Ok((codes, _)) => {
            codes.iter().map(|code| format!("  {page} {}: {:?} {:?}", code.page, code.kind, code.text)).collect()
        }
        Err(why) => vec![format!("  {}", text::error(why.code, &why.message))],
    };
    [vec![file.to_owned()], rows].concat().join("\n")
}
