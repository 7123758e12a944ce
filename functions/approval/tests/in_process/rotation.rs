//! An issuer changes its keys: what is new is believed soon, what is withdrawn not much longer.

use std::sync::Mutex;
use std::time::{Duration, Instant as Elapsed};

use platform::config::{Issuer, IssuerKind};
use platform::key_sets::KeySets;
use support::Emulated;
use support::door::{AUDIENCE, PERSONS, claims, key_set, new_key, signed};
use web::token::TokenVerifier;

/// How much later than it is a test has made it.
static LATER: Mutex<Duration> = Mutex::new(Duration::ZERO);

fn ticks() -> Elapsed {
    Elapsed::now() + *LATER.lock().unwrap()
}

fn pass(seconds: u64) {
    *LATER.lock().unwrap() += Duration::from_secs(seconds);
}

// One story: the time that it makes pass is everybody's.
#[tokio::test]
async fn a_new_key_is_believed_soon_and_a_withdrawn_one_for_ten_minutes_at_most() {
    let stage = Emulated::new().await;
    let (old, new) = (new_key(), new_key());
    let issuer = Issuer {
        issuer: PERSONS.to_owned(),
        audience: AUDIENCE.to_owned(),
        kind: IssuerKind::Person,
    };
    let verifier = TokenVerifier::new(vec![issuer], KeySets::ticking(stage.table(), ticks));
    let by_old = signed(&claims(PERSONS, "anna"), "old", &old);
    let by_new = signed(&claims(PERSONS, "anna"), "new", &new);
    let publish = async |keys: &[(&str, &jsonwebtoken::EncodingKey)]| {
        let sets = KeySets::new(stage.table());
        sets.store(&key_set(PERSONS, keys)).await.unwrap();
    };
    let believed = async |token: &str| verifier.verify(token).await.is_ok();

    publish(&[("old", &old)]).await;
    assert!(believed(&by_old).await);
    assert!(!believed(&by_new).await, "nobody has published it");

    // It comes. Whoever names unknown keys does not have the set read at every request.
    publish(&[("old", &old), ("new", &new)]).await;
    pass(29);
    assert!(!believed(&by_new).await, "within the floor");
    pass(2);
    assert!(believed(&by_new).await);
    assert!(believed(&by_old).await);

    // The old one is withdrawn, and was last read just now.
    publish(&[("new", &new)]).await;
    pass(595);
    assert!(believed(&by_old).await);
    assert!(believed(&by_new).await);
    pass(10);
    assert!(!believed(&by_old).await, "ten minutes after the last read");
    assert!(believed(&by_new).await);

    // Without the table, which an issuer's outage leaves as it is, what is known holds its time.
    stage
        .faults
        .answer("BatchGetItem", 10, |_| Some(support::Reply::unavailable()));
    pass(300);
    assert!(believed(&by_new).await);
}
