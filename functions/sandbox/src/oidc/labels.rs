//! What roles and posts are called on the login page.

use domain::mandate::Role;
use domain::officer::Post;
use domain::words::Words;

/// The name of `role`.
pub(super) fn role(role: Role) -> Words {
    let (zh, en) = match role {
        Role::LegalRepresentative => ("法定代表人", "Legal representative"),
        Role::Administrator => ("管理员", "Administrator"),
        Role::Handler => ("经办人", "Handler"),
        Role::Signer => ("用印人", "Signer"),
        Role::Payer => ("缴费人", "Payer"),
        Role::Viewer => ("查阅人", "Viewer"),
    };
    Words::new(zh, en)
}

/// The name of `post`.
pub(super) fn post(post: Post) -> Words {
    let (zh, en) = match post {
        Post::Intake => ("受理", "Intake"),
        Post::Reviewer => ("审查", "Reviewer"),
        Post::Decider => ("决定", "Decider"),
        Post::Head => ("负责人", "Head"),
        Post::Supervisor => ("督查", "Supervisor"),
        Post::Traffic => ("交通", "Traffic"),
        Post::Liaison => ("联络", "Liaison"),
        Post::Administrator => ("管理", "Administrator"),
    };
    Words::new(zh, en)
}
