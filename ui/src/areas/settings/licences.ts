// The larger works of others in the program, with their licences (SPDX).

export const LICENCES: readonly (readonly [string, string])[] = [
  ['PDFium', 'BSD-3-Clause AND Apache-2.0'],
  ['Tesseract', 'Apache-2.0'],
  ['Leptonica', 'BSD-2-Clause'],
  ['PP-OCR', 'Apache-2.0'],
  ['rten', 'MIT OR Apache-2.0'],
  ['ZXing-C++', 'Apache-2.0'],
  ['SQLite', 'blessing'],
  ['SQLCipher', 'BSD-3-Clause'],
  ['Tauri', 'MIT OR Apache-2.0'],
  ['WebKitGTK', 'LGPL-2.1-or-later AND BSD-2-Clause'],
  ['Svelte', 'MIT'],
  ['Bits UI', 'MIT'],
  ['Tailwind CSS', 'MIT'],
  ['Paraglide', 'MIT'],
  ['Lucide', 'ISC'],
  ['markdown-it', 'MIT'],
  ['Inter', 'OFL-1.1'],
];
