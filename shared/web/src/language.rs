//! The language of an answer (RFC 9110, section 12.5.4): Chinese unless English is preferred.

use domain::words::Language;
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

/// The language that `headers` ask for.
pub fn preferred(headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let mut best = (Language::Chinese, 0.0_f32);
    for range in accepted.split(',') {
        let mut parts = range.split(';');
        let name = parts.next().unwrap_or("").trim().to_ascii_lowercase();
        let quality = parts
            .find_map(|parameter| parameter.trim().strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        let language = match name.split('-').next() {
            Some("en") => Language::English,
            Some("zh" | "*") => Language::Chinese,
            _ => continue,
        };
        if quality > best.1 {
            best = (language, quality);
        }
    }
    best.0
}

/// The language tag (RFC 5646) of `language`.
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(header: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, header.parse().unwrap());
        preferred(&headers)
    }

    #[test]
    fn chinese_is_the_default_and_the_better_quality_wins() {
        assert_eq!(preferred(&HeaderMap::new()), Language::Chinese);
        assert_eq!(asked("en"), Language::English);
        assert_eq!(asked("en-GB,en;q=0.9"), Language::English);
        assert_eq!(asked("en;q=0.3, zh-CN;q=0.8"), Language::Chinese);
        assert_eq!(asked("de, fr;q=0.5"), Language::Chinese);
        assert_eq!(asked("en;q=nonsense, ,;;"), Language::English);
    }
}
