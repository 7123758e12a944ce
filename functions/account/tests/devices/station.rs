//! The function with administrators of a district, its city, its neighbour and the province.

use std::ops::Deref;
use std::sync::Arc;

use account::{App, routes};
use axum::http::Method;
use domain::officer::{Officer, Post};
use domain::unit::RegionCode;
use platform::authority::officer_item;
use platform::telemetry::Calls;
use support::Emulated;
use support::door::{Answer, Ask, Door, appointed};
use web::routes::Served;

/// The administrator of the district.
pub(crate) const DISTRICT: &str = "administrator-140105";
/// The administrator of its city.
pub(crate) const CITY: &str = "administrator-140100";
/// The administrator of the district beside it.
pub(crate) const NEIGHBOUR: &str = "administrator-140106";
/// The administrator of the province.
pub(crate) const PROVINCE: &str = "administrator-140000";
/// Another of the province.
pub(crate) const SECOND: &str = "second-140000";
/// Somebody of the district who administers nothing.
pub(crate) const INTAKE: &str = "intake-140105";

/// The function on a stage of its own.
pub(crate) struct Station(Door);

impl Deref for Station {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.0
    }
}

impl Station {
    pub(crate) async fn open() -> Self {
        let serve = |stage: &Emulated| {
            let app = App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
            routes(Served::default()).into_router(app)
        };
        let door = Door::open(&[], serve).await;
        for (officer, post) in [
            (DISTRICT, Post::Administrator),
            (CITY, Post::Administrator),
            (NEIGHBOUR, Post::Administrator),
            (PROVINCE, Post::Administrator),
            (SECOND, Post::Administrator),
            (INTAKE, Post::Intake),
        ] {
            let (_, region) = officer.rsplit_once('-').unwrap();
            let code: RegionCode = region.parse().unwrap();
            let officer = Officer {
                level: code.level(),
                ..appointed(officer, region, post)
            };
            door.stage
                .put_item(officer_item(&officer, 1).unwrap())
                .await;
        }
        Self(door)
    }

    /// Has the keys of the officers' issuer read, as only a first request does.
    pub(crate) async fn warm_up(&self) {
        let list = self.officer(DISTRICT).get("/v1/devices");
        self.ask(list).await.expect(200);
    }

    /// What is at `path`, as `officer` sees it.
    pub(crate) async fn read(&self, officer: &str, path: &str) -> Answer {
        self.ask(self.officer(officer).get(path)).await
    }

    /// A request of `officer` to withdraw what is at `path`, as they have seen it in the version `etag`.
    pub(crate) fn withdrawal(&self, officer: &str, path: &str, etag: &str) -> Ask {
        let withdraw = self.officer(officer).ask(Method::DELETE, path);
        withdraw.if_match(etag)
    }

    /// Whether `text` stands anywhere in the table.
    pub(crate) async fn keeps(&self, text: &str) -> bool {
        let everything = self.stage.everything().await;
        everything
            .iter()
            .any(|item| format!("{item:?}").contains(text))
    }
}

/// So many calls to DynamoDB and no others.
pub(crate) fn dynamodb(calls: u64) -> Calls {
    Calls {
        dynamodb: calls,
        ..Calls::default()
    }
}
