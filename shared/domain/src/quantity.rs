//! Running quantities: how much of a substance a permit or filing allows, and how much others took of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::application::{Application, Event, Recorded};
use crate::identifiers::Uscc;
use crate::ids::ApplicationNo;

/// The substances an application is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantities {
    /// The grams of each.
    pub grams: BTreeMap<String, u64>,
    /// What they are taken of, where they are taken of something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn_from: Option<Source>,
}

/// What quantities are taken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Who holds it.
    pub holder: Uscc,
    /// The number of the grant or filing; none where all of its kind that the holder has is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<ApplicationNo>,
}

/// What a case takes of a source, or gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing<'a> {
    /// Of what.
    pub source: &'a Source,
    /// The grams by substance, below zero where they are given back.
    pub grams: BTreeMap<&'a str, i64>,
}

/// The grams in `kilograms`, a part of one counted as one.
pub fn grams(kilograms: f64) -> u64 {
    // What a number of a form cannot hold exactly is no part of a gram.
    let grams = (kilograms * 1000.0 - 1e-6).ceil();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "forms allow a million tonnes at the most, and nothing below zero"
    )]
    let grams = grams.max(0.0) as u64;
    grams
}

/// The kilograms in `grams`.
pub fn kilograms(grams: u64) -> f64 {
    #[allow(
        clippy::cast_precision_loss,
        reason = "exact up to nine million million tonnes"
    )]
    let grams = grams as f64;
    grams / 1000.0
}

impl<'a> Drawing<'a> {
    /// What `events`, which led to `after`, take. What was granted counts as taken even where the grant
    /// ended later: it may have been used. Only what was undone from the beginning (撤销) is given back.
    pub fn of(after: &'a Application, events: &[Recorded]) -> Option<Self> {
        let quantities = after.quantities.as_ref()?;
        let source = quantities.drawn_from.as_ref()?;
        let sign = events.iter().find_map(|recorded| match recorded.event {
            Event::Granted { .. } => Some(1),
            Event::Revoked { .. } => Some(-1),
            _ => None,
        })?;
        let grams = quantities.grams.iter().map(|(substance, grams)| {
            let grams = i64::try_from(*grams).unwrap_or(i64::MAX);
            (substance.as_str(), sign * grams)
        });
        Some(Self {
            source,
            grams: grams.collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_gram_is_a_gram_and_a_tenth_of_a_kilogram_is_exact() {
        let told = [
            (0.1, 100),
            (60.3, 60_300),
            (0.0004, 1),
            (1.0, 1000),
            (0.0, 0),
        ];
        for (kilograms, expected) in told {
            assert_eq!(grams(kilograms), expected, "{kilograms}");
        }
        assert!((kilograms(60_300) - 60.3).abs() < f64::EPSILON);
    }
}
