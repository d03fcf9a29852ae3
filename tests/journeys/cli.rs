//! The command line as scripts use it: data on standard output, messages on standard error, three exit codes.

use std::collections::BTreeSet;
use std::fs;

use domain::{Clock as _, ShiftDay as _};
use journeys::{answers, fixture, sample, wait_for};
use serde_json::{Value, json};

use crate::pdf::{bill, bill_from};
use crate::program::Program;

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let program = Program::new();
    let wrong: &[&[&str]] = &[
        &[],
        &["inspect"],
        &["inspect", "--today", "2026-11-20", "x.pdf"],
        &["inspect", "--plan", "--today", "soon", "x.pdf"],
        &["inspect", "--plan", "--land", "XX", "x.pdf"],
        &["import"],
        &["frobnicate"],
    ];
    for arguments in wrong {
        let ran = program.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.contains("help"), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(fs::read_dir(program.folder()).unwrap().count(), 0, "nothing is made for a wrong word");
}

#[test]
fn import_waits_and_the_lists_show_what_came_of_it() {
    let program = Program::new();
    let (letter, bad) = (sample("Mahnung Buchhandlung.pdf"), fixture("unreadable/prices.xlsx"));
    let ran = program.run(&["import", "--wait", "--json", letter.to_str().unwrap(), bad.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "one could not be read");
    let lines = answers(&ran.stdout);
    let keys: BTreeSet<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, BTreeSet::from(["path", "outcome", "file", "document", "code", "message"]));
    assert_eq!((&lines[0]["outcome"], &lines[1]["outcome"]), (&json!("taken"), &json!("refused")));
    assert_eq!((&lines[1]["code"], &lines[1]["file"]), (&json!("unsupported"), &Value::Null));
    assert!(ran.stderr.contains("prices.xlsx"), "{}", ran.stderr);
    assert!(letter.exists() && bad.exists(), "files stay where they are");

    let documents = program.json(&["documents", "--json"]);
    assert_eq!((documents.len(), &documents[0]["id"]), (1, &lines[0]["document"]));
    // The clock is the real one: by now the letter may be old post.
    let tasks = program.json(&["tasks", "--all", "--json"]);
    let reminders = program.json(&["reminders", "--json"]);
    match documents[0]["state"].as_str() {
        Some("accepted") => {
            assert_eq!((&tasks[0]["document"], &reminders[0]["task"]), (&documents[0]["id"], &tasks[0]["id"]))
        }
        state => assert_eq!((state, tasks, reminders), (Some("stale"), vec![], vec![])),
    }
    let table = program.run(&["documents"]);
    assert!(table.stdout.contains("Bücherstube Morgenrot") && table.stdout.contains("€49.30"), "{}", table.stdout);

    let again = program.run(&["import", "--wait", letter.to_str().unwrap()]);
    assert_eq!(again.code, Some(0));
    assert!(again.stdout.starts_with(documents[0]["id"].as_str().unwrap()), "{}", again.stdout);
}

#[test]
fn an_archive_that_was_taken_apart_is_said_and_is_no_failure() {
    let program = Program::new();
    let folder = tempfile::tempdir().unwrap();
    let zip = folder.path().join("post.zip");
    let script = "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').write(sys.argv[2], 'letter.pdf')";
    let letter = sample("Mahnung Buchhandlung.pdf");
    let zipped = std::process::Command::new("python3").args(["-c", script]).args([&zip, &letter]).status();
    assert!(zipped.expect("python").success());
    let ran = program.run(&["import", "--wait", zip.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.split_whitespace().next()), (Some(0), Some("unpacked")), "{}", ran.stderr);
}

