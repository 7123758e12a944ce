//! `GET /v1/items/{code}`.

use serde_json::Value;

use crate::world::Function;

#[tokio::test]
async fn every_guide_says_of_every_limit_how_long_from_when_and_where_it_comes_from() {
    let function = Function::new();
    let mut guides = 0;
    for item in catalogue::summaries() {
        let (status, guide) = function.get(&format!("/v1/items/{}", item.code)).await;
        assert_eq!(status, 200, "{guide:#}");
        let of_law = (!guide["item"]["statutory_limit"].is_null()).then_some("statutory");
        for limit in ["promised"].into_iter().chain(of_law) {
            let shown = &guide["item"][format!("{limit}_limit")];
            assert!(shown["number"].is_u64(), "{}: {shown}", item.code);
            for member in ["unit", "start", "source"] {
                assert!(shown[member].is_string(), "{}: {shown}", item.code);
            }
            let source = &guide["limit_sources"][limit];
            assert!(says(source), "{}: {source}", item.code);
        }
        guides += 1;
    }
    assert!(guides >= 95);
}

fn says(words: &Value) -> bool {
    ["zh", "en"].iter().all(|language| {
        words[language]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    })
}
