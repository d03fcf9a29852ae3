//! Times and places: appointments, tickets, prescriptions and inspections.

use domain::{DocumentKind, Field};

use super::phrases::Phrases;

/// Prices are named, but nothing is due by the letter.
const NO_BILL: &[Field] = &[Field::AmountDue, Field::DueDate];

pub(super) const APPOINTMENT: Phrases = Phrases {
    kind: DocumentKind::Appointment,
    title: &[
        "-termin", "terminbestätigung", "-einladung", "appointment", "terminerinnerung", "terminvereinbarung", "invitation",
        "hauptuntersuchung wird fällig", "elternsprechtag", "elternabend", "vorsorgeuntersuchung", "-besichtigung", "ablesung",
    ],
    body: &[
        ("termin:", 0.8),
        ("ihr termin", 0.9),
        ("für sie reserviert", 0.7),
        ("haben wir für sie reserviert", 0.7),
        ("bitte bringen sie", 0.5),
        ("bringen sie bitte mit", 0.6),
        ("bitte mitbringen", 0.5),
        ("termin absagen", 0.6),
        ("sagen sie termine", 0.7),
        ("nicht abgesagte termine", 0.9),
        ("wir laden sie", 0.8),
        ("laden sie herzlich ein", 0.9),
        ("wenn etwas dazwischenkommt", 0.6),
        ("your appointment", 1.0),
        ("please arrive", 0.5),
        ("telefonisch vereinbart", 0.4),
        ("rechnungsbetrag", -1.0),
        ("rechtsbehelfsbelehrung", -0.8),
    ],
    never: NO_BILL,
};

pub(super) const EVENT_REGISTRATION: Phrases = Phrases {
    kind: DocumentKind::EventRegistration,
    title: &[
        "-ticket", "eintrittskarte", "-anmeldebestätigung", "anmeldung bestätigt", "-buchungsbestätigung", "reservierungsbestätigung",
        "booking confirmation", "registration confirmed", "webinar", "registration", "reservation", "bordkarte", "boarding pass",
        "fahrkarte", "e-ticket", "teilnahmebestätigung", "buchung bestätigt",
    ],
    body: &[
        ("einlass", 0.9),
        ("reihe", 0.3),
        ("sitzplatz", 0.5),
        ("veranstaltung", 0.4),
        ("ticket", 0.5),
        ("your seat", 0.7),
        ("check-in", 0.4),
        ("anreise", 0.3),
        ("arrival", 0.3),
        ("departure", 0.3),
        ("free cancellation", 0.5),
        ("barcode", 0.3),
        ("confirm your stay", 0.9),
        ("zoom", 0.3),
        ("teilnahme am", 0.4),
        ("rechnungsnummer", -1.0),
    ],
    never: &[],
};

pub(super) const PRESCRIPTION: Phrases = Phrases {
    kind: DocumentKind::Prescription,
    title: &["-rezept", "privatrezept", "kassenrezept", "verordnung", "heilmittelverordnung", "prescription", "rp.", "überweisungsschein", "rezept für"],
    body: &[
        ("rp.", 1.0),
        ("aut idem", 1.2),
        ("n1", 0.3),
        ("n2", 0.3),
        ("n3", 0.3),
        ("filmtabletten", 0.8),
        ("tabletten", 0.5),
        ("tbl", 0.5),
        ("pzn", 0.8),
        ("dosierung", 0.4),
        ("dj", 0.4),
        ("arztstempel", 0.8),
        ("unterschrift des arztes", 0.8),
        ("rezeptgebühr", 0.3),
    ],
    never: NO_BILL,
};

pub(super) const MAINTENANCE_REPORT: Phrases = Phrases {
    kind: DocumentKind::MaintenanceReport,
    title: &[
        "-wartungsprotokoll", "wartungsbericht", "-prüfbericht", "prüfprotokoll", "-untersuchungsbericht", "hu-bericht", "feuerstättenbescheid",
        "-bescheinigung über die messung", "messprotokoll", "inspection report", "maintenance report", "service report", "wartungsnachweis",
        "-feuerstättenschau", "mängelbericht", "messergebnis", "-inspektionsbericht", "abgasmessung",
    ],
    body: &[
        ("nächste wartung", 1.2),
        ("nächste prüfung", 1.0),
        ("nächste messung", 1.0),
        ("nächste hauptuntersuchung", 1.2),
        ("nächste feuerstättenschau", 1.2),
        ("ohne festgestellte mängel", 1.0),
        ("messergebnis", 0.7),
        ("techniker", 0.4),
        ("arbeitsschritt", 0.5),
        ("schornsteinfeger", 0.4),
        ("next service", 1.0),
        ("rechnungsbetrag", -1.5),
    ],
    never: NO_BILL,
};
