//! Letters with the power of the state behind them. Their words weigh more than those of harmless kinds.

use domain::{DocumentKind, Field};

use super::phrases::Phrases;

pub(super) const TAX_NOTICE: Phrases = Phrases {
    kind: DocumentKind::TaxNotice,
    title: &[
        "-steuerbescheid", "bescheid über einkommensteuer", "vorauszahlungsbescheid", "-steuermessbescheid", "tax assessment",
        "über einkommensteuer", "über umsatzsteuer", "über gewerbesteuer", "-steuervorauszahlung", "grundsteuerbescheid",
        "tax notice", "bescheid über die festsetzung", "steuererinnerung", "notice of assessment",
    ],
    body: &[
        ("finanzamt", 0.9),
        ("einkommensteuer", 0.5),
        ("solidaritätszuschlag", 0.4),
        ("einspruch", 0.5),
        ("festsetzung", 0.5),
        ("festgesetzt", 0.5),
        ("vorauszahlung", 0.2),
        ("steuerbescheid", 0.5),
        ("grundsteuer", 0.6),
        ("gewerbesteuer", 0.4),
        ("lohnsteuer", -0.4),
        ("bußgeld", -1.0),
        ("rechnungsbetrag", -1.0),
    ],
    never: &[Field::TotalNet, Field::TaxTotal],
};

pub(super) const AUTHORITY_LETTER: Phrases = Phrases {
    kind: DocumentKind::AuthorityLetter,
    title: &[
        "-bescheid", "anhörung", "-bescheides", "zuwendungsbescheid", "bewilligungsbescheid", "ablehnungsbescheid", "vorladung", "ladung",
        "verwaltungsakt", "aufforderung zur mitwirkung", "beitragsbescheid", "decision notice", "official notice", "widerspruchsbescheid",
    ],
    body: &[
        ("rechtsbehelfsbelehrung", 1.3),
        ("rechtsmittelbelehrung", 1.3),
        ("widerspruch erhoben werden", 1.0),
        ("widerspruch einlegen", 1.0),
        ("gegen diesen bescheid", 1.2),
        ("zur niederschrift", 0.8),
        ("ordnungswidrigkeit", 0.5),
        ("ihnen wird vorgeworfen", 0.6),
        ("gelegenheit gegeben", 0.5),
        ("körperschaft des öffentlichen rechts", 0.4),
        ("im auftrag", 0.3),
        ("aktenzeichen", 0.3),
        ("geschäftszeichen", 0.3),
        ("jobcenter", 0.8),
        ("agentur für arbeit", 0.8),
        ("landratsamt", 0.6),
        ("bürgeramt", 0.5),
        ("familienkasse", 0.8),
        ("krankenkasse", 0.3),
        ("rentenversicherung bund", 0.6),
        ("finanzamt", -0.8),
        ("verwarnungsgeld", -0.8),
        ("rechnungsbetrag", -1.0),
        ("brutto/netto", -2.0),
    ],
    never: &[Field::TotalNet, Field::TaxTotal],
};

pub(super) const COURT_ORDER: Phrases = Phrases {
    kind: DocumentKind::CourtOrder,
    title: &[
        "-mahnbescheid", "vollstreckungsbescheid", "pfändungs- und überweisungsbeschluss", "zahlungsbefehl", "court order",
        "payment order", "-klageschrift", "versäumnisurteil", "urteil", "strafbefehl", "pfändungsbeschluss", "-beschluss",
        "zwangsvollstreckung", "county court claim", "order for payment",
    ],
    body: &[
        ("mahngericht", 1.5),
        ("antragsgegner", 1.2),
        ("antragsteller", 0.7),
        ("zu widersprechen", 0.6),
        ("vollstreckungsbescheid", 0.8),
        ("amtsgericht", 0.4),
        ("hauptforderung", 0.4),
        ("gerichtskosten", 0.6),
        ("gerichtsvollzieher", 1.0),
        ("zustellung", 0.3),
        ("das gericht hat nicht geprüft", 1.5),
        ("hrb", -0.3),
        ("inkasso", -0.4),
    ],
    never: &[Field::TotalNet, Field::TaxTotal],
};

pub(super) const FINE: Phrases = Phrases {
    kind: DocumentKind::Fine,
    title: &[
        "-bußgeldbescheid", "bussgeldbescheid", "verwarnungsgeld", "schriftliche verwarnung", "verwarnung mit", "strafverfügung",
        "anonymverfügung", "penalty charge notice", "fixed penalty", "parking ticket", "speeding ticket", "ordnungsbusse", "strafzettel",
        "bußgeld",
    ],
    body: &[
        ("verwarnungsgeld", 1.3),
        ("geldbuße", 0.7),
        ("bußgeld", 0.6),
        ("bußgeldstelle", 0.6),
        ("ordnungswidrigkeit", 0.8),
        ("tatbestandsnummer", 0.8),
        ("tattag", 0.7),
        ("tatzeit", 0.7),
        ("stvo", 0.6),
        ("bkat", 0.6),
        ("owig", 0.4),
        ("penalty charge", 1.2),
        ("zahlen sie jetzt noch nicht", -2.0),
        ("anhörung im ordnungswidrigkeitenverfahren", -1.5),
    ],
    never: &[Field::TotalNet, Field::TaxTotal],
};

pub(super) const IDENTITY_DOCUMENT: Phrases = Phrases {
    kind: DocumentKind::IdentityDocument,
    title: &[
        "-personalausweis", "-reisepass", "-aufenthaltsdokument", "aufenthaltstitel", "-führerschein", "passport", "identity card",
        "residence permit", "driving licence", "ihr ausweis", "ausweisdokument", "kinderreisepass",
    ],
    body: &[
        ("aufenthaltsdokument", 0.7),
        ("ausweis ist gültig bis", 1.0),
        ("läuft ab", 0.4),
        ("biometrisches lichtbild", 1.2),
        ("biometrisches foto", 1.0),
        ("passbild", 0.5),
        ("pin-brief", 1.0),
        ("online-ausweisfunktion", 1.0),
        ("rechnungsbetrag", -1.0),
    ],
    never: &[Field::AmountDue, Field::DueDate],
};
