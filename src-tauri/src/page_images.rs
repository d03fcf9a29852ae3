//! Page pictures by id: `page://localhost/<document>/<number>?w=<pixels>`. No file is ever opened in the web view.

use std::sync::Arc;

use app::{Failure, Picture};
use domain::{DocumentId, FailureCode};
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager as _, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::Running;

/// The width if the address names none.
const USUAL_WIDTH: u32 = 1000;
const TEXT: &str = "text/plain; charset=utf-8";
/// The web view keeps nothing of it.
const NOT_KEPT: &str = "no-store";

/// Answers on another thread: drawing must not block the window.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let Some(running) = context.app_handle().try_state::<Running>() else {
        return responder.respond(answer(StatusCode::FORBIDDEN, TEXT, b"locked".to_vec(), NOT_KEPT));
    };
    let app = Arc::clone(&running.app);
    tauri::async_runtime::spawn_blocking(move || {
        let drawn = parse(request.uri().path(), request.uri().query())
            .ok_or_else(|| Failure::new(FailureCode::BadInput, "The address of a page is /document/number?w=pixels."))
            .and_then(|(document, number, width)| app.page_image(document, number, width));
        // No key protects a cache of the web view.
        let kept = if app.is_encrypted() { NOT_KEPT } else { "private, max-age=3600" };
        responder.respond(match drawn {
            Ok(Picture { mime, bytes }) => answer(StatusCode::OK, &mime, bytes, kept),
            Err(failure) => answer(StatusCode::NOT_FOUND, TEXT, failure.message.into_bytes(), kept),
        });
    });
}

fn parse(path: &str, query: Option<&str>) -> Option<(DocumentId, u32, u32)> {
    let (document, number) = path.strip_prefix('/')?.split_once('/')?;
    // The rest of the address is ignored: it only makes addresses differ after pages were arranged.
    let width = query.and_then(|query| query.split('&').next()?.strip_prefix("w="));
    let width = width.map_or(Some(USUAL_WIDTH), |w| w.parse().ok())?;
    Some((document.parse().ok()?, number.parse().ok()?, width))
}

fn answer(status: StatusCode, mime: &str, bytes: Vec<u8>, kept: &'static str) -> Response<Vec<u8>> {
    let mut response = Response::new(bytes);
    *response.status_mut() = status;
    // Only a MIME type of ours or of the reader comes here; one that is no header value is left out.
    if let Ok(mime) = mime.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, mime);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static(kept));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_document_page_and_width() {
        let id = "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000";
        assert_eq!(parse(&format!("/{id}/2"), Some("w=640")), Some((id.parse().unwrap(), 2, 640)));
        assert_eq!(parse(&format!("/{id}/2"), Some("w=640&of=abcd")), parse(&format!("/{id}/2"), Some("w=640")));
        assert_eq!(parse(&format!("/{id}/1"), None).map(|(_, _, width)| width), Some(USUAL_WIDTH));
        for wrong in ["/x/1", "/../../etc/passwd", "/", ""] {
            assert_eq!(parse(wrong, None), None, "{wrong}");
        }
    }
}
