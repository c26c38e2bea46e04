//! Reads a scenario with its strategies and its world.

use crate::arms::{Experiment, Library, Request};
use crate::overrides::Overrides;
use crate::resolver::Resolver;
use chokepoint_input::document::{self, EventDocument, ScenarioDocument, StrategyDocument};
use chokepoint_input::file;
use chokepoint_input::leaf::Measure;
use chokepoint_input::library::{ids, library_of};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::{Problems, Source};
use chokepoint_world::load as read_world;
use chokepoint_world::world::World;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Reads everything that a run needs. Warnings come back beside it; errors instead of it.
pub fn load(request: &Request) -> Result<(Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    match resolve(request, &mut problems) {
        Some(experiment) if !problems.fatal() => Ok((experiment, problems)),
        _ => Err(problems),
    }
}

/// The same for a scenario that is in memory, in a world that is: nothing is read but the strategies that are asked for.
pub fn load_in(
    world: &World,
    source: &Arc<Source>,
    library: &Path,
    request: &Request,
) -> Result<(Experiment, Problems), Problems> {
    let mut problems = Problems::default();
    let resolved = document::parse(source, &mut problems).and_then(|document: ScenarioDocument<'_>| {
        let library = Library { folder: library, world: &world.id, passing: request.all_strategies };
        resolve_in(world, (&document, source), &library, request, Overrides::default(), &mut problems)
    });
    match resolved {
        Some(experiment) if !problems.fatal() => Ok((experiment, problems)),
        _ => Err(problems),
    }
}

fn resolve(request: &Request, problems: &mut Problems) -> Option<Experiment> {
    let source = file::source(&request.scenario, problems)?;
    let document: ScenarioDocument<'_> = document::parse(&source, problems)?;
    let library = library_of(&source, problems)?;
    let overrides = Overrides::read(request.overrides.as_deref(), problems);
    let world_id = document.world.id(&source, problems)?;
    let path = library.join("worlds").join(format!("{world_id}.ron"));
    if !path.is_file() {
        let known = ids(&library.join("worlds"));
        problems.unknown(
            &document.world.place(&source),
            "world",
            &world_id,
            known.iter().map(String::as_str),
        );
        check_events_without_world(&document, &source, problems);
        return None;
    }
    let mut world = read_world::world(&path, &overrides.tables, problems)?;
    if let Some(posterior) = &mut world.posterior {
        overrides.names().for_each(|name| posterior.forget(name));
    }
    let library = Library { folder: &library, world: &world_id, passing: request.all_strategies };
    resolve_in(&world, (&document, &source), &library, request, overrides, problems)
}

fn resolve_in(
    world: &World,
    (document, source): (&ScenarioDocument<'_>, &Arc<Source>),
    library: &Library<'_>,
    request: &Request,
    overrides: Overrides,
    problems: &mut Problems,
) -> Option<Experiment> {
    let mut files = vec![Arc::clone(source)];
    files.extend(world.files.iter().cloned());
    let mut resolver = Resolver::new(world, overrides);
    let horizon = document.horizon.quantity(Measure::Time, (1.0, MOST_WEEKS), source, problems);
    let strategies = resolver.strategies(request, (document, source), library, &mut files, problems);
    // events come after the reserves are in the network: a control binds what governments buy as well
    let scenario = resolver.scenario(document, source, problems)?;
    resolver.overrides.complain_unused(problems);
    if problems.fatal() {
        return None;
    }
    files.extend(resolver.overrides.source.iter().cloned());
    Some(resolver.finish(scenario, strategies, horizon?.central(), files))
}

/// A scenario of a library that happens in the world that a strategy is written for: what the strategy is checked in.
/// Strategies that name no world are checked in `calm`.
pub fn host(library: &Path, strategy: &Path) -> PathBuf {
    let mut unread = Problems::default();
    let world = file::source(strategy, &mut unread).and_then(|source| {
        let document: StrategyDocument<'_> = document::parse(&source, &mut unread)?;
        document.world?.string(&source, &mut unread)
    });
    let happens_there = |scenario: &PathBuf| {
        let mut unread = Problems::default();
        let there = file::source(scenario, &mut unread).and_then(|source| {
            let document: ScenarioDocument<'_> = document::parse(&source, &mut unread)?;
            document.world.string(&source, &mut unread)
        });
        there.is_some() && there == world
    };
    let scenarios = ids(library).into_iter().map(|id| library.join(format!("{id}.ron")));
    let calm = library.join("calm.ron");
    let mut candidates = std::iter::once(calm.clone()).chain(scenarios);
    if world.is_some() { candidates.find(happens_there).unwrap_or(calm) } else { calm }
}

/// Without a world names cannot be checked, but the form of events can.
fn check_events_without_world(
    document: &ScenarioDocument<'_>,
    source: &Arc<Source>,
    problems: &mut Problems,
) {
    for leaf in &document.events {
        let _ = leaf.read::<EventDocument<'_>>(source, problems);
    }
}
