//! Agreements and what happens to them.

use domain::{DocumentKind, Field};

use super::phrases::Phrases;

/// Contracts name prices, but nothing is to be paid because of the letter.
const NO_BILL: &[Field] = &[Field::AmountDue, Field::DueDate, Field::TotalNet, Field::TaxTotal, Field::Prepaid];

pub(super) const CONTRACT: Phrases = Phrases {
    kind: DocumentKind::Contract,
    title: &[
        "-vertrag",
        "contract",
        "agreement",
        "vertragszusammenfassung",
        "vertragsbestätigung",
        "ihres -vertrags",
        "-liefervertrags",
        "-vertrags",
        "antrag auf mitgliedschaft",
        "mitgliedsantrag",
        "ihre mitgliedschaft",
        "deine mitgliedschaft",
        "your membership",
        "tenancy agreement",
        "willkommen",
        "lease",
        "nutzungsvereinbarung",
        "vereinbarung",
    ],
    body: &[
        ("vertragsbeginn", 0.9),
        ("mindestlaufzeit", 0.6),
        ("erstlaufzeit", 0.8),
        ("vertragslaufzeit", 0.6),
        ("kündigungsfrist", 0.6),
        ("mietverhältnis", 1.0),
        ("vermieter", 0.7),
        ("wird folgender", 0.6),
        ("mitgliedschaft beginnt", 1.0),
        ("vertrag beginnt", 0.8),
        ("membership starts", 1.0),
        ("initial term", 0.8),
        ("notice period", 0.5),
        ("widerrufen", 0.3),
        ("vertragsschluss", 0.5),
        ("ihre kündigung", -1.5),
        ("rechnungsbetrag", -1.0),
        ("versicherungsschein", -1.0),
    ],
    never: NO_BILL,
};

pub(super) const PRICE_INCREASE: Phrases = Phrases {
    kind: DocumentKind::PriceIncrease,
    title: &[
        "preisanpassung",
        "preiserhöhung",
        "preisänderung",
        "beitragsanpassung",
        "beitragserhöhung",
        "mieterhöhung",
        "price increase",
        "price change",
        "anpassung ihrer preise",
    ],
    body: &[
        ("passen wir unsere preise an", 2.5),
        ("unsere preise an", 1.5),
        ("neue preise", 1.0),
        ("neuen preisen", 0.9),
        ("preise erhöhen", 1.5),
        ("erhöhen wir", 1.0),
        ("preisanpassung", 0.6),
        ("sonderkündigungsrecht", 0.7),
        ("our prices will", 1.5),
        ("vertragsbeginn", -0.8),
        ("rechnungsbetrag", -1.0),
    ],
    never: NO_BILL,
};

pub(super) const CANCELLATION_CONFIRMATION: Phrases = Phrases {
    kind: DocumentKind::CancellationConfirmation,
    title: &[
        "kündigungsbestätigung",
        "bestätigung ihrer kündigung",
        "bestätigung deiner kündigung",
        "ihre kündigung",
        "deine kündigung",
        "cancellation confirmation",
        "confirmation of cancellation",
        "confirmation of your cancellation",
        "your cancellation",
    ],
    body: &[
        ("ihre kündigung vom", 1.0),
        ("kündigung erhalten", 1.0),
        ("bestätigen ihre kündigung", 1.8),
        ("bestätigen die kündigung", 1.8),
        ("bestätigen wir ihre kündigung", 1.8),
        ("ihr vertrag endet", 1.0),
        ("your contract ends", 1.0),
        ("rechnungsbetrag", -1.0),
    ],
    never: NO_BILL,
};

pub(super) const INSURANCE_POLICY: Phrases = Phrases {
    kind: DocumentKind::InsurancePolicy,
    title: &[
        "-versicherungsschein",
        "-police",
        "versicherungspolice",
        "nachtrag zum versicherungsschein",
        "insurance policy",
        "policy schedule",
        "certificate of insurance",
    ],
    body: &[
        ("versicherungsbeginn", 1.0),
        ("versicherungssumme", 0.7),
        ("versicherungsnehmer", 0.5),
        ("versicherungsnehmerin", 0.5),
        ("selbstbeteiligung", 0.3),
        ("versicherungsumfang", 0.5),
        ("sum insured", 0.8),
        ("beitragsrechnung", -2.0),
        ("rechnung für", -1.0),
    ],
    never: NO_BILL,
};
