//! `inspect FILE…`: read and understand, store nothing. Folders are walked; a file that cannot be read gives a line
//! with its error, and the run goes on.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::Context as _;
use app::{Failure, Inspection, Inspector, Parts, PlanFor};
use chrono::NaiveDate;
use domain::{Arrival, Clock as _, Land, SourceId};
use serde_json::{Value, json};

use crate::passwords::PasswordFile;
use crate::print;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files or folders.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Ignore the XML of e-invoices, to measure the page.
    #[arg(long)]
    no_xml: bool,
    /// Add the text.
    #[arg(long)]
    text: bool,
    /// Add the tasks that would follow.
    #[arg(long)]
    plan: bool,
    /// Plan as seen from this day instead of today.
    #[arg(long, value_name = "DATE", requires = "plan")]
    today: Option<NaiveDate>,
    /// Whose public holidays count, such as NW or BY.
    #[arg(long, value_name = "CODE", requires = "plan", default_value = "NW")]
    land: Land,
    /// Read every page once, also where the first reader is unsure.
    #[arg(long)]
    no_second_reader: bool,
    #[command(flatten)]
    passwords: PasswordFile,
    /// Name files relative to this folder.
    #[arg(long, value_name = "DIR")]
    relative_to: Option<PathBuf>,
    /// Files side by side; by default one for each core.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

pub(crate) fn run(arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let inspector = Inspector::new(Parts::with_children());
    inspector.use_second_reader(!arguments.no_second_reader);
    inspector.learn(arguments.passwords.read()?);
    let files: Vec<_> = arguments.files.iter().flat_map(|path| app::files_below(path)).collect();
    let failed = AtomicBool::new(false);
    let unwritten = Mutex::new(None);
    let next = AtomicUsize::new(0);
    let output = Mutex::new(Output::default());
    let threads = arguments
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
        .clamp(1, files.len().max(1));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((number, file)) = take(&next, &files) {
                    let line = match file {
                        Ok(path) => inspect(&inspector, arguments, path),
                        Err(unreadable) => Line::error(
                            &unreadable.path,
                            "unreadable",
                            unreadable.message.as_deref().unwrap_or_default(),
                        ),
                    };
                    failed.fetch_or(line.failed, Ordering::Relaxed);
                    let text = if as_json { line.json.to_string() } else { line.human() };
                    let put = output.lock().unwrap_or_else(std::sync::PoisonError::into_inner).put(number, text);
                    if let Err(error) = put {
                        // What cannot be written need not be looked at; why, is told at the end.
                        *unwritten.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(error);
                        break;
                    }
                }
            });
        }
    });
    if let Some(error) = unwritten.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(error.into());
    }
    Ok(if failed.into_inner() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn take<'a, T>(next: &AtomicUsize, items: &'a [T]) -> Option<(usize, &'a T)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    items.get(number).map(|item| (number, item))
}

/// Prints lines in the order of the files, each as soon as all before it are there.
#[derive(Default)]
struct Output {
    waiting: std::collections::BTreeMap<usize, String>,
    next: usize,
}

impl Output {
    fn put(&mut self, number: usize, line: String) -> std::io::Result<()> {
        self.waiting.insert(number, line);
        while let Some(line) = self.waiting.remove(&self.next) {
            print(line)?;
            self.next += 1;
        }
        Ok(())
    }
}

struct Line {
    json: Value,
    failed: bool,
}

impl Line {
    fn error(file: &str, code: &str, message: &str) -> Self {
        Self { json: json!({"file": file, "error": {"code": code, "message": message}}), failed: true }
    }

    fn human(&self) -> String {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let file = text(&self.json["file"]);
        if let Some(error) = self.json.get("error") {
            return format!("{file}\n  {}\n", text(&error["message"]));
        }
        let mut lines = vec![file, format!("  {} ({} pages)", text(&self.json["doc_type"]), self.json["pages"])];
        for (name, fact) in self.json["fields"].as_object().into_iter().flatten() {
            let mark = if fact["certain"] == json!(true) { "" } else { "?" };
            lines.push(format!("  {name}: {}{mark}", text(&fact["value"])));
        }
        for planned in self.json["plan"].as_array().into_iter().flatten() {
            lines.push(format!(
                "  → {} {} ({})",
                text(&planned["task_kind"]),
                text(&planned["due_safe"]),
                text(&planned["why"])
            ));
        }
        for problem in self.json["problems"].as_array().into_iter().flatten() {
            lines.push(format!("  ! {}", text(&problem["message"])));
        }
        lines.join("\n") + "\n"
    }
}

fn inspect(inspector: &Inspector, arguments: &Arguments, path: &Path) -> Line {
    let shown = arguments.relative_to.as_ref().and_then(|base| path.strip_prefix(base).ok()).unwrap_or(path);
    let shown = shown.display().to_string();
    let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let file = match File::open(path).with_context(|| format!("{} cannot be read", path.display())) {
        Ok(file) => file,
        Err(error) => return Line::error(&shown, "unreadable", &format!("{error:#}")),
    };
    match inspector.inspect(&name, &file, !arguments.no_xml) {
        Ok(inspection) => {
            Line { json: shown_inspection(inspector, arguments, &shown, name, &inspection), failed: false }
        }
        Err(Failure { code, message, .. }) => Line::error(&shown, &code, &message),
    }
}

fn shown_inspection(
    inspector: &Inspector,
    arguments: &Arguments,
    shown: &str,
    name: String,
    inspection: &Inspection,
) -> Value {
    let mut line = inspection.to_json(shown);
    if arguments.text {
        line["text"] = json!(inspection.text());
    }
    if arguments.plan {
        let now = app::SystemClock.now();
        let today = arguments.today.unwrap_or_else(|| domain::today(now, domain::Preferences::default().zone));
        let arrival =
            Arrival { source: SourceId::Import, name, path: None, modified: None, bytes: Vec::new(), at: now };
        line["plan"] = json!(inspector.plan(inspection, &arrival, PlanFor { today, land: arguments.land }));
    }
    line
}
