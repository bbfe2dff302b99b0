//! What a study is: its identifier, dates, closed vocabularies, the part of a record that the index
//! needs, and the fields that people read. Knows nothing of files, indexes or screens.

mod date;
pub mod eligibility;
mod id;
pub mod summary;
pub mod terms;

pub use date::{NotADate, PartialDate};
pub use id::{NctId, NotAnId};
