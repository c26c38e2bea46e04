//! Arms that share a past are run as one until they part.
//!
//! An arm adds events to another: to the baseline, to the scenario without a strategy, or to a strategy without the shock. Until
//! the first of them begins both are the same, so one of them is run and the other parts from it.

use chokepoint_core::lanes::Lane;
use chokepoint_core::outcome::Tally;
use chokepoint_core::plan::{Effect, Plan, Replicates};
use chokepoint_core::state::State;
use chokepoint_core::time::Week;
use chokepoint_core::time::just_reviewed;
use chokepoint_core::week::run_on;
use chokepoint_scenario::Experiment;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Whom each arm may part from.
#[derive(Clone, Debug)]
pub(super) struct Lineage {
    /// The plan of an arm in which nothing happens: from it any arm may part.
    nothing: Plan,
    /// `[arm]`: fewest events first.
    kin: Vec<Vec<Kin>>,
}

/// An arm that has the same past as another for a while.
#[derive(Clone, Debug)]
struct Kin {
    /// The arm; none: nothing happens.
    arm: Option<usize>,
    /// Draws of the events that the other adds.
    added: Vec<usize>,
    /// Whether one of these is a quota: what is recorded of pools is not what is recorded where there are none.
    quota: bool,
}

/// A run that others part from.
#[derive(Debug)]
struct Branch {
    /// Its arm; none: only what others share.
    arm: Option<usize>,
    /// By week: who parts at its start.
    parting: BTreeMap<Week, Vec<Branch>>,
}

impl Lineage {
    /// Of all arms of an experiment.
    pub(super) fn of(experiment: &Experiment) -> Self {
        let arms = &experiment.arms;
        let nothing = Plan { events: Vec::new(), ..arms[0].plan.clone() };
        let events = |kin: Option<usize>| kin.map_or(0, |arm| arms[arm].plan.events.len());
        let of = |arm: usize| {
            let plan = &arms[arm].plan;
            let older = |kin: &Option<usize>| (events(*kin), *kin) < (plan.events.len(), Some(arm));
            let mut all: Vec<Kin> = std::iter::once(None)
                .chain((0..arms.len()).map(Some))
                .filter(older)
                .filter_map(|kin| {
                    let added = plan.adds_to(kin.map_or(&nothing, |kin| &arms[kin].plan))?;
                    let quota = added.iter().any(|event| matches!(event.effect, Effect::Quota(_)));
                    Some(Kin { arm: kin, added: added.iter().map(|event| event.draw).collect(), quota })
                })
                .collect();
            all.sort_by_key(|kin| (events(kin.arm), kin.arm));
            all
        };
        let kin = (0..arms.len()).map(of).collect();
        Self { nothing, kin }
    }

    /// How the arms part in some replicates: each from that which it shares most weeks with.
    fn branches<L: Lane>(&self, experiment: &Experiment, replicates: &Replicates<L>) -> Branch {
        let mut from = vec![(None, 0); self.kin.len()];
        for (arm, kin) in self.kin.iter().enumerate() {
            for kin in kin {
                let week = kin.until(experiment, replicates);
                if week > from[arm].1 {
                    from[arm] = (kin.arm, week);
                }
            }
        }
        grow(None, &from)
    }

