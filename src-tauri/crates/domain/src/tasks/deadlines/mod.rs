//! Deadlines with their derivation. Adding a rule: one file here and one line in [`DEADLINE_RULES`].
//!
//! Engineering, not legal advice. Two days are worked out where counting is uncertain: the *safe* one (earliest
//! reasonable reading, the one reminders are counted from) and the *latest* legal one. What a letter does not say is
//! assumed, listed in the [`Derivation`], and counted again by the same rule when a person says otherwise
//! ([`Document::assumptions`]).

mod appointment;
mod authority_objection;
mod cancellation_day;
mod contract;
mod court_order;
mod debit;
mod dismissal;
mod document_expiry;
mod dunning;
mod enforcement_order;
mod event;
mod expected_document;
mod expected_money;
mod fine;
mod hearing;
mod inheritance;
mod insurance;
mod lawsuit;
mod maintenance;
mod payment;
mod pickup;
mod prescription;
mod price_increase;
mod response;
mod tax_objection;
mod voucher;
mod warranty;
mod withdrawal;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use crate::working_day_on_or_after;
use crate::{
    Count, DeadlineContext, Derivation, Document, DocumentKind, Fact, Field, LegalAct, Note, Period, Preferences,
    Remedy, StartKind, TaskKind, Value,
};

/// A date with its derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Id of the rule.
    pub rule: &'static str,
    /// What is to be done until then; none for a day that is only good to know, such as the end of a warranty.
    pub task: Option<TaskKind>,
    /// Time of that day, for appointments.
    pub time: Option<NaiveTime>,
    /// How much it is about, where that is not what the document asks to pay.
    pub amount: Option<Decimal>,
    /// How it was worked out.
    pub derivation: Derivation,
}

impl Deadline {
    /// The day to act on.
    pub fn safe(&self) -> Option<NaiveDate> {
        self.derivation.safe.as_ref().map(Count::day)
    }

    /// The last legal day; none where it is not known or disputed.
    pub fn latest(&self) -> Option<NaiveDate> {
        self.derivation.latest.as_ref().map(Count::day)
    }

    /// The day was proposed, not read and not said by a person.
    pub fn is_assumed(&self) -> bool {
        self.derivation.assumptions.iter().any(|assumed| !assumed.by_user && assumed.assumption.is_a_guess())
    }
}

/// Works out one kind of deadline.
pub trait DeadlineRule: Sync {
    /// Stable id.
    fn id(&self) -> &'static str;
    /// The day from which it holds.
    fn valid_from(&self) -> NaiveDate;
    /// Statute and section.
    fn source(&self) -> &'static str;
    /// The deadline of the document, if the rule is about it.
    fn derive(&self, context: DeadlineContext<'_>) -> Option<Deadline>;
    /// All deadlines of the document under this rule, in their order: several where something is to be done in parts.
    fn derive_all(&self, context: DeadlineContext<'_>) -> Vec<Deadline> {
        self.derive(context).into_iter().collect()
    }
}

/// Every rule; for each kind of task the first one that applies counts.
pub const DEADLINE_RULES: &[&dyn DeadlineRule] = &[
    // A court that tells an heir orders nothing.
    &inheritance::Inheritance,
    &court_order::CourtOrder,
    &enforcement_order::EnforcementOrder,
    &hearing::Hearing,
    &fine::Fine,
    &tax_objection::TaxObjection,
    &authority_objection::AuthorityObjection,
    &lawsuit::Lawsuit,
    &dismissal::Dismissal,
    &debit::Debit,
    &dunning::Dunning,
    &payment::Payment,
    &expected_money::ExpectedMoney,
    &cancellation_day::CancellationDay,
    &price_increase::PriceIncrease,
    &contract::Contract,
    &insurance::Insurance,
    &withdrawal::Withdrawal,
    &appointment::Appointment,
    &event::Event,
    &pickup::Pickup,
    &prescription::Prescription,
    &voucher::Voucher,
    &maintenance::Maintenance,
    &document_expiry::DocumentExpiry,
    &warranty::Warranty,
    &response::Response,
    &expected_document::ExpectedDocument,
];

/// The rule with that id.
pub fn rule(id: &str) -> Option<&'static dyn DeadlineRule> {
    DEADLINE_RULES.iter().copied().find(|rule| rule.id() == id)
}

/// All deadlines of a document, seen from `today`: a contract's is the next one still to come.
pub fn deadlines(document: &Document, preferences: &Preferences, today: NaiveDate) -> Vec<Deadline> {
    let mut found: Vec<Deadline> = Vec::new();
    for rule in DEADLINE_RULES {
        let mut new = rule.derive_all(DeadlineContext::new(document, preferences, today));
        new.retain(|deadline| !found.iter().any(|other| other.task == deadline.task));
        found.extend(new);
    }
    found
}

/// The day on which the Civil Code came into force: for rules that have held ever since.
fn civil_code() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// Gesetz für faire Verbraucherverträge: short notice and no silent renewal by the year.
fn consumer_contracts() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 3, 1).unwrap_or(NaiveDate::MIN)
}

