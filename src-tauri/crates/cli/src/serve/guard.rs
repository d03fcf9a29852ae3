//! Access control of the server, and headers that limit what a browser may do with the answers.
//!
//! To a browser, another port of this computer is another origin but the same site. So neither the address nor a
//! cookie tells the interface from a page of another local server. Therefore the token is sent as a header, which no
//! other page can set, and the headers that the browser itself sends about the origin of a request (`Origin`, RFC
//! 6454; `Sec-Fetch-Site`, Fetch Metadata) must name this server. The `Host` header must name this computer and our port,
//! so that no foreign name can be made to point here (DNS rebinding).
//!
//! The token is a key like those of other programs (`app/src/runtime/keys.rs`): each says what it may be used for.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::{Admitted, Failure};
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::FailureCode;

use super::{Refused, Server, blocking};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The Content-Security-Policy: pages load only from this server, cannot be framed, and send nothing elsewhere.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self'; \
                      object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'";

/// Sent with every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // The address of the first visit holds the token.
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// So many wrong keys a minute are answered with their mistake; more are told to wait.
const WRONG_A_MINUTE: usize = 10;
const A_MINUTE: Duration = Duration::from_secs(60);

/// When wrong keys came, within the last minute. A good key is always let in: 256 random bits cannot be guessed, and a
/// script with an old key must not shut the person out.
#[derive(Default)]
pub(super) struct WrongKeys(Mutex<VecDeque<Instant>>);

impl WrongKeys {
    /// Notes one; `true` if there were too many.
    fn note(&self, now: Instant) -> bool {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while times.front().is_some_and(|first| now.saturating_duration_since(*first) >= A_MINUTE) {
            times.pop_front();
        }
        if times.len() >= WRONG_A_MINUTE {
            return true;
        }
        times.push_back(now);
        false
    }
}

/// Refuses requests for another host or port, and those without a path, and adds [`HEADERS`] to every answer.
pub(super) async fn only_this_computer(State(port): State<u16>, request: Request, next: Next) -> Response {
    let named = host(request.headers()).to_ascii_lowercase();
    let ours = ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| named == format!("{name}:{port}"));
    let mut response = if !ours {
        (StatusCode::FORBIDDEN, "Only for this computer.").into_response()
    } else if !request.uri().path().starts_with('/') {
        // `GET page HTTP/1.1` names a host and no file: the folder of the interface would be at a loss.
        (StatusCode::BAD_REQUEST, "A path begins with a slash.").into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Allows requests from pages of this server, and from programs that are no browser.
pub(super) async fn only_from_here(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let same_site = text(headers, &FETCH_SITE).is_none_or(|site| site == "same-origin");
    let same_origin = text(headers, &header::ORIGIN).is_none_or(|origin| origin == format!("http://{}", host(headers)));
    if same_site && same_origin {
        next.run(request).await
    } else {
        forbidden("Pages of other servers cannot ask this one.")
    }
}

/// Requires a good key, and JSON as the type of a body: a page of another origin cannot send JSON without asking first
/// (CORS preflight). What is asked finds the key as [`Admitted`].
pub(super) async fn only_with_key(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    let admitted = match admit(&server, request.headers()).await {
        Ok(admitted) => admitted,
        Err(refused) => return *refused,
    };
    if request.method() == Method::POST {
        let wanted = if request.uri().path() == "/upload" { "application/octet-stream" } else { "application/json" };
        let given = text(request.headers(), &header::CONTENT_TYPE).unwrap_or_default();
        if given.split(';').next().is_none_or(|kind| !kind.trim().eq_ignore_ascii_case(wanted)) {
            let failure = Failure::new(FailureCode::BadInput, format!("The content type must be {wanted}."));
            return (StatusCode::UNSUPPORTED_MEDIA_TYPE, Json(failure)).into_response();
        }
    }
    request.extensions_mut().insert(admitted);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The interface gets a ticket for pictures.
    if admitted.for_person
        && let Ok(cookie) = server.tickets.cookie(Instant::now()).parse()
    {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// Checks the ticket of a request for a picture: the browser fetches pictures without headers of the page. The page
/// that shows them must be of this server, and the key of the interface must still be good.
pub(super) async fn only_with_ticket(State(server): State<Server>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let shown_here = text(headers, &FETCH_SITE).is_some_and(|site| site == "same-origin");
    let cookies = text(headers, &header::COOKIE).unwrap_or_default();
    if shown_here && server.tickets.admit(cookies, Instant::now()) {
        let (app, interface) = (server.app, server.interface);
        return match blocking(move || app.is_still_good(interface)).await {
            Ok(true) => next.run(request).await,
            Ok(false) => unknown_key(),
            Err(refused) => refused.into_response(),
        };
    }
    match admit(&server, headers).await {
        Ok(_) => next.run(request).await,
        Err(refused) => *refused,
    }
}

/// The key of a request; else the answer that refuses it.
async fn admit(server: &Server, headers: &HeaderMap) -> Result<Admitted, Box<Response>> {
    let given =
        text(headers, &header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
    let Some(given) = given else { return Err(Box::new(unknown_key())) };
    let app = server.app.clone();
    match blocking(move || app.admit(&given)).await {
        Ok(Some(admitted)) => Ok(admitted),
        Ok(None) if server.wrong_keys.note(Instant::now()) => Err(Box::new(too_many())),
        Ok(None) => Err(Box::new(unknown_key())),
        Err(refused) => Err(Box::new(Refused::into_response(refused))),
    }
}

fn unknown_key() -> Response {
    let message =
        "Please open the address that was printed when the server started, or send a key that is still valid.";
    let failure = Failure::new(FailureCode::Forbidden, message);
    let wanted = [(header::WWW_AUTHENTICATE, "Bearer")];
    (StatusCode::UNAUTHORIZED, wanted, Json(failure)).into_response()
}

fn too_many() -> Response {
    let failure = Failure::new(FailureCode::Forbidden, "Too many wrong keys. Please wait a minute.");
    let wait = [(header::RETRY_AFTER, "60")];
    (StatusCode::TOO_MANY_REQUESTS, wait, Json(failure)).into_response()
}

/// Compares in constant time.
pub(super) fn same(given: &str, secret: &str) -> bool {
    given.len() == secret.len() && given.bytes().zip(secret.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn host(headers: &HeaderMap) -> &str {
    text(headers, &header::HOST).unwrap_or_default()
}

/// A header, if it is text.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

fn forbidden(message: &str) -> Response {
    (StatusCode::FORBIDDEN, Json(Failure::new(FailureCode::Forbidden, message))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_keys_a_minute_are_heard_and_no_more() {
        let (wrong, now) = (WrongKeys::default(), Instant::now());
        let noted: Vec<bool> = (0..12).map(|_| wrong.note(now)).collect();
        assert_eq!(noted.iter().filter(|too_many| **too_many).count(), 2);
        assert!(!wrong.note(now + A_MINUTE), "a minute later");
    }
}
