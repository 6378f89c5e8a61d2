//! Half-open ranges whose unit is part of the type.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

/// Unit: Unicode code points of the stored text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Char {}
/// Unit: bytes of the stored text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Byte {}
/// Unit: syntactic words ([`crate::TokenId`]) of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tok {}

/// A half-open range `start..end`, 0-based, in units of `U`.
pub struct Span<U> {
    /// First position inside the span.
    pub start: u32,
    /// First position behind the span.
    pub end: u32,
    unit: PhantomData<fn() -> U>,
}

impl<U> Span<U> {
    /// A span from `start` to `end`.
    ///
    /// # Panics
    /// In debug builds, when `end < start`.
    #[inline]
    pub const fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Span { start, end, unit: PhantomData }
    }

    /// Number of units covered.
    #[inline]
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    #[inline]
    pub const fn contains(self, other: Span<U>) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether position `at` lies inside this span.
    #[inline]
    pub const fn contains_at(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two spans share a unit.
    #[inline]
    pub const fn overlaps(self, other: Span<U>) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[inline]
    pub fn cover(self, other: Span<U>) -> Span<U> {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The positions as a range of `u32`.
    #[inline]
    pub const fn range(self) -> Range<u32> {
        self.start..self.end
    }
}

impl Span<Byte> {
    /// The bytes as a range for slicing.
    #[inline]
    pub const fn as_usize(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl<U> Clone for Span<U> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> PartialEq for Span<U> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<U> Eq for Span<U> {}
impl<U> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<U> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U> Hash for Span<U> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
impl<U> Default for Span<U> {
    fn default() -> Self {
        Span::new(0, 0)
    }
}