/// Postrechtsmodernisierungsgesetz: letters of authorities count as notified a day later.
fn fourth_day_since() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// The safe count, and the latest where it is known.
type Counts = (Count, Option<Count>);

impl DeadlineContext<'_> {
    /// A deadline to object; a court order's is about its amount.
    fn objection(self, rule: &'static str, (safe, latest): Counts) -> Deadline {
        self.deadline(rule, Some(TaskKind::Object), Some(safe), latest)
    }
}

/// What one can do against the decision of an authority or a tax office: what the letter calls it, such as a commune's tax that
/// is objected to by Widerspruch and the child benefit by Einspruch, else what is usual. None where nothing is decided: other
/// letters of authorities inform, ask or invite.
fn remedy_against(document: &Document) -> Option<Remedy> {
    let (usual, decides) = match document.kind {
        DocumentKind::TaxNotice => (Remedy::Einspruch, document.legal_act() != Some(LegalAct::Hearing)),
        DocumentKind::AuthorityLetter => (Remedy::Widerspruch, document.legal_act() == Some(LegalAct::Decision)),
        _ => return None,
    };
    decides.then(|| document.remedy().unwrap_or(usual))
}

/// After so many days what was posted on that day counts as notified.
fn notification_days(posted: NaiveDate) -> u32 {
    if posted >= fourth_day_since() { 4 } else { 3 }
}

/// One month after the fictitious notification. `moves`: the day of notification is moved off weekends and holidays,
/// which is settled for taxes only. To be safe nothing is moved to a later day.
fn objection_count(context: &mut DeadlineContext<'_>, moves: bool) -> Counts {
    let posted = context.posted();
    let days = notification_days(posted);
    let period = if context.instructed() { Period::months(1) } else { Period::months(12) };
    let land = context.land();
    // Other countries and special laws name days or weeks: counted from the letter to be safe, and from its receipt.
    let printed = context.document.text(Field::ResponsePeriod).and_then(|text| Period::find(&text));
    if let Some(period) = printed.filter(|period| period.in_months().is_none()) {
        let (safe, latest) = context.receipt();
        return (safe.plus(period).working_day_before(land), Some(latest.plus(period).next_working_day(land)));
    }
    let notified = Count::from(StartKind::Posted, posted).notified(days);
    // What came later than the fiction counts from the day on which it came.
    if let Some(received) = context.known_receipt().filter(|day| *day > working_day_on_or_after(notified.day(), land)) {
        let end = Count::from(StartKind::Received, received).plus(period);
        return (end.clone().working_day_before(land), Some(end.next_working_day(land)));
    }
    let safe = notified.clone().plus(period).working_day_before(land);
    let moved = notified.clone().next_working_day(land);
    let notified = match (moves || moved.day() == notified.day(), moved) {
        (true, moved) => moved,
        (false, moved) => match context.notification_moves() {
            Some(true) => moved,
            Some(false) => notified,
            None => {
                context.note(Note::Disputed);
                return (safe, None);
            }
        },
    };
    (safe, Some(notified.plus(period).next_working_day(land)))
}

/// Two weeks from formal service; while its day is not known, from the letter, with no latest day.
fn court_count(context: &mut DeadlineContext<'_>) -> Counts {
    let end = time_to_object(context);
    let is_served = end.start.what == StartKind::Served;
    let land = context.land();
    if !is_served {
        context.note(Note::ServiceUnknown);
    }
    (end.clone().working_day_before(land), is_served.then(|| end.next_working_day(land)))
}

/// Does what a letter asks for arrive at once, by the words that ask for it: is one of these `ways` among them, and none by post?
fn arrives_at_once(asked: &Fact, ways: &[&str], by_post: &[&str]) -> bool {
    let words = asked.words();
    let says = |ways: &[&str]| ways.iter().any(|way| words.contains(way));
    says(ways) && !says(by_post)
}

/// The end of the two weeks to object, from service; from the day of the letter where that is not known.
fn time_to_object(context: &mut DeadlineContext<'_>) -> Count {
    // In Switzerland ten days (SchKG Art. 74).
    let period = if context.land() == crate::Region::Switzerland { Period::days(10) } else { Period::weeks(2) };
    match context.service() {
        Some(day) => Count::from(StartKind::Served, day).plus(period),
        None => Count::from(StartKind::LetterDate, context.letter_day()).plus(period),
    }
}

/// The day and time on the letter; it never moves.
fn attend(rule: &'static str, context: DeadlineContext<'_>) -> Option<Deadline> {
    let Value::DateTime(start) = context.document.fact(Field::AppointmentStart)?.value else { return None };
    Some(attend_at(rule, context, start))
}

