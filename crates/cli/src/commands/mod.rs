//! One file for each command: what it reads, what it runs, what it writes and prints.

pub(crate) mod backtest;
pub(crate) mod calibrate;
pub(crate) mod chart;
pub(crate) mod compare;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod list;
pub(crate) mod portfolio;
pub(crate) mod report;
pub(crate) mod reproduce;
pub(crate) mod run;
pub(crate) mod sensitivity;
mod summary;
pub(crate) mod synth;
pub(crate) mod validate;
pub(crate) mod validation;
