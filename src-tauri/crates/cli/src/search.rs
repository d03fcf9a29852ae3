//! `search` and `documents QUERY`: find documents in the language of the search box.

use std::process::ExitCode;

use app::App;
use app::api::search::{self, SearchQuery, SnippetView};

use crate::output::show;
use crate::text::{self, cell, say, word};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to look for, as in the search box; behind `--`, a word may begin with a minus.
    query: Vec<String>,
    /// At most so many; a search shows 20 if left out.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
}

impl Arguments {
    pub(crate) fn is_empty(&self) -> bool {
        self.query.is_empty()
    }
}

pub(crate) fn run(app: &App, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let query = arguments.query.join(" ");
    let found =
        search::find(app, SearchQuery { query, limit: Some(arguments.limit.unwrap_or(20)), ..SearchQuery::default() })?;
    for hint in &found.hints {
        let typed = &hint.typed;
        let suggestion = cell(hint.suggestion.as_ref(), |word| {
            say(format!(" War „{word}“ gemeint?"), format!(" Did you mean “{word}”?"))
        });
        let no_filter = say(
            format!("„{typed}“ ist kein Filter und wird als Wörter gesucht.{suggestion}"),
            format!("“{typed}” is no filter; it is looked for as words.{suggestion}"),
        );
        eprintln!("workmate-cli: {no_filter}");
    }
    let head = say(
        ["Dokument", "Art", "Von", "Datum", ">Betrag", ">Seite", "Text", "Kennung"],
        ["Document", "Kind", "From", "Date", ">Amount", ">Page", "Text", "Id"],
    );
    show(&found.items, as_json, &head, |hit| {
        let row = &hit.document;
        vec![
            row.title.clone(),
            word("kind_", row.kind.as_str()),
            row.correspondent.clone().unwrap_or_default(),
            cell(row.issue_date, text::day),
            cell(row.amount, text::amount),
            cell(hit.snippet.as_ref(), |snippet| snippet.page.to_string()),
            cell(hit.snippet.as_ref(), words),
            row.id.to_string(),
        ]
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Hits in square brackets.
fn words(snippet: &SnippetView) -> String {
    let shown = |part: &search::SnippetPart| if part.hit { format!("[{}]", part.text) } else { part.text.clone() };
    snippet.parts.iter().map(shown).collect::<Vec<_>>().join(" ")
}
