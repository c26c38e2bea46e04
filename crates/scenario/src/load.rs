//! Reads a scenario with its strategies and its world.

use crate::arms::{Experiment, Library, Request};
use crate::kinds;
use crate::overrides::Overrides;
use crate::published;
use crate::resolver::Resolver;
use chokepoint_input::document::{self, ScenarioDocument, StrategyDocument};
use chokepoint_input::file;
use chokepoint_input::leaf::Unit;
use chokepoint_input::library::{ids, library_of};
use chokepoint_input::limits::MOST_WEEKS;
use chokepoint_input::problem::{Problems, Source};
use chokepoint_input::reader::Reader;
use chokepoint_input::record::Record;
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
    let library = Library { folder: library, world: &world.id, passing: request.all_strategies };
    let resolved = read_in(world, source, &library, request, &mut problems);
    match resolved {
        Some(experiment) if !problems.fatal() => Ok((experiment, problems)),
        _ => Err(problems),
    }
}

fn read_in(
    world: &World,
    source: &Arc<Source>,
    library: &Library<'_>,
    request: &Request,
    problems: &mut Problems,
) -> Option<Experiment> {
    let reader = &mut Reader::new(source, problems);
    let document: ScenarioDocument<'_> = document::parse(reader)?;
    resolve_in(world, &document, library, request, Overrides::default(), reader)
}

fn resolve(request: &Request, problems: &mut Problems) -> Option<Experiment> {
    let source = file::source(&request.scenario, problems)?;
    let reader = &mut Reader::new(&source, problems);
    let document: ScenarioDocument<'_> = document::parse(reader)?;
    let library = library_of(reader)?;
    let overrides = Overrides::read(request.overrides.as_deref(), reader.problems);
    let world_id = document.world.id(reader)?;
    let path = library.join("worlds").join(format!("{world_id}.ron"));
    if !path.is_file() {
        let known = ids(&library.join("worlds"));
        reader.unknown(document.world, "world", &world_id, known.iter().map(String::as_str));
        check_events_without_world(&document, reader);
        return None;
    }
    let mut world = read_world::world(&path, &overrides.tables, reader.problems)?;
    if let Some(posterior) = &mut world.posterior {
        overrides.names().for_each(|name| posterior.forget(name));
    }
    let library = Library { folder: &library, world: &world_id, passing: request.all_strategies };
    resolve_in(&world, &document, &library, request, overrides, reader)
}

fn resolve_in(
    world: &World,
    document: &ScenarioDocument<'_>,
    library: &Library<'_>,
    request: &Request,
    overrides: Overrides,
    reader: &mut Reader<'_>,
) -> Option<Experiment> {
    let mut files = vec![Arc::clone(reader.source)];
    files.extend(world.files.iter().cloned());
    let mut resolver = Resolver::new(world, overrides);
    let horizon = document.horizon.number(Unit::Time, (1.0, MOST_WEEKS), reader);
    let strategies = resolver.strategies(request, document, library, &mut files, reader);
    // events come after the reserves are in the network: a control binds what governments buy as well
    let scenario = resolver.scenario(document, reader)?;
    resolver.overrides.complain_unused(reader.problems);
    if reader.problems.fatal() {
        return None;
    }
    files.extend(resolver.overrides.source.iter().cloned());
    let published = published::read(library.folder, &scenario.id, world, reader.problems);
    resolver.warn_of_what_comes_too_late(horizon?, reader.problems);
    let experiment = resolver.finish(scenario, strategies, horizon?, files);
    Some(Experiment { published, ..experiment })
}

/// A scenario of a library that happens in the world that a strategy is written for: what the strategy is checked in.
/// Strategies that name no world are checked in `baseline`.
pub fn host(library: &Path, strategy: &Path) -> PathBuf {
    let world = word(strategy, |reader| {
        let document: StrategyDocument<'_> = document::parse(reader)?;
        document.world?.string(reader)
    });
    let happens_there = |scenario: &PathBuf| {
        let there = word(scenario, |reader| {
            let document: ScenarioDocument<'_> = document::parse(reader)?;
            document.world.string(reader)
        });
        there.is_some() && there == world
    };
    let scenarios = ids(library).into_iter().map(|id| library.join(format!("{id}.ron")));
    let baseline = library.join("baseline.ron");
    let mut candidates = std::iter::once(baseline.clone()).chain(scenarios);
    if world.is_some() { candidates.find(happens_there).unwrap_or(baseline) } else { baseline }
}

/// A word of a file, if it can be read; what is wrong with the file is reported by who reads all of it.
fn word(path: &Path, read: impl FnOnce(&mut Reader<'_>) -> Option<String>) -> Option<String> {
    let mut unread = Problems::default();
    let source = file::source(path, &mut unread)?;
    read(&mut Reader::new(&source, &mut unread))
}

/// Without a world names cannot be checked, but the form of events can.
fn check_events_without_world(document: &ScenarioDocument<'_>, reader: &mut Reader<'_>) {
    for leaf in &document.events {
        let _ = Record::read(*leaf, &kinds::fields(), reader);
    }
}
