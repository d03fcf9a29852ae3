//! `search` and `documents QUERY`: find documents in the language of the search box.

use std::process::ExitCode;

use app::App;
use serde_json::{Value, json};

use crate::list::{money, show, text};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to look for, as in the search box; behind `--`, a word may begin with a minus.
    query: Vec<String>,
    /// At most so many.
    #[arg(long, default_value_t = 20)]
    limit: u32,
}

impl Arguments {
    pub(crate) fn is_empty(&self) -> bool {
        self.query.is_empty()
    }
}

pub(crate) fn run(app: &App, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let query = arguments.query.join(" ");
    let found = app.dispatch("search.find", json!({"query": query, "limit": arguments.limit}))?;
    for hint in found["hints"].as_array().into_iter().flatten() {
        let suggestion = hint["suggestion"].as_str().map(|word| format!(" Did you mean “{word}”?")).unwrap_or_default();
        eprintln!("workmate-cli: “{}” is no filter; it is looked for as words.{suggestion}", text(hint, "typed"));
    }
    show(&found["hits"], as_json, &["Document", "Kind", "From", "Date", "Amount", "Page", "Text"], |hit| {
        let row = &hit["document"];
        vec![
            text(row, "title"),
            text(row, "kind"),
            text(row, "correspondent"),
            text(row, "issue_date"),
            money(row),
            text(&hit["snippet"], "page"),
            snippet(&hit["snippet"]),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Hits in square brackets.
fn snippet(snippet: &Value) -> String {
    let parts = snippet["parts"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shown: Vec<String> = parts
        .iter()
        .map(|part| if part["hit"] == true { format!("[{}]", text(part, "text")) } else { text(part, "text") })
        .collect();
    shown.join(" ")
}
