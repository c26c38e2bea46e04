//! What each rule of the short run does to each scenario.

use super::bench::Bench;
use super::page::{Figures, billions};
use crate::failure::Failure;
use chokepoint_montecarlo::names::{Names, number};
use chokepoint_montecarlo::rules::{Fact, RULES, Rule, facts};
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::Experiment;
use std::fmt::Write;

/// A scenario with some of the rules.
struct Variant {
    /// `all`, `none`, or `without X`.
    name: String,
    facts: Vec<Fact>,
}

/// A scenario with all rules, without each, and without any, in this order.
pub(super) struct Study {
    pub(super) experiment: Experiment,
    variants: Vec<Variant>,
    small: Vec<SmallUser>,
}

/// A sector that uses next to nothing of the last goods of the chain that the scenario controls, with all rules.
struct SmallUser {
    sector: usize,
    stage: usize,
    share: f64,
    /// Median of what it loses, US dollars, and of that with its needs met first.
    lost: f64,
    lost_when_first: f64,
}

/// The most of these goods that a small user uses.
const SMALL_SHARE: f64 = 0.01;

/// Runs a scenario with all rules, without each, and without any.
pub(super) fn study(experiment: Experiment, bench: &Bench<'_>) -> Result<Study, Failure> {
    let mut cases: Vec<(String, Vec<Rule>)> = vec![("all".to_owned(), Vec::new())];
    cases.extend(RULES.map(|rule| (format!("without {}", rule.id), vec![rule])));
    cases.push(("none".to_owned(), RULES.to_vec()));
    bench.printer.note(&format!("{}: {} variants", experiment.scenario.id, cases.len()));
    let mut variants = Vec::new();
    for (name, off) in cases {
        let mut changed = experiment.clone();
        off.iter().for_each(|rule| rule.switch_off(&mut changed));
        let ensemble = bench.run(&changed)?;
        variants.push(Variant { name, facts: facts(&changed, &ensemble) });
    }
    let small = small_users(&experiment, &variants[0], bench)?;
    Ok(Study { experiment, variants, small })
}

/// What sectors that use next to nothing lose, and what they would if they were served first.
fn small_users(experiment: &Experiment, all: &Variant, bench: &Bench<'_>) -> Result<Vec<SmallUser>, Failure> {
    let network = &experiment.network;
    let controlled =
        experiment.arms[experiment.bare()].plan.controlled.iter().map(|c| &network.links[c.link.at()]);
    let stages =
        controlled.map(|link| network.commodities[network.outputs[link.seller.at()].commodity.at()].stage);
    let Some(stage) = stages.map(|stage| stage.at()).max() else { return Ok(Vec::new()) };
    let mut small = Vec::new();
    for sector in 0..experiment.world.sectors.len() {
        let share = experiment.share_of_sector(stage, sector);
        let lost = median(&all.facts, "value_added_lost", Some(sector));
        if share > 0.0 && share < SMALL_SHARE && lost >= LEAST {
            let mut first = experiment.clone();
            first.serve_first(sector);
            let ensemble = bench.run(&first)?;
            let lost_when_first = median(&facts(&first, &ensemble), "value_added_lost", Some(sector));
            small.push(SmallUser { sector, stage, share, lost, lost_when_first });
        }
    }
    Ok(small)
}

/// Losses below this are not worth a line, US dollars.
const LEAST: f64 = 1e8;

/// Median of a measure of a sector, or of all.
fn median(facts: &[Fact], measure: &str, sector: Option<usize>) -> f64 {
    let of = |f: &&Fact| f.measure == measure && f.region.is_none() && f.sector == sector && f.item.is_none();
    facts.iter().find(of).map_or(0.0, |f| f.range.1)
}

/// Every fact of every variant, a line each.
pub(super) fn table(studies: &[Study]) -> String {
    let mut text = String::from("scenario,rules,measure,unit,region,sector,item,month,share,p5,p50,p95\n");
    for Study { experiment, variants, .. } in studies {
        let names = Names(experiment);
        for Variant { name, facts } in variants {
            for f in facts {
                let month = f.month.map_or_else(String::new, |month| month.to_string());
                let (region, sector) = (names.region(f.region), names.sector(f.sector));
                let (p5, p50, p95) = f.range;
                let _ = writeln!(
                    text,
                    "{},{name},{},{},{region},{sector},{},{month},{},{},{},{}",
                    experiment.scenario.id,
                    f.measure,
                    f.unit,
                    names.item(f.item),
                    number(f.share),
                    number(p5),
                    number(p50),
                    number(p95)
                );
            }
        }
    }
    text
}

