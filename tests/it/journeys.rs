//! What a person does with the browser: keys in, screen out. Each test is one thing that somebody wants and reads as
//! the page of a manual; nothing here waits, and nothing needs a terminal.

mod changing;
mod comparing;
mod every_key;
mod filtering;
mod first_light;
mod glimpsing;
mod jobs;
mod journey;
mod keys;
mod leaving;
mod loading;
mod looks;
mod menus;
mod mouse;
mod places;
mod posted;
mod reading;
mod record;
mod related;
mod searching;
mod sizes;
mod times;
mod visiting;
