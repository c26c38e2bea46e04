//! `chokepoint portfolio`: the mix of strategies that avoids most within a budget.

use crate::arguments::{AimOption, PayerOption, PortfolioOptions, SearchOption};
use crate::failure::Failure;
use crate::printer::{Printer, pretty};
use crate::{machine, manifest, results};
use chokepoint_charts::format::money;
use chokepoint_input::problem::Problems;
use chokepoint_montecarlo::names::number;
use chokepoint_montecarlo::pairing::{Finding, mean, tail_mean};
use chokepoint_montecarlo::portfolio::{
    Account, Aim, Payers, Search, Spent, Trial, Wanted, Why, accounts, exact, greedy,
};
use chokepoint_montecarlo::replicates::Uncertainty;
use chokepoint_montecarlo::results::Asked;
use chokepoint_montecarlo::runner::Settings;
use chokepoint_scenario::{Experiment, Request};
use serde::Serialize;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// The strategy that is a mix itself.
const A_MIX: &str = "portfolio";
/// Mixes that are run at a time.
const TOGETHER: usize = 8;
/// Most candidates of a search among all mixes.
const MOST_FOR_ALL: usize = 8;

/// One scenario, read, and what is spent in it without any strategy.
struct Case {
    path: PathBuf,
    experiment: Experiment,
    warnings: Problems,
    baseline: Vec<Spent>,
    none: Vec<Spent>,
}

/// Runs mixes.
struct Model<'a> {
    cases: Vec<Case>,
    ids: Vec<String>,
    overrides: Option<&'a Path>,
    settings: Settings,
    hidden: bool,
    stop: &'a AtomicBool,
}

