//! `search` and `documents QUERY`: find documents in the language of the search box.

use std::process::ExitCode;

use app::App;
use app::api::search::{self, SearchQuery, SnippetView};

use crate::list::{show, text};

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
    let found = search::find(app, SearchQuery { query, limit: Some(arguments.limit), ..SearchQuery::default() })?;
    for hint in &found.hints {
        let suggestion = hint.suggestion.as_ref().map(|word| format!(" Did you mean “{word}”?")).unwrap_or_default();
        eprintln!("workmate-cli: “{}” is no filter; it is looked for as words.{suggestion}", hint.typed);
    }
    show(&found.items, as_json, &["Document", "Kind", "From", "Date", "Amount", "Page", "Text"], |hit| {
        let row = &hit.document;
        vec![
            row.title.clone(),
            row.kind.as_str().to_owned(),
            row.correspondent.clone().unwrap_or_default(),
            text(row.issue_date),
            text(row.amount),
            text(hit.snippet.as_ref().map(|snippet| snippet.page)),
            hit.snippet.as_ref().map_or_else(String::new, words),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Hits in square brackets.
fn words(snippet: &SnippetView) -> String {
    let shown = |part: &search::SnippetPart| if part.hit { format!("[{}]", part.text) } else { part.text.clone() };
    snippet.parts.iter().map(shown).collect::<Vec<_>>().join(" ")
}
