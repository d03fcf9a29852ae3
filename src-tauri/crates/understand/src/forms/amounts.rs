//! Amounts of money: `1.234,56`, `1,234.56`, `1 234,56`, `1'234.56`, `EUR 12,-`, `12 €`, `-3,00`, `3,00-`.

use std::ops::Range;

use domain::Currency;
use rust_decimal::Decimal;

use super::pattern;

/// An amount in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    pub(crate) value: Decimal,
    /// The currency beside it, if any.
    pub(crate) currency: Option<Currency>,
    pub(crate) range: Range<usize>,
}

/// The signs and words of the currencies that are looked for beside a number.
const CURRENCY: &str = r"(?:EUR|EURO|€|CHF|SFR|FR\.|USD|US\$|\$|GBP|£)";

/// The first amount of a text, with its bytes.
pub(crate) fn first(text: &str) -> Option<(Range<usize>, Decimal)> {
    find(text).into_iter().next().map(|amount| (amount.range, amount.value))
}

/// All amounts in a text: numbers with two decimals, or any number beside a currency. Percentages, dates, times and
/// longer digit groups are none.
pub(crate) fn find(text: &str) -> Vec<Amount> {
    let form = pattern!(&format!(
        r"(?P<sign>[-−–]\s?)?(?P<before>{CURRENCY}\s?)?(?P<sign2>[-−–]\s?)?(?P<number>\d{{1,3}}(?:[.,'’\u{{a0}}\u{{202f}} ]\d{{3}})+(?:[.,](?:\d\d|[-–—]{{1,2}}))?|\d+[.,](?:\d\d|[-–—]{{1,2}})|\d+)(?P<trailing>-)?(?P<after>\s?{CURRENCY})?"
    ));
    let mut found: Vec<Amount> = Vec::new();
    let mut at = 0;
    while let Some(hit) = form.captures_at(text, at) {
        let (Some(whole), Some(number)) = (hit.get(0), hit.name("number")) else { break };
        let (range, number) = (whole.range(), number.range());
        let bare = hit.name("before").is_none() && hit.name("after").is_none();
        let negative = ["sign", "sign2", "trailing"].iter().any(|name| hit.name(name).is_some());
        match read(text, &number, bare) {
            Ok((value, used)) => {
                let currency = hit.name("before").or(hit.name("after")).and_then(|m| currency(m.as_str()));
                // A dash glued to a word before it ("A-12,50") is no sign.
                let glued = text.get(..range.start).is_some_and(|t| t.ends_with(char::is_alphanumeric));
                let value = if negative && !glued { -value } else { value };
                let end = if used < number.end { used } else { range.end };
                found.push(Amount { value, currency, range: range.start..end });
                at = end;
            }
            Err(next) => at = next,
        }
    }
    found
}

