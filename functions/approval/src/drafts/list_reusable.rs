//! `GET /v1/applications/{id}/reusable`: what need not be uploaded once more.

use axum::Json;
use axum::extract::State;
use domain::instant::Instant;
use domain::item::{ItemCode, Material, MaterialKind, ServiceItem};
use domain::media::MediaType;
use domain::policy::Authority;
use domain::reuse::{Kept, WalletEntry};
use domain::words::Words;
use jiff::civil::Date;
use platform::cases::{Case, Source, Wanted};
use serde::Serialize;
use utoipa::ToSchema;
use web::documentation::{AgentHeaders, AnyProblem, CallerProblem};
use web::path::Path;
use web::{Caller, Code, Problem};

use super::open_draft::item_applied_for;
use super::reuse::{Earlier, may_read, wanted_for};
use crate::act::{draft_of, item_of, permit};
use crate::app::App;

/// What can be used again for the materials of an application.
#[derive(Serialize, ToSchema)]
#[schema(as = Reusable)]
pub(crate) struct ReusableBody {
    /// The materials for which there is something, in the item's order.
    materials: Vec<ReusableMaterialBody>,
}

/// A material and what can be used again for it.
#[derive(Serialize, ToSchema)]
#[schema(as = ReusableMaterial)]
pub(crate) struct ReusableMaterialBody {
    /// The material's code.
    #[schema(example = "MAT-BIZ")]
    material: String,
    /// The material's name.
    name: Words,
    /// What can be used again, the newest first.
    offers: Vec<OfferBody>,
}

/// Something that can be used again.
#[derive(Serialize, ToSchema)]
#[schema(as = ReuseOffer)]
pub(crate) struct OfferBody {
    /// The case it comes from.
    #[schema(example = "AP-20261123-7K3M9QX2RD4F")]
    application: String,
    /// The document there; null for a certificate that the case granted.
    document: Option<String>,
    /// What that case was for.
    #[schema(value_type = String, example = "PSB-APR-004")]
    item: ItemCode,
    /// That item's name.
    item_name: Words,
    /// When it was accepted or granted.
    #[schema(value_type = String, format = DateTime)]
    accepted_at: Instant,
    /// The last day on which it may be used again; null for a certificate without a term.
    #[schema(value_type = Option<String>, format = Date)]
    usable_until: Option<Date>,
    /// Whether that day follows from a time that no law sets.
    illustrative: bool,
    /// What it may be used again for, and nothing else.
    purpose: Words,
    /// The kind of file; null for a certificate.
    media_type: Option<MediaType>,
    /// Bytes; null for a certificate.
    size: Option<u64>,
}

/// List what can be used again (材料复用)
///
/// For each material that the application takes: the papers that an officer accepted in earlier cases of the
/// same enterprise, and the certificates that this platform granted it, with purpose and expiry. Each is used
/// by `POST /v1/applications/{id}/reuse`, where it is judged once more. At most 32 are looked at, the newest
/// first.
#[utoipa::path(
    get,
    path = "/v1/applications/{id}/reusable",
    tag = "approval",
    params(("id" = String, Path, description = "The application's number"), AgentHeaders),
    responses((status = 200, body = ReusableBody), AnyProblem, CallerProblem),
    security(("person" = []))
)]
pub(crate) async fn list_reusable(
    State(app): State<App>,
    Path(id): Path<String>,
    caller: Caller,
) -> Result<Json<ReusableBody>, Problem> {
    let number = web::path::application(id)?;
    let wanted = Wanted {
        principal: Some(&caller.principal),
        ..Wanted::default()
    };
    let case = app.cases.load(&number, wanted).await?;
    let authority = caller.authority(case.authority.as_ref())?;
    permit(&caller, &case)?;
    let item = item_that_takes_papers(&case)?;
    let Authority::Mandate(mandate) = authority else {
        return Err(Problem::new(Code::WrongSide));
    };

    let kept = app.cases.wallet(&mandate.enterprise).await?;
    let kept: Vec<_> = kept
        .iter()
        .filter(|(_, source)| may_read(authority, source, &case))
        .collect();
    let mut materials = Vec::new();
    for material in item.materials.iter().filter(|one| is_taken(&case, one)) {
        let mut offers = Vec::new();
        for (entry, source) in &kept {
            offers.extend(offer(entry, source, material, authority, &case)?);
        }
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.accepted_at));
        if !offers.is_empty() {
            materials.push(ReusableMaterialBody {
                material: material.code.to_string(),
                name: material.name.clone(),
                offers,
            });
        }
    }
    Ok(Json(ReusableBody { materials }))
}

/// The item of a draft, or of an application that still takes papers.
fn item_that_takes_papers(case: &Case) -> Result<&'static ServiceItem, Problem> {
    match &case.state {
        None => item_applied_for(draft_of(case)?.body.item, case.now.date()),
        Some(state) if state.body.takes_papers() => item_of(&state.body),
        Some(_) => Err(Problem::new(Code::AlreadySubmitted)),
    }
}

fn is_taken(case: &Case, material: &Material) -> bool {
    let state = case.state.as_ref();
    state.is_none_or(|state| state.body.takes_paper(&material.code))
}

/// What `entry` offers for `material`, if it may be used for it.
fn offer(
    entry: &WalletEntry,
    source: &Source,
    material: &Material,
    authority: &Authority,
    case: &Case,
) -> Result<Option<OfferBody>, Problem> {
    let earlier = Earlier::of(source)?;
    let wanted = wanted_for(authority, material, case)?;
    let earlier = earlier.case();
    let offered = |accepted_at, usable_until, purpose| OfferBody {
        application: entry.application.to_string(),
        document: None,
        item: earlier.item.code,
        item_name: earlier.item.name.clone(),
        accepted_at,
        usable_until,
        illustrative: false,
        purpose,
        media_type: None,
        size: None,
    };
    Ok(match &entry.kept {
        Kept::Paper { document, kind, .. } => {
            let purpose = catalogue::material_kind(kind).map(|kind: &MaterialKind| &kind.purpose);
            let found = earlier.paper(*document, &wanted).ok().zip(purpose);
            found.map(|((paper, reused), purpose)| OfferBody {
                document: Some(document.to_string()),
                illustrative: true,
                media_type: Some(paper.media_type),
                size: Some(paper.size),
                ..offered(
                    reused.accepted_at,
                    Some(reused.usable_until),
                    purpose.clone(),
                )
            })
        }
        Kept::Certificate => earlier.certificate(&wanted).ok().map(|certificate| {
            let name = &earlier.item.result.name;
            let purpose = Words::new(
                format!("证明已取得{}", name.zh),
                format!("To show what was granted: {}", name.en),
            );
            offered(certificate.granted_at, certificate.valid_until, purpose)
        }),
    })
}
