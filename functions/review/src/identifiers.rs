//! Whether the identifiers of an application are well formed.

use domain::application::Application;
use domain::review::{Check, CheckKind, CheckOutcome};
use domain::words::Words;
use serde_json::Value;

/// The checks of the applicant's credit code and of every identifier in `form`.
///
/// The form was checked when it was submitted. It is checked again because what it was checked with
/// may have been mended since; the day it is checked for stays that of receipt.
pub(crate) fn checks(application: &Application, form: &Value) -> Vec<Check> {
    let mut checks = vec![credit_code(application)];
    let item = &application.item;
    let received_on = application.course.received_at.date();
    match catalogue::check_form(&item.code, item.version, form, received_on) {
        Ok(()) => checks.push(check(
            "/",
            CheckOutcome::Passed,
            Words::new(
                "表单中的证件号码、电话号码格式和校验位正确",
                "The identifiers in the form are well formed and their check digits are right",
            ),
        )),
        Err(faults) => checks.extend(faults.into_iter().map(|fault| {
            let reason = Words::new(fault.message_zh, fault.message_en);
            check(fault.pointer, CheckOutcome::Failed, reason)
        })),
    }
    checks
}

fn credit_code(application: &Application) -> Check {
    // A code with a wrong check character is none to begin with; what is left are older codes that
    // break the rule for their organisation code.
    if application.enterprise.warning().is_some() {
        return check(
            "enterprise",
            CheckOutcome::Failed,
            Words::new(
                "统一社会信用代码第17位与GB 11714不符（部分较早的代码如此），请对照营业执照核对",
                "Position 17 of the unified social credit code does not follow GB 11714, as with \
                 some older codes: compare it with the business licence",
            ),
        );
    }
    check(
        "enterprise",
        CheckOutcome::Passed,
        Words::new(
            "统一社会信用代码格式和校验位正确",
            "The unified social credit code is well formed and its check character is right",
        ),
    )
}

fn check(subject: impl Into<String>, outcome: CheckOutcome, reason: Words) -> Check {
    Check::new(CheckKind::Identifier, subject, outcome, reason)
}
