use proptest::prelude::*;

use super::names::{KEYS, KINDS, RELATIVES, STANDINGS, TASK_KINDS};
use super::*;
use crate::{DocumentKind, TaskKind};

const LANGUAGES: [QueryLanguage; 2] = [QueryLanguage::German, QueryLanguage::English];

/// What a query means, in the printed words of both languages, with the codes of its hints.
#[track_caller]
fn check(typed: &str, german: &str, english: &str) {
    let parsed = Query::parse(typed);
    assert_eq!(parsed.query.print(QueryLanguage::German), german, "{typed}");
    assert_eq!(parsed.query.print(QueryLanguage::English), english, "{typed}");
    assert_eq!(parsed.hints, [], "{typed}");
}

#[test]
fn german_and_english_names_mean_the_same() {
    for (typed, german, english) in [
        ("von:telekom", "von:telekom", "from:telekom"),
        ("sender:\"Deutsche Post\"", "von:\"Deutsche Post\"", "from:\"Deutsche Post\""),
        ("art:mahnung", "art:mahnung", "kind:dunning"),
        ("kind:invoice", "art:rechnung", "kind:invoice"),
        ("kind:tax_notice", "art:steuerbescheid", "kind:tax-notice"),
        ("betrag:>100", "betrag:>100", "amount:>100"),
        ("betrag:1.234,56", "betrag:1234.56", "amount:1234.56"),
        ("amount:49.30..100", "betrag:49.3..100", "amount:49.3..100"),
        ("betrag:>=20", "betrag:20..", "amount:20.."),
        ("datum:2025..2026", "datum:2025..2026", "date:2025..2026"),
        ("vom:14.3.2025", "datum:2025-03-14", "date:2025-03-14"),
        ("datum:märz-2025", "datum:2025-03", "date:2025-03"),
        ("date:2025-03..", "datum:2025-03..", "date:2025-03.."),
        ("fällig:diese-woche", "fällig:diese-woche", "due:this-week"),
        ("fällig:\"diese Woche\"", "fällig:diese-woche", "due:this-week"),
        ("due:overdue", "fällig:<heute", "due:<today"),
        ("frist:nächste-14-tage", "fällig:heute..+14t", "due:today..+14d"),
        ("datum:letzte-3-monate", "datum:-3m..heute", "date:-3m..today"),
        ("tag:steuer", "tag:steuer", "tag:steuer"),
        ("status:offen", "status:offen", "status:open"),
        ("hat:iban", "hat:iban", "has:iban"),
        ("ohne:absender", "-hat:absender", "-has:sender"),
        ("-hat:absender", "-hat:absender", "-has:sender"),
        ("aufgabe:kündigen", "aufgabe:kündigen", "task:cancel-or-keep"),
        ("rechnungsnummer:RE-1", "rechnungsnummer:RE-1", "invoice-number:RE-1"),
        ("iban:*", "hat:iban", "has:iban"),
        ("-werbung", "-werbung", "-werbung"),
        ("\"genaue Worte\"", "\"genaue Worte\"", "\"genaue Worte\""),
        ("„genaue  Worte“", "\"genaue Worte\"", "\"genaue Worte\""),
        ("strom oder gas 2025", "strom oder gas 2025", "strom or gas 2025"),
        ("von: Telekom", "von:Telekom", "from:Telekom"),
        ("miete und nebenkosten", "miete nebenkosten", "miete nebenkosten"),
        ("RE-2026/001 84,20", "RE-2026/001 84,20", "RE-2026/001 84,20"),
        ("oder", "\"oder\"", "\"oder\""),
        ("12:30", "\"12:30\"", "\"12:30\""),
        ("https://example.org/a", "\"https://example.org/a\"", "\"https://example.org/a\""),
        ("von:", "", ""),
        ("  -  & ", "", ""),
    ] {
        check(typed, german, english);
    }
}

#[test]
fn what_is_not_understood_is_looked_for_with_a_hint() {
    for (typed, german, code, suggestion) in [
        ("vom_:x", "\"vom_:x\"", None, None),
        ("absnder:post", "\"absnder:post\"", Some(HintCode::UnknownKey), Some("absender")),
        ("quatsch:post", "\"quatsch:post\"", Some(HintCode::UnknownKey), None),
        ("art:mahnug", "\"art:mahnug\"", Some(HintCode::UnknownValue), Some("mahnung")),
        ("betrag:viel", "\"betrag:viel\"", Some(HintCode::UnknownValue), Some(">100")),
        ("datum:neulich", "\"datum:neulich\"", Some(HintCode::UnknownValue), Some("2025..2026")),
        ("hat:ibn", "\"hat:ibn\"", Some(HintCode::UnknownValue), Some("iban")),
    ] {
        let parsed = Query::parse(typed);
        assert_eq!(parsed.query.print(QueryLanguage::German), german, "{typed}");
        let hint = parsed.hints.first();
        assert_eq!(hint.map(|hint| hint.code), code, "{typed}");
        assert_eq!(hint.and_then(|hint| hint.suggestion.as_deref()), suggestion, "{typed}");
    }
}

