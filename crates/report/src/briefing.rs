//! The briefing of a run: its numbers and figures put in order.

use crate::brief::Brief;
use crate::document::Document;
use crate::section::{self, SectionInputs};
use crate::sentences;
use chokepoint_charts::locale::Locale;
use chokepoint_charts::size::SLIDE;
use chokepoint_charts::{ChartError, FigureSet};

impl Document {
    /// The briefing of a run.
    ///
    /// `beside` are sheets of other runs that belong to it: a sensitivity analysis, a back-test.
    pub fn new(
        brief: &Brief,
        figure_set: &FigureSet,
        beside: &[FigureSet],
        locale: &Locale,
    ) -> Result<Self, ChartError> {
        let runs = locale.number(f64::from(brief.replicates), 0);
        let tier = match brief.replicates {
            0..256 => "report-banner-preview",
            256..4000 => "report-banner-brief",
            _ => "report-banner-publish",
        };
        let day = locale.day(&brief.as_of);
        let lead = [
            ("day", day.as_str()),
            ("version", &figure_set.credit.version),
            ("digest", &figure_set.credit.digest),
            ("world", &brief.world.id),
        ];
        Ok(Self {
            language: locale.language.key(),
            title: sentences::title(brief, locale),
            lead: locale.say("report-line", &lead),
            banner: locale.say(tier, &[("runs", &runs)]),
            sections: section::all(SectionInputs { brief, figure_set, beside, locale })?,
            source: figure_set.credit.line(locale, SLIDE),
            version: figure_set.credit.version.clone(),
            digest: figure_set.credit.digest.clone(),
            as_of: brief.as_of.clone(),
        })
    }
}
