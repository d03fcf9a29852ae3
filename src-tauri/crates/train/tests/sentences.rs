//! Sentences as letters have them, each with the tasks that follow: drawn letters go the whole way from the page to the plan,
//! by the models that come with the program.

use domain::{Check, Gate};
use serde_json::json;
use train::corpus::{self, Letter};
use train::outcome::{Outcome, outcome};
use train::synthetic::page;
use understand::Models;

/// What becomes of a drawn letter that is looked at on `today`.
fn read(drawing: &str, today: &str, language: &str) -> Outcome {
    let lines: Vec<String> = drawing.lines().map(str::to_owned).collect();
    let truth = json!({"file": "drawn", "land": "NW", "today": today});
    let letter = Letter { set: "drawn".to_owned(), truth, reading: page(&lines, language) };
    outcome(&letter, Models::built_in())
}

/// Its tasks in a line each: kind, amount, the day to act on.
fn tasks(outcome: &Outcome) -> Vec<String> {
    let task = |task: &domain::NewTask| {
        let amount = task.amount.map_or_else(|| "-".to_owned(), |money| format!("{:.2}", money.amount));
        let day = task.due.map_or_else(|| "-".to_owned(), |day| day.to_string());
        format!("{} {amount} {day}", task.kind.as_str())
    };
    outcome.tasks.iter().map(task).collect()
}

const HEAD: &str = "Musterwerk GmbH\nMusterweg 3, 50667 Köln\n\nFrau\nErika Beispiel\nBeispielgasse 5\n50667 Köln\n\n";

/// What follows from a German letter of 10 February 2026 with this title and text.
#[track_caller]
fn check(title: &str, text: &str, expected: &[&str]) {
    let letter = format!(
        "{HEAD}Köln, 10.02.2026\n\n{title}\n\nSehr geehrte Frau Beispiel,\n\n{text}\n\nMit freundlichen Grüßen\nMusterwerk GmbH"
    );
    let outcome = read(&letter, "2026-02-13", "de");
    let told = |fact: &domain::Fact| {
        format!("{} {} {:.2} by {}", fact.field.as_str(), fact.value.plain(), fact.confidence, fact.by)
    };
    let facts: Vec<String> = outcome.findings.facts.iter().map(told).collect();
    let kind = outcome.findings.kind().kind;
    assert_eq!(tasks(&outcome), expected, "{title}\n{text}\n{kind:?} {:?} {facts:#?}", outcome.gate);
}

#[test]
fn a_debit_that_begins_later_is_none_now() {
    check(
        "Rechnung Nr. 4711",
        "Rechnungsbetrag    84,20 EUR\n\nErst ab April buchen wir die Beträge von Ihrem Konto ab. Diese Rechnung überweisen Sie\nbitte bis zum 27.02.2026 auf das Konto DE89 3704 0044 0532 0130 00.",
        &["pay 84.20 2026-02-27"],
    );
    check(
        "Rechnung Nr. 4711",
        "Rechnungsbetrag    84,20 EUR\n\nBitte überweisen Sie den Betrag bis zum 27.02.2026 auf das Konto\nDE89 3704 0044 0532 0130 00. Eine Abbuchung erfolgt nicht.",
        &["pay 84.20 2026-02-27"],
    );
}

#[test]
fn days_of_the_month_that_follows_are_counted() {
    check(
        "Rechnung Nr. 4711",
        "Rechnungsbetrag    84,20 EUR\n\nDer Betrag ist erstmals am 15. des Folgemonats zu zahlen,\nauf das Konto DE89 3704 0044 0532 0130 00.",
        &["pay 84.20 2026-03-13"],
    );
    check(
        "Rechnung Nr. 4711",
        "Rechnungsbetrag    84,20 EUR\n\nBitte zahlen Sie zum Monatsende auf das Konto DE89 3704 0044 0532 0130 00.",
        &["pay 84.20 2026-02-27"],
    );
}

#[test]
fn terms_are_counted_from_service_and_delivery() {
    let bill = |terms: &str| {
        format!("Lieferdatum    04.02.2026\nRechnungsbetrag    84,20 EUR\n\n{terms}\nIBAN DE89 3704 0044 0532 0130 00")
    };
    for (terms, expected) in [
        ("Zahlbar innerhalb von 14 Tagen ab Lieferdatum.", "pay 84.20 2026-02-18"),
        ("Zahlbar binnen zwei Wochen nach Lieferung.", "pay 84.20 2026-02-18"),
        ("Zahlbar innerhalb von 14 Tagen nach Rechnungsdatum.", "pay 84.20 2026-02-24"),
    ] {
        check("Rechnung Nr. 4711", &bill(terms), &[expected]);
    }
}