/// The tables as they stand in `docs/validation.md`.
pub(super) fn page(studies: &[Study], settings: Settings) -> String {
    let mut text = format!(
        "{} replicates, seed {}. Value added lost against the baseline, billion US dollars, median (P5 to P95). \
         Written by `chokepoint validation`.\n\n| scenario | none of the rules |",
        settings.replicates, settings.seed
    );
    RULES.iter().for_each(|rule| text += &format!(" without {} |", rule.id));
    text += " all |\n| --- | ---: |";
    RULES.iter().for_each(|_| text += " ---: |");
    text += " ---: |\n";
    for Study { experiment, variants, .. } in studies {
        text += &format!("| {} |", experiment.scenario.id);
        let (all, rest) = variants.split_first().expect("a study has variants");
        let (none, each) = rest.split_last().expect("a study has more than one variant");
        for variant in [none].into_iter().chain(each).chain([all]) {
            text += &format!(" {} |", loss(variant));
        }
        text += "\n";
    }
    text += "\n";
    RULES.iter().for_each(|rule| text += &format!("- without {}: {}\n", rule.id, rule.without));
    text += "\n| scenario | rules |";
    text += " by region | by sector, those that lose most | lost : late, % of what was due | firms stopped | first line stop (week) |\n";
    text += "| --- | --- | --- | --- | ---: | ---: | --- |\n";
    for study in studies {
        let two = [study.variants.last(), study.variants.first()];
        if two.iter().flatten().any(|v| median(&v.facts, "value_added_lost", None) >= 1e6) {
            two.into_iter().flatten().for_each(|variant| text += &whom(&study.experiment, variant));
        }
    }
    text += &small_table(studies);
    text += "\nExports of headline goods on controlled links, % of the baseline, medians by month from the first news or shock.\n\n";
    text += "| good | rules |";
    MONTHS.iter().for_each(|month| text += &format!(" {month} |"));
    text += "\n| --- | --- |";
    MONTHS.iter().for_each(|_| text += " ---: |");
    text += "\n";
    for study in studies {
        text += &exports(study);
    }
    text
}

/// Sectors that use next to nothing, and what they would lose if they were served first.
fn small_table(studies: &[Study]) -> String {
    let mut text = format!(
        "\nSectors that use under {:.0} % of the last goods of the chain that are controlled and lose over US$ {:.1} bn: the same with its needs \
         met first: nothing that it and makers who mostly serve it order is refused, and every seller serves them first.\n\n\
         | scenario | sector | share of these goods | lost | needs met first | vanishes |\n\
         | --- | --- | ---: | ---: | ---: | ---: |\n",
        100.0 * SMALL_SHARE,
        LEAST / 1e9
    );
    for Study { experiment, small, .. } in studies {
        for user in small {
            let vanishes = 100.0 * (1.0 - user.lost_when_first / user.lost);
            let vanishes = format!("{vanishes:.0}").replace('-', "−");
            let _ = writeln!(
                text,
                "| {} | {} | {:.2} % ({}) | {} | {} | {vanishes} % |",
                experiment.scenario.id,
                Names(experiment).sector(Some(user.sector)),
                100.0 * user.share,
                experiment.world.stages[user.stage].id,
                billions(user.lost),
                billions(user.lost_when_first)
            );
        }
    }
    let moved =
        studies.iter().flat_map(|study| &study.small).any(|user| user.lost_when_first < 0.5 * user.lost);
    if moved {
        text += "\nWhere over half vanishes, who gets what arrives should have moved it: triage, and the sale of what comes round \
                 to whom it is worth most. They move what a seller or a region has, and not what nobody has. Of users whom a licence \
                 refuses it is who is refused.\n";
    }
    text
}

/// Months of the table of exports.
const MONTHS: [usize; 9] = [1, 2, 3, 4, 6, 9, 12, 18, 24];
/// Regions and sectors that are named.
const SHOWN: usize = 4;
/// Share of the replicates in which a first stop must come to be named.
const OFTEN: f64 = 0.1;

