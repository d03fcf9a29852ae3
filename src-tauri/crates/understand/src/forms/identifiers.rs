//! Numbers with a form of their own: account, bank, VAT id, tax number, creditor id, references.

use std::ops::Range;

use domain::Iban;

use super::check_digits::{austrian_vat, mod_10_recursive, mod_11_10, mod_97};
use super::{misread, pattern};

/// Account numbers with right check digits (ISO 13616), in any spacing. Letters that recognition takes for digits are tried
/// as these, where the account has digits only.
pub(crate) fn ibans(text: &str) -> Vec<(Range<usize>, Iban)> {
    let start = pattern!(r"\b[A-Z]\s?[A-Z]\s?[\dOQIlSBZG]\s?[\dOQIlSBZG]");
    let mut found: Vec<(Range<usize>, Iban)> = Vec::new();
    for hit in start.find_iter(text) {
        if found.last().is_some_and(|(range, _)| hit.start() < range.end) {
            continue;
        }
        // Letters and digits, with the place where each ends; an IBAN has at most 34 of them (ISO 13616).
        let mut compact = String::new();
        let mut ends = Vec::new();
        for (at, c) in text[hit.start()..].char_indices() {
            match c {
                c if c.is_ascii_alphanumeric() && compact.len() < 34 => {
                    compact.push(c);
                    ends.push(hit.start() + at + 1);
                }
                ' ' | '\u{a0}' | '-' | '.' => {}
                _ => break,
            }
        }
        let read = (15..=compact.len()).rev().find_map(|length| {
            let text = compact.get(..length)?;
            let iban = Iban::parse(&text.to_ascii_uppercase()).ok().or_else(|| corrected(text))?;
            Some((hit.start()..*ends.get(length - 1)?, iban))
        });
        found.extend(read);
    }
    found
}

/// A German or Austrian account with letters in the place of digits.
fn corrected(text: &str) -> Option<Iban> {
    /// More letters are no mistakes of recognition but words.
    const MOST: usize = 4;
    let (country, number) = text.split_at_checked(2)?;
    let length = match country.to_ascii_uppercase().as_str() {
        "DE" => 22,
        "AT" => 20,
        _ => return None,
    };
    let letters = number.chars().filter(|c| !c.is_ascii_digit()).count();
    if text.len() != length || !(1..=MOST).contains(&letters) {
        return None;
    }
    Iban::parse(&format!("{country}{}", misread::digits(number))).ok()
}

/// Bank codes (ISO 9362) in a text that says it names one.
pub(crate) fn bic(text: &str) -> Option<(Range<usize>, String)> {
    let form = pattern!(r"(?-i)\b[A-Z]{4} ?[A-Z]{2} ?[A-Z0-9]{2}(?: ?[A-Z0-9]{3})?\b");
    form.find(text).map(|hit| {
        let compact: String = hit.as_str().split_whitespace().collect();
        // A word in capitals behind an eight-letter code is not its branch.
        if compact.len() == 11
            && hit.as_str().len() > 11
            && !compact[8..].contains(|c: char| c.is_ascii_digit() || c == 'X')
        {
            (hit.start()..hit.end() - 4, compact[..8].to_owned())
        } else {
            (hit.range(), compact)
        }
    })
}

/// VAT ids of the EU and Switzerland, with whether their check digits are right where the rule is known.
pub(crate) fn vat_ids(text: &str) -> Vec<(Range<usize>, String, Option<bool>)> {
    let form = pattern!(
        r"(?-i)\b(?:DE ?\d{3} ?\d{3} ?\d{3}|ATU ?\d{8}|CHE[- ]?\d{3}\.?\d{3}\.?\d{3}(?: ?(?:MWST|TVA|IVA))?|FR ?[0-9A-Z]{2} ?\d{3} ?\d{3} ?\d{3}|NL ?\d{9} ?B ?\d{2}|IT ?\d{11}|ES ?[A-Z0-9]\d{7}[A-Z0-9]|BE ?[01]\d{9}|LU ?\d{8}|PL ?\d{10}|IE ?\d[0-9A-Z]\d{5}[A-Z]{1,2}|DK ?\d{8}|SE ?\d{12}|GB ?\d{9}|CZ ?\d{8,10})\b"
    );
    let plain = form.find_iter(text);
    let mut found: Vec<_> = plain
        .map(|hit| {
            let id: String = hit.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
            let checked = match id.strip_prefix("DE") {
                Some(digits) => Some(mod_11_10(digits)),
                None => id.strip_prefix("ATU").map(austrian_vat),
            };
            (hit.range(), id, checked)
        })
        .collect();
    // Letters that were digits: only where the check digits say so.
    let misread = pattern!(r"(?-i)\bDE ?[\dOQDIilZzSsGBgq]{3} ?[\dOQDIilZzSsGBgq]{3} ?[\dOQDIilZzSsGBgq]{3}\b");
    for hit in misread.find_iter(text).filter(|hit| hit.as_str().chars().filter(char::is_ascii_digit).count() >= 6) {
        let number: String = misread::digits(&hit.as_str()[2..]).split_whitespace().collect();
        if mod_11_10(&number) && found.iter().all(|(range, ..)| range.start != hit.start()) {
            found.push((hit.range(), format!("DE{number}"), Some(true)));
        }
    }
    found
}

