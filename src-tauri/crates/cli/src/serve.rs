//! `serve`: the same commands over HTTP on this computer only, so that the interface runs in a browser.
//!
//! Off unless started by hand, bound to the loopback address, and closed without the token printed at start: the first
//! visit brings it in the address and gets a cookie that no other site can send. The `Host` header must name this
//! computer, so that no foreign name can be pointed here.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::{App, Duties, Engine, Failure, Picture};
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{Arrival, Clock as _, DocumentId, SourceId};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt as _};
use tower_http::services::ServeDir;

use crate::print;
use crate::watch::until_ended;

const COOKIE: &str = "workmate";
/// As large as a file may be.
const UPLOAD_LIMIT: usize = 200_000_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Port on the loopback address; any free one if left out.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Folder of the built interface.
    #[arg(long, value_name = "DIR")]
    ui: Option<PathBuf>,
    /// Only answer; leave inbox folder, jobs and reminders to others.
    #[arg(long)]
    no_engine: bool,
}

#[derive(Clone)]
struct Server {
    app: Arc<App>,
    token: Arc<str>,
    events: broadcast::Sender<String>,
}

pub(crate) fn run(app: &Arc<App>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let _engine = if arguments.no_engine {
        None
    } else {
        match Engine::start(app, "serve", Duties::ALL) {
            Ok(engine) => Some(engine),
            Err(failure) if failure.code == "engine_held" => None,
            Err(failure) => return Err(failure.into()),
        }
    };
    let _changes = if _engine.is_none() { app.follow()? } else { None };
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(serve(app, arguments))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(app: &Arc<App>, arguments: &Arguments) -> anyhow::Result<()> {
    let ui = arguments
        .ui
        .clone()
        .or_else(built_interface)
        .context("the built interface was not found: name its folder with --ui")?;
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).context("the system gives no random numbers for the token")?;
    let token: Arc<str> = secret.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into();
    let (events, _) = broadcast::channel(256);
    let sender = events.clone();
    app.subscribe(move |event| match serde_json::to_string(event) {
        // An error only says that nobody listens.
        Ok(text) => drop(sender.send(text)),
        Err(error) => tracing::error!(%error, "an event could not be written"),
    });
    let server = Server { app: Arc::clone(app), token: Arc::clone(&token), events };
    let router = Router::new()
        .route("/rpc/{name}", post(rpc))
        .route("/events", get(events_stream))
        .route("/page/{document}/{number}", get(page))
        .route("/upload", post(upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .fallback_service(ServeDir::new(ui))
        .layer(middleware::from_fn_with_state(server.clone(), guard))
        .with_state(server);
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)))
        .await
        .with_context(|| format!("port {} cannot be used", arguments.port))?;
    print(format_args!("http://{}/?token={token}", listener.local_addr()?))?;
    // At the end open event streams are cut: the browser asks again when the server is back.
    tokio::select! {
        served = axum::serve(listener, router) => served?,
        ended = until_ended() => ended?,
    }
    Ok(())
}

fn built_interface() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("../lib/workmate/ui")));
    let source = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/dist"));
    beside.into_iter().chain([source]).find(|folder| folder.join("index.html").is_file())
}

/// Lets nobody in without the token.
async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost") {
        return (StatusCode::FORBIDDEN, "Only for this computer.").into_response();
    }
    if let Some(token) = request.uri().query().and_then(|query| query.strip_prefix("token=")) {
        return if same(token, &server.token) {
            let cookie = format!("{COOKIE}={}; HttpOnly; SameSite=Strict; Path=/", server.token);
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, "/".to_owned())]).into_response()
        } else {
            (StatusCode::FORBIDDEN, "The token is not right.").into_response()
        };
    }
    match given_token(headers) {
        Some(token) if same(token, &server.token) => next.run(request).await,
        Some(_) | None => (StatusCode::FORBIDDEN, "Please open the address that was printed at start.").into_response(),
    }
}

fn given_token(headers: &HeaderMap) -> Option<&str> {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let cookie =
        || text(header::COOKIE)?.split(';').find_map(|part| part.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer ")).or_else(cookie)
}

/// Compares in a time that does not tell how much was right.
fn same(given: &str, token: &str) -> bool {
    given.len() == token.len() && given.bytes().zip(token.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Refused> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(Refused),
        Err(error) => Err(Refused(Failure::new("internal", format!("The command broke off: {error}.")))),
    }
}

struct Refused(Failure);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0.code.as_str() {
            "not_found" | "unknown_command" => StatusCode::NOT_FOUND,
            "bad_input" => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        (status, Json(self.0)).into_response()
    }
}

async fn rpc(State(server): State<Server>, Path(name): Path<String>, body: Bytes) -> Result<Json<Value>, Refused> {
    blocking(move || {
        let input = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body)
                .map_err(|error| Failure::new("bad_input", format!("The input is not JSON: {error}.")))?
        };
        server.app.dispatch(&name, input)
    })
    .await
    .map(Json)
}

async fn events_stream(State(server): State<Server>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stream = BroadcastStream::new(server.events.subscribe()).map(|event| {
        // One who was too slow has missed something: then everything may have changed.
        let text = event.unwrap_or_else(|_| EVERYTHING_CHANGED.to_owned());
        Ok(Event::default().data(text))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

const EVERYTHING_CHANGED: &str = r#"{"event":"changed","documents":[],"tasks":[],"reminders":true,"jobs":true,"problems":true,"settings":true,"all":true}"#;

#[derive(Deserialize)]
struct Size {
    w: Option<u32>,
}

async fn page(
    State(server): State<Server>,
    Path((document, number)): Path<(DocumentId, u32)>,
    Query(size): Query<Size>,
) -> Result<Response, Refused> {
    let Picture { mime, bytes } =
        blocking(move || server.app.page_image(document, number, size.w.unwrap_or(1000))).await?;
    Ok(([(header::CONTENT_TYPE, mime), (header::CACHE_CONTROL, "private, max-age=3600".to_owned())], Body::from(bytes))
        .into_response())
}

#[derive(Deserialize)]
struct Upload {
    name: String,
}

async fn upload(
    State(server): State<Server>,
    Query(upload): Query<Upload>,
    bytes: Bytes,
) -> Result<Json<Value>, Refused> {
    blocking(move || {
        let arrival = Arrival {
            source: SourceId::Drop,
            name: upload.name,
            path: None,
            modified: None,
            bytes: bytes.to_vec(),
            at: app::SystemClock.now(),
        };
        serde_json::to_value(server.app.import_bytes(arrival)?)
            .map_err(|error| Failure::new("internal", format!("The answer could not be written: {error}.")))
    })
    .await
    .map(Json)
}
