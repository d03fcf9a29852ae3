//! Bills, payslips and bank statements that come regularly, and those that are missing.

use chrono::{Months, NaiveDate};
use domain::{CorrespondentId, DocumentKind, Money, RegularBill, Rhythm, regular_bills};
use serde::{Deserialize, Serialize};
use store::{Read, StoreError};
use ts_rs::TS;

use crate::api::views::{Page, PageQuery};
use crate::{App, Failure};

/// A sender whose bills come again.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RegularView {
    /// From whom.
    pub correspondent: CorrespondentId,
    /// Its name.
    pub name: String,
    /// What.
    pub kind: DocumentKind,
    /// How often.
    pub rhythm: Rhythm,
    /// About how much; none of what is no bill.
    pub amount: Option<Money>,
    /// When the last one was written.
    pub last: NaiveDate,
    /// When the next one should come.
    pub expected: NaiveDate,
    /// It should have come by now.
    pub missing: bool,
}

/// Which of them to list; those that are missing come first.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct RegularQuery {
    /// Only those that should have come by now.
    pub missing: Option<bool>,
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
}

/// What came longer ago shows no rhythm of today: three bills of a yearly one.
const MONTHS: u32 = 40;

/// Bills that come again, and those that should have come.
pub fn regular(app: &App, query: RegularQuery) -> Result<Page<RegularView>, Failure> {
    let today = app.view_context()?.today;
    app.store
        .read(|r| {
            let mut found = all(r, today)?;
            found.retain(|bill| query.missing.is_none_or(|wanted| bill.missing == wanted));
            found.sort_by_key(|bill| !bill.missing);
            let Page { items, total } = PageQuery { limit: query.limit, offset: query.offset }.of(found.into_iter());
            let view = |bill: RegularBill| {
                let name = r.correspondent(bill.sender)?.map_or_else(String::new, |sender| sender.name);
                let RegularBill { sender, kind, rhythm, amount, last, expected, missing } = bill;
                Ok(RegularView { correspondent: sender, name, kind, rhythm, amount, last, expected, missing })
            };
            Ok(Page { items: items.into_iter().map(view).collect::<Result<_, StoreError>>()?, total })
        })
        .map_err(Failure::from)
}

/// All that comes again, by the day on which the next one is expected.
pub(super) fn all(r: &Read<'_>, today: NaiveDate) -> Result<Vec<RegularBill>, StoreError> {
    let since = today.checked_sub_months(Months::new(MONTHS)).unwrap_or(today);
    Ok(regular_bills(&r.bills(since)?, today))
}
