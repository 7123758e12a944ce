//! The catalogue: service items, forms, machine rules, calendar, regions and units as data.
//!
//! The files beside this crate are the source. The build checks all of them (see `build/`) and embeds
//! them, so that nothing is read at start; each is parsed on first use. Adding or changing an item is
//! a change of data.
//!
//! | folder | holds |
//! |---|---|
//! | `items/` | one file per item and version, as `schema/item.schema.json` describes |
//! | `materials/` | the kinds of materials that several items ask for, and how long such a paper may be used again |
//! | `forms/` | the online form of an item version, a JSON Schema; shared parts in `definitions.json` |
//! | `rules/` | what a machine may check about an item version, as CEL expressions |
//! | `units/` | regions and the police units competent in them |
//! | `calendar/` | days off and days worked instead, by year |
//! | `fixtures/` | a valid form per item that has one, and invalid ones with the faults expected |
//!
//! To change an item, copy its newest file to the next version, give it an `effective_from` later
//! than the deployment, and the same for its form and rules; the build says what does not hold
//! together. Old versions stay, because a case is handled under the version it was submitted under.

mod embedded;
mod forms;
mod items;
mod materials;
mod notices;
pub mod rules;
mod tables;

#[cfg(feature = "forms")]
pub use forms::{FormFault, check_form, check_schema, has_member};
pub use forms::{
    Mask, PersonalMember, QuantityList, Rows, form_schema, matter, personal_members, quantities,
    quantity_list, region_member, row_count, rows_in, rows_of, search_terms, vehicles,
};
pub use items::{ItemSummary, item, item_version, summaries, summaries_in_force};
pub use materials::{kept, material_kind};
pub use notices::notices;
pub use rules::{Rule, rules};
pub use tables::{ContactLine, calendar, contact_lines, units};
