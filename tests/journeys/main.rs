//! Whole-app tests: real PDFium, real Tesseract, real SQLite, through the same commands as the interface.

mod arrows;
