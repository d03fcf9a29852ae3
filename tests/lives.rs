//! Random lives of tasks on a simulated clock: years with crashes, sleep, wrong clocks, journeys through time zones,
//! snoozes and channels that fail. Everything that decides is the program's own (`domain::next_reminder`,
//! `domain::batch`); the ledger is a list in memory.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Timelike as _, Utc};
use chrono_tz::Tz;
use domain::{
    Acknowledged, Delivery, DeliveryState, Later, Preferences, Remindable, Reminder, ReminderOverrides,
    ReminderPattern, Sent, Snoozed, Stage, Subject, TaskId, TaskKind, Weekend, batch, local, next_reminder,
    retry_pause, today,
};

const YEARS: i64 = 5;
const ZONES: [Tz; 4] =
    [chrono_tz::Europe::Berlin, chrono_tz::America::New_York, chrono_tz::Asia::Kolkata, chrono_tz::Pacific::Auckland];

/// Chance from a seed (SplitMix64, Steele et al. 2014), so that each life can be lived again.
pub struct Chance(u64);

impl Chance {
    /// Always the same from the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    #[expect(clippy::should_implement_trait, reason = "it never ends")]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// From so many days to less than so many.
    pub fn days(&mut self, from: i64, to: i64) -> Duration {
        Duration::days(from + i64::try_from(self.below((to - from).unsigned_abs())).unwrap_or_default())
    }
}

/// A task of a life.
struct Living {
    task: Remindable,
    ledger: Vec<Delivery>,
    done: bool,
    /// Not to be looked at before: the batch made it wait, or every channel failed.
    wait: Option<DateTime<Utc>>,
    /// Was the clock wrong, or the zone another, since the task was made? Then its stages are counted anew.
    disturbed: bool,
}

/// One life: a few tasks over five years.
pub struct Life {
    chance: Chance,
    now: DateTime<Utc>,
    preferences: Preferences,
    tasks: BTreeMap<Subject, Living>,
    failures: u32,
    channel_works: bool,
    /// Notifications of each local day: all, and those that a person had asked for.
    days: BTreeMap<NaiveDate, (u32, u32)>,
    sent: Vec<DateTime<Utc>>,
    /// How many reminders were confirmed.
    pub delivered: u64,
}

/// What must never be, in words, with the seed of the life.
pub type Broken = String;

