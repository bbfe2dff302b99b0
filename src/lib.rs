//! trialdex.

pub mod app;
pub mod command;
pub mod compare;
pub mod event;
pub mod export;
pub mod load;
pub mod search;
pub mod session;
pub mod store;
pub mod study;
pub mod text;
pub mod ui;
pub mod worker;
