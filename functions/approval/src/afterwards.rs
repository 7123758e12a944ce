//! After a grant: delivery, renewal, amendment, and the ends of what was granted.

mod amend;
mod cancel;
mod deliver;
mod renew;
mod rescind;
mod revoke;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

use crate::app::App;

/// The routes of this room, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(Access::Caller(Action::Deliver), endpoint!(deliver::deliver))
        .route(Access::Caller(Action::Cancel), endpoint!(cancel::cancel))
        .route(
            Access::Caller(Action::TakeBack),
            endpoint!(rescind::rescind),
        )
        .route(Access::Caller(Action::TakeBack), endpoint!(revoke::revoke))
        .route(Access::Caller(Action::Petition), endpoint!(renew::renew))
        .route(Access::Caller(Action::Petition), endpoint!(amend::amend))
}
