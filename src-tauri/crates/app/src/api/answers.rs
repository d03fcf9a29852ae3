//! Answers to questions that are typed into the search box: what was paid, when and how much.

use std::cmp::Reverse;

use chrono::{Datelike as _, NaiveDate};
use domain::search::{Query, QueryLanguage, Question};
use domain::{DocumentId, Money, MoneyState, Paid, PaidHow, paid_sums, payments_of, today};
use serde::Serialize;
use store::{Read, StoreError};
use ts_rs::TS;

use super::show::{self, ViewContext};
use super::views::DocumentRow;

/// What was paid: the answer to "when did I last pay the chimney sweep, and how much?".
#[derive(Clone, Debug, Serialize, TS)]
pub struct PaymentsAnswer {
    /// What it is about, in the words of the question.
    pub about: String,
    /// The last payment; none where nothing is known to be paid.
    pub last: Option<AnsweredPayment>,
    /// The years, the newest first.
    pub years: Vec<AnsweredYear>,
    /// What all of it comes to, one sum for each currency.
    pub sums: Vec<Money>,
    /// How many payments.
    pub count: u32,
    /// The newest letters that ask for money of which nobody has said that it was paid.
    pub unpaid: Vec<DocumentRow>,
    /// How many of these there are.
    pub unpaid_total: u32,
    /// There are more letters than were looked at: older ones do not count.
    pub more: bool,
}

/// What was paid in a year.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AnsweredYear {
    /// The year of the payments.
    pub year: i32,
    /// What they come to, one sum for each currency.
    pub sums: Vec<Money>,
    /// Each of them, the newest first.
    pub payments: Vec<AnsweredPayment>,
}

/// A payment, and the letter it was for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AnsweredPayment {
    /// On which day.
    pub on: NaiveDate,
    /// How much.
    pub amount: Money,
    /// In which way, where that is known.
    pub how: Option<PaidHow>,
    /// The letter.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its sender.
    pub correspondent: Option<String>,
}

/// So many letters are looked at, the newest first.
const LETTERS: usize = 500;

/// So many letters that were not paid are named.
const UNPAID: usize = 3;

/// Answers a question; none where no document says anything about it.
pub(super) fn answer(
    r: &Read<'_>,
    context: &ViewContext,
    question: Question,
    query: &Query,
    language: QueryLanguage,
) -> Result<Option<PaymentsAnswer>, StoreError> {
    match question {
        Question::Payments => payments(r, context, query, language),
    }
}

fn payments(
    r: &Read<'_>,
    context: &ViewContext,
    query: &Query,
    language: QueryLanguage,
) -> Result<Option<PaymentsAnswer>, StoreError> {
    // A time in the question is that of the payments, not of the letters.
    let (times, about) = query.split_times();
    let within = |day: NaiveDate| times.iter().all(|time| time.contains(day, context.today));
    let letters = r.about(&about, context.today, LETTERS.saturating_add(1))?;
    let more = letters.len() > LETTERS;
    let (mut paid, mut unpaid) = (Vec::new(), Vec::new());
    for id in letters.into_iter().take(LETTERS) {
        let Some(row) = r.document_row(id)? else { continue };
        let (tasks, paper) = (row.money_tasks.clone(), row.paper);
        let shown = show::document_row(context, row, None);
        let zone = context.preferences.zone;
        let came = today(shown.received_at, zone);
        paid.extend(
            payments_of(&paper, &tasks, shown.amount, came, zone)
                .into_iter()
                .filter(|payment| within(payment.on))
                .map(|payment| (payment, shown.clone())),
        );
        let asked = shown.due_date.or(shown.issue_date).unwrap_or(came);
        if shown.money.is_some_and(is_owed) && within(asked) {
            unpaid.push(shown);
        }
    }
    if paid.is_empty() && unpaid.is_empty() {
        return Ok(None);
    }
    paid.sort_by_key(|(payment, _)| Reverse(payment.on));
    let sums = paid_sums(&paid.iter().map(|(payment, _)| *payment).collect::<Vec<_>>());
    let payments: Vec<_> = paid.iter().map(answered).collect();
    let of_year = |(year, sums)| AnsweredYear {
        year,
        sums,
        payments: payments.iter().filter(|one| one.on.year() == year).cloned().collect(),
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let unpaid_total = count(unpaid.len());
    unpaid.truncate(UNPAID);
    Ok(Some(PaymentsAnswer {
        about: about.print(language),
        last: payments.first().cloned(),
        years: sums.years.into_iter().map(of_year).collect(),
        sums: sums.all,
        count: count(payments.len()),
        unpaid,
        unpaid_total,
        more,
    }))
}

fn answered((payment, document): &(Paid, DocumentRow)) -> AnsweredPayment {
    AnsweredPayment {
        on: payment.on,
        amount: payment.amount,
        how: payment.how,
        document: document.id,
        title: document.title.clone(),
        correspondent: document.correspondent.clone(),
    }
}

/// Is money to be paid, or may it have been?
fn is_owed(money: MoneyState) -> bool {
    match money {
        MoneyState::ToPay { .. }
        | MoneyState::PartPaid { .. }
        | MoneyState::WillBeDebited { .. }
        | MoneyState::ShouldBeDebited { .. }
        | MoneyState::WasDue { .. } => true,
        MoneyState::Paid { .. }
        | MoneyState::Comes { .. }
        | MoneyState::ShouldHaveCome { .. }
        | MoneyState::Came { .. }
        | MoneyState::NotNeeded
        | MoneyState::Stated { .. } => false,
    }
}
