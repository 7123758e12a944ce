//! Waiting for what happens in the background: asking again until a condition holds.

use std::time::{Duration, Instant};

use crate::call::{Answer, Call};
use crate::failure::Failure;

/// How long anything in the background may take. Far more than it does: it only ends a story that
/// would wait for ever.
pub const AT_MOST: Duration = Duration::from_secs(90);

/// How long to leave the stack alone between two questions.
const BETWEEN: Duration = Duration::from_millis(100);

/// The first answer to `call` of which `holds` is true; `what` says in words what is waited for.
///
/// # Errors
/// [`Failure::TooLate`] with the last answer.
pub async fn until(
    what: &str,
    call: &Call,
    holds: impl Fn(&Answer) -> bool,
) -> Result<Answer, Failure> {
    let started = Instant::now();
    let mut tries = 1;
    loop {
        let answer = call.quietly().await?;
        if holds(&answer) {
            call.tell_waited(what, tries, started.elapsed());
            call.tell(&answer);
            return Ok(answer);
        }
        if started.elapsed() > AT_MOST {
            return Err(Failure::TooLate {
                what: what.to_owned(),
                within: AT_MOST,
                last: format!("{} {}", answer.status, answer.text()),
            });
        }
        tries += 1;
        tokio::time::sleep(BETWEEN).await;
    }
}
