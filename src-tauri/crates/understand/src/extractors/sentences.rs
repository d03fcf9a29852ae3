//! Sentences that authors of letters may write, and what they ask for.

use domain::Field::{
    self, AmountDue, AppointmentStart, CancelBy, DirectDebitDate, DueDate, ExpiryDate, Instalments, NextDueDate,
    RecurringAmount, RedeemBy, RespondBy,
};

use crate::testing::findings;

/// The likeliest value of the field in a letter of 9 February 2026 with this text, if it is likely at all.
fn read(head: &str, text: &str, field: Field) -> Option<String> {
    let letter = format!(
        "Muster GmbH\nRingstraße 4, 12345 Musterstadt\n\nFrau\nErika Beispiel\nAm Markt 1\n12345 Musterstadt\n\nMusterstadt, 9. Februar 2026\n\n{head}\n\nSehr geehrte Frau Beispiel,\n\n{text}\n\nMit freundlichen Grüßen"
    );
    findings(&letter).best(field).filter(|fact| fact.confidence >= 0.5).map(|fact| fact.value.plain())
}

/// All that is read otherwise than expected.
fn wrong(head: &str, field: Field, table: &[(&str, Option<&str>)]) -> Vec<String> {
    let read = |(text, expected): &(&str, Option<&str>)| {
        let got = read(head, text, field);
        (got.as_deref() != *expected).then(|| format!("{text}\n    wanted {expected:?}, got {got:?}"))
    };
    table.iter().filter_map(read).collect()
}

#[track_caller]
fn check(head: &str, field: Field, table: &[(&str, Option<&str>)]) {
    let wrong = wrong(head, field, table);
    assert!(wrong.is_empty(), "{field:?} below “{head}”:\n{}", wrong.join("\n"));
}

#[test]
fn days_to_pay_by() {
    let day = Some("2026-03-02");
    check(
        "Ihre Rechnung 4711",
        DueDate,
        &[
            ("Der Betrag von 84,20 € ist bis zum 2. März 2026 auszugleichen.", day),
            ("Den Betrag von 84,20 € gleichen Sie bitte spätestens am 02.03.2026 aus.", day),
            ("Bis zum 02.03. sollte die Summe von 84,20 € bei uns eingegangen sein.", day),
            ("Für die Begleichung der 84,20 € haben wir den 02.03.2026 vorgemerkt; bitte zahlen Sie bis dahin.", day),
            ("Wir bitten um Überweisung von 84,20 € bis Montag, 2. März.", day),
            ("Wir ersuchen um Überweisung von EUR 84,20 bis längstens 2. März 2026.", day),
            ("Wir bitten Sie, 84,20 € bis einschließlich 2.3.2026 einzuzahlen.", day),
            ("Die Zahlung in Höhe von 84,20 € erwarten wir bis zum 2.3.26.", day),
            ("Der Rechnungsbetrag von 84,20 € wird am 02.03.2026 fällig.", day),
            ("Bitte weisen Sie 84,20 € bis 02.03.2026 an.", day),
            ("Zahlbar sind 84,20 €, und zwar bis 2. März 2026.", day),
            ("Bitte sorgen Sie dafür, dass 84,20 € bis zum 02.03.2026 auf unserem Konto sind.", day),
            ("Please make sure that 84.20 € reaches us by 2 March 2026.", day),
            ("The sum of 84.20 € falls due on 2 March 2026.", day),
            ("We kindly ask you to settle 84.20 € no later than Monday, 2 March 2026.", day),
            ("Bitte überweisen Sie 84,20 € binnen drei Wochen.", day),
            ("Der Betrag von 84,20 € ist 21 Tage nach Rechnungsdatum fällig.", day),
            ("Bitte überweisen Sie die 84,20 € zum Monatsende.", Some("2026-02-28")),
            ("Zahlen Sie die 84,20 € bitte bis Mitte März.", Some("2026-03-15")),
            ("Überweisen Sie die 84,20 € bitte spätestens in KW 10.", Some("2026-03-06")),
            ("Der Betrag von 84,20 € ist am 15. des Folgemonats fällig.", Some("2026-03-15")),
            ("Die 84,20 € waren am 12.01.2026 fällig; bitte zahlen Sie bis 02.03.2026.", day),
            (
                "Bei Zahlung bis 16.02.2026 gewähren wir 2 % Skonto. Den Betrag von 84,20 € zahlen Sie bitte bis 02.03.2026.",
                day,
            ),
            ("Die 84,20 € sind am 02.03.2026 fällig, anschließend monatlich 42,10 €, erstmals am 15.03.2026.", day),
        ],
    );
    check(
        "Freundliche Erinnerung",
        DueDate,
        &[
            ("es fehlen noch 84,20 €. Sie waren am 12. Januar fällig. Bitte holen Sie das bis zum 2. März nach.", day),
            ("Ihre Zahlung von 84,20 € steht noch aus. Wir räumen Ihnen eine Frist bis zum 2. März 2026 ein.", day),
            ("Leider fehlt noch der Betrag von 84,20 €. Bis 02.03.2026 warten wir auf Ihre Zahlung.", day),
            (
                "Ihre Überweisung über 84,20 € konnten wir bis heute nicht feststellen. Zahlen Sie bitte innerhalb von drei Wochen.",
                day,
            ),
        ],
    );
}

