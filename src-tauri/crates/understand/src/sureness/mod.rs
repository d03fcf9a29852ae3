//! Which values are certain: shown as a fact, not as a question; and which of several candidates is the likeliest.
//!
//! What speaks for a value (which extractor, which proofs, how near the next candidate comes, what the model of roles says, the
//! words beside it) was learned from letters: a score that the value is right. From a least score on it is certain; it was
//! chosen so that next to none of the certain values on letters of left-out authors is wrong (`models/certain.txt`). Check
//! digits, sums and codes are features as any other: they prove that a value was read right, not that it is meant.

mod features;

use domain::{Check, Fact, Field, Origin};

use crate::context::Context;
use crate::linear::{Linear, sigmoid};
use crate::roles::{self, Weighed};

/// The extractor of senders that were met before.
const KNOWN_SENDER: &str = "known_sender";

/// The class that holds where a value is right.
const RIGHT: &str = "right";
/// The class whose bias is the least score of a certain value that the rules prove,
pub const PROVEN: &str = "least_proven";
/// and of one that they do not.
pub const ALONE: &str = "least_alone";
/// What the extractors doubt themselves is not certain.
const DOUBTED: f32 = 0.7;

/// A value of a field with what speaks for it, to learn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The value.
    pub fact: Fact,
    /// Whether it is the best of its field so far.
    pub is_first: bool,
    /// Whether it may be certain at all.
    pub may_be_certain: bool,
    /// What is seen of it.
    pub features: Vec<String>,
}

/// All values with their features.
pub(crate) fn examples(context: &Context, facts: &[Fact], weighed: &[Weighed]) -> Vec<Judged> {
    if by_data(facts) {
        return Vec::new();
    }
    let letter = features::Letter::of(context, facts, weighed);
    let all = facts.iter().enumerate().filter(|(_, fact)| !is_said(fact) && is_judged(fact.field));
    all.map(|(at, fact)| Judged {
        fact: fact.clone(),
        is_first: is_first(facts, at),
        may_be_certain: letter.may_be_certain(at),
        features: letter.features(at),
    })
    .collect()
}

/// Makes certain what is likely enough, and nothing else.
pub(crate) fn judge(context: &Context, model: &Linear, mut facts: Vec<Fact>, weighed: &[Weighed]) -> Vec<Fact> {
    let [Some(right), Some(proven), Some(alone)] = [RIGHT, PROVEN, ALONE].map(|name| model.class(name)) else {
        return facts;
    };
    if by_data(&facts) {
        return facts;
    }
    let least = |proven_by_rules: bool| model.classes()[if proven_by_rules { proven } else { alone }].bias;
    let agreed = roles::agreed(context, &facts);
    let letter = features::Letter::of(context, &facts, weighed);
    let scores: Vec<f32> = (0..facts.len()).map(|at| model.scores(&letter.features(at))[right]).collect();
    let may: Vec<bool> = (0..facts.len()).map(|at| letter.may_be_certain(at)).collect();
    let fields: Vec<Field> = facts.iter().map(|fact| fact.field).collect();
    for field in Field::ALL {
        if !is_judged(*field) {
            continue;
        }
        let of: Vec<usize> = (0..facts.len()).filter(|at| fields[*at] == *field).collect();
        let Some(&first) = of.first() else { continue };
        if of.iter().any(|at| is_said(&facts[*at])) {
            continue;
        }
        let of_field: Vec<f32> = of.iter().map(|at| scores[*at]).collect();
        let best = if is_ranked(*field) { of[likeliest(&of_field)] } else { first };
        if best != first {
            let sure = facts[first].confidence;
            facts[best].confidence = facts[best].confidence.max(sure);
            for at in of.iter().copied().filter(|at| *at != best) {
                facts[at].confidence *= 0.9;
            }
        }
        let is_plain = *field == Field::AmountDue && facts[best].value.amount().is_some_and(|due| agreed == Some(due));
        if is_asked_by_gate(*field) && !is_plain {
            let said = weighed.iter().find(|said| said.field == *field && said.value == facts[best].value);
            let is_meant = said.is_some_and(|said| said.probability >= MEANT);
            let likely = sigmoid(scores[best]);
            // Both models have to doubt it.
            facts[best].confidence =
                weighed_anew(facts[best].confidence, if is_meant { likely.max(DOUBTFUL) } else { likely });
            // It stays the best: it is doubted, not outdone.
            let most = 0.99 * facts[best].confidence;
            for at in of.iter().copied().filter(|at| *at != best) {
                facts[at].confidence = facts[at].confidence.min(most);
            }
        }
        for at in of {
            let is_proven = facts[at].certain;
            facts[at].certain = at == best && may[at] && scores[at] >= least(is_proven);
            if facts[at].certain && !is_proven {
                facts[at].checks.push(Check::Likely);
            }
        }
    }
    crate::choose::rank(facts)
}

