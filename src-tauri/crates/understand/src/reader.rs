//! Where the reader lives, by the address of a letter.

use domain::Reading;

use crate::address;
use crate::forms::{misread, pattern};
use crate::layout::Layout;

/// The German postcode of the address that a letter is sent to: `54321` of `54321 Dorf`.
pub fn reader_postcode(reading: &Reading) -> Option<String> {
    let reading = misread::reading(reading);
    let layout = Layout::of(&reading);
    let place = address::recipient(&layout)?.pop()?;
    let code = pattern!(r"^(?:d[- ])?(?P<code>\d{5})\s+\p{L}");
    code.captures(&place.text)?.name("code").map(|code| code.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    #[test]
    fn the_postcode_is_the_readers_and_not_the_senders() {
        let letter = |place: &str| {
            let text = format!(
                "Muster GmbH · Hauptstraße 1 · 12345 Berlin\n\nHerrn\nMax Beispiel\nAm Weg 2\n{place}\n\nRechnung 12\n"
            );
            reader_postcode(&page(&text))
        };
        assert_eq!(letter("54321 Dorf").as_deref(), Some("54321"));
        assert_eq!(letter("1010 Wien"), None);
    }
}
