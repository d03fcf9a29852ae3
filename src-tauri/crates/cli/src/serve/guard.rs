//! Access control of the server, and headers that limit what a browser may do with the answers.
//!
//! To a browser, another port of this computer is another origin but the same site. So neither the address nor a
//! cookie tells the interface from a page of another local server. Therefore the token is sent as a header, which no
//! other page can set, and the headers that the browser itself sends about the origin of a request (`Origin`, RFC
//! 6454; `Sec-Fetch-Site`, Fetch Metadata) must name this server. The `Host` header must name this computer, so that
//! no foreign name can be made to point here (DNS rebinding).

use std::time::Instant;

use app::Failure;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::FailureCode;

use super::Server;

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

/// Refuses requests for another host name, and adds [`HEADERS`] to every answer.
pub(super) async fn only_this_computer(request: Request, next: Next) -> Response {
    let name = host(request.headers()).rsplit_once(':').map_or(host(request.headers()), |(name, _)| name);
    let mut response = if matches!(name, "127.0.0.1" | "localhost") {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "Only for this computer.").into_response()
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

/// Requires the token, and JSON as the type of a body: a page of another origin cannot send JSON without asking first
/// (CORS preflight).
pub(super) async fn only_with_token(State(server): State<Server>, request: Request, next: Next) -> Response {
    if !has_token(request.headers(), &server.token) {
        return forbidden("Please open the address that was printed when the server started.");
    }
    if request.method() == Method::POST {
        let wanted = if request.uri().path() == "/upload" { "application/octet-stream" } else { "application/json" };
        let given = text(request.headers(), &header::CONTENT_TYPE).unwrap_or_default();
        if given.split(';').next().is_none_or(|kind| !kind.trim().eq_ignore_ascii_case(wanted)) {
            let failure = Failure::new(FailureCode::BadInput, format!("The content type must be {wanted}."));
            return (StatusCode::UNSUPPORTED_MEDIA_TYPE, Json(failure)).into_response();
        }
    }
    let mut response = next.run(request).await;
    // Whoever has the token gets a ticket for pictures.
    if let Ok(cookie) = server.tickets.cookie(Instant::now()).parse() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Checks the ticket of a request for a picture: the browser fetches pictures without headers of the page. The page
/// that shows them must be of this server.
pub(super) async fn only_with_ticket(State(server): State<Server>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let shown_here = text(headers, &FETCH_SITE).is_some_and(|site| site == "same-origin");
    let cookies = text(headers, &header::COOKIE).unwrap_or_default();
    if has_token(headers, &server.token) || (shown_here && server.tickets.admit(cookies, Instant::now())) {
        next.run(request).await
    } else {
        forbidden("Please open the address that was printed when the server started.")
    }
}

fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let given = text(headers, &header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    given.is_some_and(|given| same(given, token))
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
