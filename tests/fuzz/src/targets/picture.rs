use crate::Target;
use crate::seeds::fixtures;

/// Pictures (PNG, JPEG, TIFF, WebP): decoded and drawn small, and looked at for codes.
pub(crate) const TARGET: Target = Target {
    name: "picture",
    seeds,
    words: &["IHDR", "IDAT", "PLTE", "RIFF", "WEBPVP8L", "II*\0", "MM\0*"],
    short: 100,
    run,
};

fn seeds() -> Vec<Vec<u8>> {
    // A dot as PNG, GIF's colours left out; the hostile ones are small, too.
    let dot = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";
    let tiff = b"II*\0\x08\0\0\0\x08\0\0\x01\x03\0\x01\0\0\0\x01\0\0\0\x01\x01\x03\0\x01\0\0\0\x01\0\0\0\x02\x01\x03\0\x01\0\0\0\x08\0\0\0\x03\x01\x03\0\x01\0\0\0\x01\0\0\0\x06\x01\x03\0\x01\0\0\0\x01\0\0\0\x11\x01\x04\0\x01\0\0\0z\0\0\0\x16\x01\x03\0\x01\0\0\0\x01\0\0\0\x17\x01\x04\0\x01\0\0\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff";
    let fax = fixtures("formats", &["tif"], 30_000);
    [vec![dot.to_vec(), tiff.to_vec()], fax, fixtures("hostile", &["png", "jpg", "tif"], 20_000)].concat()
}

fn run(bytes: &[u8]) {
    let Ok(mime) = read::sniff(bytes, "input") else { return };
    if mime.starts_with("image/") {
        drop(super::reader().page_image("input", bytes, 1, 16, 0));
        drop(super::reader().codes("input", bytes, read::Kinds::All, &[0]));
    }
}
