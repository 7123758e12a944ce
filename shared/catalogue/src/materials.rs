//! Kinds of materials, and what a case leaves to be shown again.

use std::sync::LazyLock;

use domain::application::{Application, Recorded};
use domain::ids::MaterialKindCode;
use domain::item::{MaterialKind, ServiceItem};
use domain::manifest::Manifest;
use domain::reuse::{EarlierCase, WalletEntry, kept_of};

use crate::embedded;

/// The kind of material with that code, from `materials/kinds.json`.
pub fn material_kind(code: &MaterialKindCode) -> Option<&'static MaterialKind> {
    static KINDS: LazyLock<Vec<MaterialKind>> = LazyLock::new(|| {
        // The build has parsed the same text. Without kinds nothing would be used again.
        serde_json::from_str(embedded::MATERIAL_KINDS).unwrap_or_default()
    });
    KINDS.iter().find(|kind| kind.code == *code)
}

/// What `events`, which led to `after`, leave in the wallet of the enterprise of the papers in `manifest`
/// and of what was granted.
pub fn kept(
    events: &[Recorded],
    after: &Application,
    item: &ServiceItem,
    manifest: &Manifest,
) -> Vec<WalletEntry> {
    let case = EarlierCase {
        application: after,
        item,
        manifest,
        withheld: false,
    };
    let asked_for = embedded::CERTIFICATES_ASKED_FOR.contains(&after.item.code);
    kept_of(events, &case, asked_for, material_kind)
}
