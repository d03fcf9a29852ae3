//! Documents come in from an export of paperless-ngx, 2.x and 3.x: a folder or a ZIP, with one manifest or with one for each
//! document (`--split-manifest`).
//!
//! First [`preview`] says what becomes of what; then [`import`] takes it in. What paperless-ngx knows was said by a person:
//! titles, days, senders, tags, notes. The letters are read like all others, but only what still has a day to come is asked
//! about: the rest was filed there already.

pub(crate) mod import;
pub(crate) mod manifest;
pub(crate) mod mapping;
pub(crate) mod preview;
pub(crate) mod source;
