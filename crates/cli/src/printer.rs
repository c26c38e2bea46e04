//! What is printed, and where: results to stdout, talk to stderr. `--json` and `--quiet` are known here alone.

use crate::failure::{Failure, problems_json, render};
use chokepoint_input::problem::{Problems, Severity};
use serde::Serialize;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether results could not be printed, on a full disk for example.
static LOST: AtomicBool = AtomicBool::new(false);

/// Prints as the user asked. A reader that went away (`| head`) is no error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Printer {
    /// Results are printed as JSON.
    pub(crate) json: bool,
    /// Nothing but results is printed.
    pub(crate) quiet: bool,
}

impl Printer {
    /// A text that is a result whatever was asked: a page, a path, a script.
    pub(crate) fn out(self, text: &str) {
        let mut out = std::io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        if written.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
            LOST.store(true, Ordering::Relaxed);
        }
    }

    /// Whether something that was asked for could not be printed.
    pub(crate) fn has_lost_results() -> bool {
        LOST.load(Ordering::Relaxed)
    }

    /// Paths of files that were written, a line each.
    pub(crate) fn paths(self, folder: &Path, files: &[(String, Vec<u8>)]) {
        files.iter().for_each(|(file, _)| self.out(&format!("{}\n", folder.join(file).display())));
    }

    /// A result: as JSON if that was asked, else in words.
    pub(crate) fn result(self, value: &impl Serialize, words: impl FnOnce() -> String) {
        self.out(&if self.json { pretty(value) } else { words() });
    }

    /// What is said beside the results.
    pub(crate) fn talk(self, text: &str) {
        if !self.quiet {
            to_stderr(text);
        }
    }

    /// Something that the user should know.
    pub(crate) fn note(self, text: &dyn std::fmt::Display) {
        self.talk(&format!("note: {text}\n"));
    }

    /// Warnings of the files that were read.
    pub(crate) fn warnings(self, warnings: &Problems) {
        if !warnings.0.is_empty() {
            self.talk(&render(warnings));
        }
    }

    /// Problems of the files that were read, where they are what was asked for or why nothing is run.
    pub(crate) fn problems(self, problems: &Problems) {
        if self.json {
            self.out(&problems_json(problems));
        } else if !problems.0.is_empty() {
            to_stderr(&render(problems));
        }
    }

    /// Whether no progress is shown.
    pub(crate) fn hides_progress(self) -> bool {
        self.quiet || self.json
    }

    /// Why a command ended without what was asked for. Said even to the quiet.
    pub(crate) fn failure(self, failure: &Failure) {
        match failure {
            Failure::Invalid(problems) => {
                self.problems(problems);
                let n = problems.0.iter().filter(|p| p.severity == Severity::Error).count();
                if !self.json {
                    let s = if n == 1 { "" } else { "s" };
                    to_stderr(&format!("{n} problem{s}; nothing was run or written.\n"));
                }
            }
            Failure::Outside(_) => to_stderr(&format!("note: {failure}\n")),
            other => to_stderr(&format!("error: {other}\n")),
        }
    }
}

fn to_stderr(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// JSON as it is written to files and to the terminal.
///
/// # Panics
///
/// If the value has a map whose keys are no texts: none of ours has.
pub(crate) fn pretty(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("results are lists and records of numbers and texts") + "\n"
}