#[derive(Serialize)]
struct Found {
    scenarios: Vec<String>,
    replicates: u32,
    budget: f64,
    payers: &'static str,
    aim: &'static str,
    method: &'static str,
    mixes_run: usize,
    steps: Vec<Mix>,
    left_out: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct Mix {
    strategies: Vec<String>,
    mean_loss: Vec<f64>,
    worst_twentieth: Vec<f64>,
    /// What it avoids of what it is judged by (mean or worst twentieth), by scenario: low end, estimate, high end.
    avoided: Vec<(f64, f64, f64)>,
    public: f64,
    firm: f64,
    consumer: f64,
}

pub(crate) fn portfolio(options: &PortfolioOptions, printer: Printer) -> Result<(), Failure> {
    let out = options.out.clone().unwrap_or_else(|| PathBuf::from("output").join("portfolio"));
    let mut folder = results::open(&out, options.force, printer)?;
    let settings = Settings {
        replicates: options.replicates,
        seed: options.chance.seed,
        uncertainty: Uncertainty::FULL,
    };
    let stop = machine::interrupt();
    let mut model = Model {
        cases: Vec::new(),
        ids: Vec::new(),
        overrides: options.overrides.as_deref(),
        settings,
        hidden: printer.hides_progress(),
        stop: &stop,
    };
    model.read(options)?;
    model.cases.iter().for_each(|case| printer.warnings(&case.warnings));
    let wanted = Wanted {
        aim: match options.aim {
            AimOption::Expected => Aim::Expected,
            AimOption::Tail => Aim::Tail,
            AimOption::Regret => Aim::Regret,
        },
        budget: options.budget,
        payers: match options.payer {
            PayerOption::Public => Payers::Public,
            PayerOption::All => Payers::All,
        },
        seed: settings.seed,
    };
    let candidates = model.ids.len();
    if matches!(options.method, SearchOption::Exact) && candidates > MOST_FOR_ALL {
        return Err(Failure::Usage(format!(
            "{candidates} strategies have {} mixes: name at most {MOST_FOR_ALL} with `--of`, or search step by step",
            1_u64 << candidates.min(60)
        )));
    }
    let pool = machine::pool(options.chance.threads)?;
    let search = pool.install(|| match options.method {
        SearchOption::Greedy => greedy(candidates, &wanted, |mixes| model.run(mixes)),
        SearchOption::Exact => exact(candidates, &wanted, |mixes| model.run(mixes)),
    })?;
    let found = found(&model, &search, &wanted, options);
    folder.write("mixes.csv", mixes(&model, &search, &wanted).as_bytes())?;
    folder.write("portfolio.json", pretty(&found).as_bytes())?;
    let files = folder.files();
    for case in &model.cases {
        let inputs = manifest::inputs(&case.experiment, None);
        let manifest = manifest::manifest(
            &case.experiment,
            settings,
            Asked::by("portfolio"),
            inputs,
            files.clone(),
            &case.warnings,
        );
        let name = match &model.cases[..] {
            [_] => "manifest.json".to_owned(),
            _ => format!("manifest-{}.json", case.experiment.scenario.id),
        };
        folder.write(&name, manifest.as_bytes())?;
    }
    let place = folder.finish()?;
    printer.result(&found, || render(&model, &found));
    printer.talk(&format!("Tables are in {}\n", place.display()));
    Ok(())
}

impl Model<'_> {
    /// Reads every scenario with every candidate, and runs each without any.
    fn read(&mut self, options: &PortfolioOptions) -> Result<(), Failure> {
        let mut parts: Vec<&str> = options.of.iter().flat_map(|id| id.split('+')).map(str::trim).collect();
        parts.sort_unstable();
        if let Some(twice) = parts.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Failure::Usage(format!("`--of` names `{}` twice: a mix holds it once", twice[0])));
        }
        for path in &options.scenarios {
            let request = Request {
                scenario: path.clone(),
                strategies: (!options.of.is_empty()).then(|| options.of.clone()),
                all_strategies: options.of.is_empty(),
                overrides: options.overrides.clone(),
                decisions: Vec::new(),
            };
            let (experiment, warnings) = chokepoint_scenario::load(&request).map_err(Failure::Invalid)?;
            if experiment.no_strategy().is_none() {
                return Err(Failure::Usage(format!("{} has no shock to prepare for", path.display())));
            }
            if let Some(first) = self.cases.first().map(|case| &case.experiment)
                && first.world.id != experiment.world.id
            {
                return Err(Failure::Usage(format!(
                    "{} happens in the world `{}`, the ones before it in `{}`: name scenarios of one world",
                    path.display(),
                    experiment.world.id,
                    first.world.id
                )));
            }
            if self.cases.iter().any(|case| case.experiment.scenario.id == experiment.scenario.id) {
                let id = &experiment.scenario.id;
                return Err(Failure::Usage(format!("`{id}` is named twice: name each scenario once")));
            }
            let named = !options.of.is_empty();
            let candidates = experiment.arms.iter().filter(|a| a.shocked && a.strategy.is_some());
            self.ids = candidates.map(|a| a.id.clone()).filter(|id| named || id != A_MIX).collect();
            self.cases.push(Case {
                path: path.clone(),
                experiment,
                warnings,
                baseline: Vec::new(),
                none: Vec::new(),
            });
        }
        Ok(())
    }

    fn joined(&self, mix: &[usize]) -> String {
        mix.iter().map(|c| self.ids[*c].as_str()).collect::<Vec<_>>().join("+")
    }

    fn run(&mut self, mixes: &[Vec<usize>]) -> Result<Vec<Trial>, Failure> {
        let empty = |mix: &&Vec<usize>| mix.is_empty();
        let mut trials: Vec<Trial> = mixes
            .iter()
            .map(|mix| Trial { members: mix.clone(), loss: Vec::new(), spent: Spent::default() })
            .collect();
        for place in 0..self.cases.len() {
            if mixes.iter().any(|mix| mix.is_empty()) {
                let arms = self.arms(place, &[])?;
                let [baseline, none] = &arms[..] else {
                    return Err(Failure::Machine(
                        "a scenario without a shock cannot be prepared for".to_owned(),
                    ));
                };
                let spent = |runs: &[Account]| runs.iter().map(|r| r.spent).collect::<Vec<Spent>>();
                (self.cases[place].baseline, self.cases[place].none) = (spent(baseline), spent(none));
                for trial in trials.iter_mut().filter(|t| t.members.is_empty()) {
                    trial.loss.push(by_the_shock(none, baseline));
                }
            }
            let with: Vec<&Vec<usize>> = mixes.iter().filter(|mix| !empty(mix)).collect();
            let mut accounts = Vec::new();
            for group in with.chunks(TOGETHER) {
                let arms = self.arms(place, group)?;
                let (shocked, baseline) = arms.split_at(group.len());
                accounts.extend(shocked.iter().cloned().zip(baseline.iter().cloned()));
            }
            let case = &self.cases[place];
            for (trial, (shocked, baseline)) in
                trials.iter_mut().filter(|t| !t.members.is_empty()).zip(accounts)
            {
                let spent = |runs: &[Account]| runs.iter().map(|r| r.spent).collect::<Vec<Spent>>();
                trial.loss.push(by_the_shock(&shocked, &baseline));
                let beyond = Spent::beyond(&spent(&shocked), &case.none)
                    .most(Spent::beyond(&spent(&baseline), &case.baseline));
                trial.spent = trial.spent.most(beyond);
            }
        }
        Ok(trials)
    }

    /// Accounts of a scenario without a strategy (the baseline and with the shock), or with mixes (all with the shock, then all
    /// without it).
    fn arms(&self, place: usize, mixes: &[&Vec<usize>]) -> Result<Vec<Vec<Account>>, Failure> {
        let request = Request {
            scenario: self.cases[place].path.clone(),
            strategies: Some(mixes.iter().map(|mix| self.joined(mix)).collect()),
            overrides: self.overrides.map(Path::to_owned),
            ..Request::default()
        };
        let (mut experiment, _) = chokepoint_scenario::load(&request).map_err(Failure::Invalid)?;
        if !mixes.is_empty() {
            experiment.arms.retain(|arm| arm.strategy.is_some());
            experiment.arms.sort_by_key(|arm| !arm.shocked);
        }
        let bar = machine::progress(self.settings.replicates, self.hidden);
        let report = |_: u32| bar.inc(8);
        let accounts = accounts(&experiment, self.settings, &report, self.stop)?;
        bar.finish_and_clear();
        Ok(accounts)
    }
}

