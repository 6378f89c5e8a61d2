//! The command line of Témoin.

fn main() {}
