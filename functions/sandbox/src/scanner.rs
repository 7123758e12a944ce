//! `POST /sandbox/scanner/scan`: the malware scanner (恶意代码检测), by the protocol of
//! `platform::scanner`.
//!
//! All it knows is the test file of the European Institute for Computer Antivirus Research, anywhere in a
//! file and in the members of an archive. It serves the local AWS only: on Lambda a request has 6 MB at most.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use axum::extract::State;
use domain::chain::Digest;
use domain::media::MAX_FILE_BYTES;
use http::{Request, StatusCode};
use memchr::memmem;
use platform::scanner::TIME_LIMIT;
use serde_json::json;
use web::{Code, Problem, Reply};
use zip::ZipArchive;

use crate::Sandbox;
use crate::behaviour::{self, ScannerBehaviour};

/// The EICAR test file in two halves, so that no scanner takes this one for it.
const EICAR: [&str; 2] = [
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR",
    "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
];
/// How late a slow answer is: longer than the platform waits, shorter than the function may run.
const SLOWNESS: Duration = Duration::from_secs(TIME_LIMIT.as_secs() + 1);
/// How many bytes of what an archive inflates to are looked at, over all its members.
const MOST_INFLATED: u64 = 128 * 1024 * 1024;

pub(crate) async fn scan(
    State(sandbox): State<Sandbox>,
    request: Request<axum::body::Body>,
) -> Result<Reply, Problem> {
    let longest = usize::try_from(MAX_FILE_BYTES).unwrap_or(usize::MAX);
    let file = axum::body::to_bytes(request.into_body(), longest).await;
    let file = file.map_err(|_| Problem::new(Code::BodyTooLarge))?;
    let sha256 = Digest::of(&file);
    let subject = sha256.to_string();
    let behaviour = behaviour::towards::<ScannerBehaviour>(&sandbox, [subject.as_str()]).await?;
    if let Some(instead) = behaviour.instead(SLOWNESS).await? {
        return Ok(instead);
    }
    let verdict = if is_infected(&file) {
        "infected"
    } else {
        "clean"
    };
    let answer = json!({"sha256": sha256, "verdict": verdict});
    Reply::new(StatusCode::OK, &answer)
}

/// Whether the test file is anywhere in `file` or in a member of the archive it is.
fn is_infected(file: &[u8]) -> bool {
    let signature = EICAR.concat();
    let finder = memmem::Finder::new(signature.as_bytes());
    if finder.find(file).is_some() {
        return true;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(file)) else {
        return false;
    };
    let mut left = MOST_INFLATED;
    (0..archive.len()).any(|index| {
        let mut inflated = Vec::new();
        // What cannot be inflated is looked at as far as it goes.
        if let Ok(member) = archive.by_index(index) {
            let _ = member.take(left).read_to_end(&mut inflated);
        }
        left = left.saturating_sub(u64::try_from(inflated.len()).unwrap_or(u64::MAX));
        finder.find(&inflated).is_some()
    })
}