#[test]
fn a_plan_of_eleven_rates_is_eleven_tasks() {
    let months = ["03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];
    let mut rows: Vec<String> =
        months.iter().enumerate().map(|(at, month)| format!("{}    15.{month}.2026    50,00 EUR", at + 1)).collect();
    rows.push("11    15.01.2027    30,00 EUR".to_owned());
    let text = format!(
        "wir haben mit Ihnen diese Ratenzahlung vereinbart. Bitte überweisen Sie die Raten auf das Konto\nDE89 3704 0044 0532 0130 00.\n\nRate    Fällig am    Betrag\n{}",
        rows.join("\n")
    );
    let letter = format!("{HEAD}Köln, 10.02.2026\n\nRatenplan\n\nSehr geehrte Frau Beispiel,\n\n{text}");
    let planned = tasks(&read(&letter, "2026-02-13", "de"));
    assert_eq!(planned.len(), 11, "{planned:#?}");
    assert_eq!(planned.first().map(String::as_str), Some("pay 50.00 2026-03-13"));
    assert_eq!(planned.last().map(String::as_str), Some("pay 30.00 2027-01-15"));
}

#[test]
fn days_that_stand_in_a_column_behind_their_amounts_are_theirs() {
    check(
        "Beitragsrechnung 2026",
        "Zeitraum                 Betrag        Fällig\nJanuar und Februar       82,00 EUR     15.03.2026\nMärz, dann monatlich     41,00 EUR     erstmals 15.04.2026\n\nKonto DE89 3704 0044 0532 0130 00",
        &["pay 82.00 2026-03-13", "pay 41.00 2026-04-15"],
    );
}

#[test]
fn an_heir_is_told_until_when_to_disclaim() {
    let letter = format!(
        "Amtsgericht Musterstadt\n- Nachlassgericht -\n\nFrau\nErika Beispiel\nBeispielgasse 5\n50667 Köln\n\nMusterstadt, 10.02.2026\n\nNachlasssache Max Beispiel\n\nSehr geehrte Frau Beispiel,\n\n{}",
        "Sie kommen als Erbin in Betracht. Die Erbschaft gilt als angenommen, wenn sie nicht binnen sechs Wochen\nausgeschlagen wird. Das Verzeichnis senden Sie bitte bis zum 10.03.2026 zurück."
    );
    let outcome = read(&letter, "2026-02-13", "de");
    assert!(tasks(&outcome).contains(&"object - 2026-03-24".to_owned()), "{:?}", tasks(&outcome));
    assert_ne!(outcome.gate, Gate::Accept, "as {:?}", outcome.findings.kind().kind);
    assert!(outcome.findings.kind().kind.is_alarming());
}

#[test]
fn two_halves_are_two_tasks() {
    for text in [
        "Der Beitrag von 240,00 EUR ist je zur Hälfte am 15.03.2026 und am 15.09.2026 zu zahlen,\nauf das Konto DE89 3704 0044 0532 0130 00.",
        "Bitte zahlen Sie den Beitrag von 240,00 EUR in zwei Hälften am 15.03.2026 und am 15.09.2026\nauf das Konto DE89 3704 0044 0532 0130 00.",
    ] {
        check("Beitragsrechnung 2026", text, &["pay 120.00 2026-03-13", "pay 120.00 2026-09-15"]);
    }
}

#[test]
fn a_rest_is_paid_so_many_days_before_one_leaves() {
    for (text, day) in [
        (
            "Abreise: 20.06.2026\n\nDer Restbetrag von 840,00 EUR ist 30 Tage vor Abreise zu zahlen, auf das Konto\nDE89 3704 0044 0532 0130 00.",
            "2026-05-21",
        ),
        (
            "Anreise    20.06.2026\nAbreise    27.06.2026\n\nBitte überweisen Sie 840,00 EUR spätestens vier Wochen vor Anreise auf das Konto\nDE89 3704 0044 0532 0130 00.",
            "2026-05-22",
        ),
    ] {
        check("Rechnung zu Ihrer Reise Nr. 77", text, &[&format!("pay 840.00 {day}")]);
    }
}

#[test]
fn the_own_share_is_what_is_left_to_pay() {
    for (rows, asks) in [
        (
            "Gesamtkosten    412,00 EUR\nErstattung der Krankenkasse    300,00 EUR\nIhr Eigenanteil    112,00 EUR",
            "Bitte überweisen Sie Ihren Eigenanteil bis zum 27.02.2026 auf das Konto\nDE89 3704 0044 0532 0130 00.",
        ),
        (
            "Total cost    412.00 EUR\nPaid by your insurer    300.00 EUR\nYour own share    112.00 EUR",
            "Please transfer your own share by 27 February 2026 to account\nDE89 3704 0044 0532 0130 00.",
        ),
        (
            "Total cost    412.00 EUR\nCovered by the plan    300.00 EUR\nYour contribution    112.00 EUR",
            "Please pay your contribution by 27 February 2026 to account\nDE89 3704 0044 0532 0130 00.",
        ),
    ] {
        let letter = format!("{HEAD}10.02.2026\n\nRechnung / Invoice No. 4711\n\n{rows}\n\n{asks}");
        let language = if asks.starts_with("Please") { "en" } else { "de" };
        assert_eq!(tasks(&read(&letter, "2026-02-13", language)), ["pay 112.00 2026-02-27"], "{rows}");
    }
}

#[test]
fn an_appointment_decades_ahead_or_years_ago_is_doubted() {
    let letter = |day: &str| {
        format!(
            "{HEAD}Köln, 10.02.2026\n\nIhr Termin\n\nSehr geehrte Frau Beispiel,\n\nIhr Termin zur Untersuchung ist am {day} um 10:30 Uhr in unserer Praxis."
        )
    };
    let sound = read(&letter("24.02.2026"), "2026-02-13", "de");
    assert_eq!((tasks(&sound), sound.gate == Gate::Accept), (vec!["attend - 2026-02-24".to_owned()], true));
    for day in ["24.02.2062", "24.02.2019"] {
        let odd = read(&letter(day), "2026-02-13", "de");
        assert_ne!(odd.gate, Gate::Accept, "{day}: {:?}", tasks(&odd));
        assert!(
            odd.findings
                .facts
                .iter()
                .filter(|fact| fact.field == domain::Field::AppointmentStart)
                .all(|fact| !fact.certain)
        );
    }
}

#[test]
fn the_day_of_a_discount_is_never_the_certain_day_to_pay_by() {
    for terms in [
        "Zahlbar bis 12.03.2026 ohne Abzug. Bei Zahlung bis 20.02.2026 gewähren wir 2 % Skonto (2,38 €),\nZahlbetrag dann 116,62 €.",
        "Bei Zahlung bis 20.02.2026 2 % Skonto = 116,62 EUR, bis 12.03.2026 netto.",
        "2 % Skonto bis 20.02.2026, spätestens am 12.03.2026 ohne Abzug.",
    ] {
        let letter = format!(
            "{HEAD}Rechnung Nr. 4711\n\nRechnungsdatum    10.02.2026\n\nNettosumme    100,00\n19 % USt    19,00\nRechnungsbetrag    119,00\n\n{terms}\n\nIBAN DE89 3704 0044 0532 0130 00"
        );
        let outcome = read(&letter, "2026-02-13", "de");
        let told: Vec<String> = outcome
            .findings
            .facts
            .iter()
            .map(|fact| format!("{:?} {} {} {:.2}", fact.field, fact.value.plain(), fact.by, fact.confidence))
            .collect();
        assert_eq!(tasks(&outcome), ["pay 119.00 2026-03-12"], "{terms} {told:#?}");
        let due = outcome.findings.facts.iter().filter(|fact| fact.field == domain::Field::DueDate);
        assert!(due.filter(|fact| fact.value.plain() == "2026-02-20").all(|fact| !fact.certain), "{terms}");
    }
}

#[test]
fn whatever_the_kind_a_demand_without_a_task_goes_to_review() {
    use domain::DocumentKind::*;
    for (kind, title, text) in [
        (
            InsurancePolicy,
            "Versicherungsschein Nr. 88",
            "Ihr Vertrag beginnt am 01.03.2026. Den Erstbeitrag von 212,00 EUR zahlen Sie bitte\nspätestens am 15.03.2026 auf das Konto DE89 3704 0044 0532 0130 00.",
        ),
        (
            EventRegistration,
            "Anmeldebestätigung zum Kurs",
            "Sie sind zum Kurs Töpfern angemeldet. Die Gebühr von 90,00 EUR zahlen Sie bitte\nspätestens am 01.03.2026 auf das Konto DE89 3704 0044 0532 0130 00.",
        ),
        (
            MaintenanceReport,
            "Prüfbericht Feuerstätte",
            "Bei der Prüfung wurden Mängel festgestellt. Die Mängel sind spätestens bis zum 30.04.2026\nzu beheben und uns nachzuweisen.",
        ),
        (
            IdentityDocument,
            "Ihr neuer Ausweis",
            "Ihr Personalausweis wurde hergestellt. Er ist gültig bis 09.02.2036.\nHolen Sie ihn bitte spätestens am 30.04.2026 ab.",
        ),
        (Warranty, "Garantie", "Registrieren Sie Ihr Gerät bitte spätestens am 10.03.2026, damit die Garantie gilt."),
        (
            Advertisement,
            "Ihr Gutschein über 10 EUR",
            "Als Dank erhalten Sie einen Gutschein über 10,00 EUR. Gutscheincode ABC123.\nGültig bis 31.05.2026.",
        ),
    ] {
        let letter = format!(
            "{HEAD}Köln, 10.02.2026\n\n{title}\n\nSehr geehrte Frau Beispiel,\n\n{text}\n\nMit freundlichen Grüßen"
        );
        let outcome = read(&letter, "2026-02-13", "de");
        assert!(
            !outcome.tasks.is_empty() || outcome.gate != Gate::Accept,
            "{kind:?} {title}: silent, as {:?}",
            outcome.findings.kind().kind
        );
    }
}

#[test]
fn no_letter_of_the_fresh_sets_contradicts_its_payment_code() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fresh");
    let mut codes = 0;
    for (name, folder) in corpus::fresh(&root) {
        for letter in corpus::load(&name, &folder, &folder.join("text.jsonl")).unwrap() {
            if letter.reading.codes.is_empty() {
                continue;
            }
            codes += 1;
            let differs = |fact: &&domain::Fact| fact.checks.contains(&Check::CodeDiffers);
            let found = outcome(&letter, Models::built_in()).findings;
            let odd: Vec<_> = found.facts.iter().filter(differs).collect();
            assert!(odd.is_empty(), "{name} {}: {odd:#?} {:?}", letter.file(), letter.reading.codes);
        }
    }
    assert!(codes > 20);
}

