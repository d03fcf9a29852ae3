use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Rows of a list that are shown together.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// In the order of the list.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct PageQuery {
    /// At most so many; 50 if left out.
    pub limit: Option<u32>,
    /// Skip so many.
    pub offset: Option<u32>,
}

/// Used where the caller names no limit.
const USUAL_LIMIT: u32 = 50;

impl PageQuery {
    /// The limit and the offset.
    pub(crate) fn bounds(self) -> (u32, u32) {
        (self.limit.unwrap_or(USUAL_LIMIT), self.offset.unwrap_or(0))
    }

    /// The page of a list that is there as a whole.
    pub(crate) fn of<T>(self, rows: impl ExactSizeIterator<Item = T>) -> Page<T> {
        let (limit, offset) = self.bounds();
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        Page { items: rows.skip(offset as usize).take(limit as usize).collect(), total }
    }
}
