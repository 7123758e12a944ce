//! Devices of units and keys of programs, in process, on a stage of their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod api_keys;
mod devices;
mod station;
