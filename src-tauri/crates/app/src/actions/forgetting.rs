//! Forgetting a person: which letters go, and whose names are blacked out in the others.

use std::collections::BTreeSet;

use domain::{CorrespondentId, Document, DocumentId, Field, is_name_alone, name_forms, number_forms};
use store::{BlackedNames, BlackedOut, Deleted, Read, StoreError, Write};

/// Numbers by which a sender is known.
const NUMBERS: [Field; 4] = [Field::Iban, Field::CreditorId, Field::SellerVatId, Field::SellerTaxNumber];

/// Whom to forget.
pub(crate) struct Forgotten {
    /// A sender.
    pub(crate) correspondent: Option<CorrespondentId>,
    /// The names, the first one as it is shown.
    pub(crate) names: Vec<String>,
    /// Numbers that stand in this sender's letters and in nobody else's: accounts, tax numbers.
    pub(crate) numbers: BTreeSet<String>,
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
    /// Whom a name or a sender means, with the numbers by which the letters know them.
    pub(crate) fn known(
        r: &Read<'_>,
        (correspondent, names): (Option<CorrespondentId>, Vec<String>),
        keep: BTreeSet<DocumentId>,
    ) -> Result<Self, StoreError> {
        let mut forgotten = Self { correspondent, names, numbers: BTreeSet::new(), keep };
        let mut of_others = BTreeSet::new();
        for id in r.every_document()? {
            let Some(document) = r.document(id)? else { continue };
            let numbers = NUMBERS.iter().filter_map(|field| Some(document.fact(*field)?.value.plain()));
            if forgotten.is_sender_of(r, &document)? {
                forgotten.numbers.extend(numbers);
            } else {
                of_others.extend(numbers);
            }
            of_others.extend(document.fact(Field::DebtorIban).map(|fact| fact.value.plain()));
        }
        forgotten.numbers.retain(|number| !of_others.contains(number));
        Ok(forgotten)
    }

    fn is_name(&self, text: &str) -> bool {
        self.names.iter().any(|name| is_name_alone(text, name))
    }

    fn is_sender_of(&self, r: &Read<'_>, document: &Document) -> Result<bool, StoreError> {
        if self.correspondent.is_some() {
            return Ok(document.correspondent == self.correspondent);
        }
        let sender = document.correspondent.map(|id| r.correspondent(id)).transpose()?.flatten();
        Ok(sender.is_some_and(|sender| self.is_name(&sender.name)))
    }

    /// The forms of the names that are blacked out: of people and of firms, as a sender may be either; and of the numbers.
    pub(crate) fn forms(&self) -> Vec<Vec<String>> {
        let names = self.names.iter().flat_map(|name| [true, false].map(|is_person| name_forms(name, is_person)));
        let numbers = self.numbers.iter().map(|number| number_forms(number));
        let mut forms: Vec<_> = names.chain(numbers).flatten().collect();
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
            let reader = document.fact(Field::BuyerName).filter(|_| self.correspondent.is_none());
            if self.is_sender_of(r, &document)? || reader.is_some_and(|reader| self.is_name(&reader.value.plain())) {
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
                if self.is_name(&sender.name) {
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
        let left: Vec<&String> = names.iter().filter(|own| !self.is_name(own)).collect();
        if left.len() == names.len() {
            return Ok(());
        }
        w.set_setting(OWN_NAMES, &serde_json::json!(left).to_string())
    }
}

/// The setting with the names of the household.
const OWN_NAMES: &str = "own_names";
