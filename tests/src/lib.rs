//! Stories of the platform, told over HTTP: a client for its API, the papers of a hotel that does not
//! exist, and the main job from the catalogue to the decision.
//!
//! The same story is a test and, told aloud, the program `journey`.

#![allow(
    clippy::indexing_slicing,
    reason = "only JSON is indexed, which answers null for what it has not"
)]

pub mod api;
pub mod call;
pub mod chain;
pub mod failure;
pub mod filing;
pub mod main_job;
pub mod narrator;
pub mod papers;
pub mod procedure;
pub mod shapes;
pub mod table;
pub mod waiting;

pub use api::{Api, Caller};
pub use call::{Answer, Call};
pub use failure::Failure;
pub use narrator::{Narrator, Silent};
pub use procedure::Procedure;
