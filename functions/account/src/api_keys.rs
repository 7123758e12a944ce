//! Keys by which programs of others send requests (Open311).

pub(crate) mod give;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod withdraw;

use domain::api_key::ApiKey;
use domain::instant::Instant;
use domain::policy::Action;
use platform::accounts::ApiKeyFile;
use platform::api_keys::StoredApiKey;
use platform::table::Record;
use serde::Serialize;
use utoipa::ToSchema;
use web::{Access, Caller, Code, Problem, Routes, endpoint};

use crate::act::permit_unit;
use crate::app::App;

/// The key of a program. Its secret is not among what can be read.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(crate) struct ApiKeyBody {
    /// Its number.
    #[schema(example = "KEY-7K3M9QX2RD4F")]
    id: String,
    /// The unit that gave it.
    #[schema(example = "psb-140000")]
    unit: String,
    /// The program and whose it is.
    #[schema(example = "市民随手拍")]
    name: String,
    /// Where the organisation is reached.
    #[schema(example = "https://example.org/contact")]
    contact: String,
    /// When it was given.
    #[schema(value_type = String, format = DateTime)]
    registered_at: Instant,
    /// When it was withdrawn; null while it opens.
    #[schema(value_type = Option<String>, format = DateTime)]
    withdrawn_at: Option<Instant>,
}

impl From<&ApiKey> for ApiKeyBody {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            unit: key.unit.to_string(),
            name: key.name.clone(),
            contact: key.contact.clone(),
            registered_at: key.registered_at,
            withdrawn_at: key.withdrawn.as_ref().map(|withdrawal| withdrawal.at),
        }
    }
}

/// The key of `file`, if the caller may take the route's action on it.
///
/// # Errors
/// 403 without any authority, 404 where the key is not theirs to know of.
fn permitted<'a>(
    caller: &Caller,
    file: &'a ApiKeyFile,
) -> Result<&'a Record<StoredApiKey>, Problem> {
    caller.authority(file.asked.authority.as_ref())?;
    let record = file.key.as_ref();
    let record = record.ok_or_else(|| Problem::new(Code::NotFound))?;
    permit_unit(caller, &file.asked, &record.body.key.unit)?;
    Ok(record)
}

/// Names the routes of API keys, each with its rule of access.
pub(crate) fn routes<R: Routes<App>>(routes: R) -> R {
    routes
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(give::give_api_key),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(list::list_api_keys),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(read::read_api_key),
        )
        .route(
            Access::Caller(Action::ManageApiKeys),
            endpoint!(withdraw::withdraw_api_key),
        )
}
