//! Tables of who stopped, when, for want of what, and why that was short.

use crate::names::{Names, short, time};
use crate::pairing::spread;
use crate::runner::{Ensemble, LineStop, Months};
use chokepoint_core::outcome::lines::reason;
use chokepoint_core::state::{BOUND_BY_CAPACITY, BOUND_BY_MARGIN};
use chokepoint_core::time::happened;
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// `stops.csv`: which firms' lines stopped, in what share of replicates, by the shock and in all, when, for how long and why.
pub fn stops(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text = "arm,line,stage,region,sector,n,lines,share_stopped,share_stopped_by_shock,first_week_p5,first_week_p50,first_week_p95,weeks_stopped_p50,back_week_p50,idle_lines_p50,idle_lines_p95,".to_owned() + CAUSES + ",makes\n";
    let n = f64::from(ensemble.settings.replicates);
    each_line(experiment, ensemble, |line, stopped| {
        let of = |f: &dyn Fn(&LineStop) -> f32| {
            spread(&stopped.iter().map(|s| f64::from(f(s))).collect::<Vec<f64>>())
        };
        let first = of(&|s| s.first);
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{},{},{},{},{},{}",
            line.described,
            short(stopped.len() as f64 / n),
            short(line.by_the_shock as f64 / n),
            time(first.0),
            time(first.1),
            time(first.2),
            time(of(&|s| s.weeks).1),
            time(of(&|s| s.back).1),
            short(of(&|s| s.idle).1),
            short(of(&|s| s.idle).2),
            causes(experiment, line.agent, stopped),
            Names(experiment).item(made(experiment, line.agent))
        );
    });
    text
}

/// `stops_by_month.csv`: the same for the first stops of each month, with the share that has stopped by its end.
pub fn stops_by_month(experiment: &Experiment, ensemble: &Ensemble) -> String {
    let mut text = "arm,line,stage,region,sector,n,lines,month,share_first_stop,share_stopped_by_then,"
        .to_owned()
        + CAUSES
        + ",makes\n";
    let months = Months::new(experiment);
    let before = (experiment.scope.shock - experiment.scope.from) as usize;
    let n = f64::from(ensemble.settings.replicates);
    each_line(experiment, ensemble, |line, stopped| {
        let mut by_month: Vec<Vec<LineStop>> = vec![Vec::new(); months.months.len()];
        for stop in stopped {
            by_month[months.of_week[before + stop.first as usize]].push(*stop);
        }
        let mut so_far = 0;
        for ((year, month), stopped) in months.months.iter().zip(&by_month) {
            if stopped.is_empty() {
                continue;
            }
            so_far += stopped.len();
            let _ = writeln!(
                text,
                "{},{year:04}-{month:02},{},{},{},{}",
                line.described,
                short(stopped.len() as f64 / n),
                short(so_far as f64 / n),
                causes(experiment, line.agent, stopped),
                Names(experiment).item(made(experiment, line.agent))
            );
        }
    });
    text
}

/// A line of an arm.
struct Line {
    agent: usize,
    /// Its first columns.
    described: String,
    /// Replicates in which the shock stops it: it has not stopped by then in the baseline.
    by_the_shock: usize,
}

/// Calls `row` for every line of every arm that stops in some replicate, with its stops.
fn each_line(experiment: &Experiment, ensemble: &Ensemble, mut row: impl FnMut(&Line, &[LineStop])) {
    let names = Names(experiment);
    for (arm, info) in experiment.arms.iter().enumerate() {
        let by_the_shock = ensemble.stops_by_the_shock(arm);
        for (place, agent) in ensemble.lines.iter().enumerate() {
            let by_the_shock =
                by_the_shock.iter().filter(|lines| happened(f64::from(lines[place].first))).count();
            let stopped: Vec<LineStop> = ensemble.stops[arm]
                .iter()
                .map(|lines| lines[place])
                .filter(|stop| happened(f64::from(stop.first)))
                .collect();
            if stopped.is_empty() {
                continue;
            }
            let of = &experiment.network.agents[*agent];
            let described = format!(
                "{},{},{},{},{},{},{}",
                info.id,
                experiment.agents[*agent].id,
                experiment.world.stages[of.stage.at()].id,
                names.region(Some(of.region.at())),
                names.sector(experiment.agents[*agent].sector),
                ensemble.settings.replicates,
                of.lines
            );
            row(&Line { agent: *agent, described, by_the_shock }, &stopped);
        }
    }
}

