//! Languages: sentences from catalogues, numbers and dates as each language writes them.

use crate::format::unit_of;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use std::sync::OnceLock;

/// A language that figures and briefings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

/// All of them, with their keys.
pub const LANGUAGES: [(&str, Language); 2] = [("en", Language::English), ("fr", Language::French)];

/// Something with an id, and a name in English that stands where a catalogue has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name in the world's, scenario's or strategy's file.
    pub name: String,
}

impl Named {
    /// From parts.
    pub fn new(id: &str, name: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned() }
    }
}

/// An amount of money in the unit that it is reported in.
const BILLION: f64 = 1e9;
const MILLION: f64 = 1e6;

/// A language at work.
pub struct Locale {
    /// Which.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
    decimal: Option<DecimalFormatter>,
}

impl Language {
    /// Its key: `en`, `fr`.
    pub fn key(self) -> &'static str {
        LANGUAGES.iter().find(|(_, language)| *language == self).map_or("en", |(key, _)| key)
    }

    /// The place whose way of writing numbers it takes: Canada's, for a Canadian question.
    fn place(self) -> &'static str {
        match self {
            Self::English => "en-CA",
            Self::French => "fr-CA",
        }
    }

    /// Its texts and its way of writing numbers and dates, read once.
    pub fn locale(self) -> &'static Locale {
        static ENGLISH: OnceLock<Locale> = OnceLock::new();
        static FRENCH: OnceLock<Locale> = OnceLock::new();
        let (cell, text) = match self {
            Self::English => (&ENGLISH, include_str!("../locales/en.ftl")),
            Self::French => (&FRENCH, include_str!("../locales/fr.ftl")),
        };
        cell.get_or_init(|| Locale::new(self, text))
    }
}

