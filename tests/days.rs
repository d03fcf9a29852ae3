//! Made-up days, and the rule of Today's order in other words than those of the program (`domain::today_order`): what a person
//! would check on a list, line by line, knowing nothing of how it was made.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use domain::{DocumentId, DocumentKind, Ids, TaskId, TaskKind, TaskStatus, TodayTask, Urgency, priority};
use uuid::Uuid;

use crate::lives::Chance;

/// A day with its open tasks.
pub struct MadeUpDay {
    /// The hour at which somebody looks at Today.
    pub now: NaiveDateTime,
    /// What is open then.
    pub tasks: Vec<TodayTask>,
}

/// A card as a person sees it.
struct Seen<'a> {
    first: &'a TodayTask,
    ends: NaiveDate,
    weight: (u8, bool, u32, i64),
    /// Of an appointment of the day; none in it where that has no hour.
    hour: Option<Option<NaiveTime>>,
}

/// Ids by chance.
struct IdsByChance(std::sync::Mutex<Chance>);

impl Ids for IdsByChance {
    fn uuid(&self) -> Uuid {
        let mut chance = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::from_u64_pair(chance.next(), chance.next())
    }
}

/// What a letter of this kind asks for.
const LETTERS: [(DocumentKind, &[(TaskKind, &str)]); 10] = [
    (DocumentKind::Invoice, &[(TaskKind::Pay, "payment")]),
    (DocumentKind::Dunning, &[(TaskKind::Pay, "dunning")]),
    (DocumentKind::TaxNotice, &[(TaskKind::Object, "tax_objection"), (TaskKind::Pay, "payment")]),
    (DocumentKind::Fine, &[(TaskKind::Object, "fine"), (TaskKind::Pay, "payment")]),
    (DocumentKind::AuthorityLetter, &[(TaskKind::Object, "authority_objection"), (TaskKind::Other, "response")]),
    (DocumentKind::CourtOrder, &[(TaskKind::Object, "court_order")]),
    (DocumentKind::Appointment, &[(TaskKind::Attend, "appointment")]),
    (DocumentKind::Contract, &[(TaskKind::CancelOrKeep, "contract"), (TaskKind::Object, "withdrawal")]),
    (DocumentKind::PickupNotice, &[(TaskKind::PickUp, "pickup")]),
    (DocumentKind::CreditNote, &[(TaskKind::ExpectMoney, "expected_money")]),
];

impl MadeUpDay {
    /// The day of this seed: up to thirty letters and own tasks, late, of this week and far ahead.
    pub fn of(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let ids = IdsByChance(std::sync::Mutex::new(Chance::new(!seed)));
        let midnight = NaiveDate::default().and_time(NaiveTime::MIN) + chance.days(18_000, 25_000);
        let now = midnight + Duration::minutes(i64::try_from(chance.below(24 * 60)).unwrap_or_default());
        let mut tasks = Vec::new();
        for _ in 0..1 + chance.below(30) {
            let own: &[(TaskKind, &str)] = &[(TaskKind::Other, "")];
            let (letter, asked) = match chance.below(LETTERS.len() as u64 + 2) {
                kind if kind < LETTERS.len() as u64 => {
                    let (kind, asked) = LETTERS[usize::try_from(kind).unwrap_or_default()];
                    (Some((kind, DocumentId::new(&ids))), asked)
                }
                _ => (None, own),
            };
            for (kind, rule) in asked {
                tasks.push(task(&mut chance, &ids, now, letter, *kind, rule));
            }
        }
        Self { now, tasks }
    }

