//! The sample events, as API Gateway sends them.

use http::StatusCode;
use tower::ServiceExt as _;

use crate::world::{AUDIENCE, Answer, World};

async fn answered(world: &World, event: &str) -> Answer {
    let request = lambda_http::request::from_str(event).unwrap();
    Answer::of(world.router().oneshot(request).await.unwrap()).await
}

#[tokio::test]
async fn the_sample_of_a_token_request_is_answered_with_a_token() {
    let world = World::new().await;
    let event = include_str!("../../../../events/sandbox-token.json");
    let answer = answered(&world, event).await.json();
    let token = answer["access_token"].as_str().unwrap();
    let claims = world.verified("persons", token, AUDIENCE).await.unwrap();
    assert_eq!(claims["sub"], "agent-a");
}

#[tokio::test]
async fn the_sample_of_a_login_whose_form_comes_in_base_64_is_answered_with_a_code() {
    let world = World::new().await;
    let answer = answered(
        &world,
        include_str!("../../../../events/sandbox-login.json"),
    )
    .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let location = answer.location.unwrap();
    assert!(
        location.starts_with("http://localhost:5173/callback?code="),
        "{location}"
    );
}
