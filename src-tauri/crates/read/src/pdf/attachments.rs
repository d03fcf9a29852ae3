//! Files embedded in a PDF: the XML of an e-invoice, and the letters of a portfolio.

use domain::{Attachment, FailureCode, Member, Problem, Reading, Room};

use super::{Document, library};
use crate::formats::{as_utf8, inside, is_xml, sniff};
use crate::host::caught;

/// More embedded files than this are not taken; real invoices have one to five.
const MOST: usize = 50;

impl Document<'_> {
    /// Adds the embedded files to `reading`, at most `most` bytes of them; one that cannot be taken out becomes a problem.
    pub(crate) fn attachments(&self, reading: &mut Reading, most: u64) {
        let _lock = library::lock();
        let attachments = self.document.attachments();
        let mut room = Room { bytes: most, members: MOST as u64 };
        let left_out = attachments.as_range().count().saturating_sub(MOST);
        if left_out > 0 {
            let message =
                format!("{left_out} files inside “{}” were left out: at most {MOST} are taken out.", self.name);
            reading.problems.push(Problem::new(FailureCode::TooManyMembers, message));
        }
        for index in attachments.as_range().take(MOST) {
            // The binding asserts instead of returning errors when PDFium contradicts itself.
            let taken = caught(|| {
                let attachment = attachments.get(index).map_err(|e| e.to_string())?;
                let bytes = attachment.save_to_bytes().map_err(|e| e.to_string())?;
                Ok(Attachment { name: attachment.name(), bytes })
            });
            match taken.and_then(|taken: Result<_, String>| taken) {
                Ok(Attachment { name, bytes }) if room.take(bytes.len() as u64) => {
                    if is_document(&name, &bytes) {
                        reading.members.push(Member { name: inside(&name), bytes, reading: None });
                    } else {
                        let bytes = if is_xml(&bytes) { as_utf8(&bytes).into_owned() } else { bytes };
                        reading.attachments.push(Attachment { name, bytes });
                    }
                }
                Ok(Attachment { name, .. }) => {
                    let message = format!("“{name}” inside “{}” is too large and was left out.", self.name);
                    reading.problems.push(Problem::new(FailureCode::Attachment, message));
                }
                Err(detail) => {
                    let message = format!("File {} inside “{}” cannot be taken out ({detail}).", index + 1, self.name);
                    reading.problems.push(Problem::new(FailureCode::Attachment, message));
                }
            }
        }
    }
}

/// Whether an embedded file is one to be read by itself: pages, and no data about them.
fn is_document(name: &str, bytes: &[u8]) -> bool {
    sniff(bytes, name).is_ok_and(|mime| mime == "application/pdf" || mime.starts_with("image/"))
}