/// The fields on which tasks rest: there the likelihood speaks as well where it is clear.
fn is_asked_by_gate(field: Field) -> bool {
    matches!(field, Field::AmountDue | Field::DueDate)
}

/// Below this a value is doubted.
const DOUBTFUL: f32 = 0.25;
/// From this the model of roles thinks that it is meant.
const MEANT: f32 = 0.6;

/// A confidence that was given by hand, and how likely the value is: what is unlikely is asked about, never left out.
fn weighed_anew(confidence: f32, likely: f32) -> f32 {
    const ASKED: f32 = 0.4;
    /// The label says at least this much.
    const NAMED: f32 = 0.55;
    let middle = f32::midpoint(confidence, likely);
    match likely {
        0.9.. if confidence >= NAMED => confidence.max(middle),
        ..DOUBTFUL => confidence.min(middle.max(ASKED)),
        _ => confidence,
    }
}

/// Which of the values of a field is taken: the first one, unless another is much likelier.
pub fn likeliest(scores: &[f32]) -> usize {
    let first = scores.first().copied().unwrap_or_default();
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or_default();
    if scores.get(best).is_some_and(|score| *score > first + LIKELIER) { best } else { 0 }
}

/// So much more likely another value must be than the one that was chosen, in log-odds.
const LIKELIER: f32 = 1.0;

fn is_first(facts: &[Fact], at: usize) -> bool {
    !facts[..at].iter().any(|other| other.field == facts[at].field)
}

/// Whether the letter has invoice data: what is certain then follows from that.
pub(crate) fn by_data(facts: &[Fact]) -> bool {
    facts.iter().any(|fact| fact.origin == Origin::Xml)
}

/// Whether a person has said so, for this letter or an earlier one of the sender.
fn is_said(fact: &Fact) -> bool {
    fact.origin == Origin::User
        || fact.by == KNOWN_SENDER
        || fact.checks.iter().any(|check| matches!(check, Check::Learned | Check::Confirmed))
}

/// Lists and what no letters tell about keep the certainty of their proofs.
fn is_judged(field: Field) -> bool {
    use domain::Shape::{Adjustments, Instalments, Lines, Skonto, Taxes};
    // Terms are sentences: where they end is a matter of taste.
    const NEVER: [Field; 11] = [
        Field::LegalAct,
        Field::ServiceDate,
        Field::ResponsePeriod,
        Field::WithdrawalPeriod,
        Field::PayeeName,
        Field::PaymentTerms,
        Field::CancelBy,
        Field::RedeemBy,
        Field::RespondBy,
        Field::EffectiveDate,
        Field::RecurringAmount,
    ];
    !matches!(field.shape(), Lines | Taxes | Adjustments | Instalments | Skonto) && !NEVER.contains(&field)
}

/// Whether another candidate may be taken than the one that was chosen: names, numbers and the day of the letter. Amounts and
/// the days of tasks are bound to each other, and were chosen together.
fn is_ranked(field: Field) -> bool {
    use Field::{IssueDate, NoticePeriod, PostingOrLetterDate};
    matches!(field, IssueDate | PostingOrLetterDate) || field.shape() == domain::Shape::Text && field != NoticePeriod
}

