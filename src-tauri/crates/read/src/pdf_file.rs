//! Writes small PDFs: text and drawings without pictures.

/// A PDF that is being written (ISO 32000-1, 7.5).
pub(crate) struct PdfFile {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl Default for PdfFile {
    fn default() -> Self {
        Self { bytes: b"%PDF-1.4\n".to_vec(), offsets: Vec::new() }
    }
}

impl PdfFile {
    /// Adds an object; they are numbered from 1.
    pub(crate) fn object(&mut self, body: &[u8]) {
        self.offsets.push(self.bytes.len());
        self.bytes.extend(format!("{} 0 obj", self.offsets.len()).into_bytes());
        self.bytes.extend(body);
        self.bytes.extend(b"endobj\n");
    }

    /// Adds a stream with these entries beside its length.
    pub(crate) fn stream(&mut self, entries: &str, content: &[u8]) {
        let mut body = format!("<<{entries}/Length {}>>stream\n", content.len()).into_bytes();
        body.extend(content);
        body.extend(b"\nendstream");
        self.object(&body);
    }

    /// The file. The first object is its catalogue.
    pub(crate) fn finished(mut self) -> Vec<u8> {
        let (table, size) = (self.bytes.len(), self.offsets.len() + 1);
        let mut end = format!("xref\n0 {size}\n0000000000 65535 f \n");
        end.extend(self.offsets.iter().map(|offset| format!("{offset:010} 00000 n \n")));
        end += &format!("trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        self.bytes.extend(end.into_bytes());
        self.bytes
    }
}
