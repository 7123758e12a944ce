//! The chain of events, computed again from the interface description alone: this shares no code
//! with the platform.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::failure::{Failure, ensure};

/// The hash before the first event.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Holds the chain in `events`, the answer of `GET /v1/applications/{id}/events`, to what it
/// promises: each record's `hash` is the SHA-256 of the canonical JSON (RFC 8785) of its other
/// members, `prev` is the hash before it, and `head` the last one. Returns how many records there are.
///
/// # Errors
/// [`Failure::Broken`] naming the record that does not hold.
pub fn verify(events: &Value) -> Result<usize, Failure> {
    let records: Vec<&Value> = events["items"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|item| &item["record"])
        .collect();
    let mut before = GENESIS.to_owned();
    for (index, record) in records.iter().enumerate() {
        let place = index + 1;
        let mut hashed = (*record).clone();
        let hash = hashed
            .as_object_mut()
            .and_then(|members| members.remove("hash"));
        let hash = hash
            .as_ref()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let canonical = serde_json_canonicalizer::to_vec(&hashed).map_err(|error| {
            Failure::broken(format!("record {place} is not canonical: {error}"))
        })?;
        let computed = hex::encode(Sha256::digest(&canonical));
        ensure(record["seq"] == place, || {
            format!("record {place} has the place {}", record["seq"])
        })?;
        ensure(record["prev"] == before, || {
            format!("record {place} does not follow on the one before")
        })?;
        ensure(hash == computed, || {
            format!("record {place} was changed: {hash} is not {computed}")
        })?;
        before = hash;
    }
    ensure(events["head"] == before, || {
        format!("the head is {}, not {before}", events["head"])
    })?;
    Ok(records.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn one_event() -> Value {
        let mut record = json!({"seq": 1, "prev": GENESIS, "event": {"type": "submitted"}});
        let hash = hex::encode(Sha256::digest(record.to_string()));
        record["hash"] = hash.clone().into();
        json!({"items": [{"record": record, "text": null}], "head": hash})
    }

    #[test]
    fn a_record_that_was_changed_left_out_or_put_in_breaks_the_chain() {
        assert_eq!(verify(&one_event()).unwrap(), 1);

        let mut changed = one_event();
        changed["items"][0]["record"]["event"]["type"] = "granted".into();
        assert!(verify(&changed).is_err());

        let mut left_out = one_event();
        left_out["items"] = json!([]);
        assert!(verify(&left_out).is_err());

        let mut doubled = one_event();
        let record = doubled["items"][0].clone();
        doubled["items"].as_array_mut().unwrap().push(record);
        assert!(verify(&doubled).is_err());
    }
}
