//! Who may, in words: whom a caller who may not can turn to.

use domain::mandate::Role;
use domain::officer::Post;
use domain::policy::Action;
use domain::unit::Level;
use domain::words::Words;

/// Which officers take `action`.
pub(crate) fn officers(action: Action) -> Words {
    let of_the_province = action.lowest_level() == Level::Province;
    let (unit_zh, unit_en) = if of_the_province {
        ("省级单位", " of the province's unit")
    } else {
        ("", "")
    };
    let Words { zh, en } = either(action.posts().iter().copied().map(Post::words));
    Words::new(
        format!("请由{unit_zh}具有{zh}岗位的人员办理。"),
        format!("Have an officer{unit_en} do it who holds the post of {en}."),
    )
}

/// That an officer must hold `post`.
pub(crate) fn holder(post: Post) -> Words {
    let Words { zh, en } = either(std::iter::once(post.words()));
    Words::new(
        format!("请由具有{zh}岗位的人员办理。"),
        format!("Have an officer do it who holds the post of {en}."),
    )
}

/// Which of an enterprise's people take `action`.
pub(crate) fn people(action: Action) -> Words {
    let Words { zh, en } = either(action.roles().iter().copied().map(Role::words));
    Words::new(
        format!("请由该企业的{zh}操作。"),
        format!("Have somebody do it who is the enterprise's {en}."),
    )
}

/// One of `names`.
fn either(names: impl Iterator<Item = Words>) -> Words {
    let (zh, en): (Vec<String>, Vec<String>) =
        names.map(|name| (name.zh, name.en.to_lowercase())).unzip();
    let joined = |names: &[String], comma: &str, or: &str| match names {
        [others @ .., last] if !others.is_empty() => format!("{}{or}{last}", others.join(comma)),
        few => few.concat(),
    };
    Words::new(joined(&zh, "、", "或"), joined(&en, ", ", " or "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_is_named_in_both_languages() {
        let invites = people(Action::Invite);
        assert_eq!(invites.zh, "请由该企业的法定代表人或管理员操作。");
        assert_eq!(
            invites.en,
            "Have somebody do it who is the enterprise's legal representative or administrator."
        );
        let corrects = officers(Action::RequireCorrection);
        assert_eq!(corrects.zh, "请由具有受理或审查岗位的人员办理。");
        assert_eq!(
            corrects.en,
            "Have an officer do it who holds the post of intake or reviewer."
        );
        let gives_keys = officers(Action::ManageApiKeys);
        assert_eq!(gives_keys.zh, "请由省级单位具有管理岗位的人员办理。");
        assert!(gives_keys.en.contains("of the province's unit"));
    }
}
