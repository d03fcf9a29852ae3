//! Works on several pages at a time in bounded memory: one thread fetches pages, others work on them.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many fetched pages are buffered: with one, no worker has to wait.
const WAITING: usize = 1;

/// Fetches each of `pages` on a thread of its own (PDFium takes one caller at a time) while `threads` others work on what
/// was fetched. No more than `threads` + 2 fetched pages exist at any time. `done` gets each page as it is finished, in any
/// order, on the calling thread; it may break off, then no further page is begun.
pub(crate) fn prefetch<F: Send, R: Send>(
    pages: &[u32],
    threads: usize,
    fetch: &(dyn Fn(u32) -> F + Sync),
    work: &(dyn Fn(F) -> R + Sync),
    done: &mut dyn FnMut(u32, R) -> ControlFlow<()>,
) {
    let stop = AtomicBool::new(false);
    let (fetched, waiting) = sync_channel(WAITING);
    let (finished, results) = channel();
    let waiting = Mutex::new(waiting);
    thread::scope(|scope| {
        let (stop, waiting) = (&stop, &waiting);
        scope.spawn(move || {
            for &page in pages {
                // The other end is gone when every worker is.
                if stop.load(Ordering::Relaxed) || fetched.send((page, fetch(page))).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads.clamp(1, pages.len().max(1)) {
            let finished = finished.clone();
            scope.spawn(move || {
                loop {
                    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((page, fetched)) = next else { return };
                    if !stop.load(Ordering::Relaxed) && finished.send((page, work(fetched))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(finished);
        for (page, result) in results {
            if done(page, result).is_break() {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn every_page_is_done_once_and_few_are_held_at_a_time() {
        let (held, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let pages: Vec<u32> = (0..100).collect();
        let fetch = |page| {
            most.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            page
        };
        let work = |page| {
            held.fetch_sub(1, Ordering::SeqCst);
            page * 2
        };
        let mut done = Vec::new();
        prefetch(&pages, 3, &fetch, &work, &mut |page, result| {
            assert_eq!(result, page * 2);
            done.push(page);
            ControlFlow::Continue(())
        });
        done.sort_unstable();
        assert_eq!(done, pages);
        assert!(most.into_inner() <= 5, "threads + 2");
    }

    #[test]
    fn breaking_off_begins_no_further_page() {
        let begun = AtomicUsize::new(0);
        let pages: Vec<u32> = (0..1000).collect();
        let work = |page: u32| {
            begun.fetch_add(1, Ordering::SeqCst);
            page
        };
        prefetch(&pages, 2, &|page| page, &work, &mut |_, _| ControlFlow::Break(()));
        assert!(begun.into_inner() < 1000);
    }
}
