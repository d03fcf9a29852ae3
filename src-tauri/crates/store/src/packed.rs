//! Packs the words of a page: column by column, each value as its difference to a prediction from the word before,
//! then deflated. A page takes about as much room as its text alone.
//!
//! Positions are rounded to a 4095th of the page (a twentieth of a millimetre on A4), confidences to a 1000th.

use std::io::{Read as _, Write as _};

use domain::{Rect, Word};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

const GRID: f32 = 4095.0;
const CONFIDENCE: f32 = 1000.0;

/// A number of a word: how to get it, how to set it, and how far the value of the next word is expected to lie beyond
/// it.
type Column = (fn(&Word) -> i64, fn(&mut Word, i64), fn(&Word) -> i64);

/// Widths come before positions, because the next word begins where this one ends.
const COLUMNS: &[Column] = &[
    (|word| grid(word.rect.y), |word, value| word.rect.y = value as f32 / GRID, |_| 0),
    (|word| grid(word.rect.h), |word, value| word.rect.h = value as f32 / GRID, |_| 0),
    (|word| grid(word.rect.w), |word, value| word.rect.w = value as f32 / GRID, |_| 0),
    (|word| grid(word.rect.x), |word, value| word.rect.x = value as f32 / GRID, |word| grid(word.rect.w)),
    (
        |word| (word.confidence * CONFIDENCE).round() as i64,
        |word, value| word.confidence = value as f32 / CONFIDENCE,
        |_| 0,
    ),
    (|word| word.line.into(), |word, value| word.line = u32::try_from(value).unwrap_or_default(), |_| 0),
    (|word| word.block.into(), |word, value| word.block = u32::try_from(value).unwrap_or_default(), |_| 0),
];

fn grid(value: f32) -> i64 {
    (value * GRID).round() as i64
}

/// Packs words, whose texts hold no line break.
pub(crate) fn pack(words: &[Word]) -> Vec<u8> {
    let mut plain = Vec::new();
    for word in words {
        plain.extend(word.text.replace('\n', " ").as_bytes());
        plain.push(b'\n');
    }
    plain.push(b'\n');
    for (get, _, further) in COLUMNS {
        let mut before = 0;
        for word in words {
            let value = get(word);
            push(&mut plain, value - before);
            before = value + further(word);
        }
    }
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _ = deflated.write_all(&plain);
    deflated.finish().unwrap_or_default()
}

/// The words that were packed; none if these bytes were not made by [`pack`].
pub(crate) fn unpack(packed: &[u8]) -> Option<Vec<Word>> {
    let mut plain = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut plain).ok()?;
    let mut rest = plain.as_slice();
    let mut words = Vec::new();
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (text, tail) = (&rest[..end], &rest[end + 1..]);
        rest = tail;
        if text.is_empty() {
            break;
        }
        let rect = Rect { x: 0.0, y: 0.0, w: 0.0, h: 0.0 };
        words.push(Word { text: String::from_utf8(text.to_vec()).ok()?, rect, confidence: 0.0, line: 0, block: 0 });
    }
    for (_, set, further) in COLUMNS {
        let mut before = 0_i64;
        for word in &mut words {
            let value = before.checked_add(pop(&mut rest)?)?;
            set(word, value);
            before = value.checked_add(further(word))?;
        }
    }
    Some(words)
}

/// Variable-length integers: seven bits a byte, the lowest first; the lowest bit is the sign.
fn push(bytes: &mut Vec<u8>, value: i64) {
    let mut left = (value.unsigned_abs() << 1) | u64::from(value < 0);
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
}

fn pop(bytes: &mut &[u8]) -> Option<i64> {
    let (mut value, mut shift) = (0_u64, 0);
    loop {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f).checked_shl(shift)?;
        shift += 7;
        if first & 0x80 == 0 {
            break;
        }
    }
    let size = i64::try_from(value >> 1).ok()?;
    Some(if value & 1 == 1 { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn word() -> impl Strategy<Value = Word> {
        let place = || (0..=4095_u16).prop_map(|at| f32::from(at) / GRID);
        ("[a-zA-Zäöüß0-9.,€]{1,12}", place(), place(), place(), place(), 0..=1000_u16, 0..90_u32, 0..9_u32).prop_map(
            |(text, x, y, w, h, sure, line, block)| Word {
                text,
                rect: Rect { x, y, w, h },
                confidence: f32::from(sure) / CONFIDENCE,
                line,
                block,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(words in prop::collection::vec(word(), 0..40)) {
            prop_assert_eq!(unpack(&pack(&words)), Some(words));
        }

        #[test]
        fn other_bytes_are_refused_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack(&bytes);
        }
    }
}
