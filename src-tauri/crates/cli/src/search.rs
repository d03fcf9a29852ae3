//! `search` and `documents QUERY`: find documents in the language of the search box.

use std::process::ExitCode;

use app::App;
use app::api::answers::{AnsweredPayment, AnsweredYear, PaymentsAnswer};
use app::api::search::{self, SearchQuery, SnippetView};
use domain::Money;

use crate::output::{print, print_answered, show, tell};
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
        tell(format_args!("workmate-cli: {no_filter}"));
    }
    if as_json {
        print_answered(&found.items, found.answer.as_ref())?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(answer) = &found.answer {
        print(answered(answer))?;
    }
    let head = say(
        ["Dokument", "Art", "Von", "Datum", ">Betrag", ">Seite", "Text", "Kennung"],
        ["Document", "Kind", "From", "Date", ">Amount", ">Page", "Text", "Id"],
    );
    show(&found.items, false, &head, |hit| {
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

/// What was paid last, each year and in all, as above the hits in the window.
fn answered(answer: &PaymentsAnswer) -> String {
    let PaymentsAnswer { about, last, years, sums, count, unpaid, unpaid_total, more } = answer;
    let sum = |sums: &[Money]| sums.iter().copied().map(text::amount).collect::<Vec<_>>().join(" + ");
    let mut lines = vec![text::sentence("answer_about", &[("about", about)])];
    lines.push(match last {
        Some(last) => format!("  {}, {}: {}", text::amount(last.amount), paid(last), last.title),
        None => format!("  {}", word("answer_", "none_paid")),
    });
    if *count > 1 {
        let of_year = |year: &AnsweredYear| format!("  {}: {}", year.year, sum(&year.sums));
        lines.extend(years.iter().map(of_year));
        let payments = say(format!("{count} Zahlungen"), format!("{count} payments"));
        lines.push(format!("  {}: {} ({payments})", word("answer_", "all"), sum(sums)));
    }
    if !unpaid.is_empty() {
        lines.push(format!("  {}:", word("answer_", "unpaid")));
        lines.extend(unpaid.iter().map(|row| format!("    {} {}", cell(row.amount, text::amount), row.title)));
        let others = usize::try_from(*unpaid_total).unwrap_or(usize::MAX).saturating_sub(unpaid.len());
        if others > 0 {
            lines.push(format!("    {}", text::sentence("answer_unpaid_more", &[("count", &others.to_string())])));
        }
    }
    if *more {
        lines.push(format!("  {}", word("answer_", "more")));
    }
    lines.join("\n") + "\n"
}

/// When, and how where that is known.
fn paid(payment: &AnsweredPayment) -> String {
    let day = text::day(payment.on);
    match payment.how {
        Some(how) => text::sentence("money_paid_how", &[("day", &day), ("how", &word("paid_by_", how.as_str()))]),
        None => text::sentence("money_paid", &[("day", &day)]),
    }
}

/// Hits in square brackets.
fn words(snippet: &SnippetView) -> String {
    let shown = |part: &search::SnippetPart| if part.hit { format!("[{}]", part.text) } else { part.text.clone() };
    snippet.parts.iter().map(shown).collect::<Vec<_>>().join(" ")
}
