//! From candidates to the best consistent set: equal values join, sums and dates are checked against each other, and
//! only what is proven becomes certain.

pub(crate) mod amounts;
mod claim;
mod dates;
mod due;
mod sets;
mod sums;

use domain::{Check, Fact, Field, Origin, Value, normalised_name};

use crate::context::Context;
use crate::kinds;

/// At most so many candidates for a field.
const MOST: usize = 5;

/// The best candidates, for each field the best first.
pub(crate) fn choose(context: &Context, candidates: Vec<Fact>) -> Vec<Fact> {
    let mut facts = join(candidates);
    let never = kinds::never(context.kind());
    facts.retain(|fact| !never.contains(&fact.field) || fact.origin == Origin::Xml);
    amounts::settle(context, &mut facts);
    dates::settle(&mut facts);
    alone(&mut facts);
    unrivalled(context, &mut facts);
    disagree(&mut facts);
    rank(facts)
}

/// Whether two values of a field say the same.
fn same(a: &Value, b: &Value) -> bool {
    let compact = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            compact(a) == compact(b)
                || !a.contains(|c: char| c.is_ascii_digit()) && normalised_name(a) == normalised_name(b)
        }
        (Value::Amount(a), Value::Amount(b)) => a == b,
        (a, b) => a == b,
    }
}

/// Whether two facts were read from different things: XML, code and page, or two places on the page.
fn independent(a: &Fact, b: &Fact) -> bool {
    let structured = |fact: &Fact| matches!(fact.origin, Origin::Xml | Origin::Code);
    if structured(a) != structured(b) {
        return true;
    }
    if a.origin == Origin::Derived && b.origin == Origin::Derived {
        return false;
    }
    match (&a.evidence, &b.evidence) {
        (Some(a), Some(b)) => {
            let (p, q) = (&a.rect, &b.rect);
            if a.page != b.page {
                // A letterhead or footer comes again on every page, with the same mistakes.
                return (p.y - q.y).abs() > 0.03 || (p.x - q.x).abs() > 0.05;
            }
            p.y > q.bottom() || q.y > p.bottom() || p.x > q.right() || q.x > p.right()
        }
        _ => false,
    }
}

/// Whether two places on a page prove a value. Parts of a total come again as parts of other sums; the reader is named
/// twice as well, so whose name is the sender's is judged where it is found.
fn provable(fact: &Fact) -> bool {
    use Field::{DunningFee, Prepaid, SellerName, TaxTotal, TotalGross, TotalNet};
    !matches!(fact.field, TotalGross | TotalNet | TaxTotal | Prepaid | DunningFee | SellerName)
        && fact.value.amount().is_none_or(|amount| !amount.is_zero())
}

/// Notes checks that a fact has passed, each once.
fn add_checks(fact: &mut Fact, checks: impl IntoIterator<Item = Check>) {
    for check in checks {
        if !fact.checks.contains(&check) {
            fact.checks.push(check);
        }
    }
}

/// Joins candidates of the same value; two independent ones prove each other.
fn join(mut candidates: Vec<Fact>) -> Vec<Fact> {
    /// Weaker candidates prove nothing,
    const WITNESS: f32 = 0.55;
    /// unless the value also follows from something else: that both hit the same one by chance is unlikely.
    const FOLLOWING: f32 = 0.25;
    candidates.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut facts: Vec<Fact> = Vec::new();
    for fact in candidates {
        let Some(first) = facts.iter_mut().find(|f| f.field == fact.field && same(&f.value, &fact.value)) else {
            facts.push(fact);
            continue;
        };
        let follows = first.origin == Origin::Derived || fact.origin == Origin::Derived;
        if !independent(first, &fact) || fact.confidence < if follows { FOLLOWING } else { WITNESS } {
            if fact.certain {
                first.certain = true;
                add_checks(first, fact.checks);
            }
            continue;
        }
        // What stands on the page shows a value better than what follows from something else.
        if first.origin == Origin::Derived && fact.origin != Origin::Derived {
            (first.origin, first.by, first.evidence) = (fact.origin, fact.by.clone(), fact.evidence.clone());
        }
        let by_code = first.origin == Origin::Code || fact.origin == Origin::Code;
        let check = if by_code { Check::CodeAgrees } else { Check::SourcesAgree };
        add_checks(first, fact.checks.into_iter().chain([check]));
        first.certain |= by_code || provable(first);
        first.confidence = 1.0 - (1.0 - first.confidence) * (1.0 - 0.6 * fact.confidence);
    }
    facts
}

