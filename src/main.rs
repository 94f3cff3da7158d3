//! The `feedwright` program; everything is in the library.

fn main() {}
