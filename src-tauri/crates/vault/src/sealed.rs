//! Sealed files: the age format (X25519, ChaCha20-Poly1305 in pieces of 64 KiB). A flipped or missing byte is refused.

use std::fs::File;
use std::io::{self, Read, Write};
use std::iter;

use age::stream::StreamWriter;
use age::{Decryptor, Encryptor};

use crate::Keys;

/// What every sealed file begins with (the age format, version 1).
pub const SEALED: &[u8; 22] = b"age-encryption.org/v1\n";

/// Bytes written to it are sealed into a file.
pub struct SealedWriter<W: Write>(StreamWriter<W>);

impl<W: Write> SealedWriter<W> {
    /// Writes the end, without which the file would be refused.
    ///
    /// # Errors
    /// What the file says.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()
    }
}

impl<W: Write> Write for SealedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Keys {
    /// Seals what is written into `to`. Call [`SealedWriter::finish`] at the end.
    ///
    /// # Errors
    /// What `to` says.
    pub fn seal<W: Write>(&self, to: W) -> io::Result<SealedWriter<W>> {
        let sealed = Encryptor::with_recipients(iter::once(&self.recipient as _)).map_err(io::Error::other)?;
        sealed.wrap_output(to).map(SealedWriter)
    }

    /// Opens a sealed file.
    ///
    /// # Errors
    /// What the file says; [`io::ErrorKind::InvalidData`] if it is not sealed with these keys. While it is read: also if it was
    /// changed.
    pub fn open<R: Read>(&self, from: R) -> io::Result<impl Read> {
        let opened = Decryptor::new(from).and_then(|it| it.decrypt(iter::once(&self.identity as _)));
        opened.map_err(|error| match error {
            age::DecryptError::Io(error) => error,
            other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
        })
    }

    /// The same for bytes in memory.
    ///
    /// # Errors
    /// Those of [`seal`](Self::seal).
    pub fn sealed(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut writer = self.seal(Vec::new())?;
        writer.write_all(bytes)?;
        writer.finish()
    }

    /// The bytes that were sealed.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn opened(&self, sealed: &[u8]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(sealed)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens a sealed file into a file in memory, which has no name and which nobody can change. It may be handed to a child.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    #[cfg(target_os = "linux")]
    pub fn open_in_memory(&self, from: &File) -> io::Result<File> {
        use std::io::Seek as _;

        use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

        let memory = memfd_create("letter", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?;
        let mut memory = File::from(memory);
        io::copy(&mut self.open(io::BufReader::new(from))?, &mut memory)?;
        fcntl_add_seals(&memory, SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL)?;
        memory.rewind()?;
        Ok(memory)
    }

    /// Other systems have no files in memory: there, no profile can be encrypted yet.
    ///
    /// # Errors
    /// [`io::ErrorKind::Unsupported`], always.
    #[cfg(not(target_os = "linux"))]
    pub fn open_in_memory(&self, _: &File) -> io::Result<File> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DataKey;

    #[test]
    fn what_was_sealed_comes_back_and_what_was_changed_does_not() {
        let keys = Keys::of(&DataKey::random().unwrap()).unwrap();
        let other = Keys::of(&DataKey::random().unwrap()).unwrap();
        for length in [0, 1, 65_536, 200_000] {
            let letter: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let sealed = keys.sealed(&letter).unwrap();
            assert!(sealed.starts_with(SEALED));
            assert_eq!(keys.opened(&sealed).unwrap(), letter);
            other.opened(&sealed).unwrap_err();
            for at in (0..sealed.len()).step_by(sealed.len() / 40 + 1) {
                let mut changed = sealed.clone();
                changed[at] ^= 1;
                assert!(keys.opened(&changed).is_err(), "{at} of {length}");
            }
            keys.opened(&sealed[..sealed.len() - 1]).unwrap_err();
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_letter_in_memory_can_be_read_and_not_be_changed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::of(&DataKey::random().unwrap()).unwrap();
        std::fs::write(folder.path().join("a"), keys.sealed(b"a letter").unwrap()).unwrap();
        let mut memory = keys.open_in_memory(&File::open(folder.path().join("a")).unwrap()).unwrap();
        assert_eq!(io::read_to_string(&memory).unwrap(), "a letter");
        memory.write_all(b"more").unwrap_err();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
