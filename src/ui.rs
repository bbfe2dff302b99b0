//! The screen: what keys mean, where panes are, how they look. It draws the session; it opens no file and does not
//! search or wait.

pub mod action;
pub mod canvas;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod pane;
pub mod popup;
pub mod status;
pub mod theme;
pub mod trail;
mod trial;
pub mod welcome;
pub mod widget;
