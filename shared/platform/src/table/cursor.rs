//! Opaque cursors: where a page ended, signed so that nobody can point one elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;

use super::item::Attributes;
use crate::error::PlatformError;
use crate::vault::{BranchKey, BranchName, Vault};

/// What the key that signs cursors is derived for.
const PURPOSE: &str = "cursor";

/// The cursor is not one of ours, or belongs to another list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not valid for this list")]
pub struct InvalidCursor;

/// The cursor for going on at `next` in `list`, which names the list and whose it is.
///
/// # Errors
/// [`PlatformError`] where the key that signs it cannot be derived.
pub fn issue(branch: &BranchKey, list: &str, next: Attributes) -> Result<String, PlatformError> {
    let position: serde_json::Value =
        serde_dynamo::from_item(next).map_err(PlatformError::corrupt)?;
    let position = URL_SAFE_NO_PAD.encode(position.to_string());
    let body = format!("{}.{position}", branch.name());
    let tag = hmac::sign(&branch.mac_key(PURPOSE)?, signed(list, &body).as_bytes());
    Ok(format!("{body}.{}", URL_SAFE_NO_PAD.encode(tag)))
}

/// Where `cursor` points in `list`.
///
/// # Errors
/// The outer error where the key cannot be had; [`InvalidCursor`] where the cursor is not ours.
pub async fn read(
    vault: &Vault,
    list: &str,
    cursor: &str,
) -> Result<Result<Attributes, InvalidCursor>, PlatformError> {
    let Some((body, tag)) = cursor.rsplit_once('.') else {
        return Ok(Err(InvalidCursor));
    };
    let Some((branch, position)) = body.split_once('.') else {
        return Ok(Err(InvalidCursor));
    };
    let (Some(branch), Ok(tag)) = (BranchName::parse(branch), URL_SAFE_NO_PAD.decode(tag)) else {
        return Ok(Err(InvalidCursor));
    };
    let branch = match vault.branch(&branch).await {
        Ok(branch) => branch,
        Err(PlatformError::Corrupt(_)) => return Ok(Err(InvalidCursor)),
        Err(error) => return Err(error),
    };
    if hmac::verify(
        &branch.mac_key(PURPOSE)?,
        signed(list, body).as_bytes(),
        &tag,
    )
    .is_err()
    {
        return Ok(Err(InvalidCursor));
    }
    let position = URL_SAFE_NO_PAD
        .decode(position)
        .ok()
        .and_then(|json| serde_json::from_slice::<serde_json::Value>(&json).ok())
        .and_then(|position| serde_dynamo::to_item(position).ok());
    Ok(position.ok_or(InvalidCursor))
}

fn signed(list: &str, body: &str) -> String {
    format!("{list}\n{body}")
}
