//! What Today shows, and in which order.
//!
//! The rule:
//!
//! 1. The appointments of the day come first, by the hour. One whose hour has passed is nothing to act on any more.
//! 2. Everything else comes by the last day on which one can act. That is the safe day, or the day that a person has
//!    chosen; once it has passed, the latest legal day if there is one to come. What is late and can still be done, such
//!    as a bill, ends today. What has been late for [`LONG_LATE_DAYS`], and money that should have come, waits behind the rest
//!    of the week: one day more changes nothing, and it must not hide what can still be met.
//! 3. A letter is one card. Its last day is the earliest one of its tasks; it begins with the most important of those that end
//!    within [`TIE_DAYS`] of that day, and is as important as that one. Its other tasks are on the same card.
//! 4. Of cards whose last days lie within [`TIE_DAYS`] of each other, the more important one comes first: next comes always the
//!    most important one of those that end within three days of the earliest one left. So nothing stands before a card that
//!    ends more than three days sooner, and of two neighbours within three days the more important one stands first.
//! 5. More important is the more pressing word of its [priority](crate::priority()); then what can still be met in time;
//!    then the higher score; then the nearer day.
//! 6. What ends in more than [`CARD_DAYS`] is no card, and what has no day is none.
//! 7. A right that has ended, such as that to object or to leave a contract, is nothing to do any more, and neither is a debit
//!    whose day has passed ([`ended_by_calendar`]); the end of a contract that somebody has begun with is none either.
//! 8. A confirmation that should come is no card before its day: until then there is nothing to do but wait.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::{DocumentId, DoneHow, NewTask, Priority, ShiftDay as _, TaskId, TaskKind, TaskStatus};

/// Importance breaks ties among tasks whose last days lie at most so many days apart.
pub const TIE_DAYS: u64 = 3;
/// What ends later than so many days from today is no card.
pub const CARD_DAYS: u64 = 7;
/// What was due so many days ago waits behind the rest of the week.
pub const LONG_LATE_DAYS: i64 = 90;
/// Where the law's last day is not known, a right counts as ended so many days after the safe day.
const UNKNOWN_LATEST_DAYS: u64 = 30;

/// What the order of Today depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodayTask {
    /// Which task.
    pub id: TaskId,
    /// The letter it came from.
    pub document: Option<DocumentId>,
    /// What sort of thing.
    pub kind: TaskKind,
    /// Id of its deadline rule; none for what a person has written down.
    pub rule: Option<String>,
    /// Where it stands.
    pub status: TaskStatus,
    /// The safe day, or the one a person has chosen.
    pub due: Option<NaiveDate>,
    /// Time of that day.
    pub due_time: Option<NaiveTime>,
    /// The latest legal day.
    pub latest: Option<NaiveDate>,
    /// How important it is on this day.
    pub priority: Priority,
}

/// How a task that follows from a letter has ended by the calendar alone, without anybody doing anything; none while it has
/// not, for what somebody has begun, and for what a person has written down.
///
/// A right ends that nobody has begun to use: to object, to sue, to withdraw, to leave a contract. Where the law's last day is
/// not known, it is taken to be later, since the day on the envelope may give more time. A court payment order can be objected
/// to until the enforcement order is made (ZPO § 694 (1)), so that right does not end by the calendar. For a debit nothing can be
/// prepared once its day has passed.
pub fn ended_by_calendar(task: &TodayTask, today: NaiveDate) -> Option<(TaskStatus, DoneHow)> {
    let rule = task.rule.as_deref().filter(|_| task.status == TaskStatus::Open)?;
    calendar_ends(task.kind, rule, task.due, task.latest, today)
}

/// Is a task that would be made over at once: by the calendar, or because its appointment has begun?
pub fn is_over(new: &NewTask, now: NaiveDateTime) -> bool {
    let rule = new.rule.as_deref();
    let has_ended = rule.and_then(|rule| calendar_ends(new.kind, rule, new.due, new.latest, now.date())).is_some();
    has_ended || has_begun(new.kind, new.due, new.due_time, now)
}

/// The last day of a right or a debit.
pub fn ends_on(kind: TaskKind, due: Option<NaiveDate>, latest: Option<NaiveDate>) -> Option<NaiveDate> {
    match (due, latest) {
        (due, Some(latest)) => Some(due.map_or(latest, |due| due.max(latest))),
        (due, None) if kind == TaskKind::Object => due.map(|due| due.plus_days(UNKNOWN_LATEST_DAYS)),
        (due, None) => due,
    }
}

