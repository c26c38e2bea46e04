//! `manifest.json`: all that a result depends on, with digests of what went in and came out.

use super::digest;
use chokepoint_input::problem::Source;
use chokepoint_scenario::Request;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::{Component, Path};

/// Most bytes of a manifest that is read.
pub const MOST_BYTES: u64 = 256 << 20;

/// What a run was asked for beside its files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The command.
    pub command: String,
    /// Strategies by id; nothing: those that the scenario lists.
    #[serde(default)]
    pub strategies: Option<Vec<String>>,
    /// All of the library.
    #[serde(default)]
    pub all_strategies: bool,
    /// Days of decision.
    #[serde(default)]
    pub decision_dates: Vec<Date>,
    /// Path, among the inputs, of the file of overrides.
    #[serde(default)]
    pub overrides: Option<String>,
}

impl Asked {
    /// By a command whose settings are not kept.
    pub fn by(command: &str) -> Self {
        Self { command: command.to_owned(), ..Self::default() }
    }
}

/// A file that went in, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Name.
    pub file: String,
    /// Where it stands in the library; its name if it stands elsewhere.
    #[serde(default)]
    pub path: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// Its text.
    pub text: String,
    /// Whether it only stands beside the results: they do not depend on it.
    #[serde(default)]
    pub beside: bool,
}

/// A file that came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Where it stands in the folder.
    pub file: String,
    /// SHA-256 of it.
    pub sha256: String,
}

/// A manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Which names files, columns and arms have: [`FORMAT`] of the program that wrote them.
    #[serde(default = "first_format")]
    pub format: u32,
    /// Version of the program.
    pub chokepoint: String,
    /// Digest of version, inputs and settings.
    pub run: String,
    /// What was asked for.
    #[serde(default)]
    pub asked: Asked,
    /// Scenario.
    pub scenario: String,
    /// Whether it happened.
    pub status: String,
    /// Date of the knowledge in it.
    pub as_of: String,
    /// World.
    pub world: String,
    /// Arms, in order.
    pub arms: Vec<String>,
    /// Replicates.
    pub replicates: u32,
    /// Seed.
    pub seed: u64,
    /// How draws are addressed.
    pub streams: String,
    /// Number of agents.
    pub agents: usize,
    /// Number of links.
    pub links: usize,
    /// Number of weeks, spin-up included.
    pub weeks: u32,
    /// Warnings of the input.
    pub warnings: Vec<String>,
    /// Files that went in.
    pub inputs: Vec<Input>,
    /// Files that came out.
    pub outputs: Vec<Output>,
}

/// Form of a results folder. It rises with every change of a name of a file, a column or an arm.
pub const FORMAT: u32 = 2;

/// Results of the first edition do not state their form.
fn first_format() -> u32 {
    1
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It is no manifest.
    #[error("this is no manifest of a run: {0}")]
    Form(#[from] serde_json::Error),
    /// A later program wrote it.
    #[error(
        "this manifest has format {0}; this program reads formats up to {FORMAT}: use the version that made it"
    )]
    Format(u32),
    /// A text in it is not what its digest says.
    #[error(
        "the text of `{0}` in this manifest is not what its digest says: the manifest was changed after the run"
    )]
    Changed(String),
    /// A name in it leads out of a folder.
    #[error("`{0}` in this manifest is no path within a library")]
    Path(String),
    /// Another command made it.
    #[error("this manifest was made by `{0}`; only those of `run` can be reproduced")]
    Command(String),
}

impl Input {
    /// A file as it was read.
    pub fn of(source: &Source, library: Option<&Path>) -> Self {
        let name = source.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        Self {
            path: Self::place(&source.path, library).unwrap_or_else(|| name.clone()),
            file: name,
            sha256: digest(source.text.as_bytes()),
            text: source.text.clone(),
            beside: false,
        }
    }

    /// Where a file stands in a library, with `/` between its parts; nothing if it stands elsewhere.
    fn place(path: &Path, library: Option<&Path>) -> Option<String> {
        let (absolute, library) = (std::path::absolute(path).ok()?, std::path::absolute(library?).ok()?);
        let within = absolute.strip_prefix(library).ok()?;
        let parts: Vec<_> = within.components().map(|c| c.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }
}

impl Manifest {
    /// Reads a manifest of `run` and checks that its inputs are what their digests say.
    pub fn read(bytes: &[u8]) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_slice(bytes)?;
        if manifest.format > FORMAT {
            return Err(ManifestError::Format(manifest.format));
        }
        if manifest.asked.command != "run" {
            return Err(ManifestError::Command(manifest.asked.command));
        }
        for input in &manifest.inputs {
            if digest(input.text.as_bytes()) != input.sha256 {
                return Err(ManifestError::Changed(input.file.clone()));
            }
            let inside = |c: Component<'_>| matches!(c, Component::Normal(_));
            let path = Path::new(&input.path);
            if input.path.is_empty() || !path.components().all(inside) || input.path.contains('\\') {
                return Err(ManifestError::Path(input.path.clone()));
            }
        }
        Ok(manifest)
    }

    /// Writes the inputs out as a library, and gives what to load from it.
    pub fn unpack(&self, library: &Path) -> std::io::Result<Request> {
        std::fs::create_dir_all(library.join("worlds"))?;
        for input in &self.inputs {
            let path = library.join(&input.path);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, &input.text)?;
        }
        let Some(scenario) = self.inputs.first() else {
            return Err(std::io::Error::other("the manifest holds no inputs"));
        };
        Ok(Request {
            scenario: library.join(&scenario.path),
            strategies: self.asked.strategies.clone(),
            all_strategies: self.asked.all_strategies,
            overrides: self.asked.overrides.as_ref().map(|path| library.join(path)),
            decisions: self.asked.decision_dates.clone(),
        })
    }

    /// As it is written.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("results are lists and records of numbers and texts") + "\n"
    }
}
