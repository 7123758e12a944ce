//! What a printed page must be: complete, well nested, and in need of nothing but itself.

use journeys::Answer;

/// Elements without an end tag (HTML, section 13.1.2).
const VOID: [&str; 4] = ["meta", "br", "img", "link"];

/// Holds the page to being HTML that runs nothing and loads nothing.
pub(crate) fn stands_alone(page: &Answer) {
    let text = page.text();
    assert!(
        text.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">"),
        "{text}"
    );
    let mut open: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for tag in text["<!DOCTYPE html>".len()..].split('<').skip(1) {
        let (tag, after) = tag
            .split_once('>')
            .unwrap_or_else(|| panic!("<{tag} does not end"));
        assert!(!after.contains('>') || open.last().is_some_and(|name| name == "style"));
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{text}");
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default().to_owned();
        for attribute in [" on", " src=", " href=", "javascript:"] {
            assert!(!tag.contains(attribute), "<{tag}>");
        }
        if !VOID.contains(&name.as_str()) {
            open.push(name.clone());
        }
        seen.push(name);
    }
    assert!(open.is_empty(), "{open:?} stay open");
    for once in ["html", "head", "title", "body", "h1", "main"] {
        let count = seen.iter().filter(|name| *name == once).count();
        assert_eq!(count, 1, "{once}: {text}");
    }
    for never in ["script", "img", "link", "iframe", "object", "form"] {
        assert!(!seen.iter().any(|name| name == never), "{never}: {text}");
    }
    for loads in ["url(", "@import"] {
        assert!(!text.contains(loads), "{loads}");
    }
}
