//! The legal clock: held to vectors that were worked out elsewhere, and to what must hold of any case.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod checks;
mod properties;
mod vectors;
