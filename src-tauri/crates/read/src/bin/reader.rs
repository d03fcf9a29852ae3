//! The child alone, as any program of this project is one when started with `--reader`: for the tests of this room, which
//! has no program of its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    read::serve()
}
