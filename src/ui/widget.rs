//! Parts of which panes and pages are made. They do not know studies or the session.

pub mod choices;
pub mod cursor;
pub mod finding;
pub mod grid;
pub mod input;
pub mod scroll;
pub mod world;
