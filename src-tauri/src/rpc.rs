//! `rpc`: the one way from the window to the program.

use std::sync::Arc;

use app::{CommandResponse, Failure};
use domain::FailureCode;
use serde_json::Value;
use tauri::{AppHandle, Manager as _};

use crate::Running;

/// Runs a command of the list, off the main thread.
#[tauri::command]
pub(crate) async fn rpc(handle: AppHandle, name: String, input: Option<Value>) -> Result<CommandResponse, Failure> {
    let Some(running) = handle.try_state::<Running>() else {
        return Err(Failure::new(FailureCode::Locked, "The data is locked. Please open it with the password."));
    };
    let app = Arc::clone(&running.app);
    tauri::async_runtime::spawn_blocking(move || app.respond(&name, input.unwrap_or(Value::Null)))
        .await
        .map_err(|error| Failure::new(FailureCode::Internal, format!("The command broke off: {error}.")))?
}
