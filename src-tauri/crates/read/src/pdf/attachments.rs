//! Files embedded in a PDF, such as the XML of an e-invoice.

use domain::{Attachment, Problem, Reading};

use super::{Document, library};
use crate::host::caught;

/// More embedded files than this are not taken; real invoices have one to five.
const MOST: usize = 50;

impl Document<'_> {
    /// Adds the embedded files to `reading`; one that cannot be taken out becomes a problem.
    pub(crate) fn attachments(&self, reading: &mut Reading) {
        let _turn = library::turn();
        let attachments = self.document.attachments();
        for index in attachments.as_range().take(MOST) {
            // The binding asserts instead of returning errors when PDFium contradicts itself.
            let taken = caught(|| {
                let attachment = attachments.get(index).map_err(|e| e.to_string())?;
                let bytes = attachment.save_to_bytes().map_err(|e| e.to_string())?;
                Ok(Attachment { name: attachment.name(), bytes })
            });
            match taken.and_then(|taken: Result<_, String>| taken) {
                Ok(attachment) => reading.attachments.push(attachment),
                Err(detail) => {
                    let message = format!("File {} inside “{}” cannot be taken out ({detail}).", index + 1, self.name);
                    reading.problems.push(Problem::new("attachment", message));
                }
            }
        }
    }
}
