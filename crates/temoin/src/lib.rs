//! The facade of Témoin.
