//! Shows the main job in a terminal: what is sent, what is answered, how long it takes.
//!
//! `API` names the stack.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it writes to a terminal"
)]

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::words::Words;
use journeys::{Answer, Api, Call, Failure, Narrator, main_job};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let started = Instant::now();
    match tell().await {
        Ok(number) => {
            println!(
                "\n✓ {number} 已办结，用时 {:.1} 秒",
                started.elapsed().as_secs_f64()
            );
            println!(
                "  {number} is decided, in {:.1} s",
                started.elapsed().as_secs_f64()
            );
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("\n✗ 未能完成 / It could not be completed\n  {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn tell() -> Result<String, Failure> {
    let api = Api::from_env()?;
    println!("{}", api.base());
    let done = main_job::tell(&api.told_to(Arc::new(Aloud::default()))).await?;
    Ok(done.number)
}

/// Tells the story to whoever sits in front of the terminal.
#[derive(Default)]
struct Aloud {
    steps: AtomicUsize,
}

/// The headers worth showing: what makes a request this request.
const SHOWN: [&str; 4] = [
    "x-acting-for",
    "idempotency-key",
    "if-match",
    "content-type",
];
/// How many members of a body are shown, and how many characters of each.
const MEMBERS: usize = 12;
const WIDTH: usize = 96;

impl Narrator for Aloud {
    fn step(&self, title: Words) {
        let number = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        println!("\n{number:>2}  {}\n    {}", title.zh, title.en);
    }

    fn exchanged(&self, call: &Call, answer: &Answer) {
        println!("\n    → {} {}", call.method, place(&call.path));
        for (name, value) in call
            .headers
            .iter()
            .filter(|(name, _)| SHOWN.contains(&name.as_str()))
        {
            println!("      {name}: {value}");
        }
        show(&call.body, serde_json::from_slice(&call.body).ok().as_ref());
        println!("    ← {}  {} ms", answer.status, answer.took.as_millis());
        if !answer.header("etag").is_empty() {
            println!("      etag: {}", answer.header("etag"));
        }
        show(
            &answer.body,
            Some(answer.json()).filter(|json| !json.is_null()),
        );
    }

    fn waited(&self, what: &str, tries: usize, took: Duration) {
        println!("\n    … {what}: {} ms ({tries}×)", took.as_millis());
    }

    fn fact(&self, fact: Words) {
        println!("    ● {}", fact.zh);
        if fact.en != fact.zh {
            println!("      {}", fact.en);
        }
    }
}

/// A path as it is; of an address elsewhere, what lies before the signature.
fn place(path: &str) -> &str {
    if path.starts_with('/') {
        path
    } else {
        path.split('?').next().unwrap_or(path)
    }
}

fn show(bytes: &[u8], json: Option<&Value>) {
    match json {
        None if bytes.is_empty() => {}
        None => println!("      ({} bytes)", bytes.len()),
        Some(Value::Object(members)) if members.is_empty() => println!("      {{}}"),
        Some(Value::Object(members)) => {
            let longest = members.keys().map(String::len).max().unwrap_or(0);
            for (name, value) in members.iter().take(MEMBERS) {
                println!("      {name:<longest$}  {}", shortened(&value.to_string()));
            }
            if members.len() > MEMBERS {
                println!("      … {} more", members.len() - MEMBERS);
            }
        }
        Some(other) => println!("      {}", shortened(&other.to_string())),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
