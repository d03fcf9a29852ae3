//! Plain numbers of bills, customers and orders, as they stand behind their labels.

use std::ops::Range;

use super::pattern;

/// The number at the start of a text, as it stands behind a label: one word with a digit, or groups such as
/// `512 774 093`, `AB 26-11840`.
pub(crate) fn number(text: &str) -> Option<(Range<usize>, String)> {
    let form = pattern!(
        r"^[\s:.#-]*(?P<number>(?:(?-i:[A-Z]{1,4}) )?(?:[A-Z][A-Z./_-]*)?\d[A-Z0-9./_-]*(?: \d[\d./_-]*[A-Z]?\b)*(?-i: [A-Z0-9]\b)*)"
    );
    let hit = form.captures(text)?.name("number")?;
    let trimmed = hit.as_str().trim_end_matches(['.', ',', '-', '/']);
    // A date or an amount is not a number of something.
    let date = pattern!(r"^\d{1,2}([./])\d{1,2}[./](?:\d{4}|\d{2})$");
    let first = trimmed.split(' ').next().unwrap_or_default();
    let amount = pattern!(r"^,\d").is_match(text.get(hit.end()..)?);
    (!date.is_match(first) && !amount && trimmed.len() <= 40)
        .then(|| (hit.start()..hit.start() + trimmed.len(), trimmed.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_the_start_behind_a_label() {
        let one = |text: &str| number(text).map(|(_, n)| n);
        for (text, expected) in [
            (": 25-0081947", "25-0081947"),
            (" Nr2025", "Nr2025"),
            ("2025/0917 vom 3. Mai", "2025/0917"),
            ("512 774 093", "512 774 093"),
            ("AB 26-11840", "AB 26-11840"),
            ("ML 2290 118 4", "ML 2290 118 4"),
            ("R-1127.", "R-1127"),
            ("INV/2023/03/0008", "INV/2023/03/0008"),
        ] {
            assert_eq!(one(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(one("vom 12.03.2026"), None);
        assert_eq!(one("12.03.2026"), None);
        assert_eq!(one("124,90"), None);
    }
}
