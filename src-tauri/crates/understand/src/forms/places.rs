//! Places as letters name them: streets with their number, towns with their postal code, rooms and buildings.

use std::ops::Range;

use super::pattern;

/// The places of a text; parts that follow each other are one: `Haus B, Zimmer 2.14, Am Markt 1, 17489 Greifswald`.
pub(crate) fn find(text: &str) -> Vec<Range<usize>> {
    let part = pattern!(concat!(
        // A street: "Lindenstraße 14", "Am Markt 1", "Zum Bosenberg 14", "High Street 12".
        r"(?-i:\p{Lu})[\p{L}.-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|ring|ufer|stieg|markt|chaussee|steig|hof|garten|park|koppel|bogen|promenade|graben|wall|deich|kai|brücke|berg|feld)\s\d{1,4}(?:\s?[a-z]\b)?(?:\s?[–-]\s?\d{1,3}\b)?",
        r"|(?-i:\p{Lu})[\p{L}-]+(?:er|e)?\s(?-i:Straße|Weg|Platz|Allee|Gasse|Damm|Ring|Ufer|Stieg|Markt|Chaussee|Str\.|Street|Road|Avenue|Lane|Square)\s\d{1,4}(?:\s?[a-z]\b)?",
        r"|\b(?-i:Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur|Hinter der|Unter den|Vor dem)\s(?-i:\p{Lu})[\p{L}-]+\s\d{1,4}(?:\s?[a-z]\b)?",
        // A town: "17489 Greifswald".
        r"|\b(?:(?-i:[A-Z]{1,2})-)?\d{4,5}\s(?-i:\p{Lu})[\p{L}./-]+(?:\s(?-i:am|an der|ob der|im|bei|in)\s(?-i:\p{Lu})[\p{L}-]+)?",
        // A room or a part of a building: "Raum 204", "Haus B", "2. Stock", "Erdgeschoss", "Turnraum".
        r"|\b(?:raum|räume|zimmer|zi\.|\p{L}*saal|\p{L}+raum|haus|gebäude|eingang|ebene|station|ambulanz|trakt|block|bahn|halle|room|suite|building|ward)\s(?-i:[A-Z]{0,2}\s?\d[\d.]*[a-z]?\b|[A-Z]\b)",
        r"|\b\d{1,2}\.\s?(?:stock\p{L}*|etage|og|obergeschoss|ug)(?:\s(?:links|rechts|mitte))?",
        r"|\b(?:erdgeschoss|eg|untergeschoss|aula|mensa|turnhalle|sporthalle|pausenhalle|bürgersaal|gemeindesaal|vereinsheim|lehrerzimmer|foyer|patientenaufnahme|(?:first|second|third|ground) floor)\b",
    ));
    let joint = pattern!(r"^\s?(?:,|·|•|–|-|\||/|\()?\s?(?:(?:in|im|in der|am) )?$");
    let mut places: Vec<Range<usize>> = Vec::new();
    for hit in part.find_iter(text) {
        match places.last_mut() {
            Some(last) if text.get(last.end..hit.start()).is_some_and(|between| joint.is_match(between)) => {
                last.end = hit.end();
            }
            Some(_) | None => places.push(hit.range()),
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_with_all_their_parts() {
        let all = |text: &str| find(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        for (text, expected) in [
            ("Wir kommen in den Kranzbergweg 17 zu Ihnen.", "Kranzbergweg 17"),
            ("Gesundheitsamt, Am Markt 1, Haus B, Zimmer 0.21", "Am Markt 1, Haus B, Zimmer 0.21"),
            ("Berliner Straße 8, 02826 Görlitz", "Berliner Straße 8, 02826 Görlitz"),
            ("im Raum B 107 statt", "Raum B 107"),
            ("Bahnhofsallee 12 · 31134 Hildesheim", "Bahnhofsallee 12 · 31134 Hildesheim"),
            ("Treffpunkt: Haus 4, 2. Etage", "Haus 4, 2. Etage"),
            ("Musterstraße 21 - 23", "Musterstraße 21 - 23"),
            // The dash before a postcode joins no second number of a house.
            ("Musterstraße 21 - 05123 Musterstadt", "Musterstraße 21 - 05123 Musterstadt"),
            ("Musterring 3 - 1010 Wien", "Musterring 3 - 1010 Wien"),
        ] {
            assert_eq!(all(text), [expected], "{text}");
        }
        for text in ["am 14.03.2026 um 12:30", "Rechnung 2026", "Ihr Betrag von 119,00 EUR"] {
            assert_eq!(all(text), [""; 0], "{text}");
        }
    }
}