/// What is found of a field in a drawn letter, with whether it is certain.
fn found(drawing: &str, language: &str, field: domain::Field) -> Option<(String, bool)> {
    let outcome = read(drawing, "2026-02-13", language);
    outcome.findings.best(field).map(|fact| (fact.value.plain(), fact.certain))
}

#[test]
fn a_bill_after_parts_asks_for_the_rest() {
    use domain::Field::{AmountDue, TotalGross};
    for (bill, due) in [
        (
            "Schlussrechnung Nr. 9\n\nRechnungsdatum    10.02.2026\n\nGesamtleistung netto      10.000,00\n19 % USt                   1.900,00\nGesamtleistung brutto     11.900,00\nabzüglich 1. Abschlagsrechnung vom 05.01.2026     3.570,00\nabzüglich 2. Abschlagsrechnung vom 20.01.2026     3.570,00\nNoch zu zahlen             4.760,00\n\nZahlbar bis 24.02.2026\nIBAN DE89 3704 0044 0532 0130 00",
            "4760.00",
        ),
        (
            "Rechnung Nr. 9\n\nRechnungsdatum    10.02.2026\n\nSumme netto      1.000,00\n19 % USt           190,00\nGesamtbetrag     1.190,00\nAnzahlung vom 02.01.2026    -500,00\nRestbetrag         690,00\n\nZahlbar bis 24.02.2026\nIBAN DE89 3704 0044 0532 0130 00",
            "690.00",
        ),
        (
            "Abschlagsrechnung Nr. 2\n\nRechnungsdatum    10.02.2026\n\nAbschlag netto    3.000,00\n19 % USt            570,00\nAbschlagsbetrag brutto   3.570,00\n\nZahlbar bis 24.02.2026\nIBAN DE89 3704 0044 0532 0130 00",
            "3570.00",
        ),
    ] {
        let letter = format!("{HEAD}{bill}");
        let amount =
            found(&letter, "de", AmountDue).or_else(|| found(&letter, "de", TotalGross)).map(|(amount, _)| amount);
        assert_eq!(amount.as_deref(), Some(due), "{bill}");
        assert_eq!(tasks(&read(&letter, "2026-02-13", "de")), [format!("pay {due} 2026-02-24")], "{bill}");
    }
}

