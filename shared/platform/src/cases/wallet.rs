//! The wallet of an enterprise: where lies what it may show again, and the earlier cases themselves.

use domain::application::Application;
use domain::document::Document;
use domain::identifiers::Uscc;
use domain::ids::{ApplicationNo, DocumentId};
use domain::instant::Instant;
use domain::manifest::Manifest;
use domain::reuse::{Kept, WalletEntry};

use super::Cases;
use super::stored::{Restriction, expire};
use crate::error::PlatformError;
use crate::table::{Attributes, Key, PageRequest, Snapshot, Stored, item, keys};

/// How many entries of a wallet are looked at, so that their cases come in one batch of 100 items: those of
/// which an enterprise has one, then the newest of the others.
pub const MOST_KEPT: usize = 32;

impl Stored for WalletEntry {
    const TYPE: &'static str = "wallet_entry";
    const SCHEMA: u32 = 1;
}

/// A case from which something is to be used again, as it stands.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its state.
    pub application: Application,
    /// Its papers.
    pub manifest: Manifest,
    /// Whether its person asked for erasure.
    pub withheld: bool,
    /// The document asked for.
    pub document: Option<Document>,
}

impl Source {
    pub(super) fn keys(number: &ApplicationNo) -> [Key; 3] {
        [
            Key::state(number),
            Key::manifest(number),
            Key::restriction(number),
        ]
    }

    /// The case in `snapshot`; none where there is none, or it is a draft.
    pub(super) fn read(
        snapshot: &Snapshot,
        number: &ApplicationNo,
        document: Option<DocumentId>,
    ) -> Result<Option<Self>, PlatformError> {
        let [state, manifest, restriction] = Self::keys(number);
        let state = snapshot.read::<Application>(&state)?;
        let manifest = snapshot.read::<Manifest>(&manifest)?;
        let (Some(state), Some(manifest)) = (state, manifest) else {
            return Ok(None);
        };
        let document = document.map(|id| snapshot.read::<Document>(&Key::document(number, id)));
        Ok(Some(Self {
            application: state.body,
            manifest: manifest.body,
            withheld: snapshot.read::<Restriction>(&restriction)?.is_some(),
            document: document.transpose()?.flatten().map(|record| record.body),
        }))
    }
}

/// The item of `entry` in the wallet of `enterprise`, forgotten once it can be of no use.
pub(super) fn wallet_item(
    enterprise: &Uscc,
    entry: &WalletEntry,
) -> Result<Attributes, PlatformError> {
    let mut stored = item::write(&Key::wallet_entry(enterprise, entry), 1, entry)?;
    if let Some(end) = entry.until.and_then(Instant::end_of) {
        expire(&mut stored, end);
    }
    Ok(stored)
}

impl<V> Cases<V> {
    /// What lies in the wallet of `enterprise`, each with its case as it stands; at most [`MOST_KEPT`].
    ///
    /// # Errors
    /// [`PlatformError`] where the table does not answer or an item cannot be read.
    pub async fn wallet(
        &self,
        enterprise: &Uscc,
    ) -> Result<Vec<(WalletEntry, Source)>, PlatformError> {
        let page = self
            .table
            .query(PageRequest {
                partition_name: "pk",
                partition: keys::wallet(enterprise),
                sort_name: "sk",
                descending: true,
                limit: i32::try_from(MOST_KEPT).unwrap_or(1),
                consistent: true,
                ..PageRequest::default()
            })
            .await?;
        let entries = page.items.iter().map(item::read::<WalletEntry>);
        let entries: Vec<_> = entries.collect::<Result<_, _>>()?;
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let numbers = entries.iter().map(|entry| &entry.body.application);
        let snapshot = self.table.read(numbers.flat_map(Source::keys)).await?;
        let mut found = Vec::with_capacity(entries.len());
        for entry in entries {
            let source = Source::read(&snapshot, &entry.body.application, None)?;
            found.extend(source.map(|source| (entry.body, source)));
        }
        Ok(found)
    }
}

/// The sort key of `entry`. Descending, those of which an enterprise has one come first, then the newest.
pub(crate) fn sort_key(entry: &WalletEntry) -> String {
    let WalletEntry {
        application,
        decided_at,
        kept,
        ..
    } = entry;
    match kept {
        Kept::Paper {
            kind,
            only_one: true,
            ..
        } => format!("STANDS#{kind}"),
        Kept::Paper { kind, .. } => format!("AT#{decided_at}#{application}#{kind}"),
        Kept::Certificate => format!("AT#{decided_at}#{application}"),
    }
}