#[test]
fn relative_days_are_counted_from_today() {
    // A Friday.
    let today = "2026-11-20".parse().unwrap();
    for (typed, from, to) in [
        ("diese-woche", "2026-11-16", "2026-11-22"),
        ("letzter-monat", "2026-10-01", "2026-10-31"),
        ("next-year", "2027-01-01", "2027-12-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024..2025", "2024-01-01", "2025-12-31"),
        (">2025", "2026-01-01", ""),
        ("<2025-03", "", "2025-02-28"),
        ("heute..+3m", "2026-11-20", "2027-02-20"),
        ("..gestern", "", "2026-11-19"),
    ] {
        let Query { parts } = Query::parse(&format!("datum:{typed}")).query;
        let What::Date(range) = &parts[0].any[0].what else { panic!("{typed}: {parts:?}") };
        let day = |text: &str| text.parse().ok();
        assert_eq!(range.days(today), (day(from), day(to)), "{typed}");
    }
}

#[test]
fn every_value_has_a_word_in_both_languages() {
    fn complete<T: PartialEq + std::fmt::Debug>(list: &[names::Named<T>], all: &[T]) {
        for value in all {
            for language in LANGUAGES {
                assert_ne!(names::name(list, value, language), "", "{value:?}");
            }
        }
    }
    complete(KINDS, DocumentKind::ALL);
    complete(TASK_KINDS, TaskKind::ALL);
    for language in LANGUAGES {
        let mut keys: Vec<_> = KEYS.iter().map(|(key, ..)| names::name(KEYS, key, language)).collect();
        keys.extend(STANDINGS.iter().map(|(standing, ..)| names::name(STANDINGS, standing, language)));
        keys.extend(RELATIVES.iter().map(|(relative, ..)| names::name(RELATIVES, relative, language)));
        assert!(!keys.contains(&""));
    }
}

#[test]
fn the_views_that_are_there_from_the_start_are_understood() {
    for view in READY_VIEWS {
        let parsed = Query::parse(view.query);
        assert_eq!((parsed.query.print(QueryLanguage::English).as_str(), parsed.hints.len()), (view_text(view), 0));
    }
}

fn view_text(view: &ReadyView) -> &'static str {
    match view.id {
        "without_sender" => "-has:sender",
        _ => view.query,
    }
}

#[test]
fn the_same_word_folds_to_the_same_term() {
    for (words, folded) in [
        (&["Müller", "Mueller", "MULLER", "mu\u{308}ller"][..], "muller"),
        (&["Straße", "Strasse", "STRASSE"], "strasse"),
        (&["Öffnung", "Oeffnung"], "offnung"),
        (&["neue", "NEUE"], "neue"),
        (&["Quelle"], "quelle"),
        (&["Café"], "cafe"),
        (&["ﬁnanz"], "finanz"),
    ] {
        for word in words {
            assert_eq!(fold(word), folded, "{word}");
        }
    }
}

#[test]
fn the_forms_of_a_word_have_one_stem() {
    for forms in [
        &["rechnung", "rechnungen"][..],
        &["vertrag", "vertrage", "vertrags", "vertragen"],
        &["versicherung", "versicherungen"],
        &["invoice", "invoices"],
        &["company", "companies"],
        &["payment", "payments"],
    ] {
        let stems: Vec<_> = forms.iter().map(|form| stem(form)).collect();
        assert!(stems.iter().all(|one| *one == stems[0]), "{forms:?} {stems:?}");
    }
}

#[test]
fn numbers_lose_what_stands_between_their_groups() {
    assert_eq!(joined("IBAN: DE89 3704 0044 0532 0130 00 BIC"), ["de89370400440532013000"]);
    assert_eq!(joined("Rechnung RE-2026/001 vom 14.03.2026\n1.234,56 €"), ["123456", "14032026", "re2026001"]);
    assert_eq!(joined("Gewerbe-Verzeichnis, Versiche-\nrung"), ["gewerbeverzeichnis", "versicherung"]);
    assert_eq!(joined("am 3. Mai, 15 Tage"), [""; 0]);
    assert_eq!(compact(&["Konto", "DE89", "3704"])[1].number.as_deref(), Some("de893704"));
    assert_eq!(sought("RE-2026/001").number.as_deref(), Some("re2026001"));
    assert!(sought("14.3.2026").spellings.contains(&vec!["14".to_owned(), "marz".to_owned(), "2026".to_owned()]));
}

