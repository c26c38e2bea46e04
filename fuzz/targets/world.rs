//! Cells of the small world's tables replaced by other numbers: it is reported what is wrong, or a year of its licences keeps
//! the laws: mass, nothing below zero, everything finite.
#![no_main]

use chokepoint_core::time::SPIN_UP_WEEKS;
use chokepoint_fuzz::{cells, library, shown};
use chokepoint_input::file;
use chokepoint_input::problem::{Place, Problems};
use chokepoint_input::table::Replacements;
use chokepoint_montecarlo::laws;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_scenario::{Request, load_in};
use chokepoint_world::load::world;
use libfuzzer_sys::fuzz_target;

/// What a cell is multiplied by.
const FACTORS: [f64; 16] =
    [0.0, 1e-9, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.8, 1.0, 1.25, 2.0, 3.0, 10.0, 100.0, 1e3, 1e9];

fuzz_target!(|choices: &[u8]| {
    let mut problems = Problems::default();
    let scenario = library().join("gallium-licensing.ron");
    let source = file::source(&scenario, &mut problems).expect("a shipped scenario is read");
    let place = Place { source: source.clone(), span: 0..1 };
    let all = cells();
    let replaced = choices.chunks_exact(3).take(12).map(|choice| {
        let (cell, value) = &all[usize::from(u16::from_le_bytes([choice[0], choice[1]])) % all.len()];
        let value = value * FACTORS[usize::from(choice[2]) % FACTORS.len()];
        (cell.clone(), value.to_string(), place.clone())
    });
    let replacements = Replacements(replaced.collect());
    let path = library().join("worlds/gallium-2023.ron");
    let world = match world(&path, &replacements, &mut problems) {
        Some(world) if !problems.fatal() => world,
        _ => {
            assert!(problems.fatal());
            return shown(&problems);
        }
    };
    let Ok((experiment, _)) = load_in(&world, &source, &library(), &Request::default()) else { return };
    let replicates =
        draw_replicates::<f64>(&experiment, 1, u32::from(choices.len() as u8), Uncertainty::FULL);
    for arm in &experiment.arms {
        if let Err(broken) = laws::hold(&experiment.network, &arm.plan, &replicates, SPIN_UP_WEEKS + 52) {
            let cells: Vec<String> =
                replacements.0.iter().map(|(cell, value, _)| format!("{cell} = {value}")).collect();
            panic!("{}: {broken}; replaced: {}", arm.id, cells.join(", "));
        }
    }
});
