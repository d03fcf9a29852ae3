//! Check digits, by their standards.

/// ISO 7064 MOD 11,10, the check of German VAT ids.
pub(super) fn mod_11_10(digits: &str) -> bool {
    let mut product = 10;
    let numbers: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((check, body)) = numbers.split_last() else { return false };
    for digit in body {
        let sum = match (digit + product) % 10 {
            0 => 10,
            sum => sum,
        };
        product = 2 * sum % 11;
    }
    (11 - product) % 10 == *check
}

/// The check of Austrian VAT ids (BMF, "UID-Nummer").
pub(super) fn austrian_vat(digits: &str) -> bool {
    let numbers: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((check, body)) = numbers.split_last() else { return false };
    let cross = |n: u32| n / 10 + n % 10;
    let sum: u32 = body.iter().enumerate().map(|(i, n)| if i % 2 == 0 { *n } else { cross(2 * n) }).sum();
    (10 - (sum + 4) % 10) % 10 == *check
}

/// Remainder by 97, letters counted as 10–35 (ISO 7064 MOD 97-10).
pub(super) fn mod_97(text: &str) -> u32 {
    text.chars().filter_map(|c| c.to_digit(36)).fold(0, |rest, n| (if n > 9 { rest * 100 } else { rest * 10 } + n) % 97)
}

/// The check of Swiss references (modulo 10 recursive).
pub(super) fn mod_10_recursive(digits: &str) -> bool {
    const TABLE: [usize; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
    let numbers: Vec<usize> = digits.chars().filter_map(|c| c.to_digit(10)).map(|n| n as usize).collect();
    let Some((check, body)) = numbers.split_last() else { return false };
    let carry = body.iter().fold(0, |carry, n| TABLE.get((carry + n) % 10).copied().unwrap_or(0));
    (10 - carry) % 10 == *check
}
