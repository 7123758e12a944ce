//! Routes, each with its rule of access: there is no way to add one without.
//!
//! A function names its routes once, to any [`Routes`]: [`Served`] answers them, [`Described`] tells
//! what they are. Describing costs more than starting does, so a function that serves does not carry it.

use std::marker::PhantomData;

use axum::routing::{MethodFilter, MethodRouter};
use axum::{Extension, Router};
use domain::policy::Action;
use http::Method;
use utoipa::__dev::{SchemaReferences, Tags};
use utoipa::openapi::path::Paths;
use utoipa::openapi::{Components, HttpMethod, OpenApi, OpenApiBuilder};

use crate::problem::{Code, Problem};

/// Who may take a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without login.
    Public,
    /// A known caller whom the policy lets take this action.
    Caller(Action),
}

/// A route with its rule of access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with parameters in braces.
    pub path: String,
    /// Who may take it.
    pub access: Access,
}

/// A handler and, as a type, what `#[utoipa::path]` says of it; made by [`endpoint!`](crate::endpoint).
pub struct Endpoint<S, D> {
    handler: fn(MethodFilter) -> MethodRouter<S>,
    description: PhantomData<D>,
}

impl<S, D> Endpoint<S, D> {
    /// An endpoint of the handler that `handler` puts behind a method.
    pub fn new(handler: fn(MethodFilter) -> MethodRouter<S>, _: PhantomData<D>) -> Self {
        Self {
            handler,
            description: PhantomData,
        }
    }
}

/// What the `#[utoipa::path]` of a handler says of it.
pub trait Operation: utoipa::Path + SchemaReferences + for<'t> Tags<'t> {}

impl<D: utoipa::Path + SchemaReferences + for<'t> Tags<'t>> Operation for D {}

/// The [`Endpoint`] of a handler that carries `#[utoipa::path]`: `endpoint!(module::handler)`.
#[macro_export]
macro_rules! endpoint {
    ($module:ident :: $handler:ident) => {
        $crate::routes::pastey::paste! {
            $crate::routes::Endpoint::new(
                |method| $crate::routes::on(method, $module::$handler),
                ::std::marker::PhantomData::<$module::[<__path_ $handler>]>,
            )
        }
    };
}

#[doc(hidden)]
pub use axum::routing::on;
#[doc(hidden)]
pub use pastey;

/// To what a function names its routes.
pub trait Routes<S> {
    /// Adds a route that callers take as `access` says.
    #[must_use]
    fn route<D: Operation>(self, access: Access, endpoint: Endpoint<S, D>) -> Self;
}

/// Routes that are answered.
#[derive(Debug)]
pub struct Served<S>(Router<S>);

impl<S: Clone + Send + Sync + 'static> Default for Served<S> {
    fn default() -> Self {
        Self(Router::new())
    }
}

impl<S: Clone + Send + Sync + 'static> Routes<S> for Served<S> {
    fn route<D: Operation>(self, access: Access, endpoint: Endpoint<S, D>) -> Self {
        let methods = D::methods();
        let handlers = methods
            .iter()
            .fold(MethodRouter::new(), |handlers, method| {
                handlers.merge((endpoint.handler)(filter(method)))
            });
        Self(self.0.route(&D::path(), handlers.layer(Extension(access))))
    }
}

impl<S: Clone + Send + Sync + 'static> Served<S> {
    /// The router over `state`; what it has no route for is told as a problem.
    pub fn into_router(self, state: S) -> Router {
        self.0
            .fallback(unknown_route)
            .method_not_allowed_fallback(unknown_method)
            .with_state(state)
    }
}

/// Routes that are described.
#[derive(Default)]
pub struct Described {
    paths: Paths,
    components: Components,
    routes: Vec<Route>,
}

impl<S> Routes<S> for Described {
    fn route<D: Operation>(mut self, access: Access, _: Endpoint<S, D>) -> Self {
        let (path, methods) = (D::path(), D::methods());
        for method in &methods {
            self.routes.push(Route {
                method: named(method),
                path: path.clone(),
                access,
            });
        }
        let mut operation = D::operation();
        let tags = D::tags().into_iter().map(str::to_owned);
        operation.tags.get_or_insert_default().extend(tags);
        self.paths.add_path_operation(path, methods, operation);
        let mut schemas = Vec::new();
        D::schemas(&mut schemas);
        self.components.schemas.extend(schemas);
        self
    }
}

impl Described {
    /// The description and the list of routes.
    pub fn into_parts(self) -> (OpenApi, Vec<Route>) {
        let description = OpenApiBuilder::new()
            .paths(self.paths)
            .components(Some(self.components))
            .build();
        (description, self.routes)
    }
}

fn filter(method: &HttpMethod) -> MethodFilter {
    match method {
        HttpMethod::Get => MethodFilter::GET,
        HttpMethod::Post => MethodFilter::POST,
        HttpMethod::Put => MethodFilter::PUT,
        HttpMethod::Patch => MethodFilter::PATCH,
        HttpMethod::Delete => MethodFilter::DELETE,
        HttpMethod::Head => MethodFilter::HEAD,
        HttpMethod::Options => MethodFilter::OPTIONS,
        HttpMethod::Trace => MethodFilter::TRACE,
    }
}

fn named(method: &HttpMethod) -> Method {
    match method {
        HttpMethod::Get => Method::GET,
        HttpMethod::Post => Method::POST,
        HttpMethod::Put => Method::PUT,
        HttpMethod::Patch => Method::PATCH,
        HttpMethod::Delete => Method::DELETE,
        HttpMethod::Head => Method::HEAD,
        HttpMethod::Options => Method::OPTIONS,
        HttpMethod::Trace => Method::TRACE,
    }
}

async fn unknown_route() -> Problem {
    Problem::new(Code::NotFound)
}

async fn unknown_method() -> Problem {
    Problem::new(Code::MethodNotAllowed)
}
