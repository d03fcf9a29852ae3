//! Why a kind or a value was taken, in words: what weighed most in the learned models.

use domain::{Field, Known, Reading, Reason, Seen};

use crate::context::Context;
use crate::forms::misread;
use crate::models::Models;
use crate::trace::Trace;
use crate::{Ranked, choose, kinds, ranked, sureness};

/// A decision with its reasons, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The field; none for the kind of the document.
    pub field: Option<Field>,
    /// What speaks for it and against it.
    pub reasons: Vec<Reason>,
}

/// So many reasons are told.
const TOLD: usize = 5;

/// Why the kind and the value of each field were taken.
pub fn reasons(reading: &Reading, known: &Known) -> Vec<Why> {
    let models = Models::built_in();
    let reading = misread::reading(reading);
    let context = Context::new(&reading, known, models);
    let Ranked { facts, weighed, .. } = ranked(&context, models, &mut Trace::default());
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
    for field in [Field::AmountDue, Field::Iban, Field::PaymentReference] {
        let Some(other) = choose::said_otherwise(&context, &facts, field) else { continue };
        let differs = Reason { speaks_for: false, seen: Seen::CodeDiffers, words: Some(other.plain()) };
        match all.iter_mut().find(|why| why.field == Some(field)) {
            Some(why) => why.reasons.insert(0, differs),
            None => all.push(Why { field: Some(field), reasons: vec![differs] }),
        }
    }
    all
}

/// What was seen, with the words of the letter.
type InWords = (Seen, Option<String>);

/// The strongest that can be said in words, each once: what speaks for it, then what speaks against it.
fn told(strongest: impl Iterator<Item = (String, f32)>, words: fn(&str) -> Option<InWords>) -> Vec<Reason> {
    let (mut pro, mut contra): (Vec<Reason>, Vec<Reason>) = (Vec::new(), Vec::new());
    for (name, weight) in strongest {
        let Some((seen, words)) = words(&name) else { continue };
        let reason = Reason { speaks_for: weight > 0.0, seen, words };
        let side = if reason.speaks_for { &mut pro } else { &mut contra };
        if !side.contains(&reason) {
            side.push(reason);
        }
    }
    pro.truncate(TOLD - 1);
    pro.into_iter().chain(contra).take(TOLD).collect()
}

/// What the model of kinds sees, in words.
fn of_kind(feature: &str) -> Option<InWords> {
    let (sort, what) = feature.split_once(':').unwrap_or((feature, ""));
    let what = what.replace('~', "…");
    Some(match sort {
        "t" | "tt" => (Seen::InTitle, Some(what)),
        "o" => (Seen::InFirstSentence, Some(what)),
        "w" => (Seen::Word, Some(what)),
        "rule" | "rank0" | "rank1" => {
            (Seen::KindWords, Some(what.split(':').next().unwrap_or_default().replace('_', " ")))
        }
        "salutation" => (Seen::Salutation, None),
        "payment-code" => (Seen::PaymentCode, None),
        "rows" => (Seen::Rows, None),
        "days" => (Seen::Days, None),
        "sums" => (Seen::Sums, None),
        "has" => match what.as_str() {
            "iban" => (Seen::Account, None),
            "informal" => (Seen::Informal, None),
            "paragraph" => (Seen::Law, None),
            "remedy" => (Seen::Remedy, None),
            "overdue" => (Seen::Overdue, None),
            _ => return None,
        },
        _ => return None,
    })
}

/// What the model of certainty sees, in words.
fn of_value(feature: &str) -> Option<InWords> {
    let (sort, what) = feature.split_once([':', '>']).unwrap_or((feature, ""));
    let what = what.replace('~', "…");
    Some(match sort {
        "by" => (Seen::Rules, Some(what.replace('_', " "))),
        "check" => match what.as_str() {
            "CheckDigits" => (Seen::CheckDigits, None),
            "SumsAgree" => (Seen::SumsAgree, None),
            "CodeAgrees" => (Seen::CodeAgrees, None),
            "SourcesAgree" => (Seen::SourcesAgree, None),
            "Labelled" => (Seen::Labelled, None),
            _ => return None,
        },
        "checks" => (Seen::Proofs, Some(what)),
        "proven" => (Seen::Proven, None),
        "sure" => (Seen::Label, None),
        "rival" | "rivals" | "proven-rival" => (Seen::Rivals, None),
        "role" | "role-rival" => (Seen::Sentence, None),
        "also" => (Seen::AlsoField, Some(what)),
        "kind" | "of-kind" => (Seen::KindOfLetter, None),
        "has" => (Seen::HasField, Some(what)),
        "from" => match what.as_str() {
            "Derived" => (Seen::WorkedOut, None),
            "Ocr" => (Seen::FromPicture, None),
            "Code" => (Seen::InCode, None),
            _ => return None,
        },
        "b1" | "b" => (Seen::Before, Some(what)),
        "a" => (Seen::Behind, Some(what)),
        "l" | "label" => {
            if what.chars().all(|c| c.is_ascii_digit()) {
                (Seen::LeftOfIt, None)
            } else {
                (Seen::Left, Some(what))
            }
        }
        "v" => (Seen::Inside, Some(what)),
        "organisation" => (Seen::Organisation, None),
        "greeted" => (Seen::Greeted, None),
        "line-of-address" => (Seen::InAddress, None),
        "days" => (Seen::Distance, None),
        "later" | "earlier" | "gap" => (Seen::AmongDays, None),
        "times" | "larger" | "amounts" => (Seen::AmongAmounts, None),
        "negative" => (Seen::Minus, None),
        "x" | "y" | "later-page" | "nowhere" | "alone" | "cells" => (Seen::OnPage, None),
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
        assert!(of(None).iter().any(|reason| reason.speaks_for), "{all:?}");
        assert!(!of(Some(Field::AmountDue)).is_empty() && !of(Some(Field::DueDate)).is_empty(), "{all:?}");
        let text = all.iter().flat_map(|why| &why.reasons).map(ToString::to_string);
        assert!(text.clone().all(|reason| !reason.contains(['|', '_', '~'])), "{all:?}");
    }
}
