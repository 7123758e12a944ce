//! How values lie in the table: an envelope with type, schema and version, and the value as `body`.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::keys::Key;
use crate::error::PlatformError;

/// The attributes of an item.
pub type Attributes = HashMap<String, AttributeValue>;

/// A value that lies in the table under a type and schema of its own.
pub trait Stored {
    /// The `type` attribute.
    const TYPE: &'static str;
    /// The `schema` attribute, counted from 1 and raised when the shape of the body changes.
    const SCHEMA: u32;

    /// Makes of `body`, which lies in the table under the schema `from`, one of the schema after it.
    ///
    /// # Errors
    /// [`PlatformError::Corrupt`] where there was no such schema, or the body is not of it.
    fn upcast(from: u32, _body: &mut Attributes) -> Result<(), PlatformError> {
        Err(PlatformError::Corrupt(format!(
            "{} of schema {from} is not known any more",
            Self::TYPE
        )))
    }
}

/// A value with the version of the item it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<T> {
    /// The optimistic lock: how often the item was written.
    pub version: u64,
    /// The value.
    pub body: T,
}

/// The item for `body` at `key`.
///
/// # Errors
/// [`PlatformError::Corrupt`] where the value cannot be stored.
pub fn write<T: Stored + Serialize>(
    key: &Key,
    version: u64,
    body: &T,
) -> Result<Attributes, PlatformError> {
    let body = serde_dynamo::to_attribute_value(body).map_err(PlatformError::corrupt)?;
    Ok(HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
        ("type".to_owned(), AttributeValue::S(T::TYPE.to_owned())),
        (
            "schema".to_owned(),
            AttributeValue::N(T::SCHEMA.to_string()),
        ),
        ("version".to_owned(), AttributeValue::N(version.to_string())),
        ("body".to_owned(), body),
    ]))
}

/// The value in `item`, brought to the schema of this binary.
///
/// # Errors
/// [`PlatformError::Corrupt`] where the item is of another type, or of a schema this binary does not
/// know.
pub fn read<T: Stored + DeserializeOwned>(item: &Attributes) -> Result<Record<T>, PlatformError> {
    let found = text(item, "type").unwrap_or_default();
    let schema = number(item, "schema").unwrap_or(0);
    let known = u32::try_from(schema).ok();
    let known = known.filter(|known| found == T::TYPE && (1..=T::SCHEMA).contains(known));
    let Some(known) = known else {
        return Err(PlatformError::Corrupt(format!(
            "found {found} of schema {schema} in place of {} of schema {}",
            T::TYPE,
            T::SCHEMA
        )));
    };
    let mut body = item
        .get("body")
        .cloned()
        .ok_or_else(|| PlatformError::corrupt("an item has no body"))?;
    for from in known..T::SCHEMA {
        let AttributeValue::M(members) = &mut body else {
            return Err(PlatformError::corrupt("the body of an item has no members"));
        };
        T::upcast(from, members)?;
    }
    Ok(Record {
        version: number(item, "version").unwrap_or(0),
        body: serde_dynamo::from_attribute_value(body).map_err(PlatformError::corrupt)?,
    })
}

/// Gives `item` a text attribute, such as the key of an index.
pub(crate) fn insert_text(item: &mut Attributes, name: &str, value: String) {
    item.insert(name.to_owned(), AttributeValue::S(value));
}

/// A text attribute of `item`.
pub fn text<'a>(item: &'a Attributes, name: &str) -> Option<&'a str> {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .map(String::as_str)
}

/// A numeric attribute of `item`.
pub fn number(item: &Attributes, name: &str) -> Option<u64> {
    item.get(name)
        .and_then(|value| value.as_n().ok())
        .and_then(|number| number.parse().ok())
}
