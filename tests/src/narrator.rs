//! Who listens to a story.

use std::time::Duration;

use domain::words::Words;

use crate::call::{Answer, Call};

/// Hears what happens in a story, while it happens.
pub trait Narrator: Send + Sync {
    /// A new step begins.
    fn step(&self, title: Words);
    /// `call` was answered.
    fn exchanged(&self, call: &Call, answer: &Answer);
    /// Something had to be asked for several times until it came about.
    fn waited(&self, what: &str, tries: usize, took: Duration);
    /// Something worth noticing.
    fn fact(&self, fact: Words);
}

/// Listens without a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Narrator for Silent {
    fn step(&self, _: Words) {}
    fn exchanged(&self, _: &Call, _: &Answer) {}
    fn waited(&self, _: &str, _: usize, _: Duration) {}
    fn fact(&self, _: Words) {}
}
