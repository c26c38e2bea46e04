//! Where worlds, strategies and scenarios stand on disk.

use crate::problem::Code;
use crate::reader::Reader;
use std::path::{Path, PathBuf};

/// Ids of the RON files in a folder, sorted.
pub fn ids(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            (path.extension()? == "ron")
                .then(|| path.file_stem().map(|s| s.to_string_lossy().into_owned()))?
        })
        .collect();
    found.sort();
    found
}

/// The library that a file belongs to, or else the one below the folder in which the program was called.
pub fn library_of(reader: &mut Reader<'_>) -> Option<PathBuf> {
    let found = library(&reader.source.path).or_else(|| library(Path::new("scenarios/x")));
    if found.is_none() {
        let top = reader.top();
        reader
            .problems
            .error(Code::Unreadable, &top, "no folder `worlds` found near this file")
            .label("this file")
            .help("keep it beside or below the folder that holds `worlds` and `strategies`");
    }
    found
}

/// Where worlds, strategies and scenarios stand: the nearest folder above `file` with a folder `worlds` that holds
/// one.
pub fn library(file: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(file).ok()?;
    absolute
        .ancestors()
        .skip(1)
        .flat_map(|folder| [folder.to_owned(), folder.join("scenarios")])
        .find(|folder| !ids(&folder.join("worlds")).is_empty())
}