#[test]
fn a_correction_has_its_minus_and_is_no_bill_to_pay() {
    let letter = format!(
        "{HEAD}Rechnungskorrektur Nr. K-9 zur Rechnung Nr. 7 vom 02.01.2026\n\nRechnungsdatum    10.02.2026\n\nSumme netto      -100,00\n19 % USt          -19,00\nGesamtbetrag     -119,00\n\nDer Betrag wird Ihrem Konto gutgeschrieben."
    );
    assert_eq!(found(&letter, "de", domain::Field::TotalGross).map(|(sum, _)| sum).as_deref(), Some("-119.00"));
    let planned = tasks(&read(&letter, "2026-02-13", "de"));
    assert!(planned.iter().all(|task| task.starts_with("expect_money 119.00")) && !planned.is_empty(), "{planned:?}");
}

#[test]
fn the_addressee_of_a_self_billed_credit_is_not_the_certain_buyer() {
    let letter = "Musterhandel GmbH\nMusterweg 3, 50667 Köln\n\nHerrn\nMax Muster\nSolarstraße 1\n50667 Köln\n\nGutschrift Nr. G-12\n\nGutschriftsdatum    10.02.2026\n\nWir rechnen im Gutschriftverfahren (§ 14 Abs. 2 UStG) über Ihre Lieferungen ab.\nLeistungserbringer: Max Muster\nLeistungsempfänger: Musterhandel GmbH\n\nSumme netto      100,00\n19 % USt          19,00\nGutschriftsbetrag    119,00\n\nDen Betrag überweisen wir auf Ihr Konto.";
    let buyer = found(letter, "de", domain::Field::BuyerName);
    assert!(buyer.as_ref().is_none_or(|(name, certain)| !(*certain && name.contains("Max Muster"))), "{buyer:?}");
    let planned = tasks(&read(letter, "2026-02-13", "de"));
    assert!(planned.iter().all(|task| !task.starts_with("pay")), "{planned:?}");
}

