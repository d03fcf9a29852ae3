//! Goods on their way: ordered, delivered, waiting, guaranteed.

use domain::{DocumentKind, Field};

use super::phrases::Phrases;

pub(super) const ORDER_CONFIRMATION: Phrases = Phrases {
    kind: DocumentKind::OrderConfirmation,
    title: &[
        "-auftragsbestätigung",
        "bestellbestätigung",
        "-bestellbestätigung",
        "bestätigung ihrer bestellung",
        "bestätigung deiner bestellung",
        "order confirmation",
        "confirmation of your order",
    ],
    body: &[
        ("wir bestätigen ihren", 0.7),
        ("liefertermin", 0.7),
        ("voraussichtlicher liefer-", 0.7),
        ("vielen dank für ihre bestellung", 0.9),
        ("thank you for your order", 0.9),
        ("kaufauftrag", 0.7),
        ("rechnungsnummer", -0.8),
        ("vertragszusammenfassung", -1.5),
    ],
    never: &[],
};

pub(super) const DELIVERY_NOTE: Phrases = Phrases {
    kind: DocumentKind::DeliveryNote,
    title: &["-lieferschein", "delivery note", "packing slip", "packing list", "packzettel", "begleitschein"],
    body: &[
        ("lieferschein-nr", 0.8),
        ("lieferscheinnummer", 0.8),
        ("delivered", 0.2),
        ("carrier", 0.4),
        ("not an invoice", 0.8),
        ("keine rechnung", 0.6),
        ("rechnungsbetrag", -1.0),
    ],
    never: &[Field::AmountDue, Field::DueDate],
};

pub(super) const PICKUP_NOTICE: Phrases = Phrases {
    kind: DocumentKind::PickupNotice,
    title: &[
        "abholschein",
        "-abholkarte",
        "abholbenachrichtigung",
        "benachrichtigung",
        "abholung",
        "benachrichtigungskarte",
        "pick-up notice",
        "pickup notice",
        "we missed you",
        "sorry we missed you",
        "ready for collection",
        "kann abgeholt werden",
        "können abgeholt werden",
        "liegt bereit",
        "liegt zur abholung bereit",
    ],
    body: &[
        ("liegt zur abholung", 1.5),
        ("abholbereit", 1.3),
        ("zur abholung bereit", 1.5),
        ("leider nicht angetroffen", 1.5),
        ("nicht angetroffen", 0.9),
        ("ihre sendung", 0.6),
        ("ihr paket", 0.6),
        ("abholen", 0.5),
        ("paketdienst", 0.5),
        ("your parcel", 0.6),
        ("lagerfrist", 0.9),
        ("bitte holen sie", 0.8),
        ("abholung möglich", 0.8),
        ("bei der abholung", 0.4),
        ("persönlich ab", 0.4),
        ("nicht abgeholte", 1.5),
        ("nicht abgeholt werden", 1.5),
        ("bundesdruckerei geliefert", 1.5),
        ("bundesdruckerei eingetroffen", 1.5),
        ("kann abgeholt werden", 1.2),
        ("abgeholt werden", 0.6),
        ("ist eingetroffen und", 0.8),
        ("abholfrist", 1.2),
        ("zur entwertung", 0.6),
        ("can be collected", 0.8),
        ("ready for pick-up", 1.0),
    ],
    never: &[Field::AmountDue, Field::DueDate],
};

pub(super) const WARRANTY: Phrases = Phrases {
    kind: DocumentKind::Warranty,
    title: &[
        "-garantie",
        "garantiekarte",
        "garantieschein",
        "garantiezertifikat",
        "garantieurkunde",
        "warranty",
        "guarantee",
        "extended warranty",
        "herstellergarantie",
    ],
    body: &[
        ("garantiezeit", 0.9),
        ("garantie gilt", 0.9),
        ("seriennummer", 0.3),
        ("warranty covers", 1.0),
        ("serial no", 0.3),
        ("preisgarantie", -0.5),
    ],
    never: &[Field::AmountDue, Field::DueDate],
};
