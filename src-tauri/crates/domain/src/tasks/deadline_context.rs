//! What a rule counts from: the letter, the region, and what a person has said about either.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::tasks::deadlines::Deadline;
use crate::{
    Assumed, Assumption, Count, Derivation, DiscountDeadline, Document, Note, Period, Preferences, Region,
    ShiftDay as _, StartKind, TaskKind, today,
};

/// Days that ordinary mail takes: how late a letter is assumed to have come, and how early a notice is sent.
const POST_DAYS: u32 = 3;

/// Days after its date within which a letter is served; a day read beyond that is not believed.
const LONGEST_SERVICE: i64 = 60;

/// A letter while one rule looks at it. What the rule asks for is kept for the derivation.
#[derive(Clone)]
pub struct DeadlineContext<'a> {
    pub(crate) document: &'a Document,
    pub(crate) today: NaiveDate,
    preferences: &'a Preferences,
    assumed: Vec<Assumed>,
    notes: Vec<Note>,
    discount: Option<DiscountDeadline>,
}

/// Takes the value out of what was assumed.
macro_rules! ask {
    ($context:expr, $variant:ident, $default:expr) => {{
        let default = $default;
        match $context.ask(Assumption::$variant(default)) {
            Assumption::$variant(value) => value,
            _ => default,
        }
    }};
}

impl<'a> DeadlineContext<'a> {
    pub(crate) fn new(document: &'a Document, preferences: &'a Preferences, today: NaiveDate) -> Self {
        Self { document, today, preferences, assumed: Vec::new(), notes: Vec::new(), discount: None }
    }

    /// What a person said, else the default; either way the deadline rests on it.
    fn ask(&mut self, default: Assumption) -> Assumption {
        let said = self.document.assumptions.iter().find(|said| said.is_about_the_same(&default));
        let one = Assumed { by_user: said.is_some(), assumption: said.cloned().unwrap_or(default) };
        if !self.assumed.iter().any(|known| known.assumption.is_about_the_same(&one.assumption)) {
            self.assumed.push(one.clone());
        }
        one.assumption
    }

    fn said(&self, kind: &Assumption) -> bool {
        self.document.assumptions.iter().any(|said| said.is_about_the_same(kind))
    }

    /// The day of the letter; where none was found the day on which it came in, so that no deadline is left unwatched.
    pub(crate) fn letter_day(&self) -> NaiveDate {
        self.document.letter_date().unwrap_or_else(|| self.received_day())
    }

    /// The day on which the letter came in, as the person's calendar has it.
    pub(crate) fn received_day(&self) -> NaiveDate {
        today(self.document.received_at, self.preferences.zone)
    }

    /// Whose public holidays count: the user's, unless the letter comes from a country without ours.
    pub(crate) fn land(&mut self) -> Region {
        let own = self.document.land(self.preferences.land);
        ask!(self, Region, own)
    }

    /// Where a period starts that runs from the receipt: to be safe with the day of the letter, at the latest with the
    /// day on which ordinary mail comes; with the real day where a person has said it.
    pub(crate) fn receipt(&mut self) -> (Count, Count) {
        let letter = self.letter_day();
        let is_known = self.said(&Assumption::Received(letter));
        let received = ask!(self, Received, letter.plus_days(POST_DAYS.into()));
        let latest = Count::from(StartKind::Received, received);
        let safe = if is_known { latest.clone() } else { Count::from(StartKind::LetterDate, letter) };
        (safe, latest)
    }

    /// The day on which the letter came, only where a person has said it.
    pub(crate) fn known_receipt(&self) -> Option<NaiveDate> {
        self.document.assumptions.iter().find_map(|said| match said {
            Assumption::Received(day) => Some(*day),
            _ => None,
        })
    }

    /// The day of formal service, where the letter or a person says it; noted as assumed in either case.
    pub(crate) fn service(&mut self) -> Option<NaiveDate> {
        let letter = self.letter_day();
        let printed = self
            .document
            .date(crate::Field::ServiceDate)
            .filter(|day| (0..=LONGEST_SERVICE).contains(&(*day - letter).num_days()));
        let is_known = printed.is_some() || self.said(&Assumption::Served(letter));
        let day = ask!(self, Served, printed.unwrap_or(letter));
        is_known.then_some(day)
    }

    /// The day of posting.
    pub(crate) fn posted(&mut self) -> NaiveDate {
        let letter = self.letter_day();
        ask!(self, Posted, letter)
    }

    /// Whether the day of notification moves off weekends outside taxes; none while nobody has said so.
    pub(crate) fn notification_moves(&mut self) -> Option<bool> {
        let is_known = self.said(&Assumption::NotificationMoves(false));
        let moves = ask!(self, NotificationMoves, false);
        is_known.then_some(moves)
    }

    pub(crate) fn instructed(&mut self) -> bool {
        ask!(self, Instructed, true)
    }

    pub(crate) fn proposed_due(&mut self, default: NaiveDate) -> NaiveDate {
        ask!(self, Due, default)
    }

    /// The day to pay by, only where a person has said it.
    pub(crate) fn said_due(&mut self) -> Option<NaiveDate> {
        let day = self.document.assumptions.iter().find_map(|said| match said {
            Assumption::Due(day) => Some(*day),
            _ => None,
        })?;
        Some(ask!(self, Due, day))
    }

    pub(crate) fn response(&mut self, default: Period) -> Period {
        ask!(self, Response, default)
    }

    pub(crate) fn consumer(&mut self) -> bool {
        ask!(self, Consumer, true)
    }

    pub(crate) fn concluded(&mut self, default: NaiveDate) -> NaiveDate {
        ask!(self, Concluded, default)
    }

    pub(crate) fn notice(&mut self, default: Period) -> Period {
        ask!(self, Notice, default)
    }

    /// The last day of the term, only where a person has said it.
    pub(crate) fn said_term_end(&mut self) -> Option<NaiveDate> {
        let day = self.document.assumptions.iter().find_map(|said| match said {
            Assumption::TermEnd(day) => Some(*day),
            _ => None,
        })?;
        Some(ask!(self, TermEnd, day))
    }

    /// Months by which a contract renews itself; at least one.
    pub(crate) fn renewal_months(&mut self, default: u32) -> u32 {
        ask!(self, RenewalMonths, default).max(1)
    }

    pub(crate) fn post_days(&mut self) -> u32 {
        ask!(self, PostDays, POST_DAYS)
    }

    pub(crate) fn valid_for(&mut self, default: Period) -> Period {
        ask!(self, ValidFor, default)
    }

    /// Something to know.
    pub(crate) fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    pub(crate) fn discount(&mut self, discount: DiscountDeadline) {
        self.discount = Some(discount);
    }

    /// What is to be paid or comes in: not zero, without its sign.
    pub(crate) fn money(&self) -> Option<Decimal> {
        let amount = self.document.to_pay()?.value.amount()?;
        (!amount.is_zero()).then(|| amount.abs())
    }

    /// The deadline that the rule has worked out; resting on all that it has asked for.
    pub(crate) fn deadline(
        self,
        rule: &'static str,
        task: Option<TaskKind>,
        safe: Option<Count>,
        latest: Option<Count>,
    ) -> Deadline {
        let Self { assumed: assumptions, notes, discount, .. } = self;
        let derivation = Derivation { rule: rule.to_owned(), safe, latest, assumptions, notes, discount };
        Deadline { rule, task, time: None, amount: None, derivation }
    }
}
