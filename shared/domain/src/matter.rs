//! What an application is about, by which two applications for the same are told from two for different
//! things.

use crate::chain::Digest;
use crate::identifiers::{Uscc, normalise};
use crate::item::ItemCode;

/// An enterprise, an item, and the subject that tells two applications for it apart: an event, a vehicle, a
/// contract.
///
/// A digest without a key, which somebody who knows enterprise and item could try out: it may be hashed
/// under a key, and is neither stored nor logged.
#[derive(Clone, PartialEq, Eq)]
pub struct Matter(String);

impl Matter {
    /// The matter of an application of `enterprise` for `item` with `subject`, the values of the members by
    /// which its form tells applications apart, in their order; empty where an enterprise has one of the item.
    pub fn of<'s>(
        enterprise: &Uscc,
        item: ItemCode,
        subject: impl IntoIterator<Item = &'s str>,
    ) -> Self {
        let mut text = format!("{}\n{item}", enterprise.as_str());
        for value in subject {
            // No value has a line break once it is normalised, so that none runs into the next.
            text.push('\n');
            text.push_str(&normalise(value));
        }
        Self(Digest::of(text.as_bytes()).to_string())
    }

    /// The digest, to be hashed under a key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Matter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Matter(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(enterprise: &str, item: &str, subject: &[&str]) -> Matter {
        let enterprise = Uscc::parse(enterprise).unwrap();
        Matter::of(&enterprise, item.parse().unwrap(), subject.iter().copied())
    }

    const HOTEL: &str = "91140100XXX1000286";

    #[test]
    fn what_is_written_otherwise_is_the_same_matter() {
        let one = matter(HOTEL, "PSB-APR-047", &["transfer", "LSVAA4182E2184847"]);
        let typed = [" Transfer", "ｌｓｖａａ4182 e2184847\n"];
        assert_eq!(one, matter(HOTEL, "PSB-APR-047", &typed));
        assert_eq!(format!("{one:?}"), "Matter(…)");
    }

    #[test]
    fn another_enterprise_item_or_subject_is_another_matter() {
        let one = matter(HOTEL, "PSB-APR-001", &["灯会", "2026-12-01"]);
        let others = [
            matter("91140105XXX100095C", "PSB-APR-001", &["灯会", "2026-12-01"]),
            matter(HOTEL, "PSB-APR-002", &["灯会", "2026-12-01"]),
            matter(HOTEL, "PSB-APR-001", &["灯会", "2026-12-02"]),
            matter(HOTEL, "PSB-APR-001", &["灯会2026-12-01"]),
            matter(HOTEL, "PSB-APR-001", &["灯会2026-12-01", ""]),
            matter(HOTEL, "PSB-APR-001", &[]),
        ];
        for other in others {
            assert_ne!(one, other);
        }
    }
}
