//! What a child takes its work from: bytes and, on Unix, open files. A file is handed over as it is, not copied
//! (`SCM_RIGHTS`, unix(7)); so the child can read it although it may open none.

#[cfg(unix)]
mod kind {
    use std::fs::File;
    use std::io::{self, IoSlice, IoSliceMut};
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd as _, OwnedFd};
    use std::os::unix::net::UnixStream;
    use std::process::Stdio;

    use rustix::cmsg_space;
    use rustix::net::{
        RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags,
        recvmsg, sendmsg,
    };

    /// Whether an open file can be handed over.
    pub(crate) const HANDS_FILES_OVER: bool = true;
    /// The program's end.
    pub(crate) type Line = UnixStream;
    /// The child's end.
    pub(crate) type Input = UnixStream;

    /// A new line: the program's end, and what becomes a child's standard input.
    pub(crate) fn open() -> io::Result<(Line, Stdio)> {
        let (ours, theirs) = UnixStream::pair()?;
        Ok((ours, OwnedFd::from(theirs).into()))
    }

    /// The child's end. Past the buffer of the standard input, which would swallow files that are handed over.
    pub(crate) fn standard_input() -> io::Result<Input> {
        Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
    }

    pub(crate) fn hand_over(line: &Line, file: &File) -> io::Result<()> {
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut with = SendAncillaryBuffer::new(&mut space);
        let files = [file.as_fd()];
        with.push(SendAncillaryMessage::ScmRights(&files));
        // A byte has to go with it.
        sendmsg(line, &[IoSlice::new(&[0])], &mut with, SendFlags::empty())?;
        Ok(())
    }

    pub(crate) fn take_over(line: &Input) -> io::Result<File> {
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut with = RecvAncillaryBuffer::new(&mut space);
        recvmsg(line, &mut [IoSliceMut::new(&mut [0])], &mut with, RecvFlags::empty())?;
        let mut files = with.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut files) => files.next(),
            _ => None,
        });
        files.next().map(File::from).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// Elsewhere a line is a pipe.
#[cfg(not(unix))]
mod kind {
    use std::fs::File;
    use std::io::{self, ErrorKind, PipeWriter, Stdin};
    use std::process::Stdio;

    pub(crate) const HANDS_FILES_OVER: bool = false;
    pub(crate) type Line = PipeWriter;
    pub(crate) type Input = Stdin;

    pub(crate) fn open() -> io::Result<(Line, Stdio)> {
        let (theirs, ours) = io::pipe()?;
        Ok((ours, theirs.into()))
    }

    pub(crate) fn standard_input() -> io::Result<Input> {
        Ok(io::stdin())
    }

    pub(crate) fn hand_over(_: &Line, _: &File) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(crate) fn take_over(_: &Input) -> io::Result<File> {
        Err(ErrorKind::Unsupported.into())
    }
}

pub(crate) use kind::HANDS_FILES_OVER;
pub(super) use kind::{Input, Line, hand_over, open, standard_input, take_over};
