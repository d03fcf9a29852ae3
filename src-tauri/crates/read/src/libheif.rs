//! libheif, loaded when the first HEIC picture comes: it brings five more libraries, which no other file needs, and a system
//! without it still starts the program. The functions used are those of its version 1.3 and all later ones.
#![expect(unsafe_code, reason = "libheif's C interface")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

use image::RgbImage;
use libloading::Library;

use crate::picture::{PictureError, check_pixels};

const NAME: &str = "libheif.so.1";
/// `heif_colorspace_RGB`.
const RGB: c_int = 1;
/// `heif_chroma_interleaved_RGB`, and the channel of such pictures, `heif_channel_interleaved`.
const INTERLEAVED: c_int = 10;

/// `heif_error`: 0 and 0, or what went wrong, in words that live as long as the library.
#[repr(C)]
struct HeifError {
    code: c_int,
    detail: c_int,
    message: *const c_char,
}

type Context = *mut c_void;
type Handle = *mut c_void;
type Picture = *mut c_void;

/// Declares the functions of the library that are used, and how they are found in it.
macro_rules! functions {
    ($($name:ident: fn($($argument:ty),*) $(-> $result:ty)?;)*) => {
        /// The functions of the library, which is never unloaded.
        struct Functions { $($name: unsafe extern "C" fn($($argument),*) $(-> $result)?,)* }

        impl Functions {
            /// # Safety
            /// The library has to be libheif, whose functions have these types.
            unsafe fn of(library: &'static Library) -> Result<Self, libloading::Error> {
                // SAFETY: as promised by the caller.
                unsafe { Ok(Self { $($name: *library.get(concat!(stringify!($name), "\0").as_bytes())?,)* }) }
            }
        }
    };
}

functions! {
    heif_context_alloc: fn() -> Context;
    heif_context_free: fn(Context);
    heif_context_read_from_memory_without_copy: fn(Context, *const c_void, usize, *const c_void) -> HeifError;
    heif_context_get_primary_image_handle: fn(Context, *mut Handle) -> HeifError;
    heif_image_handle_get_width: fn(Handle) -> c_int;
    heif_image_handle_get_height: fn(Handle) -> c_int;
    heif_image_handle_release: fn(Handle);
    heif_decode_image: fn(Handle, *mut Picture, c_int, c_int, *const c_void) -> HeifError;
    heif_image_get_width: fn(Picture, c_int) -> c_int;
    heif_image_get_height: fn(Picture, c_int) -> c_int;
    heif_image_get_plane_readonly: fn(Picture, c_int, *mut c_int) -> *const u8;
    heif_image_release: fn(Picture);
}

/// Loads the library; the error says why it cannot be.
pub(crate) fn load() -> Result<(), String> {
    functions().map(drop)
}

fn functions() -> Result<&'static Functions, String> {
    static LOADED: OnceLock<Result<Functions, String>> = OnceLock::new();
    let loaded = LOADED.get_or_init(|| {
        // SAFETY: what a library of this name does when it is loaded is the same that any program linked with it would run,
        // and its functions have the types above.
        unsafe {
            let library = Library::new(NAME).map_err(|e| e.to_string())?;
            Functions::of(Box::leak(Box::new(library))).map_err(|e| e.to_string())
        }
    });
    loaded.as_ref().map_err(Clone::clone)
}

/// Decodes the picture that a file shows first, upright, if it has at most so many pixels.
pub(crate) fn decode(bytes: &[u8], pixels: u64) -> Result<RgbImage, PictureError> {
    let heif = functions().map_err(PictureError::Unsupported)?;
    // SAFETY: each function gets what it is documented to take; `bytes` outlive the context, and each thing is released
    // once, after the last use of it and of what was made from it.
    unsafe {
        let context = Owned { thing: (heif.heif_context_alloc)(), release: heif.heif_context_free };
        let file = bytes.as_ptr().cast();
        check(&(heif.heif_context_read_from_memory_without_copy)(context.thing, file, bytes.len(), ptr::null()))?;
        let mut handle = Owned { thing: ptr::null_mut(), release: heif.heif_image_handle_release };
        check(&(heif.heif_context_get_primary_image_handle)(context.thing, &raw mut handle.thing))?;
        let size = [heif.heif_image_handle_get_width, heif.heif_image_handle_get_height].map(|of| of(handle.thing));
        let [width, height] = size.map(|length| u32::try_from(length).unwrap_or(0));
        check_pixels(width, height, pixels)?;
        let mut picture = Owned { thing: ptr::null_mut(), release: heif.heif_image_release };
        check(&(heif.heif_decode_image)(handle.thing, &raw mut picture.thing, RGB, INTERLEAVED, ptr::null()))?;
        let size = [heif.heif_image_get_width, heif.heif_image_get_height].map(|of| of(picture.thing, INTERLEAVED));
        let [width, height] = size.map(|length| u32::try_from(length).unwrap_or(0));
        check_pixels(width, height, pixels)?;
        let mut stride: c_int = 0;
        let plane = (heif.heif_image_get_plane_readonly)(picture.thing, INTERLEAVED, &raw mut stride);
        let line = width as usize * 3;
        let stride = usize::try_from(stride).ok().filter(|stride| *stride >= line && !plane.is_null());
        let stride = stride.ok_or_else(|| PictureError::Damaged("a picture without pixels".to_owned()))?;
        let mut rgb = Vec::with_capacity(line * height as usize);
        for row in 0..height as usize {
            rgb.extend_from_slice(std::slice::from_raw_parts(plane.add(row * stride), line));
        }
        RgbImage::from_raw(width, height, rgb).ok_or_else(|| PictureError::Damaged("too few pixels".to_owned()))
    }
}

/// Something of the library's, released when it is dropped.
struct Owned {
    thing: *mut c_void,
    release: unsafe extern "C" fn(*mut c_void),
}

impl Drop for Owned {
    fn drop(&mut self) {
        if !self.thing.is_null() {
            // SAFETY: it was made by the library, nobody has released it, and `release` is the function for its kind.
            unsafe { (self.release)(self.thing) }
        }
    }
}

/// # Safety
/// The message has to be the library's.
unsafe fn check(error: &HeifError) -> Result<(), PictureError> {
    if error.code == 0 {
        return Ok(());
    }
    // SAFETY: the library's messages end with 0 and live as long as it.
    let message = (!error.message.is_null()).then(|| unsafe { CStr::from_ptr(error.message) });
    let words = message.map_or_else(String::new, |message| message.to_string_lossy().into_owned());
    let detail = format!("{words} ({}.{})", error.code, error.detail);
    // `heif_error_Unsupported_filetype`, `heif_error_Unsupported_feature`.
    Err(if matches!(error.code, 3 | 4) { PictureError::Unsupported(detail) } else { PictureError::Damaged(detail) })
}
