//! Who sends the letter: the letterhead, the small line above the address, the footer; never the reader.

mod domains;
mod places;

use domain::{Check, Fact, Field, Value, normalised_name};

use super::Extractor;
use super::recipient::greeted_name;
use crate::address::{self, Party};
use crate::context::Context;
use crate::labels::Found;

pub(super) struct Sender;

/// A name that may be the sender's, with its place.
struct Named {
    found: Found<String>,
    /// How likely a name at such a place is the sender's, 0–1.
    weight: f32,
    /// The name as names are compared.
    plain: String,
    /// Whether a domain of the letter is called the same.
    in_web: bool,
}

/// How likely a name is the sender's that is also its domain, wherever it stands among the names.
const IN_WEB: f32 = 0.6;

impl Extractor for Sender {
    fn id(&self) -> &'static str {
        "sender"
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        let mut names = places::names(context);
        let readers = readers(context);
        let is_readers = |plain: &str| {
            readers.iter().any(|own| own == plain || own.ends_with(plain) || plain.ends_with(own.as_str()))
        };
        names.retain(|name| !name.plain.is_empty() && !is_readers(&name.plain));
        let domains = domains::domains(context);
        for name in names.iter_mut().filter(|name| domains.iter().any(|domain| domains::names(domain, &name.plain))) {
            name.in_web = true;
            name.weight = name.weight.max(IN_WEB);
        }
        names.iter().map(|name| name.fact(self.id(), context, &names)).collect()
    }
}

/// The organisations that a letter clearly names as its sender, as names are compared.
pub(super) fn organisations(context: &Context) -> Vec<String> {
    /// The least weight of a return line.
    const CLEAR: f32 = 0.84;
    let readers = readers(context);
    let names = places::names(context).into_iter();
    let clear = names.filter(|name| name.weight >= CLEAR && address::is_organisation(name.value()));
    clear.map(|name| name.plain).filter(|plain| !plain.is_empty() && !readers.contains(plain)).collect()
}

/// Whether two normalised names may be those of one sender.
pub(super) fn may_be_one(a: &str, b: &str) -> bool {
    alike(a, b) || a.contains(b) || b.contains(a)
}

/// The reader's names, as names are compared: in the address, in the salutation, and those known.
fn readers(context: &Context) -> Vec<String> {
    let addressed = address::recipient(&context.layout).unwrap_or_default().into_iter().map(|run| run.text.as_str());
    let greeted = greeted_name(context);
    let own = context.known.own_names.iter().map(String::as_str);
    let all = addressed.chain(greeted.as_deref()).chain(own).map(normalised_name);
    all.filter(|name| name.len() > 3).collect()
}

impl Named {
    fn value(&self) -> &str {
        &self.found.value
    }

    /// The name as a fact, held against the other `names` of the letter.
    fn fact(&self, by: &str, context: &Context, names: &[Self]) -> Fact {
        /// What a second place adds.
        const WITNESSED: f32 = 0.12;
        let organisation = address::is_organisation(self.value());
        let witnessed =
            self.in_web || names.iter().any(|other| self.is_witnessed_by(other)) || self.comes_again(context);
        let outdone = names.iter().any(|other| self.is_beginning_of(other));
        // "Muster" and "Muster Handel GmbH" are the same: the fuller name is worth as much as the shorter.
        let shorter = names.iter().filter(|other| self.plain.starts_with(&other.plain));
        let weight = shorter.map(|other| other.weight).fold(self.weight, f32::max);
        let weight = if outdone { 0.85 * weight } else { weight };
        // Of equals the fuller name first, then the higher one.
        let fuller = 0.0005 * self.value().chars().count().min(40) as f32;
        let higher = 0.03 * (0.3 - self.found.evidence.rect.y).max(0.0);
        let mut fact = self.found.clone().fact(by, Field::SellerName, weight, Value::Text);
        let boost = if witnessed { WITNESSED } else { 0.0 };
        fact.confidence = ((fact.confidence + boost).min(0.95) + fuller + higher).min(1.0);
        fact.checks = if witnessed { vec![Check::SourcesAgree] } else { Vec::new() };
        // A line with the whole address, or "Verkäufer:", says what the name is.
        if weight >= 0.8 && organisation && !outdone {
            fact.checks.push(Check::Labelled);
        }
        // Without a legal form it may be the reader's name, who is named twice as well.
        let sure = if organisation { 0.7 } else { 0.8 };
        fact.certain = witnessed && weight >= sure && !outdone;
        fact
    }

    /// Whether another name is the same at another height of the page: an independent witness.
    fn is_witnessed_by(&self, other: &Self) -> bool {
        apart(other.found.evidence.rect.y, self.found.evidence.rect.y) && alike(&other.plain, &self.plain)
    }

    /// Whether it has a legal form and stands anywhere else but among the reader's particulars.
    fn comes_again(&self, context: &Context) -> bool {
        let here = &self.found.evidence;
        address::is_organisation(self.value())
            && context.layout.cells().any(|cell| {
                (apart(cell.rect.y, here.rect.y) || cell.page != here.page)
                    && normalised_name(&cell.text).starts_with(&self.plain)
                    && address::party_of(&context.layout, cell) != Some(Party::Reader)
            })
    }

