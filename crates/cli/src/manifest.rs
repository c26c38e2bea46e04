//! `manifest.json`: what went in, so that a run can be told and made again.

use chokepoint_montecarlo::results::digest;
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::experiment::Experiment;
use chokepoint_scenario::problem::{Problems, Source};
use std::path::Path;
use std::sync::Arc;

/// Digest of everything that a result depends on: version, inputs and settings.
pub(crate) fn run_digest(inputs: &[serde_json::Value], settings: Settings, arms: &[String]) -> String {
    let text = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"), "inputs": inputs, "seed": settings.seed,
        "replicates": settings.replicates, "arms": arms,
    });
    digest(text.to_string().as_bytes())[..16].to_owned()
}

/// The scenario, the strategies, the override file and every table of the world, inlined with digests.
pub(crate) fn inputs(experiment: &Experiment, overrides: Option<&Path>) -> Vec<serde_json::Value> {
    let mut sources: Vec<Arc<Source>> = experiment.files.clone();
    if let Some(path) = overrides
        && let Ok(text) = std::fs::read_to_string(path)
    {
        sources.push(Arc::new(Source { path: path.to_owned(), text }));
    }
    sources
        .iter()
        .map(|source| {
            let name = source.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            serde_json::json!({ "file": name, "sha256": digest(source.text.as_bytes()), "text": source.text })
        })
        .collect()
}

/// The manifest. `outputs` are the digests of the files beside it.
pub(crate) fn manifest(
    experiment: &Experiment,
    settings: Settings,
    inputs: &[serde_json::Value],
    outputs: &[(String, String)],
    warnings: &Problems,
) -> String {
    let arms: Vec<String> = experiment.arms.iter().map(|a| a.id.clone()).collect();
    let manifest = serde_json::json!({
        "chokepoint": env!("CARGO_PKG_VERSION"),
        "run": run_digest(inputs, settings, &arms),
        "scenario": experiment.scenario.id,
        "status": experiment.scenario.status.name(),
        "as_of": experiment.scenario.as_of.to_string(),
        "world": experiment.world.id,
        "arms": arms,
        "replicates": settings.replicates,
        "seed": settings.seed,
        "streams": "Philox4x32-10 at (seed, replicate, stream, FNV-1a of the entity's id, week); parameters: scrambled van der Corput by name",
        "agents": experiment.agents.len(),
        "links": experiment.network.links.len(),
        "weeks": experiment.arms[0].plan.weeks,
        "warnings": warnings.0.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "inputs": inputs,
        "outputs": outputs.iter().map(|(file, sha)| serde_json::json!({ "file": file, "sha256": sha })).collect::<Vec<_>>(),
    });
    format!("{manifest:#}\n")
}