#[test]
fn parts() {
    let both = Some("2026-03-02 200.00; 2026-07-01 800.00");
    check(
        "Ihre Buchung",
        Instalments,
        &[
            (
                "die Anzahlung von 200,00 € zahlen Sie bitte bis zum 2. März 2026. Der Rest von 800,00 € ist bis zum 1. Juli 2026 zu zahlen.",
                both,
            ),
            ("Wir haben vereinbart, dass Sie 200,00 € am 2. März 2026 und 800,00 € am 1. Juli 2026 zahlen.", both),
            (
                "Die erste Rate von 200,00 € ist am 02.03.2026 fällig. Die zweite Rate über 800,00 € folgt am 01.07.2026.",
                both,
            ),
            ("A deposit of 200.00 € is due by 2 March 2026. The balance of 800.00 € is due by 1 July 2026.", both),
            ("1. Rate    02.03.2026    200,00 €\n2. Rate    01.07.2026    800,00 €", both),
            ("Fällig am    Betrag\n02.03.2026    200,00 €\n01.07.2026    800,00 €", both),
            ("Nr.    Fällig am     Betrag\n1      02.03.2026    200,00 €\n2      01.07.2026    800,00 €", both),
            ("Die Raten sind fällig:\n02.03.2026    01.07.2026\n200,00 €      800,00 €", both),
            (
                "Die 400,00 € sind je zur Hälfte am 2. März und am 1. Juli 2026 zu zahlen.",
                Some("2026-03-02 200.00; 2026-07-01 200.00"),
            ),
            (
                "Der Beitrag ist mit je 105,00 € am 02.03. und 01.07.2026 fällig.",
                Some("2026-03-02 105.00; 2026-07-01 105.00"),
            ),
            ("Zahlen Sie bis 02.03.2026 200,00 € und bis 01.07.2026 800,00 €.", both),
            (
                "1st payment (deposit)    €200.00    due 2 March 2026\n2nd payment (balance)    €800.00    due 1 July 2026",
                both,
            ),
            (
                "Einzugstag    Was    Betrag\n02.03.2026    Erste Hälfte    200,00 €\n01.07.2026    Zweite Hälfte    800,00 €",
                both,
            ),
        ],
    );
}

#[test]
fn what_is_no_day_to_pay_by() {
    check(
        "Information",
        DueDate,
        &[
            ("Die Rechnung vom 2. März 2026 über 84,20 € haben Sie bezahlt, vielen Dank.", None),
            ("Die Ausstellung läuft bis zum 2. März 2026.", None),
            ("Unser Büro ist vom 20.02.2026 bis 02.03.2026 geschlossen.", None),
            ("Bitte reichen Sie die Unterlagen bis zum 2. März 2026 ein.", None),
        ],
    );
}

