//! From the balanced chain to the network that the core runs.

mod benchmarks;
mod builder;
mod costs;
mod links;

use crate::balance::{self, Balance, Rest};
use crate::catalogue::{AgentInfo, ConstructionInfo};
use crate::draft::Draft;
use crate::ventures;
use builder::Builder;
use chokepoint_core::network::Network;
use chokepoint_input::calendar::Calendar;
use chokepoint_input::problem::{Code, Place, Problems};

/// Balances the tables and builds the network; problems point at `place` (the world file).
pub fn assemble(
    draft: &mut Draft,
    calendar: Calendar,
    place: &Place,
    problems: &mut Problems,
) -> Option<(Network, Vec<AgentInfo>, Vec<ConstructionInfo>, Balance)> {
    ventures::add_collectors(draft);
    let (rest, balance) = match balance::close(draft) {
        Ok(closed) => closed,
        Err(open) => {
            problems
                .error(Code::Balance, place, "the chain does not close")
                .label(format!("never reached: {}", open.join(", ")))
                .help("every commodity needs makers and buyers whose activity follows from the plans");
            return None;
        }
    };
    raise_assays(draft, &rest);
    let project_rest = ventures::project_rest(draft, &rest);
    let mut builder = Builder {
        draft,
        rest: &rest,
        projects: &project_rest,
        project_inputs: Vec::new(),
        project_outputs: Vec::new(),
        network: Network::default(),
        agents: Vec::new(),
        input_of: Vec::new(),
        output_of: Vec::new(),
    };
    builder.header();
    builder.add_agents();
    builder.add_links();
    builder.check_supply(place, problems);
    builder.set_costs(place, problems);
    let Builder { mut network, agents, .. } = builder;
    network.collectors = ventures::collectors(draft, &network);
    network.fringes = ventures::fringes(draft);
    network.benchmarks = benchmarks::find(&network, |stage| draft.stages[stage].quoted);
    ventures::set_outlooks(draft, &mut network);
    let construction = ventures::add_ventures(draft, calendar, &mut network);
    crate::design::add_thrifts(draft, &mut network);
    draft.traces = crate::design::add_tracing(draft, &mut network);
    costs::check_mass(draft, &network, &agents, place, problems);
    warn_adjustments(&balance, place, problems);
    Some((network, agents, construction, balance))
}

/// A feed holds at least what any of its separators takes out.
fn raise_assays(draft: &mut Draft, rest: &Rest) {
    for (p, plant) in draft.plants.iter().enumerate() {
        let recipe = &draft.recipes[plant.recipe];
        let (Some(recovery), [(feed, _)]) = (recipe.recovery, &recipe.inputs[..]) else {
            continue;
        };
        for (o, (oxide, _)) in recipe.outputs.iter().enumerate() {
            for e in 0..draft.elements.len() {
                let held = rest.coefficients[p][o] * draft.commodities[*oxide].contents[e] / recovery;
                let contents = &mut draft.commodities[*feed].contents[e];
                *contents = contents.max(held);
            }
        }
    }
}

fn warn_adjustments(balance: &Balance, place: &Place, problems: &mut Problems) {
    for adjustment in &balance.adjustments {
        let relative = adjustment.relative();
        if relative.abs() > balance::TOLERANCE {
            problems
                .warn(
                    Code::Balance,
                    place,
                    format!("the balance moved the {} by {:+.0} %", adjustment.what, relative * 100.0),
                )
                .label(format!("from {:.0} to {:.0} {}", adjustment.from, adjustment.to, adjustment.unit))
                .help("check the rows that this number rests on");
        }
    }
}
