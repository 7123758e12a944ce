use axum::body::Body;
use axum::extract::{FromRequest, RawForm};
use domain::words::Words;
use http::Request;
use url::form_urlencoded;
use web::{Code, Problem};

/// The parameters of a request: its query, or the form it posts.
#[derive(Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// The parameters in `encoded` (`application/x-www-form-urlencoded`).
    pub(super) fn of(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The parameter `name`; one without a value counts as left out (RFC 6749, section 3.1).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        let (_, value) = all.find(|(found, value)| found == name && !value.is_empty())?;
        Some(value)
    }

    /// Those of `names` that are there more than once, which RFC 6749, section 3.1, forbids.
    pub(super) fn repeated<'a>(&self, names: &[&'a str]) -> Vec<&'a str> {
        let count = |name: &str| self.0.iter().filter(|(found, _)| found == name).count();
        names
            .iter()
            .copied()
            .filter(|name| count(name) > 1)
            .collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Parameters {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Problem> {
        match RawForm::from_request(request, state).await {
            Ok(RawForm(encoded)) => Ok(Self::of(&encoded)),
            Err(_) => Err(
                Problem::new(Code::UnsupportedMediaType).with_detail(Words::new(
                    "请以 application/x-www-form-urlencoded 发送。",
                    "Send application/x-www-form-urlencoded.",
                )),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_parameter_counts_as_left_out_and_a_repeated_one_is_found() {
        let parameters = Parameters::of("state=&nonce=%E4%B8%AD&nonce=2&x=1&x=2".as_bytes());
        assert_eq!(parameters.get("state"), None);
        assert_eq!(parameters.get("nonce"), Some("中"));
        assert_eq!(parameters.repeated(&["nonce", "state"]), ["nonce"]);
    }
}
