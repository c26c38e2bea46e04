//! `chokepoint reproduce`: a finished run made again from its manifest.

use crate::arguments::ReproduceOptions;
use crate::failure::Failure;
use crate::printer::Printer;
use crate::results;
use crate::simulation::Simulation;
use chokepoint_input::{file, library};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::results::{FORMAT, Input, MOST_BYTES, Manifest, digest};
use chokepoint_montecarlo::runner::{Interrupted, MOST_REPLICATES, Settings};
use serde::Serialize;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

pub(crate) fn reproduce(options: &ReproduceOptions, printer: Printer) -> Result<(), Failure> {
    let manifest = read(&options.manifest)?;
    let fail =
        |error: std::io::Error| Failure::Machine(format!("cannot write the inputs of the manifest: {error}"));
    let work = tempfile::tempdir().map_err(fail)?;
    let library = work.path().join("library");
    let request = manifest.unpack(&library).map_err(fail)?;
    let (experiment, warnings) = chokepoint_scenario::load(&request).map_err(Failure::Invalid)?;
    let out = options.out.clone().unwrap_or_else(|| work.path().join("results"));
    let mut folder = results::open(&out, options.force, printer)?;
    let simulation = Simulation {
        experiment: &experiment,
        warnings: &warnings,
        asked: manifest.asked.clone(),
        library: Some(&library),
        settings: Settings {
            replicates: manifest.replicates,
            seed: manifest.seed,
            uncertainty: Uncertainty::FULL,
        },
        tolerance: None,
        threads: options.threads,
        keep_every: Duration::from_secs(30),
        printer,
    };
    let (_, place) = simulation.into_folder(&mut folder).map_err(|failure| match failure {
        // what is kept beside results that nobody keeps is gone with them
        Failure::Kept(_) if options.out.is_none() => Interrupted.into(),
        other => other,
    })?;
    let again = read(&place.join("manifest.json"))?;
    let found = Found::of(&manifest, &again, &options.manifest, &place);
    printer.result(&found, || found.render(&manifest));
    if found.identical {
        return Ok(());
    }
    let n = found.differing.len();
    Err(Failure::Differs(format!("{n} of {} files came out differently", manifest.outputs.len())))
}

/// Reads a manifest of a run.
fn read(path: &Path) -> Result<Manifest, Failure> {
    let unreadable = |what: &dyn std::fmt::Display| Failure::Usage(format!("{}: {what}", path.display()));
    let bytes = file::bytes(path, MOST_BYTES).map_err(|e| unreadable(&e))?;
    let manifest = Manifest::read(&bytes).map_err(|e| unreadable(&e))?;
    if !(1..=MOST_REPLICATES).contains(&manifest.replicates) {
        return Err(unreadable(&format!("a run has from 1 to {MOST_REPLICATES} replicates")));
    }
    Ok(manifest)
}

/// What came of it.
#[derive(Debug, Serialize)]
struct Found {
    identical: bool,
    /// Version that made the run, if it is another than this.
    version: Option<String>,
    /// Format of the manifest, if it is another than this program's: names of files, columns and arms have changed since.
    format: Option<u32>,
    /// Files that came out differently, and the first line in which they do, where the first are beside the manifest.
    differing: Vec<Differing>,
    /// Files beside the manifest that are not what the run wrote.
    changed_since: Vec<String>,
    /// Inputs that stand in the library here with another text: they were not used.
    library_differs: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Differing {
    file: String,
    line: Option<usize>,
    was: Option<String>,
    is: Option<String>,
}

impl Found {
    fn of(before: &Manifest, again: &Manifest, manifest: &Path, place: &Path) -> Self {
        let beside = manifest.parent().unwrap_or(Path::new(""));
        let of = |file: &str| again.outputs.iter().find(|o| o.file == file).map(|o| o.sha256.as_str());
        let mut found = Self {
            identical: true,
            version: (before.chokepoint != again.chokepoint).then(|| before.chokepoint.clone()),
            format: (before.format != again.format).then_some(before.format),
            differing: Vec::new(),
            changed_since: Vec::new(),
            library_differs: library_differs(&before.inputs, manifest),
        };
        for output in &before.outputs {
            let whole = std::fs::read(beside.join(&output.file)).ok();
            let intact = whole.as_ref().is_some_and(|bytes| digest(bytes) == output.sha256);
            if whole.is_some() && !intact {
                found.changed_since.push(output.file.clone());
            }
            if of(&output.file) != Some(&output.sha256) {
                let is = std::fs::read(place.join(&output.file)).unwrap_or_default();
                found.differing.push(Differing::of(&output.file, whole.filter(|_| intact), &is));
            }
        }
        let new = again.outputs.iter().filter(|o| !before.outputs.iter().any(|b| b.file == o.file));
        found.differing.extend(new.map(|o| Differing::of(&o.file, None, &[])));
        found.identical = found.differing.is_empty();
        found
    }

    fn render(&self, manifest: &Manifest) -> String {
        let mut text = String::new();
        let n = manifest.outputs.len();
        if self.identical {
            let _ = writeln!(
                text,
                "Identical: all {n} files came out with the digests of the manifest (run {}).",
                manifest.run
            );
        }
        if let Some(version) = &self.version {
            let _ = writeln!(
                text,
                "The run was made by version {version}; this is {}: rules may have changed (CHANGELOG.md).",
                env!("CARGO_PKG_VERSION")
            );
        }
        if let Some(format) = self.format {
            let _ = writeln!(
                text,
                "The manifest has format {format}; this program writes format {FORMAT}: files, columns or arms have other names (CHANGELOG.md)."
            );
        }
        for differing in &self.differing {
            let _ = match (differing.line, &differing.was, &differing.is) {
                (Some(line), Some(was), Some(is)) => {
                    writeln!(
                        text,
                        "{}: differs from line {line} on\n  was  {was}\n  is   {is}",
                        differing.file
                    )
                }
                _ => writeln!(text, "{}: differs", differing.file),
            };
        }
        for file in &self.changed_since {
            let _ = writeln!(text, "{file}: the file beside the manifest was changed after the run");
        }
        for path in &self.library_differs {
            let _ = writeln!(
                text,
                "note: {path} stands in the library with another text; the manifest's was used"
            );
        }
        text
    }
}

impl Differing {
    fn of(file: &str, was: Option<Vec<u8>>, is: &[u8]) -> Self {
        let none = Self { file: file.to_owned(), line: None, was: None, is: None };
        let (Some(Ok(was)), Ok(is)) = (was.map(String::from_utf8), std::str::from_utf8(is)) else {
            return none;
        };
        let (mut old, mut new) = (was.lines(), is.lines());
        for line in 1.. {
            let (a, b) = (old.next(), new.next());
            if a != b {
                let short =
                    |text: Option<&str>| Some(text.unwrap_or("(end of file)").chars().take(160).collect());
                return Self { line: Some(line), was: short(a), is: short(b), ..none };
            }
            if a.is_none() {
                break;
            }
        }
        none
    }
}

/// Inputs of which the library here has another text.
fn library_differs(inputs: &[Input], manifest: &Path) -> Vec<String> {
    let library = library::library(manifest).or_else(|| library::library(Path::new("scenarios/x")));
    let Some(library) = library else { return Vec::new() };
    let differs = |input: &&Input| {
        std::fs::read(library.join(&input.path)).is_ok_and(|bytes| digest(&bytes) != input.sha256)
    };
    inputs.iter().filter(differs).map(|input| input.path.clone()).collect()
}
