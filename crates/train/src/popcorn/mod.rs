//! Scoring on POPCORN, French security reports with entities, events and relations (Giordano and
//! others 2024).

pub mod data;
