//! A payment code held against its page. Where they agree they prove each other; where they differ neither is certain, for
//! a code may have been pasted over or be left from another bill.

use domain::{Check, Fact, Field, Origin, Value};

use super::add_checks;
use super::proof::LABELLED;
use crate::context::Context;

/// What a code and a page both say.
const BOTH: [Field; 3] = [Field::AmountDue, Field::Iban, Field::PaymentReference];

/// Takes the certainty from values that a payment code and the page state differently.
pub(crate) fn against_page(context: &Context, facts: &mut [Fact]) {
    if context.payment_codes.is_empty() {
        return;
    }
    for field in BOTH {
        if said_otherwise(context, facts, field).is_none() {
            continue;
        }
        for fact in facts.iter_mut().filter(|fact| fact.field == field && fact.origin != Origin::User) {
            fact.certain = false;
            add_checks(fact, [Check::CodeDiffers]);
        }
    }
}

/// What a payment code says where the page says something else for the best value of the field, or what the page says where
/// the code was taken. None where one of several codes agrees with the page, or only one of the two speaks.
pub(crate) fn said_otherwise(context: &Context, facts: &[Fact], field: Field) -> Option<Value> {
    let codes: Vec<Value> = context
        .payment_codes
        .iter()
        .filter_map(|code| match field {
            Field::AmountDue => code.amount.map(Value::Amount),
            Field::Iban => Some(Value::Iban(code.iban.clone())),
            Field::PaymentReference => code.reference.clone().map(Value::Text),
            _ => None,
        })
        .collect();
    let of_field = || facts.iter().filter(|fact| fact.field == field);
    let is_coded = |fact: &Fact| codes.iter().any(|code| says_the_same(code, &fact.value));
    let spoken = |fact: &&Fact| fact.origin != Origin::Code && fact.confidence >= LABELLED;
    let agrees =
        |fact: &Fact| is_coded(fact) && (fact.origin != Origin::Code || fact.checks.contains(&Check::CodeAgrees));
    if codes.is_empty() || of_field().any(agrees) || codes.iter().any(|code| explained(context, facts, code)) {
        return None;
    }
    let best = of_field().next()?;
    let page = of_field().find(spoken)?;
    if best.origin == Origin::Code { Some(page.value.clone()) } else { codes.first().cloned() }
}

/// Whether an amount that is asked for by a code is one that the letter knows besides: discounted, a part of a plan, or the
/// total where something else is due.
fn explained(context: &Context, facts: &[Fact], code: &Value) -> bool {
    let Value::Amount(asked) = code else { return false };
    let known = facts.iter().any(|fact| match &fact.value {
        Value::Instalments(parts) => parts.iter().any(|part| part.amount == *asked),
        _ => false,
    });
    known || super::amounts::is_discounted(facts, *asked) && super::proof::printed(context).contains(asked)
}

/// Whether code and page mean the same: a purpose may be written with more words on one of them.
fn says_the_same(code: &Value, page: &Value) -> bool {
    let (Value::Text(code), Value::Text(page)) = (code, page) else { return super::join::same(code, page) };
    let compact = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let numbers = |text: &str| -> Vec<String> {
        text.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit())).map(compact).collect()
    };
    let (whole, other) = (compact(code), compact(page));
    whole.contains(&other)
        || other.contains(&whole)
        || numbers(page).iter().any(|number| number.len() > 3 && whole.contains(number.as_str()))
        || numbers(code).iter().any(|number| number.len() > 3 && other.contains(number.as_str()))
}

#[cfg(test)]
mod tests {
    use domain::{Code, CodeKind, Known, Rect, Seen};

    use super::*;
    use crate::testing::page;

    /// A bill whose page and code say this.
    fn bill(page_amount: &str, page_iban: &str, code: &str) -> domain::Reading {
        let mut reading = page(&format!(
            "Muster GmbH\n\nRechnung Nr. 12\n\nDatum: 02.11.2026\n\nZu zahlen bis 16.11.2026    {page_amount}\n\nIBAN {page_iban}\nVerwendungszweck: RE-2026-0012"
        ));
        let rect = Rect { x: 0.7, y: 0.7, w: 0.1, h: 0.1 };
        if !code.is_empty() {
            reading.codes.push(Code { kind: CodeKind::Qr, text: code.to_owned(), page: 1, rect });
        }
        reading
    }

