//! The flat array of numbers that everything in the store is made of: in memory while it is built,
//! or a piece of a snapshot mapped into memory. Who reads it cannot tell the difference.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use bytemuck::Pod;

use super::map::Map;

/// Many numbers of one kind. Costs their size and nothing more.
#[derive(Clone)]
pub(super) enum Array<T: Pod> {
    Owned(Vec<T>),
    /// So many bytes of a snapshot from a place on; both fit the size of `T`.
    Mapped {
        map: Arc<Map>,
        start: usize,
        bytes: usize,
    },
}

/// One number per study.
pub(super) type Column = Array<u32>;

impl<T: Pod> Array<T> {
    /// The vector that grows while the store is built.
    ///
    /// A mapped array is copied first.
    pub(super) fn to_mut(&mut self) -> &mut Vec<T> {
        if let Self::Mapped { .. } = self {
            *self = Self::Owned(self.to_vec());
        }
        match self {
            Self::Owned(owned) => owned,
            Self::Mapped { .. } => unreachable!("it was just copied"),
        }
    }
}

impl<T: Pod> Deref for Array<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(owned) => owned,
            Self::Mapped { map, start, bytes } => {
                bytemuck::cast_slice(&map.bytes()[*start..*start + *bytes])
            }
        }
    }
}

impl<T: Pod> Default for Array<T> {
    fn default() -> Self {
        Self::Owned(Vec::new())
    }
}

impl<T: Pod> From<Vec<T>> for Array<T> {
    fn from(owned: Vec<T>) -> Self {
        Self::Owned(owned)
    }
}

impl<T: Pod> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(numbers: I) -> Self {
        Self::Owned(numbers.into_iter().collect())
    }
}

impl<T: Pod + PartialEq> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Pod> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Array of {}", self.len())
    }
}
