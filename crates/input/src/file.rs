//! Reading files from disk: the only place of this crate that touches it, with [`crate::library`].

use crate::limits::MOST_BYTES;
use crate::problem::{Code, Place, Problems, Source};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Reads a text file; a problem if that fails or it is too large.
pub fn source(path: &Path, problems: &mut Problems) -> Option<Arc<Source>> {
    read(path, "check the path; `chokepoint list scenarios` shows what is shipped", problems)
}

/// Reads a text file in UTF-8, with or without a byte-order mark; a problem with that help if it cannot be read.
pub fn read(path: &Path, help: &str, problems: &mut Problems) -> Option<Arc<Source>> {
    let (text, message, span, help) = match bytes(path, MOST_BYTES) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                return Some(Arc::new(Source { path: path.to_owned(), text }));
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let help = "save it as UTF-8, in a spreadsheet as \"CSV UTF-8\"";
                (text, "this file is not text in UTF-8".to_owned(), valid..valid + 3, help)
            }
        },
        Err(error) => (String::new(), format!("this file cannot be read: {error}"), 0..0, help),
    };
    let source = Arc::new(Source { path: path.to_owned(), text });
    problems.error(Code::Unreadable, &Place { source, span }, message).label("here").help(help.to_owned());
    None
}

/// The bytes of a file of at most so many. It may be a link to a file but nothing else: a pipe or a device may never end.
pub fn bytes(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let there = std::fs::metadata(path)?;
    if !there.is_file() {
        let what = if there.is_dir() { "it is a folder" } else { "it is neither a file nor a folder" };
        return Err(std::io::Error::other(what));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(std::io::Error::other(format!("it is larger than {} MiB", most >> 20)));
    }
    Ok(bytes)
}
