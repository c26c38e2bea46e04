//! Any text as a scenario of the small world: it is reported what is wrong with it, or it is an experiment.
#![no_main]

use chokepoint_fuzz::{library, shown, world};
use chokepoint_input::problem::Source;
use chokepoint_scenario::{Request, load_in};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|text: &str| {
    let source = Arc::new(Source { path: "fuzz.ron".into(), text: text.to_owned() });
    match load_in(world(), &source, &library(), &Request::default()) {
        Ok((experiment, warnings)) => {
            shown(&warnings);
            assert!(!experiment.arms.is_empty());
            assert!(experiment.arms.iter().all(|arm| arm.plan.weeks > experiment.scope.shock));
        }
        Err(problems) => {
            assert!(problems.fatal());
            shown(&problems);
        }
    }
});
