//! What a document is. A kind is one constant in a file of its family and one line in [`KINDS`].

mod authorities;
mod bills;
mod contracts;
mod dunning;
mod goods;
mod learned;
mod occasions;
mod papers;
mod phrases;
mod statements;

use domain::{DocumentKind, Field, RankedKind};

use crate::context::Context;
use crate::forms::{amounts, folded};
use crate::linear::Linear;

/// A kind of document: how to recognise it, and what it cannot say.
pub(crate) trait Kind: Sync {
    /// Which.
    fn id(&self) -> DocumentKind;

    /// How strongly the document looks like it: 0 not at all, 1 a hint, 3 it says so in its title.
    fn score(&self, context: &Context) -> f32;

    /// Whether a line, folded, names it as a title does.
    fn is_named_in(&self, _line: &str) -> bool {
        false
    }

    /// Fields that a document of this kind does not state, whatever stands on it: no amount to pay on an advertisement.
    fn never(&self) -> &'static [Field] {
        &[]
    }
}

/// Every kind.
pub(crate) const KINDS: &[&dyn Kind] = &[
    &bills::INVOICE,
    &bills::CORRECTED_INVOICE,
    &bills::SELF_BILLED_INVOICE,
    &bills::ACCOUNTING_INFO,
    &bills::PAYMENT_SLIP,
    &bills::CREDIT_NOTE,
    &bills::RECEIPT,
    &dunning::DUNNING,
    &contracts::CONTRACT,
    &contracts::PRICE_INCREASE,
    &contracts::CANCELLATION_CONFIRMATION,
    &contracts::INSURANCE_POLICY,
    &goods::ORDER_CONFIRMATION,
    &goods::DELIVERY_NOTE,
    &goods::PICKUP_NOTICE,
    &goods::WARRANTY,
    &statements::PAYSLIP,
    &statements::BANK_STATEMENT,
    &authorities::TAX_NOTICE,
    &authorities::AUTHORITY_LETTER,
    &authorities::COURT_ORDER,
    &authorities::FINE,
    &authorities::IDENTITY_DOCUMENT,
    &occasions::APPOINTMENT,
    &occasions::EVENT_REGISTRATION,
    &occasions::PRESCRIPTION,
    &occasions::MAINTENANCE_REPORT,
    &papers::PUBLICATION,
    &papers::ADVERTISEMENT,
    &papers::LETTER,
    &papers::OTHER,
];

/// The fields that the likeliest kind does not state, if it is beyond doubt.
pub(crate) fn never(context: &Context) -> &'static [Field] {
    /// A kind that is less likely may be another, which states them.
    const SURE: f32 = 0.8;
    let Some(kind) = context.kinds.first().filter(|kind| kind.confidence >= SURE) else { return &[] };
    KINDS.iter().find(|k| k.id() == kind.kind).map_or(&[], |k| k.never())
}

/// Whether a line names a kind of document, as a title does.
pub(crate) fn names_a_kind(line: &str) -> bool {
    let line = folded(line);
    KINDS.iter().any(|kind| kind.is_named_in(&line))
}

/// How strongly the document looks like each kind by its words, the highest first; and the alarming kind that they name, if
/// no harmless one scores much higher.
fn scores(context: &Context) -> (Vec<(DocumentKind, f32)>, Option<DocumentKind>) {
    /// What the structured part says outweighs any words.
    const STRUCTURED: f32 = 20.0;
    /// An alarming kind wins against a harmless one that scores no more than this much higher.
    const ALARM: f32 = 1.5;
    let mut scores: Vec<(DocumentKind, f32)> = KINDS
        .iter()
        .map(|kind| {
            let structured = context.e_invoice.as_ref().is_some_and(|invoice| invoice.kind() == kind.id());
            (kind.id(), kind.score(context).max(0.0) + if structured { STRUCTURED } else { 0.0 })
        })
        .filter(|(_, score)| *score > 0.0)
        .collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    let best = scores.first().map_or(0.0, |(_, score)| *score);
    let alarm = scores.iter().position(|(kind, score)| kind.is_alarming() && *score >= 2.5 && score * ALARM >= best);
    if let Some(at) = alarm {
        scores[..=at].rotate_right(1);
    }
    let alarm = alarm.and_then(|_| scores.first()).map(|(kind, _)| *kind);
    (scores, alarm)
}

/// What the model of kinds sees of a document, and what each kind scores by its words.
pub(crate) fn features(context: &Context) -> (Vec<String>, Vec<f32>) {
    let (scores, _) = scores(context);
    (learned::features(context, &scores), learned::offsets(&scores))
}

/// How sure a kind is that a letter gives itself.
const NAMED: f32 = 0.7;

/// The kind that the letter names in its title, if its words speak for no other. A credit note looks like a bill in all but its
/// name, so that the name counts more.
fn named(scores: &[(DocumentKind, f32)]) -> Option<DocumentKind> {
    let (kind, best) = *scores.first()?;
    let second = scores.get(1).map_or(0.0, |(_, score)| *score);
    let (title, other) = match kind {
        DocumentKind::CreditNote | DocumentKind::CorrectedInvoice => (2.5, 0.8),
        _ => (4.0, 0.5),
    };
    (best >= title && second <= other * best).then_some(kind)
}

/// Whether the title's word is taken against the model's: never for something harmless against something alarming, and for a
/// credit note only against another sort of bill.
fn may_be_named(model: DocumentKind, title: DocumentKind) -> bool {
    use DocumentKind::{CorrectedInvoice, CreditNote, Invoice, Receipt, SelfBilledInvoice};
    let is_bill = |kind| matches!(kind, Invoice | CreditNote | CorrectedInvoice | SelfBilledInvoice | Receipt);
    !model.is_alarming() && (is_bill(model) || !matches!(title, CreditNote | CorrectedInvoice))
}

/// No amount is printed anywhere.
fn states_no_amount(context: &Context) -> bool {
    context.layout.cells().all(|cell| amounts::find(&cell.text).is_empty())
}

/// The kinds that the document may be, likeliest first; at least one.
pub(crate) fn rank(context: &Context, model: &Linear) -> Vec<RankedKind> {
    let (scores, alarm) = scores(context);
    if !model.is_empty() && context.e_invoice.is_none() {
        let mut ranked = learned::rank(model, &learned::features(context, &scores), &learned::offsets(&scores), alarm);
        if let Some(kind) = named(&scores)
            && let Some(at) = ranked.iter().position(|ranked| ranked.kind == kind)
            && ranked.first().is_some_and(|first| may_be_named(first.kind, kind))
        {
            ranked[..=at].rotate_right(1);
            ranked[0].confidence = ranked[0].confidence.max(NAMED);
        }
        if states_no_amount(context) {
            learned::doubt_bills(&mut ranked, &scores);
        }
        return ranked;
    }
    let second = |i: usize| scores.get(if i == 0 { 1 } else { 0 }).map_or(0.0, |(_, score)| *score);
    let mut ranked: Vec<RankedKind> = scores
        .iter()
        .enumerate()
        .map(|(i, (kind, score))| {
            // Sure when it scores high and nothing else comes near.
            let alone = score / (score + 0.35 * second(i));
            RankedKind { kind: *kind, confidence: ((1.0 - (-0.9 * score).exp()) * alone).clamp(0.0, 1.0) }
        })
        .collect();
    if ranked.is_empty() {
        ranked.push(RankedKind { kind: DocumentKind::Other, confidence: 0.1 });
    }
    ranked
}

#[cfg(test)]
mod tests;
