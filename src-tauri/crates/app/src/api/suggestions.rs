//! Suggestions for the kind and the tags of a document, learned from accepted documents.

use domain::{DocumentKind, DocumentState, Label, suggestions};
use serde::Serialize;
use ts_rs::TS;

use crate::actions::existing;
use crate::api::documents::OneDocument;
use crate::{App, Failure};

/// What is suggested for a document.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct SuggestionsView {
    /// What it may be instead; asked only in review, and never instead of a kind that must not be overlooked.
    pub kind: Option<KindSuggestion>,
    /// Tags that it does not have, the likeliest first.
    pub tags: Vec<TagSuggestion>,
}

/// A kind that a document may be of.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KindSuggestion {
    /// Which.
    pub kind: DocumentKind,
    /// The words on it that speak for this.
    pub because: Vec<String>,
}

/// A tag that a document may deserve.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TagSuggestion {
    /// Its name behind those of the tags above it.
    pub path: String,
    /// The words on the document that speak for this.
    pub because: Vec<String>,
}

/// A kind and tags that a document may deserve, and why.
pub fn get(app: &App, one: OneDocument) -> Result<SuggestionsView, Failure> {
    let view = app.store.read(|r| {
        let document = existing::document(r, one.id)?;
        let (counts, words) = r.learned(&document.file)?;
        let (all_tags, own_tags) = (r.tags()?, r.tags_of(one.id)?);
        let mut view = SuggestionsView::default();
        let mut likeliest_kind = None;
        for found in suggestions(&counts, &words) {
            match found.label {
                Label::All => {}
                Label::Kind(kind) => {
                    likeliest_kind.get_or_insert(KindSuggestion { kind, because: found.because });
                }
                Label::Tag(id) if own_tags.iter().any(|tag| tag.id == id) => {}
                Label::Tag(id) => {
                    let tag = all_tags.iter().find(|tag| tag.id == id);
                    view.tags.extend(tag.map(|tag| TagSuggestion { path: tag.path.clone(), because: found.because }));
                }
            }
        }
        let may_ask = document.state == DocumentState::Review && !document.kind.is_alarming();
        view.kind = likeliest_kind.filter(|found| may_ask && found.kind != document.kind);
        Ok(view)
    })?;
    Ok(view)
}
