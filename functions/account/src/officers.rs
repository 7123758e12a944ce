//! Officers.

pub(crate) mod appoint;
pub(crate) mod approve;
pub(crate) mod change;
pub(crate) mod dismiss;
pub(crate) mod list;
pub(crate) mod read;

use domain::officer::{Officer, Post, is_badge};
use domain::policy::Action;
use domain::unit::{RegionCode, UnitId};
use domain::words::Words;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Access, InputError, Routes, endpoint};

use crate::act::length_fault;
use crate::app::App;

/// An officer.
#[derive(Serialize, ToSchema)]
#[schema(as = Officer)]
pub(crate) struct OfficerBody {
    /// The identifier by which the identity provider of the police names the officer.
    #[schema(example = "intake-140105")]
    id: String,
    /// The number on the badge (警号).
    #[schema(example = "010501")]
    badge: String,
    /// The unit.
    #[schema(example = "psb-140105")]
    unit: String,
    /// The regions the officer is responsible for (GB/T 2260).
    #[schema(example = json!(["140105"]))]
    jurisdictions: Vec<String>,
    /// The posts held.
    posts: Vec<Post>,
    /// The posts that wait for a second administrator.
    proposed: Vec<Post>,
    /// All posts that the officer will hold once those are approved; null where none wait.
    posts_once_approved: Option<Vec<Post>>,
    /// Whether the appointment is in force.
    active: bool,
    /// As whom they act in private life; null where nothing is known of it.
    own_person: Option<String>,
}

impl From<&Officer> for OfficerBody {
    fn from(officer: &Officer) -> Self {
        let jurisdictions = officer.jurisdictions.iter();
        let proposed = officer.proposed.as_ref();
        Self {
            id: officer.id.to_string(),
            badge: officer.badge.clone(),
            unit: officer.unit.to_string(),
            jurisdictions: jurisdictions.map(ToString::to_string).collect(),
            posts: officer.posts.clone(),
            proposed: proposed.map_or_else(Vec::new, |proposal| proposal.posts.clone()),
            posts_once_approved: officer.posts_once_approved(),
            active: officer.active,
            own_person: officer.own_person.as_ref().map(ToString::to_string),
        }
    }
}

/// What is wrong with a badge number.
fn badge_fault(badge: &str) -> Option<InputError> {
    (!is_badge(badge)).then(|| {
        let words = Words::new(
            "警号应为 4–8 位字母或数字",
            "A badge number has 4 to 8 letters or digits",
        );
        InputError::new("/badge", "wrong_format", words)
    })
}

/// What is wrong with a list of posts.
fn posts_fault(posts: &[Post]) -> Option<InputError> {
    if let Some(fault) = length_fault("/posts", posts) {
        return Some(fault);
    }
    posts.is_empty().then(|| {
        let words = Words::new(
            "请至少选择一个岗位；离岗请使用解除任命",
            "Name one post at least; to end the appointment, dismiss the officer",
        );
        InputError::new("/posts", "too_few", words)
    })
}

/// What is wrong with the regions that an officer of `unit` is to be responsible for. A region named
/// twice counts once.
fn jurisdictions_faults(regions: &[RegionCode], unit: &UnitId) -> Vec<InputError> {
    if let Some(fault) = length_fault("/jurisdictions", regions) {
        return vec![fault];
    }
    let own = unit.region();
    let outside = |region: &RegionCode| !own.is_some_and(|own| own.contains(*region));
    let regions = regions.iter().enumerate();
    regions
        .filter(|(_, region)| outside(region))
        .map(|(index, _)| {
            let words = Words::new(
                "管辖地区应在所在单位的管辖范围内",
                "The region must lie in that of the unit",
            );
            InputError::new(format!("/jurisdictions/{index}"), "outside_the_unit", words)
        })
        .collect()
}

/// Names the routes of officers, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::ManageOfficers),
            endpoint!(appoint::appoint_officer),
        )
        .route(
            Access::Caller(Action::ReadOfficers),
            endpoint!(list::list_officers),
        )
        .route(
            Access::Caller(Action::ReadOfficers),
            endpoint!(read::read_officer),
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
}
