//! `POST /v1/applications`: a draft is opened.

use axum::extract::State;
use domain::draft::Draft;
use domain::ids::ApplicationNo;
use domain::item::{Handler, ItemCode, ServiceItem};
use domain::mandate::Mandate;
use domain::policy::{Authority, Resource};
use domain::unit::RegionCode;
use domain::words::Words;
use http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem, CommandProblem};
use web::{Code, Command, InputError, Problem, Reply};

use crate::app::App;
use crate::view::ApplicationBody;

/// What is applied for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenDraftRequest {
    /// The service item.
    #[schema(value_type = String, pattern = "^PSB-(APR|PRO)-[0-9]{3}$", example = "PSB-APR-004")]
    item: ItemCode,
    /// Where the matter lies (GB/T 2260); where the enterprise is registered without it.
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{6}$", example = "140105")]
    region: Option<RegionCode>,
    /// The form, as far as it is filled in; it is checked when the draft is submitted.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    form: Option<Value>,
}

/// Open a draft
///
/// Nothing is checked against the item's form until the draft is submitted; a draft is forgotten 90
/// days after it was opened.
#[utoipa::path(
    post,
    path = "/v1/applications",
    tag = "approval",
    params(AgentHeaders),
    request_body = OpenDraftRequest,
    responses(
        (status = 201, body = ApplicationBody, headers(("Location", description = "Where the draft is"))),
        AnyProblem, CallerProblem, CommandProblem
    ),
    security(("person" = []))
)]
pub(crate) async fn open_draft(
    State(app): State<App>,
    command: Command<OpenDraftRequest>,
) -> Result<Reply, Problem> {
    let standing = app
        .cases
        .standing(&command.caller.principal, Some(&command.request))
        .await?;
    let authority = command.caller.authority(standing.authority.as_ref())?;
    let body = &command.body;
    let resource = Resource {
        item: Some(&body.item),
        ..Resource::NOTHING
    };
    command.caller.permit(authority, &resource, standing.now)?;
    if let Some(repeat) = command.repeat_of(&standing.earlier)? {
        return Ok(repeat);
    }

    let item = item_applied_for(body.item, standing.now.date())?;
    let Authority::Mandate(mandate) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };
    let draft = Draft {
        number: ApplicationNo::new(standing.now.date(), rand::random()),
        item: item.code,
        enterprise: mandate.enterprise.clone(),
        region: region(body.region, mandate)?,
        channel: command.caller.channel,
        opened_by: mandate.person.clone(),
        opened_at: standing.now,
        changed_at: standing.now,
    };
    let form = body
        .form
        .clone()
        .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
    check_object(&form)?;
    let (key, wrapped) = app
        .cases
        .vault()
        .new_data_key(&draft.number, &mandate.person, standing.now)
        .await?;

    let reply = Reply::new(StatusCode::CREATED, &ApplicationBody::draft(&draft, item))?
        .with_version(1)
        .with_location(format!("/v1/applications/{}", draft.number));
    let answering = Some((&command.request, reply.answer()));
    let committed = app
        .cases
        .open_draft(&draft, &form, (&key, &wrapped), answering)
        .await;
    command.settle(committed, reply, |_| Problem::new(Code::Unavailable))
}

/// The item in force today, if it is applied for here and has its online form.
///
/// # Errors
/// [`Code::ItemUnavailable`].
pub(crate) fn item_applied_for(
    code: ItemCode,
    today: Date,
) -> Result<&'static ServiceItem, Problem> {
    catalogue::item(&code, today)
        .filter(|item| item.handled_by == Handler::Approval)
        .filter(|item| catalogue::form_schema(&item.code, item.version).is_some())
        .ok_or_else(|| {
            let words = Words::new(
                "该事项不存在、尚未生效，或暂不能在线申请",
                "There is no such item in force, or it cannot be applied for online yet",
            );
            let error = InputError::new("/item", "item_unavailable", words);
            Problem::new(Code::ItemUnavailable).with_errors(vec![error])
        })
}

/// The region asked for, or the one the enterprise is registered in.
///
/// # Errors
/// [`Code::InvalidValue`] for a region the province does not have.
pub(crate) fn region(asked: Option<RegionCode>, mandate: &Mandate) -> Result<RegionCode, Problem> {
    let region = asked.or_else(|| mandate.enterprise.region().parse().ok());
    region
        .filter(|region| catalogue::units().region(region).is_some())
        .ok_or_else(|| {
            let words = Words::new(
                "请填写本省的地区代码（GB/T 2260）",
                "Give a region code of the province (GB/T 2260)",
            );
            let error = InputError::new("/region", "unknown_region", words);
            Problem::new(Code::InvalidValue).with_errors(vec![error])
        })
}

/// A form is an object, whatever it holds.
///
/// # Errors
/// [`Code::MalformedRequest`].
pub(crate) fn check_object(form: &Value) -> Result<(), Problem> {
    if form.is_object() {
        return Ok(());
    }
    let words = Words::new("表单应为 JSON 对象", "The form must be a JSON object");
    Err(
        Problem::new(Code::MalformedRequest).with_errors(vec![InputError::new(
            "/form",
            "invalid_member",
            words,
        )]),
    )
}
