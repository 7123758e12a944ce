//! `GET /sandbox/register/enterprises/{uscc}`: the enterprise register (企业登记信息).

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::{Path, Query, State};
use domain::identifiers::Uscc;
use domain::unit::RegionCode;
use domain::words::Words;
use http::StatusCode;
use serde::Serialize;
use web::{Code, InputError, Problem, Reply};

use crate::Sandbox;
use crate::appointed;
use crate::behaviour::{self, Behaviour, RegisterBehaviour};
use crate::population::{Enterprise, EnterpriseState};

/// How late a slow answer is: longer than a caller should wait, shorter than the function may run.
pub(crate) const SLOWNESS: Duration = Duration::from_secs(6);

/// An entry of the register.
#[derive(Serialize)]
struct Entry<'a> {
    uscc: &'a Uscc,
    name: &'a Words,
    /// The legal representative as the identity provider names them.
    legal_representative: &'a str,
    region: RegionCode,
    state: EnterpriseState,
}

impl<'a> From<&'a Enterprise> for Entry<'a> {
    fn from(enterprise: &'a Enterprise) -> Self {
        Self {
            uscc: &enterprise.uscc,
            name: &enterprise.name,
            legal_representative: enterprise.legal_representative.as_str(),
            region: enterprise.region,
            state: enterprise.state,
        }
    }
}

pub(crate) async fn enterprise(
    State(sandbox): State<Sandbox>,
    Path(uscc): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Reply, Problem> {
    let (uscc, asked) = read(&uscc, &query)?;
    // Whoever asks for a behaviour gets what was there from the beginning.
    let (behaviour, appointed) = match asked {
        Some(behaviour) => (behaviour, None),
        None => (
            behaviour::towards::<RegisterBehaviour>(&sandbox, [uscc.as_str()]).await?,
            appointed::of(&sandbox, &uscc).await?,
        ),
    };
    if let Some(instead) = behaviour.instead(SLOWNESS).await? {
        return Ok(instead);
    }
    let enterprise = sandbox.population.enterprise(&uscc).ok_or_else(|| {
        Problem::new(Code::NotFound).with_detail(Words::new(
            "登记库中没有该统一社会信用代码。",
            "Nothing is registered under this unified social credit code.",
        ))
    })?;
    let mut entry = Entry::from(enterprise);
    if let Some(person) = &appointed {
        entry.legal_representative = person.as_str();
    }
    Reply::new(StatusCode::OK, &entry)
}

fn read(uscc: &str, query: &HashMap<String, String>) -> Result<(Uscc, Option<Behaviour>), Problem> {
    let mut faults = Vec::new();
    let uscc = Uscc::parse_strict(uscc).ok();
    if uscc.is_none() {
        let words = Words::new(
            "不是有效的统一社会信用代码（18 位，含校验码）。",
            "This is no valid unified social credit code (18 characters with check characters).",
        );
        faults.push(InputError::new("uscc", "invalid", words));
    }
    let asked = query.get("behaviour");
    let behaviour = asked.and_then(|text| Behaviour::named(text));
    if asked.is_some() && behaviour.is_none() {
        let words = Words::new(
            "请填写 good、bad、slow 或 down。",
            "good, bad, slow or down is expected.",
        );
        faults.push(InputError::new("behaviour", "not_a_choice", words));
    }
    let mut unknown: Vec<&String> = query.keys().filter(|name| *name != "behaviour").collect();
    unknown.sort();
    for name in unknown {
        let words = Words::new(
            "没有这个参数，请删除。",
            "There is no such parameter: leave it out.",
        );
        faults.push(InputError::new(name, "unknown_parameter", words));
    }
    match uscc {
        Some(uscc) if faults.is_empty() => Ok((uscc, behaviour)),
        _ => Err(Problem::new(Code::InvalidParameter).with_errors(faults)),
    }
}
