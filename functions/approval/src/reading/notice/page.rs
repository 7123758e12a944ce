//! A notice as a page to be printed on A4. It needs nothing but itself: no script, no picture, no font.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::NoticeBody;

const STYLE: &str = "\
@page{size:A4;margin:37mm 26mm 35mm 28mm}\
body{font:16pt/28pt FangSong,STFangsong,serif;max-width:156mm;margin:2em auto;color:#000}\
header{text-align:center}h1{font:22pt/36pt SimSun,STSong,serif;margin:0}\
.number{margin:.5em 0 2em}p{text-indent:2em;margin:0}.to{text-indent:0}\
.end{text-align:right;margin-top:2em}footer{margin-top:2em;font-size:10.5pt;line-height:1.5}";

/// The page of `notice`.
pub(super) fn page(notice: &NoticeBody) -> Markup {
    let unit = notice.unit.called();
    let date: String = notice.issued_at.to_string().chars().take(10).collect();
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (notice.title) " " (notice.number) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (unit) br; (notice.title) }
                    div.number { (notice.number) }
                }
                main {
                    p.to { "统一社会信用代码 " (notice.enterprise) "：" }
                    @for paragraph in &notice.paragraphs { p { (paragraph) } }
                    @if let Some(text) = &notice.text {
                        @for line in text.lines() { p { (line) } }
                    }
                    @for refused in &notice.rows {
                        p { "第 " (refused.row) " 行：" (refused.reasons) }
                    }
                    @if !notice.laws.is_empty() {
                        p { "依据：" (notice.laws.join("、")) "。" }
                    }
                    @if !notice.remedies.is_empty() {
                        p { (notice.remedies.join("；")) "。" }
                    }
                }
                div.end { (unit) br; time datetime=(date) { (date) } }
                footer {
                    "验真码 " strong { (notice.verification_code) }
                    "　凭文号和验真码可在平台“文书查验”核对本文书。"
                }
            }
        }
    }
}
