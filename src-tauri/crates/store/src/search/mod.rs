//! Full-text search. Ledger: an index of folded words, updated in the transaction of the rows it is made of.
//!
//! Triggers queue each changed document, undo included; before a commit, the queued ones are indexed ([`index`]). To
//! search, each typed word is expanded to words with the same stem, to compounds and, if that finds little, to similar
//! words ([`expand`]). The words make one full-text expression ([`expression`]), the filters one condition on a narrow
//! table ([`condition`]).

mod condition;
mod content;
mod expand;
mod expression;
mod facets;
mod find;
mod heads;
mod hits;
mod index;
mod list;

pub use facets::{FacetCount, Facets};
pub use find::{Find, Found, FoundDocument, Nearness};
pub use hits::{HitPage, Snippet, SnippetPart};
pub(crate) use list::Listing;
