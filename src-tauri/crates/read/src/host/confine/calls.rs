//! System calls, limited by seccomp. [`ALLOWED`] is what reading needs. Any other call fails with an error; one of
//! [`NEVER`], which only an attack would make, ends the child at once.

use std::collections::BTreeMap;

use libc::c_long;
use seccompiler::SeccompCmpArgLen::{Dword, Qword};
use seccompiler::SeccompCmpOp::{Eq, MaskedEq, Ne};
use seccompiler::{BackendError, BpfProgram, SeccompAction, SeccompCondition, SeccompFilter, SeccompRule};

/// Calls that pass whatever their arguments are.
const ALLOWED: &[c_long] = &[
    // Memory.
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_madvise,
    libc::SYS_membarrier,
    // Files that are open, and what folders hold; opening has a condition.
    libc::SYS_close,
    libc::SYS_dup,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_fstat,
    libc::SYS_fstatfs,
    libc::SYS_getcwd,
    libc::SYS_getdents64,
    libc::SYS_lseek,
    libc::SYS_newfstatat,
    libc::SYS_pread64,
    libc::SYS_preadv,
    libc::SYS_read,
    libc::SYS_readlinkat,
    libc::SYS_readv,
    libc::SYS_statfs,
    libc::SYS_statx,
    libc::SYS_write,
    libc::SYS_writev,
    // What the program asks, and files that it hands over.
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    // Threads and their signals; starting one has a condition.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_futex,
    libc::SYS_get_robust_list,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_ppoll,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
    // Refused in another way, see `older_clone`.
    libc::SYS_clone3,
    // Time and chance.
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_gettimeofday,
    libc::SYS_nanosleep,
    // What libraries ask about the computer.
    libc::SYS_getcpu,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getrusage,
    libc::SYS_getuid,
    libc::SYS_sysinfo,
    libc::SYS_uname,
];

/// Older forms of the same, which this kind of processor still has.
#[cfg(target_arch = "x86_64")]
const ALLOWED_OLDER: &[c_long] = &[
    libc::SYS_access,
    libc::SYS_getrlimit,
    libc::SYS_lstat,
    libc::SYS_poll,
    libc::SYS_readlink,
    libc::SYS_stat,
    libc::SYS_time,
];
#[cfg(not(target_arch = "x86_64"))]
const ALLOWED_OLDER: &[c_long] = &[];

/// Calls that only an attacker would make: other processes, the keys of the kernel, BPF programs, io_uring, tracing,
/// namespaces, and starting programs.
pub(super) const NEVER: &[c_long] = &[
    libc::SYS_add_key,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_delete_module,
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_finit_module,
    libc::SYS_init_module,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_io_uring_setup,
    libc::SYS_kcmp,
    libc::SYS_kexec_load,
    libc::SYS_keyctl,
    libc::SYS_kill,
    libc::SYS_mount,
    libc::SYS_open_by_handle_at,
    libc::SYS_perf_event_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_pivot_root,
    libc::SYS_process_madvise,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_request_key,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_setns,
    libc::SYS_tkill,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
];

/// What of [`NEVER`] every program does that starts others and ends them.
const OF_PROGRAMS: &[c_long] = &[
    libc::SYS_execve,
    libc::SYS_execveat,
    libc::SYS_kill,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_tkill,
];

/// `PR_SET_VMA` (Linux 5.17): names given to memory.
const PR_SET_VMA: u64 = 0x5356_4d41;

/// Confines this thread and all that it starts.
pub(super) fn confine() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let pass = || SeccompAction::Allow;
    for (rules, otherwise, matching) in [
        (older_clone(), pass(), SeccompAction::Errno(libc::ENOSYS as u32)),
        (any(NEVER), pass(), SeccompAction::KillProcess),
        // The last, for it allows no more filters.
        (allowed()?, SeccompAction::Errno(libc::EPERM as u32), pass()),
    ] {
        let filter = SeccompFilter::new(rules, otherwise, matching, std::env::consts::ARCH.try_into()?)?;
        seccompiler::apply_filter(&BpfProgram::try_from(filter)?)?;
    }
    Ok(())
}

/// Confines this thread and LibreOffice, which it becomes: no network, no connection to a socket of another program, and
/// nothing that only an attack would do. The kinds of attack are refused and not punished: a program may try.
pub(super) fn confine_libre_office() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let refused: Vec<c_long> = NEVER.iter().copied().filter(|call| !OF_PROGRAMS.contains(call)).collect();
    let mut refused = any(&refused);
    refused.insert(libc::SYS_connect, Vec::new());
    let not_local = SeccompCondition::new(0, Dword, Ne, libc::AF_UNIX as u64)?;
    refused.insert(libc::SYS_socket, vec![SeccompRule::new(vec![not_local])?]);
    // It does not start without a socket by which a second start would find the first. It is told that it has one.
    let skipped = any(&[libc::SYS_bind, libc::SYS_listen]);
    for (rules, error) in [(refused, libc::EPERM), (skipped, 0)] {
        let answer = SeccompAction::Errno(error as u32);
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, answer, std::env::consts::ARCH.try_into()?)?;
        seccompiler::apply_filter(&BpfProgram::try_from(filter)?)?;
    }
    Ok(())
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// `clone3` has its flags in memory, where no filter can see them. If it fails as unknown, libraries use `clone`
/// instead.
fn older_clone() -> Rules {
    any(&[libc::SYS_clone3])
}

fn any(calls: &[c_long]) -> Rules {
    calls.iter().map(|call| (*call, Vec::new())).collect()
}

fn allowed() -> Result<Rules, BackendError> {
    let mut rules = any(ALLOWED);
    rules.extend(any(ALLOWED_OLDER));
    let condition = SeccompCondition::new;
    let mut when = |call: c_long, conditions: Vec<Result<SeccompCondition, BackendError>>| {
        let rule = SeccompRule::new(conditions.into_iter().collect::<Result<_, _>>()?)?;
        rules.entry(call).or_default().push(rule);
        Ok::<_, BackendError>(())
    };
    // For reading alone: neither made, emptied nor written to.
    let writes = (libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC) as u64;
    when(libc::SYS_openat, vec![condition(2, Dword, MaskedEq(writes), 0)])?;
    #[cfg(target_arch = "x86_64")]
    when(libc::SYS_open, vec![condition(1, Dword, MaskedEq(writes), 0)])?;
    // Threads, no processes.
    let thread = libc::CLONE_THREAD as u64;
    when(libc::SYS_clone, vec![condition(0, Qword, MaskedEq(thread), thread)])?;
    // Its own end, by `abort`.
    when(libc::SYS_tgkill, vec![condition(0, Dword, Eq, std::process::id().into())])?;
    // Its own limits are asked for, not set.
    when(libc::SYS_prlimit64, vec![condition(0, Dword, Eq, 0), condition(2, Qword, Eq, 0)])?;
    for wanted in [libc::PR_SET_NAME as u64, PR_SET_VMA] {
        when(libc::SYS_prctl, vec![condition(0, Dword, Eq, wanted)])?;
    }
    let of_files = [libc::F_DUPFD, libc::F_DUPFD_CLOEXEC, libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_SETFL];
    for wanted in of_files {
        when(libc::SYS_fcntl, vec![condition(1, Dword, Eq, wanted as u64)])?;
    }
    // Asked by libraries: whether it is a terminal, how much can be read, and that it is closed on exec.
    for wanted in [libc::TCGETS, libc::FIONREAD, libc::FIOCLEX] {
        when(libc::SYS_ioctl, vec![condition(1, Dword, Eq, wanted)])?;
    }
    Ok(rules)
}
