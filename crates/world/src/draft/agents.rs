//! Facilities, sectors and final producers.

use super::Draft;
use super::rows::{Drive, NOT_NEGATIVE, POSITIVE, Plant, Recipe, SHARE, User, WEEKS, index};
use crate::catalogue::Sector;
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::{CsvRow, Table};

impl Draft {
    /// Makes the recipe of a mine, `mine:` and what is mined, the first time it is named.
    pub(super) fn mine_recipe(&mut self, name: &str) {
        if let Some(mined) = name.strip_prefix("mine:")
            && let Some(commodity) = self.commodities.iter().position(|c| c.id == mined)
            && !self.recipes.iter().any(|r| r.id == name)
        {
            self.recipes.push(Recipe {
                id: name.to_owned(),
                inputs: Vec::new(),
                outputs: vec![(commodity, 1.0)],
                drive: Drive::Orders,
                recovery: None,
            });
        }
    }

    pub(super) fn read_plants(&mut self, tables: &[Table], problems: &mut Problems) {
        let (stages, countries) = (self.stage_index(), self.country_index());
        for row in tables.iter().flat_map(Table::records) {
            self.mine_recipe(row.text("recipe"));
            let recipes = index(self.recipes.iter().map(|r| r.id.as_str()));
            let stage = row.lookup("stage", "stage", &stages, problems);
            let country = row.lookup("country", "country", &countries, problems);
            let recipe = row.lookup("recipe", "recipe", &recipes, problems);
            let activity = row.number("activity_t_y", POSITIVE, problems);
            let capacity = row.number("capacity_t_y", POSITIVE, problems);
            let shares = if row.text("split").is_empty() {
                Some(vec![1.0])
            } else {
                row.numbers("split", SHARE, problems)
            };
            let inputs = row.numbers("input_cover_weeks", WEEKS, problems);
            let outputs = row.numbers("output_cover_weeks", WEEKS, problems);
            let (Some(stage), Some(country), Some(recipe), Some(activity), Some(capacity)) =
                (stage, country, recipe, activity, capacity)
            else {
                continue;
            };
            let (Some(shares), Some(inputs), Some(outputs)) = (shares, inputs, outputs) else {
                continue;
            };
            if (shares.iter().sum::<f64>() - 1.0).abs() > 0.01 {
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("split"),
                        format!("the shares sum to {}", shares.iter().sum::<f64>()),
                    )
                    .label("should sum to 1")
                    .help("scale the shares");
            }
            if capacity < activity * (1.0 - 1e-9) {
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("capacity_t_y"),
                        format!("the plant makes {activity} t a year and can make {capacity}"),
                    )
                    .label("less than `activity_t_y`")
                    .help("give what it can make at most, no less than what it makes");
            }
            let parts = shares.len();
            for (part, share) in shares.iter().enumerate() {
                let (id, name) = (row.text("id"), row.text("name"));
                self.plants.push(Plant {
                    id: if parts == 1 { id.to_owned() } else { format!("{id}-{}", part + 1) },
                    name: if parts == 1 { name.to_owned() } else { format!("{name} {}", part + 1) },
                    firm: row.text("firm").to_owned(),
                    stage,
                    country,
                    recipe,
                    recorded: activity * share,
                    headroom: (capacity / activity).max(1.0),
                    input_cover: uneven(&inputs, part, parts),
                    output_cover: uneven(&outputs, part, parts),
                });
            }
        }
    }

    pub(super) fn read_sectors(&mut self, tables: &[Table], intensity: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            let shares = row.numbers("firm_shares", SHARE, problems);
            let covers = row.numbers("firm_cover_weeks", WEEKS, problems);
            let overtime = row.number("overtime_share", SHARE, problems);
            let catch_up = row.number("catch_up_weeks", (1.0, 520.0), problems);
            let patience = row.number("patience_weeks", (1.0, 5200.0), problems);
            let (Some(firm_shares), Some(firm_cover_weeks)) = (shares, covers) else {
                continue;
            };
            if firm_shares.len() != firm_cover_weeks.len()
                || (firm_shares.iter().sum::<f64>() - 1.0).abs() > 0.01
            {
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("firm_shares"),
                        "firm shares do not sum to 1 or do not match the covers",
                    )
                    .label("this list")
                    .help("give as many covers as shares, and shares that sum to 1");
            }
            self.sectors.push(Sector {
                id: row.text("id").to_owned(),
                name: row.text("name").to_owned(),
                unit: row.text("good_unit").to_owned(),
                overtime_share: overtime.unwrap_or(0.0),
                catch_up_weeks: catch_up.unwrap_or(1.0),
                patience_weeks: patience.unwrap_or(1.0),
                apart: products_apart(row, problems),
                firm_shares,
                firm_cover_weeks,
            });
        }
        self.intensity = vec![Vec::new(); self.sectors.len()];
        let sectors = index(self.sectors.iter().map(|s| s.id.as_str()));
        let commodities = self.commodity_index();
        for row in intensity.iter().flat_map(Table::records) {
            let sector = row.lookup("sector", "sector", &sectors, problems);
            let input = row.lookup("input", "commodity", &commodities, problems);
            let kg = row.number("kg_per_unit", POSITIVE, problems);
            if let (Some(sector), Some(input), Some(kg)) = (sector, input, kg) {
                self.intensity[sector].push((input, kg / 1000.0));
            }
        }
    }

    pub(super) fn read_plans(&mut self, tables: &[Table], problems: &mut Problems) {
        let sectors = index(self.sectors.iter().map(|s| s.id.as_str()));
        let countries = self.country_index();
        for row in tables.iter().flat_map(Table::records) {
            let sector = row.lookup("sector", "sector", &sectors, problems);
            let country = row.lookup("country", "country", &countries, problems);
            let units = row.number("units_y", POSITIVE, problems);
            let value = row.number("value_added_usd_per_unit", NOT_NEGATIVE, problems);
            let avoidable = row.number("avoidable_cost_share", SHARE, problems);
            let (Some(sector), Some(country), Some(units), Some(value_added), Some(avoidable)) =
                (sector, country, units, value, avoidable)
            else {
                continue;
            };
            let info = &self.sectors[sector];
            let firms = info.firm_shares.len();
            for (firm, (share, cover)) in info.firm_shares.iter().zip(&info.firm_cover_weeks).enumerate() {
                self.users.push(User {
                    id: format!("{}-{}-{}", info.id, self.countries[country].id.to_lowercase(), firm + 1),
                    name: format!(
                        "{}, {}, firm {} of {firms}",
                        info.name,
                        self.countries[country].name,
                        firm + 1
                    ),
                    sector,
                    country,
                    units: units * share,
                    value_added,
                    avoidable,
                    cover: *cover,
                });
            }
        }
    }
}

/// The value of a part: its own if the list names one for each, else the single one spread unevenly by ±40 %.
fn uneven(values: &[f64], part: usize, parts: usize) -> f64 {
    if values.len() == parts {
        values[part]
    } else {
        let first = values.first().copied().unwrap_or(0.0);
        if parts == 1 { first } else { first * (1.4 - 0.8 * part as f64 / (parts - 1) as f64) }
    }
}

/// Whether the inputs of a sector make a product each, or all of them go into one.
fn products_apart(row: CsvRow<'_>, problems: &mut Problems) -> bool {
    match row.text("products") {
        "" | "one" => false,
        "each" => true,
        other => {
            problems.unknown(&row.place("products"), "choice", other, vec!["one", "each"]);
            false
        }
    }
}
