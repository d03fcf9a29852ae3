//! Electronic invoices as plain XML: CII (`CrossIndustryInvoice`, ZUGFeRD 1 `CrossIndustryDocument`) and UBL (`Invoice`,
//! `CreditNote`). The file is its own attachment, which `understand` reads; its pages are a plain rendering for people.

use domain::{Attachment, Page, Reading};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::text::{read_sheets, sheet_image, sheets};
use super::xml_text::invoice_text;
use super::{Format, Job, as_utf8};
use crate::{PageImage, ReadError};

pub(super) struct XmlInvoice;

impl Format for XmlInvoice {
    fn mime_type(&self) -> &'static str {
        "application/xml"
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        is_xml(bytes) && root(&as_utf8(bytes)).is_some_and(|root| is_invoice(&root))
    }

    fn read(&self, job: &Job<'_>) -> Result<Reading, ReadError> {
        let bytes = as_utf8(job.bytes()?).into_owned();
        check_whole(job.name, &bytes)?;
        let pages = read_sheets(job, &invoice_text(&bytes));
        Ok(Reading { attachments: vec![Attachment { name: job.name.to_owned(), bytes }], ..pages })
    }

    fn page_image(&self, job: &Job<'_>, page: u32, width_px: u32, turned: u16) -> Result<PageImage, ReadError> {
        sheet_image(job, &invoice_text(&as_utf8(job.bytes()?)), page, width_px, turned)
    }

    fn searchable_pdf(&self, job: &Job<'_>, _: &[Page]) -> Result<Vec<u8>, ReadError> {
        Ok(sheets(job, &invoice_text(&as_utf8(job.bytes()?))).0.pdf())
    }
}

/// Whether the bytes start like XML.
pub(crate) fn is_xml(bytes: &[u8]) -> bool {
    // What begins otherwise need not be decoded.
    if !bytes.iter().take(40).any(|byte| *byte == b'<') {
        return false;
    }
    let text = as_utf8(bytes);
    let text = text.trim_ascii_start();
    text.starts_with(b"<?xml") || (text.starts_with(b"<") && root(text).is_some_and(|root| is_invoice(&root)))
}

/// The root element: its name without prefix, and its attributes as written.
struct Root {
    name: String,
    attributes: String,
}

fn root(bytes: &[u8]) -> Option<Root> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(element) => {
                let name = element.local_name().as_ref().to_owned();
                let attributes = element.attributes_raw().to_owned();
                return Some(Root { name, attributes });
            }
            Event::Eof | Event::Empty(_) | Event::End(_) => return None,
            _ => buffer.clear(),
        }
    }
}

fn is_invoice(root: &Root) -> bool {
    match root.name.as_str() {
        "CrossIndustryInvoice" | "CrossIndustryDocument" => true,
        "Invoice" | "CreditNote" => root.attributes.contains("urn:oasis:names:specification:ubl:schema:xsd"),
        _ => false,
    }
}

/// Parses to the end, so that a file that is cut off is refused here.
fn check_whole(name: &str, bytes: &[u8]) -> Result<(), ReadError> {
    let damaged = |detail: String| ReadError::Damaged { name: name.to_owned(), detail };
    let mut reader = Reader::from_reader(bytes);
    let (mut buffer, mut depth) = (Vec::new(), 0_u32);
    loop {
        match reader.read_event_into(&mut buffer).map_err(|e| damaged(e.to_string()))? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged("the end is missing".to_owned())),
            _ => {}
        }
        buffer.clear();
    }
}