/// Reads one number. An error says where to go on.
fn read(text: &str, range: &Range<usize>, bare: bool) -> Result<(Decimal, usize), usize> {
    let number = text.get(range.clone()).unwrap_or_default();
    let before = text.get(..range.start).and_then(|t| t.chars().next_back());
    let after = text.get(range.end..).unwrap_or_default();
    let (mark, decimals) = match number.rfind([',', '.']) {
        Some(at) if number.len() - at == 3 || number.get(at + 1..).is_some_and(|r| r.starts_with(['-', '–', '—'])) => {
            (number[at..].chars().next(), true)
        }
        _ => (None, false),
    };
    // "2 124,90" is two pieces at 124,90 unless a currency or the start of the cell says otherwise.
    let first = text.get(..range.start).is_none_or(|t| t.trim_matches(['-', '−', '–', ' ']).is_empty());
    let leading_quantity = bare && !first && decimals;
    if leading_quantity && let Some(space) = number.find(' ') {
        return Err(range.start + space + 1);
    }
    if bare && !decimals || bare && mark == Some('.') && after.starts_with('.') {
        return Err(range.end);
    }
    let continued = after.starts_with(|c: char| c.is_alphanumeric())
        || after.strip_prefix(['.', ',', '/', ':']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/' | ':'));
    let other_unit = pattern!(r"^\s?(?:%|‰|°|Uhr\b|h\b|kWh|ct\b|Cent\b|km\b|kg\b|m²|m2\b|Std|Stk|Stück|l\b|GB\b|Mbit)");
    if continued
        || bare && other_unit.is_match(after)
        || other_unit.is_match(after) && after.trim_start().starts_with('%')
    {
        return Err(range.end);
    }
    let whole = if decimals { &number[..number.rfind([',', '.']).unwrap_or(number.len())] } else { number };
    let digits = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
    let cents = if decimals { digits(&number[whole.len()..]) } else { String::new() };
    let plain = format!("{}.{}", digits(whole), if cents.is_empty() { "00" } else { &cents });
    plain.parse().map(|value| (value, range.end)).map_err(|_| range.end)
}

/// The currency of a sign or word.
pub(crate) fn currency(text: &str) -> Option<Currency> {
    let word = text.trim().to_uppercase();
    match word.as_str() {
        "EURO" => Some(Currency::EUR),
        "SFR" | "FR." => "CHF".parse().ok(),
        other => other.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = find(text).iter().map(|a| a.value.to_string()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn usual_forms_are_read() {
        check("1.234,56", &["1234.56"]);
        check("1,234.56", &["1234.56"]);
        check("1 234,56 €", &["1234.56"]);
        check("1'234.56", &["1234.56"]);
        check("CHF 1 756.05", &["1756.05"]);
        check("1’500.50", &["1500.50"]);
        check("EUR 12,-", &["12.00"]);
        check("300.–– CHF", &["300.00"]);
        check("310 Euro", &["310.00"]);
        check("48.100 EUR", &["48100.00"]);
        check("$127.50", &["127.50"]);
        check("€ 1.034", &["1034.00"]);
        check("*** 55,08 ***", &["55.08"]);
        check("Betrag 0,02 und 3.446,59.", &["0.02", "3446.59"]);
    }

    #[test]
    fn signs_before_and_behind_are_read() {
        check("-1.034,00 EUR", &["-1034.00"]);
        check("€ -9,32", &["-9.32"]);
        check("-€30.00", &["-30.00"]);
        check("120,00-", &["-120.00"]);
        check("− 2.90 €", &["-2.90"]);
    }

    #[test]
    fn a_quantity_before_a_price_is_not_a_thousand() {
        check("Stuhl 2 124,90", &["124.90"]);
    }

    #[test]
    fn dates_percentages_times_and_numbers_are_no_amounts() {
        for text in [
            "12.02.2025",
            "28.04.25",
            "19 %",
            "19,00 %",
            "19,00%",
            "2.914 kWh",
            "18.30 Uhr",
            "29.03., 10 Uhr",
            "08:16",
            "Nr. 2025",
            "29,10 ct/kWh",
            "DE00 1234",
            "1.1.2026",
            "3,5 Std",
            "0341 555-7710",
            "B2",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn the_currency_beside_the_number_is_kept() {
        let currencies = |text| find(text).iter().map(|a| a.currency.map(|c| c.to_string())).collect::<Vec<_>>();
        assert_eq!(currencies("12,00 EUR, 3,00 und Fr. 7.50"), [Some("EUR".into()), None, Some("CHF".into())]);
    }

    /// A whole number with `mark` between its thousands.
    fn grouped(whole: u64, mark: &str) -> String {
        let digits = whole.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
        groups.join(mark)
    }

    proptest::proptest! {
        #[test]
        fn an_amount_is_read_back_from_every_form_it_is_written_in(cents in 0..100_000_000_000_u64, negative: bool) {
            let (whole, rest) = (cents / 100, cents % 100);
            let sign = if negative && cents > 0 { "-" } else { "" };
            let value = Decimal::new(i64::try_from(cents).unwrap(), 2) * Decimal::from(if sign.is_empty() { 1 } else { -1 });
            for (thousands, mark) in [(".", ","), (",", "."), (" ", ","), ("'", "."), ("’", "."), ("\u{a0}", ","), ("", ","), ("", ".")] {
                let number = format!("{sign}{}{mark}{rest:02}", grouped(whole, thousands));
                for text in [number.clone(), format!("{number} €"), format!("EUR {number}"), format!("CHF {number}")] {
                    let found: Vec<Decimal> = find(&text).into_iter().map(|amount| amount.value).collect();
                    proptest::prop_assert_eq!(found, [value], "{}", text);
                }
            }
        }
    }
}
