use domain::Known;

use super::*;
use crate::testing::page;

#[track_caller]
fn check(expected: DocumentKind, letters: &[&str]) {
    for letter in letters {
        let reading = page(letter);
        let known = Known::default();
        let context = Context::new(&reading, &known, &crate::models::Models::default());
        let top: Vec<_> = context.kinds.iter().take(3).collect();
        assert_eq!(context.kind(), expected, "{top:?} for\n{letter}");
    }
}

#[test]
fn every_kind_is_listed_once() {
    let mut ids: Vec<_> = KINDS.iter().map(|kind| kind.id()).collect();
    ids.sort();
    assert_eq!(ids, DocumentKind::ALL);
}

#[test]
fn bills_are_known_by_their_title() {
    check(
        DocumentKind::Invoice,
        &[
            "Malerbetrieb Muster\n\nRechnung Nr. 4711\n\nSehr geehrte Frau Beispiel,\n\nfür die Arbeiten berechnen wir Ihnen:\n\nRechnungsbetrag    119,00 €",
            "Wasserverband Musterland\n\nJahresrechnung 2025\n\nNachzahlung    84,20 €\nBitte überweisen Sie den Betrag bis zum 3.3.2026.",
            "Sample Ltd.\n\nInvoice no. 2026-12\n\nDear Ms Example,\n\nAmount due    £84.20\nDue date    3 March 2026",
            "Hausverwaltung Muster\n\nBetriebskostenabrechnung 2025\n\nSehr geehrter Herr Beispiel,\n\nIhre Nachzahlung beträgt 112,50 €.",
        ],
    );
}

#[test]
fn without_an_amount_and_a_word_for_it_nothing_is_a_bill() {
    let known = Known::default();
    let kind = |text: &str| Context::new(&page(text), &known, crate::models::Models::built_in()).kind();
    let mail = "From: a@a.example\nTo: b@b.example\nSubject: Post\nDate: Fri, 20 Nov 2026 10:00:00 +0100\n\n0.txt\n1.txt\n2.txt";
    assert!(!kind(mail).asks_for_money());
    assert!(kind("Malerbetrieb Muster\n\nRechnung Nr. 4711\n\nSehr geehrte Frau Beispiel,").asks_for_money());
}

#[test]
fn fine_print_about_dunning_does_not_make_a_dunning_letter() {
    check(
        DocumentKind::Invoice,
        &[
            "Muster GmbH\n\nRechnung 4711\n\nSehr geehrte Damen und Herren,\n\nRechnungsbetrag    119,00 €\nBei Zahlungsverzug berechnen wir eine Mahngebühr von 5,00 €. Nach einer Mahnung wird ein Inkassobüro beauftragt.",
        ],
    );
}

#[test]
fn reminders_of_any_tone_are_dunning_letters() {
    check(
        DocumentKind::Dunning,
        &[
            "Muster GmbH\n\nZahlungserinnerung\n\nSehr geehrte Frau Beispiel,\n\nsicher haben Sie unsere Rechnung 4711 übersehen.",
            "Muster GmbH\n\n2. Mahnung zur Rechnung 4711\n\nSehr geehrte Frau Beispiel,\n\nOffen sind    119,00 €\nMahngebühr    5,00 €",
            "Sample Ltd.\n\nPayment reminder\n\nDear Ms Example,\n\nwe have not received your payment of invoice 4711.",
            "Musterinkasso GmbH\n\nForderung der Beispiel AG\n\nSehr geehrter Herr Muster,\n\nHauptforderung    80,00 €",
        ],
    );
}

#[test]
fn money_back_is_no_bill() {
    check(
        DocumentKind::CreditNote,
        &[
            "Muster GmbH\n\nGutschrift Nr. 12 zur Rechnung 4711\n\nWir erstatten den Betrag in den nächsten Tagen.",
            "Sample Ltd.\n\nCredit note 12\n\nDear Ms Example,\n\nyour refund of £12.00 will be refunded to your card.",
            "Stadtwerke Muster\n\nSchlussrechnung Strom – Ihr Guthaben\n\nSehr geehrte Frau Beispiel,\n\nDas Guthaben von 60,00 € überweisen wir Ihnen.",
        ],
    );
}

#[test]
fn what_was_paid_on_the_spot_is_a_receipt() {
    check(
        DocumentKind::Receipt,
        &[
            "MUSTERMARKT\nMusterweg 1\nMilch    1,19\nSUMME EUR    1,19\nGegeben bar    2,00\nRückgeld    0,81\nVielen Dank für Ihren Einkauf",
            "Taxi Muster\n\nQuittung\n\nFahrpreis    18,00 €\nBetrag dankend erhalten",
            "Sample Store\n\nReceipt\n\nTotal    12.00\nCash    20.00\nChange due    8.00",
        ],
    );
}