fn loss(variant: &Variant) -> String {
    let whole = |f: &&Fact| f.measure == "value_added_lost" && f.region.is_none() && f.sector.is_none();
    variant.facts.iter().find(whole).map_or_else(String::new, |f| {
        let (p5, p50, p95) = f.range;
        format!("{} ({} to {})", billions(p50), billions(p5), billions(p95))
    })
}

/// Who loses, what is late, and who stops first.
fn whom(experiment: &Experiment, variant: &Variant) -> String {
    let names = Names(experiment);
    let lost = |f: &&Fact| f.measure == "value_added_lost" && f.range.1.abs() >= 1e6;
    let most = |by: &dyn Fn(&Fact) -> Option<String>| {
        let mut all: Vec<(f64, String)> =
            variant.facts.iter().filter(lost).filter_map(|f| Some((f.range.1, by(f)?))).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all.truncate(SHOWN);
        all.iter().map(|(usd, name)| format!("{name} {}", billions(*usd))).collect::<Vec<_>>().join(", ")
    };
    let regions =
        most(&|f| f.region.filter(|_| f.sector.is_none()).map(|r| names.region(Some(r)).to_owned()));
    let sectors =
        most(&|f| f.sector.filter(|_| f.region.is_none()).map(|s| names.sector(Some(s)).to_owned()));
    let whole = |measure: &str| 100.0 * median(&variant.facts, measure, None).max(0.0);
    let first = variant
        .facts
        .iter()
        .filter(|f| f.measure == "first_stop" && f.share >= OFTEN)
        .min_by(|a, b| a.range.1.total_cmp(&b.range.1))
        .map_or_else(String::new, |f| {
            format!("{} {} {:.0}", names.sector(f.sector), names.region(f.region), f.range.1)
        });
    format!(
        "| {} | {} | {regions} | {sectors} | {:.2} : {:.2} | {:.0} % | {first} |\n",
        experiment.scenario.id,
        variant.name,
        whole("lost_share"),
        whole("late_share"),
        whole("firms_stopped"),
    )
}

/// A line for each controlled good, with all rules and without any.
fn exports(study: &Study) -> String {
    let names = Names(&study.experiment);
    let [Some(all), Some(none)] = [study.variants.first(), study.variants.last()] else {
        return String::new();
    };
    let mut goods: Vec<usize> =
        all.facts.iter().filter(|f| f.measure == "exports").filter_map(|f| f.item).collect();
    goods.dedup();
    let mut text = String::new();
    for good in goods {
        for variant in [none, all] {
            let of = |month: usize| {
                let at = |f: &&Fact| f.measure == "exports" && f.item == Some(good) && f.month == Some(month);
                variant
                    .facts
                    .iter()
                    .find(at)
                    .map_or_else(String::new, |f| format!("{:.0}", 100.0 * f.range.1))
            };
            let _ = write!(
                text,
                "| {}, {} | {} |",
                study.experiment.scenario.id,
                names.item(Some(good)),
                variant.name
            );
            MONTHS.iter().for_each(|month| text += &format!(" {} |", of(*month)));
            text += "\n";
        }
    }
    text
}

/// Losses as figures: of each scenario with all rules, without each, by region and by sector.
pub(super) fn figures(studies: &[Study], figures: &mut Figures) {
    for Study { experiment, variants, small } in studies {
        let (names, id) = (Names(experiment), &experiment.scenario.id);
        for Variant { name, facts } in variants {
            let key = match name.as_str() {
                "all" => format!("loss.{id}"),
                other => format!("loss.{id}.{}", other.replace(' ', "-")),
            };
            let lost = facts.iter().filter(|f| f.measure == "value_added_lost");
            for fact in lost.filter(|f| name == "all" || (f.region.is_none() && f.sector.is_none())) {
                let (low, middle, high) = fact.range;
                let key = match (fact.region, fact.sector) {
                    (None, None) => key.clone(),
                    (Some(region), None) => {
                        format!("{key}.region.{}", names.region(Some(region)).to_lowercase())
                    }
                    (None, Some(sector)) => format!("{key}.sector.{}", names.sector(Some(sector))),
                    (Some(_), Some(_)) => continue,
                };
                figures.set(&key, billions(middle));
                figures.set(&format!("{key}.range"), format!("{} to {}", billions(low), billions(high)));
            }
        }
        for user in small {
            let sector = names.sector(Some(user.sector));
            figures.set(&format!("loss.{id}.first.{sector}"), billions(user.lost_when_first));
        }
    }
}
