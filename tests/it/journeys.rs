//! What a person does with the browser: keys in, screen out. Each test is one thing that somebody wants and reads as
//! the page of a manual; nothing here waits, and nothing needs a terminal.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod comparing;
mod filtering;
mod first_light;
mod journey;
mod menus;
mod reading;
mod searching;
