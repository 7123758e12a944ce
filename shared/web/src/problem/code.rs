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
    /// A device is named, and no person is logged in beside it.
    PersonMissing = UNAUTHORIZED "person_missing"
        ("设备旁没有已登录的办事人", "No person is logged in at the device")
        ("请办事人在自助机或窗口登录后再试，并同时发送其 Authorization 请求头。", "Have the person log in at the kiosk or counter, and send their Authorization header too.");
    /// The credential of the device is malformed, or not that of a device.
    DeviceNotRecognised = UNAUTHORIZED "device_not_recognised"
        ("设备凭证无效", "The device is not recognised")
        ("请核对请求头 X-Device-Authorization（Device 编号.密钥，只发送一次）；密钥遗失的，请本单位管理员撤销后重新登记设备。", "Check the header X-Device-Authorization (Device number.secret, sent once); if the secret is lost, have an administrator of the unit withdraw the device and register it anew.");
    /// The secret of the device is right, but too many attempts at it failed.
    DeviceLocked = TOO_MANY_REQUESTS "device_locked"
        ("设备因多次凭证错误被暂时锁定", "The device is locked for a while")
        ("请按 Retry-After 提示的秒数后再试；如非本单位操作，请联系管理员。", "Try again after the seconds Retry-After names; if these attempts were not yours, tell an administrator of the unit.");
    /// The device was withdrawn, or its unit is closed.
    DeviceOutOfService = FORBIDDEN "device_out_of_service"
        ("该设备已停用", "The device is out of service")
        ("请改用其他自助机、窗口或网上渠道办理。", "Use another kiosk or counter, or go on online.");
    /// A device or key was withdrawn before.
    AlreadyWithdrawn = CONFLICT "already_withdrawn"
        ("已经撤销", "It was withdrawn before")
        ("无需再次撤销；如需启用，请重新登记。", "There is nothing left to withdraw; register a new one if one is needed.");
    /// There is no mandate for the enterprise that holds now.
    NoMandate = FORBIDDEN "no_mandate"
        ("没有有效的授权", "No mandate holds")
        ("请联系企业管理员或法定代表人办理授权；本人刚登记该企业的，请等待登记库核验。", "Ask an administrator or the legal representative of the enterprise for a mandate. If you have just registered it yourself, wait until the register has confirmed that.");
    /// The mandate does not cover the item.
    ItemNotCovered = FORBIDDEN "item_not_covered"
        ("授权范围不包括该事项", "The mandate does not cover this item")
        ("请联系企业管理员扩大授权范围。", "Ask an administrator of the enterprise to widen the mandate.");
    /// The role does not include the act.
    RoleInsufficient = FORBIDDEN "role_insufficient"
        ("授权角色不能进行此操作", "The role does not include this act")
        ("请由角色包含此操作的人员操作。", "Have somebody do it whose role includes it.");
    /// The officer lacks the post.
    PostMissing = FORBIDDEN "post_missing"
        ("岗位权限不足", "The post does not include this act")
        ("请由具有相应岗位的人员办理。", "Have an officer who holds the post do it.");
    /// The enterprise is suspended.
    EnterpriseSuspended = FORBIDDEN "enterprise_suspended"
        ("企业已被暂停办理", "The enterprise is suspended")
        ("暂停期间只能查询，请联系承办单位或拨打 12345。", "Until it may act again you can only read: ask the unit in charge, or call 12345.");
    /// The identity provider has not proved by document who the person is.
    RealNameLevelTooLow = FORBIDDEN "real_name_level_too_low"
        ("实名认证等级不足", "Your identity is not proved well enough")
        ("请先在身份认证平台完成实人实名认证（二级以上）后再办理。", "Have the identity provider prove who you are by document (level 2 or higher), then come back.");
    /// The enterprise is registered already.
    AlreadyRegistered = CONFLICT "already_registered"
        ("该企业已在平台登记", "The enterprise is registered already")
        ("如需办理业务，请联系企业管理员或法定代表人授权；法定代表人已变更的，请使用接管功能。", "Ask an administrator or the legal representative for a mandate; if you are the new legal representative, take over instead.");
    /// The register does not know the enterprise.
    NotInRegister = UNPROCESSABLE_ENTITY "not_in_register"
        ("登记库中没有该单位", "The register does not know it")
        ("请核对统一社会信用代码；新设单位请待登记信息更新后再试。", "Check the unified social credit code; if it is new, try again when the register has it.");
    /// The register says it is no longer in being.
    NoLongerInBeing = UNPROCESSABLE_ENTITY "no_longer_in_being"
        ("该单位已注销或吊销", "It has been closed or has lost its licence")
        ("如登记信息有误，请先向登记机关申请更正。", "If the register is wrong, have the registration authority correct it first.");
    /// The register names another legal representative.
    NotTheLegalRepresentative = FORBIDDEN "not_the_legal_representative"
        ("您不是登记的法定代表人", "You are not the legal representative on record")
        ("请由登记库记载的法定代表人办理；已变更的，请先办理变更登记。", "Have the legal representative on record do it; if that has changed, have the register changed first.");
    /// The register has not confirmed the enterprise yet.
    RegistrationPending = CONFLICT "registration_pending"
        ("企业登记尚待核验", "The registration still waits for the register")
        ("核验会自动进行，请稍后查看；无需重复提交。", "It goes on by itself: look again later, there is no need to register again.");
    /// As many persons as can wait say that they are the legal representative.
    TooManyClaimants = CONFLICT "too_many_claimants"
        ("等待核验的登记申请已达上限", "As many persons as can wait for the register already do")
        ("登记库恢复后将自动核验已有申请，请稍后再登记；紧急的，请到窗口办理。", "They are settled once the register answers: register again later or, if it is urgent, at a counter.");
    /// The enterprise is suspended already.
    AlreadySuspended = CONFLICT "already_suspended"
        ("该企业已被暂停", "The enterprise is suspended already")
        ("无需再次暂停；原因见企业信息，如可恢复办理，请使用恢复功能。", "There is nothing left to suspend: read the enterprise for the reason, and resume it once it may act again.");
    /// The enterprise is not suspended.
    NotSuspended = CONFLICT "not_suspended"
        ("该企业未被暂停", "The enterprise is not suspended")
        ("请刷新后核对状态。", "Read it again and check how it stands.");
    /// Nobody gives more than they hold.
    BeyondOwnMandate = FORBIDDEN "beyond_own_mandate"
        ("不得授予超出本人授权范围的权限", "Nobody gives more than they hold")
        ("请缩小事项范围或缩短期限，或请法定代表人办理。", "Name fewer items or an earlier last day, or ask the legal representative.");
    /// The enterprise has as many mandates and invitations as it can have.
    TooManyPeople = CONFLICT "too_many_people"
        ("授权和邀请已达上限", "There are as many mandates and invitations as there can be")
        ("请先撤销不再需要的授权或邀请（上限 80 个）。", "Withdraw what is no longer needed first: there can be 80.");
    /// The same person is invited already.
    AlreadyInvited = CONFLICT "already_invited"
        ("已向该人发出邀请", "They are invited already")
        ("请等待其接受，或先撤回原邀请。", "Wait until they accept, or take the invitation back first.");
    /// The mandate has ended.
    MandateEnded = CONFLICT "mandate_ended"
        ("该授权已结束", "The mandate has ended")
        ("如仍需授权，请联系企业管理员或法定代表人重新邀请。", "If it is still needed, ask an administrator or the legal representative of the enterprise for a new invitation.");
    /// The invitation was answered or taken back.
    InvitationAnswered = CONFLICT "invitation_answered"
        ("该邀请已被接受或撤回", "The invitation was accepted or taken back")
        ("如仍需授权，请联系企业管理员重新邀请。", "If you still need a mandate, ask an administrator for a new invitation.");
    /// The invitation has expired.
    InvitationExpired = CONFLICT "invitation_expired"
        ("该邀请已过期", "The invitation has expired")
        ("请联系企业管理员重新邀请。", "Ask an administrator for a new invitation.");
    /// The legal representative is one by the register.
    LegalRepresentativeStays = CONFLICT "legal_representative_stays"
        ("法定代表人的授权不能在此变更", "The legal representative's mandate is not changed here")
        ("法定代表人以登记为准；变更后由新任法定代表人接管。", "The register says who it is; a new one takes over after it has changed.");
    /// Nobody else would administer the enterprise.
    LastAdministrator = CONFLICT "last_administrator"
        ("不能移除最后一名管理员", "The last administrator cannot go")
        ("请先邀请另一名管理员并待其接受，或请法定代表人处理。", "Invite another administrator first and wait until they accept, or ask the legal representative.");
    /// The caller is the legal representative already.
    NothingToHandOver = CONFLICT "nothing_to_hand_over"
        ("您已是该企业的法定代表人", "You are its legal representative already")
        ("无需接管。", "There is nothing to take over.");
    /// The officer is appointed already.
    AlreadyAppointed = CONFLICT "already_appointed"
        ("该人员已在岗", "The officer is appointed already")
        ("请改为变更岗位；如在其他单位任职，请先由该单位解除任命。", "Change the officer's posts instead; if they serve in another unit, have it dismiss them first.");
    /// The officer holds no office.
    NotInOffice = CONFLICT "not_in_office"
        ("该人员不在岗", "The officer is not in office")
        ("如需恢复，请重新任命。", "Appoint the officer again if that is wanted.");
    /// Nobody decides on their own posts.
    OwnPosts = FORBIDDEN "own_posts"
        ("不得办理本人的任免", "Nobody decides on their own posts")
        ("请由另一名管理员办理。", "Have another administrator do it.");
    /// Nothing waits to be approved.
    NothingProposed = CONFLICT "nothing_proposed"
        ("没有待批准的岗位", "Nothing waits to be approved")
        ("请刷新后核对。", "Read the officer again and check.");
    /// Who proposed does not approve.
    SecondPairOfEyes = FORBIDDEN "second_pair_of_eyes"
        ("提出人不得批准", "Who proposed does not approve")
        ("管理员和负责人岗位须由另一名管理员批准。", "The posts of administrator and head need a second administrator.");
    /// The officer served in a unit that who appoints does not answer for.
    ServedElsewhere = FORBIDDEN "served_elsewhere"
        ("该人员曾在其他单位任职", "The officer served in another unit")
        ("请由两个单位共同的上级单位管理员任命，或由原单位重新任命。", "Have an administrator of a unit above both appoint them, or the unit they served in.");
    /// Too few would administer the province.
    TooFewAdministrators = CONFLICT "too_few_administrators"
        ("省级管理员不得少于两名", "The province keeps two administrators")
        ("请先任命另一名省级管理员并经批准，再办理。", "Appoint another administrator of the province first and have them approved, then come back.");
    /// Who proposed is not in office any more.
    ProposerGone = CONFLICT "proposer_gone"
        ("提出人已不是在岗管理员", "Who proposed is no longer an administrator in office")
        ("请由在岗管理员重新提出这些岗位，再由另一名管理员批准。", "Have an administrator in office propose these posts anew, and another one approve them.");
    /// The act belongs to the other side.
    WrongSide = FORBIDDEN "wrong_side"
        ("该操作不属于您的身份", "This is not for you to do")
        ("申请人的操作请由企业人员办理，审批操作请由承办单位人员办理。", "Applicants' acts are for the enterprise, decisions for the unit's officers.");
    /// One person may take only one of acceptance, review and decision.
    SeparationOfDuties = FORBIDDEN "separation_of_duties"
        ("同一人不得办理同一办件的两个环节", "One person may not take two steps of one case")
        ("请由另一名人员办理该环节。", "Have another officer take this step.");
    /// The officer acts for the applicant in private life.
    ConflictOfInterest = FORBIDDEN "conflict_of_interest"
        ("您与申请企业存在利害关系，应当回避", "You act for this enterprise yourself")
        ("请由另一名人员办理该办件。", "Have another officer handle this case.");
    /// Who handles a case does not approve its extension.
    OwnExtension = FORBIDDEN "own_extension"
        ("经办人不得批准延期", "Who handles the case does not approve its extension")
        ("请由本机关负责人批准。", "Have the head of the authority approve it.");
    /// The chair of a hearing comes from outside the review.
    ChairFromTheReview = FORBIDDEN "chair_from_the_review"
        ("审查该申请的人员不得主持听证", "Who reviewed the case cannot chair its hearing")
        ("请指定审查人员以外的人员主持（行政许可法第四十八条）。", "Name a chair from outside the review (Administrative Licensing Law, art. 48).");
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
    /// The officer cannot take the case in hand.
    CannotTakeOver = CONFLICT "cannot_take_over"
        ("该人员不能接办此办件", "That officer cannot take the case in hand")
        ("请选择本单位在岗、具有相应岗位且未办理过其他环节的人员。", "Choose an officer of the unit who is in office, holds the post and has taken no other step of the case.");
    /// The officer named for a part of the case is not in office, or acts for the applicant.
    OfficerUnfit = CONFLICT "officer_unfit"
        ("该人员不能参与此办件", "That officer cannot take part in the case")
        ("请填写在岗、且未代理申请企业的人员；实地核查人员须属于承办单位。", "Name an officer who is in office and does not act for the applicant; who checks on site belongs to the unit.");
    /// The five working days to answer a submission are over.
    AcceptancePeriodOver = CONFLICT "acceptance_period_over"
        ("五个工作日已过，视为受理", "Five working days have passed: the application counts as accepted")
        ("请刷新后按已受理办理（行政许可法第三十二条）。", "Read it again and handle it as accepted (Administrative Licensing Law, art. 32).");
    /// The time to answer is over.
    AnswerTooLate = CONFLICT "answer_too_late"
        ("补交期限已过", "The time to answer is over")
        ("请重新申请。", "Apply again.");
    /// Papers are still to follow.
    Uncured = CONFLICT "papers_to_follow"
        ("容缺材料尚未补齐", "Papers are still to follow")
        ("请待申请人补齐 errors 中列出的材料后再作出准予决定。", "Grant it once the papers that errors lists have come.");
    /// No undertaking covers what is missing.
    NoUndertaking = CONFLICT "no_undertaking"
        ("没有有效的容缺承诺书", "No undertaking covers what is missing")
        ("请先由申请人签署容缺承诺书；承诺日期已过的须重新签署。", "Have the applicant sign an undertaking first; one whose date is past must be signed anew.");
    /// The enterprise let an undertaking lapse.
    LapsedBefore = CONFLICT "lapsed_before"
        ("近 12 个月内有未履行的容缺承诺", "An undertaking lapsed within the last 12 months")
        ("请备齐全部材料后提交。", "Submit with all papers.");
    /// The undertaking was checked before.
    CheckedBefore = CONFLICT "checked_before"
        ("承诺已核查", "The undertaking was checked before")
        ("请查看办件记录中的核查结果。", "See the findings in the events of the application.");
    /// The procedure or suspension runs already.
    PausedAlready = CONFLICT "paused_already"
        ("该程序正在进行", "It runs already")
        ("请先结束正在进行的程序。", "End the one that runs first.");
    /// A limit has ended.
    ExtensionTooLate = CONFLICT "extension_too_late"
        ("期限已届满，不能延期", "The limit has ended and cannot be extended")
        ("请尽快作出决定。", "Decide as soon as possible.");
    /// Once only.
    ExtendedBefore = CONFLICT "extended_before"
        ("只能延期一次", "There is one extension only")
        ("该办件已延期或已申请延期（行政许可法第四十二条）。", "It was extended, or an extension is asked for (Administrative Licensing Law, art. 42).");
    /// Nobody asked for more time.
    NoExtensionAsked = CONFLICT "no_extension_asked"
        ("没有待批准的延期申请", "No extension is asked for")
        ("请由经办人先申请延期。", "Have the handler ask for one first.");
    /// The hearing is not at that step.
    HearingNotAtThatStep = CONFLICT "hearing_not_at_that_step"
        ("听证程序不在该环节", "The hearing is not at that step")
        ("依次为：告知听证权利、申请人提出、通知时间地点、举行并制作笔录。", "In order: the right is told, the applicant asks, time and place are told, it is held and minuted.");
    /// The time to ask for a hearing is over.
    HearingAskedTooLate = CONFLICT "hearing_asked_too_late"
        ("申请听证的期限已过", "The time to ask for a hearing is over")
        ("应当在被告知之日起五个工作日内提出（行政许可法第四十七条）。", "It had to be asked for within five working days (Administrative Licensing Law, art. 47).");
    /// The hearing is still open.
    HearingOpen = CONFLICT "hearing_open"
        ("听证尚未结束", "The hearing is still open")
        ("请在听证举行后或申请期限届满后再作出决定。", "Decide after it was held, or once the time to ask for it is over.");
    /// They came already.
    AttendedBefore = CONFLICT "attended_before"
        ("已登记到场", "Attendance is recorded already")
        ("无需再次预约或登记。", "There is nothing to book or record again.");
    /// No further time can be booked.
    BookedTooOften = CONFLICT "booked_too_often"
        ("预约次数已达上限", "A time was booked as often as it can be")
        ("请按最后一次预约的时间到场；不能按时到场的，可以在办公时间直接前往。", "Come at the time booked last; if you cannot, come during office hours without booking.");
    /// The undertaking was changed as often as it can be.
    UndertakenTooOften = CONFLICT "undertaken_too_often"
        ("容缺承诺变更次数已达上限", "The undertaking was changed as often as it can be")
        ("请按最后一次承诺补齐材料，或撤回后重新申请。", "Bring the papers as undertaken last, or withdraw and apply anew.");
    /// The notice has reached whom it is for.
    ServedBefore = CONFLICT "served_before"
        ("该文书已经送达", "The notice has been served already")
        ("电子送达的文书以进入申请人系统之时为送达，无需再登记签收。", "There is nothing to record: a notice served electronically is served when it arrives.");
    /// The step waits for attendance.
    NotAttended = CONFLICT "not_attended"
        ("申请人尚未到场", "The step waits for attendance")
        ("请在登记到场后再办理该环节。", "Record the attendance first.");
    /// The term ended without a decision.
    RenewedBySilence = CONFLICT "renewed_by_silence"
        ("有效期已届满，视为准予延续", "The term has ended: it counts as renewed")
        ("逾期未作决定，依法视为准予延续（行政许可法第五十条）；请刷新后查看新的有效期。", "No decision came in time, so that it counts as renewed (Administrative Licensing Law, art. 50): read it again for the new term.");
    /// A request of the holder is pending.
    PetitionPending = CONFLICT "petition_pending"
        ("已有待答复的延续或变更申请", "A request is pending already")
        ("请等待答复。", "Wait for its answer.");
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
        ("请重新读取后再试；请求带有 If-Match 的，请改用新的 ETag。", "Read it again and repeat the request; where it sends If-Match, with the new ETag.");
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
    /// What was accepted or granted before cannot be used again here.
    ReuseRefused = UNPROCESSABLE_ENTITY "reuse_refused"
        ("该材料或证照不能复用", "This cannot be used again here")
        ("原因见 errors。请选择可复用清单中的其他材料，或者重新上传。", "errors says why. Choose another one of the list of what can be reused, or upload the material.");
    /// A correction notice asks for nothing, or what it cannot ask for.
    DemandInvalid = UNPROCESSABLE_ENTITY "demand_invalid"
        ("补正内容有误", "The correction notice cannot ask for this")
        ("请列出事项要求的材料或表单项；再次补正只能列出首次告知且仍未补齐的内容（行政许可法第三十二条）。", "Name materials of the item or members of the form; a further notice may only repeat what the first asked for and is unmet (Administrative Licensing Law, art. 32).");
    /// No member of the form was asked for.
    FormNotDemanded = UNPROCESSABLE_ENTITY "form_not_demanded"
        ("补正通知未要求修改表单", "No member of the form was asked for")
        ("请去掉 form，只补交通知中列出的材料。", "Leave form out and bring what the notice lists.");
    /// The deferral breaks a rule.
    DeferralInvalid = UNPROCESSABLE_ENTITY "deferral_invalid"
        ("容缺承诺不符合规则", "The undertaking breaks a rule")
        ("请按 errors 修改容缺材料或补交日期。", "Correct the papers or the date as errors says.");
    /// The item is not approved on undertaking.
    NotOnUndertaking = UNPROCESSABLE_ENTITY "not_on_undertaking"
        ("该办件不适用告知承诺", "This is not approved on undertaking")
        ("请按一般程序办理。", "Follow the ordinary procedure.");
    /// The ground does not stop the clock.
    GroundNotListed = UNPROCESSABLE_ENTITY "ground_not_listed"
        ("该事项没有此特别程序", "The item does not list this special procedure")
        ("请选择办事指南列明的特别程序（行政许可法第四十五条）；听证有专门的操作。", "Choose one that the item's guide lists (Administrative Licensing Law, art. 45); a hearing has commands of its own.");
    /// A date or time is not where it must be.
    DateOutOfRange = UNPROCESSABLE_ENTITY "date_out_of_range"
        ("日期或时间不在允许范围内", "A date or time is out of range")
        ("请按 errors 修改。", "Correct it as errors says.");
    /// No basis, or not so many days.
    ExtensionInvalid = UNPROCESSABLE_ENTITY "extension_invalid"
        ("不能这样延期", "It cannot be extended like this")
        ("只有事项列明依据时才能延期，最多十个工作日（行政许可法第四十二条）。", "An extension needs a basis the item cites, and is of at most ten working days (Administrative Licensing Law, art. 42).");
    /// The item knows no such step.
    StepNotOfItem = UNPROCESSABLE_ENTITY "step_not_of_item"
        ("该事项没有此环节", "The item knows no such step")
        ("请查看办事指南的办理流程。", "See the steps in the item's guide.");
    /// One officer alone.
    OneInspector = UNPROCESSABLE_ENTITY "one_inspector"
        ("实地核查须有两名以上人员", "Checks on site are made by two officers")
        ("请填写另一名核查人员（行政许可法第三十四条）。", "Name the second officer (Administrative Licensing Law, art. 34).");
    /// Nothing to renew, or asked for too late.
    RenewalNotPossible = UNPROCESSABLE_ENTITY "renewal_not_possible"
        ("不能申请延续", "It cannot be renewed")
        ("有效期届满三十日前可申请延续；没有有效期的无需延续，已逾期的请重新申请（行政许可法第五十条）。", "Renewal is asked for 30 days before the term ends; without a term there is nothing to renew, and afterwards one applies anew (Administrative Licensing Law, art. 50).");
    /// The term of what was granted has ended.
    TermEnded = UNPROCESSABLE_ENTITY "term_ended"
        ("有效期已届满", "The term has ended")
        ("有效期届满后不能变更；请重新申请。", "What has run out cannot be changed: apply anew.");
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
