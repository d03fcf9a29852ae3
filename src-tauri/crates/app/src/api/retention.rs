//! Letters that need not be kept any longer: proposals, and nothing but that.

use chrono::{Datelike as _, NaiveDate};
use domain::{DocumentKind, RetentionRule, retention_rule, says_two_years};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::documents::with_trash;
use super::views::DocumentRow;
use crate::{App, Failure};

/// Used where the caller names no limit.
const USUAL_LIMIT: u32 = 50;

/// How many proposals to list.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct RetentionQuery {
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
}

/// A letter that need not be kept any longer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RetentionProposal {
    /// The letter.
    pub document: DocumentRow,
    /// The rule.
    pub rule: RetentionRule,
    /// Where it stands.
    pub source: String,
    /// The last day on which it had to be kept.
    pub until: NaiveDate,
}

/// Letters that need not be kept any longer.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RetentionList {
    /// The oldest first.
    pub items: Vec<RetentionProposal>,
    /// How many there are in all.
    pub total: u32,
}

/// Letters that need not be kept any longer, by German law. Nothing is ever deleted because of it.
pub fn list(app: &App, RetentionQuery { limit }: RetentionQuery) -> Result<RetentionList, Failure> {
    let context = app.view_context()?;
    let most = usize::try_from(limit.unwrap_or(USUAL_LIMIT)).unwrap_or(usize::MAX);
    let kinds: Vec<DocumentKind> =
        DocumentKind::ALL.iter().copied().filter(|kind| retention_rule(*kind, false).is_some()).collect();
    let shortest = RetentionRule::ALL.iter().map(|rule| rule.years()).min().unwrap_or_default();
    let before = NaiveDate::from_ymd_opt(context.today.year().saturating_sub(shortest), 1, 1).unwrap_or(context.today);
    app.store
        .read(|r| {
            let mut list = RetentionList { items: Vec::new(), total: 0 };
            for id in r.done_before(before, &kinds)? {
                let Some(document) = r.document(id)? else { continue };
                let Some(day) = document.letter_date() else { continue };
                // Only a letter that is not old enough by itself is worth reading.
                let by_kind = retention_rule(document.kind, false).filter(|rule| is_over(*rule, day, context.today));
                let rule = match by_kind {
                    Some(rule) => Some(rule),
                    None => retention_rule(document.kind, says_two_years(&r.text_of(&document.file)?))
                        .filter(|rule| is_over(*rule, day, context.today)),
                };
                let Some((rule, until)) = rule.and_then(|rule| Some((rule, rule.until(day)?))) else { continue };
                list.total = list.total.saturating_add(1);
                if list.items.len() < most
                    && let Some(row) = r.document_row(id)?
                {
                    let document = with_trash(r, &context, row)?;
                    list.items.push(RetentionProposal { document, rule, source: rule.source().to_owned(), until });
                }
            }
            Ok(list)
        })
        .map_err(Failure::from)
}

fn is_over(rule: RetentionRule, letter: NaiveDate, today: NaiveDate) -> bool {
    rule.until(letter).is_some_and(|until| until < today)
}
