//! Makes views from rows of the store.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    AppointmentDetails, Certainty, Currency, Document, DocumentId, DocumentState, Doubt, Fact, Field, Findings, Gate,
    Money, MoneyPaper, MoneyTask, Payment, Subject, Task, Warning, has_begun, money_of_tasks, money_state, open_amount,
    priority,
};
use store::{DocumentRow as Row, Read, StoreError, TaskFilter};

use crate::actions::appointments::appointment;
use crate::actions::reminders::comes_back;
use crate::actions::{cases, existing, filing, payment};
use crate::api::views::{
    AccountView, ArrivalView, CandidateView, DiscountView, DocumentRow, DocumentView, FactView, KnownDay, PageView,
    PaymentView, RelatedView, TaskView,
};
use crate::runtime::trash::gone_on;
use crate::runtime::{scheduler, second_reading};
use crate::{App, Failure};

/// The fields that are shown first, in this order; a missing one is shown only if it is wanted.
const FIRST: &[Field] = &[
    Field::SellerName,
    Field::AmountDue,
    Field::TotalGross,
    Field::DueDate,
    Field::DirectDebitDate,
    Field::AppointmentStart,
    Field::AppointmentPlace,
    Field::IssueDate,
    Field::InvoiceNumber,
    Field::Iban,
    Field::PaymentReference,
    Field::CustomerNumber,
];

/// What making views needs besides the rows.
pub(crate) struct ViewContext {
    pub(crate) preferences: domain::Preferences,
    pub(crate) today: NaiveDate,
    pub(crate) now: DateTime<Utc>,
}

impl ViewContext {
    /// The time on the person's clock.
    pub(crate) fn local_now(&self) -> NaiveDateTime {
        self.now.with_timezone(&self.preferences.zone).naive_local()
    }
}

impl App {
    pub(crate) fn view_context(&self) -> Result<ViewContext, Failure> {
        let settings = self.settings()?;
        Ok(ViewContext { preferences: settings.preferences()?, today: self.today(&settings)?, now: self.now() })
    }
}

pub(crate) fn document_row(context: &ViewContext, row: Row, trashed_at: Option<DateTime<Utc>>) -> DocumentRow {
    DocumentRow {
        id: row.id,
        file: row.file,
        title: row.title,
        kind: row.kind,
        state: row.state,
        correspondent: row.correspondent,
        issue_date: row.issue_date,
        due_date: row.due_date,
        next_day: row.next_day,
        amount: row.amount.map(|amount| Money { amount, currency: row.currency.unwrap_or(Currency::EUR) }),
        money: money_state(&row.paper, &row.money_tasks, context.now, context.preferences.zone),
        page_count: row.page_count,
        received_at: row.received_at,
        trashed_at,
        gone_on: trashed_at.map(|at| gone_on(at, context.preferences.zone)),
    }
}

