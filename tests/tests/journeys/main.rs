//! The procedure over HTTP on a deployed stack, each story from the draft to its end. What it refuses is
//! told in process, in `functions/approval/tests/in_process/procedure`; so are the stories that need
//! another day than today.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod correction;
mod counter;
mod deferral;
mod duplicate;
mod instant;
mod page;
mod quantities;
mod refusal;
mod reuse;
mod reviewed;
mod rows;
mod vehicles;
