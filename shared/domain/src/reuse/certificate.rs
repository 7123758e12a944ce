use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EarlierCase, ReuseRefusal, Wanted};
use crate::ids::ApplicationNo;
use crate::instant::Instant;
use crate::item::ItemCode;

/// A certificate that the platform granted itself, in the place of a paper: it is proved by the case that
/// granted it, and there is no file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The case that granted it.
    pub application: ApplicationNo,
    /// What was granted.
    pub item: ItemCode,
    /// When.
    pub granted_at: Instant,
    /// Its last day, where it has a term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
}

impl EarlierCase<'_> {
    /// The certificate that this case granted, in the place of what is `wanted`.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn certificate(&self, wanted: &Wanted<'_>) -> Result<Certificate, ReuseRefusal> {
        let application = self.application;
        if application.enterprise != *wanted.enterprise {
            return Err(ReuseRefusal::Unknown);
        }
        let asked_for = &wanted.material.certificate_of;
        if !asked_for.contains(&application.item.code) {
            return Err(ReuseRefusal::AnotherKind);
        }
        let granted_at = application.course.decided_at;
        let granted_at = granted_at.filter(|_| application.stage.is_in_force());
        let granted_at = granted_at.ok_or(ReuseRefusal::NotInForce)?;
        if let Some(last) = application.valid_until.filter(|last| *last < wanted.today) {
            return Err(ReuseRefusal::RanOut(last));
        }
        Ok(Certificate {
            application: application.number.clone(),
            item: application.item.code,
            granted_at,
            valid_until: application.valid_until,
        })
    }
}
