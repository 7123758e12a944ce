//! Where a login may return to.

use url::{Host, Url};

/// The address in `uri`, if a login may return there: on this machine at any port (RFC 8252, section
/// 7.3), or at one of `origins`; without user, password or fragment.
pub(super) fn allowed(uri: &str, origins: &[String]) -> Option<Url> {
    let url = Url::parse(uri).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let here = url.scheme() == "http"
        && match url.host()? {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
    let known = origins.contains(&url.origin().ascii_serialization());
    (plain && (here || known)).then_some(url)
}

/// `url` with `answer` added to its query.
pub(super) fn answering<'a>(
    mut url: Url,
    answer: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    url.query_pairs_mut().extend_pairs(answer);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_returns_to_this_machine_or_an_allowed_origin_only() {
        let origins = ["https://services.example.cn".to_owned()];
        for good in [
            "http://localhost:5173/callback",
            "http://127.0.0.1:8400/",
            "http://[::1]:9/x?tab=1",
            "https://services.example.cn/back",
        ] {
            assert!(allowed(good, &origins).is_some(), "{good}");
        }
        for bad in [
            "",
            "/callback",
            "https://evil.example/cb",
            "http://localhost.evil.example/",
            "http://localhost@evil.example/",
            "http://user:pw@localhost/",
            "http://services.example.cn/back",
            "https://services.example.cn:8443/back",
            "https://services.example.cn.evil.example/",
            "http://localhost/#fragment",
            "javascript:alert(1)",
            "ftp://localhost/",
        ] {
            assert!(allowed(bad, &origins).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_answer_joins_the_query_that_is_there() {
        let url = Url::parse("http://localhost:1/cb?tab=1").unwrap();
        let answered = answering(url, [("state", "a b&c")]);
        assert_eq!(answered, "http://localhost:1/cb?tab=1&state=a+b%26c");
    }
}
