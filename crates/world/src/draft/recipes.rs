//! Recipes, and separation by assay.

use super::Draft;
use super::rows::{Drive, POSITIVE, Recipe};
use chokepoint_input::problem::{Code, Problems};
use chokepoint_input::table::Table;
use std::collections::BTreeMap;

impl Draft {
    pub(super) fn read_recipes(&mut self, tables: &[Table], separation: &[Table], problems: &mut Problems) {
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
    pub(super) fn mark_feed_driven(&mut self) {
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

    pub(super) fn read_separation(
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
                problems
                    .error(
                        Code::Inconsistent,
                        &row.place("feed"),
                        format!("`{}` has no assay", row.text("feed")),
                    )
                    .label("fed to a separator")
                    .help("add its row to the assays");
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
    pub(super) fn derive_contents(&mut self) {
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
}
