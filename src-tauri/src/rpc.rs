//! `rpc`: the one way from the window to the program.

use std::sync::Arc;

use app::{CommandResponse, Failure};
use domain::FailureCode;
use serde_json::Value;
use tauri::State;

use crate::Running;

/// Runs a command of the list, off the main thread.
#[tauri::command]
pub(crate) async fn rpc(
    running: State<'_, Running>,
    name: String,
    input: Option<Value>,
) -> Result<CommandResponse, Failure> {
    let app = Arc::clone(&running.app);
    tauri::async_runtime::spawn_blocking(move || app.respond(&name, input.unwrap_or(Value::Null)))
        .await
        .map_err(|error| Failure::new(FailureCode::Internal, format!("The command broke off: {error}.")))?
}
