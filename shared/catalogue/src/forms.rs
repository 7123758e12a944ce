#[cfg(feature = "forms")]
mod check;
#[cfg(feature = "forms")]
mod contradictions;
mod matter;
mod pointers;
mod quantities;
mod rows;
#[cfg(feature = "forms")]
mod schema;
mod search;
#[cfg(feature = "forms")]
mod words;

#[cfg(feature = "forms")]
pub use check::{FormFault, check_form, check_schema};
pub use matter::matter;
pub use quantities::{QuantityList, quantities, quantity_list};
pub use rows::{Rows, row_count, rows_in, rows_of};
pub use search::search_terms;

use domain::item::ItemCode;
use serde_json::Value;

use crate::embedded;

/// The online form of an item version.
pub(crate) struct EmbeddedForm {
    schema: &'static str,
    personal: &'static [PersonalMember],
    region: Option<&'static str>,
    subject: &'static [&'static str],
    vehicles: &'static [&'static str],
    quantities: Option<QuantityList>,
    rows: Option<Rows>,
    #[cfg(feature = "forms")]
    parsed: std::sync::OnceLock<Option<Value>>,
}

impl EmbeddedForm {
    pub(crate) const fn new(
        schema: &'static str,
        personal: &'static [PersonalMember],
        region: Option<&'static str>,
        subject: &'static [&'static str],
        vehicles: &'static [&'static str],
        quantities: Option<QuantityList>,
        rows: Option<Rows>,
    ) -> Self {
        Self {
            schema,
            personal,
            region,
            subject,
            vehicles,
            quantities,
            rows,
            #[cfg(feature = "forms")]
            parsed: std::sync::OnceLock::new(),
        }
    }

    /// The schema; always there, because the build has written it.
    #[cfg(feature = "forms")]
    fn parsed(&'static self) -> Option<&'static Value> {
        let parse = || serde_json::from_str(self.schema).ok();
        self.parsed.get_or_init(parse).as_ref()
    }
}

/// A member of a form that holds personal data, to be encrypted at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonalMember {
    /// A JSON pointer into the form; `*` stands for every element of a list.
    pub pointer: &'static str,
    /// How it is shown where it need not be read in full; `None`: not at all.
    pub mask: Option<Mask>,
}

/// How a personal member is shown where it need not be read in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mask {
    /// First three and last four characters.
    ResidentId,
    /// First three and last four digits.
    Mobile,
    /// First character.
    Name,
}

/// The JSON Schema (2020-12) of the form of an item version, as text. Members carry `title` and
/// `x-title-en`, `description` and `x-description-en`; personal ones `x-personal` and `x-mask`.
pub fn form_schema(code: &ItemCode, version: u32) -> Option<&'static str> {
    Some(embedded::version(*code, version)?.form.as_ref()?.schema)
}

/// The personal members of the form of an item version; none where there is no form.
pub fn personal_members(code: &ItemCode, version: u32) -> &'static [PersonalMember] {
    embedded::version(*code, version)
        .and_then(|item| item.form.as_ref())
        .map_or(&[], |form| form.personal)
}

/// Whether the form of an item version has the member, or the entry of a list, at `pointer`.
#[cfg(feature = "forms")]
pub fn has_member(code: &ItemCode, version: u32, pointer: &str) -> bool {
    let form = embedded::version(*code, version).and_then(|item| item.form.as_ref());
    let below = |schema: &'static Value, token: &str| {
        let is_index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        let entry = schema.get("items").filter(|_| is_index);
        let name = token.replace("~1", "/").replace("~0", "~");
        entry.or_else(|| schema.get("properties")?.get(name))
    };
    let mut tokens = pointer.split('/');
    tokens.next() == Some("")
        && tokens
            .try_fold(form.and_then(EmbeddedForm::parsed), |schema, token| {
                Some(Some(below(schema?, token)?))
            })
            .flatten()
            .is_some()
}

/// The texts by which `form`, of an item version, names vehicles to be looked up (`x-facts`), in the order
/// of the form's schema.
pub fn vehicles<'f>(code: &ItemCode, version: u32, form: &'f Value) -> Vec<&'f str> {
    embedded::version(*code, version)
        .and_then(|item| item.form.as_ref())
        .map_or(&[][..], |form| form.vehicles)
        .iter()
        .flat_map(|pointer| pointers::texts(form, pointer))
        .collect()
}

/// The pointer of the member by which the form of an item version says where the matter lies; none
/// where it does not say.
pub fn region_member(code: &ItemCode, version: u32) -> Option<&'static str> {
    embedded::version(*code, version)?.form.as_ref()?.region
}
