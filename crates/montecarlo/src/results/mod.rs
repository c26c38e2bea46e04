//! Results on disk: a folder that appears whole or not at all, and what an unfinished run leaves for the next.
//!
//! While a run is at work everything of it stands in `.NAME.unfinished` beside the folder `NAME` that it will fill: a
//! lock, the files so far, and the replicates that are finished. An earlier `NAME` is set aside as `.NAME.replaced` for the
//! moment between two renamings; whoever opens `NAME` next puts right what a killed run left.

use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

mod checkpoint;
mod folder;
mod manifest;

pub use checkpoint::{Checkpoint, Kept};
pub use folder::{Folder, Found};
pub use manifest::{Asked, FORMAT, Input, MOST_BYTES, Manifest, ManifestError, Output};

/// Why results could not be put in place.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// The folder exists already.
    #[error("`{0}` exists already; nothing was written. Choose another `--out` or add `--force`")]
    Exists(PathBuf),
    /// Something else than results stands there.
    #[error(
        "`{0}` holds something else than results of chokepoint, so it is not replaced; nothing was written. Choose another `--out`"
    )]
    Foreign(PathBuf),
    /// No name for a folder.
    #[error("`{0}` is no name for a new folder; nothing was written. Choose another `--out`")]
    Nameless(PathBuf),
    /// Another run is at work on the same folder.
    #[error(
        "another run is writing `{0}` at this moment; nothing was written. Wait for it, or choose another `--out`"
    )]
    Busy(PathBuf),
    /// The file system refused.
    #[error(
        "cannot write `{path}`: {source}; no half-written results were left, and earlier ones are as they were"
    )]
    Io {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file is not as it was written.
    #[error("`{0}` was changed or removed while the run was writing; no results were put in place")]
    Changed(PathBuf),
    /// A Parquet file could not be encoded.
    #[error("cannot encode `{path}`: {source}; no results folder was left behind")]
    Parquet {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: parquet::errors::ParquetError,
    },
}

/// SHA-256 in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Writes on, adding up the digest and the length.
struct Digesting<W> {
    out: W,
    sha: Sha256,
    length: u64,
}

impl<W: Write> Digesting<W> {
    fn new(out: W) -> Self {
        Self { out, sha: Sha256::new(), length: 0 }
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.sha.update(&bytes[..n]);
        self.length += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Puts a whole file in the place of an old one, or leaves the old one as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), ResultsError> {
    let fail = |source| ResultsError::Io { path: path.to_owned(), source };
    let folder = parent(path);
    std::fs::create_dir_all(folder).map_err(fail)?;
    let mut builder = tempfile::Builder::new();
    // as the machine makes files, not for its owner alone as temporary ones are
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(path).map_err(|e| fail(e.error))?;
    Ok(())
}

/// The folder that a path stands in.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes what was renamed in a folder outlast a loss of power. Systems that cannot open a folder need it not.
fn settle(folder: &Path) {
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}
