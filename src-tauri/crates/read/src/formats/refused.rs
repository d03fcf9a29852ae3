//! Files that are recognised but not read: what to tell the person who dropped one.

use std::io::Cursor;

use super::office::is_compound_with;
use super::xml::is_xml;
use super::zip;
use crate::ReadError;

const PRINT: &str = "Open it, print it to PDF, then drop the PDF.";
const CONVERT_PICTURE: &str =
    "Save or export it as JPEG (or set the phone's camera to “most compatible”), then drop it again.";
const UNPACK: &str = "Unpack it, then drop the files inside.";
const MAIL: &str = "Open it in your mail program, print it to PDF or save its attachments, then drop those.";

/// Why these bytes, which no format recognises, cannot be read.
pub(super) fn reason(bytes: &[u8], name: &str) -> ReadError {
    let name = name.to_owned();
    if let Some((found, way_out)) = known(bytes) {
        return ReadError::Unsupported { name, found: found.to_owned(), way_out: way_out.into() };
    }
    let text = is_text(bytes);
    let found = if text { "plain text" } else { "something unknown" };
    match claimed(&name) {
        Some(claimed) if !(claimed == XML && is_xml(bytes)) => {
            ReadError::NotWhatItSays { name, claimed: claimed.into(), found: found.into() }
        }
        _ if is_xml(bytes) => {
            let found = "an XML file, but no electronic invoice".to_owned();
            ReadError::Unsupported { name, found, way_out: PRINT.into() }
        }
        _ => ReadError::Unsupported { name, found: "a file of an unknown kind".to_owned(), way_out: PRINT.into() },
    }
}

/// Why an office document cannot be read.
pub(super) fn office(name: &str) -> ReadError {
    ReadError::Unsupported { name: name.to_owned(), found: OFFICE.to_owned(), way_out: PRINT.into() }
}

/// What a file is by its first bytes, and the way out.
fn known(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if is_outlook(bytes) {
        return Some(("an Outlook mail", MAIL));
    }
    if zip::is_office(Cursor::new(bytes)) {
        return Some((OFFICE, PRINT));
    }
    let kind = infer::get(bytes)?;
    let (name, way_out) = match kind.mime_type() {
        "image/avif"
        | "image/gif"
        | "image/bmp"
        | "image/jp2"
        | "image/jxl"
        | "image/vnd.adobe.photoshop"
        | "image/vnd.microsoft.icon"
        | "image/x-canon-cr2" => ("a picture of another kind", CONVERT_PICTURE),
        mime if is_office(mime) => (OFFICE, PRINT),
        "application/x-7z-compressed"
        | "application/vnd.rar"
        | "application/gzip"
        | "application/x-tar"
        | "application/x-bzip2"
        | "application/x-xz"
        | "application/zstd" => ("an archive", UNPACK),
        "text/html" => ("a web page", PRINT),
        "application/rtf" => ("a text document", PRINT),
        mime if mime.starts_with("audio/") || mime.starts_with("video/") => ("a recording", "Only papers can be read."),
        _ => return None,
    };
    Some((name, way_out))
}

/// A mail as Outlook saves it: a compound file ([MS-CFB]) with the stream that every message has ([MS-OXMSG], 2.4).
fn is_outlook(bytes: &[u8]) -> bool {
    is_compound_with(bytes, "__properties_version1.0")
}

fn is_office(mime: &str) -> bool {
    [
        "application/vnd.openxmlformats",
        "application/vnd.oasis",
        "application/msword",
        "application/vnd.ms-",
        "application/x-ole-storage",
    ]
    .iter()
    .any(|start| mime.starts_with(start))
}

const OFFICE: &str = "an office document";
const XML: &str = "an XML file";

/// Whether the name promises a kind that is told by its content.
pub(super) fn claims_another_kind(name: &str) -> bool {
    claimed(name).is_some()
}

/// What the name's ending promises, of the kinds that are read by their content.
fn claimed(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "pdf" => Some("a PDF"),
        "jpg" | "jpeg" => Some("a JPEG picture"),
        "png" => Some("a PNG picture"),
        "tif" | "tiff" => Some("a TIFF picture"),
        "webp" => Some("a WebP picture"),
        "zip" => Some("a ZIP archive"),
        "xml" => Some(XML),
        _ => None,
    }
}

/// Whether the bytes are text in some encoding of one byte, or UTF-8.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    !head.contains(&0) && head.iter().filter(|b| **b < 0x20 && !b.is_ascii_whitespace()).count() * 100 <= head.len()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use ::zip::write::{SimpleFileOptions, ZipWriter};

    use crate::sniff;

    fn refused(bytes: &[u8], name: &str) -> (&'static str, String) {
        let error = sniff(bytes, name).expect_err("must be refused");
        (error.code().as_str(), error.to_string())
    }

    #[test]
    fn each_refusal_has_its_code_the_name_and_a_way_out() {
        assert_eq!(refused(b"", "a.pdf").0, "empty");
        assert_eq!(refused(b"Just some words.\n", "brief.pdf").0, "not_what_it_says");
        assert_eq!(sniff(b"Just some words.\n", "brief.txt").expect("text"), "text/plain");
        assert_eq!(refused(b"\0\x01\x02\x03 nothing known", "x.bin").0, "unsupported");
        assert_eq!(refused(b"<?xml version=\"1.0\"?><note>x</note>", "note.xml").0, "unsupported");
        let (code, message) = refused(b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "IMG_1.avif");
        assert_eq!(code, "unsupported");
        assert!(message.contains("IMG_1.avif") && message.contains("JPEG"), "{message}");
        let (code, message) = refused(b"7z\xbc\xaf\x27\x1c\0\x04", "letters.7z");
        assert_eq!(code, "unsupported");
        assert!(message.contains("Unpack"), "{message}");
    }

    /// An archive of files with these names, in this order.
    fn archive(names: &[&str]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a member");
            zip.write_all(b"<xml/>").expect("writes");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn tables_and_mails_of_outlook_are_refused_with_the_way_to_convert_them() {
        let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        let stream = "__properties_version1.0".encode_utf16().flat_map(u16::to_le_bytes);
        let mail: Vec<u8> = compound.iter().copied().chain([0; 500]).chain(stream).collect();
        for (name, bytes, way_out) in [
            ("Liste.xlsx", archive(&["xl/workbook.xml", "docProps/app.xml", "[Content_Types].xml"]), "print it to PDF"),
            ("Liste.ods", archive(&["content.xml", "META-INF/manifest.xml", "mimetype"]), "print it to PDF"),
            ("Liste.xls", [&compound[..], &[0; 600]].concat(), "print it to PDF"),
            ("Mail.msg", mail, "save its attachments"),
        ] {
            let (code, message) = refused(&bytes, name);
            assert_eq!(code, "unsupported", "{name}");
            assert!(message.contains(name) && message.contains(way_out), "{message}");
        }
        assert_eq!(sniff(&archive(&["Brief.docx", "Liste.xlsx"]), "Post.zip").expect("an archive"), "application/zip");
    }

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(sniff(b"%PDF-1.7\n", "letter.txt").expect("a PDF"), "application/pdf");
        let xml = b"<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>1</ID></Invoice>";
        assert_eq!(sniff(xml, "x").expect("an invoice"), "application/xml");
        assert!(sniff(b"<Invoice xmlns=\"urn:other\"></Invoice>", "x.xml").is_err());
    }
}