#[test]
fn appointments() {
    let at = Some("2026-03-02T09:30");
    check(
        "Ihr Termin bei uns",
        AppointmentStart,
        &[
            ("wir erwarten Sie am Montag, 2. März 2026, um 9.30 Uhr in der Praxis.", at),
            ("Ihr Termin: Mo., 02.03.2026 / 9:30 Uhr", at),
            ("Bitte kommen Sie um 9.30 Uhr am 2. März 2026 zu uns.", at),
            ("Wir haben für Sie Montag, den 2. März, um halb zehn reserviert.", at),
            ("Am 2. März 2026 nehmen wir uns um 9:30 Uhr Zeit für Sie.", at),
            ("Der Monteur kommt am 02.03.2026 zwischen 9:30 und 11 Uhr.", at),
            ("Your appointment is on Monday, 2 March 2026 at 9:30 am.", at),
            ("We look forward to seeing you at 9.30 a.m. on Monday, 2 March 2026.", at),
            ("Termin    02.03.2026\nUhrzeit    09:30", at),
            ("Datum: 02.03.2026    Uhrzeit: 9.30 Uhr    Raum: 12", at),
            (
                "Der Termin am 16. Februar um 8 Uhr muss leider entfallen. Neuer Termin ist Montag, der 2. März 2026, 9:30 Uhr.",
                at,
            ),
            ("Wir verlegen Ihren Termin vom 16.02.2026, 8:00 Uhr, auf den 02.03.2026, 9:30 Uhr.", at),
            ("Statt am 16.02.2026 um 8 Uhr sehen wir uns am 02.03.2026 um 9:30 Uhr.", at),
            (
                "Leider müssen wir Ihren Termin am 16.02.2026 um 8 Uhr verschieben. Wir können Ihnen dafür den 02.03.2026 um 9:30 Uhr anbieten.",
                at,
            ),
            (
                "Der ursprünglich für den 16.02.2026, 8 Uhr, geplante Termin findet nun am 02.03.2026 um 9.30 Uhr statt.",
                at,
            ),
            ("Your appointment on 16 February 2026 at 8 am has been rescheduled to 2 March 2026 at 9:30 am.", at),
            ("Den Termin am 2. März 2026 um 9:30 Uhr müssen wir leider absagen.", None),
            (
                "Ihr Termin ist am 02.03.2026 um 9:30 Uhr. Können Sie nicht kommen, sagen Sie bitte 24 Stunden vorher ab.",
                at,
            ),
            ("Die Voruntersuchung ist am 02.03.2026 um 9:30 Uhr, die Operation am 09.03.2026 um 7 Uhr.", at),
            (
                "Falls Sie verhindert sind, gibt es einen Ersatztermin am 16.03.2026 um 8 Uhr. Ihr Termin ist am 02.03.2026 um 9:30 Uhr.",
                at,
            ),
        ],
    );
    check(
        "Rechnung Nr. 12",
        AppointmentStart,
        &[
            ("Gedruckt am 09.02.2026 13:11\nGesamtbetrag    84,20 €\nZahlbar bis 02.03.2026.", None),
            (
                "Gesamtbetrag    84,20 €\nZahlbar bis 02.03.2026.\nÖffnungszeiten: Mo–Fr 8–17 Uhr, ab 01.03.2026 bis 18 Uhr.",
                None,
            ),
            ("Gesamtbetrag    84,20 €\nZahlbar bis 02.03.2026, 12:00 Uhr.", None),
            ("Please pay 84.20 € by 5 p.m. on Monday, 2 March 2026.", None),
        ],
    );
}

#[test]
fn answers() {
    let day = Some("2026-03-02");
    check(
        "Ihre Unterlagen",
        RespondBy,
        &[
            ("wir benötigen von Ihnen noch eine Meldebescheinigung, spätestens bis 2. März 2026.", day),
            ("Uns fehlt noch Ihr Nachweis. Reichen Sie ihn bitte bis zum 02.03.2026 nach.", day),
            ("Die Rücksendung des Fragebogens erbitten wir bis zum 2. März 2026.", day),
            ("Bitte melden Sie sich bis 02.03.2026 bei uns, damit wir einen Termin finden.", day),
            ("Geben Sie uns bitte bis Montag, 2. März, Bescheid, ob Sie teilnehmen.", day),
            ("Bitte senden Sie uns den Bogen innerhalb von drei Wochen zurück.", day),
            ("Lesen Sie bitte Ihren Zähler ab und teilen Sie uns den Stand bis 02.03.2026 mit.", day),
            ("Please return the signed form to us by 2 March 2026.", day),
            ("We need to hear from you by 2 March 2026.", day),
            ("Anmeldeschluss ist der 2. März 2026.", day),
            ("Bitte senden Sie uns den Meldebogen unterschrieben zurück. Spätester Eingang: 02.03.2026.", day),
            ("Ich fordere Sie auf, die Erklärung nunmehr bis spätestens 02.03.2026 elektronisch zu übermitteln.", day),
            ("Ich bitte Sie, die Erklärung bis spätestens 2. März 2026 abzugeben.", day),
        ],
    );
}

