//! Finished replicates are kept on disk while a run is at work, so that one that is stopped can go on.

// how often they are kept follows the clock; what is kept does not
#![allow(clippy::disallowed_methods)]

use crate::failure::Failure;
use crate::manifest;
use crate::printer::Printer;
use chokepoint_montecarlo::results::{Checkpoint, Folder, Input, Kept, digest};
use chokepoint_montecarlo::runner::{Ensemble, Settings};
use std::time::{Duration, Instant};

/// Keeping costs at most this share of the time.
const SHARE: u32 = 20;

/// Keeps what is finished from time to time.
pub(crate) struct Keeper {
    checkpoint: Checkpoint,
    every: Duration,
    last: Instant,
    cost: Duration,
    printer: Printer,
    /// Replicates in the file.
    kept: u32,
    mode: Mode,
}

/// Whether the file is this run's to write and to remove.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// It is.
    Ours,
    /// The disk refused: nothing more is written.
    Refused,
    /// It holds more replicates than this run wants, and stays.
    Anothers,
}

/// What replicates are kept under: all that they depend on but their number. The program itself belongs to it, so that
/// replicates of two versions never meet in one result.
pub(crate) fn key(inputs: &[Input], settings: Settings, arms: &[String]) -> String {
    let program =
        std::env::current_exe().and_then(std::fs::read).map(|bytes| digest(&bytes)).unwrap_or_default();
    let text = serde_json::json!({ "program": program, "inputs": manifest::digests(inputs), "seed": settings.seed, "arms": arms });
    digest(text.to_string().as_bytes())[..16].to_owned()
}

impl Keeper {
    /// Takes up what an unfinished run of the same key had kept of at most `wanted` replicates, and says so.
    pub(crate) fn open(
        folder: &Folder,
        key: &str,
        every: Duration,
        printer: Printer,
        ensemble: &mut Ensemble,
        wanted: u32,
    ) -> Self {
        let checkpoint = folder.checkpoint(key);
        let found = checkpoint.load(ensemble, wanted);
        let shown = match found {
            Kept::Nothing => None,
            Kept::Replicates(n) => {
                Some(format!("{n} replicates of an unfinished run were kept; this run goes on from there"))
            }
            Kept::More(n) => Some(format!(
                "{n} replicates of an unfinished run of the same inputs are kept and left as they are"
            )),
            Kept::Damaged => Some(
                "what an unfinished run had kept is damaged and was not used; all replicates are run anew"
                    .to_owned(),
            ),
        };
        let mut notes: Vec<String> = shown.into_iter().collect();
        notes.extend(checkpoint.others().into_iter().map(|(path, bytes)| {
            format!(
                "`{}` keeps replicates of an unfinished run of other inputs ({:.0} MB); remove it if nobody will go on with it",
                path.display(),
                bytes as f64 / 1e6
            )
        }));
        notes.iter().for_each(|note| printer.note(note));
        Self {
            checkpoint,
            every,
            last: Instant::now(),
            cost: Duration::ZERO,
            printer,
            kept: ensemble.settings.replicates,
            mode: if matches!(found, Kept::More(_)) { Mode::Anothers } else { Mode::Ours },
        }
    }

    /// Keeps what is finished if it is time.
    pub(crate) fn saw(&mut self, ensemble: &Ensemble) {
        if self.last.elapsed() >= self.every.max(self.cost * SHARE) {
            self.keep(ensemble);
        }
    }

    /// Keeps what is finished. A disk that refuses stops no run: it is said once.
    fn keep(&mut self, ensemble: &Ensemble) {
        if self.mode != Mode::Ours || self.kept == ensemble.settings.replicates {
            return;
        }
        let begun = Instant::now();
        match self.checkpoint.save(ensemble) {
            Ok(()) => self.kept = ensemble.settings.replicates,
            Err(error) => {
                self.mode = Mode::Refused;
                self.printer.note(&format_args!(
                    "finished replicates are not kept, so this run cannot be resumed: {error}"
                ));
            }
        }
        (self.last, self.cost) = (Instant::now(), begun.elapsed());
    }

    /// The user interrupted: keeps what is finished and says how to go on.
    pub(crate) fn interrupted(mut self, ensemble: &Ensemble, wanted: u32) -> Failure {
        self.keep(ensemble);
        Failure::Kept(match (ensemble.settings.replicates, self.kept) {
            (0, _) => "interrupted before any replicate was finished; nothing was written".to_owned(),
            (n, 0) => format!(
                "interrupted; the {n} replicates that were finished are not kept. No results were written"
            ),
            (_, n) => format!(
                "interrupted; {n} of {wanted} replicates are kept: the same command goes on from there. No results were written"
            ),
        })
    }

    /// The results stand: forgets what was kept for them.
    pub(crate) fn done(self) {
        if self.mode != Mode::Anothers {
            self.checkpoint.remove();
        }
    }
}
