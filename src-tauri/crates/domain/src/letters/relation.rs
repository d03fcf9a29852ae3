//! How letters belong together. What does belong together is a *case*.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Document, DocumentId, DocumentKind, Field, normalised_name, today};

/// What one document is to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It reminds of the other, which was not paid.
    Reminds,
    /// It credits or replaces the other.
    Corrects,
    /// It is the same letter once more: scanned twice, or on paper and as a file.
    Repeats,
    /// It replies to the other, which it names by its date.
    Answers,
    /// Both are about the same order or contract.
    SameMatter,
    /// It shows how the paper goes on that begins on the other: a long receipt that was taken in several pictures.
    Continues,
}

impl Relation {
    /// Every relation.
    pub const ALL: &[Self] =
        &[Self::Reminds, Self::Corrects, Self::Repeats, Self::Answers, Self::SameMatter, Self::Continues];

    /// The word kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reminds => "reminds",
            Self::Corrects => "corrects",
            Self::Repeats => "repeats",
            Self::Answers => "answers",
            Self::SameMatter => "same_matter",
            Self::Continues => "continues",
        }
    }
}

/// What `document` is to `other`, if what both say proves it. A similar look is not enough.
pub fn relation(document: &Document, other: &Document) -> Option<Relation> {
    let found = [
        (Relation::Repeats, repeats(document, other)),
        (Relation::Reminds, reminds(document, other)),
        (Relation::Corrects, corrects(document, other)),
        (Relation::SameMatter, same_matter(document, other)),
    ];
    found.into_iter().find_map(|(relation, proven)| proven.then_some(relation))
}

/// What two documents are to each other once a person has said that they belong together: which refers to which, and
/// how. What they prove themselves goes first; else it is as their kinds suggest, the later one referring to the earlier.
pub fn joined(one: &Document, another: &Document, zone: Tz) -> (DocumentId, DocumentId, Relation) {
    if let Some(proven) = relation(one, another) {
        return (one.id, another.id, proven);
    }
    if let Some(proven) = relation(another, one) {
        return (another.id, one.id, proven);
    }
    let day = |document: &Document| document.letter_date().unwrap_or_else(|| today(document.received_at, zone));
    // A dunning letter refers to its bill and not the other way round, whatever their dates.
    let refers = |document: &Document| suggested(document.kind) != Relation::SameMatter;
    let is_first = match (refers(one), refers(another)) {
        (true, false) => false,
        (false, true) => true,
        (true, true) | (false, false) => (day(one), one.received_at) <= (day(another), another.received_at),
    };
    let (earlier, later) = if is_first { (one, another) } else { (another, one) };
    let relation = if is_bill(earlier.kind) { suggested(later.kind) } else { Relation::SameMatter };
    (later.id, earlier.id, relation)
}

/// What a document of this kind is to the bill that it belongs to.
fn suggested(kind: DocumentKind) -> Relation {
    match kind {
        DocumentKind::Dunning => Relation::Reminds,
        DocumentKind::CreditNote | DocumentKind::CorrectedInvoice => Relation::Corrects,
        _ => Relation::SameMatter,
    }
}

/// Does `document` reply to `other`? It names the day of the other, which is of the same sender ("unser Schreiben vom …")
/// or went to him ("Ihr Schreiben vom …"). `named` are the days of letters that the pages of `document` name.
pub fn answers(document: &Document, other: &Document, named: &[NaiveDate]) -> bool {
    let name = |document: &Document, field| {
        document.text(field).map(|name| normalised_name(&name)).filter(|name| !name.is_empty())
    };
    let went_to_him = || {
        let sender = name(document, Field::SellerName);
        sender.is_some() && sender == name(other, Field::BuyerName)
    };
    let own_day = document.letter_date();
    other.letter_date().is_some_and(|day| named.contains(&day) && own_day.is_none_or(|own| day < own))
        && (same_sender(document, other) || went_to_him())
}

/// A paper without number and amount that was scanned twice: the same kind of letter of the same sender and day, and nearly
/// the same words. Recognition differs from scan to scan, but not in one word of five.
pub fn same_paper(document: &Document, other: &Document, words: &[String], other_words: &[String]) -> bool {
    /// Fewer say nothing.
    const FEWEST: usize = 20;
    let said = |document: &Document| document.to_pay().is_some() || number(document, Field::InvoiceNumber).is_some();
    let day = document.letter_date();
    let fits = document.kind == other.kind && day.is_some() && day == other.letter_date();
    if !fits || said(document) || said(other) || !same_sender(document, other) {
        return false;
    }
    let (one, another): (BTreeSet<_>, BTreeSet<_>) = (words.iter().collect(), other_words.iter().collect());
    let shared = one.intersection(&another).count();
    shared >= FEWEST && shared * 5 >= one.union(&another).count() * 4
}

