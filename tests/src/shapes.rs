//! What the answers hold, as a caller who has only read the interface description knows it.

use std::collections::BTreeMap;

use domain::words::Words;
use serde::Deserialize;

/// A page of a list.
#[derive(Clone, Debug, Deserialize)]
pub struct Page<T> {
    /// What it holds.
    pub items: Vec<T>,
    /// Where to go on.
    pub next_cursor: Option<String>,
}

/// An item in the catalogue.
#[derive(Clone, Debug, Deserialize)]
pub struct ItemSummary {
    /// The code.
    pub code: String,
    /// The name.
    pub name: Words,
}

/// An application or draft.
#[derive(Clone, Debug, Deserialize)]
pub struct Application {
    /// The number.
    pub number: String,
    /// How far it has come.
    pub state: String,
    /// The decision in words.
    pub decision: Option<Decision>,
    /// The materials with their papers.
    #[serde(default)]
    pub materials: Vec<Material>,
}

/// A decision.
#[derive(Clone, Debug, Deserialize)]
pub struct Decision {
    /// `grant` or `refuse`.
    pub outcome: String,
    /// The words for it.
    pub words: Words,
}

/// A material with the document that stands for it.
#[derive(Clone, Debug, Deserialize)]
pub struct Material {
    /// The code.
    pub code: String,
    /// Whether it must be there.
    pub required: bool,
    /// The document.
    pub document: Option<Document>,
}

/// The document that stands for a material.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    /// The document.
    pub id: String,
    /// `awaiting`, `clean` or `rejected`.
    pub state: String,
    /// Why it was refused.
    pub reasons: Vec<Reason>,
}

/// Why a document was refused.
#[derive(Clone, Debug, Deserialize)]
pub struct Reason {
    /// The stable code.
    pub code: String,
}

/// A document that may now be uploaded.
#[derive(Clone, Debug, Deserialize)]
pub struct Announced {
    /// The document.
    pub document: String,
    /// How to upload it.
    pub upload: Link,
}

/// A request that whoever holds it may make.
#[derive(Clone, Debug, Deserialize)]
pub struct Link {
    /// The method.
    pub method: String,
    /// The address.
    pub url: String,
    /// Headers that must be sent exactly so.
    pub headers: BTreeMap<String, String>,
}
