//! The world's tables as typed rows, each checked cell by cell.

use crate::problem::{Code, Problems};
use crate::table::Table;
use crate::trade::Known;
use crate::world::{CommodityInfo, Country, Named, Parameter, Sector, Stage};
use chokepoint_core::chance::Distribution;
use std::collections::BTreeMap;

/// What sets a facility's activity at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Orders for its first output.
    Orders,
    /// The table: joint products follow.
    Table,
    /// The supply of its input, a by-product of others.
    Feed,
}

/// A recipe per unit of activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Id.
    pub id: String,
    /// Commodity and tonnes.
    pub inputs: Vec<(usize, f64)>,
    /// Commodity and tonnes; the first is the one that activity counts.
    pub outputs: Vec<(usize, f64)>,
    /// What sets its activity.
    pub drive: Drive,
    /// Share of the feed's contents that a separation recovers.
    pub recovery: Option<f64>,
}

/// One facility (one part of a split row).
#[derive(Clone, Debug, PartialEq)]
pub struct Plant {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Stage.
    pub stage: usize,
    /// Country.
    pub country: usize,
    /// Recipe.
    pub recipe: usize,
    /// Units of activity a year, as recorded.
    pub recorded: f64,
    /// Capacity over activity.
    pub headroom: f64,
    /// Weeks of input stock.
    pub input_cover: f64,
    /// Weeks of output stock.
    pub output_cover: f64,
}

/// One final producer.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Sector.
    pub sector: usize,
    /// Country.
    pub country: usize,
    /// Goods a year.
    pub units: f64,
    /// US dollars per unit.
    pub value_added: f64,
    /// Share of it that is not spent when a unit is not built.
    pub avoidable: f64,
    /// Weeks of input stock.
    pub cover: f64,
}

/// A route between two areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Weeks door to door.
    pub weeks: u32,
    /// US dollars per tonne.
    pub freight: f64,
    /// Port or land crossing.
    pub gateway: Option<usize>,
}

/// A flow on record for some commodities together.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Commodities.
    pub commodities: Vec<usize>,
    /// The flow of all of them together.
    pub flow: Known,
}

/// A number on record that the balance is checked against.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Stage.
    pub stage: usize,
    /// What is counted.
    pub material: String,
    /// Region key, country code or `World`.
    pub place: String,
    /// `output` or `share`.
    pub measure: String,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: String,
}

/// All tables of a world.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Elements.
    pub elements: Vec<Named>,
    /// Element mass per oxide mass, by element.
    pub metal_per_oxide: Vec<f64>,
    /// Stages.
    pub stages: Vec<Stage>,
    /// Regions.
    pub regions: Vec<Named>,
    /// Route areas.
    pub areas: Vec<String>,
    /// Countries.
    pub countries: Vec<Country>,
    /// Commodities.
    pub commodities: Vec<CommodityInfo>,
    /// Oxide share of each element in a concentrate, by commodity.
    pub assays: BTreeMap<usize, Vec<f64>>,
    /// Recipes.
    pub recipes: Vec<Recipe>,
    /// Facilities.
    pub plants: Vec<Plant>,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Inputs per unit of good by sector: commodity and tonnes.
    pub intensity: Vec<Vec<(usize, f64)>>,
    /// Final producers.
    pub users: Vec<User>,
    /// Flows on record.
    pub recorded_flows: Vec<Recorded>,
    /// Willingness to trade, by stage, origin and destination (`None`: any).
    pub affinity: Vec<(usize, Option<usize>, Option<usize>, f64)>,
    /// Routes by area pair.
    pub routes: BTreeMap<(usize, usize), Route>,
    /// Ports and land crossings.
    pub gateways: Vec<String>,
    /// Parameters.
    pub parameters: BTreeMap<String, Parameter>,
    /// Numbers on record.
    pub records: Vec<Record>,
}

/// The tables of a world, by name; each may consist of several files.
pub type Tables = BTreeMap<&'static str, Vec<Table>>;

