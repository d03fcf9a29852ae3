//! What is found in the XML of e-invoices, in all four forms: CII, ZUGFeRD 1, UBL invoice and UBL credit note.

use domain::{Attachment, Field, Findings, Known, Page, PageOrigin, Reading, Rect, Word};
use understand::understand;

fn reading(xml: &[u8]) -> Reading {
    Reading {
        attachments: vec![Attachment { name: "invoice.xml".to_owned(), bytes: xml.to_owned() }],
        ..Reading::default()
    }
}

/// Kind, facts and problems, one to a line.
fn listing(findings: &Findings) -> String {
    let facts = findings.facts.iter().map(|fact| {
        let certain = if fact.certain { "certain" } else { "likely" };
        format!("{}: {} ({certain}, {:?})", fact.field.as_str(), fact.value.plain(), fact.origin)
    });
    let problems = findings.problems.iter().map(|problem| format!("! {}: {}", problem.code.as_str(), problem.message));
    let kind = format!("= {}", findings.kind().kind.as_str());
    std::iter::once(kind).chain(facts).chain(problems).collect::<Vec<_>>().join("\n")
}

macro_rules! snapshot {
    ($name:ident, $file:literal) => {
        #[test]
        fn $name() {
            let findings = understand(&reading(include_bytes!(concat!("fixtures/", $file))), &Known::default());
            insta::assert_snapshot!(listing(&findings));
        }
    };
}

snapshot!(cii_is_read_whole, "cii.xml");
snapshot!(the_older_form_of_zugferd_1_is_read_and_its_terms_counted, "zugferd1.xml");
snapshot!(a_debited_account_is_the_readers_and_a_wrong_sum_is_told, "ubl_direct_debit.xml");
snapshot!(a_credit_note_names_its_bill, "ubl_credit_note.xml");

#[test]
fn a_page_that_says_otherwise_makes_the_value_a_question_and_both_are_kept() {
    let mut reading = reading(include_bytes!("fixtures/cii.xml"));
    let rect = |x: f32, w: f32| Rect { x, y: 0.5, w, h: 0.01 };
    let word = |text: &str, x, w| Word { text: text.to_owned(), rect: rect(x, w), confidence: 1.0, line: 0, block: 0 };
    let words = vec![word("Fällig", 0.1, 0.05), word("am", 0.155, 0.02), word("31.03.2026", 0.18, 0.08)];
    reading.pages.push(Page {
        width: 595.0,
        height: 842.0,
        origin: PageOrigin::Embedded,
        turned: 0,
        language: None,
        words,
    });
    let findings = understand(&reading, &Known::default());
    let due: Vec<_> = findings
        .facts
        .iter()
        .filter(|fact| fact.field == Field::DueDate)
        .map(|f| (f.value.plain(), f.certain))
        .collect();
    assert_eq!(due, [("2026-03-05".to_owned(), false), ("2026-03-31".to_owned(), false)]);
    assert!(findings.problems.iter().any(|problem| problem.code.as_str() == "page_and_xml_differ"));
}

#[test]
fn broken_xml_is_passed_over() {
    for xml in [&b"<CrossIndustryInvoice>"[..], b"", b"\xff\xfe<", b"<Invoice/>", b"\x00\x01"] {
        let findings = understand(&reading(xml), &Known::default());
        assert!(!findings.kinds.is_empty());
        assert!(findings.facts.is_empty());
    }
}
