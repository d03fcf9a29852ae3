//! The sample letters, for a first look.

use domain::{Arrival, DocumentId, SourceId};

use crate::runtime::import::Imported;
use crate::{App, Failure};

macro_rules! samples {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../../../assets/samples/", $name)))),+]
    };
}

/// Name and content of each.
const SAMPLES: &[(&str, &[u8])] = samples![
    "Invoice English lessons.pdf",
    "Mahnung Buchhandlung.pdf",
    "Rechnung Malerarbeiten.pdf",
    "Scan Fitnessvertrag.pdf",
    "Scan Zahnarzttermin.jpg",
    "Stadtwerke Jahresrechnung.pdf",
    "Steuerbescheid 2025.pdf",
    "Telefonrechnung November.pdf",
];

/// Take the sample letters in, for a first look.
pub fn import(app: &App, _: ()) -> Result<Vec<Imported>, Failure> {
    SAMPLES
        .iter()
        .map(|(name, bytes)| {
            app.import_bytes(Arrival {
                source: SourceId::Drop,
                name: (*name).to_owned(),
                path: None,
                modified: None,
                content: bytes.to_vec().into(),
                at: app.now(),
            })
        })
        .collect()
}

/// The sample letters that are here and not in the trash: to throw them away, trash them.
pub fn list(app: &App, _: ()) -> Result<Vec<DocumentId>, Failure> {
    app.store
        .read(|r| {
            let mut here = Vec::new();
            for (_, bytes) in SAMPLES {
                here.extend(r.shown_documents_of(&store::file_id(bytes))?);
            }
            Ok(here)
        })
        .map_err(Failure::from)
}
