//! Search: from what a person types to documents, with the places of the hits.

use domain::search::{Day, Hint, Part, Query, QueryLanguage, Range, Standing, Term, ViewOrder, What};
use domain::{DocumentId, DocumentKind, DocumentState, Rect};
use serde::{Deserialize, Serialize};
use store::{Find, Found, Nearness, Read, StoreError};
use ts_rs::TS;

use super::answers::{self, PaymentsAnswer};
use super::documents::with_trash;
use crate::api::views::DocumentRow;
use crate::text::Locale;
use crate::{App, Failure};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct SearchQuery {
    /// As it was typed, German or English: words, `"exact words"`, `-not`, `von:`, `betrag:>100`, `oder` …
    pub query: String,
    /// In which order; what fits best first if left out.
    pub order: Option<ViewOrder>,
    /// At most so many; 20 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
    /// Count kinds, senders, years, states and tags as well.
    pub facets: Option<bool>,
}

/// Some of what was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchFound {
    /// In the order asked for.
    pub items: Vec<SearchHit>,
    /// How many were found in all.
    pub total: u32,
    /// There are more than were counted.
    pub more: bool,
    /// The query as it was understood, one chip for each condition.
    pub chips: Vec<Chip>,
    /// What was not understood.
    pub hints: Vec<Hint>,
    /// What the found documents are, if it was asked for.
    pub facets: Option<Facets>,
    /// The answer, with the first documents, where the query is a question that the documents answer.
    pub answer: Option<PaymentsAnswer>,
}

/// What is to be understood.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TypedQuery {
    /// As it was typed.
    pub query: String,
}

/// A query as it is understood.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Understood {
    /// One chip for each condition.
    pub chips: Vec<Chip>,
    /// What was not understood.
    pub hints: Vec<Hint>,
}

/// A condition of the query, in the words of the user's language.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Chip {
    /// What parses to this condition again.
    pub text: String,
    /// It is a filter, not a word.
    pub filter: bool,
}

/// A document that was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchHit {
    /// The document.
    pub document: DocumentRow,
    /// Its words are only nearly those of the query, or only some of them.
    pub similar: bool,
    /// A piece of the page with the words in it, if they stand on one.
    pub snippet: Option<SnippetView>,
}

/// A piece of a page.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SnippetView {
    /// Page, counted from 1.
    pub page: u32,
    /// Hits and other words in turns.
    pub parts: Vec<SnippetPart>,
}

/// Words of a snippet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SnippetPart {
    /// The words.
    pub text: String,
    /// They are what was looked for.
    pub hit: bool,
}

/// What the found documents are, the most frequent first; years the newest first.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Facets {
    /// Kinds.
    pub kinds: Vec<FacetCount<DocumentKind>>,
    /// The most frequent senders.
    pub senders: Vec<FacetCount<String>>,
    /// Years of the letters.
    pub years: Vec<FacetCount<String>>,
    /// Where they stand.
    pub states: Vec<FacetCount<DocumentState>>,
    /// Tags, by their paths.
    pub tags: Vec<FacetCount<String>>,
}

/// How many documents have a value, and the filter that finds them.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FacetCount<T> {
    /// The value.
    pub value: T,
    /// How many have it.
    pub count: u32,
    /// The condition of the query, as its chip says it.
    pub chip: String,
    /// It is a condition of the query already.
    pub on: bool,
}

/// Where to look for the words of a query.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FindHits {
    /// In which document.
    pub id: DocumentId,
    /// As it was typed.
    pub query: String,
}

/// The hits of a page.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HitPlaces {
    /// Page, counted from 1.
    pub page: u32,
    /// Their places, in reading order.
    pub rects: Vec<Rect>,
}

const USUAL_LIMIT: u32 = 20;

impl App {
    pub(super) fn query_language(&self) -> Result<QueryLanguage, Failure> {
        Ok(match self.locale()? {
            Locale::German => QueryLanguage::German,
            Locale::English => QueryLanguage::English,
        })
    }
}

fn chips(query: &Query, language: QueryLanguage) -> Vec<Chip> {
    query.parts.iter().map(|part| Chip { text: part.print(language), filter: !part.is_words() }).collect()
}

/// What a query means, condition by condition.
pub fn understand(app: &App, typed: TypedQuery) -> Result<Understood, Failure> {
    let parsed = Query::parse(&typed.query);
    Ok(Understood { chips: chips(&parsed.query, app.query_language()?), hints: parsed.hints })
}

