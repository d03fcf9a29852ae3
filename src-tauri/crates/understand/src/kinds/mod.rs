//! What a document is. A kind is one constant in a file of its family and one line in [`KINDS`].

mod authorities;
mod bills;
mod contracts;
mod dunning;
mod goods;
mod occasions;
mod papers;
mod phrases;
mod statements;

use domain::{DocumentKind, Field, RankedKind};

use crate::context::Context;

/// A kind of document: how to recognise it, and what it cannot say.
pub(crate) trait Kind: Sync {
    /// Which.
    fn id(&self) -> DocumentKind;

    /// How strongly the document looks like it: 0 not at all, 1 a hint, 3 it says so in its title.
    fn score(&self, context: &Context) -> f32;

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

/// The fields that the likeliest kind does not state.
pub(crate) fn never(kind: DocumentKind) -> &'static [Field] {
    KINDS.iter().find(|k| k.id() == kind).map_or(&[], |k| k.never())
}

/// The kinds that the document may be, likeliest first; at least one.
pub(crate) fn rank(context: &Context) -> Vec<RankedKind> {
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