    /// What is wrong with these cards of the day, in words.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, cards: &[Vec<TaskId>]) -> Result<(), String> {
        let today = self.now.date();
        let find = |id: &TaskId| self.tasks.iter().find(|task| task.id == *id).ok_or("a task that is not there");
        let ends = |task: &TodayTask| self.ends(task);
        let mut shown = BTreeSet::new();
        let mut letters = BTreeSet::new();
        for card in cards {
            let first = find(card.first().ok_or("a card with nothing on it")?)?;
            if first.document.is_some_and(|letter| !letters.insert(letter)) {
                return Err(format!("two cards of one letter: {first:?}"));
            }
            for id in card {
                let task = find(id)?;
                if task.document != first.document || (card.len() > 1 && task.document.is_none()) {
                    return Err(format!("two letters on one card: {task:?}"));
                }
                if !shown.insert(*id) {
                    return Err(format!("twice on Today: {task:?}"));
                }
                match ends(task) {
                    None => return Err(format!("nothing can be done about it any more, or no day is known: {task:?}")),
                    Some(end) if (end - today).num_days() > 7 => {
                        return Err(format!("farther than a week: {task:?}"));
                    }
                    Some(_) => {}
                }
            }
        }
        for task in &self.tasks {
            if ends(task).is_some_and(|end| (end - today).num_days() <= 7) && !shown.contains(&task.id) {
                return Err(format!("missing: {task:?}"));
            }
        }
        let mut seen = Vec::new();
        for card in cards {
            seen.push(self.seen(card.iter().map(find).collect::<Result<Vec<_>, _>>()?)?);
        }
        for (index, after) in seen.iter().enumerate() {
            for (place, before) in seen[..index].iter().enumerate() {
                let wrong = |what: &str| Err(format!("{what}: {:?} before {:?}", before.first, after.first));
                match (before.hour, after.hour) {
                    (None, Some(_)) => return wrong("the appointments of the day come first"),
                    (Some(earlier), Some(later)) if earlier > later => return wrong("appointments by the hour"),
                    (Some(_), _) => continue,
                    (None, None) => {}
                }
                let days_between = (after.ends - before.ends).num_days();
                if days_between < -3 {
                    return wrong("it ends more than three days sooner");
                }
                if days_between < 0 && before.weight <= after.weight {
                    return wrong("it ends sooner and is as important");
                }
                let are_neighbours = place + 1 == index;
                if are_neighbours && days_between <= 3 && before.weight < after.weight {
                    return wrong("it is more important, and they end within three days");
                }
            }
        }
        Ok(())
    }

    /// What a person sees of a card: when it ends, how much its first task weighs, and the hour of an appointment of the day.
    fn seen<'a>(&self, tasks: Vec<&'a TodayTask>) -> Result<Seen<'a>, String> {
        let today = self.now.date();
        let first = *tasks.first().ok_or("a card with nothing on it")?;
        let ends = tasks.iter().filter_map(|task| self.ends(task)).min().ok_or("no day")?;
        let hour_of =
            |task: &TodayTask| (task.kind == TaskKind::Attend && task.due == Some(today)).then_some(task.due_time);
        let hour = tasks.iter().filter_map(|task| hour_of(task)).min();
        if hour_of(first) != hour {
            return Err(format!("a card with an appointment of the day begins with something else: {first:?}"));
        }
        let in_tie = |task: &&&TodayTask| self.ends(task).is_some_and(|day| (day - ends).num_days() <= 3);
        let weightiest = tasks.iter().filter(in_tie).map(|task| self.weight(task)).max();
        if hour.is_none() && weightiest != Some(self.weight(first)) {
            return Err(format!("a card does not begin with what is most important on it: {first:?}"));
        }
        Ok(Seen { first, ends, weight: self.weight(first), hour })
    }

    /// The last day on which something can be done about a task.
    fn ends(&self, task: &TodayTask) -> Option<NaiveDate> {
        let today = self.now.date();
        let due = task.due?;
        if task.kind == TaskKind::Attend {
            let begun = due < today || (due == today && task.due_time.is_some_and(|time| time < self.now.time()));
            return if begun { None } else { Some(due) };
        }
        if due >= today {
            return Some(due);
        }
        let days_late = (today - due).num_days();
        let latest_to_come = task.latest.filter(|latest| *latest >= today);
        let is_open_right = task.kind == TaskKind::Object && task.status == TaskStatus::Open;
        // ZPO § 694 (1): until the enforcement order is made.
        let ends_by_calendar = is_open_right && task.rule.as_deref().is_some_and(|rule| rule != "court_order");
        let is_from_letter = task.rule.as_deref().is_some_and(|rule| !rule.is_empty());
        if task.kind == TaskKind::CancelOrKeep && is_from_letter && latest_to_come.is_none() {
            return None;
        }
        if task.kind == TaskKind::ExpectMoney && latest_to_come.is_none() {
            return Some(today + Duration::days(7));
        }
        match (latest_to_come, task.latest) {
            (Some(latest), _) => Some(latest),
            (None, Some(_)) if ends_by_calendar => None,
            (None, None) if ends_by_calendar && days_late > 30 => None,
            (None, _) if days_late > 90 => Some(today + Duration::days(7)),
            (None, _) => Some(today),
        }
    }

    /// How important a task is, to compare it with another.
    fn weight(&self, task: &TodayTask) -> (u8, bool, u32, i64) {
        let today = self.now.date();
        let word = match task.priority.urgency {
            Urgency::Critical => 4,
            Urgency::High => 3,
            Urgency::Medium => 2,
            Urgency::Low => 1,
        };
        let in_time = [task.due, task.latest].into_iter().flatten().any(|day| day >= today);
        let far = task.due.map_or(i64::MAX, |due| (due - today).num_days().abs());
        (word, in_time, task.priority.score, -far)
    }
}

