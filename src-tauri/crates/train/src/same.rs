//! Whether a value that was found is the one that the truth names, by the rules of the corpus' `score.py`.

use std::collections::BTreeSet;

use domain::{Field, Shape, Value};
use rust_decimal::Decimal;
use serde_json::Value as Json;

/// Fields of which one list or many words are compared otherwise, or not at all.
fn is_compared(field: Field) -> bool {
    !matches!(field.shape(), Shape::Lines | Shape::Taxes | Shape::Adjustments | Shape::Instalments | Shape::Skonto)
}

/// Whether a value is right by the row of the truth for its field; none where the truth does not say.
pub fn is_right(field: Field, known: &Json, found: &Value) -> Option<bool> {
    if !known.is_object() || !is_compared(field) {
        return None;
    }
    let accepted: Vec<&Json> = known["accept"].as_array().into_iter().flatten().collect();
    if let Some(page) = known.get("page_value") {
        return Some(is_same(field, page, found));
    }
    let is_any = |wanted: &[&Json]| wanted.iter().any(|wanted| is_same(field, wanted, found));
    let value = &known["value"];
    if known["visible"] == true && !value.is_null() {
        return Some(is_same(field, value, found) || is_any(&accepted));
    }
    // One that is not there: what might be meant is neither right nor wrong.
    if known["absent"] == true || value.is_null() && !accepted.is_empty() {
        return (!is_any(&accepted)).then_some(false);
    }
    None
}

/// Whether a field has a value on the page.
pub fn is_wanted(field: Field, known: &Json) -> bool {
    known.is_object()
        && is_compared(field)
        && (!known["page_value"].is_null() || known["visible"] == true && !known["value"].is_null())
}

/// Whether a value is the wanted one.
pub fn is_same(field: Field, wanted: &Json, found: &Value) -> bool {
    let text = match wanted {
        Json::String(text) => text.clone(),
        Json::Null => return false,
        other => other.to_string(),
    };
    let plain = found.plain();
    match field.shape() {
        Shape::Amount => {
            let wanted = text.parse::<Decimal>().ok().map(|amount| amount.abs().round_dp(2));
            wanted.is_some() && found.amount().map(|amount| amount.abs().round_dp(2)) == wanted
        }
        Shape::Date => plain == text,
        Shape::DateTime => plain.get(..16).unwrap_or(&plain) == text.get(..16).unwrap_or(&text),
        Shape::Text if is_name(field) => is_same_name(&text, &plain),
        Shape::Text | Shape::Iban if field == Field::Bic => bank(&text) == bank(&plain),
        _ => !code(&text).is_empty() && code(&text) == code(&plain),
    }
}

fn is_name(field: Field) -> bool {
    use Field::{AppointmentPlace, BuyerName, NoticePeriod, PaymentTerms, SellerAddress, SellerName, ServicePeriod};
    matches!(
        field,
        SellerName | BuyerName | SellerAddress | PaymentTerms | AppointmentPlace | ServicePeriod | NoticePeriod
    )
}

fn code(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn bank(text: &str) -> String {
    let code = code(text);
    code.strip_suffix("xxx").filter(|short| short.len() == 8).map_or(code.clone(), str::to_owned)
}

/// Whether most words of two names are the same.
fn is_same_name(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let plain: String = text.to_lowercase().replace('ß', "ss").chars().map(without_marks).collect();
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (a, mut b) = (words(a), words(b));
    let all = a.len() + b.len();
    let mut shared = 0;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            shared += 1;
        }
    }
    // Dice's overlap of at least 0.6.
    all > 0 && shared > 0 && 20 * shared >= 6 * all
}

fn without_marks(c: char) -> char {
    match c {
        'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => 'a',
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' => 'o',
        'ü' | 'ú' | 'ù' | 'û' => 'u',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ç' | 'č' | 'ć' => 'c',
        'ñ' => 'n',
        'š' | 'ş' => 's',
        'ž' => 'z',
        other => other,
    }
}

/// The fields that are compared.
pub fn compared() -> BTreeSet<Field> {
    Field::ALL.iter().copied().filter(|field| is_compared(*field)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(field: Field, known: Json, found: &str, expected: Option<bool>) {
        let value = Value::parse(field, found).unwrap();
        assert_eq!(is_right(field, &known, &value), expected, "{known} {found}");
    }

    #[test]
    fn values_are_compared_as_the_corpus_does() {
        let seen = |value: &str| json!({"value": value, "visible": true});
        check(Field::AmountDue, seen("-12.00"), "12,00", Some(true));
        check(Field::SellerName, seen("Muster Hausbau GmbH & Co. KG"), "Muster Hausbau GmbH", Some(true));
        check(Field::SellerName, seen("Muster Hausbau GmbH"), "Andere Firma AG", Some(false));
        check(Field::InvoiceNumber, seen("RE-1 23"), "re/123", Some(true));
        check(Field::DueDate, json!({"value": null, "accept": ["2026-05-01"]}), "2026-05-01", None);
        check(Field::DueDate, json!({"value": null, "absent": true}), "2026-05-01", Some(false));
        check(Field::DueDate, Json::Null, "2026-05-01", None);
        check(Field::TotalGross, json!({"value": "5.00", "page_value": "6.00"}), "6,00", Some(true));
    }
}
