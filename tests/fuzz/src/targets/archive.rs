use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::Target;
use crate::seeds::fixtures;

/// ZIP archives: names of members, sizes that lie, archives in archives.
pub(crate) const TARGET: Target = Target {
    name: "archive",
    seeds,
    words: &["PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "../../etc/"],
    short: 300,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["Brief.txt", "Ordner/Ü.txt", "a\\b.txt", "leer/"] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(b"Guten Tag, ".repeat(20).as_slice()).expect("written");
    }
    let made = zip.finish().expect("an archive").into_inner();
    [vec![made], fixtures("hostile", &["zip"], 60_000)].concat()
}

fn run(bytes: &[u8]) {
    super::read_as(bytes, "application/zip");
}
