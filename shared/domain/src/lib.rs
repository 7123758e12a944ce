//! The rules of the platform, and nothing else: no input or output, no AWS, no HTTP, no reading of
//! the clock. Time, identifiers and randomness come in as values, so that every rule can be tested
//! to the second.

pub mod calendar;
pub mod identifiers;
pub mod item;
pub mod media;
pub mod unit;