/// Columns that each table needs.
pub const COLUMNS: [(&str, &[&str]); 16] = [
    ("elements", &["id", "name", "metal_per_oxide"]),
    ("countries", &["country", "name", "region", "area"]),
    ("commodities", &["id", "name", "stage", "unit", "reference_price_usd_kg"]),
    ("assays", &["commodity"]),
    ("contents", &["commodity", "element", "kg_per_t"]),
    ("recipes", &["recipe", "direction", "commodity", "per_unit"]),
    ("separation", &["recipe", "feed", "recovery", "products"]),
    (
        "facilities",
        &[
            "id",
            "name",
            "stage",
            "country",
            "recipe",
            "activity_t_y",
            "capacity_t_y",
            "split",
            "input_cover_weeks",
            "output_cover_weeks",
        ],
    ),
    (
        "sectors",
        &[
            "id",
            "name",
            "kind",
            "good_unit",
            "overtime_share",
            "catch_up_weeks",
            "patience_weeks",
            "firm_shares",
            "firm_cover_weeks",
        ],
    ),
    ("intensity", &["sector", "input", "kg_per_unit"]),
    ("plans", &["sector", "country", "units_y", "value_added_usd_per_unit", "avoidable_cost_share"]),
    ("trade", &["commodity", "origin", "destination", "t_y"]),
    ("affinity", &["stage", "origin", "destination", "weight"]),
    ("routes", &["origin", "destination", "weeks", "freight_usd_kg", "gateway"]),
    ("parameters", &["parameter", "value", "unit", "low", "high", "distribution", "source", "grade", "note"]),
    ("recorded", &["stage", "material", "region_or_country", "measure", "value", "unit"]),
];

const POSITIVE: (f64, f64) = (1e-12, 1e15);
const NOT_NEGATIVE: (f64, f64) = (0.0, 1e15);
const SHARE: (f64, f64) = (0.0, 1.0);
const WEEKS: (f64, f64) = (0.0, 520.0);

/// Names to indices.
pub fn index<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, usize> {
    names.into_iter().enumerate().map(|(i, n)| (n.to_owned(), i)).collect()
}

impl Draft {
    /// Reads all tables; problems are collected, never the first only.
    pub fn read(tables: &Tables, stages: Vec<Stage>, regions: Vec<Named>, problems: &mut Problems) -> Self {
        let mut draft = Self { stages, regions, ..Self::default() };
        let of = |name: &'static str| tables.get(name).map(Vec::as_slice).unwrap_or_default();
        draft.read_elements(of("elements"), problems);
        draft.read_countries(of("countries"), problems);
        draft.read_commodities(of("commodities"), problems);
        draft.read_contents(of("assays"), of("contents"), problems);
        draft.read_recipes(of("recipes"), of("separation"), problems);
        draft.read_plants(of("facilities"), problems);
        draft.read_sectors(of("sectors"), of("intensity"), problems);
        draft.read_plans(of("plans"), problems);
        draft.read_trade(of("trade"), of("affinity"), problems);
        draft.read_routes(of("routes"), problems);
        draft.read_parameters(of("parameters"), problems);
        draft.read_records(of("recorded"), problems);
        draft
    }

    fn stage_index(&self) -> BTreeMap<String, usize> {
        index(self.stages.iter().map(|s| s.id.as_str()))
    }
    fn country_index(&self) -> BTreeMap<String, usize> {
        index(self.countries.iter().map(|c| c.id.as_str()))
    }
    fn commodity_index(&self) -> BTreeMap<String, usize> {
        index(self.commodities.iter().map(|c| c.id.as_str()))
    }
    fn element_index(&self) -> BTreeMap<String, usize> {
        index(self.elements.iter().map(|e| e.id.as_str()))
    }

