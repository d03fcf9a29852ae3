//! Leptonica: preparing pictures for recognition.

use std::ffi::c_int;
use std::ptr::{self, NonNull};

use image::GrayImage;
use leptess::capi;

/// A picture of Leptonica's.
pub(crate) struct Pix(NonNull<capi::Pix>);

impl Pix {
    /// Copies a grey picture, each level as `tones` says; `None` if memory is short.
    pub(crate) fn new(picture: &GrayImage, tones: &[u8; 256]) -> Option<Self> {
        let (width, height) = (c_int::try_from(picture.width()).ok()?, c_int::try_from(picture.height()).ok()?);
        // SAFETY: plain values in, a new picture or null out.
        let pix = Self(NonNull::new(unsafe { capi::pixCreate(width, height, 8) })?);
        // SAFETY: the picture is alive; Leptonica keeps `words_per_line * height` 32-bit words at the data pointer, and
        // nobody else has the picture yet.
        let (words_per_line, words) = unsafe {
            let words_per_line = usize::try_from(capi::pixGetWpl(pix.0.as_ptr())).ok()?;
            let data = NonNull::new(capi::pixGetData(pix.0.as_ptr()))?;
            let length = words_per_line * picture.height() as usize;
            (words_per_line, std::slice::from_raw_parts_mut(data.as_ptr(), length))
        };
        let lines = words.chunks_exact_mut(words_per_line);
        for (line, row) in lines.zip(picture.as_raw().chunks_exact(picture.width() as usize)) {
            // Leptonica's pixels start at the high end of each word; a short last word is padded.
            let (full, rest) = row.as_chunks::<4>();
            for (word, bytes) in line.iter_mut().zip(full) {
                *word = u32::from_be_bytes(bytes.map(|level| tones[usize::from(level)]));
            }
            if let (Some(last), false) = (line.get_mut(full.len()), rest.is_empty()) {
                let mut bytes = [0; 4];
                for (to, from) in bytes.iter_mut().zip(rest) {
                    *to = tones[usize::from(*from)];
                }
                *last = u32::from_be_bytes(bytes);
            }
        }
        Some(pix)
    }

    /// A picture of a TIFF, counted from 0, by libtiff, which knows every compression that there is; `None` if it cannot either.
    /// Who calls it has looked at the size.
    pub(crate) fn of_tiff(bytes: &[u8], index: u32) -> Option<Self> {
        let index = c_int::try_from(index).ok()?;
        // SAFETY: the bytes are alive and as many as said; both results are new pictures or null.
        unsafe {
            let read = Self::owned(capi::pixReadMemTiff(bytes.as_ptr(), bytes.len(), index))?;
            Self::owned(capi::pixConvertTo8(read.0.as_ptr(), 0))
        }
    }

    /// The grey levels; `None` if the picture has another depth.
    pub(crate) fn grey(&self) -> Option<GrayImage> {
        let (width, height) = self.size();
        // SAFETY: the picture is alive; Leptonica keeps `words_per_line * height` 32-bit words at the data pointer.
        let (words_per_line, words) = unsafe {
            if capi::pixGetDepth(self.0.as_ptr()) != 8 {
                return None;
            }
            let words_per_line = usize::try_from(capi::pixGetWpl(self.0.as_ptr())).ok()?;
            let data = NonNull::new(capi::pixGetData(self.0.as_ptr()))?;
            (words_per_line, std::slice::from_raw_parts(data.as_ptr(), words_per_line * height as usize))
        };
        let rows = words.chunks_exact(words_per_line);
        let levels = rows.flat_map(|row| row.iter().flat_map(|word| word.to_be_bytes()).take(width as usize)).collect();
        GrayImage::from_raw(width, height, levels)
    }

    /// Paper made evenly white, so that shadows and tinted paper go away.
    pub(crate) fn background_normalised(&self) -> Option<Self> {
        // SAFETY: the picture is alive; both masks may be null.
        Self::owned(unsafe { capi::pixBackgroundNormSimple(self.0.as_ptr(), ptr::null_mut(), ptr::null_mut()) })
    }

    /// Turned so that text lines are level, and by how many degrees clockwise; same size.
    pub(crate) fn deskewed(&self) -> Option<(Self, f32)> {
        let (mut angle, mut confidence) = (0.0, 0.0);
        // SAFETY: the picture is alive; zeros mean Leptonica's defaults; both results outlive the call.
        let pix = Self::owned(unsafe {
            capi::pixDeskewGeneral(self.0.as_ptr(), 0, 0.0, 0.0, 0, 0, &raw mut angle, &raw mut confidence)
        })?;
        // Leptonica leaves the picture alone below these values but reports the angle all the same.
        let turned = angle.abs() >= 0.1 && confidence >= 3.0;
        Some((pix, if turned { angle } else { 0.0 }))
    }

    /// Made larger or smaller by a factor. Not sharpened: that takes twice as long and is read no better.
    pub(crate) fn scaled(&self, factor: f32) -> Option<Self> {
        // SAFETY: the picture is alive.
        Self::owned(unsafe { capi::pixScaleGeneral(self.0.as_ptr(), factor, factor, 0.0, 0) })
    }

    /// Width and height in pixels.
    pub(crate) fn size(&self) -> (u32, u32) {
        // SAFETY: the picture is alive.
        let (width, height) = unsafe { (capi::pixGetWidth(self.0.as_ptr()), capi::pixGetHeight(self.0.as_ptr())) };
        (width.unsigned_abs(), height.unsigned_abs())
    }

    /// Notes the density, which Tesseract would guess otherwise.
    pub(super) fn set_density(&self, dots_per_inch: u32) {
        let dots = c_int::try_from(dots_per_inch).unwrap_or(300);
        // SAFETY: the picture is alive.
        unsafe { capi::pixSetResolution(self.0.as_ptr(), dots, dots) };
    }

    /// The handle, for a call during which the picture is borrowed.
    pub(super) fn handle(&self) -> *mut capi::Pix {
        self.0.as_ptr()
    }

    fn owned(pix: *mut capi::Pix) -> Option<Self> {
        NonNull::new(pix).map(Self)
    }
}

impl Drop for Pix {
    fn drop(&mut self) {
        let mut pix = self.0.as_ptr();
        // SAFETY: the handle is owned and not used after this.
        unsafe { capi::pixDestroy(&raw mut pix) }
    }
}