    const ACCOUNT: &str = "DE89 3704 0044 0532 0130 00";
    const OTHER: &str = "DE02 1203 0000 0000 2020 51";

    fn giro(iban: &str, amount: &str, reference: &str) -> String {
        format!("BCD\n002\n1\nSCT\n\nMuster GmbH\n{}\nEUR{amount}\n\n\n{reference}", iban.replace(' ', ""))
    }

    fn swiss(iban: &str, amount: &str) -> String {
        let rest = "\nS\nMuster GmbH\nGasse\n1\n8000\nZürich\nCH\n\n\n\n\n\n\n";
        format!(
            "SPC\n0200\n1\n{}{rest}\n{amount}\nCHF\nS\nA. Kunde\nWeg\n2\n8000\nZürich\nCH\nNON\n\nRE-2026-0012\nEPD",
            iban.replace(' ', "")
        )
    }

    /// Which of amount, account and reference are contradicted.
    fn contradicted(reading: &domain::Reading) -> Vec<Field> {
        let found = crate::understand(reading, &Known::default());
        let differs = |field: &Field| {
            let of: Vec<&Fact> = found.facts.iter().filter(|fact| fact.field == *field).collect();
            let differs = of.iter().any(|fact| fact.checks.contains(&Check::CodeDiffers));
            assert!(!differs || of.iter().all(|fact| !fact.certain), "{field:?} is certain: {of:?}");
            differs
        };
        BOTH.into_iter().filter(differs).collect()
    }

    #[test]
    fn a_code_that_agrees_with_its_page_is_certain_and_one_that_differs_is_a_question() {
        use Field::{AmountDue, Iban, PaymentReference};
        let right = giro(ACCOUNT, "84.20", "Rechnung RE-2026-0012");
        let cases: &[(String, &[Field])] = &[
            (right.clone(), &[]),
            (giro(ACCOUNT, "48.20", "RE-2026-0012"), &[AmountDue]),
            (giro(OTHER, "84.20", "RE-2026-0012"), &[Iban]),
            (giro(ACCOUNT, "84.20", "RE-2025-9999"), &[PaymentReference]),
            (giro(OTHER, "48.20", "RE-2026-0012"), &[AmountDue, Iban]),
            // No amount, or no code at all: only one of the two speaks.
            (giro(ACCOUNT, "", "RE-2026-0012"), &[]),
            (String::new(), &[]),
            (swiss("CH44 3199 9123 0008 8901 2", "84.20"), &[Iban]),
        ];
        for (code, expected) in cases {
            assert_eq!(contradicted(&bill("84,20 EUR", ACCOUNT, code)), *expected, "{code}");
        }
        let found = crate::understand(&bill("84,20 EUR", ACCOUNT, &right), &Known::default());
        for field in [AmountDue, Iban] {
            assert!(found.best(field).is_some_and(|fact| fact.certain), "{field:?}");
        }
    }

    #[test]
    fn a_code_alone_is_believed() {
        let mut alone = page("Muster GmbH\n\nRechnung Nr. 12\n\nDatum: 02.11.2026\n\nBitte scannen Sie den Code.");
        alone.codes = bill("", "", &giro(ACCOUNT, "84.20", "RE-2026-0012")).codes;
        assert_eq!(contradicted(&alone), []);
        let found = crate::understand(&alone, &Known::default());
        assert!(found.best(Field::Iban).is_some_and(|fact| fact.certain));
    }

    #[test]
    fn the_reason_says_in_words_what_the_other_one_says() {
        let reading = bill("84,20 EUR", ACCOUNT, &giro(ACCOUNT, "48.20", "RE-2026-0012"));
        let all = crate::reasons(&reading, &Known::default());
        let due = all.into_iter().find(|why| why.field == Some(Field::AmountDue)).unwrap();
        let first = due.reasons.into_iter().find(|reason| reason.seen == Seen::CodeDiffers).unwrap();
        assert!(!first.speaks_for && first.words.is_some_and(|words| words == "84.20" || words == "48.20"));
    }
}
