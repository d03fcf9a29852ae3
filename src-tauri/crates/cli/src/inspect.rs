//! `inspect FILE…`: read and understand, store nothing. Folders are walked; a file that cannot be read gives a line
//! with its error, and the run goes on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use app::text::Locale;
use app::{Inspection, InspectionView, Inspector, Parts, PlanFor};
use chrono::NaiveDate;
use domain::{Arrival, Clock as _, Currency, Field, Region, SourceId, Value};
use serde::Serialize;

use crate::output::{Why, print};
use crate::passwords::PasswordFile;
use crate::text::{self, cell, locale, say, typed_day, typed_land, word};

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
    /// Add what each pass of understanding did to the candidates.
    #[arg(long)]
    trace: bool,
    /// Add the tasks that would follow.
    #[arg(long)]
    plan: bool,
    /// Plan as seen from this day instead of today, such as 14 Nov 2026.
    #[arg(long, value_name = "DAY", requires = "plan", value_parser = typed_day)]
    today: Option<NaiveDate>,
    /// Whose public holidays count, such as NW or BY.
    #[arg(long, value_name = "CODE", requires = "plan", default_value = "NW", value_parser = typed_land)]
    land: Region,
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
                        Err(unreadable) => {
                            let why = Why::unreadable(unreadable.message.clone().unwrap_or_default());
                            Line::Failed { file: unreadable.path.clone(), error: why }
                        }
                    };
                    failed.fetch_or(matches!(line, Line::Failed { .. }), Ordering::Relaxed);
                    let put = line.text(as_json).map_err(std::io::Error::from).and_then(|text| {
                        output.lock().unwrap_or_else(std::sync::PoisonError::into_inner).put(number, text)
                    });
                    if let Err(error) = put {
                        // When the output is closed, no more files are read; the reason is told at the end.
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

/// A line of the output.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Seen(Box<InspectionView>),
    Failed { file: String, error: Why },
}

impl Line {
    /// For people, or for scripts.
    fn text(&self, as_json: bool) -> serde_json::Result<String> {
        if as_json { serde_json::to_string(self) } else { Ok(self.human()) }
    }

    fn human(&self) -> String {
        let seen = match self {
            Self::Seen(seen) => seen,
            Self::Failed { file, error } => {
                return format!("{file}\n  {}\n", text::error(error.code, &error.message));
            }
        };
        let pages = match seen.pages {
            1 => say("1 Seite", "1 page").to_owned(),
            pages => format!("{pages} {}", say("Seiten", "pages")),
        };
        let mut lines = vec![seen.file.clone(), format!("  {} ({pages})", word("kind_", seen.doc_type.as_str()))];
        let currency = match seen.fields.get(Field::Currency.as_str()).map(|found| &found.value) {
            Some(Value::Currency(currency)) => *currency,
            Some(_) | None => Currency::EUR,
        };
        for (name, field) in &seen.fields {
            let mark = if field.certain { "" } else { "?" };
            lines.push(format!("  {}: {}{mark}", word("field_", name), text::value(name, &field.value, currency)));
        }
        for planned in seen.plan.iter().flatten() {
            let day = cell(planned.due_safe, text::day);
            let why = match locale() {
                Locale::English => text::with_days(&planned.why),
                Locale::German => cell(planned.rule.as_deref(), |rule| word("rule_", rule)),
            };
            lines.push(format!("  → {} {day} ({why})", text::task(planned.task_kind, planned.rule.as_deref())));
        }
        lines.extend(seen.trace.iter().flatten().map(|change| format!("  · {change}")));
        lines.extend(
            seen.problems.iter().map(|problem| format!("  ! {}", text::failure(problem.code, &problem.message))),
        );
        lines.join("\n") + "\n"
    }
}

fn inspect(inspector: &Inspector, arguments: &Arguments, path: &Path) -> Line {
    let shown = arguments.relative_to.as_ref().and_then(|base| path.strip_prefix(base).ok()).unwrap_or(path);
    let shown = shown.display().to_string();
    let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let failed = |error: Why| Line::Failed { file: shown.clone(), error };
    let file = match Why::open(path) {
        Ok(file) => file,
        Err(why) => return failed(why),
    };
    match inspector.inspect(&name, &file, !arguments.no_xml) {
        Ok(inspection) => Line::Seen(Box::new(view(inspector, arguments, &shown, name, &inspection))),
        Err(failure) => failed(failure.into()),
    }
}

fn view(
    inspector: &Inspector,
    arguments: &Arguments,
    shown: &str,
    name: String,
    inspection: &Inspection,
) -> InspectionView {
    let mut view = inspection.view(shown);
    if arguments.text {
        view.text = Some(inspection.text());
    }
    if arguments.trace {
        view.trace = Some(inspection.trace());
    }
    if arguments.plan || arguments.trace {
        view.why = Some(inspection.why());
    }
    if arguments.plan {
        let now = app::SystemClock.now();
        let today = arguments.today.unwrap_or_else(|| domain::today(now, domain::Preferences::default().zone));
        let arrival =
            Arrival { source: SourceId::Import, name, path: None, modified: None, content: Vec::new().into(), at: now };
        view.plan = Some(inspector.plan(inspection, &arrival, PlanFor { today, land: arguments.land }));
    }
    view
}