#[test]
fn a_question_is_searched_by_what_it_is_about() {
    let payments = Some(Question::Payments);
    for (typed, german, question) in [
        ("wann habe ich zuletzt den Schornsteinfeger bezahlt und wie viel", "Schornsteinfeger", payments),
        ("Wann habe ich den Schornsteinfeger bezahlt, und wie viel?", "Schornsteinfeger", payments),
        ("when did I last pay the chimney sweep, and how much", "chimney sweep", payments),
        ("zuletzt bezahlt Zahnarzt", "Zahnarzt", payments),
        ("zahnarzt zuletzt bezahlt?", "zahnarzt", payments),
        ("last paid dentist", "dentist", payments),
        ("Wie viel habe ich 2025 für Strom bezahlt?", "datum:2025 Strom", payments),
        ("wieviel hat das Auto letztes Jahr gekostet", "Auto datum:letztes-jahr", payments),
        ("how much did I spend on electricity last year?", "electricity datum:letztes-jahr", payments),
        ("was kostet mich mein Handy im Jahr", "Handy", payments),
        ("how much did we pay for water in March 2025", "water datum:2025-03", payments),
        ("habe ich den Klempner schon bezahlt?", "Klempner", payments),
        ("wie viel habe ich für Strom oder Gas bezahlt", "Strom oder Gas", payments),
        ("wann oder wie viel habe ich dem Arzt bezahlt", "Arzt", payments),
        ("wie viel habe ich an von:kruse bezahlt", "von:kruse", payments),
        // A question about something else is only freed of its question words.
        ("wo ist der Mietvertrag?", "Mietvertrag", None),
        ("wer hat die Heizung gewartet?", "Heizung gewartet", None),
        ("meine Miete", "Miete", None),
        ("my rent", "rent", None),
        // What is still to be paid.
        ("What do I owe?", "aufgabe:zahlen", None),
        ("was muss ich diese Woche bezahlen", "aufgabe:zahlen fällig:diese-woche", None),
        ("what do I have to pay this month", "aufgabe:zahlen fällig:dieser-monat", None),
        ("was muss ich der Kita noch zahlen?", "Kita", payments),
        // What is no question is searched word by word.
        ("strom bezahlt", "strom bezahlt", None),
        ("rechnung der telekom", "rechnung der telekom", None),
        ("wann", "wann", None),
        ("? wann Arzt", "Arzt", None),
        ("wann habe ich zuletzt bezahlt", "wann habe ich zuletzt bezahlt", None),
        ("\"wann habe ich\" bezahlt", "\"wann habe ich\" bezahlt", None),
        ("schornsteinfeger?", "schornsteinfeger", None),
    ] {
        let parsed = Query::parse(typed);
        assert_eq!(parsed.query.print(QueryLanguage::German), german, "{typed}");
        assert_eq!(parsed.question, question, "{typed}");
        assert_eq!(parsed.hints, [], "{typed}");
    }
}

#[test]
fn a_name_of_several_words_is_looked_for_as_one_with_its_synonyms() {
    let found = compact(&["the", "chimney", "sweep", "2025"]);
    let terms: Vec<_> = found.iter().map(|sought| sought.terms.join(" ")).collect();
    assert_eq!(terms, ["the", "chimney sweep", "2025"]);
    assert!(found[1].synonyms.contains(&vec!["kaminkehrer".to_owned()]));
    assert_eq!(sought("Rechnung").synonyms, Vec::<Vec<String>>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_prints_as_it_parses(typed in r#"([a-zäß]{0,3}|von:|tag:|betrag:|datum:|-|"| |oder|or|\.\.|[0-9]{1,4}|[.,<>=:+„“]|heute|2025|mahnung|art:|iban:|ohne:|wann |zuletzt |bezahlt|letztes |jahr|[?]){0,12}"#) {
        for language in LANGUAGES {
            let query = Query::parse(&typed).query;
            let printed = query.print(language);
            prop_assert_eq!(Query::parse(&printed).query, query, "{}", printed);
        }
    }

    #[test]
    fn any_text_at_all_is_taken(typed in "\\PC{0,60}") {
        let query = Query::parse(&typed).query;
        let printed = query.print(QueryLanguage::German);
        prop_assert_eq!(Query::parse(&printed).query, query, "{}", printed);
    }

    #[test]
    fn the_beginning_of_a_word_folds_to_the_beginning(word in "[a-zA-ZäöüÄÖÜßé]{1,12}", at in 0..12usize) {
        let beginning: String = word.chars().take(at).collect();
        prop_assert!(fold(&word).starts_with(&fold(&beginning)), "{} {}", fold(&word), fold(&beginning));
    }
}
