//! The function on a stage of its own, with an enterprise register that says what a test wants.

use std::ops::Deref;
use std::sync::{Arc, Mutex};

use account::{App, routes};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use domain::officer::Post;
use platform::authority::officer_item;
use serde_json::{Value, json};
use support::Emulated;
use support::door::{Answer, Asker, Door, PERSONS, appointed, claims};
use tokio::net::TcpListener;
use web::routes::Served;

/// A restaurant that somebody may register.
pub(crate) const RESTAURANT: &str = "91140105XXX100095C";
/// A hospital, which is a public institution.
pub(crate) const HOSPITAL: &str = "12140105XXX1001087";
/// The identity and mobile numbers of the persons, by name.
const PEOPLE: [(&str, &str, &str); 5] = [
    ("legal", "140121190001010015", "13800000001"),
    ("anna", "14012219010203002X", "13800000002"),
    ("boris", "140123190203040135", "13800000003"),
    ("clara", "140121190304050241", "13800000004"),
    ("heir", "14012219040229035X", "13800000005"),
];

/// What the register says.
#[derive(Clone, Default)]
pub(crate) struct Register(Arc<Mutex<Option<(u16, Value)>>>);

impl Register {
    /// It names `person` as legal representative of every enterprise.
    pub(crate) fn names(&self, person: &str) {
        self.says(person, "active");
    }

    /// It says that every enterprise is in this state.
    pub(crate) fn says(&self, person: &str, state: &str) {
        let entry = json!({
            "name": {"zh": "太原汾畔餐饮有限公司", "en": "Taiyuan Fenpan Catering Co., Ltd."},
            "legal_representative": person, "region": "140105", "state": state,
        });
        *self.0.lock().unwrap() = Some((200, entry));
    }

    /// It answers `status` with `body`.
    pub(crate) fn answers(&self, status: u16, body: Value) {
        *self.0.lock().unwrap() = Some((status, body));
    }

    async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/enterprises/{uscc}", get(entry))
            .with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }
}

async fn entry(
    State(register): State<Register>,
    Path(uscc): Path<String>,
) -> (StatusCode, axum::Json<Value>) {
    let said = register.0.lock().unwrap().clone();
    let (status, mut body) = said.unwrap_or((503, Value::Null));
    if body.get("state").is_some() {
        body["uscc"] = json!(uscc);
    }
    (StatusCode::from_u16(status).unwrap(), axum::Json(body))
}

/// The function with its register and some officers.
pub(crate) struct World {
    door: Door,
    pub(crate) register: Register,
}

impl Deref for World {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.door
    }
}

impl World {
    /// Nobody is registered; the register is down.
    pub(crate) async fn open() -> Self {
        let register = Register::default();
        let url = register.start().await;
        let settings = [
            ("ENTERPRISE_REGISTER_URL", url.as_str()),
            ("CLOCK_ITEM", "CLOCK"),
        ];
        let serve = |stage: &Emulated| {
            let app = App::new(Arc::clone(&stage.aws), &stage.config).unwrap();
            routes(Served::default()).into_router(app)
        };
        let door = Door::open(&settings, serve).await;
        for (officer, region, post) in [
            ("supervisor", "140105", Post::Supervisor),
            ("neighbour", "140106", Post::Supervisor),
            ("intake", "140105", Post::Intake),
            ("administrator", "140105", Post::Administrator),
            ("second", "140105", Post::Administrator),
            ("neighbouring-administrator", "140106", Post::Administrator),
            ("city-administrator", "140100", Post::Administrator),
        ] {
            let item = officer_item(&appointed(officer, region, post), 1).unwrap();
            door.stage.put_item(item).await;
        }
        Self { door, register }
    }

    /// The restaurant is registered by `legal`.
    pub(crate) async fn registered() -> Self {
        let world = Self::open().await;
        world.register.names("legal");
        world.registers("legal").await.expect(201);
        world
    }

