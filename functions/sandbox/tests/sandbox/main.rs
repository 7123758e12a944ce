//! The stand-ins as they are deployed, on a stage of their own on the local AWS.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod clock;
mod events;
mod keys;
mod login;
mod persons;
mod register;
mod scanner;
mod seed;
mod tokens;
mod vehicles;
mod world;
