//! The same answer whatever the machine and however many replicates.

use crate::shipped::{shipped, shipped_with_all, toy, toy_with};
use chokepoint_core::id::LinkId;
use chokepoint_core::lanes::{Eight, Lane};
use chokepoint_core::network::{Link, Network};
use chokepoint_core::outcome::Tally;
use chokepoint_core::plan::{Effect, Plan, Replicates};
use chokepoint_core::week;
use chokepoint_montecarlo::replicates::{Uncertainty, draw_replicates};
use chokepoint_montecarlo::runner::{ArmRun, Ensemble, Settings, batch_arms, run};

use chokepoint_montecarlo::{effects, tables};
use chokepoint_scenario::Experiment;
use std::sync::atomic::AtomicBool;

fn settings(replicates: u32) -> Settings {
    Settings { replicates, seed: 1, uncertainty: Uncertainty::FULL }
}

fn on_threads(experiment: &Experiment, threads: usize, replicates: u32) -> Ensemble {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| run(experiment, settings(replicates), &|_| (), &AtomicBool::new(false))).unwrap()
}

/// A table that is written piece by piece, whole.
fn text(table: Table, experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut bytes = Vec::new();
    table(experiment, ensemble, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

type Table = fn(&Experiment, &Ensemble, &mut dyn std::io::Write) -> std::io::Result<()>;

#[test]
fn one_and_eight_threads_give_the_same_bytes() {
    let experiment = toy_with("every-kind", &["cushion"]);
    let (one, eight) = (on_threads(&experiment, 1, 24), on_threads(&experiment, 8, 24));
    assert_eq!(text(tables::outcomes, &experiment, &one), text(tables::outcomes, &experiment, &eight));
    assert_eq!(text(tables::series, &experiment, &one), text(tables::series, &experiment, &eight));
    assert_eq!(text(tables::samples, &experiment, &one), text(tables::samples, &experiment, &eight));
    assert_eq!(tables::stops(&experiment, &one), tables::stops(&experiment, &eight));
    assert_eq!(tables::stops_by_month(&experiment, &one), tables::stops_by_month(&experiment, &eight));
    assert_eq!(tables::ensemble(&experiment, &one).unwrap(), tables::ensemble(&experiment, &eight).unwrap());
    assert_eq!(tables::exposure(&experiment, &one), tables::exposure(&experiment, &eight));
    assert_eq!(tables::costs(&experiment, &one), tables::costs(&experiment, &eight));
    let (a, b) = (effects::pair(&experiment, &one), effects::pair(&experiment, &eight));
    assert_eq!(tables::paired(&experiment, &one, &a), tables::paired(&experiment, &eight, &b));
}

#[test]
fn replicate_17_of_32_equals_replicate_17_of_256_and_replicate_17_alone() {
    let experiment = toy_with("every-kind", &["cushion"]);
    let (few, many) = (on_threads(&experiment, 2, 32), on_threads(&experiment, 2, 256));
    let alone = batch_arms::<f64>(&experiment, &few, settings(1), 17);
    for (arm, alone) in alone.iter().enumerate() {
        let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<u64>>();
        assert_eq!(bits(&few.values[arm][17]), bits(&many.values[arm][17]));
        assert_eq!(bits(&few.values[arm][17]), bits(&alone[0].outcomes));
        assert_eq!(few.stops[arm][17], alone[0].stops);
    }
}

#[test]
fn a_strategy_shifts_no_random_numbers() {
    let (with, without) = (toy_with("every-kind", &["cushion"]), toy_with("every-kind", &[]));
    let (a, b) = (on_threads(&with, 2, 8), on_threads(&without, 2, 8));
    assert_eq!(a.values[1].len(), b.values[1].len());
    for (x, y) in a.values[1].iter().flatten().zip(b.values[1].iter().flatten()) {
        assert!((x - y).abs() <= 1e-9 * x.abs().max(1.0), "{x} {y}");
    }
}

#[test]
fn a_loss_of_billions_is_written_and_a_stop_that_never_came_is_not() {
    let experiment = shipped("full-embargo");
    let ensemble = on_threads(&experiment, 2, 8);
    let table = text(tables::outcomes, &experiment, &ensemble);
    let values = |outcome: &str| -> Vec<String> {
        let rows = table.lines().filter(|l| l.contains(",no-strategy,") && l.contains(outcome));
        rows.map(|l| l.rsplit(',').next().unwrap().to_owned()).collect()
    };
    let losses = values(",value_added_lost,,,,USD");
    assert_eq!(losses.len(), 8);
    assert!(losses.iter().all(|v| v.parse::<f64>().unwrap() > 1e9), "{losses:?}");
    assert!(values(",first_stop,").iter().any(String::is_empty), "some sector never stops");
}

#[test]
fn an_interrupted_run_gives_nothing() {
    let experiment = toy("every-kind");
    assert!(run(&experiment, settings(32), &|_| (), &AtomicBool::new(true)).is_err());
}

/// The same network with facilities, producers and each buyer's suppliers in the opposite order, the plan that goes with
/// it, and the new place of each agent.
pub(crate) fn reversed(network: &Network, plan: &Plan) -> (Network, Plan, Vec<usize>) {
    let (facilities, producers) = (0..network.facilities, network.producer_range());
    let reserves = producers.end..network.agents.len();
    let order: Vec<usize> = facilities.rev().chain(producers.rev()).chain(reserves).collect();
    let mut place = vec![0; order.len()];
    let mut new = Network { agents: Vec::new(), inputs: Vec::new(), outputs: Vec::new(), ..network.clone() };
    new.links.clear();
    let (mut inputs, mut outputs) = (vec![0; network.inputs.len()], vec![0; network.outputs.len()]);
    for old in &order {
        place[*old] = new.agents.len();
        let mut agent = network.agents[*old].clone();
        let (from_input, from_output) = (new.inputs.len() as u32, new.outputs.len() as u32);
        for i in network.inputs_of(&network.agents[*old]) {
            inputs[i] = new.inputs.len();
            new.inputs.push(network.inputs[i].clone());
        }
        for o in network.outputs_of(&network.agents[*old]) {
            outputs[o] = new.outputs.len();
            new.outputs.push(network.outputs[o].clone());
        }
        agent.inputs = from_input..new.inputs.len() as u32;
        agent.outputs = from_output..new.outputs.len() as u32;
        new.agents.push(agent);
    }
    let mut moved = vec![LinkId(0); network.links.len()];
    for input in &mut new.inputs {
        let from = new.links.len() as u32;
        for l in network.links_of(input).rev() {
            moved[l] = LinkId::from(new.links.len());
            let link = network.links[l].clone();
            let (seller, buyer) = (outputs[link.seller.at()].into(), inputs[link.buyer.at()].into());
            new.links.push(Link { seller, buyer, ..link });
        }
        input.links = from..new.links.len() as u32;
        input.agent = place[input.agent.at()].into();
    }
    for output in &mut new.outputs {
        output.agent = place[output.agent.at()].into();
    }
    for route in &mut new.releases {
        (route.from, route.to) = (inputs[route.from.at()].into(), inputs[route.to.at()].into());
    }
    for benchmark in &mut new.benchmarks {
        benchmark.makers.iter_mut().for_each(|maker| maker.output = outputs[maker.output.at()].into());
        benchmark.followers.iter_mut().for_each(|other| other.output = outputs[other.output.at()].into());
        benchmark.exports.iter_mut().flatten().for_each(|(link, _)| *link = moved[link.at()]);
    }
    for output in &mut new.traded {
        *output = outputs[output.at()].into();
    }
    for (old, venture) in network.ventures.iter().enumerate() {
        new.ventures[place[old]] = *venture;
    }
    for member in new.chains.iter_mut().chain(&mut new.owners).flatten() {
        *member = place[member.at()].into();
    }
    for fringe in &mut new.fringes {
        fringe.agent = place[fringe.agent.at()].into();
    }
    for collector in &mut new.collectors {
        collector.agent = place[collector.agent.at()].into();
        for (producer, _) in collector.cohorts.iter_mut().flat_map(|c| &mut c.sources) {
            *producer = place[network.facilities + *producer] - network.facilities;
        }
    }
    for rule in &mut new.thrifts {
        rule.inputs.iter_mut().for_each(|i| *i = inputs[i.at()].into());
        if let Some(substitute) = &mut rule.substitute {
            substitute.input = inputs[substitute.input.at()].into();
        }
    }
    for (old, moved) in inputs.iter().enumerate() {
        new.tracing.weights.row_mut((*moved).into()).copy_from_slice(network.tracing.weights.row(old.into()));
        new.tracing.inputs.row_mut((*moved).into()).copy_from_slice(network.tracing.inputs.row(old.into()));
    }
    for (old, moved) in outputs.iter().enumerate() {
        new.tracing.outputs.row_mut((*moved).into()).copy_from_slice(network.tracing.outputs.row(old.into()));
    }
    for (old, moved) in place.iter().enumerate() {
        new.tracing.stamps.row_mut((*moved).into()).copy_from_slice(network.tracing.stamps.row(old.into()));
    }
    let mut plan = plan.clone();
    let renumber = |links: &mut Vec<LinkId>| links.iter_mut().for_each(|l| *l = moved[l.at()]);
    for event in &mut plan.events {
        match &mut event.effect {
            Effect::ExportCap(links) => renumber(links),
            Effect::CapacityLoss(agents) => agents.iter_mut().for_each(|a| *a = place[a.at()].into()),
            other => panic!("not renumbered: {other:?}"),
        }
    }
    plan.controlled.iter_mut().for_each(|c| c.link = moved[c.link.at()]);
    for market in &mut plan.markets {
        renumber(&mut market.links);
    }
    (new, plan, place)
}

/// A tally's lane is that of one arm of a batch.
fn lived<L: Lane>(
    experiment: &Experiment,
    arm: usize,
    replicates: &Replicates<L>,
    parted: &[ArmRun],
    lines: &[usize],
) {
    let plan = &experiment.arms[arm].plan;
    let mut tally = Tally::new(&experiment.network, plan, &experiment.scope);
    week::run(&experiment.network, plan, replicates, &mut tally);
    let name = &experiment.arms[arm].id;
    for (lane, parted) in parted.iter().enumerate() {
        let series = tally.series.iter().map(|x| (x.lane(lane) as f32).to_bits());
        assert!(series.eq(parted.series.iter().map(|x| x.to_bits())), "{name}");
        assert_eq!(chokepoint_montecarlo::costs::by_year(&tally, lane), parted.costs, "{name}");
        let weeks = lines.iter().map(|a| tally.lines[*a].weeks_stopped.lane(lane) as f32);
        assert!(weeks.eq(parted.stops.iter().map(|stop| stop.weeks)), "{name}");
    }
}

#[test]
fn an_arm_that_parts_from_another_has_the_bits_of_one_that_lived_its_past() {
    for id in ["full-embargo", "price-war", "quota-2010", "licence-squeeze"] {
        let experiment = shipped_with_all(id);
        let form = Ensemble::empty(&experiment, settings(1));
        let replicates = draw_replicates::<f64>(&experiment, 1, 5, Uncertainty::FULL);
        let parted = batch_arms::<f64>(&experiment, &form, settings(1), 5);
        // the scenario alone, and every third strategy with and without it
        for arm in (1..experiment.arms.len()).step_by(3) {
            lived(&experiment, arm, &replicates, &parted[arm], &form.lines);
        }
    }
}

#[test]
fn a_mix_is_the_same_whoever_else_is_run_and_each_lane_whoever_is_beside_it() {
    // two that collect, and two that hold stock, begin at different times
    let mixes = ["portfolio+recycling", "oem-buffer+portfolio"];
    let of = |strategies: &[&str]| {
        let scenario = crate::shipped::scenarios().join("full-embargo.ron");
        let strategies = Some(strategies.iter().map(|s| (*s).to_owned()).collect());
        let request = chokepoint_scenario::Request { scenario, strategies, ..Default::default() };
        chokepoint_scenario::load(&request).unwrap().0
    };
    let (alone, beside) = (of(&mixes), of(&["portfolio", "recycling", mixes[0], "oem-buffer", mixes[1]]));
    let form = Ensemble::empty(&beside, settings(8));
    let replicates = draw_replicates::<Eight>(&beside, 1, 0, Uncertainty::FULL);
    let all = batch_arms::<Eight>(&beside, &form, settings(8), 0);
    let few = batch_arms::<Eight>(&alone, &Ensemble::empty(&alone, settings(8)), settings(8), 0);
    for mix in mixes {
        let place = |experiment: &Experiment| experiment.arms.iter().position(|arm| arm.id == mix).unwrap();
        let (here, there) = (&all[place(&beside)], &few[place(&alone)]);
        for (here, there) in here.iter().zip(there) {
            let bits = |run: &ArmRun| run.outcomes.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            assert!(bits(here) == bits(there), "{mix}");
            assert_eq!((&here.costs, &here.stops), (&there.costs, &there.stops), "{mix}");
            assert_eq!((&here.exposure, &here.plants), (&there.exposure, &there.plants), "{mix}");
        }
        lived(&beside, place(&beside), &replicates, here, &form.lines);
    }
}