/// What is lost to the shock in each replicate: beyond the same mix without the shock.
fn by_the_shock(shocked: &[Account], baseline: &[Account]) -> Vec<f64> {
    shocked.iter().zip(baseline).map(|(with, without)| with.loss - without.loss).collect()
}

fn why(why: Why) -> &'static str {
    match why {
        Why::BeyondBudget => "with it the mix costs more than there is",
        Why::AddsNothing => "adds nothing distinguishable from zero",
        Why::Displaced => "another mix avoids more for the money",
    }
}

fn found(model: &Model<'_>, search: &Search, wanted: &Wanted, options: &PortfolioOptions) -> Found {
    let mix = |place: &usize| {
        let trial = &search.trials[*place];
        Mix {
            strategies: trial.members.iter().map(|c| model.ids[*c].clone()).collect(),
            mean_loss: trial.loss.iter().map(|l| mean(l)).collect(),
            worst_twentieth: trial.loss.iter().map(|l| tail_mean(l)).collect(),
            avoided: wanted.avoided(trial, &search.trials[0]),
            public: trial.spent.public,
            firm: trial.spent.firm,
            consumer: trial.spent.consumer,
        }
    };
    Found {
        scenarios: model.cases.iter().map(|case| case.experiment.scenario.id.clone()).collect(),
        replicates: model.settings.replicates,
        budget: wanted.budget,
        payers: match wanted.payers {
            Payers::Public => "public",
            Payers::All => "all",
        },
        aim: match wanted.aim {
            Aim::Expected => "expected",
            Aim::Tail => "tail",
            Aim::Regret => "regret",
        },
        method: match options.method {
            SearchOption::Greedy => "greedy",
            SearchOption::Exact => "exact",
        },
        mixes_run: search.trials.len(),
        steps: search.steps.iter().map(mix).collect(),
        left_out: search.left_out.iter().map(|(c, w)| (model.ids[*c].clone(), why(*w))).collect(),
    }
}

