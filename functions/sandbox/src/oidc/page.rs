//! The login page: one button per ready person, in both languages, without script.

use axum::response::{Html, IntoResponse};
use domain::mandate::Coverage;
use domain::officer::Post;
use domain::words::Words;
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Provider;
use super::login_request::LoginRequest;
use crate::population::{Population, ReadyMandate, ReadyOfficer, ReadyPerson};

/// No script, no frame, nothing from elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
);

/// The page on which one chooses who logs in.
pub(super) fn choice(
    population: &Population,
    provider: Provider,
    request: &LoginRequest,
) -> impl IntoResponse + use<> {
    let cancelled = request.refusal("access_denied", "the person cancelled the login");
    let main = html! {
        (heading(provider))
        form method="post" {
            @for (name, value) in request.parameters() {
                input type="hidden" name=(name) value=(value);
            }
            @match provider {
                Provider::Persons => ul.cards {
                    @for person in &population.persons { (person_card(population, person)) }
                },
                Provider::Officers => @for unit in &population.units {
                    h2 { (unit.name.zh) " " small lang="en" { (unit.name.en) } }
                    ul.cards {
                        @for officer in population.officers.iter().filter(|of| of.unit == unit.id) {
                            (officer_card(officer))
                        }
                    }
                },
            }
        }
        p.foot {
            "登录后返回 " code { (request.client_id) } "。"
            a href=(cancelled) { "取消 " span lang="en" { "Cancel" } }
        }
    };
    page(&main)
}

/// The page that tells a person of a request that cannot be answered to the client.
pub(super) fn fault(faults: &[Words]) -> impl IntoResponse + use<> {
    let main = html! {
        h1 { "无法登录 " small lang="en" { "Login is not possible" } }
        ul.faults {
            @for fault in faults {
                li { (fault.zh) br; span lang="en" { (fault.en) } }
            }
        }
    };
    page(&main)
}

fn heading(provider: Provider) -> Markup {
    let (zh, en) = match provider {
        Provider::Persons => ("您以谁的身份登录？", "Who are you logging in as?"),
        Provider::Officers => ("您是哪位民警？", "Which officer are you?"),
    };
    html! { h1 { (zh) " " small lang="en" { (en) } } }
}

fn person_card(population: &Population, person: &ReadyPerson) -> Markup {
    card(
        person.id.as_str(),
        &person.name,
        true,
        &html! {
            @for mandate in &person.mandates { (mandate_lines(population, mandate)) }
            @if person.mandates.is_empty() {
                span.what { "尚无授权 " span lang="en" { "No mandate yet" } }
            }
        },
    )
}

fn mandate_lines(population: &Population, mandate: &ReadyMandate) -> Markup {
    let role = mandate.role.words();
    html! {
        span.what {
            b { (role.zh) } " " span lang="en" { (role.en) }
            @if let Coverage::Only(items) = &mandate.items {
                @for item in items { " · " (item.to_string()) }
            }
            @if let Some(last) = mandate.to {
                " · 至 " span lang="en" { "until" } " " time { (last.to_string()) }
            }
        }
        @if let Some(enterprise) = population.enterprise(&mandate.enterprise) {
            span.where {
                (enterprise.name.zh) br;
                span lang="en" { (enterprise.name.en) } br;
                code { (enterprise.uscc.as_str()) }
            }
        }
    }
}

fn officer_card(officer: &ReadyOfficer) -> Markup {
    card(
        officer.id.as_str(),
        &officer.name,
        officer.active,
        &html! {
            span.what {
                @for (at, post) in officer.posts.iter().copied().map(Post::words).enumerate() {
                    @if at > 0 { " · " }
                    b { (post.zh) } " " span lang="en" { (post.en) }
                }
            }
            span.where {
                "警号 " (officer.badge)
                @if !officer.active { " · 已离任 " span lang="en" { "no longer in office" } }
            }
        },
    )
}

fn card(id: &str, name: &Words, active: bool, lines: &Markup) -> Markup {
    html! {
        li {
            button.former[!active] name="person" value=(id) {
                span.name { (name.zh) " " small lang="en" { (name.en) } }
                (lines)
            }
        }
    }
}

fn page(main: &Markup) -> impl IntoResponse + use<> {
    let document = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "模拟登录 · Sandbox login" }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                header {
                    strong { "涉企服务平台 · 模拟身份认证" }
                    span lang="en" { "Enterprise services · sandbox login" }
                }
                p.notice {
                    "仅供测试：人员、企业均为虚构，无需密码。 "
                    span lang="en" { "For tests only: everybody here is invented, no password is asked." }
                }
                main { (main) }
            }
        }
    };
    (
        [(CONTENT_SECURITY_POLICY, POLICY)],
        Html(document.into_string()),
    )
}