impl Locale {
    fn new(language: Language, text: &str) -> Self {
        let identifier = language.key().parse().expect("`en` and `fr` are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // marks around what is put in would be drawn as boxes
        bundle.set_use_isolating(false);
        // a test reads both catalogues: here what can be read is used
        let resource =
            FluentResource::try_new(text.to_owned()).expect("the catalogue that ships can be read");
        let _ = bundle.add_resource(resource);
        let decimal = language
            .place()
            .parse::<icu_locale_core::Locale>()
            .ok()
            .and_then(|locale| DecimalFormatter::try_new(locale.into(), Default::default()).ok());
        Self { language, bundle, decimal }
    }

    /// A sentence of the catalogue. What is missing shows as its id in braces.
    pub fn say(&self, id: &str, arguments: &[(&str, &str)]) -> String {
        let mut known = FluentArgs::new();
        for (name, value) in arguments {
            known.set(*name, FluentValue::from(*value));
        }
        self.find(id, &known).unwrap_or_else(|| format!("{{{id}}}"))
    }

    /// A sentence whose words depend on a count, `$n`; `arguments` as in [`Locale::say`].
    pub fn count(&self, id: &str, n: usize, arguments: &[(&str, &str)]) -> String {
        let mut known = FluentArgs::new();
        known.set("n", FluentValue::from(n as i64));
        let shown = self.number(n as f64, 0);
        known.set("number", FluentValue::from(shown.as_str()));
        for (name, value) in arguments {
            known.set(*name, FluentValue::from(*value));
        }
        self.find(id, &known).unwrap_or_else(|| format!("{{{id}}}"))
    }

    /// A sentence about a number that is written already: "1" is one, anything else, ranges and fractions too, several.
    pub fn counted(&self, id: &str, shown: &str, arguments: &[(&str, &str)]) -> String {
        self.count(id, if shown == "1" { 1 } else { 2 }, arguments)
    }

    /// A message, or `message.attribute`.
    fn find(&self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let (id, attribute) = match id.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (id, None),
        };
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// Name of a thing of a kind (`region`, `sector`, `item`, `element`, `stage`, `scenario`, `strategy`): the catalogue's, or its own.
    pub fn name(&self, kind: &str, named: &Named) -> String {
        self.form(kind, named, "")
    }

    /// A name in a form that a sentence needs: `.subject` or `.place`; its plain name where there is no such form.
    pub fn form(&self, kind: &str, named: &Named, form: &str) -> String {
        let id = format!("{kind}-{}", named.id.to_lowercase());
        let none = FluentArgs::new();
        let own = || named.name.clone();
        // what a user calls otherwise is not what was translated
        if self.find(&format!("{id}.of"), &none).is_some_and(|of| of != named.name) {
            return own();
        }
        self.find(&format!("{id}{form}"), &none).or_else(|| self.find(&id, &none)).unwrap_or_else(own)
    }

    /// Title of a strategy, or of several together, or of one decided on another day: ids joined by `+`, a day after `@`.
    pub fn strategy(&self, named: &Named) -> String {
        if self.language == Language::English {
            return named.name.clone();
        }
        let (ids, day) = match named.id.split_once('@') {
            Some((ids, day)) => (ids, Some(day)),
            None => (named.id.as_str(), None),
        };
        let none = FluentArgs::new();
        let known = |form: &str| -> Option<Vec<String>> {
            ids.split('+').map(|id| self.find(&format!("strategy-{id}{form}"), &none)).collect()
        };
        // what a user calls otherwise is not what was translated
        let translated = known(".of").map(|names| {
            let names = names.join(" and ");
            day.map_or_else(|| names.clone(), |day| format!("{names}, decided {day}"))
        });
        if translated.is_none_or(|of| of != named.name) {
            return named.name.clone();
        }
        let together = |one: String, other: String| self.say("together", &[("one", &one), ("other", &other)]);
        let Some(title) = known("").and_then(|all| all.into_iter().reduce(together)) else {
            return named.name.clone();
        };
        let day = day.map(|day| self.say("decided", &[("strategy", &title), ("day", &self.day(day))]));
        day.unwrap_or(title)
    }

    /// A number with so many decimals.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let plain = format!("{value:.decimals$}");
        // minus zero is zero
        let plain = if plain.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
            plain.trim_start_matches('-').to_owned()
        } else {
            plain
        };
        match (&self.decimal, Decimal::from_str(&plain)) {
            (Some(decimal), Ok(number)) => decimal.format(&number).to_string(),
            _ => plain,
        }
        .replace('-', "−")
    }

    /// Two significant digits below 100, whole numbers above.
    pub fn short(&self, value: f64) -> String {
        let size = value.abs();
        let decimals = match () {
            () if size >= 9.95 => 0,
            () if size >= 0.095 => 1,
            () if size == 0.0 => 0,
            () => 2,
        };
        self.number(value, decimals)
    }

    /// A share as a percentage, without its sign.
    pub fn per_cent_number(&self, share: f64) -> String {
        let value = 100.0 * share;
        self.number(value, usize::from(value.abs() < 9.95))
    }

    /// A share as a percentage.
    pub fn per_cent(&self, share: f64) -> String {
        self.say("per-cent", &[("n", &self.per_cent_number(share))])
    }

    /// A share as a whole percentage, for scales.
    pub fn per_cent_round(&self, share: f64) -> String {
        let value = 100.0 * share;
        let whole = (value - value.round()).abs() < 1e-6;
        self.say("per-cent", &[("n", &self.number(value, usize::from(!whole)))])
    }

    /// A share with its range: "12 % (5 to 20 %)".
    pub fn per_cent_range(&self, [low, middle, high]: [f64; 3]) -> String {
        let range = self.range(&self.per_cent_number(low), &self.per_cent_number(high));
        format!("{} ({})", self.per_cent(middle), self.say("per-cent", &[("n", &range)]))
    }

    /// "1.7 to 8.2".
    pub fn range(&self, low: &str, high: &str) -> String {
        self.say("range", &[("low", low), ("high", high)])
    }

    /// US dollars in billions or millions.
    pub fn money(&self, value: f64) -> String {
        let value = if value.abs() < 5e3 { 0.0 } else { value };
        let (unit, scaled) = scaled(value, value.abs());
        self.say(unit, &[("n", &self.short(scaled))])
    }

    /// US dollars in the unit of a larger amount, for scales; with that unit or without.
    pub fn amount(&self, value: f64, largest: f64, with_unit: bool) -> String {
        let (unit, scaled) = scaled(value, largest.abs());
        // as many decimals as a round mark needs
        let needs = |factor: f64| (factor * scaled - (factor * scaled).round()).abs() > 1e-6;
        let number = self.number(scaled, usize::from(needs(1.0)) + usize::from(needs(10.0)));
        if with_unit { self.say(unit, &[("n", &number)]) } else { number }
    }

    /// US dollars with a range in one unit: "US$ 3.1 bn (1.7 to 8.2)".
    pub fn money_range(&self, [low, middle, high]: [f64; 3]) -> String {
        let size = unit_of(middle, low.abs().max(high.abs()));
        let part = |value: f64| self.short(scaled(value, size).1);
        let (unit, _) = scaled(middle, size);
        format!("{} ({})", self.say(unit, &[("n", &part(middle))]), self.range(&part(low), &part(high)))
    }

    /// A day in words, from a day as `2026-03-01`.
    pub fn day(&self, day: &str) -> String {
        let number = day.rsplit('-').next().unwrap_or_default().trim_start_matches('0');
        let id = if number == "1" { "first-of-month" } else { "day-of-month" };
        self.say(id, &[("day", number), ("month", &self.month(day))])
    }

    /// A month and its year, from a day as `2026-03-01`.
    pub fn month(&self, day: &str) -> String {
        let mut parts = day.split('-');
        let year = parts.next().unwrap_or_default();
        let month = parts.next().unwrap_or_default().trim_start_matches('0');
        self.say("month-of-year", &[("month", &self.say(&format!("month-{month}"), &[])), ("year", year)])
    }
}

