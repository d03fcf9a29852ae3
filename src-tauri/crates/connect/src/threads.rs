//! How this crate starts threads: the caller provides them and watches them.

use std::io;
use std::sync::Arc;

/// Starts and watches threads.
pub trait Threads: Send + Sync {
    /// Runs `work` on a thread of its own until it returns; again if it panics.
    ///
    /// # Errors
    /// If the system gives no more threads.
    fn keep(self: Arc<Self>, name: &str, work: Box<dyn FnMut() + Send>) -> io::Result<()>;
}