/// What weighs most for and against the best value of each field, with the model's weights.
pub(crate) fn strongest(
    context: &Context,
    model: &Linear,
    facts: &[Fact],
    weighed: &[Weighed],
) -> Vec<(Field, Vec<(String, f32)>)> {
    let Some(right) = model.class(RIGHT).filter(|_| !by_data(facts)) else { return Vec::new() };
    let letter = features::Letter::of(context, facts, weighed);
    let best =
        facts.iter().enumerate().filter(|(at, fact)| is_first(facts, *at) && !is_said(fact) && is_judged(fact.field));
    best.map(|(at, fact)| {
        let features = letter.features(at);
        let field = format!("{}|", fact.field.as_str());
        // The same is seen of the field and of all fields: it counts once.
        let mut sums: std::collections::BTreeMap<&str, f32> = std::collections::BTreeMap::new();
        for (name, weight) in model.strongest(right, &features, usize::MAX) {
            *sums.entry(name.strip_prefix(&field).unwrap_or(name)).or_default() += weight;
        }
        let mut sums: Vec<(String, f32)> = sums.into_iter().map(|(name, sum)| (name.to_owned(), sum)).collect();
        sums.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        (fact.field, sums)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use domain::{Anchor, Iban, Ids, Known, KnownCorrespondent, SenderRule, Side};

    use super::*;
    use crate::testing::page;

    #[test]
    fn another_candidate_is_taken_only_where_it_is_much_likelier() {
        assert_eq!((likeliest(&[1.0, 1.8]), likeliest(&[1.0, 2.5, 0.0]), likeliest(&[])), (0, 1, 0));
    }

    #[test]
    fn what_is_unlikely_is_asked_about_and_what_is_clear_is_not() {
        assert!(weighed_anew(0.7, 0.05) < 0.66, "a question");
        assert!(weighed_anew(0.7, 0.05) >= 0.35, "never left out");
        assert!(weighed_anew(0.6, 0.98) > 0.66);
        assert_eq!((weighed_anew(0.3, 0.98), weighed_anew(0.7, 0.6)), (0.3, 0.7));
    }

    #[test]
    fn what_a_person_has_shown_on_one_letter_of_a_sender_counts_on_the_next_at_once() {
        struct One;
        impl Ids for One {
            fn uuid(&self) -> uuid::Uuid {
                uuid::Uuid::nil()
            }
        }
        let letter = page(
            "Muster Handel GmbH\n\nRechnung Nr. 12\n\nDatum: 02.11.2026\n\nSehr geehrte Frau Beispiel,\n\n\
             der Betrag von 119,00 EUR ist bis zum 16.11.2026 zu zahlen.\n\nKassenschluss    20.11.2026\n\n\
             IBAN DE89 3704 0044 0532 0130 00",
        );
        let due = |known: &Known| {
            let found = crate::understand(&letter, known);
            found.best(Field::DueDate).map(|fact| (fact.value.plain(), fact.confidence))
        };
        assert_eq!(due(&Known::default()).map(|(day, _)| day).as_deref(), Some("2026-11-16"));
        let anchor = Anchor { words: "kassenschluss".to_owned(), side: Side::Right, one_word: true, pattern: None };
        let sender = KnownCorrespondent {
            id: domain::CorrespondentId::new(&One),
            name: "Muster Handel".to_owned(),
            ibans: Iban::parse("DE89370400440532013000").into_iter().collect(),
            vat_ids: Vec::new(),
            rules: vec![SenderRule { field: Field::DueDate, anchor }],
        };
        let known = Known { correspondents: vec![sender], ..Known::default() };
        let (day, sure) = due(&known).unwrap();
        assert!(day == "2026-11-20" && sure > 0.9, "{day} {sure}");
    }

    #[test]
    fn words_printed_over_others_leave_nothing_certain() {
        let clear = "Muster Handel GmbH\n\nRechnung Nr. R-4711\n\nRechnungsdatum: 02.11.2026\n\nIBAN DE89 3704 0044 0532 0130 00";
        let certain = |reading: &domain::Reading| {
            let found = crate::understand(reading, &Known::default());
            found.best(Field::Iban).is_some_and(|fact| fact.certain)
        };
        let reading = page(clear);
        assert!(certain(&reading));
        let mut over = reading.clone();
        let mut copy = over.pages[0].words.iter().find(|word| word.text.contains("02.11.2026")).cloned().unwrap();
        copy.text = "05.12.2026".to_owned();
        copy.block = 9;
        copy.line = 99;
        copy.rect.x += 0.3 * copy.rect.w;
        over.pages[0].words.push(copy);
        assert!(!certain(&over));
    }
}