#[test]
fn the_first_premium_of_a_policy_is_paid() {
    let letter = format!(
        "{HEAD}Köln, 10.02.2026\n\nVersicherungsschein Nr. 88-1 zur Hausratversicherung\n\nSehr geehrte Frau Beispiel,\n\nVersicherungsbeginn    01.03.2026\nVersicherungssumme    65.000,00 EUR\nJahresbeitrag netto    100,00 EUR\nVersicherungsteuer 19 %    19,00 EUR\nJahresbeitrag    119,00 EUR\n\nBitte zahlen Sie den Erstbeitrag von 119,00 EUR bis zum 02.03.2026 auf das Konto\nDE89 3704 0044 0532 0130 00."
    );
    let planned = tasks(&read(&letter, "2026-02-13", "de"));
    assert!(planned.contains(&"pay 119.00 2026-03-02".to_owned()), "{planned:?}");
}

#[test]
fn a_french_bill_is_read() {
    use domain::Field::{AmountDue, DueDate, IssueDate, TotalGross};
    let letter = "Moulin Exemple SARL\n12 rue de la Fontaine, 69001 Lyon\n\nMadame Erika Beispiel\nBeispielgasse 5\n50667 Köln\n\nFACTURE N° 2026-114\n\nDate de facture : 10/02/2026\n\nDésignation        Quantité    Prix unitaire    Montant\nFarine de blé      10          10,00            100,00\n\nTotal HT           100,00 €\nTVA 20 %            20,00 €\nTotal TTC          120,00 €\nNet à payer        120,00 €\n\nDate d'échéance : 12/03/2026\nRèglement par virement, IBAN FR14 2004 1010 0505 0001 3M02 606";
    let of = |field| found(letter, "fr", field).map(|(value, _)| value);
    assert_eq!(of(TotalGross).as_deref(), Some("120.00"));
    assert_eq!(of(AmountDue).as_deref(), Some("120.00"));
    assert_eq!(of(IssueDate).as_deref(), Some("2026-02-10"));
    assert_eq!(of(DueDate).as_deref(), Some("2026-03-12"));
    assert_eq!(tasks(&read(letter, "2026-02-13", "fr")), ["pay 120.00 2026-03-12"]);
}

