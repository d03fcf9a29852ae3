//! What a child may not do, whatever the file makes of its libraries: reach a network, start a program, write a file, or
//! read one that is not a library, a font or a model.

use crate::ReadOptions;

/// Confines this thread and all that it starts.
#[cfg(target_os = "linux")]
pub(super) fn confine(options: &ReadOptions) -> Result<(), String> {
    files(options).map_err(|e| format!("files could not be closed off: {e}"))?;
    calls().map_err(|e| format!("the network could not be closed off: {e}"))
}

/// Elsewhere the child is a process of its own and no more.
#[cfg(not(target_os = "linux"))]
pub(super) fn confine(_: &ReadOptions) -> Result<(), String> {
    Ok(())
}

/// Files by Landlock (Linux 5.13). On an older system there is no such thing, and files stay open.
#[cfg(target_os = "linux")]
fn files(options: &ReadOptions) -> Result<(), landlock::RulesetError> {
    use landlock::{
        ABI, Access as _, AccessFs, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, path_beneath_rules,
    };
    let abi = ABI::V3;
    Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .create()?
        .add_rules(path_beneath_rules(options.folders(), AccessFs::from_read(abi)))?
        .restrict_self()?;
    Ok(())
}

/// System calls by seccomp: they fail as if forbidden.
#[cfg(target_os = "linux")]
fn calls() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    use seccompiler::{SeccompAction, SeccompFilter};
    let forbidden = [libc::SYS_socket, libc::SYS_connect, libc::SYS_execve, libc::SYS_execveat, libc::SYS_ptrace];
    let filter = SeccompFilter::new(
        // No conditions: whatever the arguments are.
        forbidden.into_iter().map(|call| (call, Vec::new())).collect(),
        SeccompAction::Allow,
        SeccompAction::Errno(libc::EPERM as u32),
        std::env::consts::ARCH.try_into()?,
    )?;
    let program: seccompiler::BpfProgram = filter.try_into()?;
    Ok(seccompiler::apply_filter(&program)?)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs::File;
    use std::io::ErrorKind;
    use std::net::TcpStream;
    use std::path::Path;
    use std::process::Command;
    use std::thread;

    use super::*;

    #[test]
    fn a_confined_thread_reaches_libraries_but_no_letters_no_network_and_no_programs() {
        let options = ReadOptions::new(Path::new("/usr/lib/libpdfium.so").to_path_buf());
        let letter = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        thread::spawn(move || {
            confine(&options).expect("this system confines");
            let refused = |error: std::io::Error| error.kind() == ErrorKind::PermissionDenied;
            assert!(TcpStream::connect("127.0.0.1:9").is_err_and(refused), "no network");
            assert!(Command::new("/bin/true").status().is_err_and(refused), "no programs");
            assert!(File::create("/usr/lib/written").is_err_and(refused), "nothing is written");
            assert!(File::open("/usr/bin/env").is_ok(), "libraries are read");
            assert!(File::open(letter).is_err_and(refused), "other files are not read");
        })
        .join()
        .expect("confined");
    }
}
