//! What a study is: its identifier, dates, closed vocabularies, the part of a record that the index
//! needs, and the fields that people read. Knows nothing of files, indexes or screens.

mod age;
pub mod calendar;
pub mod concept;
mod count;
mod date;
mod document;
pub mod eligibility;
pub(crate) mod field;
mod id;
mod link;
#[cfg(test)]
pub mod made;
pub(crate) mod mend;
mod mention;
pub mod milestone;
pub mod passage;
pub mod person;
mod phase;
pub mod place;
mod point;
pub mod prose;
#[cfg(test)]
pub mod real;
mod record;
pub mod results;
pub mod summary;
pub mod terms;
mod value;

pub use age::{Age, AgeUnit, NotAnAge};
pub use concept::Concept;
pub use count::StatedCount;
pub use date::{Apart, Certainty, NotADate, PartialDate, Precision, StatedDate};
pub(crate) use document::step;
pub use document::{Document, Extent, Part, document, parts_of_lines, pointers};
pub use field::{FIELDS, Field, Path, Read, Section, Shape};
pub use id::{NctId, NotAnId};
pub use link::{Link, links};
pub use mention::mentions;
pub use phase::{phases_in_short, phases_in_words};
pub use point::Point;
pub(crate) use record::words;
pub use record::{Study, StudyError};
pub use value::{Detail, Fact, FieldValue, Item, Role};
