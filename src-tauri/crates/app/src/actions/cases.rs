//! Cases: how a document relates to others, what that changes in their tasks, and what to warn of before paying.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::search::terms;
use domain::{
    Document, DocumentId, DocumentKind, DoneHow, FailureCode, Field, Iban, Money, Origin, Problem, Reading, Relation,
    Task, TaskKind, TaskStatus, Value, Warning, answers, goes_on, is_for_another, joined, open_amount, relation,
    same_paper,
};
use store::{KnownAccount, Read, Related, StoreError, TaskFilter, Write};
use understand::named_letters;

use crate::actions::{contracts, existing};

/// Stores how a document relates to others. What a person has said about two of them stays.
pub(crate) fn join(w: &Write<'_>, document: &Document) -> Result<(), StoreError> {
    let reading = w.reading(&document.file)?.unwrap_or_default();
    let named = named_letters(&reading);
    // Parts of one receipt say the same sum and day, as the same letter would twice.
    join_parts(w, document, &reading)?;
    let said = w.relations_of(document.id)?;
    for id in w.perhaps_related(document, &named)? {
        if said.iter().any(|pair| pair.document == id || pair.other == id) {
            continue;
        }
        let other = existing::document(w, id)?;
        let found = match relation(document, &other) {
            Some(relation) => Some((document.id, id, relation)),
            None => relation(&other, document).map(|relation| (id, document.id, relation)),
        };
        let found = match found {
            None if answers(document, &other, &named) => Some((document.id, id, Relation::Answers)),
            None if is_same_paper(w, document, &reading, &other)? => Some((document.id, id, Relation::Repeats)),
            found => found,
        };
        if let Some((document, other, relation)) = found {
            w.relate(Related { document, other, relation: Some(relation) })?;
        }
    }
    contracts::join(w, document)
}

/// Stores which pictures that came in together with this one show further parts of the same paper.
fn join_parts(w: &Write<'_>, document: &Document, reading: &Reading) -> Result<(), StoreError> {
    /// Pictures of one paper are sent together.
    const WITHIN: Duration = Duration::from_secs(60 * 60);
    /// However many came in together: those beside it.
    const MOST: u32 = 40;
    let is_picture = reading.mime_type.starts_with("image/");
    let (true, Some(top), Some(bottom)) = (is_picture, reading.pages.first(), reading.pages.last()) else {
        return Ok(());
    };
    let said = w.relations_of(document.id)?;
    for id in w.received_with(document, WITHIN, MOST)? {
        if said.iter().any(|pair| pair.document == id || pair.other == id) {
            continue;
        }
        let Some(other) = w.reading(&existing::document(w, id)?.file)? else { continue };
        let (Some(its_top), Some(its_bottom)) = (other.pages.first(), other.pages.last()) else { continue };
        let (document, other) = if goes_on(its_bottom, top) {
            (document.id, id)
        } else if goes_on(bottom, its_top) {
            (id, document.id)
        } else {
            continue;
        };
        w.relate(Related { document, other, relation: Some(Relation::Continues) })?;
    }
    Ok(())
}

/// The documents whose pictures show one paper in parts, this one among them, from the top of the paper to its end. One alone is
/// whole, as far as anybody knows.
pub(crate) fn parts(r: &Read<'_>, id: DocumentId) -> Result<Vec<DocumentId>, StoreError> {
    let mut parts = vec![id];
    while let [first, ..] = parts[..]
        && let Some(above) = part_beside(r, first, &parts, |pair| (pair.document == first).then_some(pair.other))?
    {
        parts.insert(0, above);
    }
    while let [.., last] = parts[..]
        && let Some(below) = part_beside(r, last, &parts, |pair| (pair.other == last).then_some(pair.document))?
    {
        parts.push(below);
    }
    Ok(parts)
}

/// A part that shows how the paper of this one goes on, or what stands before it.
pub(crate) fn further_part(r: &Read<'_>, id: DocumentId) -> Result<Option<DocumentId>, StoreError> {
    part_beside(r, id, &[], |pair| Some(if pair.document == id { pair.other } else { pair.document }))
}

