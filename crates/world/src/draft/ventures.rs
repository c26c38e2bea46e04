//! The long run: growth of demand, what building takes, projects, and goods at the end of their life.

use super::Draft;
use super::rows::{
    ClassRow, CollectorRow, Drive, GrowthRow, NOT_NEGATIVE, POSITIVE, Progress, ProjectRow, Recipe,
    ReturnRow, SHARE, WEEKS, index,
};
use chokepoint_core::chance::Distribution;
use chokepoint_core::lanes::ln;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::{CsvRow, Table};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Weeks in a month.
const MONTH: f64 = 52.0 / 12.0;
/// Bounds of a yearly growth in per cent.
const GROWTH: (f64, f64) = (-50.0, 100.0);
/// Bounds of a time in months.
const MONTHS: (f64, f64) = (0.0, 600.0);

impl Draft {
    /// Countries of a place; empty for a blank one.
    fn place_countries(&self, row: CsvRow<'_>, column: &str, problems: &mut Problems) -> Option<Vec<usize>> {
        let key = row.text(column);
        if key.is_empty() {
            return Some(Vec::new());
        }
        let region = self.regions.iter().position(|r| r.id == key);
        let found: Vec<usize> = (0..self.countries.len())
            .filter(|c| {
                let country = &self.countries[*c];
                region.map_or(country.id == key, |r| country.region == r)
            })
            .collect();
        if found.is_empty() {
            let known = self
                .regions
                .iter()
                .map(|r| r.id.as_str())
                .chain(self.countries.iter().map(|c| c.id.as_str()));
            problems.unknown(&row.place(column), "country or region", key, known.collect::<Vec<_>>());
            return None;
        }
        Some(found)
    }

    /// Recipe of a facility by its place: plants first, then projects.
    pub fn recipe_of(&self, facility: usize) -> Option<usize> {
        let plants = self.plants.len();
        match self.plants.get(facility) {
            Some(plant) => Some(plant.recipe),
            None => self.projects.get(facility - plants).map(|p| p.recipe),
        }
    }

    fn recipe_index(&self) -> BTreeMap<String, usize> {
        index(self.recipes.iter().map(|r| r.id.as_str()))
    }

    pub(super) fn read_growth(&mut self, tables: &[Table], problems: &mut Problems) {
        let sectors = index(self.sectors.iter().map(|s| s.id.as_str()));
        for row in tables.iter().flat_map(Table::records) {
            let sector = row.lookup("sector", "sector", &sectors, problems);
            let countries = self.place_countries(row, "place", problems);
            let rate = row.number("growth_pct_y", GROWTH, problems);
            if let (Some(sector), Some(countries), Some(rate)) = (sector, countries, rate) {
                self.growth.push(GrowthRow { sector, countries, rate: ln(1.0 + rate / 100.0) });
            }
        }
    }

    /// Growth of a sector's plans in a country, log per year: a row for the place goes before one for all.
    pub fn growth_of(&self, sector: usize, country: usize) -> f64 {
        let fits = |row: &&GrowthRow| {
            row.sector == sector && (row.countries.is_empty() || row.countries.contains(&country))
        };
        let rows = self.growth.iter().filter(fits);
        rows.min_by_key(|row| if row.countries.is_empty() { usize::MAX } else { row.countries.len() })
            .map_or(0.0, |row| row.rate)
    }

    pub(super) fn read_classes(&mut self, tables: &[Table], problems: &mut Problems) {
        let (stages, recipes) = (self.stage_index(), self.recipe_index());
        for row in tables.iter().flat_map(Table::records) {
            let stage = row.lookup("stage", "stage", &stages, problems);
            let countries = self.place_countries(row, "place", problems);
            let recipe = match row.text("recipe") {
                "" => Some(None),
                _ => row.lookup("recipe", "recipe", &recipes, problems).map(Some),
            };
            let lead = triangle(row, ["lead_low", "lead_months", "lead_high"], MONTHS, MONTH, problems);
            let overrun =
                triangle(row, ["overrun_low", "overrun_mode", "overrun_high"], (0.1, 20.0), 1.0, problems);
            let ramp = row.number("ramp_months", MONTHS, problems);
            let capex = row.number("capex_usd_per_t_y", NOT_NEGATIVE, problems);
            let premium = row.number("cost_premium", (0.01, 100.0), problems);
            let required = row.number("required_return", (0.0, 5.0), problems);
            let life = row.number("life_years", (0.5, 200.0), problems);
            let restart = row.number("restart_cost_share", NOT_NEGATIVE, problems);
            let expands = yes_or_no(row, "expands", problems);
            let idles = yes_or_no(row, "idles", problems);
            let (Some(stage), Some(countries), Some(recipe), Some(lead), Some(overrun), Some(expands)) =
                (stage, countries, recipe, lead, overrun, expands)
            else {
                continue;
            };
            let (
                Some(ramp),
                Some(capex),
                Some(premium),
                Some(required),
                Some(life),
                Some(restart),
                Some(idles),
            ) = (ramp, capex, premium, required, life, restart, idles)
            else {
                continue;
            };
            let parts = [row.text("stage"), row.text("place"), row.text("recipe")];
            let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            self.classes.push(ClassRow {
                name: format!("build/{}", parts.join("/")),
                stage,
                countries,
                recipe,
                lead,
                ramp_weeks: ramp * MONTH,
                capex,
                overrun,
                cost_premium: premium,
                required_return: required,
                life_years: life,
                restart_share: restart,
                expands,
                idles,
            });
        }
    }

