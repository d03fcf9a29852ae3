//! XML in whichever encoding, as UTF-8 (XML 1.0, 4.3.3 and appendix F).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The declaration stands within so many bytes.
const DECLARED_WITHIN: usize = 200;

/// The bytes as UTF-8 without a byte order mark. A byte order mark decides; then UTF-16 without one, by its zeros; then what is valid
/// UTF-8, whatever is declared; then the declaration; then Windows-1252, which holds ISO 8859-1.
pub(crate) fn as_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let (encoding, content) = match (Encoding::for_bom(bytes), bytes) {
        (Some((encoding, length)), _) => (encoding, &bytes[length..]),
        (None, [b'<', 0, ..]) => (UTF_16LE, bytes),
        (None, [0, b'<', ..]) => (UTF_16BE, bytes),
        (None, _) if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        (None, _) => (declared(bytes).unwrap_or(WINDOWS_1252), bytes),
    };
    match encoding.decode_without_bom_handling(content).0 {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// The encoding that the declaration names, if that can be true: a text that is no UTF-8 is not, though it says so.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    let (_, value) = head.split_once("?>")?.0.split_once("encoding")?;
    let label = value.trim_start_matches(['=', ' ', '"', '\'']).split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_in_every_encoding_is_the_same() {
        let text = |declared: &str| format!("<?xml version=\"1.0\"{declared}?><a>Gärtnerei – 12 €</a>");
        let utf16 =
            |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
        let windows = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
        let plain = text("");
        let says = text(" encoding=\"ISO-8859-1\"");
        let lies = text(" encoding='UTF-8'");
        for (bytes, expected) in [
            (plain.clone().into_bytes(), &plain),
            ([&[0xef, 0xbb, 0xbf], plain.as_bytes()].concat(), &plain),
            (utf16(&format!("\u{feff}{plain}"), u16::to_le_bytes), &plain),
            (utf16(&format!("\u{feff}{plain}"), u16::to_be_bytes), &plain),
            (utf16(&plain, u16::to_le_bytes), &plain),
            (utf16(&plain, u16::to_be_bytes), &plain),
            (windows(&plain), &plain),
            (windows(&says), &says),
            (windows(&lies), &lies),
            (says.clone().into_bytes(), &says),
        ] {
            assert_eq!(String::from_utf8_lossy(&as_utf8(&bytes)), expected.as_str());
        }
    }
}