pub(crate) fn document(
    r: &Read<'_>,
    context: &ViewContext,
    id: domain::DocumentId,
) -> Result<DocumentView, StoreError> {
    let document = existing::document(r, id)?;
    let findings = r.findings(&document.file)?.unwrap_or_default();
    let correspondent = document.correspondent.map(|id| r.correspondent(id)).transpose()?.flatten();
    let mut doubts = match (document.state, filing::gate(r, &document)?) {
        (DocumentState::Review, Gate::Review(doubts)) => doubts,
        (DocumentState::Review, Gate::Accept) | (DocumentState::Accepted | DocumentState::Stale, _) => Vec::new(),
    };
    if document.state == DocumentState::Review {
        doubts.extend(filing::would_change(r, &context.preferences, context.now, &document)?);
    }
    let sizes = r.page_sizes(&document.file)?;
    let mut pages = Vec::with_capacity(sizes.len());
    for (number, (width, height)) in (1..).zip(sizes) {
        let origin = r.page(&document.file, number)?.map_or(domain::PageOrigin::Empty, |page| page.origin);
        pages.push(PageView { number, width, height, origin });
    }
    let mut tasks = Vec::new();
    for task in r.tasks(TaskFilter::OfDocument(id))? {
        tasks.push(self::task(r, context, task)?);
    }
    let known_days = domain::deadlines::deadlines(&document, &context.preferences, context.today)
        .into_iter()
        .filter(|deadline| deadline.task.is_none())
        .filter_map(|deadline| {
            Some(KnownDay {
                day: deadline.safe()?,
                rule: deadline.rule.to_owned(),
                why: deadline.derivation.why(),
                source: source_of(deadline.rule).unwrap_or_default(),
            })
        })
        .collect();
    let currency = match document.fact(Field::Currency).map(|fact| &fact.value) {
        Some(domain::Value::Currency(currency)) => *currency,
        Some(_) | None => Currency::EUR,
    };
    let amount = document.worth().and_then(|fact| fact.value.amount()).map(|amount| Money { amount, currency });
    let paper = MoneyPaper::of(&document);
    let warnings = cases::warnings(r, &document, &findings.problems)?;
    let trashed_at = r.trashed_at(id)?;
    Ok(DocumentView {
        accounts: accounts(r, &document, &warnings)?,
        file_name: r.file_name(&document.file)?,
        row: DocumentRow {
            id,
            file: document.file.clone(),
            title: document.title.clone(),
            kind: document.kind,
            state: document.state,
            correspondent: correspondent.map(|known| known.name),
            issue_date: document.letter_date(),
            due_date: paper.due,
            next_day: tasks.iter().filter(|task| task.status.is_open()).filter_map(|task| task.due).min(),
            amount,
            money: money_state(&paper, &r.money_tasks(id)?, context.now, context.preferences.zone),
            page_count: u32::try_from(pages.len()).unwrap_or(u32::MAX),
            received_at: document.received_at,
            trashed_at,
            gone_on: trashed_at.map(|at| gone_on(at, context.preferences.zone)),
        },
        correspondent_id: document.correspondent,
        kind_confidence: document.kind_confidence,
        kinds: findings.kinds.clone(),
        pages,
        facts: facts(&document, &findings, &doubts),
        doubts,
        warnings,
        problems: findings.problems,
        tasks,
        known_days,
        arrivals: r
            .arrivals(&document.file)?
            .into_iter()
            .map(|note| ArrivalView { source: note.source, name: note.name, at: note.at })
            .collect(),
        related: related(r, id)?,
        came_with: r.came_with(&document.file)?,
        second_reading: second_reading::is_awaited(r, &document.file)?,
    })
}

fn related(r: &Read<'_>, id: DocumentId) -> Result<Vec<RelatedView>, StoreError> {
    let said = r.relations_of(id)?;
    let other_ids = r.case_of(id)?.into_iter().filter(|other| *other != id);
    let view = |other| {
        let document = existing::document(r, other)?;
        let between = said.iter().find(|pair| pair.document == other || pair.other == other);
        Ok(RelatedView {
            id: other,
            kind: document.kind,
            issue_date: document.letter_date(),
            relation: between.and_then(|pair| pair.relation),
            title: document.title,
        })
    };
    other_ids.map(view).collect()
}

fn facts(document: &Document, findings: &Findings, doubts: &[Doubt]) -> Vec<FactView> {
    let doubted = |field: Field| {
        doubts.iter().any(|doubt| match doubt {
            Doubt::Missing { field: other } | Doubt::Unsure { field: other } => *other == field,
            Doubt::Kind
            | Doubt::Alarming
            | Doubt::Picture { .. }
            | Doubt::SeveralLetters { .. }
            | Doubt::PageOrder
            | Doubt::FurtherPart { .. }
            | Doubt::TaskMoves { .. }
            | Doubt::TaskAmount { .. }
            | Doubt::TaskGoes { .. } => false,
        })
    };
    let rank = |field: Field| FIRST.iter().position(|first| *first == field).unwrap_or(FIRST.len());
    let mut fields: Vec<Field> =
        Field::ALL.iter().copied().filter(|field| document.fact(*field).is_some() || doubted(*field)).collect();
    fields.sort_by_key(|field| rank(*field));
    fields.into_iter().map(|field| fact(field, document.fact(field), findings, doubted(field))).collect()
}