    /// The reference class of a facility: one for its recipe and place, its recipe, its stage and place, or its stage.
    pub fn class_of(&self, stage: usize, country: usize, recipe: usize) -> Option<&ClassRow> {
        let fits = |row: &&ClassRow| {
            row.stage == stage
                && (row.countries.is_empty() || row.countries.contains(&country))
                && row.recipe.is_none_or(|r| r == recipe)
        };
        let closeness = |row: &&ClassRow| (row.recipe.is_some(), !row.countries.is_empty());
        self.classes.iter().filter(fits).max_by_key(closeness)
    }

    pub(super) fn read_projects(&mut self, tables: &[Table], problems: &mut Problems) {
        let (stages, countries) = (self.stage_index(), self.country_index());
        for row in tables.iter().flat_map(Table::records) {
            self.mine_recipe(row.text("recipe"));
            let recipes = self.recipe_index();
            let stage = row.lookup("stage", "stage", &stages, problems);
            let country = row.lookup("country", "country", &countries, problems);
            let recipe = row.lookup("recipe", "recipe", &recipes, problems);
            let capacity = row.number("capacity_t_y", POSITIVE, problems);
            let start = date(row, "start", problems);
            let progress = progress(row, start, problems);
            let capex = row.optional("capex_musd", NOT_NEGATIVE, problems);
            let premium = row.optional("cost_premium", (0.01, 100.0), problems);
            let inputs = row.number("input_cover_weeks", WEEKS, problems);
            let outputs = row.number("output_cover_weeks", WEEKS, problems);
            let (Some(stage), Some(country), Some(recipe), Some(capacity)) =
                (stage, country, recipe, capacity)
            else {
                continue;
            };
            let (Some(progress), Some(input_cover), Some(output_cover)) = (progress, inputs, outputs) else {
                continue;
            };
            if self.class_of(stage, country, recipe).is_none() {
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("stage"),
                        "no row of the table `investment` fits this project",
                    )
                    .label(format!("stage `{}`", row.text("stage")))
                    .help("add a row for the stage with an empty place and recipe");
                continue;
            }
            self.projects.push(ProjectRow {
                id: row.text("id").to_owned(),
                name: row.text("name").to_owned(),
                firm: row.text("firm").to_owned(),
                stage,
                country,
                recipe,
                capacity,
                progress,
                start,
                capex: capex.map(|m| m * 1e6),
                cost_premium: premium,
                input_cover,
                output_cover,
            });
        }
    }

    pub(super) fn read_returns(&mut self, tables: &[Table], collectors: &[Table], problems: &mut Problems) {
        let sectors = index(self.sectors.iter().map(|s| s.id.as_str()));
        for row in tables.iter().flat_map(Table::records) {
            let sector = row.lookup("sector", "sector", &sectors, problems);
            let life = row.number("life_years", (0.1, 200.0), problems);
            let ages = row.number("compartments", (1.0, 20.0), problems);
            let past = row.number("history_growth_pct_y", GROWTH, problems);
            if let (Some(sector), Some(life), Some(ages), Some(past)) = (sector, life, ages, past) {
                self.returns.push(ReturnRow {
                    sector,
                    life_weeks: life * 52.0,
                    ages: ages.round() as usize,
                    past_growth: ln(1.0 + past / 100.0) / 52.0,
                });
            }
        }
        let (countries, commodities) = (self.country_index(), self.commodity_index());
        for row in collectors.iter().flat_map(Table::records) {
            let places = self.place_countries(row, "place", problems);
            let country = row.lookup("country", "country", &countries, problems);
            let from = row.lookup("from", "commodity", &commodities, problems);
            let commodity = row.lookup("commodity", "commodity", &commodities, problems);
            let share = row.number("collected_share", SHARE, problems);
            let most = row.number("most_share", SHARE, problems);
            let elasticity = row.number("elasticity", (0.0, 5.0), problems);
            let cost_share = row.number("cost_share", NOT_NEGATIVE, problems);
            let output_cover = row.number("output_cover_weeks", WEEKS, problems);
            let (Some(countries), Some(country), Some(from), Some(commodity), Some(output_cover)) =
                (places, country, from, commodity, output_cover)
            else {
                continue;
            };
            let (Some(share), Some(most), Some(elasticity), Some(cost_share)) =
                (share, most, elasticity, cost_share)
            else {
                continue;
            };
            let recipe = self.recipes.len();
            self.recipes.push(Recipe {
                id: format!("collect:{}", row.text("id")),
                inputs: Vec::new(),
                outputs: vec![(commodity, 1.0)],
                drive: Drive::Table,
                recovery: None,
            });
            self.collectors.push(CollectorRow {
                id: row.text("id").to_owned(),
                name: row.text("name").to_owned(),
                countries,
                country,
                from,
                recipe,
                share,
                most,
                elasticity,
                cost_share,
                output_cover,
            });
        }
    }

    /// Tonnes of a collector's material in a unit of a final producer's good.
    pub fn contained(&self, collector: &CollectorRow, sector: usize) -> f64 {
        let in_component = |component: usize| -> f64 {
            if component == collector.from {
                return 1.0;
            }
            let maker = self.recipes.iter().find(|r| r.outputs.first().is_some_and(|(c, _)| *c == component));
            maker.map_or(0.0, |recipe| {
                let made = recipe.outputs[0].1;
                let taken = recipe.inputs.iter().filter(|(c, _)| *c == collector.from);
                taken.map(|(_, t)| t / made).sum()
            })
        };
        self.intensity[sector].iter().map(|(component, tonnes)| tonnes * in_component(*component)).sum()
    }
}

