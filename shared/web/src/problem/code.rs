//! The closed set of faults the platform tells callers about.

use domain::words::Words;
use http::StatusCode;

macro_rules! codes {
    ($($(#[$docs:meta])* $name:ident = $status:ident $code:literal
        ($title_zh:literal, $title_en:literal)
        ($detail_zh:literal, $detail_en:literal);)*) => {
        /// Which fault. The text form is stable and part of the HTTP contract.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[$docs])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable text form.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status it is answered with.
            pub fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)* }
            }

            /// The fault in a few words.
            pub fn title(self) -> Words {
                match self { $(Self::$name => Words::new($title_zh, $title_en),)* }
            }

            /// What to do next.
            pub fn detail(self) -> Words {
                match self { $(Self::$name => Words::new($detail_zh, $detail_en),)* }
            }
        }
    };
}

codes! {
    /// The body is no JSON, or a member is unknown or of the wrong type.
    MalformedRequest = BAD_REQUEST "malformed_request"
        ("请求格式有误", "The request is malformed")
        ("请按接口文档修改 errors 中列出的内容后重试。", "Correct what errors lists, as the interface description says, and try again.");
    /// A header or parameter is missing or malformed.
    InvalidParameter = BAD_REQUEST "invalid_parameter"
        ("参数或请求头有误", "A parameter or header is wrong")
        ("请修改 errors 中列出的参数后重试。", "Correct the parameters that errors lists and try again.");
    /// `X-Acting-For` is missing or no valid code.
    ActingForInvalid = BAD_REQUEST "acting_for_invalid"
        ("未指明所代表的企业", "It is not said for which enterprise you act")
        ("请在请求头 X-Acting-For 中填写企业的统一社会信用代码。", "Send the enterprise's unified social credit code in the header X-Acting-For.");
    /// The command needs an idempotency key.
    IdempotencyKeyMissing = BAD_REQUEST "idempotency_key_missing"
        ("缺少幂等键", "The idempotency key is missing")
        ("请在请求头 Idempotency-Key 中填写 1–255 个可见 ASCII 字符，重试时使用同一个键。", "Send 1 to 255 visible ASCII characters in the header Idempotency-Key, and the same ones when you repeat the request.");
    /// The cursor is not one of ours.
    InvalidCursor = BAD_REQUEST "invalid_cursor"
        ("分页游标无效", "The cursor is not valid")
        ("请去掉 cursor 参数，从第一页重新查询。", "Leave the cursor out and begin with the first page.");
    /// There is no token, or it is not to be believed.
    Unauthenticated = UNAUTHORIZED "unauthenticated"
        ("未登录或登录已失效", "You are not logged in, or no longer")
        ("请重新登录后再试。", "Log in again and repeat the request.");
    /// There is no mandate for the enterprise that holds now.
    NoMandate = FORBIDDEN "no_mandate"
        ("没有有效的授权", "No mandate holds")
        ("请联系企业管理员或法定代表人办理授权。", "Ask an administrator or the legal representative of the enterprise for a mandate.");
    /// The mandate does not cover the item.
    ItemNotCovered = FORBIDDEN "item_not_covered"
        ("授权范围不包括该事项", "The mandate does not cover this item")
        ("请联系企业管理员扩大授权范围。", "Ask an administrator of the enterprise to widen the mandate.");
    /// The role does not include the act.
    RoleInsufficient = FORBIDDEN "role_insufficient"
        ("授权角色不能进行此操作", "The role does not include this act")
        ("请由经办人、管理员或法定代表人操作。", "Have a handler, an administrator or the legal representative do it.");
    /// The officer lacks the post.
    PostMissing = FORBIDDEN "post_missing"
        ("岗位权限不足", "The post does not include this act")
        ("请由具有相应岗位的人员办理。", "Have an officer who holds the post do it.");
    /// The enterprise is suspended.
    EnterpriseSuspended = FORBIDDEN "enterprise_suspended"
        ("企业已被暂停办理", "The enterprise is suspended")
        ("暂停期间只能查询，请联系承办单位或拨打 12345。", "Until it may act again you can only read: ask the unit in charge, or call 12345.");
    /// The act belongs to the other side.
    WrongSide = FORBIDDEN "wrong_side"
        ("该操作不属于您的身份", "This is not for you to do")
        ("申请人的操作请由企业人员办理，审批操作请由承办单位人员办理。", "Applicants' acts are for the enterprise, decisions for the unit's officers.");
    /// One person may take only one of acceptance, review and decision.
    SeparationOfDuties = FORBIDDEN "separation_of_duties"
        ("同一人不得办理同一办件的两个环节", "One person may not take two steps of one case")
        ("请由另一名人员办理该环节。", "Have another officer take this step.");
    /// There is no such thing, or it is not the caller's to know of.
    NotFound = NOT_FOUND "not_found"
        ("没有找到", "Not found")
        ("请核对编号或地址。", "Check the number or the address.");
    /// The path is known, the method is not.
    MethodNotAllowed = METHOD_NOT_ALLOWED "method_not_allowed"
        ("不支持该请求方法", "The method is not supported here")
        ("请按接口文档使用正确的方法。", "Use a method that the interface description names.");
    /// The application is not at a stage where this can be done.
    WrongStage = CONFLICT "wrong_stage"
        ("办件当前状态不能进行此操作", "This cannot be done at the present stage")
        ("请刷新办件状态后再操作。", "Read the application again and go on from its present state.");
    /// Another officer has the case in hand.
    ClaimedByAnother = CONFLICT "claimed_by_another"
        ("办件已由他人领取", "Another officer has the case in hand")
        ("请选择其他办件，或请其退回后再领取。", "Choose another case, or ask for it to be released.");
    /// The officer has not claimed the case.
    NotClaimed = CONFLICT "not_claimed"
        ("请先领取办件", "Claim the case first")
        ("请先领取该办件，再办理。", "Claim the case, then act on it.");
    /// A draft was submitted already.
    AlreadySubmitted = CONFLICT "already_submitted"
        ("该办件已提交", "This has been submitted already")
        ("提交后不能修改草稿，请查看办件进度。", "A submitted draft cannot be changed; follow the application instead.");
    /// It has not been submitted yet.
    NotSubmitted = CONFLICT "not_submitted"
        ("该办件尚未提交", "This has not been submitted yet")
        ("请先提交。", "Submit it first.");
    /// The papers changed while the request was carried out.
    PapersChanged = CONFLICT "papers_changed"
        ("材料刚刚发生变化", "The papers have just changed")
        ("请刷新后重试。", "Read the application again and repeat the request.");
    /// `If-Match` names another version.
    StaleVersion = PRECONDITION_FAILED "stale_version"
        ("内容已被他人更新", "It has been changed in the meantime")
        ("请重新读取，再以新的 ETag 重试。", "Read it again and repeat the request with the new ETag.");
    /// The body is too large.
    BodyTooLarge = PAYLOAD_TOO_LARGE "body_too_large"
        ("请求内容过大", "The request is too large")
        ("请求内容不得超过 256 KiB。", "A request may have at most 256 KiB.");
    /// The document is too large.
    DocumentTooLarge = PAYLOAD_TOO_LARGE "document_too_large"
        ("文件过大", "The document is too large")
        ("单个文件不得超过 20 MiB，请压缩或拆分后重新上传。", "A document may have at most 20 MiB: compress or split it.");
    /// The body is not declared as JSON.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "unsupported_media_type"
        ("不支持的内容类型", "The content type is not supported")
        ("请以 UTF-8 编码的 application/json 发送，不要压缩。", "Send application/json in UTF-8, not compressed.");
    /// The form breaks its schema.
    FormInvalid = UNPROCESSABLE_ENTITY "form_invalid"
        ("表单填写有误", "The form has faults")
        ("请按 errors 逐项修改表单。", "Correct the form member by member, as errors lists.");
    /// Materials are missing, refused or not examined yet.
    PapersIncomplete = UNPROCESSABLE_ENTITY "papers_incomplete"
        ("材料不齐全或未通过检查", "The papers are not complete and clean")
        ("请按 errors 逐项补齐材料。", "Complete the papers as errors lists.");
    /// The item has no such material, or takes another kind of file for it.
    MaterialInvalid = UNPROCESSABLE_ENTITY "material_invalid"
        ("材料不符合事项要求", "The material does not fit the item")
        ("请按办事指南的材料清单上传。", "Upload what the item's guide lists.");
    /// There is no such item in force, or it is not applied for here.
    ItemUnavailable = UNPROCESSABLE_ENTITY "item_unavailable"
        ("该事项不能在此申请", "This item cannot be applied for here")
        ("请在事项目录中查询可申请的事项。", "Look up in the catalogue what can be applied for.");
    /// No unit is responsible.
    NoCompetentUnit = UNPROCESSABLE_ENTITY "no_competent_unit"
        ("该地区没有承办单位", "No unit is responsible in this region")
        ("请核对所选地区，或拨打 12345 咨询。", "Check the region, or call 12345.");
    /// The idempotency key was used for another request.
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY "idempotency_key_reused"
        ("幂等键已用于另一请求", "The idempotency key was used for another request")
        ("请换用新的幂等键。", "Use a new idempotency key.");
    /// A value breaks a rule.
    InvalidValue = UNPROCESSABLE_ENTITY "invalid_value"
        ("内容不符合规则", "A value breaks a rule")
        ("请按 errors 逐项修改。", "Correct what errors lists.");
    /// `If-Match` is missing.
    PreconditionRequired = PRECONDITION_REQUIRED "precondition_required"
        ("缺少 If-Match", "If-Match is missing")
        ("请先读取，再以其 ETag 作为 If-Match 重试。", "Read it first, and repeat the request with its ETag as If-Match.");
    /// Our own fault.
    Internal = INTERNAL_SERVER_ERROR "internal_error"
        ("系统故障", "A fault of ours")
        ("请稍后重试；如仍有问题，请提供 request_id 并拨打 12345。", "Try again later; if it persists, call 12345 and quote the request_id.");
    /// Something the platform depends on does not answer.
    Unavailable = SERVICE_UNAVAILABLE "temporarily_unavailable"
        ("服务暂时繁忙", "Temporarily unavailable")
        ("您的请求可能没有生效，请按 Retry-After 提示的秒数后以同一幂等键重试，不会重复办理。", "Your request may not have taken effect. Repeat it with the same idempotency key after the seconds Retry-After names: it is never carried out twice.");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_code_is_unique_and_says_what_to_do_in_both_languages() {
        let texts: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        for code in Code::ALL {
            for words in [code.title(), code.detail()] {
                assert!(!words.zh.is_ascii(), "{code:?}");
                assert!(words.en.is_ascii(), "{code:?}");
            }
            assert!(code.status().is_client_error() || code.status().is_server_error());
        }
    }
}
