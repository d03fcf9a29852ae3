//! The child's own side.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::process::{self, ExitCode};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::confine::confine;
use super::line::{self, Input};
use super::message::{Follows, Request, Said, Work, decode, encode, read_frame, write_frame};
use super::{Here, Order, Watch};
use crate::{Content, ReadError, ReadOptions};

/// The argument with which a program is its own reader.
pub const READER_ARGUMENT: &str = "--reader";
/// A child without work for so long ends, so that its memory goes back to the system.
pub(super) const KEPT: Duration = Duration::from_secs(60);

/// Reads for the process at the other end of standard input and output, until there is nothing more to do. What a program
/// does when it is started with [`READER_ARGUMENT`]; before anything else, because of the threads.
pub fn serve() -> ExitCode {
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
    let mut input = line::standard_input()?;
    let Some(options) = read_frame(&mut input)? else { return Ok(()) };
    let options: ReadOptions = decode(&options)?;
    // Before any other thread is there: each thread hands its limits on to those it starts.
    confine(&options).map_err(io::Error::other)?;
    let here = Here::new(options);
    let (sender, requests) = channel();
    thread::spawn(move || {
        loop {
            match next(&mut input) {
                Ok(Some(asked)) => {
                    if sender.send(asked).is_err() {
                        return;
                    }
                }
                // Nobody waits for what is being done. The work may hang; this thread does not.
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
        let Request { name, wishes, work, threads, .. } = request;
        let order = Order { name: &name, content: file.content(), wishes: &wishes };
        let progress = |progress| {
            let said = encode(&Said::<()>::Progress(progress));
            if said.and_then(|said| write_frame(&mut *output.borrow_mut(), &said)).is_err() {
                process::exit(0);
            }
        };
        let watch = Watch { progress: &progress, stopped: &|| false };
        let said = match work {
            Work::Read => done(here.read(order, watch, threads)),
            Work::PageImage { page, width_px, turned } => done(here.page_image(order, page, width_px, turned)),
            Work::Codes { kinds, turned } => done(here.codes(order, kinds, &turned)),
            Work::SearchablePdf { pages } => done(here.searchable_pdf(order, &pages)),
            Work::Arrange { sources, parts } => done(here.arrange(order, &sources, &parts)),
        }?;
        write_frame(&mut *output.borrow_mut(), &said)?;
        // What was needed for one file is not kept for the next; the engines are.
        here.release_idle(KEPT);
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
    let Some(request) = read_frame(input)? else { return Ok(None) };
    let request: Request = decode(&request)?;
    let file = match request.follows {
        Follows::Bytes => Given::Bytes(read_frame(input)?.ok_or(ErrorKind::UnexpectedEof)?),
        Follows::File => Given::File(line::take_over(input)?),
    };
    Ok(Some((request, file)))
}

fn done<T: Serialize>(result: Result<T, ReadError>) -> io::Result<Vec<u8>> {
    encode(&Said::Done(result))
}

/// Standard output for the messages alone: whatever a library prints goes to standard error from here on.
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
