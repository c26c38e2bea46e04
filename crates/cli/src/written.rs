//! Files of a results folder, with the digest of each as the manifest lists them.

use crate::failure::Failure;
use crate::manifest::digest;
use chokepoint_charts::Figure;
use chokepoint_montecarlo::results::Folder;

/// A results folder that remembers what was written.
pub(crate) struct Written {
    pub(crate) folder: Folder,
    /// Name and SHA-256 of each file.
    pub(crate) files: Vec<(String, String)>,
}

impl Written {
    pub(crate) fn new(folder: Folder) -> Self {
        Self { folder, files: Vec::new() }
    }

    pub(crate) fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.folder.write(name, bytes)?;
        self.files.push((name.to_owned(), digest(bytes)));
        Ok(())
    }

    /// A figure as vector, as pixels, as the numbers behind it and as words.
    pub(crate) fn figure(&mut self, figure: &Figure) -> Result<(), Failure> {
        let name = format!("charts/{}", figure.name);
        self.put(&format!("{name}.svg"), figure.svg.as_bytes())?;
        self.put(&format!("{name}.png"), &figure.png)?;
        self.put(&format!("{name}.csv"), figure.csv.as_bytes())?;
        self.put(&format!("{name}.json"), figure.json.as_bytes())
    }
}