    fn read_elements(&mut self, tables: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            let Some(factor) = row.number("metal_per_oxide", (0.01, 1.0), problems) else {
                continue;
            };
            self.elements.push(Named { id: row.text("id").to_owned(), name: row.text("name").to_owned() });
            self.metal_per_oxide.push(factor);
        }
    }

    fn read_countries(&mut self, tables: &[Table], problems: &mut Problems) {
        let regions = index(self.regions.iter().map(|r| r.id.as_str()));
        for row in tables.iter().flat_map(Table::records) {
            let Some(region) = row.lookup("region", "region", &regions, problems) else {
                continue;
            };
            let area = row.text("area");
            let area = self.areas.iter().position(|a| a == area).unwrap_or_else(|| {
                self.areas.push(area.to_owned());
                self.areas.len() - 1
            });
            let (id, name) = (row.text("country").to_owned(), row.text("name").to_owned());
            self.countries.push(Country { id, name, region, area });
        }
    }

    fn read_commodities(&mut self, tables: &[Table], problems: &mut Problems) {
        let stages = self.stage_index();
        for row in tables.iter().flat_map(Table::records) {
            let stage = row.lookup("stage", "stage", &stages, problems);
            let price = row.number("reference_price_usd_kg", POSITIVE, problems);
            let (Some(stage), Some(price)) = (stage, price) else {
                continue;
            };
            let id = row.text("id").to_owned();
            if self.commodities.iter().any(|c| c.id == id) {
                problems.error(
                    Code::Duplicate,
                    &row.place("id"),
                    format!("the commodity `{id}` is there twice"),
                    "second time".to_owned(),
                    "keep one of the two rows".to_owned(),
                );
            }
            self.commodities.push(CommodityInfo {
                id,
                name: row.text("name").to_owned(),
                stage,
                unit: row.text("unit").to_owned(),
                reference_price: price * 1000.0,
                contents: Vec::new(),
            });
        }
    }

    fn read_contents(&mut self, assays: &[Table], contents: &[Table], problems: &mut Problems) {
        let commodities = self.commodity_index();
        let elements = self.element_index();
        let n = self.elements.len();
        for commodity in &mut self.commodities {
            commodity.contents = vec![0.0; n];
        }
        for row in assays.iter().flat_map(Table::records) {
            let Some(commodity) = row.lookup("commodity", "commodity", &commodities, problems) else {
                continue;
            };
            let shares: Vec<f64> = self
                .elements
                .iter()
                .map(|e| row.number(&e.id, (0.0, 100.0), problems).unwrap_or(0.0) / 100.0)
                .collect();
            let sum: f64 = shares.iter().sum();
            if sum > 1.0 + 1e-6 {
                problems.error(
                    Code::Inconsistent,
                    &row.place("commodity"),
                    format!("this assay sums to {:.2} %", sum * 100.0),
                    "more than all of it".to_owned(),
                    "normalise the row to 100 %".to_owned(),
                );
            }
            for e in 0..n {
                self.commodities[commodity].contents[e] = shares[e] * self.metal_per_oxide[e];
            }
            self.assays.insert(commodity, shares);
        }
        for row in contents.iter().flat_map(Table::records) {
            let commodity = row.lookup("commodity", "commodity", &commodities, problems);
            let element = row.lookup("element", "element", &elements, problems);
            let mass = row.number("kg_per_t", (0.0, 1000.0), problems);
            if let (Some(commodity), Some(element), Some(mass)) = (commodity, element, mass) {
                self.commodities[commodity].contents[element] = mass / 1000.0;
            }
        }
        // an oxide that no row describes is the oxide of the element that its id ends in
        for (e, element) in self.elements.iter().enumerate() {
            let id = format!("oxide-{}", element.id.to_lowercase());
            if let Some(commodity) = commodities.get(&id) {
                if self.commodities[*commodity].contents.iter().all(|c| *c == 0.0) {
                    self.commodities[*commodity].contents[e] = self.metal_per_oxide[e];
                }
            }
        }
    }

    fn read_recipes(&mut self, tables: &[Table], separation: &[Table], problems: &mut Problems) {
        let commodities = self.commodity_index();
        for row in tables.iter().flat_map(Table::records) {
            let id = row.text("recipe");
            let commodity = row.lookup("commodity", "commodity", &commodities, problems);
            let amount = row.number("per_unit", POSITIVE, problems);
            let (Some(commodity), Some(amount)) = (commodity, amount) else {
                continue;
            };
            let place = self.recipes.iter().position(|r| r.id == id).unwrap_or_else(|| {
                self.recipes.push(Recipe {
                    id: id.to_owned(),
                    inputs: Vec::new(),
                    outputs: Vec::new(),
                    drive: Drive::Orders,
                    recovery: None,
                });
                self.recipes.len() - 1
            });
            match row.text("direction") {
                "input" => self.recipes[place].inputs.push((commodity, amount)),
                "output" => self.recipes[place].outputs.push((commodity, amount)),
                other => {
                    problems.unknown(&row.place("direction"), "direction", other, ["input", "output"]);
                }
            }
        }
        self.read_separation(separation, &commodities, problems);
        self.mark_feed_driven();
        self.derive_contents();
    }

    /// A recipe whose inputs are all by-products of other recipes runs on what those leave.
    fn mark_feed_driven(&mut self) {
        let main: Vec<usize> = self
            .recipes
            .iter()
            .flat_map(|r| {
                let counted = if r.drive == Drive::Table { r.outputs.len() } else { 1 };
                r.outputs.iter().take(counted).map(|(c, _)| *c)
            })
            .collect();
        let by_product = |commodity: usize, recipes: &[Recipe]| {
            !main.contains(&commodity)
                && recipes.iter().any(|r| r.outputs.iter().any(|(c, _)| *c == commodity))
        };
        let feed: Vec<bool> = self
            .recipes
            .iter()
            .map(|r| !r.inputs.is_empty() && r.inputs.iter().all(|(c, _)| by_product(*c, &self.recipes)))
            .collect();
        for (recipe, feed) in self.recipes.iter_mut().zip(feed) {
            if feed && recipe.drive == Drive::Orders {
                recipe.drive = Drive::Feed;
            }
        }
    }

    fn read_separation(
        &mut self,
        tables: &[Table],
        commodities: &BTreeMap<String, usize>,
        problems: &mut Problems,
    ) {
        let elements = self.element_index();
        for row in tables.iter().flat_map(Table::records) {
            let feed = row.lookup("feed", "commodity", commodities, problems);
            let recovery = row.number("recovery", (0.01, 1.0), problems);
            let (Some(feed), Some(recovery)) = (feed, recovery) else {
                continue;
            };
            let Some(assay) = self.assays.get(&feed) else {
                problems.error(
                    Code::Inconsistent,
                    &row.place("feed"),
                    format!("`{}` has no assay", row.text("feed")),
                    "fed to a separator".to_owned(),
                    "add its row to the assays".to_owned(),
                );
                continue;
            };
            let mut outputs = Vec::new();
            for product in row.text("products").split(';').map(str::trim) {
                let oxide = commodities.get(&format!("oxide-{}", product.to_lowercase()));
                match (elements.get(product), oxide) {
                    (Some(e), Some(oxide)) if assay[*e] > 0.0 => outputs.push((*oxide, assay[*e] * recovery)),
                    (Some(_), Some(_)) => {}
                    _ => problems.unknown(
                        &row.place("products"),
                        "element",
                        product,
                        elements.keys().map(String::as_str),
                    ),
                }
            }
            self.recipes.push(Recipe {
                id: row.text("recipe").to_owned(),
                inputs: vec![(feed, 1.0)],
                outputs,
                drive: Drive::Table,
                recovery: Some(recovery),
            });
        }
    }

    /// What has no contents of its own contains what its recipe puts in.
    fn derive_contents(&mut self) {
        for recipe in &self.recipes {
            let [(output, amount)] = recipe.outputs[..] else {
                continue;
            };
            if self.commodities[output].contents.iter().any(|c| *c > 0.0) {
                continue;
            }
            let contents: Vec<f64> = (0..self.elements.len())
                .map(|e| {
                    recipe.inputs.iter().map(|(c, t)| t * self.commodities[*c].contents[e]).sum::<f64>()
                        / amount
                })
                .collect();
            self.commodities[output].contents = contents;
        }
    }

    fn read_plants(&mut self, tables: &[Table], problems: &mut Problems) {
        let (stages, countries) = (self.stage_index(), self.country_index());
        let commodities = self.commodity_index();
        for row in tables.iter().flat_map(Table::records) {
            if let Some(mined) = row.text("recipe").strip_prefix("mine:") {
                if let Some(commodity) = commodities.get(mined) {
                    if !self.recipes.iter().any(|r| r.id == row.text("recipe")) {
                        self.recipes.push(Recipe {
                            id: row.text("recipe").to_owned(),
                            inputs: Vec::new(),
                            outputs: vec![(*commodity, 1.0)],
                            drive: Drive::Orders,
                            recovery: None,
                        });
                    }
                }
            }
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
                problems.error(
                    Code::Inconsistent,
                    &row.place("split"),
                    format!("the shares sum to {}", shares.iter().sum::<f64>()),
                    "should sum to 1".to_owned(),
                    "scale the shares".to_owned(),
                );
            }
            let parts = shares.len();
            for (part, share) in shares.iter().enumerate() {
                let (id, name) = (row.text("id"), row.text("name"));
                self.plants.push(Plant {
                    id: if parts == 1 { id.to_owned() } else { format!("{id}-{}", part + 1) },
                    name: if parts == 1 { name.to_owned() } else { format!("{name} {}", part + 1) },
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

    fn read_sectors(&mut self, tables: &[Table], intensity: &[Table], problems: &mut Problems) {
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
                problems.error(
                    Code::Inconsistent,
                    &row.place("firm_shares"),
                    "firm shares do not sum to 1 or do not match the covers".to_owned(),
                    "this list".to_owned(),
                    "give as many covers as shares, and shares that sum to 1".to_owned(),
                );
            }
            self.sectors.push(Sector {
                id: row.text("id").to_owned(),
                name: row.text("name").to_owned(),
                magnet: row.text("kind") == "magnet",
                unit: row.text("good_unit").to_owned(),
                overtime_share: overtime.unwrap_or(0.0),
                catch_up_weeks: catch_up.unwrap_or(1.0),
                patience_weeks: patience.unwrap_or(1.0),
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

    fn read_plans(&mut self, tables: &[Table], problems: &mut Problems) {
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

    fn read_trade(&mut self, tables: &[Table], affinity: &[Table], problems: &mut Problems) {
        let (commodities, countries, stages) =
            (self.commodity_index(), self.country_index(), self.stage_index());
        for row in tables.iter().flat_map(Table::records) {
            let mut listed = Vec::new();
            for name in row.text("commodity").split(';').map(str::trim) {
                match commodities.get(name) {
                    Some(c) => listed.push(*c),
                    None => problems.unknown(
                        &row.place("commodity"),
                        "commodity",
                        name,
                        commodities.keys().map(String::as_str),
                    ),
                }
            }
            let origin = row.lookup("origin", "country", &countries, problems);
            let destination = row.lookup("destination", "country", &countries, problems);
            let tonnes = row.number("t_y", NOT_NEGATIVE, problems);
            if let (Some(origin), Some(destination), Some(tonnes)) = (origin, destination, tonnes) {
                let flow = Known { origin, destination, tonnes };
                self.recorded_flows.push(Recorded { commodities: listed, flow });
            }
        }
        for row in affinity.iter().flat_map(Table::records) {
            let mut country = |column: &str| match row.text(column) {
                "*" => Some(None),
                _ => row.lookup(column, "country", &countries, problems).map(Some),
            };
            let (origin, destination) = (country("origin"), country("destination"));
            let stage = row.lookup("stage", "stage", &stages, problems);
            let weight = row.number("weight", NOT_NEGATIVE, problems);
            if let (Some(origin), Some(destination), Some(stage), Some(weight)) =
                (origin, destination, stage, weight)
            {
                self.affinity.push((stage, origin, destination, weight));
            }
        }
    }

    fn read_routes(&mut self, tables: &[Table], problems: &mut Problems) {
        let areas = index(self.areas.iter().map(String::as_str));
        for row in tables.iter().flat_map(Table::records) {
            let origin = row.lookup("origin", "area", &areas, problems);
            let destination = row.lookup("destination", "area", &areas, problems);
            let weeks = row.number("weeks", (1.0, 52.0), problems);
            let freight = row.number("freight_usd_kg", NOT_NEGATIVE, problems);
            let (Some(origin), Some(destination), Some(weeks), Some(freight)) =
                (origin, destination, weeks, freight)
            else {
                continue;
            };
            let gateway = row.text("gateway");
            let gateway = (!gateway.is_empty()).then(|| {
                self.gateways.iter().position(|g| g == gateway).unwrap_or_else(|| {
                    self.gateways.push(gateway.to_owned());
                    self.gateways.len() - 1
                })
            });
            let route = Route { weeks: weeks.round() as u32, freight: freight * 1000.0, gateway };
            self.routes.insert((origin, destination), route);
        }
        for o in 0..self.areas.len() {
            for d in 0..self.areas.len() {
                if !self.routes.contains_key(&(o, d)) {
                    if let Some(table) = tables.first() {
                        problems.error(
                            Code::MissingField,
                            &table.place(),
                            format!("there is no route from `{}` to `{}`", self.areas[o], self.areas[d]),
                            "routes".to_owned(),
                            "add a row for every pair of areas, each way".to_owned(),
                        );
                    }
                }
            }
        }
    }

    fn read_parameters(&mut self, tables: &[Table], problems: &mut Problems) {
        for row in tables.iter().flat_map(Table::records) {
            let name = row.text("parameter").to_owned();
            let bounds = (-1e9, 1e9);
            let Some(value) = row.number("value", bounds, problems) else {
                continue;
            };
            let low = row.optional("low", bounds, problems).unwrap_or(value);
            let high = row.optional("high", bounds, problems).unwrap_or(value);
            let distribution = match row.text("distribution") {
                "" | "fixed" => Distribution::Fixed(value),
                "uniform" => Distribution::Uniform { low, high },
                "triangular" => Distribution::Triangular { low, mode: value, high },
                "lognormal" => Distribution::LogNormal { p5: low, median: value, p95: high },
                other => {
                    problems.unknown(
                        &row.place("distribution"),
                        "distribution",
                        other,
                        ["fixed", "uniform", "triangular", "lognormal"],
                    );
                    continue;
                }
            };
            if !crate::leaf::ordered(distribution) || value < low || value > high {
                problems.error(
                    Code::OutOfRange,
                    &row.place("value"),
                    format!("`{name}`: low, value and high are not in this order"),
                    format!("{low}, {value}, {high}"),
                    "write the least value in `low` and the greatest in `high`".to_owned(),
                );
                continue;
            }
            let parameter = Parameter {
                name: name.clone(),
                distribution,
                unit: row.text("unit").to_owned(),
                source: row.text("source").to_owned(),
                grade: row.text("grade").to_owned(),
                note: row.text("note").to_owned(),
            };
            self.parameters.insert(name, parameter);
        }
    }

    fn read_records(&mut self, tables: &[Table], problems: &mut Problems) {
        let stages = self.stage_index();
        for row in tables.iter().flat_map(Table::records) {
            let stage = row.lookup("stage", "stage", &stages, problems);
            let value = row.number("value", NOT_NEGATIVE, problems);
            if let (Some(stage), Some(value)) = (stage, value) {
                self.records.push(Record {
                    stage,
                    material: row.text("material").to_owned(),
                    place: row.text("region_or_country").to_owned(),
                    measure: row.text("measure").to_owned(),
                    value,
                    unit: row.text("unit").to_owned(),
                });
            }
        }
    }

    /// Willingness to trade at a stage: the most specific row wins.
    pub fn willingness(&self, stage: usize, origin: usize, destination: usize) -> f64 {
        let find = |o: Option<usize>, d: Option<usize>| {
            self.affinity
                .iter()
                .rev()
                .find(|(s, fo, fd, _)| *s == stage && *fo == o && *fd == d)
                .map(|row| row.3)
        };
        find(Some(origin), Some(destination))
            .or_else(|| find(Some(origin), None))
            .or_else(|| find(None, Some(destination)))
            .or_else(|| find(None, None))
            .unwrap_or(1.0)
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
