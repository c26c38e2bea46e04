//! Which strategies are run: each alone, or several joined by a plus sign.

use crate::arms::Request;
use crate::arms::{Chosen, Library};
use crate::resolver::Resolver;
use chokepoint_input::document::{self, ScenarioDocument, StrategyDocument};
use chokepoint_input::file;
use chokepoint_input::leaf::is_id;
use chokepoint_input::library::ids;
use chokepoint_input::limits::{self, MOST_ARMS};
use chokepoint_input::problem::{Code, Place, Problems, Source};
use chokepoint_input::reader::Reader;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands between the ids of strategies that are run together.
const AND: char = '+';

impl Resolver<'_> {
    /// Reads every strategy once and puts together what is wanted, for each day of decision.
    pub(crate) fn strategies(
        &mut self,
        request: &Request,
        document: &ScenarioDocument<'_>,
        library: &Library<'_>,
        files: &mut Vec<Arc<Source>>,
        reader: &mut Reader<'_>,
    ) -> Vec<Chosen> {
        let wanted = match (&request.strategies, request.all_strategies) {
            (_, true) => ids(&library.folder.join("strategies")),
            (Some(listed), _) => listed.clone(),
            (None, _) => document.strategies.iter().filter_map(|s| s.string(reader)).collect(),
        };
        let days: Vec<Option<Date>> = match &request.decisions[..] {
            [] => vec![None],
            days => days.iter().copied().map(Some).collect(),
        };
        let arms = wanted.len().saturating_mul(days.len()).saturating_mul(2).saturating_add(2);
        if arms > MOST_ARMS {
            let what = "arms (each strategy, with and without the shock)";
            limits::too_many(what, arms, MOST_ARMS, &reader.top(), reader.problems);
            return Vec::new();
        }
        let mut read: BTreeMap<String, Vec<Option<Chosen>>> = BTreeMap::new();
        let mut chosen = Vec::new();
        let mut seen: Vec<Vec<&str>> = Vec::new();
        for together in &wanted {
            let place = written_at(document, request, together, reader);
            let written = place.clone();
            let parts: Vec<&str> = together.split(AND).map(str::trim).collect();
            if let Some(message) = repeated(together, &parts, &seen) {
                let help = "name each strategy, and each mix, once".to_owned();
                reader.problems.error(Code::Duplicate, &place, message).label("once more").help(help);
                continue;
            }
            for id in &parts {
                if !read.contains_key(*id) {
                    let by_day = self.on_days(id, &days, &place, library, files, reader.problems);
                    read.insert((*id).to_owned(), by_day);
                }
            }
            for (place, day) in days.iter().enumerate() {
                let on_the_day = parts.iter().map(|id| read[*id].get(place).and_then(Option::as_ref));
                let parts: Option<Vec<&Chosen>> = on_the_day.collect();
                if let Some(parts) = parts {
                    let strategy = joined(&parts, *day);
                    self.beginnings.push((written.clone(), "strategy", strategy.info.effect_from));
                    chosen.push(strategy);
                }
            }
            seen.push(parts);
        }
        chosen
    }

    /// One strategy, decided on each of the days; nothing if it is not of this world.
    fn on_days(
        &mut self,
        id: &str,
        days: &[Option<Date>],
        place: &Place,
        library: &Library<'_>,
        files: &mut Vec<Arc<Source>>,
        problems: &mut Problems,
    ) -> Vec<Option<Chosen>> {
        let path = library.folder.join("strategies").join(format!("{id}.ron"));
        if !is_id(id) || !path.is_file() {
            let known = ids(&library.folder.join("strategies"));
            problems.unknown(place, "strategy", id, known.iter().map(String::as_str));
            return Vec::new();
        }
        let Some(file) = file::source(&path, problems) else { return Vec::new() };
        files.push(Arc::clone(&file));
        let reader = &mut Reader::new(&file, problems);
        let Some(document) = document::parse::<StrategyDocument<'_>>(reader) else {
            return Vec::new();
        };
        let written_for = document.world.and_then(|leaf| leaf.string(reader).zip(Some(leaf)));
        if let Some((other, leaf)) = written_for.filter(|(id, _)| *id != library.world) {
            // "every strategy" means every one of this world
            if !library.passing {
                reader
                    .error(
                        Code::Inconsistent,
                        leaf,
                        format!(
                            "the strategy `{id}` is written for the world `{other}`, not for `{}`",
                            library.world
                        ),
                    )
                    .label("its world")
                    .help("choose a strategy of this world: `chokepoint list strategies` names them");
            }
            return Vec::new();
        }
        days.iter().map(|day| self.strategy(&document, *day, reader)).collect()
    }
}

/// What is wrong with a mix that holds a strategy twice, or that was asked for before.
fn repeated(together: &str, parts: &[&str], seen: &[Vec<&str>]) -> Option<String> {
    if let Some((_, id)) = parts.iter().enumerate().find(|(k, id)| parts[..*k].contains(id)) {
        return Some(format!("`{together}` joins `{id}` with itself"));
    }
    let same = |other: &Vec<&str>| parts.len() == other.len() && parts.iter().all(|id| other.contains(id));
    seen.iter().any(same).then(|| format!("`{together}` is asked for twice"))
}

/// Several strategies as one: the same draws as each alone has, so that they meet the same random variation.
fn joined(parts: &[&Chosen], day: Option<Date>) -> Chosen {
    let [first, rest @ ..] = parts else { unreachable!("a text split has a part at least") };
    let mut all = (*first).clone();
    for Chosen { info, events } in rest {
        all.info.name = format!("{} and {}", all.info.name, info.name);
        all.info.story = format!("{} {}", all.info.story, info.story);
        all.info.id = format!("{}{AND}{}", all.info.id, info.id);
        all.info.date = all.info.date.min(info.date);
        all.info.effect_from = all.info.effect_from.min(info.effect_from);
        all.info.payers.extend(&info.payers);
        all.info.measures.extend(info.measures.iter().cloned());
        all.events.extend(events.iter().cloned());
    }
    all.info.payers.sort_unstable();
    all.info.payers.dedup();
    if let Some(day) = day {
        all.info.id = format!("{}@{day}", all.info.id);
        all.info.name = format!("{}, decided {day}", all.info.name);
    }
    all
}

/// Where the scenario names a strategy; its beginning if the command line did.
fn written_at(
    document: &ScenarioDocument<'_>,
    request: &Request,
    id: &str,
    reader: &mut Reader<'_>,
) -> Place {
    if let Some(listed) = request.strategies.as_ref().filter(|listed| listed.iter().any(|own| own == id)) {
        let text = format!("--strategies {}", listed.join(","));
        let start = text.find(id).unwrap_or(0);
        let source = Source { path: "the command line".into(), text };
        return Place { source: Arc::new(source), span: start..start + id.len() };
    }
    let named = document.strategies.iter().find(|leaf| leaf.string(reader).as_deref() == Some(id));
    named.map_or_else(|| reader.top(), |leaf| reader.place(leaf))
}
