use serde::{Deserialize, Serialize};

use crate::words::Words;

/// What the applicant gets in the end (审批结果).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultDocument {
    /// What kind of document it is.
    pub document_type: DocumentType,
    /// Its name.
    pub name: Words,
    /// How many months it is valid; `None` where the law sets no term.
    pub validity_months: Option<u16>,
    /// What else is known about its validity.
    pub validity_note: Option<String>,
    /// How it can reach the applicant.
    pub delivery_modes: Vec<DeliveryMode>,
}

/// The kinds of result document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentType {
    /// Notice that somebody is put in charge.
    Assignment,
    /// 证明, 证件.
    Certificate,
    /// 决定书, 批复.
    Decision,
    /// 签注.
    Endorsement,
    /// 许可证.
    Licence,
    /// 标志.
    Mark,
    /// A number to be quoted or displayed.
    Number,
    /// 通行证.
    Pass,
    /// A permit for a single act.
    Permit,
    /// 号牌.
    Plate,
    /// 回执, 备案证明.
    Receipt,
    /// 记录.
    Record,
    /// An entry in a register (户口, …).
    Register,
    /// 答复.
    Reply,
    /// 报告.
    Report,
    /// 安排表.
    Schedule,
    /// 标牌.
    Sign,
    /// 签证.
    Visa,
}

/// How a result document can reach the applicant (送达方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMode {
    /// 电子送达.
    Electronic,
    /// 邮寄.
    Express,
    /// 窗口领取.
    Pickup,
}
