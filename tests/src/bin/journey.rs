//! Shows the main job in a terminal: what is sent, what is answered, how long it takes.
//!
//! `API` names the stack.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it writes to a terminal"
)]

use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
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
    /// The kinds of exchange shown whole in this step; further ones take a line.
    shown: Mutex<HashSet<String>>,
}

/// The headers worth showing: what makes a request this request.
const SHOWN: [&str; 4] = [
    "x-acting-for",
    "idempotency-key",
    "if-match",
    "content-type",
];
/// How many members of a body are shown, and how many columns of each.
const MEMBERS: usize = 16;
const WIDTH: usize = 90;

impl Narrator for Aloud {
    fn step(&self, title: Words) {
        let number = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        if let Ok(mut shown) = self.shown.lock() {
            shown.clear();
        }
        println!("\n{number:>2}  {}\n    {}", title.zh, title.en);
    }

    fn exchanged(&self, call: &Call, answer: &Answer) {
        let (place, took) = (place(&call.path), answer.took.as_millis());
        let is_new = self
            .shown
            .lock()
            .is_ok_and(|mut shown| shown.insert(format!("{} {}", call.method, shape(place))));
        if !is_new {
            println!(
                "    → {} {place}  ← {}  {took} ms",
                call.method, answer.status
            );
            return;
        }
        println!("\n    → {} {place}  ({})", call.method, call.who);
        let headers = call.headers.iter();
        for (name, value) in headers.filter(|(name, _)| SHOWN.contains(&name.as_str())) {
            println!("      {name}: {value}");
        }
        show(&call.body, serde_json::from_slice(&call.body).ok().as_ref());
        println!("    ← {}  {took} ms", answer.status);
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

/// A path without what tells one resource from another.
fn shape(path: &str) -> String {
    let names = path
        .split('/')
        .filter(|segment| !segment.bytes().any(|byte| byte.is_ascii_digit()));
    names.collect::<Vec<_>>().join("/")
}

fn show(bytes: &[u8], json: Option<&Value>) {
    match json {
        None if bytes.is_empty() => {}
        None => println!("      ({} bytes)", bytes.len()),
        Some(Value::Object(members)) if members.is_empty() => println!("      {{}}"),
        Some(Value::Object(members)) => {
            let told: Vec<_> = members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .collect();
            let longest = told.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
            for (name, value) in told.iter().take(MEMBERS) {
                println!("      {name:<longest$}  {}", shortened(&value.to_string()));
            }
            if told.len() > MEMBERS {
                println!("      … {} more", told.len() - MEMBERS);
            }
        }
        Some(other) => println!("      {}", shortened(&other.to_string())),
    }
}

/// As much of `text` as fits a line; a Chinese character takes two columns.
fn shortened(text: &str) -> String {
    let mut columns = 0;
    let fits = |letter: &char| {
        columns += if letter.is_ascii() { 1 } else { 2 };
        columns <= WIDTH
    };
    let short: String = text.chars().take_while(fits).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}