/// Find documents by what a person types.
pub fn find(app: &App, asked: SearchQuery) -> Result<SearchFound, Failure> {
    let parsed = Query::parse(&asked.query);
    let context = app.view_context()?;
    let find = Find {
        query: &parsed.query,
        order: asked.order.unwrap_or_default(),
        today: context.today,
        limit: asked.limit.unwrap_or(USUAL_LIMIT) as usize,
        offset: asked.offset.unwrap_or(0) as usize,
    };
    let language = app.query_language()?;
    let (chips, hints) = (chips(&parsed.query, language), parsed.hints);
    let question = parsed.question.filter(|_| find.offset == 0);
    let found = app.store.read(|r| {
        let found = r.find(&find)?;
        let facets = if asked.facets == Some(true) && find.offset == 0 {
            Some(facets(r, &find, &found, language)?)
        } else {
            None
        };
        let mut items = Vec::with_capacity(found.documents.len());
        for one in &found.documents {
            let Some(row) = r.document_row(one.id)? else { continue };
            let snippet = r.snippet(one.id, &found)?.map(|snippet| SnippetView {
                page: snippet.page,
                parts: snippet.parts.into_iter().map(|part| SnippetPart { text: part.text, hit: part.hit }).collect(),
            });
            items.push(SearchHit {
                document: with_trash(r, &context, row)?,
                similar: one.nearness >= Nearness::Similar,
                snippet,
            });
        }
        let total = u32::try_from(found.total).unwrap_or(u32::MAX);
        let answer = match question {
            Some(question) => answers::answer(r, &context, question, &parsed.query, language)?,
            None => None,
        };
        Ok(SearchFound { items, total, more: found.more, chips, hints, facets, answer })
    })?;
    Ok(found)
}

fn facets(r: &Read<'_>, find: &Find<'_>, found: &Found, language: QueryLanguage) -> Result<Facets, StoreError> {
    let counted = r.facets(find, found)?;
    let filters = Filters { query: find.query, language };
    let plain = |counts: Vec<store::FacetCount>, what: fn(String) -> Option<What>| {
        counts.into_iter().filter_map(|one| filters.count(one.value.clone(), what(one.value)?, one.count)).collect()
    };
    let year = |year: String| Some(What::Date(Range::Exactly(Day::Year(year.parse().ok()?))));
    Ok(Facets {
        kinds: counted
            .kinds
            .into_iter()
            .filter_map(|one| parsed(&one.value).and_then(|kind| filters.count(kind, What::Kind(kind), one.count)))
            .collect(),
        senders: plain(counted.senders, |name| Some(What::From(name))),
        years: plain(counted.years, year),
        states: counted
            .states
            .into_iter()
            .filter_map(|one| {
                let state: DocumentState = parsed(&one.value)?;
                filters.count(state, What::Status(standing(state)), one.count)
            })
            .collect(),
        tags: plain(counted.tags, |path| Some(What::Tag(path))),
    })
}

/// Makes filters of what was counted.
struct Filters<'q> {
    query: &'q Query,
    language: QueryLanguage,
}

impl Filters<'_> {
    fn count<T>(&self, value: T, what: What, count: u32) -> Option<FacetCount<T>> {
        let chip = Part { any: vec![Term { not: false, what }] }.print(self.language);
        // As it is understood when it is typed.
        let part = Query::parse(&chip).query.parts.into_iter().next()?;
        Some(FacetCount { value, count, chip, on: self.query.parts.contains(&part) })
    }
}

fn parsed<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

fn standing(state: DocumentState) -> Standing {
    match state {
        DocumentState::Review => Standing::Review,
        DocumentState::Accepted => Standing::Accepted,
        DocumentState::Stale => Standing::Stale,
    }
}

/// Where the words of a query stand on the pages of a document.
pub fn hits(app: &App, asked: FindHits) -> Result<Vec<HitPlaces>, Failure> {
    let query = Query::parse(&asked.query).query;
    let find = Find { query: &query, order: ViewOrder::Best, today: app.today(&app.settings()?)?, limit: 0, offset: 0 };
    let pages = app.store.read(|r| r.hits(asked.id, &find))?;
    Ok(pages.into_iter().map(|page| HitPlaces { page: page.page, rects: page.rects }).collect())
}
