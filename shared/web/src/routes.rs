//! Routes, each with its rule of access: there is no way to add one without.

use axum::{Extension, Router};
use domain::policy::Action;
use http::Method;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

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

/// The routes of a function, with their part of the interface description.
pub struct Api<S> {
    router: OpenApiRouter<S>,
    routes: Vec<Route>,
}

impl<S: Clone + Send + Sync + 'static> Default for Api<S> {
    fn default() -> Self {
        Self {
            router: OpenApiRouter::new(),
            routes: Vec::new(),
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Api<S> {
    /// No routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the routes of `handlers`, all with the same rule of access.
    #[must_use]
    pub fn route(mut self, access: Access, handlers: UtoipaMethodRouter<S>) -> Self {
        let (schemas, paths, methods) = handlers;
        for (path, item) in &paths.paths {
            let operations = [
                (Method::GET, &item.get),
                (Method::POST, &item.post),
                (Method::PUT, &item.put),
                (Method::PATCH, &item.patch),
                (Method::DELETE, &item.delete),
            ];
            for (method, _) in operations
                .into_iter()
                .filter(|(_, operation)| operation.is_some())
            {
                self.routes.push(Route {
                    method,
                    path: path.clone(),
                    access,
                });
            }
        }
        self.router = self
            .router
            .routes((schemas, paths, methods.layer(Extension(access))));
        self
    }

    /// The router, the description and the list of routes.
    pub fn into_parts(self, state: S) -> (Router, OpenApi, Vec<Route>) {
        let (router, description) = self.router.split_for_parts();
        let router = router
            .fallback(unknown_route)
            .method_not_allowed_fallback(unknown_method)
            .with_state(state);
        (router, description, self.routes)
    }

    /// The description and the list of routes, without anything behind them.
    pub fn described(self) -> (OpenApi, Vec<Route>) {
        let (_, description) = self.router.split_for_parts();
        (description, self.routes)
    }
}

async fn unknown_route() -> Problem {
    Problem::new(Code::NotFound)
}

async fn unknown_method() -> Problem {
    Problem::new(Code::MethodNotAllowed)
}
