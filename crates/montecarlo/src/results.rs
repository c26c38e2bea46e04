//! A folder of results that appears whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why results could not be put in place.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// The folder exists already.
    #[error("`{0}` exists already; nothing was written. Choose another `--out` or add `--force`")]
    Exists(PathBuf),
    /// The file system refused.
    #[error("cannot write `{path}`: {source}; no results folder was left behind")]
    Io {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A Parquet file could not be encoded.
    #[error("cannot encode `{path}`: {source}; no results folder was left behind")]
    Parquet {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: parquet::errors::ParquetError,
    },
}

/// Puts a whole file in the place of an old one, or leaves the old one as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), ResultsError> {
    let fail = |source| ResultsError::Io { path: path.to_owned(), source };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
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

/// A folder under construction beside its final place.
#[derive(Debug)]
pub struct Folder {
    work: tempfile::TempDir,
    target: PathBuf,
    force: bool,
}

impl Folder {
    /// Starts a folder; refuses at once if the target exists and `force` is off.
    pub fn open(target: &Path, force: bool) -> Result<Self, ResultsError> {
        if target.exists() && !force {
            return Err(ResultsError::Exists(target.to_owned()));
        }
        let fail = |source| ResultsError::Io { path: target.to_owned(), source };
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        std::fs::create_dir_all(&parent).map_err(fail)?;
        let work = tempfile::Builder::new().prefix(".unfinished-").tempdir_in(&parent).map_err(fail)?;
        Ok(Self { work, target: target.to_owned(), force })
    }

    /// Where files are written meanwhile.
    pub fn path(&self) -> &Path {
        self.work.path()
    }

    /// Writes one file, making its folders.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ResultsError> {
        let path = self.path().join(name);
        let fail = |source| ResultsError::Io { path: self.target.join(name), source };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(fail)?;
        }
        let mut file = std::fs::File::create(&path).map_err(fail)?;
        file.write_all(bytes).map_err(fail)?;
        file.sync_all().map_err(fail)
    }

    /// Puts the finished folder in its place; an old one leaves only when the new one stands.
    pub fn finish(self) -> Result<PathBuf, ResultsError> {
        let Self { work, target, force } = self;
        let fail = |source| ResultsError::Io { path: target.clone(), source };
        let work = work.keep();
        let old = work.with_extension("old");
        let replaced = target.exists();
        if replaced {
            if !force {
                let _ = std::fs::remove_dir_all(&work);
                return Err(ResultsError::Exists(target));
            }
            std::fs::rename(&target, &old).map_err(fail)?;
        }
        if let Err(error) = std::fs::rename(&work, &target) {
            if replaced {
                let _ = std::fs::rename(&old, &target);
            }
            let _ = std::fs::remove_dir_all(&work);
            return Err(fail(error));
        }
        if replaced {
            std::fs::remove_dir_all(&old).map_err(fail)?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o755)).map_err(fail)?;
        }
        Ok(target)
    }
}