/// Values with right check digits are certain only while no other value claims the field.
fn alone(facts: &mut [Fact]) {
    /// A candidate that might be meant instead.
    const RIVAL: f32 = 0.5;
    for field in [Field::Iban, Field::SellerVatId, Field::CreditorId, Field::PaymentReference, Field::DebtorIban] {
        let rivals = facts.iter().filter(|fact| fact.field == field && fact.confidence >= RIVAL).count();
        if rivals > 1 {
            let proven = |fact: &Fact| {
                fact.checks.iter().any(|c| matches!(c, Check::CodeAgrees | Check::Structured))
                    || fact.origin == Origin::Code
            };
            facts.iter_mut().filter(|fact| fact.field == field && !proven(fact)).for_each(|fact| fact.certain = false);
        }
    }
    // A code is the payee's own word; its account and reference need no second witness.
    let spoken = [Field::Iban, Field::Bic, Field::PaymentReference, Field::Currency];
    facts.iter_mut().filter(|f| f.origin == Origin::Code && spoken.contains(&f.field)).for_each(|f| f.certain = true);
}

/// A value beside a clear label is certain while nothing else on the document claims its field: by its label and by
/// elimination. What was recognised must have been read without any doubt as well. Amounts need arithmetic.
fn unrivalled(context: &Context, facts: &mut [Fact]) {
    const CLEAR: f32 = 0.8;
    /// What comes nearer than this share claims the field as well.
    const RIVAL: f32 = 0.7;
    /// How sure the engine must be of the worst word.
    const READ: f32 = 0.95;
    for at in 0..facts.len() {
        let fact = &facts[at];
        let read = match (fact.origin, &fact.evidence) {
            (Origin::Text, _) => true,
            // Whose address a recognised one is, its place alone does not prove.
            (Origin::Ocr, Some(place)) => fact.field != Field::BuyerName && context.layout.sureness(place) >= READ,
            _ => false,
        };
        let labelled = fact.checks.contains(&Check::Labelled) && !matches!(fact.value, Value::Amount(_));
        let clear = labelled && fact.confidence >= CLEAR;
        let rival = |other: &Fact| {
            other.field == fact.field && !same(&other.value, &fact.value) && other.confidence >= RIVAL * fact.confidence
        };
        if clear && read && !facts.iter().any(rival) {
            facts[at].certain = true;
        }
    }
}

/// What the page says otherwise than the XML, or beyond it, is a question.
fn disagree(facts: &mut [Fact]) {
    let stated: Vec<Field> = facts.iter().filter(|fact| fact.origin == Origin::Xml).map(|fact| fact.field).collect();
    if !stated.is_empty() {
        facts.iter_mut().filter(|fact| !stated.contains(&fact.field)).for_each(|fact| fact.certain = false);
    }
    /// A page value as clear as this counts against the XML.
    const CLEAR: f32 = 0.78;
    let others: Vec<(Field, Value)> = facts
        .iter()
        .filter(|f| f.origin != Origin::Xml && f.confidence >= CLEAR && crate::problems::compared(f.field))
        .map(|f| (f.field, f.value.clone()))
        .collect();
    let against = |fact: &Fact| {
        let page: Vec<_> = others.iter().filter(|(field, _)| *field == fact.field).collect();
        // A value that the page confirms stays, whatever else the page names.
        !fact.checks.contains(&Check::SourcesAgree)
            && !page.is_empty()
            && page.iter().all(|(_, value)| !same(value, &fact.value))
    };
    let xml = facts.iter().filter(|fact| fact.origin == Origin::Xml && against(fact)).count();
    for fact in facts.iter_mut().filter(|fact| fact.origin == Origin::Xml) {
        // Several differences: the XML may belong to another bill.
        if xml >= 2 || against(fact) {
            fact.certain = false;
        }
    }
}

/// For each field the best first, at most [`MOST`].
fn rank(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| {
        let key = |fact: &Fact| (fact.origin == Origin::Xml && fact.confidence >= 0.9, fact.confidence);
        let ((a_xml, a_sure), (b_xml, b_sure)) = (key(a), key(b));
        a.field.cmp(&b.field).then(b_xml.cmp(&a_xml)).then(b_sure.total_cmp(&a_sure))
    });
    let mut seen: Vec<Field> = Vec::new();
    facts.retain(|fact| {
        let before = seen.iter().filter(|field| **field == fact.field).count();
        seen.push(fact.field);
        // Further candidates are for the chips of the review; hopeless ones only confuse.
        before < MOST && (before == 0 && fact.confidence >= 0.25 || fact.confidence >= 0.3)
    });
    facts
}