fn calendar_ends(
    kind: TaskKind,
    rule: &str,
    due: Option<NaiveDate>,
    latest: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<(TaskStatus, DoneHow)> {
    let last = ends_on(kind, due, latest);
    let how = match kind {
        TaskKind::Object if rule != "court_order" => (TaskStatus::Cancelled, DoneHow::Lapsed),
        TaskKind::CancelOrKeep => (TaskStatus::Cancelled, DoneHow::Lapsed),
        TaskKind::CheckDebit => (TaskStatus::Done, DoneHow::Debited),
        TaskKind::Object
        | TaskKind::Pay
        | TaskKind::Attend
        | TaskKind::PickUp
        | TaskKind::Redeem
        | TaskKind::Renew
        | TaskKind::Maintain
        | TaskKind::ExpectMoney
        | TaskKind::AwaitConfirmation
        | TaskKind::Other => return None,
    };
    last.is_some_and(|last| last < today).then_some(how)
}

/// Has an appointment begun, so that it can no longer be gone to in time? One without an hour lasts all day.
pub fn has_begun(kind: TaskKind, due: Option<NaiveDate>, due_time: Option<NaiveTime>, now: NaiveDateTime) -> bool {
    let end_of_day = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
    kind == TaskKind::Attend && due.is_some_and(|due| due.and_time(due_time.unwrap_or(end_of_day)) < now)
}

/// The last day on which one can act, seen from `now`; none for what has no day, or cannot be acted on any more.
pub fn last_day(task: &TodayTask, now: NaiveDateTime) -> Option<NaiveDate> {
    let (due, today) = (task.due?, now.date());
    let is_early = task.kind == TaskKind::AwaitConfirmation && due > today;
    // Nobody can leave a contract any more once its last day has passed, whatever was begun.
    let is_too_late =
        task.kind == TaskKind::CancelOrKeep && task.rule.is_some() && due.max(task.latest.unwrap_or(due)) < today;
    if is_early
        || is_too_late
        || has_begun(task.kind, task.due, task.due_time, now)
        || ended_by_calendar(task, today).is_some()
    {
        None
    } else if due >= today {
        Some(due)
    } else if let Some(latest) = task.latest.filter(|latest| *latest >= today) {
        Some(latest)
    } else if task.kind == TaskKind::ExpectMoney || (today - due).num_days() > LONG_LATE_DAYS {
        Some(today.plus_days(CARD_DAYS))
    } else {
        Some(today)
    }
}

/// The cards of Today in their order, each with its tasks: the first is the one to begin with. Of what is alike, the order of
/// `tasks` stays.
pub fn today_order(tasks: &[TodayTask], now: NaiveDateTime) -> Vec<Vec<TaskId>> {
    let today = now.date();
    let dated = tasks.iter().filter_map(|task| Some(Dated { last: last_day(task, now)?, task }));
    let cards = cards_of_letters(dated.filter(|dated| dated.last <= today.plus_days(CARD_DAYS)), today);
    let (mut appointments, mut others): (Vec<Card<'_>>, Vec<_>) =
        cards.into_iter().partition(|card| is_of_today(&card.first, today));
    appointments.sort_by_key(|card| card.first.task.due_time);
    others.sort_by_key(|card| card.last);
    let others = by_last_day(&others, |card| card.last, |card| importance(card.first.task, today));
    let ids = |card: &Card<'_>| {
        std::iter::once(card.first.task.id).chain(card.others.iter().map(|other| other.task.id)).collect()
    };
    appointments.iter().chain(others).map(ids).collect()
}

/// A task with the last day on which one can act.
struct Dated<'a> {
    last: NaiveDate,
    task: &'a TodayTask,
}

/// What is to be done about a letter.
struct Card<'a> {
    last: NaiveDate,
    first: Dated<'a>,
    others: Vec<Dated<'a>>,
}

/// Is it an appointment of the day?
fn is_of_today(dated: &Dated<'_>, today: NaiveDate) -> bool {
    dated.task.kind == TaskKind::Attend && dated.last == today
}

