//! `serve`: the same commands over HTTP on this computer only, so that the interface runs in a browser.
//!
//! It is off unless started by hand, listens on the loopback address only, and needs a key: the token that is printed at
//! start, or one that a person has made for another program (see `guard`).
//!
//! - `guard`: access control, and the headers of answers
//! - `tickets`: access to page pictures, which a browser fetches without the token

mod guard;
mod tickets;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use app::{Admitted, App, AppEvent, Changed, CommandResponse, EngineOptions, Failure, Imported, Picture, Supervisor};
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::{Arrival, Clock as _, DocumentId, FailureClass, FailureCode, KeyId, MOST_FILE_BYTES, Scope, SourceId};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt as _};
use tower_http::services::ServeDir;

use self::guard::WrongKeys;
use self::tickets::Tickets;
use crate::output::{print, print_data, tell};
use crate::text::say;
use crate::watch::until_ended;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Port on the loopback address; any free one if left out.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Folder of the built interface.
    #[arg(long, value_name = "DIR")]
    ui: Option<PathBuf>,
    /// Only serve the interface: leave inbox folder, jobs and reminders to other processes.
    #[arg(long)]
    no_engine: bool,
}

#[derive(Clone)]
struct Server {
    app: Arc<App>,
    /// The key of the interface.
    interface: KeyId,
    tickets: Arc<Tickets>,
    wrong_keys: Arc<WrongKeys>,
    events: broadcast::Sender<AppEvent>,
}

pub(crate) fn run(app: &Arc<App>, arguments: &Arguments, as_json: bool) -> anyhow::Result<ExitCode> {
    let (mut _supervisor, mut _follow) = (None, None);
    if arguments.no_engine {
        _follow = app.follow();
    } else {
        let mut supervisor = Supervisor::start(app, "serve", EngineOptions::ALL)?;
        supervisor.lock_when_left()?;
        _supervisor = Some(supervisor);
    }
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?
        .block_on(serve(app, arguments, as_json))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(app: &Arc<App>, arguments: &Arguments, as_json: bool) -> anyhow::Result<()> {
    let ui = arguments.ui.clone().or_else(built_interface).context(say(
        "Die gebaute Oberfläche fehlt: ihren Ordner mit --ui nennen.",
        "The built interface was not found: name its folder with --ui.",
    ))?;
    let (events, _) = broadcast::channel(256);
    let sender = events.clone();
    // An error only means that nobody listens.
    app.subscribe(move |event| drop(sender.send(event.clone())));
    // Who locks ends the server: only a program that is started again asks for the password.
    let locked = Arc::new(tokio::sync::Notify::new());
    let tell_locked = Arc::clone(&locked);
    app.subscribe(move |event| {
        if *event == AppEvent::Lock {
            tell_locked.notify_one();
        }
    });
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)))
        .await
        .with_context(|| {
            let port = arguments.port;
            say(format!("Port {port} lässt sich nicht benutzen"), format!("port {port} cannot be used"))
        })?;
    let address = listener.local_addr()?;
    let tickets = Arc::new(Tickets::new(address.port())?);
    let (interface, token) = app.key_for_interface()?;
    let server = Server { app: Arc::clone(app), interface, tickets, wrong_keys: Arc::default(), events };
    let pictures = Router::new()
        .route("/page/{document}/{number}", get(page))
        .route_layer(middleware::from_fn_with_state(server.clone(), guard::only_with_ticket));
    let router = Router::new()
        .route("/rpc/{name}", post(rpc))
        .route("/events", get(events_stream))
        // Renews the ticket for pictures, as every answer does.
        .route("/ticket", get(async || StatusCode::NO_CONTENT))
        .route("/upload", post(upload).layer(DefaultBodyLimit::max(MOST_FILE_BYTES as usize)))
        .route_layer(middleware::from_fn_with_state(server.clone(), guard::only_with_key))
        .merge(pictures)
        .route_layer(middleware::from_fn(guard::only_from_here))
        // The files of the interface hold nothing of the profile.
        .fallback_service(ServeDir::new(ui))
        .layer(middleware::from_fn_with_state(address.port(), guard::only_this_computer))
        .with_state(server);
    let url = format!("http://{address}/?token={token}");
    if as_json {
        print_data(&serde_json::json!({"url": url}))?
    } else {
        print(url)?
    }
    // At the end, open event streams are closed: the browser connects again when the server is back.
    let served = tokio::select! {
        served = axum::serve(listener, router) => served.map_err(anyhow::Error::from),
        ended = until_ended() => ended.map_err(anyhow::Error::from),
        () = locked.notified() => {
            tell(say("Gesperrt. Zum Weiterarbeiten neu starten.", "Locked. Start it again to go on."));
            Ok(())
        }
    };
    app.end_key(interface)?;
    served
}

fn built_interface() -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("../lib/workmate/ui")));
    let source = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/dist"));
    beside.into_iter().chain([source]).find(|folder| folder.join("index.html").is_file())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Refused> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(Refused),
        Err(error) => Err(Refused(Failure::new(FailureCode::Internal, format!("The command broke off: {error}.")))),
    }
}

struct Refused(Failure);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = match self.0.code.class() {
            FailureClass::NotFound => StatusCode::NOT_FOUND,
            FailureClass::BadInput => StatusCode::UNPROCESSABLE_ENTITY,
            FailureClass::Forbidden => StatusCode::FORBIDDEN,
            FailureClass::Busy
            | FailureClass::Stopped
            | FailureClass::LeaseLost
            | FailureClass::Crashed
            | FailureClass::OwnDisk
            | FailureClass::Failed => StatusCode::CONFLICT,
        };
        (status, Json(self.0)).into_response()
    }
}

async fn rpc(
    State(server): State<Server>,
    Extension(with): Extension<Admitted>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Json<CommandResponse>, Refused> {
    blocking(move || {
        let input = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body)
                .map_err(|error| Failure::new(FailureCode::BadInput, format!("The input is not JSON: {error}.")))?
        };
        server.app.respond_to(&with, &name, input)
    })
    .await
    .map(Json)
}

/// What changes, as long as the key is good: who revokes it ends the stream.
async fn events_stream(
    State(server): State<Server>,
    Extension(with): Extension<Admitted>,
) -> Sse<impl Stream<Item = Result<Event, axum::Error>>> {
    let app = Arc::clone(&server.app);
    let still_good = move || match app.is_still_good(with.key) {
        Ok(good) => good,
        Err(error) => {
            tracing::error!(%error, "whether a key is still good could not be read: its events end");
            false
        }
    };
    let stream = BroadcastStream::new(server.events.subscribe()).take_while(move |_| still_good()).map(|event| {
        // A reader that was too slow has missed events: it is told that everything may have changed.
        let everything = |_| AppEvent::Changed(Changed { all: true, ..Changed::default() });
        Event::default().json_data(event.unwrap_or_else(everything))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

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
    Extension(with): Extension<Admitted>,
    Query(upload): Query<Upload>,
    bytes: Bytes,
) -> Result<Json<Imported>, Refused> {
    blocking(move || {
        let arrival = Arrival {
            source: SourceId::Drop,
            name: upload.name,
            path: None,
            modified: None,
            content: Vec::from(bytes).into(),
            at: app::SystemClock.now(),
        };
        server.app.acting(&with, Scope::Write, || server.app.import_bytes(arrival))
    })
    .await
    .map(Json)
}