#[test]
fn debits_and_their_denial() {
    let day = Some("2026-03-02");
    check(
        "Ihr Beitrag",
        DirectDebitDate,
        &[
            ("den Beitrag von 96,00 € holen wir am 02.03.2026 von Ihrem Konto ab.", day),
            ("Wir werden 96,00 € am 2. März 2026 von Ihrem Konto abbuchen.", day),
            ("Die 96,00 € ziehen wir zum 02.03.2026 per Lastschrift ein.", day),
            ("Der Einzug der 96,00 € erfolgt am 2. März 2026.", day),
            ("Ihr Konto wird am 02.03.2026 mit 96,00 € belastet.", day),
            ("We will collect 96.00 € from your account on 2 March 2026.", day),
            ("Eine Abbuchung der 96,00 € am 02.03.2026 erfolgt nicht.", None),
            ("Wir buchen die 96,00 € nicht ab; bitte überweisen Sie sie bis 02.03.2026.", None),
            ("Ihre Lastschrift ist leider zurückgekommen; bitte überweisen Sie 96,00 € bis zum 02.03.2026.", None),
            ("Wir versuchen den Einzug nicht noch einmal, sondern bitten um 96,00 € bis zum 02.03.2026.", None),
            ("We take the liberty of charging 96.00 €. Please settle it on or before 2 March 2026.", None),
        ],
    );
    check(
        "Ihr Beitrag",
        AmountDue,
        &[("den Beitrag von 96,00 € holen wir am 02.03.2026 von Ihrem Konto ab.", Some("96.00"))],
    );
}

#[test]
fn contracts_and_vouchers() {
    let day = Some("2026-03-02");
    check(
        "Änderung Ihres Vertrags",
        CancelBy,
        &[
            ("Sie können den Vertrag bis zum 2. März 2026 kündigen.", day),
            ("Wenn Sie nicht einverstanden sind, muss Ihre Kündigung spätestens am 02.03.2026 bei uns sein.", day),
            ("You may cancel the contract by 2 March 2026.", day),
            ("If you would rather not continue, please cancel by 2 March 2026 in your account.", day),
            ("Sie können innerhalb von drei Wochen nach Zugang dieses Schreibens kündigen.", day),
        ],
    );
    check("Ihr Gutschein", RedeemBy, &[("Lösen Sie den Gutschein bis zum 2. März 2026 ein.", day)]);
}

#[test]
fn papers_registrations_and_visits() {
    let day = Some("2026-03-02");
    check(
        "Ihr Vorgang",
        RespondBy,
        &[
            ("Ihre Meldung muss bis zum 02.03.2026 bei uns eingegangen sein.", day),
            ("Die Unterlagen müssen uns bis 2. März 2026 vorliegen.", day),
            ("Your application must have reached us by 2 March 2026.", day),
            ("Sie registrieren das Gerät spätestens bis zum 2. März 2026 auf unserer Seite.", day),
            ("Die längere Garantie erhalten Sie, wenn Sie das Gerät bis zum 02.03.2026 registrieren.", day),
            ("Wir bitten um Vorlage der Bescheinigung bis spätestens 02.03.2026.", day),
            (
                "Kostenlos verlängern: Registrieren Sie das Gerät binnen 60 Tagen, also bis zum 02.03.2026, im Netz.",
                day,
            ),
            ("2. Register your unit at recall.example or by calling us by 2 March 2026.", day),
            ("Two more years: register your machine online by 2 March 2026 and we extend the warranty.", day),
            ("Bitte vereinbaren Sie binnen drei Wochen einen Termin in einer Werkstatt.", day),
            ("Möchten Sie nicht weiterlesen, schreiben Sie uns bis zum 02.03.2026.", day),
        ],
    );
    check(
        "Prüfbericht",
        NextDueDate,
        &[
            ("Frist zur Nachprüfung: spätestens bis 02.03.2026.", day),
            ("Der Mangel ist bis zum 2. März 2026 zu beheben.", day),
        ],
    );
}

#[test]
fn amounts_that_are_only_meant() {
    for (text, amount, day) in [
        (
            "Anteilig berechnen wir 31,70 €. Diesen Betrag bitten wir bis zum 02.03.2026 zu zahlen.",
            "31.70",
            "2026-03-02",
        ),
        (
            "Für sechs Tage ist eine Zuzahlung von 10 € je Tag, insgesamt 60,00 €, zu leisten.\nWir bitten um Überweisung innerhalb von 14 Tagen.",
            "60.00",
            "2026-02-23",
        ),
        (
            "Der Kaufpreis von 2.450,00 € ist binnen 14 Tagen ab Zugang dieses Schreibens zu zahlen.",
            "2450.00",
            "2026-02-23",
        ),
    ] {
        assert_eq!(read("Ihr Vorgang", text, AmountDue).as_deref(), Some(amount), "{text}");
        assert_eq!(read("Ihr Vorgang", text, DueDate).as_deref(), Some(day), "{text}");
    }
}