    /// Somebody for themself, with what their provider proves of them.
    pub(crate) fn me(&self, name: &str) -> Asker {
        self.myself(&proved(name, 2))
    }

    /// Somebody registers the restaurant.
    pub(crate) async fn registers(&self, name: &str) -> Answer {
        let body = json!({"uscc": RESTAURANT});
        self.ask(self.me(name).post("/v1/enterprises", &body).once())
            .await
    }

    /// `by` invites `whom` as `role`; returns the invitation.
    pub(crate) async fn invites(&self, by: &str, whom: &str, role: &str) -> String {
        let (_, number, _) = PEOPLE.iter().find(|(name, ..)| *name == whom).unwrap();
        let body = json!({"resident_id": number, "role": role});
        let invite = self.person(by, RESTAURANT).post(&mandates(), &body);
        let answer = self.ask(invite.once()).await.expect(201);
        answer.json["id"].as_str().unwrap().to_owned()
    }

    /// `whom` accepts the invitation `id`.
    pub(crate) async fn accepts(&self, whom: &str, id: &str) -> Answer {
        let path = format!("/v1/mandates/{id}/accept");
        self.ask(self.me(whom).post(&path, &json!({})).once()).await
    }

    /// `by` invites `whom` on the terms of `terms`; returns the invitation.
    pub(crate) async fn invites_for(&self, by: &str, whom: &str, terms: Value) -> Answer {
        let (_, number, _) = PEOPLE.iter().find(|(name, ..)| *name == whom).unwrap();
        let mut body = terms;
        body["resident_id"] = json!(number);
        let invite = self.person(by, RESTAURANT).post(&mandates(), &body);
        self.ask(invite.once()).await
    }

    /// How the mandate or invitation `id` stands, as the list shows it.
    pub(crate) async fn state_of(&self, id: &str) -> String {
        let list = self.person("legal", RESTAURANT).get(&mandates());
        let list = self.ask(list).await.expect(200);
        let mut items = list.json["items"].as_array().unwrap().iter();
        let found = items.find(|item| item["id"] == id).unwrap();
        found["state"].as_str().unwrap().to_owned()
    }

    /// `by` invites `whom`, who accepts; returns the mandate.
    pub(crate) async fn appoints(&self, by: &str, whom: &str, role: &str) -> String {
        let id = self.invites(by, whom, role).await;
        self.accepts(whom, &id).await.expect(200);
        id
    }

    /// `by` withdraws the mandate `id`, as the list shows it now.
    pub(crate) async fn withdraws(&self, by: &str, id: &str) -> Answer {
        let person = self.person(by, RESTAURANT);
        let list = self.ask(person.get(&mandates())).await.expect(200);
        let path = format!("{}/{id}", mandates());
        let withdraw = person.ask(axum::http::Method::DELETE, &path);
        self.ask(withdraw.if_match(list.header("etag"))).await
    }

    /// Whether somebody may read the restaurant now.
    pub(crate) async fn may_read(&self, name: &str) -> bool {
        let read = self.person(name, RESTAURANT).get(&enterprise(""));
        let answer = self.ask(read).await;
        assert!([200, 403].contains(&answer.status), "{}", answer.text);
        answer.status == 200
    }
}

/// What a token says of somebody whose real-name level is `level`.
pub(crate) fn proved(name: &str, level: u8) -> Value {
    let mut claims = claims(PERSONS, name);
    claims["real_name_level"] = json!(level);
    if let Some((_, number, mobile)) = PEOPLE.iter().find(|(known, ..)| *known == name) {
        claims["resident_id"] = json!(number);
        claims["phone_number"] = json!(mobile);
        claims["phone_number_verified"] = json!(true);
    }
    claims
}

/// The path of the restaurant, with `rest` behind it.
pub(crate) fn enterprise(rest: &str) -> String {
    format!("/v1/enterprises/{RESTAURANT}{rest}")
}

fn mandates() -> String {
    enterprise("/mandates")
}