/// The message of the unit in which an amount is reported, and the amount in it.
fn scaled(value: f64, size: f64) -> (&'static str, f64) {
    if size >= 0.95 * BILLION { ("usd-bn", value / BILLION) } else { ("usd-m", value / MILLION) }
}

/// First letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        let message = |line: &str| {
            let (key, _) = line.split_once(" =")?;
            let own = !line.starts_with([' ', '#', '-']);
            own.then(|| key.to_owned())
        };
        text.lines().filter_map(message).collect()
    }

    #[test]
    fn both_catalogues_can_be_read_and_say_the_same_things() {
        let texts = [include_str!("../locales/en.ftl"), include_str!("../locales/fr.ftl")];
        for text in texts {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{errors:?}");
            }
        }
        let [english, french] = texts.map(keys);
        for keys in [&english, &french] {
            let mut once = keys.clone();
            once.sort();
            once.windows(2).for_each(|pair| assert!(pair[0] != pair[1], "`{}` is said twice", pair[0]));
        }
        // names of things are English in the files of the world, the scenarios and the strategies
        let names = ["item-", "element-", "sector-", "scenario-", "strategy-", "outlook-"];
        let needed = |key: &&String| !names.iter().any(|name| key.starts_with(name));
        let english: Vec<&String> = english.iter().filter(needed).collect();
        let french: Vec<&String> = french.iter().filter(needed).collect();
        assert_eq!(english, french);
    }

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        let (english, french) = (Language::English.locale(), Language::French.locale());
        assert_eq!(english.number(1238.5, 1), "1,238.5");
        assert_eq!(french.number(1238.5, 1), "1\u{a0}238,5");
        assert_eq!(english.number(-0.01, 1), "0.0");
        assert_eq!((english.number(-1.5, 1), french.number(-1.5, 1)), ("−1.5".into(), "−1,5".into()));
        assert_eq!(english.money_range([0.0, 11e6, 4.1e9]), "US$\u{a0}11\u{a0}m (0 to 4,100)");
        assert_eq!(
            (english.money(3.142e9), english.money(42.4e6)),
            ("US$\u{a0}3.1\u{a0}bn".into(), "US$\u{a0}42\u{a0}m".into())
        );
        assert_eq!(["2.5", "7", "0.25"], [2.5e9, 7e9, 2.5e8].map(|x| english.amount(x, 1e10, false)));
        assert_eq!(french.money(3.142e9), "3,1\u{a0}G$\u{a0}US");
        assert_eq!(english.money_range([1.7e9, 3.14e9, 8.2e9]), "US$\u{a0}3.1\u{a0}bn (1.7 to 8.2)");
        assert_eq!(french.per_cent_range([0.05, 0.12, 0.2]), "12\u{a0}% (5,0 à 20\u{a0}%)");
        assert_eq!(french.month("2026-03-14"), "mars 2026");
    }

    #[test]
    fn what_ships_has_a_name_in_french() {
        let library = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
        let french = Language::French.locale();
        let none = FluentArgs::new();
        for (kind, folder) in [("scenario", library.clone()), ("strategy", library.join("strategies"))] {
            for id in chokepoint_input::library::ids(&folder) {
                assert!(french.find(&format!("{kind}-{id}"), &none).is_some(), "{kind}-{id}");
                let of = french.find(&format!("{kind}-{id}.of"), &none).unwrap();
                let file = std::fs::read_to_string(folder.join(format!("{id}.ron"))).unwrap();
                assert!(file.contains(&format!("name: \"{of}\"")), "{kind}-{id}: {of}");
            }
        }
        for kind in chokepoint_scenario::kinds::EventKind::NAMES {
            let id = format!("event-{}", kind.to_lowercase());
            assert!(french.find(&id, &none).is_some(), "{id}");
        }
        for id in chokepoint_input::library::ids(&library.join("worlds")) {
            let request = library.join("worlds").join(format!("{id}.ron"));
            let (none_replaced, mut problems) = (Default::default(), Default::default());
            let world = chokepoint_world::load::world(&request, &none_replaced, &mut problems).unwrap();
            for region in &world.regions {
                assert!(french.find(&format!("region-{}.place", region.id.to_lowercase()), &none).is_some());
            }
            let names = |kind: &'static str, ids: Vec<&String>| -> Vec<String> {
                ids.iter().map(|id| format!("{kind}-{}", id.to_lowercase())).collect()
            };
            let stages = names("stage", world.stages.iter().map(|s| &s.id).collect());
            let sectors = names("sector", world.sectors.iter().map(|s| &s.id).collect());
            for id in stages.into_iter().chain(sectors) {
                assert!(french.find(&id, &none).is_some(), "{id}");
            }
            for element in &world.elements {
                let id = format!("element-{}", element.id.to_lowercase());
                assert!(french.find(&id, &none).is_some(), "{id}");
            }
            for c in &world.headline_prices {
                let item = format!("item-{}", world.commodities[*c].id);
                assert!(french.find(&item, &none).is_some(), "{item}");
            }
        }
        let name = "Thrifting on heavy rare earths and 30-day buffers at component makers and OEMs, decided 2026-01-01";
        let both = Named::new("thrifting+oem-buffer@2026-01-01", name);
        assert_eq!(
            french.strategy(&both),
            "Économies de terres rares lourdes et Stocks de 30 jours chez les fabricants (décision du 1er janvier 2026)"
        );
        // an edited file keeps its own name
        let edited = Named::new("oem-buffer", "60-day buffers");
        assert_eq!(french.strategy(&edited), "60-day buffers");
        assert_eq!(french.name("scenario", &Named::new("port-strike", "My strike")), "My strike");
    }

    #[test]
    fn what_a_catalogue_lacks_is_reported_by_its_own_name_or_shows() {
        let french = Language::French.locale();
        assert_eq!(french.name("region", &Named::new("US", "United States")), "États-Unis");
        assert_eq!(french.name("region", &Named::new("XX", "Elsewhere")), "Elsewhere");
        assert_eq!(french.say("no-such-message", &[]), "{no-such-message}");
    }
}
