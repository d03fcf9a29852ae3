//! The C interfaces of Leptonica and Tesseract: with `libheif` the only unsafe code of the project.
//!
//! Two owned handles with safe methods: [`Pix`], an 8-bit grey picture, and [`Tesseract`], one engine.
#![expect(unsafe_code, reason = "Tesseract's and Leptonica's C interfaces; the safe wrappers lack what is used here")]

mod leptonica;
mod memory;
mod tesseract;

pub(super) use leptonica::Pix;
pub(super) use memory::return_memory;
pub(crate) use tesseract::tesseract_version;
pub(super) use tesseract::{Print, Tesseract, c_string};
