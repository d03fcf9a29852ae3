//! The channel by which a child gets work: bytes and, on Unix, open files. A file is passed as a descriptor
//! (`SCM_RIGHTS`, unix(7)), not copied; so the child can read it although it may open none.

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
    /// The end of the program.
    pub(crate) type ToChild = UnixStream;
    /// The end of the child.
    pub(crate) type Input = UnixStream;

    /// A new channel: the end of the program, and what becomes the standard input of the child.
    pub(crate) fn open() -> io::Result<(ToChild, Stdio)> {
        let (ours, theirs) = UnixStream::pair()?;
        Ok((ours, OwnedFd::from(theirs).into()))
    }

    /// The end of the child. It bypasses the buffer of the standard input, which would lose the files that are passed.
    pub(crate) fn standard_input() -> io::Result<Input> {
        Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
    }

    pub(crate) fn hand_over(to_child: &ToChild, file: &File) -> io::Result<()> {
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut with = SendAncillaryBuffer::new(&mut space);
        let files = [file.as_fd()];
        with.push(SendAncillaryMessage::ScmRights(&files));
        // Descriptors need at least one byte of data with them.
        sendmsg(to_child, &[IoSlice::new(&[0])], &mut with, SendFlags::empty())?;
        Ok(())
    }

    pub(crate) fn take_over(from_program: &Input) -> io::Result<File> {
        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut with = RecvAncillaryBuffer::new(&mut space);
        recvmsg(from_program, &mut [IoSliceMut::new(&mut [0])], &mut with, RecvFlags::empty())?;
        let mut files = with.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut files) => files.next(),
            _ => None,
        });
        files.next().map(File::from).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// On other systems it is a pipe.
#[cfg(not(unix))]
mod kind {
    use std::fs::File;
    use std::io::{self, ErrorKind, PipeWriter, Stdin};
    use std::process::Stdio;

    pub(crate) const HANDS_FILES_OVER: bool = false;
    pub(crate) type ToChild = PipeWriter;
    pub(crate) type Input = Stdin;

    pub(crate) fn open() -> io::Result<(ToChild, Stdio)> {
        let (theirs, ours) = io::pipe()?;
        Ok((ours, theirs.into()))
    }

    pub(crate) fn standard_input() -> io::Result<Input> {
        Ok(io::stdin())
    }

    pub(crate) fn hand_over(_: &ToChild, _: &File) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    pub(crate) fn take_over(_: &Input) -> io::Result<File> {
        Err(ErrorKind::Unsupported.into())
    }
}

pub(crate) use kind::HANDS_FILES_OVER;
pub(super) use kind::{Input, ToChild, hand_over, open, standard_input, take_over};
