//! From a document to tasks. Pure: same document, preferences and instant give the same effects.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::tasks::deadlines::{Deadline, deadlines};
use crate::{Currency, Derivation, Document, DocumentKind, Field, Money, Preferences, TaskKind, Value, today};

/// A task to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// What sort of thing.
    pub kind: TaskKind,
    /// What it is about: the title of the document, with which of how many it is where several are alike.
    pub title: String,
    /// The day to act on.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day.
    pub latest: Option<NaiveDate>,
    /// The date was proposed, not read.
    pub assumed: bool,
    /// How much.
    pub amount: Option<Money>,
    /// Who gets the money.
    pub payee: Option<String>,
    /// Id of the deadline rule.
    pub rule: Option<String>,
    /// How the date was worked out.
    pub why: String,
    /// Ids of the first steps.
    pub steps: Vec<String>,
    /// How the date was worked out, step by step.
    pub derivation: Option<Derivation>,
}

/// What follows from a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make a task.
    AddTask(Box<NewTask>),
    /// The letter is older than its own deadlines: file it quietly and ask once.
    FileAsStale,
}

/// What to do with a letter whose deadlines have all passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaleLetters {
    /// It just came in: file it quietly and ask once. Kinds that must never pass as harmless are planned all the same.
    FileQuietly,
    /// A person has looked at it and wants its tasks.
    PlanAnyway,
}

/// A payment that was due at most so many days ago is still asked for when its letter comes in: a reminder takes about as long.
const LATE_DAYS: i64 = 30;

/// What follows from `document`, seen from `now`.
pub fn plan(
    document: &Document,
    preferences: &Preferences,
    now: DateTime<Utc>,
    stale_letters: StaleLetters,
) -> Vec<Effect> {
    let today = today(now, preferences.zone);
    let found = deadlines(document, preferences, today);
    let tasks = || found.iter().filter(|deadline| deadline.task.is_some());
    let last = tasks().filter_map(last_day).max();
    let may_be_filed = stale_letters == StaleLetters::FileQuietly && !document.kind.is_alarming();
    // What was to be paid a short while ago is late, and nobody has been reminded of it yet.
    let is_late = |deadline: &Deadline| {
        deadline.task == Some(TaskKind::Pay)
            && last_day(deadline).is_some_and(|last| (today - last).num_days() <= LATE_DAYS)
    };
    if may_be_filed && last.is_some_and(|last| last < today) && !tasks().any(is_late) {
        return vec![Effect::FileAsStale];
    }
    // A right that ended before the letter came in is nothing to do any more, whatever else of the letter still is.
    let is_lost = |task, deadline: &Deadline| {
        may_be_filed
            && matches!(task, TaskKind::Object | TaskKind::Attend | TaskKind::PickUp | TaskKind::Redeem)
            && last_day(deadline).is_some_and(|last| last < today)
    };
    let planned = found.iter().filter_map(|deadline| {
        let task = deadline.task.filter(|&task| !is_lost(task, deadline))?;
        let mut new = planned(document, task, deadline);
        // Of what is paid as well the amount stands there; what is objected to in a fine is its amount.
        let of_fine = document.kind == DocumentKind::Fine;
        if task == TaskKind::Object && !of_fine && tasks().any(|other| other.task == Some(TaskKind::Pay)) {
            new.amount = deadline.amount.and(new.amount);
        }
        Some(new)
    });
    let mut planned: Vec<NewTask> = planned.collect();
    tell_apart(&mut planned);
    planned.into_iter().map(|new| Effect::AddTask(Box::new(new))).collect()
}

/// Several tasks of one kind, such as instalments, say which of how many they are.
fn tell_apart(planned: &mut [NewTask]) {
    let kinds: Vec<TaskKind> = planned.iter().map(|task| task.kind).collect();
    for (at, task) in planned.iter_mut().enumerate() {
        let alike = |kinds: &[TaskKind]| kinds.iter().filter(|kind| **kind == task.kind).count();
        let (all, before) = (alike(&kinds), alike(kinds.get(..at).unwrap_or_default()));
        if all > 1 {
            task.title = format!("{} ({}/{all})", task.title, before + 1);
        }
    }
}

fn last_day(deadline: &Deadline) -> Option<NaiveDate> {
    deadline.latest().max(deadline.safe())
}

fn planned(document: &Document, kind: TaskKind, deadline: &Deadline) -> NewTask {
    let asked = match kind {
        TaskKind::Pay | TaskKind::CheckDebit | TaskKind::ExpectMoney => document.to_pay(),
        // What is ordered to pay is what one objects to.
        TaskKind::Object => document.to_pay().filter(|_| document.kind.is_alarming()),
        TaskKind::CancelOrKeep => document.fact(Field::TotalGross),
        // What is to be paid on the spot.
        TaskKind::PickUp => document.likely(Field::AmountDue),
        TaskKind::Attend
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => None,
    };
    let amount = deadline
        .amount
        .or_else(|| asked.and_then(|fact| fact.value.amount()))
        .map(|amount| Money { amount: amount.abs(), currency: currency(document) });
    let payee = (kind == TaskKind::Pay)
        .then(|| document.text(Field::PayeeName).or_else(|| document.text(Field::SellerName)))
        .flatten();
    NewTask {
        kind,
        title: document.title.clone(),
        due: deadline.safe(),
        due_time: deadline.time,
        latest: deadline.latest(),
        assumed: deadline.is_assumed(),
        amount,
        payee,
        rule: Some(deadline.rule.to_owned()),
        why: deadline.derivation.why(),
        steps: steps(document.kind, kind, deadline.rule).iter().map(|&step| step.to_owned()).collect(),
        derivation: Some(deadline.derivation.clone()),
    }
}