fn cards_of_letters<'a>(tasks: impl Iterator<Item = Dated<'a>>, today: NaiveDate) -> Vec<Card<'a>> {
    let mut cards: Vec<Vec<Dated<'a>>> = Vec::new();
    let mut of_letter: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for dated in tasks {
        let place = dated.task.document.map(|letter| *of_letter.entry(letter).or_insert(cards.len()));
        match place.and_then(|place| cards.get_mut(place)) {
            Some(card) => card.push(dated),
            None => cards.push(vec![dated]),
        }
    }
    cards.into_iter().filter_map(|tasks| card(tasks, today)).collect()
}

/// The card of a letter's tasks. One with an appointment of the day begins with that.
fn card(mut tasks: Vec<Dated<'_>>, today: NaiveDate) -> Option<Card<'_>> {
    let last = tasks.iter().map(|dated| dated.last).min()?;
    tasks.sort_by_key(|dated| {
        let appointment = is_of_today(dated, today).then_some(dated.task.due_time);
        let in_tie = dated.last <= last.plus_days(TIE_DAYS);
        let weight = in_tie.then(|| Reverse(importance(dated.task, today)));
        (appointment.is_none(), appointment, !in_tie, weight, dated.last)
    });
    let others = tasks.split_off(1);
    tasks.pop().map(|first| Card { last, first, others })
}

/// Takes again and again the most important one of those that end within [`TIE_DAYS`] of the earliest one left. They are
/// sorted by their last day.
fn by_last_day<T, I: Ord>(
    sorted: &[T],
    last_day: impl Fn(&T) -> NaiveDate,
    importance: impl Fn(&T) -> I,
) -> impl Iterator<Item = &T> {
    let mut taken = vec![false; sorted.len()];
    let (mut earliest, mut tie, mut in_tie) = (0_usize, BinaryHeap::new(), 0_usize);
    std::iter::from_fn(move || {
        let until = last_day(sorted.get(earliest)?).plus_days(TIE_DAYS);
        while let Some(one) = sorted.get(in_tie).filter(|one| last_day(one) <= until) {
            tie.push((importance(one), Reverse(in_tie)));
            in_tie = in_tie.saturating_add(1);
        }
        let (_, Reverse(chosen)) = tie.pop()?;
        *taken.get_mut(chosen)? = true;
        while taken.get(earliest) == Some(&true) {
            earliest = earliest.saturating_add(1);
        }
        sorted.get(chosen)
    })
}

/// Greater is more important.
fn importance(task: &TodayTask, today: NaiveDate) -> impl Ord + use<> {
    let distance = task.due.map(|due| (due - today).num_days().unsigned_abs());
    let can_be_met = task.due.max(task.latest) >= Some(today);
    (task.priority.urgency, can_be_met, task.priority.score, Reverse(distance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::CountingIds;
    use crate::{DocumentKind, Urgency, priority};
    use proptest::prelude::*;

    fn now() -> NaiveDateTime {
        "2026-11-20T12:00:00".parse().unwrap()
    }

    fn in_days(days: i64) -> NaiveDate {
        now().date() + chrono::Duration::days(days)
    }

    /// A task of a letter of this kind, due in so many days.
    fn task(ids: &CountingIds, kind: TaskKind, letter: DocumentKind, days: i64) -> TodayTask {
        let due = Some(in_days(days));
        TodayTask {
            id: TaskId::new(ids),
            document: None,
            kind,
            rule: Some("authority_objection".to_owned()),
            status: TaskStatus::Open,
            due,
            due_time: None,
            latest: None,
            priority: priority(due, Some(letter), None, now().date()),
        }
    }

    /// The first tasks of the cards, by their places in `tasks`.
    fn order(tasks: &[TodayTask]) -> Vec<Vec<usize>> {
        let place = |id: &TaskId| tasks.iter().position(|task| task.id == *id).unwrap();
        today_order(tasks, now()).iter().map(|card| card.iter().map(place).collect()).collect()
    }

    #[test]
    fn a_tax_notice_in_four_weeks_never_stands_before_a_bill_in_three_days() {
        let ids = CountingIds::default();
        let tax = |days| task(&ids, TaskKind::Object, DocumentKind::TaxNotice, days);
        let bill = |days| task(&ids, TaskKind::Pay, DocumentKind::Invoice, days);
        assert_eq!(order(&[tax(28), bill(3)]), [[1]], "farther than a week is no card");
        assert_eq!(order(&[tax(7), bill(3)]), [[1], [0]], "four days apart");
        assert_eq!(order(&[bill(3), tax(6)]), [[1], [0]], "importance breaks the tie of three days");
        assert_eq!(order(&[tax(3), bill(0)]), [[1], [0]], "today is more important than in three days");
    }

    #[test]
    fn the_appointments_of_the_day_come_first_by_the_hour_and_past_ones_not_at_all() {
        let ids = CountingIds::default();
        let at = |days, hour: &str| TodayTask {
            due_time: hour.parse().ok(),
            ..task(&ids, TaskKind::Attend, DocumentKind::Appointment, days)
        };
        let fine = task(&ids, TaskKind::Pay, DocumentKind::Fine, 0);
        let tasks = [fine, at(0, "18:30:00"), at(0, "07:45:00"), at(0, "14:00:00"), at(-1, "14:00:00"), at(0, "")];
        assert_eq!(order(&tasks), [[5], [3], [1], [0]]);
    }

    #[test]
    fn objection_and_payment_of_one_notice_are_one_card() {
        let ids = CountingIds::default();
        let letter = Some(DocumentId::new(&ids));
        let of = |kind, days| TodayTask { document: letter, ..task(&ids, kind, DocumentKind::TaxNotice, days) };
        let tasks = [
            of(TaskKind::Object, 6),
            task(&ids, TaskKind::Pay, DocumentKind::Invoice, 1),
            of(TaskKind::Pay, 2),
            task(&ids, TaskKind::Pay, DocumentKind::Invoice, 4),
        ];
        assert_eq!(order(&tasks), [vec![2, 0], vec![1], vec![3]]);
        // Within three days the more important of the two is the one to begin with.
        let tasks = [of(TaskKind::Object, 3), of(TaskKind::Pay, 1)];
        assert_eq!(order(&tasks), [[1, 0]]);
    }

    #[test]
    fn a_right_that_has_ended_is_no_card_and_one_whose_last_day_is_unknown_is_for_a_while() {
        let ids = CountingIds::default();
        let objection = |due, latest: Option<i64>| TodayTask {
            latest: latest.map(in_days),
            ..task(&ids, TaskKind::Object, DocumentKind::CourtOrder, due)
        };
        let shown = |due, latest| !order(&[objection(due, latest)]).is_empty();
        assert!(shown(-1, Some(0)), "the latest day is still to come");
        assert!(!shown(-2, Some(-1)));
        assert!(shown(-2, None), "the day on the envelope may give more time");
        assert!(!shown(-31, None));
        assert!(shown(1, Some(-1)), "a person has moved it");
        let ended = objection(-2, Some(-1));
        let still_there = |task: TodayTask| !order(&[task]).is_empty();
        assert!(still_there(TodayTask { status: TaskStatus::InProgress, ..ended.clone() }), "somebody has begun");
        assert!(still_there(TodayTask { rule: Some("court_order".to_owned()), ..ended.clone() }), "ZPO § 694 (1)");
        assert!(still_there(TodayTask { rule: None, ..ended }), "what a person has written down does not go by itself");
    }

    #[test]
    fn a_debit_whose_day_has_passed_is_nothing_to_prepare_any_more() {
        let ids = CountingIds::default();
        let debit = |days| TodayTask {
            latest: Some(in_days(days + 1)),
            ..task(&ids, TaskKind::CheckDebit, DocumentKind::Invoice, days)
        };
        assert_eq!(order(&[debit(-1), debit(-2)]), [[0]], "the first is debited today");
        let ended = ended_by_calendar(&debit(-2), now().date());
        assert_eq!(ended, Some((TaskStatus::Done, DoneHow::Debited)));
        assert_eq!(ended_by_calendar(&TodayTask { rule: None, ..debit(-2) }, now().date()), None);
    }

    #[test]
    fn what_is_late_can_still_be_paid_but_what_is_late_for_long_hides_nothing() {
        let ids = CountingIds::default();
        let bill = |days| task(&ids, TaskKind::Pay, DocumentKind::Invoice, days);
        assert_eq!(order(&[bill(3), bill(-5), bill(-400), bill(-1)]), [[3], [1], [0], [2]]);
        // Between what was missed and what can be met still, importance being the same.
        let fine = |days| task(&ids, TaskKind::Pay, DocumentKind::Fine, days);
        assert_eq!(order(&[fine(-1), fine(0)]), [[1], [0]]);
    }

    #[test]
    fn what_a_person_finds_pressing_breaks_ties_only() {
        let ids = CountingIds::default();
        let chosen = |days| {
            let task = task(&ids, TaskKind::Other, DocumentKind::Letter, days);
            TodayTask { priority: task.priority.clone().overridden(Some(Urgency::Critical)), ..task }
        };
        let plain = |days| task(&ids, TaskKind::Other, DocumentKind::Letter, days);
        assert_eq!(order(&[plain(1), chosen(4)]), [[1], [0]]);
        assert_eq!(order(&[plain(1), chosen(5)]), [[0], [1]]);
    }

    fn any_tasks() -> impl Strategy<Value = Vec<TodayTask>> {
        let kinds = prop::sample::select(TaskKind::ALL);
        let letters = prop::sample::select(vec![
            DocumentKind::Invoice,
            DocumentKind::TaxNotice,
            DocumentKind::Fine,
            DocumentKind::Letter,
            DocumentKind::Dunning,
        ]);
        let one = (kinds, letters, -120_i64..40, 0_i64..12, 0_u32..24, 0_u64..6, any::<bool>());
        prop::collection::vec(one, 0..30).prop_map(|list| {
            let ids = CountingIds::default();
            let documents: Vec<DocumentId> = (0..6).map(|_| DocumentId::new(&ids)).collect();
            let make = |(kind, letter, days, later, hour, document, of_letter): (_, _, i64, i64, u32, u64, bool)| {
                let mut task = task(&ids, kind, letter, days);
                task.latest = (later > 0).then(|| in_days(days + later));
                task.due_time = NaiveTime::from_hms_opt(hour, 0, 0).filter(|_| kind == TaskKind::Attend);
                task.document = documents.get(usize::try_from(document).unwrap()).copied().filter(|_| of_letter);
                task
            };
            list.into_iter().map(make).collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_keeps_its_rule(tasks in any_tasks()) {
            let cards = today_order(&tasks, now());
            let find = |id: &TaskId| tasks.iter().find(|task| task.id == *id).unwrap();
            let firsts: Vec<&TodayTask> = cards.iter().map(|card| find(&card[0])).collect();
            let last = |task: &TodayTask| last_day(task, now()).unwrap();
            let first_hour = |task: &TodayTask| task.kind == TaskKind::Attend && last(task) == now().date();

            // Every task that ends within a week is on one card, and no other.
            let mut shown: Vec<TaskId> = cards.iter().flatten().copied().collect();
            shown.sort_unstable();
            let mut expected: Vec<TaskId> = tasks.iter().filter(|task| last_day(task, now()).is_some_and(|last| last <= in_days(7))).map(|task| task.id).collect();
            expected.sort_unstable();
            prop_assert_eq!(shown, expected);

            // A letter has one card, and a card one letter.
            let letters: Vec<DocumentId> = firsts.iter().filter_map(|task| task.document).collect();
            let different: std::collections::BTreeSet<DocumentId> = letters.iter().copied().collect();
            prop_assert_eq!(letters.len(), different.len());
            prop_assert!(cards.iter().all(|card| card.len() == 1 || card.iter().all(|id| find(id).document == find(&card[0]).document)));

            // Appointments of the day by the hour, then the rest; nothing before what ends more than three days sooner.
            let appointments = firsts.iter().take_while(|task| first_hour(task)).count();
            prop_assert!(firsts[..appointments].is_sorted_by_key(|task| task.due_time));
            prop_assert!(!firsts[appointments..].iter().any(|task| first_hour(task)));
            let ends: Vec<NaiveDate> = cards.iter().map(|card| card.iter().map(|id| last(find(id))).min().unwrap()).collect();
            for later in appointments..firsts.len() {
                for sooner in appointments..later {
                    prop_assert!(ends[sooner] <= ends[later] + chrono::Duration::days(3));
                    // Earlier in spite of a later end: then it is the more important one.
                    let outweighs = importance(firsts[sooner], now().date()) > importance(firsts[later], now().date());
                    prop_assert!(ends[sooner] <= ends[later] || outweighs);
                }
            }
        }
    }
}
