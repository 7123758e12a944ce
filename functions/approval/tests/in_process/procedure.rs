//! The procedure, refused where it has to be: every command out of place, out of time, or by the wrong
//! person. What it does when everything is right is told over HTTP, in `tests/tests/journeys`.

mod afterwards;
mod calendar;
mod decision;
mod hearing;
mod intake;
mod notices;
mod pauses;
mod people;
mod repeats;
mod rows;
mod stages;
pub(crate) mod story;
mod undertaking;
