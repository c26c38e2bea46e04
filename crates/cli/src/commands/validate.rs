//! `chokepoint validate`: every problem of every file, and the balance of a world.

use crate::failure::Failure;
use crate::printer::Printer;
use chokepoint_input::problem::Problems;
use chokepoint_input::table::Replacements;
use chokepoint_input::{file, library};
use chokepoint_montecarlo::drift::{self, Drift, Followed};
use chokepoint_scenario::Request;
use chokepoint_scenario::history;
use chokepoint_world::balance::TOLERANCE;
use chokepoint_world::load;
use chokepoint_world::world::World;
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(crate) fn validate(files: &[PathBuf], printer: Printer) -> Result<(), Failure> {
    let mut problems = Problems::default();
    for file in files {
        let found = check(file, printer);
        let ok = !found.fatal();
        problems.0.extend(found.0);
        if ok && !printer.hides_progress() {
            printer.out(&format!("{}: valid\n", file.display()));
        }
    }
    if problems.fatal() {
        return Err(Failure::Invalid(problems));
    }
    printer.problems(&problems);
    Ok(())
}

/// A file is a world, a history, a strategy or a scenario by the name that its text starts with.
fn check(file: &Path, printer: Printer) -> Problems {
    let mut problems = Problems::default();
    let Some(source) = file::source(file, &mut problems) else { return problems };
    let first =
        source.text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with("//")).unwrap_or("");
    if first.starts_with("World") {
        if let Some(world) = load::world(file, &Replacements::default(), &mut problems)
            && !printer.hides_progress()
        {
            printer.out(&balance(&world));
            match library::library(file).map(|library| drift::of(&world, &library)) {
                Some(Ok(found)) => printer.out(&drifts(&found)),
                Some(Err(found)) => problems.0.extend(found.0),
                None => {}
            }
        }
        return problems;
    }
    if first.starts_with("History") {
        return match history::load(file, None) {
            Ok((.., warnings)) => warnings,
            Err(found) => found,
        };
    }
    let request = if first.starts_with("Strategy") {
        let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = library::library(file).unwrap_or_default();
        let scenario = chokepoint_scenario::host(&folder, file);
        Request { scenario, strategies: Some(vec![stem]), ..Request::default() }
    } else {
        Request { scenario: file.to_owned(), ..Request::default() }
    };
    match chokepoint_scenario::load(&request) {
        Ok((_, warnings)) => warnings,
        Err(found) => found,
    }
}

/// The balance as a table: modelled against recorded, then every adjustment.
fn balance(world: &World) -> String {
    let mut text = format!(
        "{}: {} agents, {} commodities, {} links\n\n{:<58} {:>11} {:>11} {:>8}\n",
        world.id,
        world.agents.len(),
        world.commodities.len(),
        world.network.links.len(),
        "modelled against recorded",
        "recorded",
        "modelled",
        "gap"
    );
    for check in &world.balance.checks {
        let percent = check.unit.starts_with('%');
        let gap = if percent {
            format!("{:+.1} pt", check.modelled - check.recorded)
        } else if check.recorded > 0.0 {
            format!("{:+.1} %", 100.0 * (check.modelled / check.recorded - 1.0))
        } else {
            "-".to_owned()
        };
        let flag =
            !percent && check.recorded > 0.0 && (check.modelled / check.recorded - 1.0).abs() > TOLERANCE;
        let _ = writeln!(
            text,
            "{:<58} {:>11.1} {:>11.1} {:>8} {}{}",
            check.what,
            check.recorded,
            check.modelled,
            gap,
            check.unit,
            if flag { "   WARNING: beyond 20 %" } else { "" }
        );
    }
    let _ = writeln!(text, "\nadjustments of more than 0.1 %");
    for a in world.balance.adjustments.iter().filter(|a| a.relative().abs() > 0.001) {
        let _ = writeln!(
            text,
            "{:<58} {:>11.1} {:>11.1} {:>+7.1} % {}",
            a.what,
            a.from,
            a.to,
            100.0 * a.relative(),
            a.unit
        );
    }
    let _ = writeln!(text, "\nsurplus of joint products that finds no buyer (disposed of)");
    for (name, share) in &world.balance.surplus {
        let _ = writeln!(text, "{name:<58} {:>35.1} % of output", 100.0 * share);
    }
    text.push('\n');
    text
}

/// What the baseline does on its own, year by year: every stock, and what lies beyond its bounds.
fn drifts(found: &[Drift]) -> String {
    let mut text = format!(
        "drift of the baseline, year by year (nothing happens; medians of {} replicates)\n\n",
        drift::REPLICATES
    );
    for drift in found {
        let beyond = drift.beyond().is_some();
        let what = match &drift.followed {
            Followed::Stock(stage, region) => format!("weeks of stock over the start, {stage}, {region}"),
            Followed::Inside(good) if beyond => format!("price inside over outside, {good}"),
            Followed::Inside(_) => continue,
            Followed::Price(good, place) => format!("price over reference, {good}, {place}"),
        };
        let years: String = drift.years.iter().map(|year| format!("{year:>7.2}")).collect();
        let warning = match &drift.followed {
            Followed::Stock(..) if beyond => "   WARNING: beyond a quarter",
            Followed::Inside(_) => "   WARNING: more than 2 % above",
            _ => "",
        };
        let _ = writeln!(text, "{what:<58}{years}{warning}");
    }
    text.push('\n');
    text
}