#[test]
fn other_bills_are_told_apart() {
    check(
        DocumentKind::CorrectedInvoice,
        &[
            "Muster GmbH\n\nRechnungskorrektur Nr. 13\n\nDiese Rechnung ersetzt die Rechnung 12 vom 1.2.2026.",
            "Sample Ltd.\n\nCorrected invoice no. 13\n\nfor invoice no. 12",
        ],
    );
    check(
        DocumentKind::SelfBilledInvoice,
        &["Muster GmbH\n\nProvisionsgutschrift 5\n\nGutschrift im Sinne des § 14 Abs. 2 UStG"],
    );
    check(DocumentKind::AccountingInfo, &["Muster GmbH\n\nBuchungshilfe - keine Rechnung\n\nBetrag    119,00 €"]);
    check(
        DocumentKind::PaymentSlip,
        &["Empfangsschein    Zahlteil    Konto / Zahlbar an\nWährung    Betrag\nCHF    50.00\nAnnahmestelle"],
    );
}

#[test]
fn agreements_and_their_ends_are_told_apart() {
    check(
        DocumentKind::Contract,
        &[
            "Turnverein Muster e.V.\n\nMitgliedsvertrag\n\nVertragsbeginn    1.1.2026\nErstlaufzeit    12 Monate\nKündigungsfrist    1 Monat",
            "Mietvertrag\n\nZwischen dem Vermieter Max Muster und der Mieterin wird folgender Vertrag geschlossen.\n§ 1 Das Mietverhältnis beginnt am 1. Mai 2026.",
            "Sample Gym\n\nMembership agreement\n\nInitial term    12 months\nNotice period    1 month",
        ],
    );
    check(
        DocumentKind::PriceIncrease,
        &[
            "Energie Muster\n\nPreisanpassung zum 1. Januar\n\nSehr geehrte Frau Beispiel,\n\ndie neuen Preise finden Sie unten. Sie haben ein Sonderkündigungsrecht.",
            "Sample Telecom\n\nPrice change from 1 May\n\nDear Ms Example,\n\nour prices will go up.",
        ],
    );
    check(
        DocumentKind::CancellationConfirmation,
        &[
            "Telefon Muster\n\nBestätigung Ihrer Kündigung\n\nSehr geehrte Frau Beispiel,\n\nIhr Vertrag endet am 31.3.2026.",
            "Sample Gym\n\nConfirmation of your cancellation\n\nDear Ms Example,\n\nyour contract ends on 31 March 2026.",
        ],
    );
    check(
        DocumentKind::InsurancePolicy,
        &[
            "Muster Versicherung AG\n\nVersicherungsschein zur Hausratversicherung\n\nVersicherungsbeginn    1.5.2026\nVersicherungssumme    50.000 EUR",
            "Sample Insurance plc\n\nCertificate of insurance\n\nSum insured    £50,000",
        ],
    );
}

#[test]
fn goods_on_their_way_are_told_apart() {
    check(
        DocumentKind::OrderConfirmation,
        &[
            "Möbel Muster\n\nAuftragsbestätigung Nr. 77\n\nVielen Dank für Ihre Bestellung. Liefertermin: KW 12",
            "Sample Shop\n\nOrder confirmation 77\n\nThank you for your order.",
        ],
    );
    check(
        DocumentKind::DeliveryNote,
        &[
            "Muster GmbH\n\nLieferschein 77\n\nArtikel    Menge\nHammer    2",
            "Sample Shop\n\nDelivery note 77\n\nThis is not an invoice.",
        ],
    );
    check(
        DocumentKind::PickupNotice,
        &[
            "Paketdienst Muster\n\nBenachrichtigungskarte\n\nWir haben Sie leider nicht angetroffen. Ihr Paket liegt zur Abholung bereit.",
        ],
    );
    check(
        DocumentKind::Warranty,
        &[
            "Muster Geräte\n\nGarantiekarte\n\nGarantiezeit 3 Jahre    Seriennummer 12",
            "Sample Tools\n\nWarranty certificate\n\nThe warranty covers all parts.",
        ],
    );
}

#[test]
fn statements_are_told_apart() {
    check(
        DocumentKind::Payslip,
        &[
            "Muster GmbH\n\nEntgeltabrechnung März 2026\n\nGesamtbrutto    3.000,00\nLohnsteuer    400,00\nAuszahlungsbetrag    2.000,00",
            "Sample Ltd.\n\nPayslip March 2026\n\nGross pay    3,000.00\nNet pay    2,000.00",
        ],
    );
    check(
        DocumentKind::BankStatement,
        &[
            "Musterbank\n\nKontoauszug 3/2026\n\nalter Kontostand    100,00\nneuer Kontostand    80,00",
            "Sample Bank\n\nBank statement\n\nOpening balance    100.00\nClosing balance    80.00",
        ],
    );
}

