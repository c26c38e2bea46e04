//! The model against a crisis of the past: what it says of each number on record, how it is fitted, how it scores.

pub mod fit;
pub mod posterior;
pub mod prices;
pub mod record;
pub mod score;
mod statistic;

pub use statistic::value;
