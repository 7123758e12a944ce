use platform::config::Config;
use platform::error::PlatformError;
use platform::table::Key;
use url::Url;

/// Where the sandbox stands and what it may do there.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the stage.
    pub(crate) stage: &'static str,
    /// The public address of the API, without a slash at its end.
    pub(crate) base: String,
    /// The origins, besides this machine's, that a login may return to.
    pub(crate) allowed_origins: Vec<String>,
    /// The item that moves business time, where that is allowed.
    pub(crate) clock_item: Option<Key>,
}

impl Settings {
    /// The settings in `config`, for an API that the public reaches at `base` (`SANDBOX_BASE`).
    ///
    /// # Errors
    /// [`PlatformError::Configuration`] naming every fault at once: a stage where nothing may be
    /// simulated, or a `base` that is no address.
    pub fn read(config: &Config, base: Option<String>) -> Result<Self, PlatformError> {
        let mut faults = Vec::new();
        if !config.stage.may_be_simulated() {
            faults.push(format!(
                "the sandbox must not run on the stage {}",
                config.stage.as_str()
            ));
        }
        let base = base.unwrap_or_default().trim_end_matches('/').to_owned();
        let is_address = Url::parse(&base)
            .is_ok_and(|url| url.has_host() && url.query().is_none() && url.fragment().is_none());
        if !is_address {
            faults.push("SANDBOX_BASE must be the public address of the API".to_owned());
        }
        if !faults.is_empty() {
            return Err(PlatformError::Configuration(faults.join("; ")));
        }
        Ok(Self {
            stage: config.stage.as_str(),
            base,
            allowed_origins: config.allowed_origins.clone(),
            clock_item: config.clock_item.as_deref().map(Key::clock),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started_on(stage: &str, base: &str) -> Result<Settings, PlatformError> {
        let config = Config::read(|name| match name {
            "STAGE" => Some(stage.to_owned()),
            "TABLE" => Some("table".to_owned()),
            _ => None,
        })
        .unwrap();
        Settings::read(&config, Some(base.to_owned()))
    }

    #[test]
    fn the_sandbox_starts_on_local_and_test_stages_only() {
        let base = "http://127.0.0.1:4566/_aws/execute-api/c0ffee01/$default/";
        for stage in ["local", "test"] {
            let settings = started_on(stage, base).unwrap();
            assert_eq!(settings.base, base.trim_end_matches('/'));
        }
        for stage in ["staging", "production"] {
            let refused = started_on(stage, base).unwrap_err().to_string();
            assert!(refused.contains(stage), "{refused}");
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        for base in ["", "nowhere", "mailto:a@b.example", "http://h/?q"] {
            let refused = started_on("production", base).unwrap_err().to_string();
            assert!(
                refused.contains("production") && refused.contains("SANDBOX_BASE"),
                "{refused}"
            );
        }
    }
}