#[test]
fn a_visualised_invoice_in_two_columns_names_who_sells_and_who_buys() {
    use domain::Field::{AmountDue, BuyerName, InvoiceNumber, SellerName};
    let letter = "Rechnung\n\nVerkäufer                          Käufer\nName: Musterwerk GmbH              Name: Beispiel AG\nStraße: Musterweg 3                Straße: Beispielgasse 5\nPLZ: 50667                         PLZ: 10115\nOrt: Köln                          Ort: Berlin\n\nRechnungsdaten                     Zahlungsdaten\nRechnungsnummer: R-77              Fälligkeitsdatum: 24.02.2026\nRechnungsdatum: 10.02.2026         IBAN: DE89 3704 0044 0532 0130 00\n\nGesamtbeträge\nSumme ohne Umsatzsteuer    100,00\nUmsatzsteuer    19,00\nSumme mit Umsatzsteuer    119,00\nFälliger Betrag    119,00";
    let of = |field| found(letter, "de", field).map(|(value, _)| value);
    assert_eq!(of(SellerName).as_deref(), Some("Musterwerk GmbH"));
    assert_eq!(of(BuyerName).as_deref(), Some("Beispiel AG"));
    assert_eq!(of(InvoiceNumber).as_deref(), Some("R-77"));
    assert_eq!(of(AmountDue).as_deref(), Some("119.00"));
    assert_eq!(tasks(&read(letter, "2026-02-13", "de")), ["pay 119.00 2026-02-24"]);
}

#[test]
fn silence_decides_so_an_answer_is_planned() {
    for (text, expected) in [
        (
            "Ihre Anlage endet am 10.03.2026. Liegt uns bis zum 06.03.2026 keine Weisung vor, verlängern wir\nsie automatisch um zwölf Monate. Bitte senden Sie uns das Blatt unterschrieben zurück.",
            "other - 2026-03-03",
        ),
        (
            "für Ihren Kindersitz gibt es kostenlos ein neues Gurtschloss. Die Anforderung ist bis zum 06.03.2026\nmöglich, unter www.muster.example oder telefonisch. Kosten entstehen Ihnen nicht.",
            "other - 2026-03-06",
        ),
        (
            "Der gemietete Router (Seriennummer X884.102) muss spätestens am 06.03.2026 bei uns eingegangen sein.",
            "other - 2026-03-03",
        ),
    ] {
        check("Wichtige Mitteilung", text, &[expected]);
    }
}

#[test]
fn of_several_debits_the_first_comes_first() {
    check(
        "Beitragsrechnung 2026 Nr. 4711",
        "Jahresbeitrag    156,00 EUR\n\nDer Jahresbeitrag wird in zwei gleichen Raten von je 78,00 € per Lastschrift eingezogen,\nund zwar am 03.03.2026 und am 03.08.2026.",
        &["check_debit 78.00 2026-03-02"],
    );
}

#[test]
fn a_deposit_is_due_before_a_rest_without_a_day() {
    check(
        "Auftragsbestätigung AB-118",
        "Auftragssumme brutto    6.480,00 EUR\n\n30 % Anzahlung, das sind EUR 1.944,00, bis 27.02.2026. Der Rest von EUR 4.536,00 ist am Tag\nder Montage zu bezahlen. IBAN DE89 3704 0044 0532 0130 00",
        &["pay 1944.00 2026-02-27"],
    );
}

#[test]
fn money_that_has_not_come_sets_no_term() {
    check(
        "Zahlungserinnerung zu Rechnung 26/0611",
        "wir konnten bis zum 06.02.2026 noch keinen Zahlungseingang feststellen.\n\nOffener Betrag    121,23 EUR\n\nWir bitten Sie, den Betrag bis zum 26.02.2026 auf unser Konto IBAN DE89 3704 0044 0532 0130 00 zu überweisen.",
        &["pay 121.23 2026-02-26"],
    );
}

#[test]
fn who_is_asked_to_pay_without_a_mandate_is_not_debited() {
    check(
        "Rechnung Nr. 4711",
        "Rechnungsbetrag    84,20 EUR\n\nEin SEPA-Lastschriftmandat liegt nicht vor. Überweisen Sie den Betrag bitte bis zum 26.02.2026 auf das Konto\nIBAN DE89 3704 0044 0532 0130 00, so rechtzeitig, dass er am Fälligkeitstag gutgeschrieben ist.",
        &["pay 84.20 2026-02-25"],
    );
}
