//! Accounts: enterprises and who may act for them, officers and what they may do, devices of units and
//! keys of programs.
//!
//! Each use case is a file. All of them read like the rule they carry out: load, decide, commit,
//! answer.

mod act;
mod api_keys;
mod app;
mod devices;
mod enterprises;
mod health;
mod mandates;
mod me;
mod officers;

pub use app::App;

use domain::policy::Action;
use web::{Access, Routes, endpoint};

/// Names the routes of the function, each with its rule of access.
pub fn routes<R: Routes<App>>(routes: R) -> R {
    use api_keys::{
        give, list as list_api_keys, read as read_api_key, withdraw as withdraw_api_key,
    };
    use devices::{
        list as list_devices, read as read_device, register as register_device,
        withdraw as withdraw_device,
    };
    use enterprises::{hand_over, read as read_enterprise, register, resume, suspend};
    use mandates::{accept, end, invite, leave, list as list_mandates};
    use officers::{
        appoint, approve, change, dismiss, list as list_officers, read as read_officer,
    };
    routes
        .route(Access::Caller(Action::ReadSelf), endpoint!(me::me))
        .route(
            Access::Caller(Action::RegisterEnterprise),
            endpoint!(register::register_enterprise),
        )
        .route(
            Access::Caller(Action::ReadEnterprise),
            endpoint!(read_enterprise::read_enterprise),
        )
        .route(
            Access::Caller(Action::TakeOver),
            endpoint!(hand_over::hand_over),
        )
        .route(
            Access::Caller(Action::SuspendEnterprise),
            endpoint!(suspend::suspend_enterprise),
        )
        .route(
            Access::Caller(Action::SuspendEnterprise),
            endpoint!(resume::resume_enterprise),
        )
        .route(
            Access::Caller(Action::ListMandates),
            endpoint!(list_mandates::list_mandates),
        )
        .route(Access::Caller(Action::Invite), endpoint!(invite::invite))
        .route(
            Access::Caller(Action::EndMandate),
            endpoint!(end::end_mandate),
        )
        .route(
            Access::Caller(Action::AcceptInvitation),
            endpoint!(accept::accept_invitation),
        )
        .route(
            Access::Caller(Action::LeaveMandate),
            endpoint!(leave::leave_mandate),
        )
        .route(
            Access::Caller(Action::ManageOfficers),
            endpoint!(appoint::appoint_officer),
        )
        .route(
            Access::Caller(Action::ReadOfficers),
            endpoint!(list_officers::list_officers),
        )
        .route(
            Access::Caller(Action::ReadOfficers),
            endpoint!(read_officer::read_officer),
        )
        .route(
            Access::Caller(Action::ManageOfficers),
            endpoint!(change::change_officer),
        )
        .route(
            Access::Caller(Action::ManageOfficers),
            endpoint!(dismiss::dismiss_officer),
        )
        .route(
            Access::Caller(Action::ApproveOfficer),
            endpoint!(approve::approve_officer),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(register_device::register_device),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(list_devices::list_devices),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(read_device::read_device),
        )
        .route(
            Access::Caller(Action::ManageDevices),
            endpoint!(withdraw_device::withdraw_device),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(give::give_api_key),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(list_api_keys::list_api_keys),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(read_api_key::read_api_key),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(withdraw_api_key::withdraw_api_key),
        )
        .route(Access::Public, endpoint!(health::health))
}