/// German tax numbers as printed: `12/345/67890` and its relatives.
pub(crate) fn tax_number(text: &str) -> Option<(Range<usize>, String)> {
    let form = pattern!(r"\b\d{2,3}[/ ]\d{3,4}[/ ]\d{3,5}(?:[/ ]\d{1,2})?\b|\b\d{10,13}\b");
    form.find(text).map(|hit| (hit.range(), hit.as_str().to_owned()))
}

/// SEPA creditor ids with right check digits (EPC262-08).
pub(crate) fn creditor_ids(text: &str) -> Vec<(Range<usize>, String)> {
    let form = pattern!(r"(?-i)\b[A-Z]{2} ?\d{2} ?[A-Z0-9]{3} ?(?:\d ?){8,28}");
    form.find_iter(text)
        .filter_map(|hit| {
            let id: String = hit.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
            // The three characters of the business code do not take part in the check.
            let checked = format!("{}{}", id.get(7..)?, id.get(..4)?);
            let right = mod_97(&checked) == 1 && (!id.starts_with("DE") || id.len() == 18);
            right.then(|| (hit.start()..hit.start() + hit.as_str().trim_end().len(), id))
        })
        .collect()
}

/// Structured creditor references `RF…` (ISO 11649) and Swiss QR references of 27 digits, with right check digits.
pub(crate) fn references(text: &str) -> Vec<(Range<usize>, String)> {
    let form = pattern!(r"(?-i)\bRF ?\d{2}(?: ?[A-Z0-9]{1,4}){1,6}\b|\b\d{2}(?: ?\d{5}){5}\b");
    form.find_iter(text)
        .filter_map(|hit| {
            let mut id: String = hit.as_str().split_whitespace().collect();
            let mut end = hit.end();
            // Words behind the reference may have been taken along: drop them until the check is right.
            while id.starts_with("RF") && mod_97(&format!("{}{}", id.get(4..)?, id.get(..4)?)) != 1 {
                let last = text[hit.start()..end].rfind(' ')?;
                end = hit.start() + last;
                id = text[hit.start()..end].split_whitespace().collect();
            }
            (id.starts_with("RF") || mod_10_recursive(&id)).then(|| (hit.start()..end, id))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ibans_are_found_in_any_spacing_and_proven() {
        let one = |text: &str| ibans(text).into_iter().map(|(_, i)| i.to_string()).collect::<Vec<_>>();
        assert_eq!(one("IBAN: DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX"), ["DE89370400440532013000"]);
        assert_eq!(one("D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0"), ["DE89370400440532013000"]);
        assert_eq!(
            one("de89370400440532013000 und AT611904300234573201"),
            ["DE89370400440532013000", "AT611904300234573201"]
        );
        assert!(one("DE88 3704 0044 0532 0130 00").is_empty());
        assert_eq!(one("DEB9 37O4 0044 0S32 0l30 00"), ["DE89370400440532013000"]);
        assert!(one("DES Kunden bis 3704 0044 0532").is_empty());
    }

    #[test]
    fn check_digits_of_vat_ids_are_checked() {
        assert_eq!(vat_ids("USt-IdNr. DE136695976"), [(10..21, "DE136695976".to_owned(), Some(true))]);
        assert_eq!(vat_ids("DE 136 695 977").first().map(|v| v.2), Some(Some(false)));
        assert_eq!(vat_ids("DE l36 69S 976").first().map(|v| v.1.clone()), Some("DE136695976".to_owned()));
        assert!(vat_ids("DE l36 69S 977").is_empty());
        assert_eq!(vat_ids("UID ATU13585627").first().map(|v| v.2), Some(Some(true)));
        assert_eq!(vat_ids("CHE-112.203.184 MWST").first().map(|v| v.1.clone()), Some("CHE112203184MWST".to_owned()));
    }

    #[test]
    fn references_and_creditor_ids_are_checked() {
        assert_eq!(references("Referenz RF18 5390 0754 7034 Danke"), [(9..28, "RF18539007547034".to_owned())]);
        assert!(references("RF19 5390 0754 7034").is_empty());
        assert_eq!(references("21 00000 00003 13947 14300 09017").len(), 1);
        assert_eq!(creditor_ids("Gläubiger-ID DE98ZZZ09999999999").len(), 1);
        assert!(creditor_ids("Gläubiger-ID DE97ZZZ09999999999").is_empty());
    }

    #[test]
    fn banks_are_eight_or_eleven_characters() {
        assert_eq!(bic("BIC: COBADEFFXXX").map(|(_, b)| b).as_deref(), Some("COBADEFFXXX"));
        assert_eq!(bic("BELADEBE").map(|(_, b)| b).as_deref(), Some("BELADEBE"));
        assert_eq!(bic("Bank"), None);
    }

    proptest::proptest! {
        #[test]
        fn an_account_number_with_one_wrong_digit_is_none(
            bank in 0..100_000_000_u64,
            account in 0..10_000_000_000_u64,
            at in 0..20_usize,
            more in 1..10_u32,
        ) {
            let number = format!("{bank:08}{account:010}");
            // ISO 13616: 98 less the remainder of the number with "DE00" behind it.
            let check = 98 - super::mod_97(&format!("{number}DE00"));
            let right = format!("{check:02}{number}");
            proptest::prop_assert_eq!(ibans(&format!("IBAN DE{right}")).len(), 1);
            let digit = right.as_bytes()[at] - b'0';
            let other = (u32::from(digit) + more) % 10;
            let wrong = format!("{}{other}{}", &right[..at], &right[at + 1..]);
            proptest::prop_assert!(ibans(&format!("IBAN DE{wrong}")).is_empty(), "DE{} was taken", wrong);
        }
    }
}
