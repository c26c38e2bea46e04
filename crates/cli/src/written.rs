//! Files of a results folder, with the digest of each as the manifest lists them.

use crate::failure::Failure;
use crate::manifest::digest;
use chokepoint_charts::size::SLIDE;
use chokepoint_charts::tongue::Language;
use chokepoint_charts::{ChartError, Figure, Sheet};
use chokepoint_montecarlo::results::Folder;
use rayon::prelude::*;

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

    /// The figures of a run: their numbers, and each as a slide, as pixels, as a table and as words.
    pub(crate) fn figures(&mut self, sheet: &Sheet) -> Result<(), Failure> {
        self.put("figures.json", sheet.to_json().as_bytes())?;
        let tongue = Language::English.tongue();
        let drawn: Vec<(Figure, Vec<u8>)> = sheet
            .charts
            .par_iter()
            .map(|chart| {
                let figure = sheet.figure(chart, SLIDE, tongue, None)?;
                let png = figure.png(1)?;
                Ok((figure, png))
            })
            .collect::<Result<_, ChartError>>()?;
        for (figure, png) in &drawn {
            let name = format!("charts/{}", figure.name);
            self.put(&format!("{name}.svg"), figure.svg.as_bytes())?;
            self.put(&format!("{name}.png"), png)?;
            self.put(&format!("{name}.csv"), figure.csv.as_bytes())?;
            self.put(&format!("{name}.json"), figure.json.as_bytes())?;
        }
        Ok(())
    }
}