fn triangle(
    row: CsvRow<'_>,
    columns: [&str; 3],
    within: (f64, f64),
    factor: f64,
    problems: &mut Problems,
) -> Option<Distribution> {
    let [low, mode, high] = columns.map(|c| row.number(c, within, problems));
    let (low, mode, high) = (low? * factor, mode? * factor, high? * factor);
    if !(low <= mode && mode <= high) {
        problems
            .error(
                Code::OutOfRange,
                &row.place(columns[1]),
                format!("`{}`, `{}` and `{}` are not in this order", columns[0], columns[1], columns[2]),
            )
            .label("central value")
            .help("let the least value be lowest and the greatest highest");
        return None;
    }
    Some(Distribution::Triangular { low, mode, high })
}

fn yes_or_no(row: CsvRow<'_>, column: &str, problems: &mut Problems) -> Option<bool> {
    match row.text(column) {
        "yes" => Some(true),
        "no" => Some(false),
        other => {
            problems.unknown(&row.place(column), "answer", other, ["yes", "no"]);
            None
        }
    }
}

fn date(row: CsvRow<'_>, column: &str, problems: &mut Problems) -> Option<Date> {
    let text = row.text(column);
    if text.is_empty() {
        return None;
    }
    let read = text.parse::<Date>().ok();
    if read.is_none() {
        problems
            .error(Code::BadDate, &row.place(column), format!("`{text}` is not a day"))
            .label("date")
            .help("write year-month-day, for example 2027-06-30");
    }
    read
}

fn progress(row: CsvRow<'_>, start: Option<Date>, problems: &mut Problems) -> Option<Progress> {
    let progress = match row.text("status") {
        "operating" => Progress::Operating,
        "construction" => Progress::Construction,
        "planned" => Progress::Planned,
        "proposed" | "on_hold" => Progress::Proposed,
        other => {
            let known = ["operating", "construction", "planned", "proposed", "on_hold"];
            problems.unknown(&row.place("status"), "status", other, known);
            return None;
        }
    };
    if start.is_none() && progress != Progress::Proposed {
        problems
            .error(
                Code::MissingField,
                &row.place("start"),
                format!("a project with the status `{}` needs a start", row.text("status")),
            )
            .label("no date")
            .help("give the announced first output, or the status `proposed`");
        return None;
    }
    Some(progress)
}