fn currency(document: &Document) -> Currency {
    match document.fact(Field::Currency).map(|fact| &fact.value) {
        Some(Value::Currency(currency)) => *currency,
        Some(_) | None => Currency::EUR,
    }
}

/// Ids of the first steps; each takes two minutes at most, and the interface has the texts.
fn steps(document: DocumentKind, task: TaskKind, rule: &str) -> &'static [&'static str] {
    match (task, rule) {
        (TaskKind::Pay, _) if document == DocumentKind::Dunning => &["check_already_paid", "transfer", "keep_proof"],
        (TaskKind::Pay, _) => &["open_bank", "transfer"],
        (TaskKind::CheckDebit, _) => &["check_balance"],
        (TaskKind::Object, "court_order" | "enforcement_order") => {
            &["find_envelope", "compare_claim", "fill_objection_form", "send_with_proof"]
        }
        (TaskKind::Object, "hearing") => &["note_what_happened", "answer_or_stay_silent", "send_with_proof"],
        (TaskKind::Object, "withdrawal") => &["decide_to_keep", "write_withdrawal", "send_with_proof"],
        (TaskKind::Object, "inheritance") => &["decide_to_keep", "call_advice", "book_appointment"],
        (TaskKind::Object, "dismissal") => &["find_envelope", "call_advice", "register_as_job_seeker"],
        (TaskKind::Object, _) => &["find_envelope", "write_objection", "send_with_proof"],
        (TaskKind::Attend, _) => &["note_date", "pack_papers"],
        (TaskKind::ExpectMoney, _) => &["check_account"],
        (TaskKind::CancelOrKeep, _) => &["decide_to_keep", "compare_offers", "write_cancellation", "send_with_proof"],
        (TaskKind::PickUp, _) => &["pack_id_card", "fetch"],
        (TaskKind::Redeem, _) => &["pack_prescription", "go_to_pharmacy"],
        (TaskKind::Renew, _) => &["book_appointment", "gather_papers"],
        (TaskKind::Maintain, _) => &["call_for_appointment"],
        (TaskKind::AwaitConfirmation | TaskKind::Other, _) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, noon};

    fn bill() -> Document {
        letter(
            DocumentKind::Invoice,
            &[
                (Field::SellerName, "Stadtwerke Musterstadt GmbH"),
                (Field::AmountDue, "84,20"),
                (Field::Currency, "EUR"),
                (Field::DueDate, "12.12.2026"),
            ],
        )
    }

    fn tasks(effects: Vec<Effect>) -> Vec<NewTask> {
        let task = |effect| if let Effect::AddTask(planned) = effect { Some(*planned) } else { None };
        effects.into_iter().filter_map(task).collect()
    }

    #[test]
    fn a_bill_becomes_one_task_with_amount_payee_and_first_step() {
        let planned = tasks(plan(&bill(), &Preferences::default(), noon("2026-11-20"), StaleLetters::FileQuietly));
        let [task] = planned.as_slice() else { panic!("one task, not {planned:?}") };
        assert_eq!(task.kind, TaskKind::Pay);
        assert_eq!(task.amount.map(|money| money.to_string()).as_deref(), Some("84.20 EUR"));
        assert_eq!(task.payee.as_deref(), Some("Stadtwerke Musterstadt GmbH"));
        // 12 December 2026 is a Saturday.
        assert_eq!((task.due, task.latest), ("2026-12-11".parse().ok(), "2026-12-14".parse().ok()));
        assert_eq!(task.steps.first().map(String::as_str), Some("open_bank"));
    }

    /// What follows from a letter that came in on 20 November 2026: kind, day and first step of each task, and when one
    /// is first reminded of it.
    fn follows(kind: DocumentKind, fields: &[(Field, &str)]) -> Vec<String> {
        use crate::{Remindable, ReminderOverrides, ReminderPattern, coming};
        let preferences = Preferences::default();
        let now = noon("2026-11-20");
        let line = |task: NewTask| {
            let pattern = ReminderPattern::of(task.kind, task.rule.as_deref());
            let (due, due_time) = (task.due, task.due_time);
            let remindable = Remindable {
                kind: task.kind,
                pattern,
                due,
                due_time,
                since: now,
                overrides: ReminderOverrides::default(),
            };
            let first = coming(&remindable, &[], &preferences, now)
                .first()
                .map(|reminder| today(reminder.slot, preferences.zone));
            let step = task.steps.first().map_or("-", String::as_str);
            format!("{} {} {step}, from {}", task.kind.as_str(), due.unwrap(), first.unwrap())
        };
        tasks(plan(&letter(kind, fields), &preferences, now, StaleLetters::FileQuietly)).into_iter().map(line).collect()
    }

    #[test]
    fn each_kind_of_letter_leads_to_its_task_and_is_asked_about_in_time() {
        use DocumentKind::*;
        use Field::{
            AmountDue, AppointmentStart, ContractStart, ExpiryDate, InitialTermMonths, IssueDate, NextDueDate,
        };
        use Field::{NoticePeriod, PostingOrLetterDate, TotalGross};
        let check =
            |kind, fields: &[(Field, &str)], expected: &[&str]| assert_eq!(follows(kind, fields), expected, "{kind:?}");
        let contract = [
            (IssueDate, "2026-11-18"),
            (ContractStart, "2026-12-01"),
            (InitialTermMonths, "24"),
            (NoticePeriod, "1 Monat"),
        ];
        check(Contract, &contract, &["cancel_or_keep 2028-10-27 decide_to_keep, from 2028-07-29"]);
        let insurance = [(ContractStart, "2026-12-01"), (NoticePeriod, "drei Monate")];
        check(InsurancePolicy, &insurance, &["cancel_or_keep 2027-08-27 decide_to_keep, from 2027-05-29"]);
        check(
            Appointment,
            &[(AppointmentStart, "2026-12-18T14:30")],
            &["attend 2026-12-18 note_date, from 2026-12-11"],
        );
        check(PickupNotice, &[(ExpiryDate, "2026-11-27")], &["pick_up 2026-11-27 pack_id_card, from 2026-11-20"]);
        check(Prescription, &[(IssueDate, "2026-11-19")], &["redeem 2026-12-17 pack_prescription, from 2026-12-10"]);
        check(
            MaintenanceReport,
            &[(NextDueDate, "2027-03-01")],
            &["maintain 2027-03-01 call_for_appointment, from 2027-02-01"],
        );
        check(TaxNotice, &[(PostingOrLetterDate, "2026-11-17")], &["object 2026-12-21 find_envelope, from 2026-12-14"]);
        check(
            CourtOrder,
            &[(PostingOrLetterDate, "2026-11-18")],
            &["object 2026-12-02 find_envelope, from 2026-11-25"],
        );
        check(
            CreditNote,
            &[(AmountDue, "50"), (IssueDate, "2026-11-18")],
            &["expect_money 2026-12-18 check_account, from 2026-12-15"],
        );
        // These are days to know, not tasks.
        check(Payslip, &[(IssueDate, "2026-10-31")], &[]);
        check(BankStatement, &[(IssueDate, "2026-10-31")], &[]);
        check(Receipt, &[(IssueDate, "2026-11-18"), (TotalGross, "80")], &[]);
    }

    #[test]
    fn old_post_is_filed_quietly_unless_a_person_wants_its_tasks_or_it_is_dangerous() {
        let (preferences, years_later) = (Preferences::default(), noon("2029-01-02"));
        assert_eq!(plan(&bill(), &preferences, years_later, StaleLetters::FileQuietly), [Effect::FileAsStale]);
        assert_eq!(tasks(plan(&bill(), &preferences, years_later, StaleLetters::PlanAnyway)).len(), 1);
        let order = letter(DocumentKind::CourtOrder, &[(Field::PostingOrLetterDate, "2026-11-02")]);
        assert_eq!(tasks(plan(&order, &preferences, years_later, StaleLetters::FileQuietly)).len(), 1);
    }

    #[test]
    fn what_was_due_a_short_while_ago_is_late_and_no_old_post() {
        let seen = |day| plan(&bill(), &Preferences::default(), noon(day), StaleLetters::FileQuietly);
        assert_eq!(tasks(seen("2026-12-24")).len(), 1, "ten days late");
        assert_eq!(seen("2027-02-01"), [Effect::FileAsStale]);
    }

    #[test]
    fn a_right_that_ended_before_the_letter_came_in_is_no_task_beside_what_is_still_to_come() {
        let contract = letter(
            DocumentKind::Contract,
            &[
                (Field::IssueDate, "2025-03-18"),
                (Field::WithdrawalPeriod, "binnen 14 Tagen"),
                (Field::ContractStart, "2025-04-01"),
                (Field::InitialTermMonths, "24"),
                (Field::NoticePeriod, "1 Monat"),
            ],
        );
        let kinds = |day, stale_letters| -> Vec<TaskKind> {
            let planned = tasks(plan(&contract, &Preferences::default(), noon(day), stale_letters));
            planned.iter().map(|task| task.kind).collect()
        };
        assert_eq!(kinds("2025-03-20", StaleLetters::FileQuietly), [TaskKind::CancelOrKeep, TaskKind::Object]);
        assert_eq!(kinds("2026-11-20", StaleLetters::FileQuietly), [TaskKind::CancelOrKeep]);
        // Who looks at it and wants its tasks gets all of them.
        assert_eq!(kinds("2026-11-20", StaleLetters::PlanAnyway), [TaskKind::CancelOrKeep, TaskKind::Object]);
    }
}
