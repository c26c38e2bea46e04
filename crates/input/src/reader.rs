//! A file while it is read: its text, and what is wrong with it so far.

use crate::problem::{Code, Place, Problems, Report, Source};
use std::sync::Arc;

/// A file while it is read.
#[derive(Debug)]
pub struct Reader<'r> {
    /// The file.
    pub source: &'r Arc<Source>,
    /// What is wrong with it, and with those read before it.
    pub problems: &'r mut Problems,
}

/// What knows its place in the file that is read.
pub trait Located {
    /// The bytes that it takes; `source` must be the file that it was read from.
    fn place(&self, source: &Arc<Source>) -> Place;
}

impl<T: Located> Located for &T {
    fn place(&self, source: &Arc<Source>) -> Place {
        (**self).place(source)
    }
}

impl<'r> Reader<'r> {
    /// Begins to read a file.
    pub fn new(source: &'r Arc<Source>, problems: &'r mut Problems) -> Self {
        Self { source, problems }
    }

    /// Where something stands.
    pub fn place(&self, at: impl Located) -> Place {
        at.place(self.source)
    }

    /// The first byte of the file: for what concerns all of it.
    pub fn top(&self) -> Place {
        Place { source: Arc::clone(self.source), span: 0..0 }
    }

    /// Begins to report an error.
    pub fn error(&mut self, code: Code, at: impl Located, message: impl Into<String>) -> Report<'_> {
        let place = self.place(at);
        self.problems.error(code, &place, message)
    }

    /// Begins to report a warning.
    pub fn warn(&mut self, code: Code, at: impl Located, message: impl Into<String>) -> Report<'_> {
        let place = self.place(at);
        self.problems.warn(code, &place, message)
    }

    /// Reports that nothing has this name, with the nearest name that something has.
    pub fn unknown<'a>(
        &mut self,
        at: impl Located,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let place = self.place(at);
        self.problems.unknown(&place, what, name, known);
    }
}
