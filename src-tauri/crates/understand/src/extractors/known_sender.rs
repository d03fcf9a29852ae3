//! Senders met before, recognised by account, VAT id or name.

use std::ops::Range;

use domain::{Check, DocumentKind, Fact, Field, KnownCorrespondent, Value, normalised_name};

use super::{Extractor, sender};
use crate::address;
use crate::context::Context;
use crate::forms::identifiers;
use crate::labels::{Place, found};
use crate::layout::Run;

pub(super) struct KnownSender;

const ID: &str = "known_sender";

impl Extractor for KnownSender {
    fn id(&self) -> &'static str {
        ID
    }

    fn run(&self, context: &Context) -> Vec<Fact> {
        known_senders(context).to_vec()
    }
}

/// The senders met before that a letter names; worked out once, however many ask.
pub(super) fn known_senders<'c>(context: &'c Context) -> &'c [Fact] {
    context.met_before.get_or_init(|| find(context))
}

/// How likely the holder of an account is the sender of a letter that names another one.
const OTHER: f32 = 0.5;

/// Looks for the accounts and VAT ids anywhere, for the names at the head and foot.
fn find(context: &Context) -> Vec<Fact> {
    let known = &context.known.correspondents;
    let mut facts = Vec::new();
    let named = if known.is_empty() { Vec::new() } else { sender::organisations(context) };
    let mut add = |run: &Run, range: Range<usize>, one: &KnownCorrespondent, weight, check| {
        let hit = found(run, range, one.name.clone(), Place::Behind);
        // Whose account it is does not prove who writes, where the letter names somebody else; that may be a name that the
        // user has given. It is another sender where that one is known as well, or where accounts are only listed.
        let own = normalised_name(&one.name);
        let is_one = |name: &String| sender::may_be_one(name, &own);
        let names_another = !named.is_empty() && !named.iter().any(is_one);
        let knows_another = || {
            let others = known.iter().map(|other| normalised_name(&other.name)).filter(|other| *other != own);
            others.into_iter().any(|other| named.iter().any(|name| sender::may_be_one(name, &other)))
        };
        let is_listed = context.kind() == DocumentKind::BankStatement;
        let is_other = names_another && (is_listed || knows_another());
        let certain = check == Check::CheckDigits && !names_another;
        let weight = if is_other { f32::min(weight, OTHER) } else { weight };
        facts.push(Fact { checks: vec![check], certain, ..hit.fact(ID, Field::SellerName, weight, Value::Text) });
    };
    for run in context.layout.cells() {
        for (range, iban) in identifiers::ibans(&run.text) {
            // An account that two senders share says nothing.
            if let [one] = known.iter().filter(|one| one.ibans.contains(&iban)).collect::<Vec<_>>()[..] {
                add(run, range, one, 1.0, Check::CheckDigits);
            }
        }
        for (range, id, _) in identifiers::vat_ids(&run.text) {
            if let Some(one) = known.iter().find(|one| one.vat_ids.contains(&id)) {
                add(run, range, one, 1.0, Check::CheckDigits);
            }
        }
    }
    let names: Vec<(String, &KnownCorrespondent)> =
        known.iter().map(|one| (normalised_name(&one.name), one)).filter(|(name, _)| name.len() > 3).collect();
    let heads = context.layout.cells().filter(|run| run.page == 1 && run.rect.y < 0.35 || run.rect.y > 0.8);
    for run in heads.filter(|_| !names.is_empty()) {
        for part in address::parts(&run.text) {
            let here = normalised_name(part);
            let hit = names.iter().find(|(name, _)| here == *name || strsim::jaro_winkler(&here, name) > 0.96);
            if let (Some((_, one)), Some(start)) = (hit, run.text.find(part)) {
                add(run, start..start + part.len(), one, 0.9, Check::SourcesAgree);
            }
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use domain::{Field, Iban, Ids, Known, KnownCorrespondent};

    use crate::testing::page;

    struct One;
    impl Ids for One {
        fn uuid(&self) -> uuid::Uuid {
            uuid::Uuid::nil()
        }
    }

    fn named(name: &str, ibans: &[&str]) -> KnownCorrespondent {
        KnownCorrespondent {
            id: domain::CorrespondentId::new(&One),
            name: name.to_owned(),
            ibans: ibans.iter().map(|iban| Iban::parse(iban).unwrap()).collect(),
            vat_ids: Vec::new(),
            rules: Vec::new(),
        }
    }

    #[test]
    fn whose_account_it_is_does_not_say_who_writes_where_the_letter_names_another() {
        let collector = named("Inkasso Beispiel GmbH", &["DE89370400440532013000"]);
        let known = Known { correspondents: vec![collector, named("Muster Handel GmbH", &[])], ..Known::default() };
        let letter = "Muster Handel GmbH\n\n\nMuster Handel GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n54321 Dorf\n\nRechnung 12\n\nIBAN DE89 3704 0044 0532 0130 00";
        let found = crate::understand(&page(letter), &known);
        assert_eq!(found.value(Field::SellerName).map(|name| name.plain()).as_deref(), Some("Muster Handel GmbH"));
        assert!(found.facts.iter().all(|fact| fact.value.plain() != "Inkasso Beispiel GmbH" || !fact.certain));
    }

    #[test]
    fn a_known_account_gives_the_name_the_user_knows() {
        let one = named("Onkel Muster", &["DE89370400440532013000"]);
        let known = Known { correspondents: vec![one], ..Known::default() };
        let found =
            crate::understand(&page("Muster Handel GmbH\n\nRechnung 12\n\nIBAN DE89 3704 0044 0532 0130 00"), &known);
        let sender = found.best(Field::SellerName).unwrap();
        assert_eq!((sender.value.plain().as_str(), sender.certain), ("Onkel Muster", true));
    }
}
