//! Bills, payslips and statements that come again, and one that is missing.

use chrono::NaiveDate;
use domain::{CorrespondentId, DocumentKind, Money, Rhythm, regular_bills};
use serde::Serialize;
use ts_rs::TS;

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

pub(super) fn regular(app: &App, _: ()) -> Result<Vec<RegularView>, Failure> {
    let today = app.lens()?.today;
    app.store
        .read(|r| {
            let found = regular_bills(&r.bills()?, today).into_iter();
            let view = |bill: domain::RegularBill| {
                let name = r.correspondent(bill.sender)?.map_or_else(String::new, |sender| sender.name);
                let domain::RegularBill { sender, kind, rhythm, amount, last, expected, missing } = bill;
                Ok(RegularView { correspondent: sender, name, kind, rhythm, amount, last, expected, missing })
            };
            found.map(view).collect()
        })
        .map_err(Failure::from)
}
