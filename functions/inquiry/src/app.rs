//! What the handlers work with.

use std::sync::Arc;

use domain::instant::Instant;
use domain::item::ItemCode;
use domain::words::Words;
use jiff::civil::Date;
use platform::aws::Aws;
use platform::config::Config;
use platform::table::Table;
use web::{Code, Problem};

/// The state of the function, built once per environment.
#[derive(Clone, Debug)]
pub struct App {
    table: Table,
}

impl App {
    /// The state for `config`.
    pub fn new(aws: Arc<Aws>, config: &Config) -> Self {
        Self {
            table: Table::new(aws, config),
        }
    }

    /// The table.
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// Today in China, in business time.
    ///
    /// # Errors
    /// 503 where business time can be moved and the table does not answer.
    pub(crate) async fn today(&self) -> Result<Date, Problem> {
        Ok(self.now().await?.date())
    }

    /// Business time.
    ///
    /// # Errors
    /// 503 where it can be moved and the table does not answer.
    pub(crate) async fn now(&self) -> Result<Instant, Problem> {
        Ok(self.table.now().await?)
    }
}

/// The item code in a path segment.
///
/// # Errors
/// [`Code::NotFound`] with where to look.
pub(crate) fn item_code(segment: &str) -> Result<ItemCode, Problem> {
    segment.parse().map_err(|_| no_such_item())
}

/// There is no such item in force.
pub(crate) fn no_such_item() -> Problem {
    Problem::new(Code::NotFound).with_detail(Words::new(
        "没有该事项，请在 /v1/items 中查询事项编码。",
        "There is no such item: look up its code at /v1/items.",
    ))
}
