//! The reading child as a program of its own, for the tests of this crate. The other programs of the project become
//! one when they are started with `--reader`.

use std::process::ExitCode;

fn main() -> ExitCode {
    read::serve()
}
