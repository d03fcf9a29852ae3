//! The export or import that runs.

use crate::runtime::transfers::TransferView;
use crate::{App, Failure};

/// How far it is; none if none runs.
pub fn status(app: &App, _: ()) -> Result<Option<TransferView>, Failure> {
    Ok(app.transfer())
}

/// Call it off, as long as it can be.
pub fn cancel(app: &App, _: ()) -> Result<(), Failure> {
    app.cancel_transfer();
    Ok(())
}
