//! Parts that panes and popups are made of. They know nothing of studies or sessions.

pub mod cursor;
pub mod finding;
pub mod grid;
pub mod input;
pub mod paint;
pub mod scroll;
pub mod world;