fn task(
    chance: &mut Chance,
    ids: &IdsByChance,
    now: NaiveDateTime,
    letter: Option<(DocumentKind, DocumentId)>,
    kind: TaskKind,
    rule: &str,
) -> TodayTask {
    let today = now.date();
    let day = match chance.below(10) {
        0 => chance.days(-200, 0),
        1 => chance.days(-5, 1),
        2 => chance.days(9, 120),
        _ => chance.days(0, 12),
    };
    let due = (letter.is_some() || !chance.one_in(3)).then_some(today + day);
    let latest = due.filter(|_| letter.is_some() && !chance.one_in(3)).map(|due| due + chance.days(0, 5));
    let amount = (kind == TaskKind::Pay).then(|| (5 + chance.below(900)).into());
    let chosen = chance.one_in(12).then(|| [Urgency::Low, Urgency::High, Urgency::Critical][chance.below(3) as usize]);
    TodayTask {
        id: TaskId::new(ids),
        document: letter.map(|(_, id)| id),
        kind,
        rule: letter.map(|_| rule.to_owned()),
        status: if chance.one_in(8) { TaskStatus::InProgress } else { TaskStatus::Open },
        due,
        due_time: (kind == TaskKind::Attend).then(|| NaiveTime::from_hms_opt(chance.below(24) as u32, 0, 0)).flatten(),
        latest,
        priority: priority(due, letter.map(|(kind, _)| kind), amount, today).overridden(chosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A check that accepts everything would prove nothing.
    #[test]
    fn an_order_by_importance_alone_or_by_the_day_alone_is_found_to_be_wrong() {
        let sorted = |by: fn(&TodayTask) -> (u32, Option<NaiveDate>)| {
            let days = (0..200).map(MadeUpDay::of);
            let right = days.filter(|day| {
                let mut tasks: Vec<&TodayTask> = day.tasks.iter().collect();
                tasks.sort_by_key(|task| by(task));
                let cards: Vec<_> = tasks.iter().map(|task| vec![task.id]).collect();
                day.check(&cards).is_ok()
            });
            right.count()
        };
        assert!(sorted(|task| (u32::MAX - task.priority.score, None)) < 20);
        assert!(sorted(|task| (0, task.due)) < 20);
    }
}