/// The commodity that a component maker makes; a final producer's goods are its sector's.
fn made(experiment: &Experiment, agent: usize) -> Option<usize> {
    let agent = &experiment.network.agents[agent];
    experiment.network.outputs_of(agent).next().map(|o| experiment.network.outputs[o].commodity.at())
}

/// Columns of [`causes`].
const CAUSES: &str =
    "main_cause,main_cause_share,main_reason,main_reason_share,root,root_share,root_reason,root_elements";

/// What limited the line at most first stops; why that was short at most of those; what was short at the root of most of
/// these, why, and of which elements; each with its share of all stops.
fn causes(experiment: &Experiment, agent: usize, stops: &[LineStop]) -> String {
    let (code, share) = most_frequent(stops.iter().map(|s| s.cause));
    let cause = cause(experiment, agent, code);
    // a line that stops now for this and now for that: what is reported goes together
    let of_cause = || stops.iter().filter(|s| s.cause == code);
    let (reason_code, its_share) = most_frequent(of_cause().map(|s| s.reason));
    let (reason, reason_share) = (reason_of(reason_code), its_share * share);
    let of_it = || of_cause().filter(|s| s.reason == reason_code);
    let (root, its_share) = most_frequent(of_it().map(|s| s.root));
    let root_share = its_share * reason_share;
    let item = (root >= 0.0).then_some(root as usize);
    let root_reason = reason_of(most_frequent(of_it().filter(|s| s.root == root).map(|s| s.root_reason)).0);
    format!(
        "{cause},{},{reason},{},{},{},{root_reason},{}",
        short(share),
        short(reason_share),
        Names(experiment).item(item),
        if item.is_some() { short(root_share) } else { String::new() },
        item.map_or_else(String::new, |item| elements(experiment, item).join(" "))
    )
}

/// Elements that make a commodity scarce: those of it that the scenario's events name; its own where it has but one or two.
fn elements(experiment: &Experiment, item: usize) -> Vec<&str> {
    let world = &experiment.world;
    let contents = &experiment.network.commodities[item].contents;
    let within: Vec<usize> = (0..contents.len()).filter(|e| contents[*e] > 1e-6).collect();
    let named = |e: &&usize| experiment.scenario.events.iter().any(|event| event.elements.contains(e));
    let mut named_within: Vec<usize> = within.iter().filter(named).copied().collect();
    if named_within.is_empty() && within.len() <= 2 {
        named_within = within;
    }
    named_within.into_iter().map(|e| world.elements[e].id.as_str()).collect()
}

/// What limited a line: an input, its capacity, its margin, or orders.
fn cause(experiment: &Experiment, agent: usize, code: f32) -> String {
    let inputs = experiment.network.inputs_of(&experiment.network.agents[agent]);
    let code = f64::from(code);
    if code >= 0.0 {
        let commodity = experiment.network.inputs[inputs.start + code as usize].commodity.at();
        Names(experiment).item(Some(commodity)).to_owned()
    } else if code == BOUND_BY_CAPACITY {
        "capacity".to_owned()
    } else if code == BOUND_BY_MARGIN {
        "margin".to_owned()
    } else {
        "orders".to_owned()
    }
}

/// A reason in words.
fn reason_of(code: f32) -> &'static str {
    reason::NAMES.get(code as usize).copied().unwrap_or("")
}

/// The most frequent code, the least of those that tie, and its share.
fn most_frequent(codes: impl Iterator<Item = f32>) -> (f32, f64) {
    let mut sorted: Vec<f32> = codes.collect();
    sorted.sort_unstable_by(f32::total_cmp);
    let (mut best, mut most) = (0.0, 0);
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() > most {
            (best, most) = (run[0], run.len());
        }
    }
    (best, most as f64 / sorted.len().max(1) as f64)
}
