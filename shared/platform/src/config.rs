//! The configuration of a function: its environment, read once and checked as a whole.

use serde::Deserialize;

use crate::error::PlatformError;

/// Which stage the function runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// One machine, for developers.
    Local,
    /// A stack for tests.
    Test,
    /// A rehearsal of production.
    Staging,
    /// The real thing.
    Production,
}

impl Stage {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "local" => Self::Local,
            "test" => Self::Test,
            "staging" => Self::Staging,
            "production" => Self::Production,
            _ => return None,
        })
    }

    /// The stage as the template names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Test => "test",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }

    /// Whether stand-ins and the movable clock may run here.
    pub fn may_be_simulated(self) -> bool {
        matches!(self, Self::Local | Self::Test)
    }
}

/// Whom an identity provider knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// Natural persons.
    Person,
    /// Officers.
    Officer,
}

/// An identity provider whose tokens are believed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// The `iss` claim of its tokens, and the base of its discovery document.
    pub issuer: String,
    /// The `aud` claim its tokens for this platform carry.
    pub audience: String,
    /// Whom it knows.
    pub kind: IssuerKind,
}

/// The roots that AWS's certificates chain to, by partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrustAnchors {
    /// The global partition `aws`.
    #[default]
    Global,
    /// China's regions, `aws-cn`.
    China,
}

/// What every function needs to know of its surroundings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The stage.
    pub stage: Stage,
    /// The name of the table.
    pub table: String,
    /// The key of the item that moves business time; only on stages that allow it.
    pub clock_item: Option<String>,
    /// The bucket of documents.
    pub documents_bucket: Option<String>,
    /// The KMS key that wraps branch keys.
    pub key_id: Option<String>,
    /// The queue of the background review.
    pub review_queue_url: Option<String>,
    /// The queue of the cases to look at because something is due.
    pub deadlines_queue_url: Option<String>,
    /// The queue of the counters.
    pub projection_queue_url: Option<String>,
    /// The queue of the messages to people.
    pub notification_queue_url: Option<String>,
    /// Where the enterprise register answers.
    pub enterprise_register_url: Option<String>,
    /// Where the vehicle register answers.
    pub vehicle_register_url: Option<String>,
    /// Where the malware scanner answers.
    pub malware_scanner_url: Option<String>,
    /// The identity providers believed.
    pub issuers: Vec<Issuer>,
    /// The origins a browser may call from.
    pub allowed_origins: Vec<String>,
    /// The roots that AWS's certificates chain to.
    pub trust_anchors: TrustAnchors,
}

impl Config {
    /// The configuration in this process's environment.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] naming every fault at once.
    pub fn from_env() -> Result<Self, PlatformError> {
        Self::read(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// The configuration that `get` answers for.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] naming every fault at once.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, PlatformError> {
        let mut faults = Vec::new();
        let stage = get("STAGE")
            .as_deref()
            .and_then(Stage::parse)
            .unwrap_or_else(|| {
                faults.push("STAGE must be local, test, staging or production".to_owned());
                Stage::Production
            });
        let table = get("TABLE").unwrap_or_else(|| {
            faults.push("TABLE is missing".to_owned());
            String::new()
        });
        let clock_item = get("CLOCK_ITEM");
        if clock_item.is_some() && !stage.may_be_simulated() {
            faults.push(format!(
                "CLOCK_ITEM must not be set on the stage {}",
                stage.as_str()
            ));
        }
        let issuers = get("TRUSTED_ISSUERS").map_or_else(Vec::new, |text| {
            serde_json::from_str(&text).unwrap_or_else(|error| {
                faults.push(format!("TRUSTED_ISSUERS is not a list of issuers: {error}"));
                Vec::new()
            })
        });
        faults.extend(shared_identities(&issuers));
        let trust_anchors = match get("AWS_TRUST_ANCHORS").as_deref() {
            None | Some("aws") => TrustAnchors::Global,
            Some("aws-cn") => TrustAnchors::China,
            Some(other) => {
                faults.push(format!(
                    "AWS_TRUST_ANCHORS must be aws or aws-cn, not {other}"
                ));
                TrustAnchors::Global
            }
        };
        if !faults.is_empty() {
            return Err(PlatformError::Configuration(faults.join("; ")));
        }
        Ok(Self {
            stage,
            table,
            clock_item,
            documents_bucket: get("DOCUMENTS_BUCKET"),
            key_id: get("KEY_ID"),
            review_queue_url: get("REVIEW_QUEUE_URL"),
            deadlines_queue_url: get("DEADLINES_QUEUE_URL"),
            projection_queue_url: get("PROJECTION_QUEUE_URL"),
            notification_queue_url: get("NOTIFICATION_QUEUE_URL"),
            enterprise_register_url: get("ENTERPRISE_REGISTER_URL"),
            vehicle_register_url: get("VEHICLE_REGISTER_URL"),
            malware_scanner_url: get("MALWARE_SCANNER_URL"),
            issuers,
            allowed_origins: get("ALLOWED_ORIGINS").map_or_else(Vec::new, |list| {
                list.split(',')
                    .map(|origin| origin.trim().to_owned())
                    .collect()
            }),
            trust_anchors,
        })
    }

    /// A setting that this function cannot do without.
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] naming the variable.
    pub fn require<'a>(
        value: Option<&'a String>,
        variable: &str,
    ) -> Result<&'a str, PlatformError> {
        value
            .map(String::as_str)
            .ok_or_else(|| PlatformError::Configuration(format!("{variable} is missing")))
    }
}

