//! Finished replicates of an unfinished run, on disk.

use super::{Digesting, ResultsError, parent, settle};
use crate::runner::Ensemble;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// First line of the file; its number changes with the form.
const MAGIC: &str = "chokepoint checkpoint 1";
/// Length of a SHA-256.
const SUM: usize = 32;

/// What a run with the same key had kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// So many replicates, which were taken up.
    Replicates(u32),
    /// So many replicates, more than are wanted; they were left.
    More(u32),
    /// A file that is not as it was written; it is not used.
    Damaged,
}

/// The place of the replicates kept for a run. The key says of which inputs, arms, seed and program they come.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    path: PathBuf,
    key: String,
}

impl Checkpoint {
    pub(super) fn new(folder: &Path, key: &str) -> Self {
        Self { path: folder.join(format!("replicates-{key}")), key: key.to_owned() }
    }

    /// Keeps what is finished, in place of what was kept before; that stays if it fails.
    pub fn save(&self, ensemble: &Ensemble) -> Result<(), ResultsError> {
        let part = self.path.with_extension("part");
        let write = || -> io::Result<()> {
            let mut out = BufWriter::with_capacity(1 << 20, Digesting::new(File::create(&part)?));
            writeln!(out, "{MAGIC}\n{}\n{}", self.key, ensemble.settings.replicates)?;
            ensemble.save(&mut out)?;
            let mut done = out.into_inner().map_err(io::IntoInnerError::into_error)?;
            done.out.write_all(&done.sha.finalize())?;
            done.out.sync_all()?;
            std::fs::rename(&part, &self.path)
        };
        write().map_err(|source| {
            let _ = std::fs::remove_file(&part);
            ResultsError::Io { path: self.path.clone(), source }
        })?;
        settle(parent(&self.path));
        Ok(())
    }

    /// Takes up what was kept of at most `wanted` replicates.
    pub fn load(&self, ensemble: &mut Ensemble, wanted: u32) -> Kept {
        let _ = std::fs::remove_file(self.path.with_extension("part"));
        match std::fs::read(&self.path) {
            Ok(bytes) => self.refresh_shares(&bytes, ensemble, wanted).unwrap_or(Kept::Damaged),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Kept::Nothing,
            Err(_) => Kept::Damaged,
        }
    }

    fn refresh_shares(&self, bytes: &[u8], ensemble: &mut Ensemble, wanted: u32) -> Option<Kept> {
        let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
        if Sha256::digest(content)[..] != *sum {
            return None;
        }
        let mut lines = content.splitn(4, |b| *b == b'\n');
        let ours = lines.next()? == MAGIC.as_bytes() && lines.next()? == self.key.as_bytes();
        let replicates: u32 = std::str::from_utf8(lines.next()?).ok()?.parse().ok()?;
        if !ours {
            return None;
        }
        if replicates > wanted {
            return Some(Kept::More(replicates));
        }
        ensemble.restore(lines.next()?)?;
        Some(Kept::Replicates(replicates))
    }

    /// Forgets what was kept: the results stand.
    pub fn remove(&self) {
        let _ = std::fs::remove_file(&self.path);
    }

    /// Files of unfinished runs with other keys, with their sizes in bytes.
    pub fn others(&self) -> Vec<(PathBuf, u64)> {
        let Ok(files) = std::fs::read_dir(parent(&self.path)) else { return Vec::new() };
        let mut others: Vec<(PathBuf, u64)> = files
            .flatten()
            .filter(|f| f.file_name().to_string_lossy().starts_with("replicates-") && f.path() != self.path)
            .filter_map(|f| Some((f.path(), f.metadata().ok()?.len())))
            .collect();
        others.sort();
        others
    }
}
