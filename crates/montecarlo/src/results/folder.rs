//! A folder of results that appears whole or not at all.

use super::{Checkpoint, Digesting, ResultsError, hexadecimal, parent, settle};
use sha2::Digest;
use std::fs::{File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What a run that ended too early had left, and what was done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Earlier results had been set aside; they are back.
    Restored(PathBuf),
    /// Files of a run that was stopped while it wrote; they were removed.
    HalfWritten(PathBuf),
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Restored(path) => write!(
                f,
                "a run was stopped while it replaced `{}`: the results from before are back in their place",
                path.display()
            ),
            Self::HalfWritten(path) => write!(
                f,
                "a run was stopped while it wrote `{}`: its half-written files were removed",
                path.display()
            ),
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: String,
    sha256: String,
    length: u64,
}

/// A folder under construction beside its final place. Nobody else builds the same folder meanwhile.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    work: PathBuf,
    force: bool,
    entries: Vec<Entry>,
    found: Vec<Found>,
    /// Held as long as the folder is under construction; the system lets go of it when the program ends, however it ends.
    lock: Option<File>,
}

impl Folder {
    /// Starts a folder; refuses at once if the target exists and `force` is off, or if another run is at work on it.
    pub fn open(target: &Path, force: bool) -> Result<Self, ResultsError> {
        // a link stays a link: what it leads to is replaced
        let followed = target.is_symlink().then(|| std::fs::canonicalize(target).ok()).flatten();
        let target = followed.as_deref().unwrap_or(target);
        let name = target.file_name().ok_or_else(|| ResultsError::Nameless(target.to_owned()))?;
        let beside = |suffix: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent(target).join(hidden)
        };
        let replaced = beside(".replaced");
        if !replaced.exists() {
            may_stand(target, force)?;
        }
        let work = beside(".unfinished");
        std::fs::create_dir_all(parent(target)).map_err(|source| io_error(target, source))?;
        let lock = lock(&work, target)?;
        let mut folder =
            Self { target: target.to_owned(), work, force, entries: Vec::new(), found: Vec::new(), lock };
        folder.recover(&replaced)?;
        may_stand(target, force)?;
        std::fs::create_dir(folder.path()).map_err(|source| io_error(target, source))?;
        Ok(folder)
    }

    /// Puts right what a killed run left.
    fn recover(&mut self, replaced: &Path) -> Result<(), ResultsError> {
        let fail = |source| io_error(&self.target, source);
        if replaced.exists() {
            if self.target.exists() {
                std::fs::remove_dir_all(replaced).map_err(fail)?;
            } else {
                std::fs::rename(replaced, &self.target).map_err(fail)?;
                self.found.push(Found::Restored(self.target.clone()));
            }
        }
        if self.path().exists() {
            std::fs::remove_dir_all(self.path()).map_err(fail)?;
            self.found.push(Found::HalfWritten(self.target.clone()));
        }
        Ok(())
    }

    /// What was found of a run that ended too early.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Where files are written meanwhile.
    fn path(&self) -> PathBuf {
        self.work.join("results")
    }

    /// The replicates that unfinished runs with this key have kept for this folder.
    pub fn checkpoint(&self, key: &str) -> Checkpoint {
        Checkpoint::new(&self.work, key)
    }

    /// Names and SHA-256 of the files so far.
    pub fn files(&self) -> Vec<(String, String)> {
        self.entries.iter().map(|e| (e.name.clone(), e.sha256.clone())).collect()
    }

    /// Writes one file, making its folder.
    pub fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ResultsError> {
        self.write_with(name, |out| out.write_all(bytes))
    }

    /// Writes one file piece by piece.
    pub fn write_with(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), ResultsError> {
        let entry = self.put(name, write).map_err(|source| io_error(&self.target.join(name), source))?;
        self.entries.push(entry);
        Ok(())
    }

    fn put(&self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Entry> {
        let path = self.path().join(name);
        let folder = parent(&path);
        // one level at a time: if all of it was taken away meanwhile, the files from before are missing
        if !folder.exists() {
            std::fs::create_dir(folder)?;
        }
        let mut out = BufWriter::with_capacity(1 << 20, Digesting::new(File::create(&path)?));
        write(&mut out)?;
        let done = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        done.out.sync_all()?;
        Ok(Entry { name: name.to_owned(), sha256: hexadecimal(&done.sha.finalize()), length: done.length })
    }

    /// Puts the finished folder in its place; an old one leaves only when the new one stands.
    pub fn finish(&mut self) -> Result<PathBuf, ResultsError> {
        for entry in &self.entries {
            let path = self.path().join(&entry.name);
            if std::fs::metadata(&path).map_or(true, |m| m.len() != entry.length) {
                return Err(ResultsError::Changed(self.target.join(&entry.name)));
            }
        }
        may_stand(&self.target, self.force)?;
        let fail = |source| io_error(&self.target, source);
        let replaced = self.work.with_extension("replaced");
        settle(&self.path());
        let earlier = self.target.exists();
        if earlier {
            std::fs::rename(&self.target, &replaced).map_err(fail)?;
        }
        if let Err(error) = std::fs::rename(self.path(), &self.target) {
            if earlier {
                let _ = std::fs::rename(&replaced, &self.target);
            }
            return Err(fail(error));
        }
        settle(parent(&self.target));
        if earlier {
            // the new results stand: what cannot be removed now is removed by the next run
            let _ = std::fs::remove_dir_all(&replaced);
        }
        Ok(self.target.clone())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.path());
        let kept =
            std::fs::read_dir(&self.work).is_ok_and(|files| files.flatten().any(|f| f.file_name() != LOCK));
        if !kept {
            let _ = std::fs::remove_file(self.work.join(LOCK));
            let _ = std::fs::remove_dir(&self.work);
        }
        self.lock = None;
    }
}

