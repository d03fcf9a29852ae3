//! `import --from-paperless PATH`: what paperless-ngx has exported, first as a preview.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use app::{App, PaperlessCount, PaperlessField, PaperlessPreview, PaperlessType};

use crate::export::{code, show_progress, tell};
use crate::output::{print, print_data};
use crate::text::{say, word};

pub(crate) fn preview(app: &Arc<App>, path: &Path, as_json: bool) -> anyhow::Result<ExitCode> {
    show_progress(app);
    let preview = app.preview_paperless(path)?;
    if as_json {
        print_data(&preview)?;
    }
    tell(&preview.problems);
    if !as_json {
        for line in lines(&preview) {
            print(line)?;
        }
    }
    Ok(code(&preview.problems))
}

fn lines(preview: &PaperlessPreview) -> Vec<String> {
    let PaperlessPreview { documents, trashed, known, versions, unseen, notes, serial_numbers, .. } = preview;
    let mut lines = Vec::new();
    if let Some(version) = &preview.version {
        lines.push(format!("paperless-ngx {version}"));
    }
    let counts = [
        (documents, say("Dokumente", "documents")),
        (known, say("davon schon hier: bleiben, wie sie sind", "of them here already: they stay as they are")),
        (
            trashed,
            say("davon im Papierkorb: kommen in den Papierkorb", "of them in the trash: they come into the trash"),
        ),
        (
            versions,
            say(
                "davon neuere Fassungen: werden eigene Dokumente",
                "of them newer versions: they become documents of their own",
            ),
        ),
        (
            unseen,
            say(
                "davon mit Eingangs-Tag: werden wie neue Briefe geprüft",
                "of them with an inbox tag: they are asked about like new letters",
            ),
        ),
        (notes, say("Notizen", "notes")),
        (
            serial_numbers,
            say(
                "Archivnummern: werden eine Zeile der Notiz",
                "archive serial numbers: each becomes a line of the note",
            ),
        ),
    ];
    lines.extend(counts.iter().filter(|(count, _)| **count > 0).map(|(count, what)| format!("{count:>6}  {what}")));
    let named = |what: &str, PaperlessCount { name, count }: &PaperlessCount| format!("{count:>6}  {what} {name}");
    lines.extend(preview.senders.iter().map(|one| named(say("Absender", "sender"), one)));
    lines.extend(preview.tags.iter().map(|one| named("Tag", one)));
    lines.extend(preview.types.iter().map(|PaperlessType { name, count, kind, tag }| {
        let becomes = match (kind, tag) {
            (Some(kind), _) => word("kind_", kind.as_str()),
            (None, tag) => format!("Tag {}", tag.as_deref().unwrap_or_default()),
        };
        format!("{count:>6}  {} {name} → {becomes}", say("Dokumenttyp", "document type"))
    }));
    lines.extend(preview.fields.iter().map(|PaperlessField { name, count, field }| {
        let becomes = field.map_or_else(|| say("Notiz", "note").to_owned(), |field| word("field_", field.as_str()));
        format!("{count:>6}  {} {name} → {becomes}", say("Feld", "custom field"))
    }));
    let left = say("bleibt zurück:", "stays behind:");
    lines.extend(preview.left.iter().map(|one| named(left, one)));
    lines
}

pub(crate) fn import(app: &Arc<App>, path: &Path, as_json: bool) -> anyhow::Result<ExitCode> {
    show_progress(app);
    let imported = app.import_paperless(path)?;
    if as_json {
        print_data(&imported)?;
    }
    tell(&imported.problems);
    if !as_json {
        let (new, known) = (imported.documents, imported.known);
        print(say(
            format!("{new} Dokumente aufgenommen; {known} waren schon da. Gelesen werden sie, sobald Workmate läuft."),
            format!("{new} documents taken in; {known} were here already. They are read as soon as Workmate runs."),
        ))?;
    }
    Ok(code(&imported.problems))
}
