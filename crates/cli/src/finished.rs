//! Reading the results folder of a finished run.

use crate::failure::Failure;
use chokepoint_input::file;
use chokepoint_montecarlo::results::{FORMAT, MOST_BYTES};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// That a folder is no results folder, and what to do.
pub(crate) fn unusable(folder: &Path, what: &dyn std::fmt::Display) -> Failure {
    Failure::Usage(format!(
        "{} holds no finished run: {what}; make one with `chokepoint run SCENARIO.ron`",
        folder.display()
    ))
}

/// Results of another edition have other names: it says so before a name is missed.
fn known(folder: &Path) -> Result<(), Failure> {
    #[derive(Deserialize)]
    struct Form {
        #[serde(default)]
        format: Option<u32>,
    }
    // without a manifest it may still be what a user put together by hand
    let Ok(bytes) = file::bytes(&folder.join("manifest.json"), MOST_BYTES) else { return Ok(()) };
    let form: Form = serde_json::from_slice(&bytes).map_err(|e| unusable(folder, &e))?;
    match form.format.unwrap_or(1) {
        FORMAT => Ok(()),
        other => Err(Failure::Usage(format!(
            "{} holds results of format {other}; this program reads format {FORMAT}: make them again with `chokepoint run`",
            folder.display()
        ))),
    }
}

/// What is wanted of `summary.json`.
pub(crate) fn summary<T: DeserializeOwned>(folder: &Path) -> Result<T, Failure> {
    json(folder, "summary.json")
}

/// What is wanted of a JSON file.
pub(crate) fn json<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<T, Failure> {
    known(folder)?;
    let bytes = file::bytes(&folder.join(file), MOST_BYTES).map_err(|e| unusable(folder, &e))?;
    serde_json::from_slice(&bytes).map_err(|e| unusable(folder, &e))
}

/// The rows of a table that are wanted.
pub(crate) fn rows<T: DeserializeOwned>(
    folder: &Path,
    table: &str,
    wanted: impl Fn(&T) -> bool,
) -> Result<Vec<T>, Failure> {
    let mut reader = csv::Reader::from_path(folder.join(table)).map_err(|e| unusable(folder, &e))?;
    let read = reader.deserialize().filter(|row| row.as_ref().map_or(true, &wanted));
    read.collect::<Result<_, _>>().map_err(|e| unusable(folder, &e))
}
