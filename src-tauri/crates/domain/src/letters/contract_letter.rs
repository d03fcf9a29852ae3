//! Letters about a contract: which contract a price letter or a confirmation is about, and what it cost before.

use rust_decimal::Decimal;

use super::relation::{number, same_sender};
use crate::{Document, DocumentKind, Field, Value};

/// Is it a letter about a contract, and none itself?
pub fn is_about_a_contract(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::PriceIncrease | DocumentKind::CancellationConfirmation)
}

/// The contract that a letter is about: of its sender, and with the contract number that it names, or else the only one with
/// its customer number. Without a number nothing is proven.
pub fn contract_of<'a>(letter: &Document, contracts: &'a [Document]) -> Option<&'a Document> {
    let own = |contract: &&Document| contract.id != letter.id && same_sender(letter, contract);
    let of: Vec<&Document> = contracts.iter().filter(own).collect();
    let share = |field| {
        let named = number(letter, field)?;
        let mut sharing = of.iter().filter(|contract| number(contract, field).as_ref() == Some(&named));
        match (sharing.next(), sharing.next()) {
            (Some(only), None) => Some(*only),
            (None, _) | (_, Some(_)) => None,
        }
    };
    let contradicts = |contract: &Document| {
        let (one, another) = (number(letter, Field::ContractNumber), number(contract, Field::ContractNumber));
        one.is_some() && another.is_some() && one != another
    };
    share(Field::ContractNumber).or_else(|| share(Field::CustomerNumber).filter(|contract| !contradicts(contract)))
}

/// May a letter be about this contract, as far as its numbers tell?
pub fn may_be_about(letter: &Document, contract: &Document) -> bool {
    let differ = |field| {
        let (one, another) = (number(letter, field), number(contract, field));
        one.is_some() && another.is_some() && one != another
    };
    same_sender(letter, contract) && !differ(Field::ContractNumber) && !differ(Field::CustomerNumber)
}

/// Words beside a price that does not hold any more.
const BEFORE: &[&str] = &["zuvor", "statt", "alt", "alte", "alter", "von", "old", "from", "instead"];
/// Beginnings of such words.
const OLD: &[&str] = &["bisher", "bislang", "current", "previous"];

/// The price before, where the words around the new one name it: "von 39,90 € auf 45,90 €", "bisher 39,90 €, neu 45,90 €". None
/// where there is more than one other amount, or nothing says that it is the old one.
pub fn price_before(words: &str, new: Decimal) -> Option<Decimal> {
    let says = |word: &str| BEFORE.contains(&word) || OLD.iter().any(|old| word.starts_with(old));
    let says_so = words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(says);
    let mut amounts: Vec<Decimal> = words.split_whitespace().filter_map(amount).collect();
    let found = amounts.contains(&new);
    amounts.retain(|amount| *amount != new);
    amounts.dedup();
    match amounts.as_slice() {
        [old] if found && says_so => Some(*old),
        _ => None,
    }
}

/// An amount with its cents: "39,90", "39.90€".
fn amount(word: &str) -> Option<Decimal> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let (whole, cents) = word.rsplit_once([',', '.'])?;
    let is_amount = cents.len() == 2 && !whole.is_empty() && whole.chars().all(|c| c.is_ascii_digit());
    match Value::parse(Field::RecurringAmount, word).ok().filter(|_| is_amount)? {
        Value::Amount(amount) => Some(amount),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::letter;

    const IBAN: (Field, &str) = (Field::Iban, "DE89370400440532013000");

    #[test]
    fn a_letter_is_about_the_contract_whose_number_it_names() {
        let contract = |id: u64, fields: &[(Field, &str)]| {
            let mut contract = letter(DocumentKind::Contract, fields);
            contract.id = uuid::Uuid::from_u64_pair(0, id).to_string().parse().unwrap();
            contract
        };
        let contracts = [
            contract(1, &[IBAN, (Field::ContractNumber, "V-1"), (Field::CustomerNumber, "77")]),
            contract(2, &[IBAN, (Field::ContractNumber, "V-2"), (Field::CustomerNumber, "77")]),
            contract(3, &[IBAN, (Field::CustomerNumber, "88")]),
            contract(4, &[(Field::ContractNumber, "V-4")]),
        ];
        for (fields, expected) in [
            (&[IBAN, (Field::ContractNumber, "V 2")][..], Some(1)),
            (&[IBAN, (Field::CustomerNumber, "88")], Some(2)),
            (&[IBAN, (Field::CustomerNumber, "88"), (Field::ContractNumber, "V-9")], Some(2)),
            // Two contracts of one customer, another sender, no number.
            (&[IBAN, (Field::CustomerNumber, "77")], None),
            (&[IBAN, (Field::ContractNumber, "V-4")], None),
            (&[IBAN], None),
        ] {
            let found = contract_of(&letter(DocumentKind::PriceIncrease, fields), &contracts);
            let expected = expected.and_then(|at: usize| contracts.get(at));
            assert_eq!(found.map(|found| found.id), expected.map(|contract| contract.id), "{fields:?}");
        }
        let confirmation = letter(DocumentKind::CancellationConfirmation, &[IBAN, (Field::ContractNumber, "V-2")]);
        let may: Vec<bool> = contracts.iter().map(|contract| may_be_about(&confirmation, contract)).collect();
        assert_eq!(may, [false, true, true, false]);
    }

    #[test]
    fn the_price_before_is_taken_from_words_that_say_so() {
        for (words, new, old) in [
            ("von 39,90 € auf 45,90 €", "45.90", Some("39.90")),
            ("Bisheriger Preis 39,90 € Neuer Preis 45,90 €", "45.90", Some("39.90")),
            ("bisher 39,90 €, ab 01.01.2027 45,90 €", "45.90", Some("39.90")),
            ("from €39.90 to €45.90 a month", "45.90", Some("39.90")),
            // Nothing says which is old; more than one; not the price meant.
            ("Grundpreis 9,90 € Beitrag 45,90 €", "45.90", None),
            ("von 39,90 € (2025: 37,90 €) auf 45,90 €", "45.90", None),
            ("von 39,90 € auf 45,90 €", "50.00", None),
            ("Beitrag 45,90 €", "45.90", None),
        ] {
            let found = price_before(words, new.parse().unwrap());
            assert_eq!(found.map(|amount| amount.to_string()).as_deref(), old, "{words}");
        }
    }
}
