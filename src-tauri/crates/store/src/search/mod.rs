//! Finding documents. Ledger: an index of folded words, beside the rows that it makes findable, in the same transaction.
//!
//! Triggers queue each document of which anything changes, whoever changes it, undo included; before a transaction is
//! committed, the queued ones are indexed anew ([`index`]). To find, each typed word is expanded to the words of its stem, to
//! compounds and, where that gives little, to words that are nearly the same ([`expand`]); the words make one full-text
//! expression ([`expression`]), the filters one condition on a narrow table ([`condition`]).

mod condition;
mod content;
mod expand;
mod expression;
mod facets;
mod find;
mod hits;
mod index;
mod list;

pub use facets::{FacetCount, Facets};
pub use find::{Find, Found, FoundDocument, Nearness};
pub use hits::{HitPage, Snippet, SnippetPart};
