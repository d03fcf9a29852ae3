use crate::Target;
use crate::seeds::{LETTER, fixtures, texts};

/// Text files in any encoding.
pub(crate) const TARGET: Target = Target { name: "text", seeds, words: &["\u{feff}", "\t", "\u{c}"], short: 100, run };

fn seeds() -> Vec<Vec<u8>> {
    let utf16 = LETTER.encode_utf16().flat_map(u16::to_le_bytes);
    let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16).collect();
    let latin: Vec<u8> = LETTER.chars().filter_map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    [texts(&[LETTER, "a\tb\r\nc"]), fixtures("hostile", &["txt"], 100_000), vec![marked, latin]].concat()
}

fn run(bytes: &[u8]) {
    super::read_as(bytes, "text/plain");
}