/// The part on one side of another one, unless it is among those that are `known` or lies in the trash.
fn part_beside(
    r: &Read<'_>,
    part: DocumentId,
    known: &[DocumentId],
    beside: impl Fn(&Related) -> Option<DocumentId>,
) -> Result<Option<DocumentId>, StoreError> {
    for pair in r.relations_of(part)?.iter().filter(|pair| pair.relation == Some(Relation::Continues)) {
        if let Some(found) = beside(pair).filter(|found| !known.contains(found))
            && r.trashed_at(found)?.is_none()
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Stores anew how a document relates to others, because it was read better and nobody has looked at it. What another letter had
/// lost to it by mistake goes back.
pub(crate) fn join_anew(w: &Write<'_>, document: &Document) -> Result<(), StoreError> {
    let before = w.relations_of(document.id)?;
    contracts::unconfirm(w, document.id)?;
    w.forget_relations(document.id)?;
    join(w, document)?;
    let now = w.relations_of(document.id)?;
    for lost in before.iter().filter(|pair| !now.contains(pair)) {
        if matches!(lost.relation, Some(Relation::Reminds | Relation::Corrects)) {
            give_back(w, lost.other)?;
        }
    }
    Ok(())
}

/// Whether it is a scan of a paper without a number that was scanned before.
fn is_same_paper(r: &Read<'_>, document: &Document, read: &Reading, other: &Document) -> Result<bool, StoreError> {
    // A cheap check before the pages are loaded.
    if document.kind != other.kind || document.letter_date() != other.letter_date() {
        return Ok(false);
    }
    let words = |reading: &Reading| terms(&reading.text()).map(|(_, word)| word).collect::<Vec<_>>();
    let other_words = r.reading(&other.file)?.as_ref().map(words).unwrap_or_default();
    Ok(same_paper(document, other, &words(read), &other_words))
}

/// Whether the same letter was filed before.
pub(crate) fn repeats(r: &Read<'_>, id: DocumentId) -> Result<Option<DocumentId>, StoreError> {
    let found = r.relations_of(id)?;
    let of_this = found.iter().find(|pair| pair.document == id && pair.relation == Some(Relation::Repeats));
    match of_this {
        Some(pair) => Ok(if r.trashed_at(pair.other)?.is_none() { Some(pair.other) } else { None }),
        None => Ok(None),
    }
}

/// What follows for the other letters of its case from a letter whose state is decided.
pub(crate) fn follow(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    close_superseded_payments(w, id, now)?;
    contracts::confirm(w, id, now)
}

/// Moves the payment of a bill to the later letter about it (a reminder or a replacement): the task of the bill ends,
/// so that nobody pays twice. A reminder that asks for less than what is open takes nothing over: it is about
/// something else as well, or about a part only.
pub(crate) fn close_superseded_payments(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    for pair in w.relations_of(id)? {
        let asked = match pair.relation {
            Some(Relation::Reminds | Relation::Corrects) => payments_to_rely_on(w, pair.document)?,
            Some(Relation::Repeats | Relation::Answers | Relation::SameMatter | Relation::Continues) | None => continue,
        };
        for task in payments(w, pair.other)?.into_iter().filter(|task| task.status.is_open()) {
            let open = open_amount_of(w, &task)?;
            let covers = |later: &Task| match (later.amount, open) {
                (Some(asked), Some(open)) => asked.currency == open.currency && asked.amount >= open.amount,
                (None, _) | (_, None) => true,
            };
            if asked.iter().any(|later| pair.relation == Some(Relation::Corrects) || covers(later)) {
                w.set_task_status(task.id, TaskStatus::Cancelled, Some((now, DoneHow::Other)))?;
            }
        }
    }
    Ok(())
}

/// A person says that two documents belong together.
pub(crate) fn bring_together(
    w: &Write<'_>,
    one: DocumentId,
    another: DocumentId,
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (document, other, relation) = joined(&existing::document(w, one)?, &existing::document(w, another)?, zone);
    say(w, Related { document, other, relation: Some(relation) })?;
    close_superseded_payments(w, document, now)?;
    [document, other].into_iter().try_for_each(|id| contracts::confirm(w, id, now))
}

/// A person says that a document belongs to none of its case.
pub(crate) fn take_out(w: &Write<'_>, id: DocumentId) -> Result<(), StoreError> {
    for pair in w.relations_of(id)?.into_iter().filter(|pair| pair.relation.is_some()) {
        say(w, Related { relation: None, ..pair })?;
    }
    Ok(())
}

/// Moves a document to the trash. Bills whose payment it had taken over get their tasks back, so that nothing is left
/// unpaid.
pub(crate) fn trash(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    for pair in w.relations_of(id)?.into_iter().filter(|pair| pair.document == id) {
        if matches!(pair.relation, Some(Relation::Reminds | Relation::Corrects)) {
            give_back(w, pair.other)?;
        }
    }
    contracts::unconfirm(w, id)?;
    w.trash(id, now)
}

/// Restores a document from the trash; it takes payments over again.
pub(crate) fn restore(w: &Write<'_>, id: DocumentId, now: DateTime<Utc>) -> Result<(), StoreError> {
    w.restore(id)?;
    follow(w, id, now)
}

fn give_back(w: &Write<'_>, id: DocumentId) -> Result<(), StoreError> {
    for task in payments(w, id)?.into_iter().filter(|task| task.status == TaskStatus::Cancelled) {
        w.set_task_status(task.id, TaskStatus::Open, None)?;
    }
    Ok(())
}

/// Stores what a person says about two documents. If they do not belong together, a payment that was taken over goes
/// back.
pub(crate) fn say(w: &Write<'_>, pair: Related) -> Result<(), StoreError> {
    let before = w.relations_of(pair.document)?;
    let known = before.iter().find(|known| (known.document, known.other) == (pair.other, pair.document));
    w.relate(match known {
        Some(known) => Related { relation: pair.relation, ..*known },
        None => pair,
    })?;
    if pair.relation.is_none() {
        give_back(w, pair.document)?;
        give_back(w, pair.other)?;
    }
    Ok(())
}

fn open_amount_of(r: &Read<'_>, task: &Task) -> Result<Option<Money>, StoreError> {
    let paid = r.payments(task.id)?;
    Ok(task.amount.map(|amount| open_amount(amount, &paid)))
}

/// Those of a letter that still waits for a look take nothing over, unless it is one that must never pass as harmless.
fn payments_to_rely_on(r: &Read<'_>, document: DocumentId) -> Result<Vec<Task>, StoreError> {
    let mut tasks = payments(r, document)?;
    tasks.retain(|task| !task.provisional || task.document_kind.is_some_and(DocumentKind::is_alarming));
    Ok(tasks)
}

fn payments(r: &Read<'_>, document: DocumentId) -> Result<Vec<Task>, StoreError> {
    let mut tasks = r.tasks(TaskFilter::OfDocument(document))?;
    tasks.retain(|task| task.kind == TaskKind::Pay);
    Ok(tasks)
}

/// All warnings before this document is paid. An account that a person has confirmed is not doubted any more.
/// `problems` are those of its findings.
pub(crate) fn warnings(r: &Read<'_>, document: &Document, problems: &[Problem]) -> Result<Vec<Warning>, StoreError> {
    let mut warnings = Vec::new();
    for pair in r.relations_of(document.id)? {
        let Some(relation) = pair.relation else { continue };
        let is_later = pair.document == document.id;
        let other = if is_later { pair.other } else { pair.document };
        if r.trashed_at(other)?.is_some() {
            continue;
        }
        match relation {
            Relation::Repeats if is_later => warnings.push(Warning::Repeats { other }),
            Relation::Reminds if is_later && was_paid(r, other)? => warnings.push(Warning::AlreadyPaid { by: other }),
            Relation::Corrects if !is_later => warnings.push(Warning::Corrected { by: other }),
            Relation::Repeats
            | Relation::Reminds
            | Relation::Corrects
            | Relation::Answers
            | Relation::SameMatter
            | Relation::Continues => {}
        }
    }
    for problem in problems {
        match problem.code {
            FailureCode::PageAndXmlDiffer => warnings.push(Warning::PageAndXmlDiffer),
            FailureCode::LooksLikeABill => warnings.push(Warning::LooksLikeABill),
            _ => {}
        }
    }
    let account = document.fact(Field::Iban);
    let is_confirmed = account.is_some_and(|fact| fact.origin == Origin::User);
    if !is_confirmed && is_unknown_claim(r, document, problems)? {
        let text = r.reading(&document.file)?.unwrap_or_default().text();
        warnings.push(Warning::UnknownClaim { for_another: is_for_another(document, &text) });
    }
    if let Some(Value::Iban(iban)) = account.filter(|fact| fact.origin != Origin::User).map(|fact| &fact.value) {
        warnings.extend(doubted_account(r, document, iban)?);
    }
    Ok(warnings)
}

fn was_paid(r: &Read<'_>, bill: DocumentId) -> Result<bool, StoreError> {
    Ok(payments(r, bill)?.iter().any(|task| task.status == TaskStatus::Done))
}

fn doubted_account(r: &Read<'_>, document: &Document, iban: &Iban) -> Result<Option<Warning>, StoreError> {
    match document.correspondent.map(|sender| r.known_account(sender, document.id, iban)).transpose()? {
        Some(KnownAccount::This) => return Ok(None),
        Some(KnownAccount::OthersOnly) => return Ok(Some(Warning::ChangedAccount)),
        Some(KnownAccount::None) | None => {}
    }
    let country = |text: &str| text.get(..2).map(str::to_uppercase);
    let vat_id = document.text(Field::SellerVatId);
    if vat_id.is_some_and(|vat_id| country(&vat_id) != country(iban.as_str())) {
        return Ok(Some(Warning::ForeignAccount));
    }
    Ok(None)
}

/// Whether it demands an old debt, or the debt of another person, from a sender who has sent nothing but demands, and
/// refers to no letter that is filed here.
fn is_unknown_claim(r: &Read<'_>, document: &Document, problems: &[Problem]) -> Result<bool, StoreError> {
    let is_odd =
        problems.iter().any(|problem| matches!(problem.code, FailureCode::OldClaim | FailureCode::ClaimForAnother));
    let collects = is_odd || document.fact(Field::PayeeName).is_some();
    if document.kind != DocumentKind::Dunning || !collects {
        return Ok(false);
    }
    if let Some(sender) = document.correspondent
        && r.is_known_for_more_than_demands(sender)?
    {
        return Ok(false);
    }
    for id in r.case_of(document.id)? {
        if existing::document(r, id)?.kind != DocumentKind::Dunning {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An account that letters of a sender name.
pub(crate) struct NamedAccount {
    pub(crate) iban: Iban,
    /// The first letter that names it.
    pub(crate) document: DocumentId,
    /// The day of that letter.
    pub(crate) day: Option<NaiveDate>,
    /// Other letters of the sender name another account before.
    pub(crate) is_newer: bool,
}

/// The accounts of a document and of the other letters of its sender, the oldest first: nothing unless there are several.
pub(crate) fn differing_accounts(r: &Read<'_>, document: &Document) -> Result<Vec<NamedAccount>, StoreError> {
    let Some(sender) = document.correspondent else { return Ok(Vec::new()) };
    let mut found: Vec<NamedAccount> = Vec::new();
    for (iban, letter, day) in r.accounts_by_letter(sender, document.id)? {
        if found.iter().all(|known| known.iban != iban) {
            found.push(NamedAccount { is_newer: !found.is_empty(), iban, document: letter, day: Some(day) });
        }
    }
    if found.len() < 2 {
        found.clear();
    }
    Ok(found)
}

/// What to write on a transfer: what the letter says; else, on a reminder, what its bill says; else its own number.
pub(crate) fn reference(r: &Read<'_>, document: &Document) -> Result<Option<String>, StoreError> {
    if let Some(own) = document.text(Field::PaymentReference) {
        return Ok(Some(own));
    }
    if document.kind == DocumentKind::Dunning {
        for pair in r.relations_of(document.id)? {
            if pair.document == document.id && pair.relation == Some(Relation::Reminds) {
                let bill = existing::document(r, pair.other)?;
                let of_bill = bill.text(Field::PaymentReference).or_else(|| bill.text(Field::InvoiceNumber));
                if of_bill.is_some() {
                    return Ok(of_bill);
                }
            }
        }
        if let Some(number) = document.text(Field::OriginalInvoiceNumber) {
            return Ok(Some(number));
        }
    }
    Ok(document.text(Field::InvoiceNumber))
}
