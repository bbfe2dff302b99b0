//! trialdex.

pub mod app;
pub mod cli;
pub mod command;
pub mod compare;
pub mod config;
pub mod dataset;
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
