//! One file for each kind of chart: its numbers, its words, its marks.

pub mod backtest;
pub mod break_even;
pub mod differences;
pub mod fan;
pub mod frontier;
pub mod heat;
pub mod losses;
pub mod prices;
pub mod strategies;
