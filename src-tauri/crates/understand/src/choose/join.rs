//! Candidates of the same value become one fact; two that were read from different things prove each other.

use domain::{Check, Fact, Field, Origin, Value, normalised_name};

use super::add_checks;

/// Joins candidates of the same value; two independent ones prove each other.
pub(super) fn join(mut candidates: Vec<Fact>) -> Vec<Fact> {
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

/// Whether two values of a field say the same.
pub(super) fn same(a: &Value, b: &Value) -> bool {
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
