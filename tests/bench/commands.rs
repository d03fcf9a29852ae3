//! How long each command of the list takes and how large its answer is, in a profile of 100,000 documents, with the
//! inputs that give the largest answers a window asks for.

use std::time::Instant;

use anyhow::{Context as _, bail};
use app::COMMANDS;
use app::command::Access;
use journeys::TestApp;
use serde_json::{Value, json};

use crate::figure::{Better, Figure};

const DOCUMENTS: u32 = 100_000;
const TODAY: &str = "2026-11-20";
/// Of so many runs of a reading command the middle one counts.
const RUNS: usize = 5;

/// Commands that hand an original to another program or make a file: made-up documents have no originals, and what takes
/// its time there is the file.
const OF_FILES: &[&str] = &[
    "documents.open",
    "documents.show",
    "documents.export",
    "documents.searchable_pdf",
    "documents.codes",
    "pages.as_they_came",
    "pages.arrange",
    "files.separator_page",
    "export.import",
    "export.look",
    "export.run",
    "files.import",
    "paperless.import",
    "paperless.preview",
    "samples.import",
    "tasks.add_to_calendar",
    "problems.unlock",
];

/// One call, as measured.
struct Measured {
    command: &'static str,
    input: String,
    ms: f64,
    kb: f64,
}

pub(crate) fn measure() -> anyhow::Result<Vec<Figure>> {
    let test = TestApp::on(TODAY);
    test.app.generate(DOCUMENTS, |_| {}).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    // As after a start: nothing left of the writing.
    let test = test.restarted();
    let subjects = Subjects::of(&test)?;
    let mut measured = Vec::new();
    for command in COMMANDS {
        let name = command.name();
        if OF_FILES.contains(&name) {
            continue;
        }
        for input in subjects.inputs(name)? {
            let runs = if matches!(command.access(), Access::Reads(_)) { RUNS } else { 1 };
            measured.push(run(&test, name, &input, runs)?);
        }
    }
    measured.sort_by(|a, b| b.ms.total_cmp(&a.ms));
    println!("{:>9}{:>9}  command", "ms", "kB");
    for one in &measured {
        println!("{:>9.1}{:>9.1}  {} {}", one.ms, one.kb, one.command, one.input);
    }
    let slowest = measured.first().context("a command")?;
    let largest = measured.iter().max_by(|a, b| a.kb.total_cmp(&b.kb)).context("a command")?;
    let figure = |name, value, unit, goal, of: &Measured| Figure {
        name,
        value,
        unit,
        goal: Some(goal),
        better: Better::Lower,
        note: format!("{} {}, of {} calls", of.command, of.input, measured.len()),
    };
    Ok(vec![
        figure("walls.slowest_command_ms", slowest.ms, "ms", 60.0, slowest),
        figure("walls.largest_answer_kb", largest.kb, "kB", 150.0, largest),
    ])
}

