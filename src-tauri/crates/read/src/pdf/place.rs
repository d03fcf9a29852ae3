//! Converts coordinates of a PDF to positions on the page as it is shown.

use domain::Rect;
use pdfium_render::prelude::{PdfPage, PdfPoints, PdfRect, PdfRenderConfig};

use super::said;

/// Pixels of the imagined bitmap by which places are found; large, because PDFium answers in whole pixels.
const GRID: i32 = 1_000_000;

/// Where a point of the PDF's own coordinates is on the page as shown: an affine map, which holds the page's rotation
/// and crop box.
pub(super) struct Place {
    origin: (f32, f32),
    along_x: (f32, f32),
    along_y: (f32, f32),
    /// Size of the page as shown, in points.
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Place {
    pub(super) fn of(page: &PdfPage<'_>) -> Result<Self, String> {
        const STEP: f32 = 500.0;
        let config = PdfRenderConfig::new().set_fixed_size(GRID, GRID);
        let point = |x, y| {
            let pixels = page.points_to_pixels(PdfPoints::new(x), PdfPoints::new(y), &config).map_err(|e| said(&e))?;
            Ok::<_, String>((pixels.0 as f32 / GRID as f32, pixels.1 as f32 / GRID as f32))
        };
        let (origin, x, y) = (point(0.0, 0.0)?, point(STEP, 0.0)?, point(0.0, STEP)?);
        let step = |to: (f32, f32)| ((to.0 - origin.0) / STEP, (to.1 - origin.1) / STEP);
        Ok(Self { origin, along_x: step(x), along_y: step(y), width: page.width().value, height: page.height().value })
    }

    /// The point of the PDF's own coordinates at these fractions of the page as shown.
    pub(super) fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let (dx, dy) = (x - self.origin.0, y - self.origin.1);
        let ((a, b), (c, d)) = (self.along_x, self.along_y);
        let determinant = a * d - b * c;
        ((dx * d - dy * c) / determinant, (dy * a - dx * b) / determinant)
    }

    /// A box of the PDF's own coordinates in fractions of the page as shown.
    pub(super) fn rect(&self, bounds: &PdfRect) -> Rect {
        let point = |x: f32, y: f32| {
            let at = |o: f32, a: f32, b: f32| o + a * x + b * y;
            (at(self.origin.0, self.along_x.0, self.along_y.0), at(self.origin.1, self.along_x.1, self.along_y.1))
        };
        let a = point(bounds.left().value, bounds.bottom().value);
        let b = point(bounds.right().value, bounds.top().value);
        Rect { x: a.0.min(b.0), y: a.1.min(b.1), w: (a.0 - b.0).abs(), h: (a.1 - b.1).abs() }
    }
}