#[test]
fn call_runs_any_command_of_the_list() {
    let program = Program::new();
    let list = program.run(&["call"]).stdout;
    assert!(app::COMMANDS.iter().all(|command| list.contains(command.name())), "{list}");
    program.make_profile();
    assert_eq!(program.json(&["call", "documents.list", r#"{"limit": 3}"#]), [json!({"items": [], "total": 0})]);
    assert_eq!(
        program.json(&["call", "documents.list"]),
        [json!({"items": [], "total": 0})],
        "what may be left out may"
    );
    program.json(&["call", "settings.change", r#"{"key": "land", "value": "BY"}"#]);
    assert_eq!(program.json(&["call", "settings.get"])[0]["land"], "BY");
    for (arguments, code) in [
        (["call", "documents.burn", "null"], "unknown_command"),
        (["call", "settings.change", r#"{"key": "land", "value": "XX"}"#], "bad_input"),
        (["call", "documents.list", r#"{"limit": "#], "bad_input"),
        (["call", "documents.get", "null"], "bad_input"),
    ] {
        let ran = program.run(&arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty());
        let ran = program.run(&[&arguments[..], &["--json"]].concat());
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        assert_eq!(ran.lines()[0]["error"]["code"], code, "{arguments:?}");
    }
    for empty in ["{}", "", " null "] {
        assert_eq!(program.json(&["call", "views.list", empty]), program.json(&["call", "views.list"]), "{empty}");
    }
    let typo = program.run(&["call", "documents.list", r#"{"limt": 3}"#]);
    assert!(typo.code == Some(1) && typo.stderr.contains("“limt”") && typo.stderr.contains("--help"), "{typo:?}");
}

/// Commands that only look, with what the profile must hold for them.
const LOOKS: &[&[&str]] = &[
    &["documents"],
    &["documents", "bill"],
    &["search", "bill"],
    &["tasks", "--all"],
    &["reminders"],
    &["call", "today.get"],
    &["call", "documents.list", r#"{"limit": 3}"#],
];

#[test]
fn who_only_looks_makes_no_profile_and_says_where_none_is() {
    let program = Program::new();
    let folder = program.folder().join("typing-eror");
    let name = folder.to_str().unwrap();
    // A command that would change something makes none either before its input is understood.
    let wrong: &[&[&str]] =
        &[&["call", "tasks.get", "{}"], &["call", "tasks.add", r#"{"titel": 1}"#], &["call", "no.such"]];
    for arguments in LOOKS {
        let ran = program.run(&[&["--profile", name], *arguments].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(ran.stderr.contains(name) && ran.stderr.contains("import FILE"), "{}", ran.stderr);
        let ran = program.run_in_german(&[&["--profile", name, "--json"], *arguments].concat());
        assert_eq!((ran.code, &ran.lines()[0]["error"]["code"]), (Some(1), &json!("bad_profile")), "{arguments:?}");
        assert!(ran.stderr.contains(name) && ran.stderr.contains("noch kein Profil"), "{}", ran.stderr);
    }
    for arguments in wrong {
        assert_eq!(program.run(&[&["--profile", name], *arguments].concat()).code, Some(1), "{arguments:?}");
    }
    assert!(!folder.exists());
    assert_eq!(fs::read_dir(program.folder()).unwrap().count(), 0);
}

#[test]
fn json_has_one_form_everywhere() {
    let program = Program::new();
    program.make_profile();
    let folder = program.folder().to_str().unwrap().to_owned();
    let letter = sample("Mahnung Buchhandlung.pdf");
    let others: &[&[&str]] = &[
        &["import", "--wait", letter.to_str().unwrap()],
        &["call"],
        &["call", "tasks.add", "--help"],
        &["--profile", &folder, "generate", "--documents", "1"],
    ];
    for arguments in LOOKS.iter().chain(others) {
        let ran = program.run(&[*arguments, &["--json"]].concat());
        let lines = ran.lines();
        let keys: Vec<&str> =
            lines.iter().flat_map(|line| line.as_object().unwrap().keys()).map(String::as_str).collect();
        assert_eq!((ran.code, keys), (Some(0), vec!["data"]), "{arguments:?}: {}", ran.stderr);
    }
    let lists =
        LOOKS.iter().take(5).map(|arguments| program.run(&[*arguments, &["--json"]].concat()).lines().remove(0));
    assert!(lists.into_iter().all(|line| line["data"].is_array()));
    // What is printed file by file names the file in each line.
    let gone = program.folder().join("gone.pdf");
    for command in ["inspect", "codes"] {
        let ran = program.run(&[command, "--json", letter.to_str().unwrap(), gone.to_str().unwrap()]);
        let lines = ran.lines();
        assert_eq!((ran.code, lines.len()), (Some(1), 2), "{command}");
        assert_eq!((&lines[0]["file"], &lines[1]["file"]), (&json!(letter), &json!(gone)), "{command}");
        assert!(lines[0].get("error").is_none(), "{command}");
        assert_eq!(lines[1]["error"]["code"], "file_unreadable", "{command}");
    }
}

#[test]
fn the_id_of_a_table_is_taken_by_the_next_command() {
    let program = Program::new();
    program.json(&["import", "--wait", sample("Rechnung Malerarbeiten.pdf").to_str().unwrap(), "--json"]);
    program.json(&["call", "tasks.add", r#"{"title": "Call Kim", "due": "2026-11-14"}"#]);
    for (table, command, title) in [
        ("documents", "documents.get", "Wände streichen"),
        ("tasks", "tasks.get", "Call Kim"),
        ("search", "documents.get", "Wände streichen"),
    ] {
        let shown = program.run(&[table]).stdout;
        let row = shown.lines().find(|line| line.contains(title)).unwrap_or_else(|| panic!("{table}: {shown}"));
        let id = row.split_whitespace().next_back().unwrap();
        let found = program.json(&["call", command, &json!({"id": id}).to_string()]);
        assert!(found[0]["title"].as_str().unwrap().contains(title), "{table}: {found:?}");
    }
}

#[test]
fn the_help_of_a_command_has_an_example_that_runs() {
    let program = Program::new();
    for (command, says) in
        [("tasks.quick_add", "line: string"), ("today.get", "Input: none"), ("settings.change", "key: string")]
    {
        let help = program.run(&["call", command, "--help"]);
        assert_eq!(help.code, Some(0), "{help:?}");
        assert!(help.stdout.contains(says), "{}", help.stdout);
        let example =
            help.stdout.lines().find_map(|line| line.trim().strip_prefix("workmate-cli ")).expect("an example");
        program.make_profile();
        let run = program.command::<&str>(&[]);
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("'{}' {example}", run.get_program().display())]);
        shell.envs(run.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let ran = shell.output().unwrap();
        assert!(ran.status.success(), "{example}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    let german = program.run_in_german(&["call", "tasks.quick_add", "-h"]).stdout;
    assert!(german.contains("Beispiel:") && german.contains("Eine Aufgabe aus einer Zeile"), "{german}");
    assert!(program.run(&["call", "--help"]).stdout.contains("Usage: workmate-cli call"));
}

#[test]
fn days_are_typed_and_shown_as_people_write_them() {
    let program = Program::new();
    let letter = sample("Rechnung Malerarbeiten.pdf");
    let inspect = |today: &str, json: &[&str]| {
        let arguments = ["inspect", "--plan", "--today", today, letter.to_str().unwrap()];
        program.command(&[&arguments, json].concat())
    };
    let plan = |today: &str| {
        let stdout = inspect(today, &["--json"]).output().unwrap().stdout;
        let line: Value = serde_json::from_slice(&stdout).unwrap();
        line["plan"].clone()
    };
    for typed in ["20.11.2026", "20 Nov 2026", "20. November 2026"] {
        assert_eq!(plan(typed), plan("2026-11-20"), "{typed}");
    }
    for wrong in ["31.2.2026", "20.11.2026 call Kim", "20.11.2026 19 Uhr", ""] {
        assert_eq!(inspect(wrong, &[]).output().unwrap().status.code(), Some(2), "{wrong}");
    }
    let shown = |locale: &str| {
        let output = inspect("20.11.2026", &[]).env("LC_ALL", locale).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let (english, german) = (shown("en_GB.UTF-8"), shown("de_AT.UTF-8"));
    for says in
        ["18 Dec 2026", "To pay: €850.85\n", "2 % until 28 Nov 2026", "19 %: €135.85", "safe: named 18 Dec 2026)"]
    {
        assert!(english.contains(says), "{says}: {english}");
    }
    for says in
        ["18.12.2026", "Zu zahlen: 850,85 €\n", "2 % bis 28.11.2026", "19 %: 135,85 €", "09.11.2026 – 13.11.2026"]
    {
        assert!(german.contains(says), "{says}: {german}");
    }
    assert!(!english.contains("2026-1") && !german.contains("2026-1"), "{english}{german}");
}

#[test]
fn a_command_takes_days_as_people_write_them() {
    let program = Program::new();
    for day in ["05.06.2027", "5. Juni 2027", "5 June 2027", "2027-06-05"] {
        let task =
            json!({"title": "Call Kim", "due": day, "recurrence": {"rule": "FREQ=YEARLY", "except": ["5.6.2028"]}});
        let made = program.json(&["call", "tasks.add", &task.to_string()]).remove(0);
        assert_eq!(
            (&made["due"], &made["recurrence"]["except"][0]),
            (&json!("2027-06-05"), &json!("2028-06-05")),
            "{day}"
        );
        let draft = json!({"title": "5 June 2027", "due": "6.6.2027"});
        let edit = json!({"id": made["id"], "draft": draft}).to_string();
        let edited = program.json(&["call", "tasks.edit", &edit]).remove(0);
        assert_eq!(
            (&edited["title"], &edited["due"]),
            (&json!("5 June 2027"), &json!("2027-06-06")),
            "a title is no day"
        );
    }
    let month = program.json(&["call", "calendar.list", r#"{"from": "1.6.2027", "to": "30 June 2027"}"#]);
    assert_eq!(month[0]["total"], 4, "{month:?}");
    let timed =
        program.json(&["call", "tasks.add", r#"{"title": "x", "due": "5 June 2027", "due_time": "halb acht"}"#]);
    assert_eq!(timed[0]["due_time"], "07:30:00");
    let until = json!({"task": timed[0]["id"], "until": {"at": "5 June 2027 19 Uhr"}});
    assert_eq!(program.run(&["call", "reminders.snooze", &until.to_string()]).code, Some(0));
    let relative = program.run(&["call", "tasks.add", r#"{"title": "Call Kim", "due": "übernächsten Freitag"}"#]);
    assert_eq!(relative.code, Some(0), "{relative:?}");
    let wrong = program.run(&["call", "tasks.add", r#"{"title": "Call Kim", "due": "31.2.2027"}"#]);
    assert!(wrong.code == Some(1) && wrong.stderr.contains("“31.2.2027” in “due” is no day"), "{wrong:?}");
}

#[test]
fn a_question_is_answered_above_the_hits() {
    let program = Program::new();
    let today = app::SystemClock.now().with_timezone(&chrono_tz::Europe::Berlin).date_naive();
    let written = |day: chrono::NaiveDate| day.format("%d.%m.%Y").to_string();
    let letters = [40, 41].map(|number| {
        let letter = program.folder().join(format!("{number}.pdf"));
        fs::write(&letter, bill_from(&written(today), &written(today.plus_days(14)), number)).unwrap();
        letter.to_str().unwrap().to_owned()
    });
    let question = "wann habe ich zuletzt Musterwerk bezahlt und wie viel";
    let pay = |task: &Value, day: chrono::NaiveDate| {
        program.json(&["call", "tasks.pay", &json!({"id": task["id"], "paid_on": written(day)}).to_string()]);
    };
    program.json(&["import", "--wait", "--json", &letters[0]]);
    let unpaid = program.run(&["search", question]).stdout;
    assert!(
        unpaid.contains("No payment is noted") && unpaid.contains("Not noted as paid yet:\n    €50.00"),
        "{unpaid}"
    );
    let yesterday = today.minus_days(1);
    pay(&program.json(&["tasks", "--json"])[0], yesterday);
    program.json(&["import", "--wait", "--json", &letters[1]]);
    let years_ago = today.minus_days(800);
    pay(&program.json(&["tasks", "--json"])[0], years_ago);

    let german = program.run_in_german(&["search", question]).stdout;
    let last = format!("Bezahlt: Musterwerk\n  50,00 €, bezahlt am {} per Überweisung: ", written(yesterday));
    assert!(german.starts_with(&last) && german.contains("Kennung"), "{german}");
    let years = format!("\n  {}: 50,00 €\n  {}: 51,00 €\n", yesterday.format("%Y"), years_ago.format("%Y"));
    assert!(german.contains(&years) && german.contains("Zusammen: 101,00 € (2 Zahlungen)"), "{german}");
    let english = program.run(&["documents", question]).stdout;
    assert!(english.contains("€50.00, paid on ") && english.contains("transfer"), "{english}");

    let lines = program.run(&["search", "--json", question]).lines();
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    let keys: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["answer", "data"]);
    let found = program.json(&["call", "search.find", &json!({"query": question}).to_string()]).remove(0);
    assert_eq!((&line["answer"], &line["data"]), (&found["answer"], &found["items"]), "in the form of search.find");
    assert_eq!(line["answer"]["last"]["on"], yesterday.to_string());
}

#[test]
fn on_a_german_system_the_program_speaks_german() {
    let program = Program::new();
    let (letter, bad) = (sample("Mahnung Buchhandlung.pdf"), fixture("unreadable/prices.xlsx"));
    let imported = program.run_in_german(&["import", "--wait", letter.to_str().unwrap(), bad.to_str().unwrap()]);
    assert!(
        imported.stderr.contains("Bitte als PDF speichern") && imported.stderr.contains("prices.xlsx"),
        "{imported:?}"
    );
    let documents = program.run_in_german(&["documents"]).stdout;
    for german in ["Dokument", "Betrag", "Kennung", "Mahnung", "49,30 €"] {
        assert!(documents.contains(german), "{german}: {documents}");
    }
    // LC_ALL goes before LC_MESSAGES, and that before LANG.
    let with = |variables: &[(&str, &str)]| {
        let mut command = program.command(&["tasks"]);
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES").env_remove("LANG").envs(variables.iter().copied());
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(with(&[("LANG", "de_DE.UTF-8")]).contains("Kennung"));
    assert!(with(&[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "de_CH.UTF-8")]).contains("Kennung"));
    assert!(!with(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]).contains("Kennung"));
    assert!(!with(&[]).contains("Kennung"));

    let wrong: &[(&[&str], &str)] = &[
        (&["impot"], "War „import“ gemeint?"),
        (&["import"], "Es fehlt: <DATEI|ORDNER>"),
        (&["tasks", "--al"], "War „--all“ gemeint?"),
        (&["inspect", "--jobs"], "fehlt etwas"),
        (&["inspect", "--jobs", "x", "y"], "„x“ passt nicht zu --jobs"),
        (&["inspect", "--plan", "--land", "XX", "y"], "zwei Buchstaben"),
        (&["inspect", "--plan", "--today", "30.2.2026", "y"], "„30.2.2026“ passt nicht zu --today <TAG>: ein Tag ist"),
        (&["serve", "--port", "99999"], "„99999“ passt nicht zu --port <ZAHL>."),
        (&["inspect", "--today", "morgen", "y"], "Es fehlt: --plan"),
    ];
    for (arguments, says) in wrong {
        let ran = program.run_in_german(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.contains(says) && ran.stderr.contains("--help"), "{arguments:?}: {}", ran.stderr);
    }
    program.make_profile();
    let id = "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10";
    let inputs: &[(&str, String, &str)] = &[
        ("tasks.postpone", r#"{"due": "morgen"}"#.to_owned(), "passt nicht: es fehlt „id“."),
        ("tasks.add", r#"{"title": " "}"#.to_owned(), "braucht einen Titel"),
        ("tasks.add", r#"{"title": "x", "due": "30.2.2027"}"#.to_owned(), "„30.2.2027“ bei „due“ ist kein Tag"),
        ("tasks.add", r#"{"title": "x", "due": 5}"#.to_owned(), "da steht die Zahl 5, nötig ist ein Tag wie"),
        ("tasks.add", r#"{title: "x"}"#.to_owned(), "kein JSON: die Namen der Felder stehen in"),
        ("tasks.add", r#"{"title": "x""#.to_owned(), "kein JSON: es hört mittendrin auf"),
        ("documents.list", r#"{"limt": 3}"#.to_owned(), "Das Feld „limt“ gibt es nicht."),
        ("documents.list", r#"{"state": "x"}"#.to_owned(), "„x“ gibt es hier nicht; es gibt review, accepted, stale."),
        ("tasks.get", r#"{"id": "abc"}"#.to_owned(), "eine Kennung darin stimmt nicht"),
        (
            "settings.change",
            r#"{"key": "land", "value": "XX"}"#.to_owned(),
            "Der Wert der Einstellung „land“ passt nicht",
        ),
        ("settings.change", r#"{"key": "lnad", "value": "BY"}"#.to_owned(), "Die Einstellung „lnad“ gibt es nicht"),
        ("cases.join", json!({"id": id, "other": id}).to_string(), "Ein Dokument kann nicht zu sich selbst gehören."),
    ];
    for (command, input, says) in inputs {
        let ran = program.run_in_german(&["call", command, input]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{command} {input}");
        let way_out = format!("„workmate-cli call {command} --help“ zeigt ein Beispiel.");
        assert!(ran.stderr.contains(says) && ran.stderr.contains(&way_out), "{command} {input}: {}", ran.stderr);
        assert!(["expected", "The ", "is not"].iter().all(|word| !ran.stderr.contains(word)), "{}", ran.stderr);
    }
    let gone = program.run_in_german(&["call", "tasks.get", &json!({"id": id}).to_string()]).stderr;
    assert!(gone.contains("Das gibt es nicht: 0199d2f0") && !gone.contains("There is"), "{gone}");
    let missing = program.run_in_german(&["inspect", "/no/such.pdf"]).stdout;
    assert!(missing.contains("lässt sich nicht lesen: das gibt es nicht"), "{missing}");
    for help in [&["--help"] as &[&str], &["help", "import"], &["call", "--help"], &["inspect", "-h"]] {
        let ran = program.run_in_german(help);
        assert!(ran.code == Some(0) && ran.stdout.contains("Aufruf: workmate-cli"), "{help:?}: {}", ran.stdout);
    }
}

#[test]
fn one_process_watches_and_others_work_on_the_same_profile() {
    let program = Program::new();
    let watch = program.start(&["watch"], "Watching");
    let pid = watch.pid().to_string();

    let second = program.start(&["watch"], "Watching");
    let said = second.printed();
    assert!(said.contains(&pid) && said.contains("takes over"), "{said}");
    assert_eq!(second.terminate().code(), Some(0), "one that waits ends as well");
    let status = program.json(&["call", "status.get"]).remove(0);
    assert_eq!(status["engine"], json!({"by": "elsewhere", "pid": watch.pid(), "kind": "watch"}));

    // Another process only queues: the one that watches is woken, and reads.
    let letter = program.folder().join("letter.pdf");
    fs::write(&letter, bill(1)).unwrap();
    let queued = program.json(&["import", "--json", letter.to_str().unwrap()]).remove(0);
    assert_eq!((&queued["outcome"], &queued["document"]), (&json!("taken"), &Value::Null));
    wait_for("the document", || program.json(&["documents", "--json"]).pop());
    let waited = program.json(&["import", "--wait", "--json", sample("Invoice English lessons.pdf").to_str().unwrap()]);
    assert!(waited[0]["document"].is_string());
    fs::write(program.inbox().join("laid in.pdf"), bill(2)).unwrap();
    wait_for("the third document", || (program.json(&["documents", "--json"]).len() == 3).then_some(()));

    let ended = watch.terminate();
    assert_eq!(ended.code(), Some(0), "asked to end, it ends well");
    assert_eq!(program.json(&["call", "status.get"])[0]["engine"], json!({"by": "nobody"}));
    let third = program.start(&["watch"], "Watching");
    assert_eq!(third.terminate().code(), Some(0));
}
