//! The screen: what keys mean, where panes are, how they look. Everything is drawn from the session;
//! nothing here opens files, searches or waits.

pub mod action;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod pane;
pub mod popup;
pub mod status;
pub mod theme;
pub mod trail;
mod trial;
pub mod widget;
