//! The papers an applicant asks to bring later (容缺).

use domain::application::Undertake;
use domain::ids::MaterialCode;
use jiff::civil::Date;
use platform::authority::Principal;
use platform::cases::{Case, Wanted};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{Caller, Code, Problem};

use crate::act::papers;

/// Which papers are to follow, and until when.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeferralRequest {
    /// Which: only what the item marks deferrable.
    #[schema(value_type = Vec<String>, max_items = 100, example = json!(["MAT-FIRE"]))]
    pub(crate) materials: Vec<MaterialCode>,
    /// The last day to bring them.
    #[schema(value_type = String, format = Date, example = "2026-11-27")]
    pub(crate) cure_by: Date,
}

impl DeferralRequest {
    /// The undertaking asked for, as the enterprise stands at the read of `case`.
    ///
    /// # Errors
    /// [`Code::WrongSide`] where no enterprise acts.
    pub(crate) fn undertake(&self, case: &Case) -> Result<Undertake, Problem> {
        if case.state.is_none() && case.draft.is_none() {
            return Err(Problem::new(Code::NotFound));
        }
        let lapse = case.lapse.as_ref();
        Ok(Undertake {
            materials: self.materials.clone(),
            manifest: papers(case),
            cure_by: self.cure_by,
            lapsed_before: lapse.is_some_and(|lapse| lapse.body.bars(case.now)),
        })
    }
}

/// What to read with a case to know whether the caller's enterprise let an undertaking lapse.
pub(crate) fn lapse_of(caller: &Caller) -> Wanted<'_> {
    Wanted {
        lapse_of: match &caller.principal {
            Principal::Agent { enterprise, .. } => Some(enterprise),
            Principal::Person { .. } | Principal::Officer(_) => None,
        },
        ..Wanted::default()
    }
}
