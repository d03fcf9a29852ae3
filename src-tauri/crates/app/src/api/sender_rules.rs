//! Rules learned about the letters of a sender: list, try, change, switch off, delete.

use domain::{Anchor, By, CorrespondentId, DocumentId, FailureCode, Field, RuleRecord, SenderRule};
use serde::{Deserialize, Serialize};
use store::{DocumentFilter, Op, SenderRuleRow, StoreError};
use ts_rs::TS;

use crate::actions::learning;
use crate::{App, Failure};

/// Whose rules.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct OneSender {
    /// The correspondent.
    pub id: CorrespondentId,
}

/// A rule as shown.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SenderRuleView {
    /// What it finds.
    pub field: Field,
    /// Where.
    pub anchor: Anchor,
    /// Counted from 1.
    pub version: u32,
    /// The letter on which it was shown.
    pub learned_from: Option<DocumentId>,
    /// How it fared.
    pub record: RuleRecord,
    /// It is asked: neither switched off nor retired.
    pub holds: bool,
    /// A person switched it off.
    pub is_off: bool,
}

/// A rule, tried or changed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RuleDraft {
    /// Whose letters.
    pub id: CorrespondentId,
    /// What it finds.
    pub field: Field,
    /// Where.
    pub anchor: Anchor,
}

/// What a rule finds on one document.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RuleTrial {
    /// Which.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// The value, if it finds just one.
    pub value: Option<String>,
}

/// A rule switched off or on.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct SwitchRule {
    /// Whose letters.
    pub id: CorrespondentId,
    /// What it finds.
    pub field: Field,
    /// Off, or on again.
    pub off: bool,
}

/// A rule to be forgotten.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct ForgetRule {
    /// Whose letters.
    pub id: CorrespondentId,
    /// What it finds.
    pub field: Field,
}

/// On at most so many documents a rule is tried.
const TRIALS: u32 = 20;

/// What was learned about the letters of a sender.
pub fn list(app: &App, one: OneSender) -> Result<Vec<SenderRuleView>, Failure> {
    let rows = app.store.read(|r| r.sender_rules())?;
    Ok(rows.into_iter().filter(|row| row.correspondent == one.id).map(view).collect())
}

fn view(row: SenderRuleRow) -> SenderRuleView {
    SenderRuleView {
        holds: row.holds(),
        field: row.rule.field,
        anchor: row.rule.anchor,
        version: row.version,
        learned_from: row.learned_from,
        record: row.record,
        is_off: row.is_off,
    }
}

/// As rules have it: words as they come again, and no empty pattern.
fn checked(mut anchor: Anchor) -> Result<Anchor, Failure> {
    anchor.words = understand::anchor_words(&anchor.words);
    if anchor.words.is_empty() {
        return Err(Failure::new(FailureCode::BadInput, "Please say beside which words the value stands."));
    }
    anchor.pattern = anchor.pattern.map(|pattern| pattern.trim().to_owned()).filter(|pattern| !pattern.is_empty());
    if let Some(pattern) = &anchor.pattern {
        understand::check_pattern(pattern).map_err(|error| Failure::new(FailureCode::BadPattern, error.to_string()))?;
    }
    Ok(anchor)
}

/// What a rule would find on the sender's documents.
pub fn try_out(app: &App, draft: RuleDraft) -> Result<Vec<RuleTrial>, Failure> {
    let anchor = checked(draft.anchor)?;
    let filter = DocumentFilter { correspondent: Some(draft.id), ..DocumentFilter::default() };
    let trials = app.store.read(|r| {
        let rows = r.documents(&filter, TRIALS, 0)?.rows.into_iter();
        let trial = |row: store::DocumentRow| {
            let value = learning::trial(r, row.id, draft.field, &anchor)?.map(|value| value.plain());
            Ok(RuleTrial { document: row.id, title: row.title, value })
        };
        rows.map(trial).collect::<Result<_, StoreError>>()
    })?;
    Ok(trials)
}

/// Say beside which words a value stands.
pub fn change(app: &App, draft: RuleDraft) -> Result<Vec<SenderRuleView>, Failure> {
    let rule = SenderRule { field: draft.field, anchor: checked(draft.anchor)? };
    app.store.write(By::Person, Op::ChangeSenderRule, |w| {
        w.label(&name(w, draft.id)?);
        w.teach(draft.id, &rule, None)
    })?;
    list(app, OneSender { id: draft.id })
}

/// Delete a rule.
pub fn forget(app: &App, rule: ForgetRule) -> Result<Vec<SenderRuleView>, Failure> {
    app.store.write(By::Person, Op::ChangeSenderRule, |w| {
        w.label(&name(w, rule.id)?);
        w.forget_rule(rule.id, rule.field)
    })?;
    list(app, OneSender { id: rule.id })
}

/// Switch a rule off, or on again.
pub fn switch(app: &App, choice: SwitchRule) -> Result<Vec<SenderRuleView>, Failure> {
    app.store.write(By::Person, Op::ChangeSenderRule, |w| {
        w.label(&name(w, choice.id)?);
        let missing = || StoreError::NotFound { noun: "rule", id: choice.field.as_str().to_owned() };
        let row = w.sender_rule(choice.id, choice.field)?.ok_or_else(missing)?;
        w.set_rule_off(&row, choice.off)
    })?;
    list(app, OneSender { id: choice.id })
}

fn name(r: &store::Read<'_>, id: CorrespondentId) -> Result<String, StoreError> {
    let missing = || StoreError::NotFound { noun: "correspondent", id: id.to_string() };
    r.correspondent(id)?.map(|known| known.name).ok_or_else(missing)
}