const LOCK: &str = "lock";
/// How often a lock is tried that other runs take and give back meanwhile.
const ATTEMPTS: u32 = 100;
/// Files by which a folder is known to hold results.
const MARKS: [&str; 4] = ["manifest.json", "comparison.json", "portfolio.json", "rules.csv"];

/// Takes the lock of a folder for work, making both. Nothing is locked where the file system knows no locks.
fn lock(work: &Path, target: &Path) -> Result<Option<File>, ResultsError> {
    let fail = |source| io_error(target, source);
    for _ in 0..ATTEMPTS {
        match std::fs::create_dir(work) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(fail(error)),
            _ => {}
        }
        let path = work.join(LOCK);
        let file = match File::options().create(true).truncate(false).write(true).open(&path) {
            // another run has just finished and taken its folder away
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other.map_err(fail)?,
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => return Ok(Some(file)),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ResultsError::Busy(target.to_owned())),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(fail(error)),
        }
    }
    Err(ResultsError::Busy(target.to_owned()))
}

/// Whether an open file is still the one at a path: another run may have removed it between opening and locking.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let inode = |m: &std::fs::Metadata| (m.dev(), m.ino());
        match (file.metadata(), std::fs::metadata(path)) {
            (Ok(open), Ok(there)) => inode(&open) == inode(&there),
            _ => false,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

/// Whether new results may stand at a path: where nothing is, or, with `force`, where results or nothing of worth are.
fn may_stand(target: &Path, force: bool) -> Result<(), ResultsError> {
    if std::fs::symlink_metadata(target).is_err() {
        return Ok(());
    }
    if !force {
        return Err(ResultsError::Exists(target.to_owned()));
    }
    let results = MARKS.iter().any(|mark| target.join(mark).is_file());
    let empty = std::fs::read_dir(target).is_ok_and(|mut files| files.next().is_none());
    if results || empty { Ok(()) } else { Err(ResultsError::Foreign(target.to_owned())) }
}

fn io_error(path: &Path, source: io::Error) -> ResultsError {
    ResultsError::Io { path: path.to_owned(), source }
}
