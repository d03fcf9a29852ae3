//! Why a kind or a value was taken, in words: what weighed most in the learned models.

use domain::{Field, Known, Reading};

use crate::context::Context;
use crate::forms::misread;
use crate::models::Models;
use crate::{choose, chosen, kinds, roles, sureness};

/// A decision with its reasons, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The field; none for the kind of the document.
    pub field: Option<Field>,
    /// What speaks for it (`+`) or against it (`-`).
    pub reasons: Vec<String>,
}

/// So many reasons are told.
const TOLD: usize = 5;

/// Why the kind and the value of each field were taken.
pub fn reasons(reading: &Reading, known: &Known) -> Vec<Why> {
    let models = Models::built_in();
    let reading = misread::reading(reading);
    let context = Context::new(&reading, known, models);
    let facts = chosen(&context);
    let roles = roles::Roles::of(&context, &models.roles, &facts);
    let (facts, weighed) = roles::weigh(&context, &roles, facts);
    let facts = choose::rank(facts);
    let mut all = Vec::new();
    if context.e_invoice.is_none()
        && let Some(class) = models.kinds.class(context.kind().as_str())
    {
        let (features, _) = kinds::features(&context);
        let strongest = models.kinds.strongest(class, &features, usize::MAX);
        let strongest = strongest.into_iter().map(|(name, weight)| (name.to_owned(), weight));
        all.push(Why { field: None, reasons: told(strongest, of_kind) });
    }
    for (field, strongest) in sureness::strongest(&context, &models.certain, &facts, &weighed) {
        all.push(Why { field: Some(field), reasons: told(strongest.into_iter(), of_value) });
    }
    all
}

/// The strongest that can be said in words, each once: what speaks for it, then what speaks against it.
fn told(strongest: impl Iterator<Item = (String, f32)>, words: fn(&str) -> Option<String>) -> Vec<String> {
    let (mut pro, mut contra): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (name, weight) in strongest {
        let Some(words) = words(&name) else { continue };
        let (side, sign) = if weight > 0.0 { (&mut pro, '+') } else { (&mut contra, '-') };
        let reason = format!("{sign} {words}");
        if !side.contains(&reason) {
            side.push(reason);
        }
    }
    pro.truncate(TOLD - 1);
    pro.into_iter().chain(contra).take(TOLD).collect()
}

/// What the model of kinds sees, in words.
fn of_kind(feature: &str) -> Option<String> {
    let (sort, what) = feature.split_once(':').unwrap_or((feature, ""));
    let what = what.replace('~', "…");
    Some(match sort {
        "t" | "tt" => format!("\u{201c}{what}\u{201d} in the title"),
        "o" => format!("\u{201c}{what}\u{201d} in the first sentence"),
        "w" => format!("the word \u{201c}{what}\u{201d}"),
        "rule" | "rank0" | "rank1" => {
            format!("words that name a kind: {}", what.split(':').next().unwrap_or_default().replace('_', " "))
        }
        "salutation" => "there is a salutation".to_owned(),
        "payment-code" => "there is a payment code".to_owned(),
        "rows" => "the number of rows".to_owned(),
        "days" => "the number of days".to_owned(),
        "sums" => "the number of amounts".to_owned(),
        "has" => match what.as_str() {
            "iban" => "an account is printed",
            "informal" => "the reader is addressed informally",
            "paragraph" => "the law is quoted",
            "remedy" => "a legal remedy is named",
            "overdue" => "it says that something was not paid",
            _ => return None,
        }
        .to_owned(),
        _ => return None,
    })
}

/// What the model of certainty sees, in words.
fn of_value(feature: &str) -> Option<String> {
    let (sort, what) = feature.split_once([':', '>']).unwrap_or((feature, ""));
    let what = what.replace('~', "…");
    Some(match sort {
        "by" => format!("found by the rules for {}", what.replace('_', " ")),
        "check" => match what.as_str() {
            "CheckDigits" => "its check digits are right",
            "SumsAgree" => "the sums agree",
            "CodeAgrees" => "the payment code agrees",
            "SourcesAgree" => "several places agree",
            "Labelled" => "it stands beside a word for it",
            _ => return None,
        }
        .to_owned(),
        "checks" => format!("{what} proofs"),
        "proven" => "the rules prove it".to_owned(),
        "sure" => "how clear its label is".to_owned(),
        "rival" | "rivals" | "proven-rival" => "how near other values come".to_owned(),
        "role" | "role-rival" => "what its sentence says".to_owned(),
        "also" => format!("it is the value of {} as well", what.replace('_', " ")),
        "kind" | "of-kind" => "the kind of the letter".to_owned(),
        "has" => format!("there is {} as well", what.replace('_', " ")),
        "from" => match what.as_str() {
            "Derived" => "it was worked out",
            "Ocr" => "it was recognised from a picture",
            "Code" => "it is in a code",
            _ => return None,
        }
        .to_owned(),
        "b1" | "b" => format!("\u{201c}{what}\u{201d} before it"),
        "a" => format!("\u{201c}{what}\u{201d} behind it"),
        "l" | "label" => {
            if what.chars().all(|c| c.is_ascii_digit()) {
                "what stands to the left of it".to_owned()
            } else {
                format!("\u{201c}{what}\u{201d} to the left of it")
            }
        }
        "v" => format!("\u{201c}{what}\u{201d} in it"),
        "organisation" => "it is the name of an organisation".to_owned(),
        "greeted" => "the salutation names it".to_owned(),
        "line-of-address" => "it stands in the address".to_owned(),
        "days" => "how far it is from the day of the letter".to_owned(),
        "later" | "earlier" | "gap" => "its place among the days of the letter".to_owned(),
        "times" | "larger" | "amounts" => "its place among the amounts of the letter".to_owned(),
        "negative" => "it has a minus".to_owned(),
        "x" | "y" | "later-page" | "nowhere" | "alone" | "cells" => "its place on the page".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::Known;

    use super::*;
    use crate::testing::page;

    #[test]
    fn a_letter_says_why_it_was_taken_so() {
        let letter = page(
            "Muster Handel GmbH\n\nRechnung Nr. 12\n\nDatum: 02.11.2026\n\nSehr geehrte Frau Beispiel,\n\n\
             bitte zahlen Sie 119,00 EUR bis zum 16.11.2026.",
        );
        let all = reasons(&letter, &Known::default());
        let of = |field| all.iter().find(|why| why.field == field).map(|why| why.reasons.clone()).unwrap_or_default();
        assert!(of(None).iter().any(|reason| reason.starts_with("+ ")), "{all:?}");
        assert!(!of(Some(Field::AmountDue)).is_empty() && !of(Some(Field::DueDate)).is_empty(), "{all:?}");
        let text = all.iter().flat_map(|why| &why.reasons);
        assert!(text.clone().all(|reason| !reason.contains(['|', '_', '~'])), "{all:?}");
    }
}