fn run(test: &TestApp, command: &'static str, input: &Value, runs: usize) -> anyhow::Result<Measured> {
    let mut times = Vec::with_capacity(runs);
    let mut bytes = 0;
    for _ in 0..runs {
        let start = Instant::now();
        let answer = test.app.dispatch(command, input.clone());
        let answer = answer.map_err(|failure| anyhow::anyhow!("{command} {input}: {failure}"))?;
        // As it goes to the window.
        bytes = serde_json::to_string(&answer)?.len();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let ms = times.get(times.len() / 2).copied().context("a run")?;
    let input: String = input.to_string().chars().take(60).collect();
    Ok(Measured { command, input, ms, kb: bytes as f64 / 1000.0 })
}

/// What the commands are asked about: of each sort the one that gives the most.
struct Subjects {
    document: Value,
    other: Value,
    waiting: Vec<Value>,
    task: Value,
    second_task: Value,
    done_task: Value,
    correspondent: Value,
    second_correspondent: Value,
    many: Vec<Value>,
}

impl Subjects {
    fn of(test: &TestApp) -> anyhow::Result<Self> {
        let items = |name: &str, input: Value| test.call(name, input)["items"].as_array().cloned().unwrap_or_default();
        let documents = items("documents.list", json!({"limit": 100}));
        let mut tasks = items("tasks.list", json!({"limit": 100}));
        // Those of a document with the most pages say the most.
        tasks.retain(|task| !task["document"].is_null());
        let mut senders = items("correspondents.list", json!({"limit": u32::MAX}));
        senders.sort_by_key(|sender| std::cmp::Reverse(sender["documents"].as_u64()));
        let largest = documents.iter().max_by_key(|row| row["page_count"].as_u64()).context("a document")?;
        let at = |list: &[Value], at: usize| list.get(at).map(|row| row["id"].clone()).context("too few rows");
        Ok(Self {
            document: largest["id"].clone(),
            other: at(&documents, 99)?,
            waiting: items("review.list", json!({"limit": 50})).iter().map(|row| row["id"].clone()).collect(),
            task: at(&tasks, 0)?,
            second_task: at(&tasks, 1)?,
            done_task: at(&items("tasks.list", json!({"filter": "done", "limit": 1})), 0)?,
            correspondent: at(&senders, 0)?,
            second_correspondent: at(&senders, senders.len() - 1)?,
            many: documents.iter().take(20).map(|row| row["id"].clone()).collect(),
        })
    }

    /// The inputs of a command that a window sends; those that write come in the order of the list.
    fn inputs(&self, command: &str) -> anyhow::Result<Vec<Value>> {
        let (document, task, sender) = (&self.document, &self.task, &self.correspondent);
        let waiting = self.waiting.first().context("a document in review")?;
        let last_waiting = self.waiting.last().context("a document in review")?;
        let anchor = json!({"words": "betrag", "side": "behind", "one_word": true});
        let pages = |limit: u32, deep: u32| vec![json!({"limit": limit}), json!({"limit": limit, "offset": deep})];
        let of_document = || vec![json!({"id": document})];
        let of_task = || vec![json!({"id": task})];
        Ok(match command {
            "status.get" | "today.get" | "today.seen" | "tags.list" | "views.list" | "review.clear"
            | "privacy.ledger" | "reminders.list" | "reminders.waiting" | "reminders.history" | "settings.get"
            | "history.list" | "history.next" | "jobs.pause" | "jobs.resume" | "moves.status" | "moves.cancel" => {
                vec![Value::Null]
            }
            "documents.list" => {
                let orders = ["newest", "oldest", "title", "correspondent", "due", "amount"];
                let mut inputs: Vec<Value> = orders.iter().map(|order| json!({"order": order, "limit": 100})).collect();
                inputs.push(json!({"limit": 100, "offset": 99_900}));
                inputs.push(json!({"limit": 100, "query": "rechnung"}));
                inputs.push(json!({"limit": 100, "query": "art:rechnung betrag:>100"}));
                inputs.push(json!({"limit": 100, "query": "status:trash"}));
                inputs.push(json!({"limit": 20, "correspondent": sender}));
                inputs
            }
            "documents.get" | "documents.suggestions" | "documents.note" | "cases.get" | "correspondents.alike" => {
                vec![json!({"id": document}), json!({"id": waiting})]
            }
            "documents.words" => vec![json!({"id": document, "page": 1})],
            "cases.list" => pages(100, 0),
            "search.find" => {
                let words =
                    ["", "rechnung", "rechnung strom 2024", "versicherungsbeitrag", "Telekomunikation", "1.234,56"];
                let find = |words: &&str| json!({"query": words, "limit": 20, "facets": true});
                let mut inputs: Vec<Value> = words.iter().map(find).collect();
                inputs.push(json!({"query": "rechnung", "limit": 20, "offset": 400, "facets": true}));
                inputs
            }
            "search.understand" => vec![json!({"query": "art:rechnung betrag:>100 strom"})],
            "search.hits" => vec![json!({"id": document, "query": "rechnung betrag"})],
            "review.list" => pages(50, 150),
            "rules.list" => vec![json!({"id": sender})],
            "rules.try" | "rules.change" => vec![json!({"id": sender, "field": "amount_due", "anchor": anchor})],
            "rules.switch" => vec![json!({"id": sender, "field": "amount_due", "off": true})],
            "rules.forget" => vec![json!({"id": sender, "field": "amount_due"})],
            "correspondents.list" => {
                let mut inputs = pages(100, 2_400);
                inputs.push(json!({"name": "er", "limit": 20}));
                inputs
            }
            "correspondents.get" => vec![json!({"id": sender})],
            "contracts.list" => pages(30, 10_000),
            "bills.regular" => vec![json!({"limit": 50}), json!({"missing": true, "limit": 10})],
            "calendar.days" => vec![json!({"from": "2026-10-26", "to": "2026-12-06", "each": 3})],
            "calendar.list" => vec![
                json!({"from": TODAY, "limit": 100}),
                json!({"from": TODAY, "limit": 100, "offset": 1_000}),
                json!({"from": "2026-11-25", "to": "2026-11-25", "limit": 100}),
            ],
            "tasks.list" => vec![
                json!({"filter": "open", "limit": 40}),
                json!({"filter": "open", "limit": 40, "offset": 1_000}),
                json!({"filter": "open", "limit": 40, "place_of": task}),
                json!({"filter": "done", "limit": 40}),
                json!({"filter": "done", "limit": 40, "offset": 40_000}),
            ],
            "tasks.get" | "tasks.show" | "tasks.ics" | "tasks.payment" => of_task(),
            // What changes something. A task is done last.
            "documents.set_kind" => vec![json!({"id": self.other, "kind": "letter"})],
            "documents.trash" | "documents.restore" => vec![json!({"id": self.other})],
            "documents.trash_many" => vec![json!({"ids": self.many.iter().skip(10).collect::<Vec<_>>()})],
            "documents.write_note" => vec![json!({"id": document, "note": "Zählerstand"})],
            "documents.edit" => vec![json!({"ids": self.many, "add_tags": ["Steuer/2026"]})],
            "cases.join" | "cases.relate" => {
                vec![json!({"id": document, "other": self.other, "relation": "reminds"})]
            }
            "cases.part" => of_document(),
            "correspondents.rename" => vec![json!({"id": self.second_correspondent, "name": "Umbenannt GmbH"})],
            "correspondents.split" => vec![json!({"documents": [self.other], "name": "Jemand anders"})],
            "correspondents.merge" => vec![json!({"from": self.second_correspondent, "into": sender})],
            "review.correct" => vec![json!({"id": waiting, "field": "amount_due", "value": "12,34"})],
            "review.accept" => vec![json!({"id": waiting})],
            "review.accept_many" => vec![json!({"ids": [last_waiting]})],
            "views.save" => vec![json!({"name": "Strom", "query": "strom", "order": "newest"})],
            "tasks.add" => vec![json!({"title": "Anrufen", "kind": "other"})],
            "tasks.quick_add" => vec![json!({"line": "Müll rausbringen morgen"})],
            "tasks.status" => vec![json!({"id": self.second_task, "status": "in_progress"})],
            "tasks.block" => vec![json!({"id": self.second_task, "blocked_by": [task]})],
            "tasks.not_today" => vec![json!({"id": self.second_task})],
            "tasks.postpone" => vec![json!({"id": self.second_task, "due": "2026-12-01"})],
            "tasks.reopen" => vec![json!({"id": self.done_task})],
            "tasks.complete" => of_task(),
            "reminders.snooze" => vec![json!({"task": self.second_task, "until": "one_hour"})],
            "reminders.acknowledge" => vec![json!({"id": self.second_task})],
            "reminders.seen" => vec![json!({"tasks": [self.second_task]})],
            "reminders.pause" => vec![json!({"pause": "one_hour"})],
            "stale_letters.answer" => vec![json!({"done": [], "open": [], "others_done": true})],
            "jobs.cancel" => vec![json!({"id": null})],
            "settings.change" => vec![json!({"key": "theme", "value": "dark"})],
            "history.undo" | "history.redo" => vec![Value::Null],
            // Nothing in a made-up profile is there for them.
            "tags.rename" | "tags.merge" | "views.remove" | "tasks.edit" | "tasks.step" | "tasks.skip"
            | "tasks.pay" | "deadlines.assume" | "problems.retry" | "problems.dismiss" | "history.undo_run" => {
                Vec::new()
            }
            other => bail!("say with what input {other} is measured"),
        })
    }
}
