//! trialdex.

pub mod load;
pub mod study;