impl Life {
    /// Lives one life from its seed; tells how many reminders it had, or what was broken.
    ///
    /// # Errors
    /// What was broken, with the seed and the step, so that the life can be repeated.
    pub fn live(seed: u64) -> Result<u64, Broken> {
        let mut life = Self::new(seed);
        let end = life.now + Duration::days(365 * YEARS);
        let mut step = 0_u32;
        while life.now < end {
            step += 1;
            life.step().map_err(|broken| format!("seed {seed}, step {step}, {}: {broken}", life.now))?;
        }
        Ok(life.delivered)
    }

    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut preferences = Preferences { zone: ZONES[(seed % 4) as usize], ..Preferences::default() };
        preferences.hours.critical_breaks_quiet = chance.one_in(8);
        preferences.hours.hourly_when_overdue = chance.one_in(16);
        preferences.hours.most_a_day = 2 + chance.below(5) as u32;
        preferences.hours.weekend = if chance.one_in(2) { Weekend::AsUsual } else { Weekend::OnlyPressing };
        let start =
            local(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN), preferences.zone);
        let now = start + Duration::minutes(chance.below(365 * 24 * 60) as i64);
        Self {
            chance,
            now,
            preferences,
            tasks: BTreeMap::new(),
            failures: 0,
            channel_works: true,
            days: BTreeMap::new(),
            sent: Vec::new(),
            delivered: 0,
        }
    }

    /// The program looks, then time goes on and something happens.
    fn step(&mut self) -> Result<(), Broken> {
        self.look()?;
        self.nothing_is_forgotten()?;
        let next = self.next_instant();
        match self.chance.below(40) {
            // Mostly: until the next reminder, woken at its instant.
            0..=21 => self.now = next.unwrap_or(self.now + self.chance.days(1, 10)).max(self.now),
            22..=25 => self.now += Duration::minutes(self.chance.below(600) as i64),
            26..=31 => self.add_task(),
            32..=34 => self.act(),
            // Switched off or asleep for up to two weeks.
            35 => self.now += self.chance.days(1, 14),
            36 => self.channel_works = self.chance.below(3) > 0,
            37 => self.change_clock_or_zone(),
            // A crash: what only memory knew is gone.
            38 => {
                self.failures = 0;
                self.tasks.values_mut().for_each(|living| living.wait = None);
            }
            _ => {
                if let Some(living) = self.some_task() {
                    living.done = true;
                }
            }
        }
        // Old things are finished in the end, or a life would only consist of overdue tasks.
        let (now, zone) = (self.now, self.preferences.zone);
        self.tasks.retain(|_, living| {
            let long_ago = living.task.due.is_some_and(|due| (today(now, zone) - due).num_days() > 30);
            !(living.done || long_ago)
        });
        Ok(())
    }

    fn add_task(&mut self) {
        if self.tasks.len() >= 6 {
            return;
        }
        let day = today(self.now, self.preferences.zone);
        let kinds = TaskKind::ALL;
        let kind = kinds[self.chance.below(kinds.len() as u64) as usize];
        let time =
            self.chance.one_in(4).then(|| NaiveTime::from_hms_opt(self.chance.below(24) as u32, 30, 0)).flatten();
        let due = day + self.chance.days(-3, 30);
        let rule = ["contract", "withdrawal"][self.chance.below(2) as usize];
        let pattern = ReminderPattern::of(kind, Some(rule));
        let task = Remindable {
            kind,
            pattern,
            due: Some(due),
            due_time: time,
            since: self.now,
            overrides: ReminderOverrides::default(),
        };
        let id = uuid::Uuid::from_u64_pair(self.chance.next(), self.chance.next());
        if let Ok(id) = id.to_string().parse::<TaskId>() {
            let living = Living { task, ledger: Vec::new(), done: false, wait: None, disturbed: false };
            self.tasks.insert(Subject::Task(id), living);
        }
    }

    fn some_task(&mut self) -> Option<&mut Living> {
        let count = self.tasks.len().max(1) as u64;
        let index = self.chance.below(count) as usize;
        self.tasks.values_mut().nth(index)
    }

    /// Snooze, acknowledge, see, or move the date.
    fn act(&mut self) {
        let (now, preferences) = (self.now, self.preferences.clone());
        let (choice, days) = (self.chance.below(6), self.chance.days(1, 20));
        let Some(living) = self.some_task() else { return };
        living.wait = None;
        let last = living.ledger.iter().rfind(|entry| entry.state == DeliveryState::Delivered).cloned();
        match (choice, last) {
            (0, _) => {
                let until = Later::OneHour.instant(now, &preferences);
                living.task.overrides.snooze = Some(Snoozed { at: now, until });
            }
            (1, _) => {
                let until = Later::NextWeek.instant(now, &preferences);
                living.task.overrides.snooze = Some(Snoozed { at: now, until });
            }
            (2, Some(last)) => {
                living.task.overrides.acknowledged = Some(Acknowledged { stage: last.stage, at: now });
                living.disturbed = true;
            }
            (3, Some(last)) => living.ledger.push(Delivery { state: DeliveryState::Seen, at: now, ..last }),
            (4, _) => {
                living.task.due = Some(today(now, preferences.zone) + days);
                living.task.overrides = ReminderOverrides { moved_at: Some(now), ..ReminderOverrides::default() };
                living.disturbed = true;
            }
            _ => living.done = true,
        }
    }

    fn change_clock_or_zone(&mut self) {
        let before = self.now;
        match self.chance.below(4) {
            0 => self.preferences.zone = ZONES[self.chance.below(4) as usize],
            1 => self.now -= Duration::minutes(self.chance.below(90) as i64),
            2 => self.now += self.chance.days(1, 40),
            // Wildly wrong for a while, then right again.
            _ => {
                self.now += Duration::days(1500);
                if self.look().is_ok() {
                    self.now = before;
                }
                self.now = before;
            }
        }
        self.tasks.values_mut().for_each(|living| {
            living.wait = None;
            living.disturbed = true;
        });
    }

    fn reminder(&self, living: &Living) -> Option<Reminder> {
        next_reminder(&living.task, &living.ledger, &self.preferences, self.now)
    }

    fn next_instant(&self) -> Option<DateTime<Utc>> {
        let instants = self.tasks.values().filter(|living| !living.done);
        instants.filter_map(|living| self.reminder(living).map(|c| living.wait.unwrap_or(c.slot).max(c.slot))).min()
    }

    /// What the scheduler does at each look.
    fn look(&mut self) -> Result<(), Broken> {
        let now = self.now;
        let ready: Vec<(Subject, Reminder)> = self
            .tasks
            .iter()
            .filter(|(_, living)| !living.done && living.wait.is_none_or(|wait| wait <= now))
            .filter_map(|(subject, living)| Some((*subject, self.reminder(living)?)))
            .filter(|(_, reminder)| reminder.slot <= now)
            .collect();
        if ready.is_empty() {
            return Ok(());
        }
        let day = today(now, self.preferences.zone);
        let of_today = |at: &&DateTime<Utc>| today(**at, self.preferences.zone) == day;
        let sent = Sent {
            count: self.sent.iter().filter(of_today).count() as u32,
            last: self.sent.iter().filter(of_today).max().copied(),
        };
        let batch = batch(ready, sent, &self.preferences, now);
        for (subject, at) in &batch.wait {
            if *at <= now {
                return Err(format!("{subject} is to wait until {at}, which is not later"));
            }
            self.tasks.entry(*subject).and_modify(|living| living.wait = Some(*at));
        }
        if batch.send.is_empty() {
            return Ok(());
        }
        if !self.channel_works {
            self.failures += 1;
            let again = now + retry_pause(self.failures);
            for (subject, reminder) in &batch.send {
                self.tasks.entry(*subject).and_modify(|living| {
                    living.wait = Some(again);
                    living.ledger.push(entry(reminder, DeliveryState::Failed, now));
                });
            }
            return Ok(());
        }
        self.failures = 0;
        self.check_hour(&batch.send)?;
        self.count(&batch.send)?;
        // Killed between sending and recording: it comes again.
        if self.chance.one_in(50) {
            return Ok(());
        }
        for (subject, reminder) in &batch.send {
            if let Some(living) = self.tasks.get_mut(subject) {
                check_once(living, reminder)?;
                living.wait = None;
                living.ledger.push(entry(reminder, DeliveryState::Delivered, now));
                self.delivered += 1;
            }
        }
        Ok(())
    }

    /// None in quiet hours, except where a person allowed it.
    fn check_hour(&self, send: &[(Subject, Reminder)]) -> Result<(), Broken> {
        let hour = self.now.with_timezone(&self.preferences.zone).hour();
        let is_quiet = !(7..22).contains(&hour);
        let may =
            |reminder: &Reminder| reminder.stage == Stage::Critical && self.preferences.hours.critical_breaks_quiet;
        match send.iter().find(|(_, reminder)| is_quiet && !may(reminder)) {
            Some((subject, reminder)) => Err(format!("{subject}: {reminder:?} at {hour} o'clock")),
            None => Ok(()),
        }
    }

    /// Never more than a few a day, but for what was asked for.
    fn count(&mut self, send: &[(Subject, Reminder)]) -> Result<(), Broken> {
        let day = today(self.now, self.preferences.zone);
        let asked = send.iter().any(|(_, reminder)| reminder.asked);
        let (all, wished) = self.days.entry(day).or_default();
        *all += 1;
        *wished += u32::from(asked);
        self.sent.push(self.now);
        let from = self.now - Duration::days(3);
        self.sent.retain(|at| *at > from);
        let hours = &self.preferences.hours;
        let slots = hours.slots.len() as u32;
        // A zone or a clock that changes can make a day half as long again.
        let most = 2 * (hours.most_a_day + slots) + *wished;
        if *all > most && !hours.hourly_when_overdue {
            return Err(format!("{all} notifications on {day}, {wished} of them asked for"));
        }
        Ok(())
    }

    /// Every open task with a date has a next reminder; each stage that has come was delivered, or is due now.
    fn nothing_is_forgotten(&self) -> Result<(), Broken> {
        for (subject, living) in self.tasks.iter().filter(|(_, living)| !living.done) {
            let Some(next) = self.reminder(living) else { return Err(format!("{subject} has no next reminder")) };
            if next.slot - self.now > Duration::days(60) {
                return Err(format!("{subject} is next mentioned on {}", next.slot));
            }
            if let Some(snooze) = living.task.overrides.snooze {
                let back = living.ledger.iter().any(|e| e.state == DeliveryState::Delivered && e.at >= snooze.until);
                let far_ahead = snooze.at > self.now;
                if !back && !far_ahead && next.slot > snooze.until + Duration::days(3) {
                    return Err(format!("{subject} was to come back at {} and comes at {}", snooze.until, next.slot));
                }
            }
            self.stages_came(living).map_err(|stage| format!("{subject} never had its stage {stage:?}"))?;
        }
        Ok(())
    }

    /// When something is overdue and told, a person has been told before, unless there was no time for it.
    fn stages_came(&self, living: &Living) -> Result<(), Stage> {
        let told: Vec<&Delivery> = living.ledger.iter().filter(|e| e.state == DeliveryState::Delivered).collect();
        let Some(due) = living.task.due.filter(|_| !living.disturbed && living.task.overrides.snooze.is_none()) else {
            return Ok(());
        };
        let awake_before = |stage: Stage| told.iter().filter(|e| e.stage > stage).map(|e| e.slot).min();
        // When the question of each stage is asked, in days before. Of appointments the hours count.
        let asked: &[(Stage, i64)] = match living.task.pattern {
            _ if living.task.due_time.is_some() => &[],
            // Until its day is over a confirmation may still come by itself.
            ReminderPattern::Once if living.task.kind == TaskKind::AwaitConfirmation => &[],
            ReminderPattern::Once => &[(Stage::Info, 3)],
            ReminderPattern::Stages | ReminderPattern::Appointment | ReminderPattern::Ahead { .. } => {
                &[(Stage::Info, 7), (Stage::Warning, 2), (Stage::Urgent, 0)]
            }
        };
        for (stage, days) in asked.iter().copied() {
            let slot = local(
                (due - Duration::days(days)).and_time(NaiveTime::from_hms_opt(22, 0, 0).unwrap_or_default()),
                self.preferences.zone,
            );
            let came = told.iter().any(|e| e.stage == stage);
            // Missed altogether only if a later stage took its place while the computer was off.
            let replaced = awake_before(stage).is_some();
            if living.task.since < slot - Duration::days(4)
                && slot < self.now
                && !came
                && !replaced
                && living.wait.is_none()
            {
                let waits = self.reminder(living).is_some_and(|reminder| reminder.slot <= self.now);
                if !waits {
                    return Err(stage);
                }
            }
        }
        Ok(())
    }
}

fn entry(reminder: &Reminder, state: DeliveryState, at: DateTime<Utc>) -> Delivery {
    Delivery { stage: reminder.stage, slot: reminder.slot, state, at }
}

/// The same reminder goes out twice only if the program was killed between sending and recording.
fn check_once(living: &Living, reminder: &Reminder) -> Result<(), Broken> {
    let same =
        |e: &&Delivery| e.state == DeliveryState::Delivered && e.slot == reminder.slot && e.stage == reminder.stage;
    match living.ledger.iter().find(same) {
        Some(before) if !living.disturbed => Err(format!("{reminder:?} was already delivered at {}", before.at)),
        Some(_) | None => Ok(()),
    }
}