/// `mixes.csv`: every mix that was run, a row for each scenario.
fn mixes(model: &Model<'_>, search: &Search, wanted: &Wanted) -> String {
    let mut text = "mix,strategies,scenario,n,loss_mean,loss_worst_twentieth,avoided,avoided_low,avoided_high,public,firm,consumer,unit,within_budget,chosen\n".to_owned();
    let chosen = search.steps.last();
    for (place, trial) in search.trials.iter().enumerate() {
        let avoided = wanted.avoided(trial, &search.trials[0]);
        for ((case, loss), (low, middle, high)) in model.cases.iter().zip(&trial.loss).zip(avoided) {
            let _ = writeln!(
                text,
                "{place},{},{},{},{},{},{},{},{},{},{},{},USD,{},{}",
                model.joined(&trial.members),
                case.experiment.scenario.id,
                loss.len(),
                number(mean(loss)),
                number(tail_mean(loss)),
                number(middle),
                number(low),
                number(high),
                number(trial.spent.public),
                number(trial.spent.firm),
                number(trial.spent.consumer),
                trial.spent.from(wanted.payers) <= wanted.budget,
                chosen == Some(&place)
            );
        }
    }
    text
}

fn render(model: &Model<'_>, found: &Found) -> String {
    let what = if found.aim == "tail" { "worst twentieth" } else { "mean loss" };
    let whose = if found.payers == "public" { "public money" } else { "everybody's money" };
    let mut text = format!(
        "\n{} of {whose} on {}: {} mixes of {} strategies, {} replicates each\n",
        money(found.budget),
        found.scenarios.join(", "),
        found.mixes_run,
        model.ids.len(),
        found.replicates
    );
    for (step, mix) in found.steps.iter().enumerate() {
        let before: &[String] = if step == 0 { &[] } else { &found.steps[step - 1].strategies };
        let added: Vec<&str> =
            mix.strategies.iter().filter(|s| !before.contains(s)).map(String::as_str).collect();
        let name = match step {
            0 => "no strategy".to_owned(),
            1 => added.join(" + "),
            _ => format!("+ {}", added.join(" + ")),
        };
        let losses = if found.aim == "tail" { &mix.worst_twentieth } else { &mix.mean_loss };
        let _ = writeln!(
            text,
            "  {name:<28} {what} {:<12} costs: public {}, firms {}, consumers {}",
            money(mean(losses)),
            money(mix.public),
            money(mix.firm),
            money(mix.consumer)
        );
    }
    let Some(last) = found.steps.last() else { return text };
    if last.strategies.is_empty() {
        text.push_str("\nNo mix within the budget is statistically distinguishable from no strategy.\n");
    } else {
        let _ =
            writeln!(text, "\nWhat the last one avoids of the {what} on the same replicates (95 % interval)");
        for (scenario, (low, middle, high)) in found.scenarios.iter().zip(&last.avoided) {
            let shown = format!("{} ({} to {})", money(*middle), money(*low), money(*high));
            let shown = match () {
                () if *low == 0.0 && *high == 0.0 => Finding::NoEffect.words().to_owned(),
                () if *low <= 0.0 && *high >= 0.0 => format!("{}: {shown}", Finding::Unclear.words()),
                () => shown,
            };
            let _ = writeln!(text, "  {scenario:<28} {shown}");
        }
    }
    if !found.left_out.is_empty() {
        text.push_str("\nLeft out\n");
        for (id, why) in &found.left_out {
            let _ = writeln!(text, "  {id:<28} {why}");
        }
    }
    if !last.strategies.is_empty() {
        let _ = writeln!(
            text,
            "\nIts charts and tables: chokepoint run {} --strategies {}",
            model.cases[0].path.display(),
            last.strategies.join("+")
        );
    }
    text
}