fn attend_at(rule: &'static str, context: DeadlineContext<'_>, start: NaiveDateTime) -> Deadline {
    let day = Count::from(StartKind::Appointment, start.date());
    let mut deadline = context.deadline(rule, Some(TaskKind::Attend), Some(day.clone()), Some(day));
    deadline.time = Some(start.time());
    deadline
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{letter, living_in};
    use crate::{DocumentKind, Region};

    /// The only deadline of a document, seen from long ago.
    pub(super) fn derive(document: &Document, land: Region) -> Deadline {
        let mut found = deadlines(document, &living_in(land), NaiveDate::MIN);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    /// The safe day of the only deadline of a letter that asks in these words for something by the day of its second field.
    pub(super) fn safe_by_words(
        kind: DocumentKind,
        fields: &[(Field, &str); 2],
        words: &str,
        land: Region,
    ) -> Option<String> {
        let mut asks = letter(kind, fields);
        let rect = crate::Rect { x: 0.1, y: 0.5, w: 0.1, h: 0.01 };
        asks.facts[1].evidence = Some(crate::Evidence { page: 1, rect, text: words.to_owned() });
        derive(&asks, land).safe().map(|day| day.to_string())
    }

    /// The task, the safe and the latest day of the only deadline; an empty text for none.
    pub(super) fn check(kind: DocumentKind, fields: &[(Field, &str)], land: Region, expected: (TaskKind, &str, &str)) {
        let found = derive(&letter(kind, fields), land);
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let seen = (found.task, day(found.safe()), day(found.latest()));
        assert_eq!(seen, (Some(expected.0), expected.1.to_owned(), expected.2.to_owned()), "{kind:?} {fields:?}");
    }

    #[test]
    fn a_derivation_reads_back_from_json_with_all_it_holds() {
        let notice = letter(DocumentKind::TaxNotice, &[(Field::PostingOrLetterDate, "2025-06-03")]);
        let derivation = derive(&notice, Region::Sachsen).derivation;
        assert!(!derivation.assumptions.is_empty());
        let json = serde_json::to_string(&derivation).unwrap();
        assert_eq!(serde_json::from_str::<Derivation>(&json).unwrap(), derivation);
        assert_eq!(
            derivation.why(),
            "safe: posted 2025-06-03, notified + 4 days = 2025-06-07, + 1 month = 2025-07-07; \
             latest: posted 2025-06-03, notified + 4 days = 2025-06-07, next working day = 2025-06-10, + 1 month = 2025-07-10"
        );
    }

    /// All that any rule asks for.
    const FIELDS: &[(Field, &str)] = &[
        (Field::AmountDue, "120.00"),
        (Field::TotalGross, "120.00"),
        (Field::DunningFee, "7.50"),
        (Field::NoticePeriod, "drei Monate"),
        (Field::InitialTermMonths, "24"),
        (Field::WithdrawalPeriod, "14 Tage"),
        (Field::ResponsePeriod, "zwei Wochen"),
        (Field::PaymentTerms, "innerhalb von 10 Tagen nach Erhalt"),
    ];

    proptest::proptest! {
        /// Whatever the day and the Region: the safe day is not after the latest, nothing safe falls on a day on which
        /// nobody works, what is counted is told and can be kept, and counting twice gives the same.
        #[test]
        fn the_safe_day_is_never_after_the_latest(
            day in 0i64..20_000, later in 0i64..900, land in 0usize..18, kind in 0usize..31, act in 0usize..7,
        ) {
            let from = NaiveDate::from_ymd_opt(1996, 1, 1).unwrap() + chrono::Days::new(day.unsigned_abs());
            let to = from + chrono::Days::new(later.unsigned_abs());
            let (kind, land) = (DocumentKind::ALL[kind], Region::ALL[land]);
            let (first, last) = (from.to_string(), to.to_string());
            let start = format!("{last}T10:00");
            let mut fields = FIELDS.to_vec();
            fields.extend([
                (Field::IssueDate, first.as_str()),
                (Field::ContractStart, &first),
                (Field::ExpiryDate, &last),
                (Field::NextDueDate, &last),
                (Field::AppointmentStart, &start),
            ]);
            if let Some(act) = crate::LegalAct::ALL.get(act) {
                fields.push((Field::LegalAct, act.word()));
            }
            let document = letter(kind, &fields);
            let found = deadlines(&document, &living_in(land), from);
            for one in &found {
                let (safe, latest) = (one.safe(), one.latest());
                assert!(latest.is_none_or(|latest| safe.is_some_and(|safe| safe <= latest)), "{one:?}");
                let acts = matches!(one.task, Some(TaskKind::Object | TaskKind::CancelOrKeep | TaskKind::Renew));
                assert!(!acts || safe.is_some_and(|day| working_day_on_or_after(day, land) == day), "{one:?}");
                let pays = one.task == Some(TaskKind::Pay);
                assert!(!pays || safe.is_some_and(crate::is_bank_day), "{one:?}");
                let json = serde_json::to_string(&one.derivation).unwrap();
                assert_eq!(serde_json::from_str::<Derivation>(&json).unwrap(), one.derivation);
                assert!(!one.derivation.why().is_empty());
            }
            assert_eq!(deadlines(&document, &living_in(land), from), found);
        }
    }

    #[test]
    fn rules_have_unique_ids_and_name_their_source() {
        let mut ids: Vec<_> = DEADLINE_RULES.iter().map(|rule| rule.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), DEADLINE_RULES.len());
        assert!(DEADLINE_RULES.iter().all(|rule| !rule.source().is_empty() && rule.valid_from() < NaiveDate::MAX));
    }
}
