//! Where worlds, strategies and scenarios stand on disk.

use crate::problem::{Code, Place, Problems, Source};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
pub fn library_of(source: &Arc<Source>, problems: &mut Problems) -> Option<PathBuf> {
    let found = library(&source.path).or_else(|| library(Path::new("scenarios/x")));
    if found.is_none() {
        problems.error(
            Code::Unreadable,
            &Place { source: Arc::clone(source), span: 0..0 },
            "no folder `worlds` found near this file".to_owned(),
            "this file".to_owned(),
            "keep it beside or below the folder that holds `worlds` and `strategies`".to_owned(),
        );
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
