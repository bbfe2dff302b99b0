//! What a study is: its identifier, dates, closed vocabularies, the part of a record that the index
//! needs, and the fields that people read. Knows nothing of files, indexes or screens.

mod date;
mod eligibility;
mod id;
pub mod terms;

pub use date::{NotADate, PartialDate};
pub use eligibility::{Criteria, Criterion, criteria};
pub use id::{NctId, NotAnId};