    /// Runs all arms on the same replicate and gives what `end` makes of each.
    pub(super) fn run<L: Lane, R: Send>(
        &self,
        experiment: &Experiment,
        replicates: &Replicates<L>,
        stopped: &(dyn Fn() -> bool + Sync),
        end: &(dyn Fn(usize, &Tally<'_, L>) -> R + Sync),
    ) -> Option<Vec<R>> {
        let branch = self.branches(experiment, replicates);
        let plan = &self.nothing;
        let start = Box::new(Running {
            plan,
            week: 0,
            state: State::at_reference(&experiment.network, plan, replicates),
            tally: Tally::new(&experiment.network, plan, &experiment.scope),
        });
        let mut ended = Walk { experiment, replicates, stopped, end }.along(&branch, start)?;
        ended.sort_by_key(|(arm, _)| *arm);
        Some(ended.into_iter().map(|(_, result)| result).collect())
    }
}

impl Kin {
    /// The week at whose start the other parts from it.
    fn until<L: Lane>(&self, experiment: &Experiment, replicates: &Replicates<L>) -> Week {
        let weeks = experiment.arms[0].plan.weeks;
        let starts =
            self.added.iter().flat_map(|draw| (0..L::WIDTH).map(|k| replicates.draws[*draw].start.lane(k)));
        let first = starts.fold(f64::from(weeks), f64::min).floor().max(0.0) as Week;
        just_reviewed(if self.quota { first.min(experiment.scope.from) } else { first })
    }
}

/// A branch with all that part from it.
fn grow(arm: Option<usize>, from: &[(Option<usize>, Week)]) -> Branch {
    let mut branch = Branch { arm, parting: BTreeMap::new() };
    for (child, (_, week)) in
        from.iter().enumerate().filter(|(child, (kin, _))| *kin == arm && Some(*child) != arm)
    {
        branch.parting.entry(*week).or_default().push(grow(Some(child), from));
    }
    branch
}

/// A run at the start of a week.
#[derive(Clone)]
struct Running<'a, L> {
    plan: &'a Plan,
    week: Week,
    state: State<L>,
    tally: Tally<'a, L>,
}

/// What all runs of a batch have in common.
struct Walk<'a, L, R> {
    experiment: &'a Experiment,
    replicates: &'a Replicates<L>,
    stopped: &'a (dyn Fn() -> bool + Sync),
    end: &'a (dyn Fn(usize, &Tally<'_, L>) -> R + Sync),
}

impl<'a, L: Lane, R: Send> Walk<'a, L, R> {
    /// Runs a branch and all that part from it. A processor that has nothing to do takes up the run where others have just
    /// parted from it, or one of these.
    fn along(&self, branch: &Branch, run: Box<Running<'a, L>>) -> Option<Vec<(usize, R)>> {
        self.from(branch, branch.parting.first_key_value().map(|(week, _)| *week), run)
    }

    /// The same where those who part before week `next` have parted.
    fn from(
        &self,
        branch: &Branch,
        next: Option<Week>,
        mut run: Box<Running<'a, L>>,
    ) -> Option<Vec<(usize, R)>> {
        if (self.stopped)() {
            return None;
        }
        let Some(week) = next else {
            let Some(arm) = branch.arm else { return Some(Vec::new()) };
            self.go_on(&mut run, self.experiment.arms[arm].plan.weeks);
            return Some(vec![(arm, (self.end)(arm, &run.tally))]);
        };
        self.go_on(&mut run, week);
        let after = branch.parting.range(week + 1..).next().map(|(week, _)| *week);
        let (parted, rest) = match branch.parting[&week].as_slice() {
            [child] => {
                let part = self.part(&run, child);
                rayon::join(|| self.along(child, part), || self.from(branch, after, run))
            }
            parting => {
                let here = run.clone();
                let part = |child| self.along(child, self.part(&here, child));
                let all = || {
                    parting
                        .par_iter()
                        .map(part)
                        .collect::<Option<Vec<_>>>()
                        .map(|all| all.into_iter().flatten().collect())
                };
                rayon::join(all, || self.from(branch, after, run))
            }
        };
        Some(parted?.into_iter().chain(rest?).collect())
    }

    fn go_on(&self, run: &mut Running<'a, L>, until: Week) {
        let (weeks, network) = (run.week..until, &self.experiment.network);
        run_on(&mut run.state, weeks, network, run.plan, self.replicates, &mut run.tally);
        run.week = until;
    }

    /// The run of an arm that parts from another.
    fn part(&self, from: &Running<'a, L>, child: &Branch) -> Box<Running<'a, L>> {
        let is = child.arm.map_or(from.plan, |arm| &self.experiment.arms[arm].plan);
        Box::new(Running {
            plan: is,
            week: from.week,
            state: from.state.under(from.plan, is, &self.experiment.network, self.replicates),
            tally: from.tally.under(from.plan, is),
        })
    }
}