/// The same kind of letter of the same sender with the same number, amount and date. Without a number it takes both an
/// amount and a date. Letters that recognition takes for digits are none.
fn repeats(document: &Document, other: &Document) -> bool {
    let number = (number(document, Field::InvoiceNumber), number(other, Field::InvoiceNumber));
    let proven = match number {
        (Some(one), Some(another)) => {
            as_digits(&one) == as_digits(&another) && (owed(document).is_some() || document.letter_date().is_some())
        }
        (None, None) => owed(document).is_some() && document.letter_date().is_some(),
        (Some(_), None) | (None, Some(_)) => false,
    };
    proven
        && document.kind == other.kind
        && owed(document) == owed(other)
        && document.letter_date() == other.letter_date()
        && document.integer(Field::DunningLevel) == other.integer(Field::DunningLevel)
        && same_sender(document, other)
}

/// A dunning letter names its bill, or asks the bill's amount (with its fee) of the same customer later on. Who collects for
/// another one names the bill as well, and asks for more.
fn reminds(document: &Document, other: &Document) -> bool {
    if document.kind != DocumentKind::Dunning || !is_bill(other.kind) || is_before(document, other) {
        return false;
    }
    let claimed = claimed(document);
    let is_owed = claimed.is_some() && claimed == claimed_by(other);
    match number(other, Field::InvoiceNumber) {
        Some(billed) if refers_to(document, &billed) => {
            same_sender(document, other) || is_owed || collects(document, other)
        }
        // It names another bill.
        Some(_) if number(document, Field::OriginalInvoiceNumber).is_some() => false,
        Some(_) | None => is_owed && same_sender(document, other) && is_before(other, document),
    }
}

/// A later letter of somebody else asks for what is owed and more.
fn collects(document: &Document, other: &Document) -> bool {
    is_before(other, document) && matches!((owed(document), owed(other)), (Some(asked), Some(owed)) if asked >= owed)
}

/// A credit note or a corrected invoice names the bill it is about.
fn corrects(document: &Document, other: &Document) -> bool {
    let kinds = matches!(document.kind, DocumentKind::CreditNote | DocumentKind::CorrectedInvoice);
    let named = number(document, Field::OriginalInvoiceNumber);
    kinds
        && is_bill(other.kind)
        && named.is_some()
        && named == number(other, Field::InvoiceNumber)
        && same_sender(document, other)
}

fn same_matter(document: &Document, other: &Document) -> bool {
    let share = |field| number(document, field).is_some_and(|one| number(other, field) == Some(one));
    let of_order = |kind| is_bill(kind) || matches!(kind, DocumentKind::OrderConfirmation | DocumentKind::DeliveryNote);
    let of_contract = |kind| {
        matches!(
            kind,
            DocumentKind::Contract
                | DocumentKind::PriceIncrease
                | DocumentKind::CancellationConfirmation
                | DocumentKind::InsurancePolicy
        )
    };
    let fits = |of: fn(DocumentKind) -> bool| document.kind != other.kind && of(document.kind) && of(other.kind);
    let same = (fits(of_order) && share(Field::OrderNumber)) || (fits(of_contract) && share(Field::ContractNumber));
    same && same_sender(document, other)
}

fn is_bill(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Invoice | DocumentKind::CorrectedInvoice | DocumentKind::PaymentSlip | DocumentKind::Dunning
    )
}

/// What a letter asks for.
fn owed(document: &Document) -> Option<Decimal> {
    document.to_pay().and_then(|fact| fact.value.amount())
}

/// What the bill behind a dunning letter came to: its sum without the fee.
fn claimed(document: &Document) -> Option<Decimal> {
    Some(owed(document)? - document.amount(Field::DunningFee).unwrap_or_default())
}

fn claimed_by(bill: &Document) -> Option<Decimal> {
    match bill.kind {
        DocumentKind::Dunning => claimed(bill),
        _ => owed(bill),
    }
}

fn refers_to(document: &Document, billed: &str) -> bool {
    [Field::OriginalInvoiceNumber, Field::InvoiceNumber]
        .into_iter()
        .any(|field| number(document, field).as_deref() == Some(billed))
}

