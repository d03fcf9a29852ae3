//! The export or import that runs.

use crate::runtime::moving::state::MoveView;
use crate::{App, Failure};

/// How far it is; none if none runs.
pub fn status(app: &App, _: ()) -> Result<Option<MoveView>, Failure> {
    Ok(app.moves.view())
}

/// Call it off, as long as it can be.
pub fn cancel(app: &App, _: ()) -> Result<(), Failure> {
    app.moves.cancel();
    Ok(())
}
