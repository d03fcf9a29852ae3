//! Reminders of an unpaid bill. Only the title decides: fine print about dunning stands on many bills.

use domain::DocumentKind;

use super::phrases::Phrases;

pub(super) const DUNNING: Phrases = Phrases {
    kind: DocumentKind::Dunning,
    title: &[
        "-mahnung", "zahlungserinnerung", "erinnerung an die zahlung", "letzte zahlungsaufforderung", "payment reminder",
        "reminder of payment", "overdue", "final notice", "past due", "inkasso", "forderungseinzug", "forderungssache",
        "offene forderung", "forderung der", "offene rechnung", "unbezahlte rechnung", "final reminder", "zahlungsverzug",
    ],
    body: &[
        ("mahngebühr", 0.9),
        ("mahngebühren", 0.5),
        ("mahnkosten", 0.9),
        ("mahnpauschale", 0.9),
        ("noch nicht eingegangen", 0.9),
        ("noch keinen zahlungseingang", 1.0),
        ("keinen zahlungseingang", 0.9),
        ("keine zahlung feststellen", 0.9),
        ("ist noch offen", 0.6),
        ("noch offen", 0.5),
        ("offen sind", 0.5),
        ("letzte frist", 0.8),
        ("zahlungsverzug", 0.4),
        ("in verzug", 0.4),
        ("inkasso", 0.5),
        ("hauptforderung", 0.9),
        ("verzugszinsen", 0.4),
        ("gerichtliches mahnverfahren", 0.5),
        ("sollten sie die zahlung bereits", 0.7),
        ("betrachten sie dieses schreiben als gegenstandslos", 0.9),
        ("have not received your payment", 1.2),
        ("we have not yet received", 0.9),
        ("if you have already paid", 0.5),
    ],
    never: &[],
};
