//! One file for each kind of chart: its numbers, its words, its marks.

pub mod backtest;
pub mod boxes;
pub mod break_even;
pub mod concentration;
pub mod decisions;
pub mod differences;
pub mod dots;
pub mod fan;
pub mod flows;
pub mod frontier;
pub mod heat;
pub mod licences;
pub mod losses;
pub mod outlooks;
pub mod prices;
pub mod sectors;
pub mod stocks;
pub mod strategies;
pub mod survival;
pub mod survive;
pub mod timeline;
pub mod tornado;
