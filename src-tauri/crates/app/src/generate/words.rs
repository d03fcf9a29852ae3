//! Words for made-up letters: as many different ones as letters have, the common ones often.

/// Chance from a seed (SplitMix64, Steele et al. 2014): the same seed gives the same letters.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (z % limit.max(1) as u64) as usize
    }

    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// Small numbers often, large ones seldom, as words are used (Zipf).
    pub(super) fn zipf(&mut self, limit: usize) -> usize {
        let uniform = self.below(1 << 30) as f64 / f64::from(1 << 30);
        let rank = (limit as f64).powf(uniform) - 1.0;
        (rank as usize).min(limit.saturating_sub(1))
    }

    pub(super) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }
}

const GERMAN: &str = "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat \
    dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man Ihre \
    Ihr Ihnen wir uns unsere bitte sehr geehrte geehrter Damen Herren vielen Dank Grüßen freundlichen Rechnung Betrag überweisen \
    Konto Frist zahlen fällig innerhalb Tagen Monat Jahr Vertrag Kunde Kundennummer Leistung Zeitraum Steuer netto brutto gesamt \
    Lieferung bestellt erhalten Schreiben Datum beigefügt Unterlagen Antrag Bescheid Widerspruch möglich schriftlich erheben \
    Kündigung verlängert Laufzeit Preis erhöht Abschlag Verbrauch Zähler abgelesen Strom Gas Wasser Heizung Wartung Termin \
    vereinbart Praxis Versicherung Beitrag Schaden gemeldet Fahrzeug Kennzeichen Bußgeld Verwarnung Gebühr Mahnung Erinnerung \
    offen Forderung Ausgleich Lastschrift eingezogen Mandat Gutschrift erstattet Bankverbindung geändert Fragen gerne Telefon \
    erreichbar Öffnungszeiten Montag Freitag Uhr Wohnung Miete Nebenkosten Abrechnung Guthaben Nachzahlung Vermieter Eigentümer \
    Schule Verein Mitglied Spende Quittung Garantie Gerät gekauft Rückgabe Bestellung Versand Artikel Menge Einzelpreis Summe";
const ENGLISH: &str = "the of and to in a is that for it as was with be by on not are this have or from at which you your our we \
    please thank dear sincerely regards invoice amount due payment account bank transfer within days month year contract customer \
    number service period tax net total delivery order received letter date enclosed documents application notice objection \
    written cancel renewal term price increase instalment consumption meter reading electricity gas water heating maintenance \
    appointment practice insurance premium claim reported vehicle registration fine fee reminder overdue outstanding settle debit \
    mandate credit refund details changed questions phone hours Monday Friday rent charges statement balance landlord owner \
    school club member donation receipt warranty appliance purchased return shipping item quantity unit discount subscription";
/// German words are put together of these.
const STEMS: &str = "Rechnungs Zahlungs Vertrags Kunden Versicherungs Steuer Strom Gas Wasser Heizungs Miet Haus Grund Verkehrs Kranken \
    Pflege Renten Sozial Arbeits Lohn Gehalts Bank Spar Kredit Bau Garten Dach Fenster Küchen Bad Möbel Auto Reifen Motor Werkstatt \
    Reise Hotel Flug Bahn Schul Hochschul Kinder Jugend Sport Vereins Mitglieds Telefon Internet Mobilfunk Kabel Fernseh Rundfunk \
    Energie Netz Anschluss Abschlags Jahres Monats Quartals Schluss Teil Gesamt Rest Vor Nach Über Unter Zusatz Sonder Grundstücks \
    Eigentums Verwaltungs Gemeinde Stadt Landes Bundes Gerichts Straf Bußgeld Mahn Vollstreckungs Widerspruchs Einspruchs Antrags \
    Bewilligungs Bescheinigungs Prüf Wartungs Reparatur Ersatz Liefer Bestell Versand Lager Waren Preis Rabatt Umsatz Einkommens";
const ENDS: &str = "Betrag Nummer Datum Frist Bestätigung Erinnerung Vertrag Gebühr Bescheid Antrag Konto Auszug Beleg Summe Leistung Pflicht \
    Versicherung Steuer Rechnung Abrechnung Zahlung Erhöhung Kündigung Änderung Prüfung Anlage Gerät Dienst Stelle Amt Kasse Verband \
    Schutz Recht Ordnung Satzung Tarif Beitrag Zuschlag Nachlass Guthaben Forderung Mitteilung Schreiben Termin Plan Bericht Nachweis \
    Schein Karte Ausweis Unterlagen Formular Erklärung Vereinbarung Bedingung Grundlage Zeitraum Stand Wert Menge Verbrauch Preis Kosten";
const SYLLABLES: &[&str] = &[
    "ba", "ber", "dorf", "el", "fen", "gar", "hal", "hof", "ing", "ka", "kel", "lan", "lin", "mar", "mei", "nau", "or",
    "pel", "ra", "ro", "sal", "schön", "stein", "ta", "thal", "tor", "ul", "vel", "wald", "weg", "wie", "zen", "zig",
    "mül", "grün", "hö",
];
const SORTS: &[&str] = &[
    "GmbH",
    "AG",
    "Versicherung AG",
    "Stadtwerke",
    "Finanzamt",
    "Praxis",
    "Energie GmbH",
    "Bank eG",
    "Verlag",
    "Autohaus",
    "Telekommunikation AG",
    "Hausverwaltung",
    "Krankenkasse",
    "Ltd.",
    "Insurance plc",
    "Versand GmbH & Co. KG",
    "Bürgeramt",
    "Amtsgericht",
    "Gymnasium",
    "e.V.",
];

/// All words of the letters, the common ones first.
pub(super) struct Vocabulary {
    german: Vec<String>,
    english: Vec<String>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut german: Vec<String> = GERMAN.split_whitespace().map(str::to_owned).collect();
        let mut english: Vec<String> = ENGLISH.split_whitespace().map(str::to_owned).collect();
        let mut chance = Chance::new(1);
        let (stems, ends): (Vec<_>, Vec<_>) = (STEMS.split_whitespace().collect(), ENDS.split_whitespace().collect());
        let mut compounds: Vec<String> = Vec::new();
        for stem in &stems {
            for end in &ends {
                let word = format!("{stem}{}", end.to_lowercase());
                compounds.extend([format!("{word}en"), format!("{word}s"), word]);
            }
        }
        shuffle(&mut compounds, &mut chance);
        german.extend(compounds);
        // Names, places, things that come up once and never again.
        german.extend((0..60_000).map(|_| name(&mut chance)));
        english.extend((0..40_000).map(|_| name(&mut chance)));
        Self { german, english }
    }

    pub(super) fn word(&self, german: bool, chance: &mut Chance) -> &str {
        let words = if german { &self.german } else { &self.english };
        words.get(chance.zipf(words.len())).map_or("", String::as_str)
    }

    pub(super) fn senders(&self, count: u32) -> Vec<String> {
        let mut chance = Chance::new(2);
        (0..count).map(|_| format!("{} {}", name(&mut chance), chance.of(SORTS).unwrap_or(&""))).collect()
    }
}

/// A made-up name such as "Marstein".
pub(super) fn name(chance: &mut Chance) -> String {
    let mut name = String::new();
    for _ in 0..2 + chance.below(3) {
        name.push_str(chance.of(SYLLABLES).unwrap_or(&""));
    }
    let mut chars = name.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn shuffle(words: &mut [String], chance: &mut Chance) {
    for at in (1..words.len()).rev() {
        words.swap(at, chance.below(at + 1));
    }
}
