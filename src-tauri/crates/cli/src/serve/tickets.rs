//! Tickets for page pictures: cookies that are valid for `/page` alone, open no command, and expire soon.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use app::random_digits;

use super::guard::same;

/// How long a ticket is issued; it is accepted for as long again.
const HANDED_OUT: Duration = Duration::from_secs(15 * 60);

/// The valid tickets.
pub(super) struct Tickets {
    /// The name of the cookie. Cookies do not know ports: another server of this program on this computer uses another
    /// name.
    cookie: String,
    good: Mutex<Good>,
}

struct Good {
    current: String,
    since: Instant,
    before: Option<String>,
}

impl Tickets {
    /// Tickets for the server on this port.
    ///
    /// # Errors
    /// If the system gives no random numbers.
    pub(super) fn new(port: u16) -> anyhow::Result<Self> {
        let good = Good { current: random_digits()?, since: Instant::now(), before: None };
        Ok(Self { cookie: format!("workmate-pages-{port}"), good: Mutex::new(good) })
    }

    /// The cookie with the present ticket (RFC 6265).
    pub(super) fn cookie(&self, now: Instant) -> String {
        let ticket = self.good(now).current.clone();
        let seconds = 2 * HANDED_OUT.as_secs();
        format!("{}={ticket}; Path=/page; Max-Age={seconds}; HttpOnly; SameSite=Strict", self.cookie)
    }

    /// Whether these cookies hold a valid ticket.
    pub(super) fn admit(&self, cookies: &str, now: Instant) -> bool {
        let given = |part: &'_ str| part.trim().strip_prefix(&self.cookie)?.strip_prefix('=').map(str::to_owned);
        let Some(given) = cookies.split(';').find_map(given) else { return false };
        let good = self.good(now);
        same(&given, &good.current) || good.before.as_ref().is_some_and(|before| same(&given, before))
    }

    /// The valid tickets at this moment: the present one and the one before.
    fn good(&self, now: Instant) -> MutexGuard<'_, Good> {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        let age = now.saturating_duration_since(good.since);
        if age >= HANDED_OUT {
            match random_digits() {
                Ok(next) => {
                    let last = std::mem::replace(&mut good.current, next);
                    good.before = (age < 2 * HANDED_OUT).then_some(last);
                    good.since = now;
                }
                Err(error) => tracing::error!(%error, "the ticket for pictures stays as it is"),
            }
        }
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(tickets: &Tickets, now: Instant) -> String {
        tickets.cookie(now).split(';').next().unwrap().to_owned()
    }

    #[test]
    fn a_ticket_is_for_pages_alone_and_ends() {
        let tickets = Tickets::new(8123).unwrap();
        let now = Instant::now();
        let first = ticket(&tickets, now);
        assert!(first.starts_with("workmate-pages-8123="), "{first}");
        let cookie = tickets.cookie(now);
        assert!(cookie.contains("Path=/page;") && cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
        assert!(tickets.admit(&format!("other=1; {first}"), now));
        for wrong in ["workmate-pages-8123=0", "workmate-pages-8123=", "workmate=0", ""] {
            assert!(!tickets.admit(wrong, now), "{wrong}");
        }

        let later = now + HANDED_OUT;
        let second = ticket(&tickets, later);
        assert_ne!(first, second, "another one is handed out");
        assert!(tickets.admit(&first, later) && tickets.admit(&second, later), "what is shown goes on");
        let later = later + HANDED_OUT;
        assert!(!tickets.admit(&first, later), "the first one has ended");
        assert!(tickets.admit(&second, later));
        assert!(!tickets.admit(&second, later + 2 * HANDED_OUT), "after a long rest none is good");
    }
}
