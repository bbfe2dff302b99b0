//! The program `trialdex`: starts what was asked for, prints errors, and ends with their exit code.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use trialdex::app::App;
use trialdex::command::browse::{Window, browse};
use trialdex::store::Store;

fn main() -> ExitCode {
    let window = Window { title: "trialdex".to_owned(), ..Window::default() };
    let load = |_: &Arc<_>| Ok((Arc::new(Store::default()), vec![]));
    match browse(&mut App::default(), &window, load) {
        Ok(ending) => ExitCode::from(ending.exit_code()),
        Err(error) => {
            // There may be nobody to tell.
            _ = writeln!(std::io::stderr(), "trialdex: {error:#}");
            ExitCode::from(error.exit_code())
        }
    }
}
