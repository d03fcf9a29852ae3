//! Traits for what the program needs from outside, with the real implementation behind each: clock, ids, secrets, channels.
//!
//! May import nothing of this crate. [`Parts`](crate::Parts) holds them all.

pub(crate) mod channels;
pub(crate) mod clock;
pub(crate) mod secrets;
