//! An example of each input, for `workmate-cli call NAME --help`. A command with a new input adds a line; a test says so.

/// JSON by the TypeScript name of the input, sorted by it.
const EXAMPLES: &[(&str, &str)] = &[
    ("AlikeProblems", r#"{"code": "password"}"#),
    (
        "AnswerStaleLetters",
        r#"{"done": ["0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"], "open": ["0199d2f1-0c77-7d52-8a06-b4e1905f3c2d"]}"#,
    ),
    (
        "Arrangement",
        r#"{"parts": [[{"document": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "page": 2, "turn": 90}, {"document": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "page": 1}]]}"#,
    ),
    (
        "Assume",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "assumption": {"what": "received", "value": "2026-11-14"}}"#,
    ),
    (
        "BackupFolder",
        r#"{"folder": "/media/kim/Backup", "words": "legal winner thank year wave sausage worth useful legal winner thank yellow"}"#,
    ),
    (
        "Blocks",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "blocked_by": ["0199d2f1-0c77-7d52-8a06-b4e1905f3c2d"]}"#,
    ),
    ("CalendarDays", r#"{"from": "2026-11-01", "to": "2026-11-30", "each": 3}"#),
    ("CalendarQuery", r#"{"from": "2026-11-01", "to": "2026-11-30"}"#),
    ("Cancel", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("CaseQuery", r#"{"open": true, "limit": 10}"#),
    ("ChangePassword", r#"{"password": "Drei alte Hüte", "new_password": "Fünf neue Hüte"}"#),
    ("ChangeSetting", r#"{"key": "land", "value": "BY"}"#),
    ("CheckHistory", r#"{"head": "12:3f7a0c9e5d1b48a26e0f93c7d4b85a1263f09e7cd8514ab20c6f3d7e918b54a0"}"#),
    ("Completion", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "how": "paid"}"#),
    ("ContractQuery", r#"{"decided": false, "limit": 10}"#),
    ("Correction", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "field": "due_date", "value": "14.11.2026"}"#),
    ("CorrespondentQuery", r#"{"name": "Stadtwerke"}"#),
    ("DeleteForGood", r#"{"ids": ["0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"], "preview": true}"#),
    ("DocumentQuery", r#"{"state": "accepted", "query": "tag:steuer", "limit": 10}"#),
    ("EditDocuments", r#"{"ids": ["0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"], "add_tags": ["steuer/2026"]}"#),
    ("ExportFolder", r#"{"folder": "/home/kim/Workmate Export"}"#),
    ("ExportTo", r#"{"folder": "/home/kim/Documents", "dated": true}"#),
    ("FindHits", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "query": "abschlag"}"#),
    ("ForgetPerson", r#"{"name": "Jonas Winter", "also": ["Johnny Winter"], "preview": true}"#),
    ("ForgetRule", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "field": "customer_number"}"#),
    ("HistoryOfReminders", r#"{"task": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "limit": 10}"#),
    ("HistoryQuery", r#"{"limit": 10, "with_changes": true}"#),
    ("Import", r#"{"paths": ["/home/kim/letters/bill.pdf"]}"#),
    (
        "JoinDocuments",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "other": "0199d2f1-0c77-7d52-8a06-b4e1905f3c2d"}"#,
    ),
    (
        "MergeCorrespondents",
        r#"{"from": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "into": "0199d2f1-0c77-7d52-8a06-b4e1905f3c2d"}"#,
    ),
    (
        "MergeTags",
        r#"{"from": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "into": "0199d2f1-0c77-7d52-8a06-b4e1905f3c2d"}"#,
    ),
    ("NewKey", r#"{"name": "Kalender am Telefon", "scope": "read", "days": 90}"#),
    ("NotToday", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "preview": true}"#),
    ("Occurrence", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "due": "2026-11-14"}"#),
    ("OneCorrespondent", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OneDocument", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OneKey", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OnePage", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "page": 1}"#),
    ("OneProblem", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OneSender", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OneTask", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OneView", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("OpenBySecretStore", r#"{"password": "Drei alte Hüte", "wanted": true}"#),
    ("PageQuery", r#"{"limit": 10, "offset": 0}"#),
    (
        "Paid",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "amount": {"amount": "49.30", "currency": "EUR"}, "paid_on": "2026-11-14"}"#,
    ),
    ("PaperlessExport", r#"{"path": "/home/kim/paperless-export"}"#),
    ("PauseReminders", r#"{"pause": "one_hour"}"#),
    ("PaymentQuery", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "with_discount": true}"#),
    ("Postponement", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "due": "2026-11-14"}"#),
    ("PreviewQuery", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "field": "due_date", "value": "14.11.2026"}"#),
    ("QuickLine", r#"{"line": "Müll rausbringen jeden Donnerstag 19 Uhr", "preview": true}"#),
    ("RegularQuery", r#"{"missing": true}"#),
    ("RenameCorrespondent", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "name": "Stadtwerke"}"#),
    ("RenameTag", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "name": "steuer"}"#),
    (
        "RestoreBackup",
        r#"{"folder": "/media/kim/Backup", "words": "legal winner thank year wave sausage worth useful legal winner thank yellow"}"#,
    ),
    ("RetentionQuery", r#"{"limit": 10}"#),
    (
        "RuleDraft",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "field": "customer_number", "anchor": {"words": "kundennummer", "side": "behind", "one_word": true}}"#,
    ),
    ("SaveDiagnostics", r#"{"folder": "/home/kim/Documents"}"#),
    ("SaveView", r#"{"name": "Bills of this year", "query": "art:rechnung datum:dieses-jahr"}"#),
    ("SearchQuery", r#"{"query": "von:stadtwerke betrag:>100", "limit": 10}"#),
    ("SeenTasks", r#"{"tasks": ["0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"]}"#),
    ("SetKind", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "kind": "invoice"}"#),
    (
        "SetRelation",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "other": "0199d2f1-0c77-7d52-8a06-b4e1905f3c2d", "relation": "reminds"}"#,
    ),
    ("Snooze", r#"{"task": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "until": "tomorrow_morning"}"#),
    ("SomeDocuments", r#"{"ids": ["0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "0199d2f1-0c77-7d52-8a06-b4e1905f3c2d"]}"#),
    ("SplitSender", r#"{"documents": ["0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"], "name": "Stadtwerke"}"#),
    ("StatusChange", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "status": "waiting"}"#),
    ("StepDone", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "position": 0, "done": true}"#),
    ("SwitchRule", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "field": "customer_number", "off": true}"#),
    (
        "TaskDraft",
        r#"{"title": "Call the landlord", "due": "2026-11-14", "steps": [{"step": "Find the contract", "done": false}]}"#,
    ),
    (
        "TaskEdit",
        r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "draft": {"title": "Call the landlord", "due": "2026-11-14"}}"#,
    ),
    ("TaskQuery", r#"{"filter": "open", "limit": 10}"#),
    (
        "TurnEncryptionOn",
        r#"{"password": "Drei alte Hüte", "words": "legal winner thank year wave sausage worth useful legal winner thank yellow"}"#,
    ),
    ("TypedPassword", r#"{"password": "Drei alte Hüte"}"#),
    ("TypedQuery", r#"{"query": "von:stadtwerke betrag:>100"}"#),
    ("UndoRun", r#"{"run": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("UndoStep", r#"{"step": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10"}"#),
    ("Unlock", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "password": "the password"}"#),
    ("VerifyQuery", r#"{"part": 1, "parts": 10}"#),
    ("Words", r#"{"text": "übernächsten Freitag um halb acht"}"#),
    ("WriteNote", r#"{"id": "0199d2f0-5a4e-7c3b-9b1e-3f6d2c8a7e10", "note": "Talked to **Kim** on the phone."}"#),
];

/// The example of an input; none where nothing is taken.
pub(crate) fn example(input: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(name, _)| *name == input).map(|(_, example)| *example)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::EXAMPLES;
    use crate::COMMANDS;

    /// All keys of objects in it.
    fn keys(value: &Value) -> Vec<&String> {
        match value {
            Value::Array(items) => items.iter().flat_map(keys).collect(),
            Value::Object(fields) => fields.iter().flat_map(|(key, inner)| [vec![key], keys(inner)].concat()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_command_accepts_its_example_and_knows_each_of_its_fields() {
        for command in COMMANDS {
            let (name, input) = (command.name(), command.input());
            let Some(example) = input.example else {
                assert_eq!(input.name, "null", "{name}: its input {} has no example", input.name);
                command.check(Value::Null).unwrap();
                continue;
            };
            let example: Value = serde_json::from_str(example).unwrap_or_else(|error| panic!("{name}: {error}"));
            command.check(example.clone()).unwrap_or_else(|failure| panic!("{name}: {failure}"));
            // A field that is not known would be passed over.
            let types = input.types.join("\n");
            for key in keys(&example) {
                let is_known = [": ", "?: ", "\": "].iter().any(|end| types.contains(&format!("{key}{end}")));
                assert!(is_known, "{name} has no field {key}:\n{types}");
            }
        }
    }

    #[test]
    fn no_example_is_left_over_and_each_stands_once() {
        assert!(EXAMPLES.is_sorted_by(|one, next| one.0 < next.0));
        for (name, _) in EXAMPLES {
            let is_used = COMMANDS.iter().any(|command| command.input().name.split(" | ").any(|part| part == *name));
            assert!(is_used, "no command takes {name}");
        }
    }

    #[test]
    fn an_empty_object_is_an_empty_input() {
        for command in COMMANDS {
            let nothing = command.check(Value::Null);
            assert_eq!(nothing, command.check(serde_json::json!({})), "{}", command.name());
            assert!(nothing.is_ok() || command.input().name != "null", "{}", command.name());
        }
    }
}