    /// Whether another name goes on to a legal form: a logo is often the first word of the name only.
    fn is_beginning_of(&self, other: &Self) -> bool {
        other.value().len() > self.value().len() + 3
            && address::is_organisation(other.value())
            && !address::is_organisation(self.value())
            && other.plain.starts_with(&self.plain)
    }
}

/// Whether two heights on a page are those of different lines.
fn apart(a: f32, b: f32) -> bool {
    (a - b).abs() > 0.02
}

/// Whether two normalised names are the same, or one is the other's beginning.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() > 3 && (long.starts_with(short) || strsim::jaro_winkler(a, b) > 0.95)
}

#[cfg(test)]
mod tests {
    use domain::{Field, Known};

    use crate::testing::{findings, page, value};

    const LETTER: &str = "Muster Handel GmbH\n\n\n\n\n\nMuster Handel GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\nRechnung 12\n\nIBAN DE89 3704 0044 0532 0130 00";

    #[test]
    fn letterhead_and_return_line_prove_the_sender() {
        let found = findings(LETTER);
        let sender = found.best(Field::SellerName).unwrap();
        assert_eq!(sender.value.plain(), "Muster Handel GmbH");
        assert!(sender.certain, "{sender:?}");
        assert_eq!(value(LETTER, Field::BuyerName).as_deref(), Some("Max Beispiel"));
    }

    #[test]
    fn a_party_of_a_contract_is_named_without_the_words_around_it() {
        let contract = "STUDIO\n\nMitgliedsvertrag Nr. 7\nzwischen der Muster Sport GmbH, Am Weg 3, 12345 Berlin, und\nMax Beispiel";
        assert_eq!(value(contract, Field::SellerName).as_deref(), Some("Muster Sport GmbH"));
    }

    #[test]
    fn a_stamp_names_the_sender_and_the_patient_is_the_reader() {
        let recipe = "Max Beispiel             Privatrezept\nAm Weg 2\n54321 Dorf\ngeb. 01.01.1980\n\nRp.\nTabletten 100 mg N3\n\n\n\n\n\n\n\n\nDr. med. Erika Muster\nFachärztin\nHauptstraße 1, 12345 Berlin";
        assert_eq!(value(recipe, Field::SellerName).as_deref(), Some("Dr. med. Erika Muster"));
        assert_eq!(value(recipe, Field::BuyerName).as_deref(), Some("Max Beispiel"));
    }

    #[test]
    fn where_a_letter_was_written_is_not_who_wrote_it() {
        assert_eq!(value("Bad Musterstadt, den 3. Februar 2026\n\nLieber Max,", Field::SellerName), None);
    }

    #[test]
    fn the_reader_is_never_the_sender() {
        let known = Known { own_names: vec!["Max Beispiel".to_owned()], ..Known::default() };
        let found = crate::understand(&page("Max Beispiel\n\nRechnung 12\nMuster GmbH"), &known);
        assert!(found.facts.iter().all(|f| f.field != Field::SellerName || f.value.plain() != "Max Beispiel"));
        assert_eq!(found.value(Field::BuyerName).map(|v| v.plain()).as_deref(), Some("Max Beispiel"));
    }

    #[test]
    fn the_bank_at_the_foot_is_not_the_sender() {
        let letter = format!(
            "{}\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nMusterbank AG · IBAN DE89 3704 0044 0532 0130 00",
            "Atelier Muster\nHauptstraße 1\n12345 Berlin\n\n\nRechnung 12"
        );
        assert_eq!(value(&letter, Field::SellerName).as_deref(), Some("Atelier Muster"));
    }

    #[test]
    fn a_name_that_is_the_domain_of_the_letter_is_taken_before_the_line_above_it() {
        let bill = "Alles für den Garten\n\nGrüner Daumen\nHauptstrasse 1\n12345 Berlin\n\nRechnung 12\n\nIhr Team\ngruener-daumen.example";
        let found = |web: &str| {
            let found = findings(&bill.replace("gruener-daumen.example", web));
            let sender =
                found.facts.iter().find(|fact| fact.value.plain() == "Grüner Daumen").map(|fact| fact.confidence);
            (found.value(Field::SellerName).map(|name| name.plain()), sender.unwrap_or_default())
        };
        let (_, elsewhere) = found("www.anders.de");
        for web in ["www.gruener-daumen.de", "hallo@shop.gruener-daumen.co.uk", "https://gruenerdaumen.example/agb"] {
            let (name, sure) = found(web);
            assert_eq!(name.as_deref(), Some("Grüner Daumen"), "{web}");
            assert!(sure > elsewhere + 0.05, "{web}: {sure} {elsewhere}");
        }
    }

    #[test]
    fn the_readers_domain_does_not_name_the_sender() {
        let bill = "Muster Studio\n\n\nRechnungsempfänger:\nBeispiel Laden\nwww.beispiel-laden.de\n\nRechnung 12";
        assert_eq!(value(bill, Field::SellerName).as_deref(), Some("Muster Studio"));
    }
}