#[test]
fn amounts_and_days_of_more_than_one_sentence() {
    for (head, text, fields) in [
        (
            "Ihr Mietvertrag",
            "Die Kaution von 696,00 € muss bis zum 02.03.2026 auf unserem Kautionskonto eingegangen sein.",
            &[(AmountDue, "696.00"), (DueDate, "2026-03-02")][..],
        ),
        (
            "Jahresabrechnung und Sonderumlage",
            "aus der Abrechnung ergibt sich ein Nachschuss von 348,17 €. Er ist am 2. März 2026 zur Zahlung fällig.\n\nDie Sonderumlage beträgt 1.150,00 €, zahlbar in zwei gleichen Teilbeträgen\nvon je 575,00 € am 1. September 2026 und am 1. Dezember 2026.",
            &[(Instalments, "2026-03-02 348.17; 2026-09-01 575.00; 2026-12-01 575.00"), (DueDate, "2026-03-02")],
        ),
        (
            "Contract confirmation",
            "Your base price is €11.90 per month.\n\nYour monthly instalment is €58.00. We collect it by SEPA direct debit\non the 2nd of each month, for the first time on 2 March 2026.",
            &[(RecurringAmount, "58.00"), (DirectDebitDate, "2026-03-02")],
        ),
        (
            "Invoice 4711",
            "Total    €84.20\n\nWe will charge the total automatically to your Visa card ending 4417 on 2 March 2026. No action is required.",
            &[(DirectDebitDate, "2026-03-02")],
        ),
        (
            "Membership fee – invoice 4711",
            "Total    84.20 EUR\n\nPlease transfer the amount by 2 March 2026. Members who have not paid by then cannot play.",
            &[(AmountDue, "84.20"), (DueDate, "2026-03-02")],
        ),
        (
            "Bescheid für 2025",
            "Einkommensteuer €    Solidaritätszuschlag €\nFestgesetzt werden    13.482,00    0,00\nSteuerabzug vom Lohn    12.239,00    0,00\nBitte zahlen Sie spätestens bis 02.03.2026    1.243,00    0,00",
            &[(AmountDue, "1243.00"), (DueDate, "2026-03-02")],
        ),
        (
            "Bescheid für 2025 über Umsatzsteuer",
            "Nachzahlung Umsatzsteuer    630,00 €\nVerspätungszuschlag    100,00 €\nZu zahlen sind insgesamt    730,00 €\n\nBitte zahlen Sie spätestens am 02.03.2026 auf das Konto der Finanzkasse.",
            &[(AmountDue, "730.00"), (DueDate, "2026-03-02")],
        ),
    ] {
        for (field, expected) in fields {
            assert_eq!(read(head, text, *field).as_deref(), Some(*expected), "{field:?}: {text}");
        }
    }
}

#[test]
fn visits_and_inspections_by_their_day() {
    let day = Some("2026-03-02");
    check(
        "Ihre neue Brille ist fertig!",
        ExpiryDate,
        &[(
            "Ihre Brille liegt zur Abholung für Sie bereit. Bitte schauen Sie bis zum 2. März 2026 bei uns vorbei.",
            day,
        )],
    );
    check(
        "Garantiekarte",
        NextDueDate,
        &[(
            "Voraussetzung der Garantie ist, dass die Erstinspektion spätestens drei Monate nach dem Kauf, also bis zum 02.03.2026, in unserer Werkstatt durchgeführt wird.",
            day,
        )],
    );
}

#[test]
fn what_is_promised_at_most_is_no_promise() {
    check(
        "Gute Nachricht",
        AmountDue,
        &[(
            "für Gesundheitskurse zahlen wir bis zu 200 Euro im Kalenderjahr. Sie brauchen nichts zu veranlassen.",
            None,
        )],
    );
    assert_eq!(
        read(
            "Gutschrift GS-118830",
            "Der Betrag von 149,95 € wird bis spätestens 02.03.2026 auf das Konto erstattet, von dem du bezahlt hast.",
            DueDate
        )
        .as_deref(),
        Some("2026-03-02")
    );
}
