//! What every kind and extractor looks at: the reading, laid out, with its e-invoice, codes, titles and likeliest kind.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use domain::{DocumentKind, Fact, Known, RankedKind, Reading};
use rust_decimal::Decimal;

use crate::codes::PaymentCode;
use crate::forms::dates::{self, DateOrder};
use crate::forms::{folded, pattern};
use crate::layout::{Layout, Run};
use crate::models::Models;
use crate::prose;
use crate::xml::EInvoice;

/// A document as the extractors see it.
pub(crate) struct Context<'a> {
    pub(crate) known: &'a Known,
    pub(crate) layout: Layout<'a>,
    /// All text folded, one line for each paragraph.
    pub(crate) text: String,
    /// Lines that may name the document, with how much they stand out (0–1); folded.
    pub(crate) titles: Vec<(String, f32)>,
    /// How slashed dates are meant.
    pub(crate) order: DateOrder,
    pub(crate) e_invoice: Option<EInvoice>,
    pub(crate) payment_codes: Vec<PaymentCode>,
    /// Likeliest first; empty while the kinds are being ranked.
    pub(crate) kinds: Vec<RankedKind>,
    /// What `extractors::known_sender` has found.
    pub(crate) met_before: OnceCell<Vec<Fact>>,
    /// Every amount on the pages, once `choose` has asked for them.
    pub(crate) printed: OnceCell<BTreeSet<Decimal>>,
}

impl<'a> Context<'a> {
    /// The sentences of its paragraphs.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &str> {
        self.layout.paragraphs.iter().flat_map(|run| prose::sentences(&run.text)).map(|(_, sentence)| sentence)
    }

    /// Lays out a reading and ranks its kinds.
    pub(crate) fn new(reading: &'a Reading, known: &'a Known, models: &Models) -> Self {
        let layout = Layout::of(reading);
        let text = layout.paragraphs.iter().map(|run| folded(&run.text)).collect::<Vec<_>>().join("\n");
        let mut context = Self {
            known,
            titles: titles(&layout),
            order: dates::order(&reading.text(), reading.language.as_deref()),
            text,
            layout,
            e_invoice: EInvoice::of(&reading.attachments),
            payment_codes: reading.codes.iter().filter_map(PaymentCode::read).collect(),
            kinds: Vec::new(),
            met_before: OnceCell::new(),
            printed: OnceCell::new(),
        };
        context.kinds = crate::kinds::rank(&context, &models.kinds);
        context
    }

    /// The likeliest kind.
    pub(crate) fn kind(&self) -> DocumentKind {
        self.kinds.first().map_or(DocumentKind::Other, |ranked| ranked.kind)
    }

    /// Whether it is likeliest a bill in the sense of the law on VAT: with a number of its own, for goods or services.
    pub(crate) fn is_bill(&self) -> bool {
        use DocumentKind::{CorrectedInvoice, CreditNote, Invoice, SelfBilledInvoice};
        matches!(self.kind(), Invoice | CorrectedInvoice | SelfBilledInvoice | CreditNote)
    }

    /// Whether it is likeliest about a bill that was not paid, and no bill of its own.
    pub(crate) fn is_claim(&self) -> bool {
        matches!(self.kind(), DocumentKind::Dunning | DocumentKind::CourtOrder)
    }
}

/// The first words to a reader; the subject stands right above them.
pub(crate) fn is_salutation(line: &str) -> bool {
    pattern!(
        r"^(?:sehr geehrte|sehr verehrte|guten (?:tag|morgen)|hallo\b|hi\b|moin\b|servus\b|grüezi\b|meine? liebe[rs]?\b|liebe[rs]?\b|lieber?\b|dear\b|grüß gott|to whom)"
    )
    .is_match(line)
}

/// Short lines of the upper part of the first page. The lines right above the salutation and lines in large letters
/// stand out most.
fn titles(layout: &Layout) -> Vec<(String, f32)> {
    const LOWEST: f32 = 0.62;
    const LONGEST: usize = 12;
    let first: Vec<&Run> = layout.cells().take_while(|cell| cell.page == 1).collect();
    let salutation = first.iter().position(|cell| is_salutation(&cell.text));
    let end = salutation.map_or(LOWEST, |at| first[at].rect.y.max(0.1) + 0.001);
    first
        .iter()
        .enumerate()
        .filter(|(i, cell)| cell.rect.y < end && cell.len() <= LONGEST && Some(*i) != salutation)
        // A title is no sentence.
        .filter(|(_, cell)| !(cell.text.ends_with(['.', ',', ';']) && cell.len() > 3))
        .map(|(i, cell)| {
            // The particulars of a letter may stand between its title and the salutation.
            let bare = cell.len() <= 3 && !cell.text.contains(|c: char| c.is_ascii_digit() || c == ':');
            let subject = salutation.is_some_and(|at| i < at && at - i <= if bare { 4 } else { 2 });
            let large = cell.rect.h > 1.25 * layout.word_height;
            let capitals = cell.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let weight = match (subject, large, capitals) {
                (true, ..) | (_, true, _) => 1.0,
                (_, _, true) => 0.85,
                _ if cell.len() > 6 => 0.4,
                _ if salutation.is_none() => 0.75,
                _ => 0.6,
            };
            // "Rechnungsnummer: 12" is a particular, on whatever letter it stands.
            let particular = pattern!(r"^\p{L}+(?:nummer|datum|betrag|s-?nr\.?)[\s:]").is_match(&cell.text);
            (folded(&cell.text), if particular { 0.5 * weight } else { weight })
        })
        .collect()
}