fn is_before(one: &Document, another: &Document) -> bool {
    matches!((one.letter_date(), another.letter_date()), (Some(one), Some(another)) if one < another)
}

/// A number in the one form that every way of writing it shares.
pub(super) fn number(document: &Document, field: Field) -> Option<String> {
    let written = document.text(field)?;
    let plain: String = written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    (!plain.is_empty()).then_some(plain)
}

/// With the digits that recognition takes letters for.
fn as_digits(number: &str) -> String {
    let digit = |c| match c {
        'O' | 'Q' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        other => other,
    };
    number.chars().map(digit).collect()
}

pub(super) fn same_sender(one: &Document, another: &Document) -> bool {
    let share = |field| one.text(field).is_some_and(|own| another.text(field) == Some(own));
    (one.correspondent.is_some() && one.correspondent == another.correspondent)
        || share(Field::SellerVatId)
        || share(Field::Iban)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;
    use chrono_tz::Europe::Berlin;

    const IBAN: (Field, &str) = (Field::Iban, "DE89370400440532013000");

    fn bill() -> Document {
        let fields = [
            IBAN,
            (Field::InvoiceNumber, "RE-2026/17"),
            (Field::AmountDue, "84.20"),
            (Field::IssueDate, "2026-10-01"),
            (Field::OrderNumber, "4711"),
        ];
        letter(DocumentKind::Invoice, &fields)
    }

    fn check(kind: DocumentKind, fields: &[(Field, &str)], expected: Option<Relation>) {
        assert_eq!(relation(&letter(kind, fields), &bill()), expected, "{kind:?} {fields:?}");
    }

    #[test]
    fn a_dunning_letter_belongs_to_the_bill_that_it_names_or_asks_for() {
        use DocumentKind::Dunning;
        let later = (Field::IssueDate, "2026-11-10");
        check(Dunning, &[IBAN, later, (Field::OriginalInvoiceNumber, "RE 2026 17")], Some(Relation::Reminds));
        let collector = [later, (Field::OriginalInvoiceNumber, "RE-2026/17"), (Field::AmountDue, "84.20")];
        check(Dunning, &collector, Some(Relation::Reminds));
        let with_fee = [IBAN, later, (Field::AmountDue, "89.20"), (Field::DunningFee, "5.00")];
        check(Dunning, &with_fee, Some(Relation::Reminds));
        check(Dunning, &[IBAN, later, (Field::AmountDue, "99.20"), (Field::DunningFee, "5.00")], None);
        check(Dunning, &[later, (Field::OriginalInvoiceNumber, "RE-2026/17")], None);
        let other_bill = [IBAN, later, (Field::AmountDue, "84.20"), (Field::OriginalInvoiceNumber, "RE-2026/18")];
        check(Dunning, &other_bill, None);
        let earlier = (Field::IssueDate, "2026-09-01");
        check(Dunning, &[IBAN, earlier, (Field::AmountDue, "84.20")], None);
        assert_eq!(relation(&bill(), &letter(Dunning, &with_fee)), None);
    }

    #[test]
    fn a_credit_note_belongs_to_its_bill_and_an_order_to_its_invoice() {
        let names = [IBAN, (Field::OriginalInvoiceNumber, "RE-2026/17")];
        check(DocumentKind::CreditNote, &names, Some(Relation::Corrects));
        check(DocumentKind::CorrectedInvoice, &names, Some(Relation::Corrects));
        check(DocumentKind::CreditNote, &[IBAN, (Field::InvoiceNumber, "RE-2026/17")], None);
        check(DocumentKind::DeliveryNote, &[IBAN, (Field::OrderNumber, "4711")], Some(Relation::SameMatter));
        check(DocumentKind::DeliveryNote, &[IBAN, (Field::OrderNumber, "4712")], None);
        check(DocumentKind::Contract, &[IBAN, (Field::OrderNumber, "4711")], None);
    }

    #[test]
    fn a_reply_names_the_day_of_the_letter_it_replies_to() {
        let check = |fields: &[(Field, &str)], named: &str, expected| {
            let first = [(Field::SellerName, "Amt Nord"), (Field::IssueDate, "2026-10-01")];
            let first = if fields.contains(&IBAN) { bill() } else { letter(DocumentKind::Letter, &first) };
            let own = letter(DocumentKind::Letter, &[(Field::BuyerName, "AMT NORD"), (Field::IssueDate, "2026-10-05")]);
            let reply = letter(DocumentKind::Letter, fields);
            let named = [named.parse().unwrap()];
            assert_eq!(
                (answers(&reply, &first, &named), answers(&reply, &own, &named)),
                expected,
                "{fields:?} {named:?}"
            );
        };
        let reply = [(Field::SellerName, "Amt Nord"), (Field::IssueDate, "2026-11-01")];
        check(&reply, "2026-10-05", (false, true));
        check(&[IBAN, (Field::IssueDate, "2026-11-01")], "2026-10-01", (true, false));
        check(&[IBAN, (Field::IssueDate, "2026-11-01")], "2026-10-02", (false, false));
        // Of the same name only, or not later: nothing is proven.
        check(&reply, "2026-10-01", (false, false));
        check(&[IBAN, (Field::IssueDate, "2026-10-01")], "2026-10-01", (false, false));
    }

    #[test]
    fn what_a_person_joins_is_related_as_its_kinds_suggest() {
        let later = letter(DocumentKind::Dunning, &[(Field::IssueDate, "2026-09-01")]);
        assert_eq!(joined(&bill(), &later, Berlin).2, Relation::Reminds);
        let note = letter(DocumentKind::CreditNote, &[]);
        assert_eq!(joined(&note, &bill(), Berlin).2, Relation::Corrects);
        assert_eq!(joined(&note, &letter(DocumentKind::Contract, &[]), Berlin).2, Relation::SameMatter);
        assert_eq!(joined(&bill(), &letter(DocumentKind::Letter, &[]), Berlin).2, Relation::SameMatter);
    }

    /// Which of two letters refers to the other goes by the days on the wall: 22:30 in UTC is the next day in Berlin.
    #[test]
    fn two_letters_of_one_matter_are_ordered_by_the_days_of_the_persons_calendar() {
        let came = |id: u64, at: &str, fields: &[(Field, &str)]| {
            let mut letter = letter(DocumentKind::Contract, fields);
            letter.id = uuid::Uuid::from_u64_pair(0, id).to_string().parse().unwrap();
            letter.received_at = at.parse().unwrap();
            letter
        };
        let undated = came(1, "2026-07-14T22:30:00Z", &[]);
        let dated = came(2, "2026-07-14T23:00:00Z", &[(Field::IssueDate, "2026-07-14")]);
        let (later, earlier, _) = joined(&undated, &dated, Berlin);
        assert_eq!((later, earlier), (undated.id, dated.id), "it came on the 15th, after the day of the other");
    }

    #[test]
    fn a_paper_scanned_twice_has_nearly_the_same_words_and_the_same_day() {
        let words = |differing: usize| -> Vec<String> {
            (0..40).map(|n| if n < differing { format!("misread{n}") } else { format!("word{n}") }).collect()
        };
        let paper = |day| letter(DocumentKind::Letter, &[IBAN, (Field::IssueDate, day)]);
        let check = |day, differing| same_paper(&paper("2026-10-01"), &paper(day), &words(0), &words(differing));
        assert!(check("2026-10-01", 3));
        assert!(!check("2026-10-01", 8));
        assert!(!check("2026-10-02", 3));
        assert!(!same_paper(&bill(), &bill(), &words(0), &words(0)), "a bill is known by its number and amount");
    }

    #[test]
    fn the_same_letter_once_more_agrees_in_everything_that_names_it() {
        assert_eq!(relation(&bill(), &bill()), Some(Relation::Repeats));
        let changed = |field, value: Option<&str>| {
            let mut document = bill();
            document.facts.retain(|fact| fact.field != field);
            document.facts.extend(value.map(|value| crate::example::fact(field, value)));
            relation(&document, &bill())
        };
        assert_eq!(changed(Field::InvoiceNumber, Some("re 2026-17")), Some(Relation::Repeats));
        assert_eq!(changed(Field::InvoiceNumber, Some("RE-2O26/I7")), Some(Relation::Repeats));
        assert_eq!(changed(Field::InvoiceNumber, Some("RE-2026/18")), None);
        assert_eq!(changed(Field::InvoiceNumber, None), None);
        assert_eq!(changed(Field::AmountDue, Some("84.21")), None);
        assert_eq!(changed(Field::IssueDate, Some("2026-11-01")), None);
        assert_eq!(changed(Field::Iban, None), None);
    }
}
