//! One file for each kind of chart: its numbers, its words, its marks.

pub mod backtest;
pub mod break_even;
pub mod concentration;
pub mod decisions;
pub mod differences;
pub mod fan;
pub mod frontier;
pub mod heat;
pub mod licences;
pub mod losses;
pub mod prices;
pub mod sectors;
pub mod stocks;
pub mod strategies;
pub mod survival;
