//! The side of the child: takes work from the program and sends results.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::process::{self, ExitCode};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::confine::confine;
use super::libre_office::{OFFICE_ARGUMENT, become_libre_office};
use super::message::{Follows, MOST_TOLD, Request, Said, Work, decode, encode, read_frame, write_frame};
use super::socket::{self, Input};
use super::{FileRequest, InProcess, Watch};
use crate::{Content, ReadError, ReadOptions};

/// The argument that starts a program as a reading child.
pub const READER_ARGUMENT: &str = "--reader";
/// A child without work for so long ends, so that its memory goes back to the system.
pub(super) const KEPT: Duration = Duration::from_secs(60);

/// Works for the process at the other end of standard input and output, until there is nothing more to do. A program
/// that is started with [`READER_ARGUMENT`] calls this before anything else, because it must run before other threads
/// exist.
pub fn serve() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).skip_while(|argument| argument == READER_ARGUMENT);
    if arguments.next().is_some_and(|argument| argument == OFFICE_ARGUMENT) {
        let error = become_libre_office(arguments);
        tracing::error!(%error, "LibreOffice could not be started");
        return ExitCode::FAILURE;
    }
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the reader ended early");
            ExitCode::FAILURE
        }
    }
}

fn work() -> io::Result<()> {
    let output = RefCell::new(take_output()?);
    let mut input = socket::standard_input()?;
    let Some(options) = read_frame(&mut input, || MOST_TOLD)? else { return Ok(()) };
    let options: ReadOptions = decode(&options)?;
    // Before any other thread is there: each thread hands its limits on to those it starts.
    confine(&options).map_err(io::Error::other)?;
    let host = InProcess::new(options);
    let (sender, requests) = channel();
    #[expect(
        clippy::disallowed_methods,
        reason = "in a child: when this ends, the child does, and its parent is told"
    )]
    thread::spawn(move || {
        loop {
            match next(&mut input) {
                Ok(Some(asked)) => {
                    if sender.send(asked).is_err() {
                        return;
                    }
                }
                // The program has ended, so nobody waits for the result. The work may hang; this thread does not.
                Ok(None) => process::exit(0),
                Err(error) => {
                    tracing::error!(%error, "the reader does not understand what it is to do");
                    process::exit(1);
                }
            }
        }
    });
    loop {
        let (request, file) = match requests.recv_timeout(KEPT) {
            Ok(request) => request,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(()),
        };
        let Request { name, settings, work, threads, .. } = request;
        let request = FileRequest { name: &name, content: file.content(), settings: &settings };
        let progress = |progress| {
            let said = encode(&Said::<()>::Progress(progress));
            if said.and_then(|said| write_frame(&mut *output.borrow_mut(), &said)).is_err() {
                process::exit(0);
            }
        };
        let watch = Watch { progress: &progress, stopped: &|| false };
        let said = match work {
            Work::Read => done(host.read(request, watch, threads)),
            Work::ReadAgain { pages } => done(host.read_again(request, &pages, watch, threads)),
            Work::PageImage { page, width_px, turned } => done(host.page_image(request, page, width_px, turned)),
            Work::Codes { kinds, turned } => done(host.codes(request, kinds, &turned)),
            Work::SearchablePdf { pages } => done(host.searchable_pdf(request, &pages)),
            Work::Arrange { sources, parts } => done(host.arrange(request, &sources, &parts)),
        }?;
        write_frame(&mut *output.borrow_mut(), &said)?;
        // What was needed for one file is not kept for the next; the engines are.
        host.release_idle(KEPT);
    }
}

/// A file as it comes to a child.
enum Given {
    Bytes(Vec<u8>),
    File(File),
}

impl Given {
    fn content(&self) -> Content<'_> {
        match self {
            Self::Bytes(bytes) => Content::Bytes(bytes),
            Self::File(file) => Content::File(file),
        }
    }
}

/// The next piece of work and its file; `None` where the program has ended.
fn next(input: &mut Input) -> io::Result<Option<(Request, Given)>> {
    let Some(request) = read_frame(input, || MOST_TOLD)? else { return Ok(None) };
    let request: Request = decode(&request)?;
    let file = match request.follows {
        Follows::Bytes => Given::Bytes(read_frame(input, || MOST_TOLD)?.ok_or(ErrorKind::UnexpectedEof)?),
        Follows::File => Given::File(socket::take_over(input)?),
    };
    Ok(Some((request, file)))
}

fn done<T: Serialize>(result: Result<T, ReadError>) -> io::Result<Vec<u8>> {
    encode(&Said::Done(result))
}

/// Reserves standard output for messages: whatever a library prints goes to standard error from here on.
#[cfg(unix)]
fn take_output() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stdout(io::stderr())?;
    Ok(output.into())
}

#[cfg(not(unix))]
fn take_output() -> io::Result<io::Stdout> {
    Ok(io::stdout())
}
