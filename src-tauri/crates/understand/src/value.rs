//! Values as a text states them.

use std::ops::Range;

use domain::{Field, Shape, Value, ValueError};

use crate::forms::dates::{self, DateOrder};
use crate::forms::{amounts, identifiers};

/// Reads the one value that `text` states for `field`, in the plain forms of [`Value::parse`] or any that letters use:
/// `14. März 2026`, `EUR 1.234,56`, `IBAN: DE…`. `language` decides how `03/04/2026` is meant.
///
/// # Errors
/// The error of [`Value::parse`], where the text states none or several.
pub fn value_of(field: Field, text: &str, language: Option<&str>) -> Result<Value, ValueError> {
    let unread = match Value::parse(field, text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let all = stated(field.shape(), text, dates::order(text, language)).into_iter();
    let values: Vec<Value> = all.map(|(_, value)| value).collect();
    match <[Value; 1]>::try_from(values) {
        Ok([value]) => Ok(value),
        Err(_) => Err(unread),
    }
}

/// The values that a text states in the forms of letters, with their bytes: of the shapes that have such forms.
pub(crate) fn stated(shape: Shape, text: &str, order: DateOrder) -> Vec<(Range<usize>, Value)> {
    match shape {
        Shape::Date => dates::find(text, order).into_iter().map(|(range, date)| (range, Value::Date(date))).collect(),
        Shape::Amount => {
            amounts::find(text).into_iter().map(|amount| (amount.range, Value::Amount(amount.value))).collect()
        }
        Shape::Iban => identifiers::ibans(text).into_iter().map(|(range, iban)| (range, Value::Iban(iban))).collect(),
        Shape::Text
        | Shape::DateTime
        | Shape::Currency
        | Shape::Integer
        | Shape::Skonto
        | Shape::Lines
        | Shape::Taxes
        | Shape::Adjustments
        | Shape::Instalments => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: Field, text: &str, expected: Option<&str>) {
        let read = value_of(field, text, Some("de")).ok().map(|value| value.plain());
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn words_of_a_page_are_read_in_the_forms_of_letters() {
        check(Field::DueDate, "14.03.2026", Some("2026-03-14"));
        check(Field::DueDate, "am 14. März 2026", Some("2026-03-14"));
        check(Field::DueDate, "15 December 2026", Some("2026-12-15"));
        check(Field::AmountDue, "1.234,56 €", Some("1234.56"));
        check(Field::AmountDue, "Summe: EUR 84,20", Some("84.20"));
        check(Field::Iban, "IBAN: DE02 1203 0000 0000 2020 51", Some("DE02120300000000202051"));
    }

    #[test]
    fn nothing_is_guessed_from_none_or_several() {
        check(Field::DueDate, "soon", None);
        check(Field::DueDate, "14. März 2026 oder 15. März 2026", None);
        check(Field::Iban, "DE02 1203 0000 0000 2020 52", None);
    }
}
