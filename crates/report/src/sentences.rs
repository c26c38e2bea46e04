//! What a briefing says in sentences: its finding, its answer, what would have helped, what follows.

use crate::brief::{Brief, Loss, StopBrief};
use chokepoint_charts::kind::break_even;
use chokepoint_charts::locale::{Locale, capital};

/// A sector, and the region as a place.
pub(crate) fn sector_in(stop: &StopBrief, locale: &Locale) -> (String, String) {
    (locale.name("sector", &stop.sector), locale.form("region", &stop.region, ".place"))
}

/// A week with its range.
pub(crate) fn weeks(locale: &Locale, [low, middle, high]: [f64; 3]) -> String {
    let n = |x: f64| locale.number(x, 0);
    format!("{} ({})", n(middle), locale.range(&n(low), &n(high)))
}

/// A share with its range: "40 % (5 to 90 %)".
pub(crate) fn percent_range(locale: &Locale, [low, middle, high]: [f64; 3]) -> String {
    let number = |share: f64| locale.number(100.0 * share, 0);
    format!(
        "{} ({})",
        locale.per_cent_round(whole(middle)),
        locale.range(&number(low), &locale.per_cent_round(whole(high)))
    )
}

/// The finding of the briefing.
pub(crate) fn title(brief: &Brief, locale: &Locale) -> String {
    let scenario = locale.name("scenario", &brief.scenario);
    let Some(loss) = &brief.loss else {
        return locale.say("report-title-baseline", &[("scenario", &scenario)]);
    };
    let lost = locale.money_range(loss.value_added);
    match brief.stops.first() {
        Some(stop) => {
            let (sector, place) = sector_in(stop, locale);
            let share = locale.per_cent_round(whole(stop.share));
            let week = locale.number(stop.first_week[1], 0);
            let words = [
                ("scenario", &scenario),
                ("lost", &lost),
                ("sector", &sector),
                ("place", &place),
                ("week", &week),
                ("share", &share),
            ];
            locale.say("report-title", &words.map(|(name, value)| (name, value.as_str())))
        }
        None => locale.say("report-title-absorbed", &[("scenario", &scenario), ("lost", &lost)]),
    }
}

/// The answer in sentences, each with its range.
pub(crate) fn answer(brief: &Brief, loss: &Loss, locale: &Locale) -> Vec<String> {
    let mut sentences = Vec::new();
    match brief.stops.first() {
        Some(stop) => {
            let (sector, place) = sector_in(stop, locale);
            let (week, share) = (weeks(locale, stop.first_week), locale.per_cent_round(whole(stop.share)));
            let idle = percent_range(locale, stop.idle);
            let words = [
                ("sector", sector.as_str()),
                ("place", &place),
                ("week", &week),
                ("share", &share),
                ("idle", &idle),
            ];
            sentences.push(locale.count("report-answer-stops", brief.stopping, &words));
        }
        None => sentences.push(locale.say("report-answer-absorbed", &[])),
    }
    let years = brief.years.to_string();
    let (lost, tail) = (locale.money_range(loss.value_added), locale.money(loss.tail));
    sentences.push(locale.say("report-answer-loss", &[("lost", &lost), ("tail", &tail), ("years", &years)]));
    if let Some((region, range)) = loss.regions.first() {
        let (region, range) = (locale.form("region", region, ".subject"), locale.money_range(*range));
        let sentence = locale.say("report-answer-region", &[("region", &region), ("lost", &range)]);
        sentences.push(capital(&sentence));
    }
    if let Some(price) = brief.prices.iter().max_by(|a, b| a.peak[1].total_cmp(&b.peak[1])) {
        let item = locale.name("item", &price.item);
        let home = locale.form("region", &brief.home, ".subject");
        let n = |x: f64| locale.number(x, 1);
        let [low, peak, high] = price.peak.map(n);
        let range = locale.range(&low, &high);
        let words = [("item", item.as_str()), ("home", &home), ("peak", &peak), ("range", &range)];
        sentences.push(locale.say("report-answer-price", &words));
    }
    sentences.push(helped(brief, locale));
    sentences
}

/// What the loss is a part of: what the model counts, what it does not, and the share of the gross domestic product.
pub(crate) fn counted(brief: &Brief, loss: &Loss, locale: &Locale) -> String {
    let counted = locale.money(brief.beside.counted);
    let words = locale.say("report-counted", &[("counted", &counted)]);
    let most = loss.regions.iter().zip(&brief.beside.gdp).next();
    match most {
        Some(((region, range), Some(gdp))) if range[1] > 0.0 => {
            let region = locale.form("region", region, ".subject");
            let [low, middle, high] = range.map(|usd| of_gdp(locale, usd / gdp));
            let share =
                if low == high { middle } else { format!("{middle} ({})", locale.range(&low, &high)) };
            let sentence = locale.say("report-counted-gdp", &[("region", &region), ("share", &share)]);
            format!("{words} {}", capital(&sentence))
        }
        _ => words,
    }
}

/// A share of the gross domestic product: two digits that count.
pub(crate) fn of_gdp(locale: &Locale, share: f64) -> String {
    let per_cent = 100.0 * share;
    if per_cent.abs() < 1e-4 {
        return locale.say("report-under", &[("n", &locale.number(1e-4, 4))]);
    }
    let digits = (1 - per_cent.abs().log10().floor() as i32).clamp(0, 4) as usize;
    locale.say("per-cent", &[("n", &locale.number(per_cent, digits))])
}

/// What would have helped most, or that no strategy is distinguishable.
pub(crate) fn helped(brief: &Brief, locale: &Locale) -> String {
    if brief.strategies.rows.is_empty() {
        return locale.say("report-answer-no-strategy", &[]);
    }
    let Some(best) = brief.strategies.best() else { return locale.say("report-answer-none-helps", &[]) };
    let [low, middle, high] = best.change;
    let avoided = locale.money_range([-high, -middle, -low]);
    let (name, share) = (best.name(locale), locale.per_cent_round(whole(best.better)));
    locale.say("report-answer-helps", &[("strategy", &name), ("avoided", &avoided), ("share", &share)])
}

/// A share in whole per cent.
pub(crate) fn whole(share: f64) -> f64 {
    (100.0 * share).round() / 100.0
}

/// What follows, if it may be said.
pub(crate) fn recommendation(brief: &Brief, locale: &Locale) -> String {
    let rows = &brief.strategies.rows;
    if rows.is_empty() {
        return locale.say("report-answer-no-strategy", &[]);
    }
    let Some(best) = brief.strategies.best() else { return locale.say("report-no-winner", &[]) };
    // another strategy whose interval meets the best one's is not distinguishable from it
    let rivals = rows
        .iter()
        .filter(|r| r.strategy.id != best.strategy.id && r.change[0] <= best.change[2] && r.change[1] < 0.0);
    let name = best.name(locale);
    let pays = best.pays.map_or_else(String::new, |pays| break_even::render(locale, pays));
    let words = [("strategy", name.as_str()), ("pays", &pays)];
    let id = if best.pays.is_some() { "report-winner" } else { "report-winner-cost-unknown" };
    match rivals.count() {
        0 => locale.say(id, &words),
        n => locale.count("report-winner-shared", n, &words),
    }
}
