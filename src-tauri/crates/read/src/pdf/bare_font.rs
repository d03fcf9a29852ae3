//! Makes a TrueType font without shapes for the letters of one file. Invisible text over a page needs only widths, and
//! a map from glyphs to letters of any script.

use std::collections::BTreeSet;

/// Width of every character, and its reach above and below the line, in units of the font size.
pub(super) const ADVANCE: f32 = 0.6;
pub(super) const ASCENT: f32 = 0.629;
pub(super) const DESCENT: f32 = 0.157;

/// Units of a size.
const UNITS: f32 = 1000.0;
/// 1.0 in numbers of 16 bits before and after the point.
const ONE: u32 = 0x0001_0000;

/// A font with a glyph for each of these characters (OpenType 1.9, "Organization of an OpenType Font").
pub(super) fn bare_font(letters: &BTreeSet<char>) -> Vec<u8> {
    // The first glyph is the one for missing characters.
    let glyphs = letters.len() as u16 + 1;
    let tables: [(&[u8; 4], Vec<u8>); 9] = [
        (b"cmap", character_map(letters)),
        (b"glyf", vec![0; 4]),
        (b"head", head()),
        (b"hhea", horizontal_header()),
        (b"hmtx", [&units(ADVANCE).to_be_bytes()[..], &vec![0; 2 * usize::from(glyphs)]].concat()),
        // Every glyph ends where it begins.
        (b"loca", vec![0; 4 * (usize::from(glyphs) + 1)]),
        (b"maxp", [&ONE.to_be_bytes()[..], &glyphs.to_be_bytes(), &[0; 26]].concat()),
        (b"name", names("Bare")),
        (b"post", [&(3 * ONE).to_be_bytes()[..], &[0; 28]].concat()),
    ];
    let count = tables.len() as u16;
    let largest = 1 << count.ilog2();
    let mut font = ONE.to_be_bytes().to_vec();
    for part in [count, 16 * largest, largest.ilog2() as u16, 16 * (count - largest)] {
        font.extend(part.to_be_bytes());
    }
    let mut offset = 12 + 16 * u32::from(count);
    for (tag, table) in &tables {
        let length = table.len() as u32;
        font.extend(*tag);
        font.extend([checksum(table), offset, length].map(u32::to_be_bytes).concat());
        offset += length.next_multiple_of(4);
    }
    for (_, table) in &tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn units(sizes: f32) -> i16 {
    (sizes * UNITS).round() as i16
}

/// Each character to its glyph, in the form for all of Unicode (`cmap`, format 12).
fn character_map(letters: &BTreeSet<char>) -> Vec<u8> {
    let length = 16 + 12 * letters.len() as u32;
    let mut map = [0_u16, 1, 3, 10].map(u16::to_be_bytes).concat();
    map.extend(12_u32.to_be_bytes());
    map.extend([12_u16, 0].map(u16::to_be_bytes).concat());
    map.extend([length, 0, letters.len() as u32].map(u32::to_be_bytes).concat());
    for (glyph, letter) in (1_u32..).zip(letters) {
        map.extend([u32::from(*letter), u32::from(*letter), glyph].map(u32::to_be_bytes).concat());
    }
    map
}

fn head() -> Vec<u8> {
    const MAGIC: u32 = 0x5f0f_3cf5;
    let mut head = [ONE, ONE, 0, MAGIC].map(u32::to_be_bytes).concat();
    head.extend([0, UNITS as i16].map(i16::to_be_bytes).concat());
    // Two dates.
    head.extend([0; 16]);
    head.extend([0, -units(DESCENT), units(ADVANCE), units(ASCENT), 0, 8, 2, 1, 0].map(i16::to_be_bytes).concat());
    head
}

fn horizontal_header() -> Vec<u8> {
    let mut header = ONE.to_be_bytes().to_vec();
    let advance = units(ADVANCE);
    header.extend([units(ASCENT), -units(DESCENT), 0, advance, 0, 0, advance, 1].map(i16::to_be_bytes).concat());
    header.extend([0; 14]);
    // Widths of which there is only one.
    header.extend(1_u16.to_be_bytes());
    header
}

/// Its name for people and for PostScript.
fn names(name: &str) -> Vec<u8> {
    let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut names = [0_u16, 2, 6 + 2 * 12].map(u16::to_be_bytes).concat();
    for of in [1_u16, 6] {
        names.extend([3, 1, 0x409, of, text.len() as u16, 0].map(u16::to_be_bytes).concat());
    }
    names.extend(text);
    names
}

fn checksum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| bytes.iter().zip([24, 16, 8, 0]).map(|(byte, shift)| u32::from(*byte) << shift).sum();
    table.chunks(4).map(word).fold(0, |sum: u32, word: u32| sum.wrapping_add(word))
}
