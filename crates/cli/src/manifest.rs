//! `manifest.json`: what went in, so that a run can be reported and made again.

use chokepoint_input::problem::Problems;
use chokepoint_montecarlo::results::{Asked, FORMAT, Input, Manifest, Output, digest};
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::Experiment;
use std::path::Path;

/// Digest of everything that a result depends on: version, inputs and settings.
pub(crate) fn run_digest(inputs: &[Input], settings: Settings, arms: &[String]) -> String {
    let text = serde_json::json!({
        "version": env!("CARGO_PKG_VERSION"), "inputs": digests(inputs), "seed": settings.seed,
        "replicates": settings.replicates, "arms": arms,
    });
    digest(text.to_string().as_bytes())[..16].to_owned()
}

/// Names and digests of inputs that results depend on.
pub(crate) fn digests(inputs: &[Input]) -> Vec<(&str, &str)> {
    inputs
        .iter()
        .filter(|input| !input.beside)
        .map(|input| (input.file.as_str(), input.sha256.as_str()))
        .collect()
}

/// Ids of the arms.
pub(crate) fn arms(experiment: &Experiment) -> Vec<String> {
    experiment.arms.iter().map(|a| a.id.clone()).collect()
}

/// The scenario, the strategies, the override file and every table of the world, inlined with digests; and what others have
/// published, which stands beside the results.
pub(crate) fn inputs(experiment: &Experiment, library: Option<&Path>) -> Vec<Input> {
    let beside = experiment.published.files.iter();
    let beside = beside.map(|source| Input { beside: true, ..Input::of(source, library) });
    experiment.files.iter().map(|source| Input::of(source, library)).chain(beside).collect()
}

/// The manifest. `outputs` are the digests of the files beside it.
pub(crate) fn manifest(
    experiment: &Experiment,
    settings: Settings,
    asked: Asked,
    inputs: Vec<Input>,
    outputs: Vec<(String, String)>,
    warnings: &Problems,
) -> String {
    let arms = arms(experiment);
    let manifest = Manifest {
        format: FORMAT,
        chokepoint: env!("CARGO_PKG_VERSION").to_owned(),
        run: run_digest(&inputs, settings, &arms),
        asked,
        scenario: experiment.scenario.id.clone(),
        status: experiment.scenario.status.name().to_owned(),
        as_of: experiment.scenario.as_of.to_string(),
        world: experiment.world.id.clone(),
        arms,
        replicates: settings.replicates,
        seed: settings.seed,
        streams: "Philox4x32-10 at (seed, replicate, stream, FNV-1a of the entity's id, week); parameters: scrambled van der Corput by name".to_owned(),
        agents: experiment.agents.len(),
        links: experiment.network.links.len(),
        weeks: experiment.arms[0].plan.weeks,
        warnings: warnings.0.iter().map(ToString::to_string).collect(),
        inputs,
        outputs: outputs.into_iter().map(|(file, sha256)| Output { file, sha256 }).collect(),
    };
    manifest.to_json()
}

#[cfg(test)]
mod tests {
    use super::run_digest;
    use chokepoint_montecarlo::replicates::Uncertainty;
    use chokepoint_montecarlo::results::Input;
    use chokepoint_montecarlo::runner::Settings;

    #[test]
    fn a_run_is_named_by_what_its_results_depend_on() {
        let input = |sha256: &str, beside: bool| Input {
            file: "x.csv".to_owned(),
            path: "x.csv".to_owned(),
            sha256: sha256.to_owned(),
            text: String::new(),
            beside,
        };
        let settings = Settings { replicates: 8, seed: 1, uncertainty: Uncertainty::FULL };
        let digest = |inputs: &[Input]| run_digest(inputs, settings, &[]);
        let alone = digest(&[input("a", false)]);
        assert_eq!(alone, digest(&[input("a", false), input("b", true)]));
        assert_ne!(alone, digest(&[input("b", false)]));
    }
}