fn fact(field: Field, chosen: Option<&Fact>, findings: &Findings, questioned: bool) -> FactView {
    let value = chosen.map(|fact| fact.value.plain());
    let mut candidates: Vec<CandidateView> = Vec::new();
    for other in findings.facts.iter().filter(|fact| fact.field == field) {
        let plain = other.value.plain();
        if value.as_ref() != Some(&plain) && candidates.iter().all(|known| known.value != plain) {
            candidates.push(CandidateView { value: plain, evidence: other.evidence.clone() });
        }
    }
    FactView {
        field,
        shape: field.shape(),
        value,
        confidence: chosen.map_or(0.0, |fact| fact.confidence),
        certain: chosen.is_some_and(|fact| fact.certain),
        certainty: chosen.map_or(Certainty::Question, |fact| fact.certainty(questioned)),
        questioned,
        origin: chosen.map(|fact| fact.origin),
        evidence: chosen.and_then(|fact| fact.evidence.clone()),
        checks: chosen.map(|fact| fact.checks.clone()).unwrap_or_default(),
        candidates,
    }
}

/// The accounts of a sender, where a warning is about them.
pub(crate) fn accounts(
    r: &Read<'_>,
    document: &Document,
    warnings: &[Warning],
) -> Result<Vec<AccountView>, StoreError> {
    if !warnings.contains(&Warning::ChangedAccount) {
        return Ok(Vec::new());
    }
    let named = cases::differing_accounts(r, document)?.into_iter();
    Ok(named
        .map(|cases::NamedAccount { iban, document, day, is_newer }| AccountView {
            iban: iban.to_string(),
            document,
            day,
            is_newer,
        })
        .collect())
}

/// Statute and section of a deadline rule.
fn source_of(rule: &str) -> Option<String> {
    domain::deadlines::rule(rule).map(|rule| rule.source().to_owned())
}

/// The best discount that still holds.
fn discount(task: &Task, document: Option<&Document>, payments: &[Payment], today: NaiveDate) -> Option<DiscountView> {
    let offered = payment::offered(task, document, payments).into_iter().filter(|_| task.status.is_open());
    let holding = offered.map(|one| DiscountView::on(&one, today)).filter(|one| one.holds);
    holding.min_by_key(|one| one.amount.amount)
}

pub(crate) fn task(r: &Read<'_>, context: &ViewContext, task: Task) -> Result<TaskView, StoreError> {
    let document = task.document.map(|id| r.document(id)).transpose()?.flatten();
    let text = |field| document.as_ref().and_then(|document| document.text(field));
    let details = r.task_details(task.id)?;
    let payments = r.payments(task.id)?;
    let AppointmentDetails { place, bring } = appointment(r, &task)?;
    let now = context.now.with_timezone(&context.preferences.zone).naive_local();
    let money = MoneyTask {
        kind: task.kind,
        status: task.status,
        due: task.due,
        latest: task.latest,
        amount: task.amount,
        ended: task.done_at,
        payments: payments.clone(),
    };
    Ok(TaskView {
        money: money_of_tasks(&[money], context.now, context.preferences.zone),
        next_reminder: scheduler::next_reminder(r, Subject::Task(task.id), &context.preferences, context.now)?
            .map(|next| next.slot),
        comes_back: comes_back(r, task.id, &context.preferences, context.now)?,
        days_left: task.due.and_then(|due| i32::try_from((due - context.today).num_days()).ok()),
        priority: priority(task.due, task.document_kind, task.amount.map(|money| money.amount), context.today)
            .overridden(details.urgency),
        checklist: r.task_steps(task.id)?,
        description: details.description,
        minutes: details.minutes,
        tags: details.tags,
        recurrence: details.recurrence,
        documents: details.documents,
        blocked: r.is_blocked(task.id)?,
        blocked_by: details.blocked_by,
        open_amount: task.amount.map(|amount| open_amount(amount, &payments)),
        discount: discount(&task, document.as_ref(), &payments, context.today),
        payments: payments
            .into_iter()
            .map(|Payment { id, amount, paid_on, how }| PaymentView { id, amount, paid_on, how })
            .collect(),
        place,
        bring,
        has_begun: has_begun(task.kind, task.due, task.due_time, now),
        iban: text(Field::Iban),
        reference: document.as_ref().map(|document| cases::reference(r, document)).transpose()?.flatten(),
        id: task.id,
        document: task.document,
        document_kind: task.document_kind,
        kind: task.kind,
        title: task.title,
        due: task.due,
        due_time: task.due_time,
        latest: task.latest,
        assumed: task.assumed,
        provisional: task.provisional,
        amount: task.amount,
        payee: task.payee,
        why: task.why,
        derivation: task.derivation,
        source: task.rule.as_deref().and_then(source_of),
        rule: task.rule,
        steps: task.steps,
        status: task.status,
        done_at: task.done_at,
        done_how: task.done_how,
    })
}