/// What is wrong with trusting all of `issuers`: what two issuers call somebody must not meet in one
/// space of identifiers, where each could speak in the name of whom the other knows.
fn shared_identities(issuers: &[Issuer]) -> Option<String> {
    let mut faults = Vec::new();
    for kind in [IssuerKind::Person, IssuerKind::Officer] {
        let of_kind = issuers.iter().filter(|issuer| issuer.kind == kind);
        let names: Vec<&str> = of_kind.map(|issuer| issuer.issuer.as_str()).collect();
        if names.len() > 1 {
            let kind = match kind {
                IssuerKind::Person => "person",
                IssuerKind::Officer => "officer",
            };
            faults.push(format!(
                "TRUSTED_ISSUERS names {} issuers of the kind {kind}, of which there can be one: {}",
                names.len(),
                names.join(", ")
            ));
        }
    }
    (!faults.is_empty()).then(|| faults.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let error = Config::read(with(&[("TRUSTED_ISSUERS", "{}")]))
            .unwrap_err()
            .to_string();
        for name in ["STAGE", "TABLE", "TRUSTED_ISSUERS"] {
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn two_issuers_of_one_kind_would_share_identifiers_and_are_refused() {
        let trusting = |issuers: &str| {
            let set = [
                ("STAGE", "production"),
                ("TABLE", "t"),
                ("TRUSTED_ISSUERS", issuers),
            ];
            Config::read(with(&set)).map(|config| config.issuers.len())
        };
        let issuer = |name: &str, kind: &str| {
            format!(r#"{{"issuer":"https://{name}.example","audience":"a","kind":"{kind}"}}"#)
        };
        let (person, officer) = (issuer("id", "person"), issuer("police", "officer"));
        assert_eq!(trusting(&format!("[{person},{officer}]")).unwrap(), 2);
        for (other, kind) in [
            (issuer("other", "person"), "person"),
            (issuer("id", "person"), "person"),
            (issuer("other", "officer"), "officer"),
        ] {
            let error = trusting(&format!("[{person},{officer},{other}]")).unwrap_err();
            let error = error.to_string();
            assert!(error.contains("TRUSTED_ISSUERS"), "{error}");
            assert!(error.contains(&format!("of the kind {kind}")), "{error}");
        }
    }

    #[test]
    fn the_movable_clock_is_refused_on_production() {
        let set = [
            ("STAGE", "production"),
            ("TABLE", "t"),
            ("CLOCK_ITEM", "CLOCK"),
        ];
        assert!(Config::read(with(&set)).is_err());
        let set = [("STAGE", "test"), ("TABLE", "t"), ("CLOCK_ITEM", "CLOCK")];
        assert!(Config::read(with(&set)).is_ok());
    }
}
