//! Forgetting a person: which letters go, and whose names are blacked out in the others.

use std::collections::BTreeSet;

use domain::{CorrespondentId, DocumentId, Field, is_name_alone, name_forms};
use store::{BlackedNames, BlackedOut, Deleted, Read, StoreError, Write};

/// Whom to forget.
pub(crate) struct Forgotten {
    /// A sender.
    pub(crate) correspondent: Option<CorrespondentId>,
    /// The names, the first one as it is shown.
    pub(crate) names: Vec<String>,
    /// Letters that are kept all the same, without the names.
    pub(crate) keep: BTreeSet<DocumentId>,
}

/// What was done.
pub(crate) struct Done {
    /// Letters that are gone, with their titles.
    pub(crate) removed: Vec<(DocumentId, String)>,
    pub(crate) deleted: Deleted,
    pub(crate) blacked: BlackedOut,
}

impl Forgotten {
    /// The forms of the names that are blacked out: of people and of firms, as a sender may be either.
    pub(crate) fn forms(&self) -> Vec<Vec<String>> {
        let mut forms: Vec<_> = self
            .names
            .iter()
            .flat_map(|name| [true, false].map(|is_person| name_forms(name, is_person)))
            .flatten()
            .collect();
        forms.sort();
        forms.dedup();
        forms
    }

    /// The letters that go: those of the sender, and those that are to this person alone or from it.
    pub(crate) fn letters(&self, r: &Read<'_>) -> Result<Vec<(DocumentId, String)>, StoreError> {
        let mut letters = Vec::new();
        for id in r.every_document()? {
            if self.keep.contains(&id) {
                continue;
            }
            let Some(document) = r.document(id)? else { continue };
            let is_name = |text: &str| self.names.iter().any(|name| is_name_alone(text, name));
            let goes = match self.correspondent {
                Some(_) => document.correspondent == self.correspondent,
                None => {
                    let sender = document.correspondent.map(|id| r.correspondent(id)).transpose()?.flatten();
                    let reader = document.fact(Field::BuyerName).map(|fact| fact.value.plain());
                    sender.is_some_and(|sender| is_name(&sender.name)) || reader.is_some_and(|reader| is_name(&reader))
                }
            };
            if goes {
                letters.push((id, document.title));
            }
        }
        Ok(letters)
    }

    /// Removes the letters and the sender, and blacks the names out everywhere else.
    pub(crate) fn forget(&self, w: &Write<'_>, names: &BlackedNames) -> Result<Done, StoreError> {
        let removed = self.letters(w)?;
        let mut deleted = Deleted::default();
        for (id, _) in &removed {
            w.delete_document(*id, &mut deleted)?;
        }
        if let Some(correspondent) = self.correspondent {
            w.delete_correspondent(correspondent)?;
        } else {
            for sender in w.correspondents()? {
                if self.names.iter().any(|name| is_name_alone(&sender.name, name)) {
                    w.delete_correspondent(sender.id)?;
                }
            }
        }
        self.forget_own_name(w)?;
        let blacked = w.black_out(names)?;
        Ok(Done { removed, deleted, blacked })
    }

    /// The name is none of the household any more.
    fn forget_own_name(&self, w: &Write<'_>) -> Result<(), StoreError> {
        let Some(json) = w.setting(OWN_NAMES)? else { return Ok(()) };
        let Ok(names) = serde_json::from_str::<Vec<String>>(&json) else { return Ok(()) };
        let left: Vec<&String> =
            names.iter().filter(|own| !self.names.iter().any(|name| is_name_alone(own, name))).collect();
        if left.len() == names.len() {
            return Ok(());
        }
        w.set_setting(OWN_NAMES, &serde_json::json!(left).to_string())
    }
}

/// The setting with the names of the household.
const OWN_NAMES: &str = "own_names";
