//! What a briefing says in sentences: its finding, its answer, what would have helped, what follows.

use crate::brief::{Brief, Loss, Stop};
use chokepoint_charts::kind::break_even;
use chokepoint_charts::tongue::{Tongue, capital};

/// A sector, and the region as a place.
pub(crate) fn sector_in(stop: &Stop, tongue: &Tongue) -> (String, String) {
    (tongue.name("sector", &stop.sector), tongue.form("region", &stop.region, ".place"))
}

/// A week with its range.
pub(crate) fn weeks(tongue: &Tongue, [low, middle, high]: [f64; 3]) -> String {
    let n = |x: f64| tongue.number(x, 0);
    format!("{} ({})", n(middle), tongue.range(&n(low), &n(high)))
}

/// The finding of the briefing.
pub(crate) fn title(brief: &Brief, tongue: &Tongue) -> String {
    let scenario = tongue.name("scenario", &brief.scenario);
    let Some(loss) = &brief.loss else {
        return tongue.say("report-title-calm", &[("scenario", &scenario)]);
    };
    let lost = tongue.money_range(loss.value_added);
    match brief.stops.first() {
        Some(stop) => {
            let (sector, place) = sector_in(stop, tongue);
            let share = tongue.per_cent_round(whole(stop.share));
            let week = tongue.number(stop.first_week[1], 0);
            let words = [
                ("scenario", &scenario),
                ("lost", &lost),
                ("sector", &sector),
                ("place", &place),
                ("week", &week),
                ("share", &share),
            ];
            tongue.say("report-title", &words.map(|(name, value)| (name, value.as_str())))
        }
        None => tongue.say("report-title-absorbed", &[("scenario", &scenario), ("lost", &lost)]),
    }
}

/// The answer in sentences, each with its range.
pub(crate) fn answer(brief: &Brief, loss: &Loss, tongue: &Tongue) -> Vec<String> {
    let mut sentences = Vec::new();
    match brief.stops.first() {
        Some(stop) => {
            let (sector, place) = sector_in(stop, tongue);
            let (week, share) = (weeks(tongue, stop.first_week), tongue.per_cent_round(whole(stop.share)));
            let words = [("sector", sector.as_str()), ("place", &place), ("week", &week), ("share", &share)];
            sentences.push(tongue.count("report-answer-stops", brief.stopping, &words));
        }
        None => sentences.push(tongue.say("report-answer-absorbed", &[])),
    }
    let years = brief.years.to_string();
    let (lost, tail) = (tongue.money_range(loss.value_added), tongue.money(loss.tail));
    sentences.push(tongue.say("report-answer-loss", &[("lost", &lost), ("tail", &tail), ("years", &years)]));
    if let Some((region, range)) = loss.regions.first() {
        let (region, range) = (tongue.form("region", region, ".subject"), tongue.money_range(*range));
        let sentence = tongue.say("report-answer-region", &[("region", &region), ("lost", &range)]);
        sentences.push(capital(&sentence));
    }
    if let Some(price) = brief.prices.iter().max_by(|a, b| a.peak[1].total_cmp(&b.peak[1])) {
        let item = tongue.name("item", &price.item);
        let home = tongue.form("region", &brief.home, ".subject");
        let n = |x: f64| tongue.number(x, 1);
        let [low, peak, high] = price.peak.map(n);
        let range = tongue.range(&low, &high);
        let words = [("item", item.as_str()), ("home", &home), ("peak", &peak), ("range", &range)];
        sentences.push(tongue.say("report-answer-price", &words));
    }
    sentences.push(helped(brief, tongue));
    sentences
}

/// What would have helped most, or that nothing is told apart.
pub(crate) fn helped(brief: &Brief, tongue: &Tongue) -> String {
    if brief.strategies.rows.is_empty() {
        return tongue.say("report-answer-no-strategy", &[]);
    }
    let Some(best) = brief.strategies.best() else { return tongue.say("report-answer-none-helps", &[]) };
    let [low, middle, high] = best.change;
    let spared = tongue.money_range([-high, -middle, -low]);
    let (name, share) = (best.name(tongue), tongue.per_cent_round(whole(best.better)));
    tongue.say("report-answer-helps", &[("strategy", &name), ("spared", &spared), ("share", &share)])
}

/// A share in whole per cent.
pub(crate) fn whole(share: f64) -> f64 {
    (100.0 * share).round() / 100.0
}

/// What follows, if it may be said.
pub(crate) fn recommendation(brief: &Brief, tongue: &Tongue) -> String {
    let rows = &brief.strategies.rows;
    if rows.is_empty() {
        return tongue.say("report-answer-no-strategy", &[]);
    }
    let Some(best) = brief.strategies.best() else { return tongue.say("report-no-winner", &[]) };
    // another strategy whose interval meets the best one's cannot be told apart from it
    let rivals = rows
        .iter()
        .filter(|r| r.strategy.id != best.strategy.id && r.change[0] <= best.change[2] && r.change[1] < 0.0);
    let name = best.name(tongue);
    let pays = best.pays.map_or_else(String::new, |pays| break_even::told(tongue, pays));
    let words = [("strategy", name.as_str()), ("pays", &pays)];
    let id = if best.pays.is_some() { "report-winner" } else { "report-winner-cost-unknown" };
    match rivals.count() {
        0 => tongue.say(id, &words),
        n => tongue.count("report-winner-shared", n, &words),
    }
}
