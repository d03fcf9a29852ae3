//! The sample letters, for a first look.

use domain::{Arrival, SourceId};

use super::Imported;
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

pub(super) fn import(app: &App, _: ()) -> Result<Vec<Imported>, Failure> {
    SAMPLES
        .iter()
        .map(|(name, bytes)| {
            app.import_bytes(Arrival {
                source: SourceId::Drop,
                name: (*name).to_owned(),
                path: None,
                modified: None,
                bytes: bytes.to_vec(),
                at: app.now(),
            })
        })
        .collect()
}
