//! What a person does with the browser: a test presses keys and reads the screen. Each test is one thing that somebody
//! wants to do. No test waits or needs a terminal.

mod as_read;
mod changing;
mod columns;
mod comparing;
mod completing;
mod dashboard;
mod every_key;
mod filtering;
mod first_light;
mod glimpsing;
mod grouping;
mod hinting;
mod jobs;
mod journey;
mod keeping;
mod keys;
mod leaving;
mod listing;
mod loading;
mod looks;
mod marking;
mod meaning;
mod menus;
#[path = "../attack/monkey.rs"]
mod monkey;
mod mouse;
mod odd_orders;
mod opening;
mod parts;
mod persons;
mod places;
mod posted;
mod pressing;
mod prose;
mod ranges;
mod reading;
mod record;
mod related;
mod searching;
mod sizes;
mod strategy;
mod times;
mod versions;
mod visiting;
