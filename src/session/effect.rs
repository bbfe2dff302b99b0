//! What the session asks of the world outside it.

use super::Generation;
use crate::search::Query;

/// Something to be done outside the application. The runtime performs it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Answer a query; only the latest one matters.
    Search(Generation, Query),
    /// Put text on the clipboard. `what` names it in the confirmation.
    Copy {
        text: String,
        what: String,
    },
    /// Show an address in the web browser; it has been checked to be `https://`.
    OpenUrl(String),
    /// Give the terminal back to the shell until the user returns.
    Suspend,
    /// Turn the reporting of mouse events on or off.
    CaptureMouse(bool),
    Quit,
}