#[test]
fn letters_of_the_state_are_never_taken_for_harmless_ones() {
    check(
        DocumentKind::TaxNotice,
        &[
            "Finanzamt Musterstadt\n\nBescheid für 2025 über Einkommensteuer\n\nFestgesetzt werden    1.000,00\nGegen diesen Bescheid ist der Einspruch zulässig.",
            "Stadt Musterstadt\n\nGrundsteuerbescheid 2026\n\nFestgesetzt    240,00\nRechtsbehelfsbelehrung: Widerspruch",
        ],
    );
    check(
        DocumentKind::AuthorityLetter,
        &[
            "Landratsamt Muster\n\nBescheid über die Ablehnung Ihres Antrags\n\nSehr geehrte Frau Beispiel,\n\nRechtsbehelfsbelehrung: Gegen diesen Bescheid kann innerhalb eines Monats Widerspruch erhoben werden.",
            "Jobcenter Muster\n\nAufforderung zur Mitwirkung\n\nSehr geehrter Herr Beispiel,\n\nGeschäftszeichen 12",
        ],
    );
    check(
        DocumentKind::CourtOrder,
        &[
            "Amtsgericht Musterstadt\n- Mahngericht -\n\nMahnbescheid\n\nAntragsteller: Muster GmbH\nAntragsgegner: Max Beispiel\nHauptforderung    100,00 EUR",
            "Amtsgericht Musterstadt\n\nVollstreckungsbescheid\n\nauf der Grundlage des Mahnbescheids wegen der Rechnung 4711",
        ],
    );
    check(
        DocumentKind::Fine,
        &[
            "Stadt Musterstadt\nBußgeldstelle\n\nBußgeldbescheid\n\nSie haben am 1.2.2026 folgende Ordnungswidrigkeit begangen. Die Geldbuße beträgt 60,00 EUR.",
            "Stadt Musterstadt\n\nSchriftliche Verwarnung mit Verwarnungsgeld\n\nTattag    1.2.2026",
        ],
    );
    check(
        DocumentKind::IdentityDocument,
        &[
            "Bürgerbüro Musterstadt\n\nIhr Personalausweis läuft ab\n\nSehr geehrte Frau Beispiel,\n\nbringen Sie ein biometrisches Lichtbild mit.",
        ],
    );
}

#[test]
fn times_and_places_are_told_apart() {
    check(
        DocumentKind::Appointment,
        &[
            "Praxis Dr. Muster\n\nIhr Termin\n\nSehr geehrte Frau Beispiel,\n\nDienstag, 12.5.2026 um 9:30 Uhr. Bitte bringen Sie die Karte mit.",
            "Sample Clinic\n\nYour appointment\n\nDear Ms Example,\n\n12 May 2026 at 9:30. Please arrive early.",
        ],
    );
    check(
        DocumentKind::EventRegistration,
        &[
            "Konzerthaus Muster\n\nTicket\n\nSa, 20.6.2026, 20:00 Uhr    Einlass 19 Uhr    Reihe 7",
            "Sample Hotel\n\nBooking confirmation 77\n\nArrival 3 May    Departure 5 May",
        ],
    );
    check(DocumentKind::Prescription, &["Dr. med. Muster\n\nRezept\n\nRp.\nMusterolol 10 mg Tabletten N2\naut idem"]);
    check(
        DocumentKind::MaintenanceReport,
        &[
            "Heizungsbau Muster\n\nWartungsprotokoll\n\nTechniker: M. Muster\nNächste Wartung: Mai 2027",
            "Prüfstelle Muster\n\nPrüfbericht\n\nohne festgestellte Mängel\nNächste Hauptuntersuchung 05/2028",
        ],
    );
}

#[test]
fn what_is_only_to_be_read_asks_for_nothing() {
    check(
        DocumentKind::Publication,
        &[
            "Gemeindebrief\nMärz bis Mai\n\nGottesdienste    Redaktion: M. Muster\nSpendenkonto IBAN DE89 3704 0044 0532 0130 00",
            "Sample Society\n\nNewsletter May\n\nEditorial",
        ],
    );
    check(
        DocumentKind::Advertisement,
        &[
            "Branchenregister Muster\n\nEintragungsofferte\n\nGesamtbetrag    473,62 EUR\nBitte überweisen Sie den Betrag. Dies ist ein unverbindliches Angebot, es besteht keine Zahlungspflicht.",
            "Autohaus Muster\n\nUnser Angebot für Sie\n\nNur für kurze Zeit! Jetzt bestellen und sparen.",
        ],
    );
    check(
        DocumentKind::Letter,
        &[
            "Liebe Erna,\n\ndanke für den schönen Brief. Uns geht es gut.\n\nLiebe Grüße\nHedwig",
            "Dear Tom,\n\nit was good to see you.\n\nBest regards\nJane",
        ],
    );
    check(DocumentKind::Other, &["", "xyzzy"]);
}
