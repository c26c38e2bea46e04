//! Every record that a user writes, field by field.

/// One field of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name.
    pub name: &'static str,
    /// What is written there, with its unit.
    pub value: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// One kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Name.
    pub name: &'static str,
    /// What it is.
    pub meaning: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

const fn need(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, needed: true, meaning }
}
const fn may(name: &'static str, value: &'static str, meaning: &'static str) -> Field {
    Field { name, value, needed: false, meaning }
}

const TIME: &str = "Days(n), Weeks(n), Months(n) or Years(n)";
const SHARE: &str = "Percent(n)";
const DATE: &str = "\"year-month-day\"";
const NAMES: &str = "[\"name\", …]";

/// Every record that a user writes.
pub const RECORDS: [Record; 24] = [
    Record {
        name: "Scenario",
        meaning: "One shock story: scenarios/ID.ron",
        fields: &[
            need("id", "\"text\"", "the file's name without ending"),
            need("name", "\"text\"", "title"),
            need("status", "historical, in_force, suspended or hypothetical", "whether it happened"),
            need("as_of", DATE, "date of the knowledge in it"),
            need("world", "\"id\"", "world that it happens in"),
            need("horizon", TIME, "time simulated after the first shock"),
            may("strategies", NAMES, "strategies that it is run with by default"),
            need("story", "\"text\"", "the story in a paragraph"),
            may("events", "[event, …]", "what happens; none is a calm future"),
            may("correlations", "[correlation, …]", "numbers that are drawn together"),
        ],
    },
    Record {
        name: "event",
        meaning: "One shock",
        fields: &[
            need("id", "\"text\"", "name within the scenario"),
            need("kind", "see the kinds of events below", "what kind of shock"),
            need("target", "target", "what it touches"),
            may("magnitude", SHARE, "full size; every kind needs it but a quota that is given in tonnes"),
            need("start", DATE, "first day"),
            may("ramp", TIME, "time from the first day to full size"),
            may("duration", TIME, "time at full size; every kind but InventoryLoss needs it"),
            may("recovery", TIME, "time from full size back to nothing"),
            may(
                "leakage",
                SHARE,
                "share of the refused volume that flows all the same; of a quota, what would if the whole price abroad were rent",
            ),
            may("leakage_ramp", TIME, "time until the leakage is up"),
            may("leakage_lag", TIME, "time that leaked goods spend in a third country, in whole weeks"),
            may("leakage_premium", SHARE, "extra price on what leaks"),
            may("licence", "licence", "how the licensing authority works; a Licence needs it"),
            may("quota", "quota", "how the quota is counted; a Quota needs it"),
            may("delay", TIME, "time by which what is built comes later; for a TechnologyEmbargo"),
            may("announced", DATE, "day on which it becomes known; outcomes count from the first news"),
            may(
                "announced_rise",
                SHARE,
                "price rise that is expected from that day on, forgotten over half a year after the start",
            ),
            may("trigger", "trigger", "what it hangs on; missing: it starts on its day"),
            need("evidence", "evidence", "where the numbers come from"),
        ],
    },
    Record {
        name: "trigger",
        meaning: "What an event hangs on: another event, a chance, a random day; its `start` is the earliest day",
        fields: &[
            may("after", "\"event\"", "event of the same scenario after whose start it comes, or never"),
            may("delay", TIME, "time from there, or from `start` if that is later"),
            may("within", TIME, "window from then on in which it comes on a random day"),
            may(
                "chance",
                "Percent(n) or PercentPerYear(n)",
                "probability that it comes at all, or in a year of the window",
            ),
        ],
    },
    Record {
        name: "correlation",
        meaning: "Two numbers of a scenario that are drawn together",
        fields: &[
            need("one", "\"event/field\"", "a number that is drawn; `event/comes` is whether it comes"),
            need("other", "\"event/field\"", "the number that it follows"),
            need("share", SHARE, "correlation of their normal scores, below zero too"),
        ],
    },
    Record {
        name: "target",
        meaning: "What an event touches; an empty or missing list means all",
        fields: &[
            may("stages", NAMES, "stages of the commodity or facility"),
            may("commodities", NAMES, "commodities"),
            may("elements", NAMES, "elements that the commodity contains"),
            may("origins", NAMES, "countries or regions of the seller or facility"),
            may("destinations", NAMES, "countries or regions of the buyer or producer"),
            may("agents", NAMES, "agents by id"),
            may("customers", NAMES, "buyers by id"),
            may("sectors", NAMES, "sectors of final producers"),
            may("gateways", NAMES, "port or land crossing"),
        ],
    },
    Record {
        name: "licence",
        meaning: "How a licensing authority works",
        fields: &[
            need("processing", TIME, "time before an application is decided at the earliest"),
            may("processing_later", TIME, "the same once the regime has settled"),
            need(
                "approval",
                SHARE,
                "share of the ripe applications that is granted within a further processing time",
            ),
            may("approval_later", SHARE, "the same once the regime has settled"),
            may("settles", TIME, "time from the first values to the later ones"),
            may("refusal", SHARE, "share of all applications that is refused"),
            may("refused", "[refused, …]", "shares refused because of who uses the goods in the end"),
            need("validity", TIME, "time within which a licence must be used; then it applies anew"),
            may(
                "content_threshold",
                SHARE,
                "share of controlled origin from which trade between third countries needs a licence too",
            ),
        ],
    },
    Record {
        name: "refused",
        meaning: "A class of users whose applications are refused; classes add up, so name each user once",
        fields: &[
            need(
                "sectors",
                NAMES,
                "sectors of final demand; a maker counts by the share of its output that ends there",
            ),
            may("destinations", NAMES, "countries or regions of the final users; without it all"),
            need("share", SHARE, "share of what is for them"),
            may("until", DATE, "first day on which they are refused no more"),
        ],
    },
    Record {
        name: "quota",
        meaning: "How a quota is counted",
        fields: &[
            need("period", TIME, "time after which unused tonnes lapse"),
            may("tonnes", "TonnesPerYear(n)", "gross tonnage, in place of a magnitude"),
            may("steps", "[step, …]", "later allowances, in the order of their dates"),
            may("gross", "[gross, …]", "commodities that take more or less than their own tonnes"),
        ],
    },
    Record {
        name: "step",
        meaning: "A later allowance of a quota",
        fields: &[
            need("from", DATE, "first day; a new period starts in that week"),
            need("tonnes", "TonnesPerYear(n)", "gross tonnage, the same in every replicate"),
        ],
    },
    Record {
        name: "gross",
        meaning: "What a tonne of a commodity takes from a quota",
        fields: &[
            need("commodity", "\"name\"", "commodity"),
            need("tonnes", "TonnesPerTonne(n)", "gross tonnes for a tonne of it"),
        ],
    },
    Record {
        name: "evidence",
        meaning: "Where numbers come from",
        fields: &[
            need("grade", "high, med, low or judgement", "how good the source is"),
            need("source", "\"text\"", "publication and year, or the reason of a judgement"),
        ],
    },
    Record {
        name: "Strategy",
        meaning: "Measures from a date: scenarios/strategies/ID.ron",
        fields: &[
            need("id", "\"text\"", "the file's name without ending"),
            need("name", "\"text\"", "title"),
            need("as_of", DATE, "date of the knowledge in it"),
            may("world", "\"id\"", "world that it is written for; missing: any that knows its names"),
            need("story", "\"text\"", "what it does, in a paragraph"),
            need("date", DATE, "day of the decision"),
            need("lead_time", TIME, "time from the decision to the first effect"),
            may(
                "measures",
                "[Buffer((…)), Stockpile((…)), Qualify((…)), Thrift((…)), Priority((…)), PriceFloor((…)), …]",
                "what is done",
            ),
            need("carrying_cost", "PercentPerYear(n)", "yearly cost of holding stock, share of its value"),
            need("payer", "public, firm or consumer", "who pays"),
            need("evidence", "evidence", "where the numbers come from"),
        ],
    },
    Record {
        name: "Buffer",
        meaning: "Firms hold more input stock",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may("sectors", NAMES, "sectors of final producers"),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs that are held"),
            need("cover", TIME, "cover on top of the usual one"),
            need("fill", TIME, "time over which it is built up"),
            may("payer", "public, firm or consumer", "who pays, if not the strategy's payer"),
            may("carrying_cost", "PercentPerYear(n)", "yearly cost of holding it, if not the strategy's"),
        ],
    },
    Record {
        name: "Stockpile",
        meaning: "A government, or several together, hold a stock and release it in a shortage",
        fields: &[
            may("region", "\"name\"", "region or country of the users"),
            may("pool", NAMES, "regions or countries that share one stock, in place of a region"),
            need("commodity", "\"name\"", "what is held"),
            need("cover", TIME, "cover of the users' use"),
            need("fill", TIME, "time over which it is filled"),
            need("trigger", SHARE, "fill rate of the users below which it is released"),
            need("release", SHARE, "greatest weekly release as a share of the users' use"),
            may(
                "allocation",
                "lack or use",
                "how a release is shared: by what users lack, or by what they use at rest",
            ),
            may("first", NAMES, "sectors whose users are served first, directly or through what they make"),
            may(
                "buy_back",
                TIME,
                "time over which it buys back what it has released; missing: the fill time",
            ),
            may("payer", "public, firm or consumer", "who pays, if not the strategy's payer"),
            may("carrying_cost", "PercentPerYear(n)", "yearly cost of holding it, if not the strategy's"),
        ],
    },
    Record {
        name: "Qualify",
        meaning: "Firms qualify other suppliers before they need them",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may("sectors", NAMES, "sectors of final producers"),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs whose suppliers are qualified"),
        ],
    },
    Record {
        name: "Thrift",
        meaning: "Firms design an input out, whatever its price",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may("sectors", NAMES, "sectors of final producers"),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs that are designed out"),
            need("share", SHARE, "share of the input that new designs do without"),
        ],
    },
    Record {
        name: "orders",
        meaning: "Priority: a share of firms' orders is rated, sellers serve it before others. DataExchange: firms leave out a share of their hoarding",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may(
                "sectors",
                NAMES,
                "sectors of final producers, and of makers most of whose output ends in them",
            ),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs whose orders change"),
            need("share", SHARE, "of orders that is served first, or of hoarding that is left out"),
        ],
    },
    Record {
        name: "Notice",
        meaning: "Firms hear of the first shock before it comes, if the strategy is ready by then, and stock up; where no shock comes they do nothing",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may("sectors", NAMES, "sectors of final producers"),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs that they stock up"),
            need("notice", TIME, "how long before the first shock they hear"),
            need("cover", TIME, "cover on top of the usual one that they order then"),
        ],
    },
    Record {
        name: "SourcingCap",
        meaning: "Firms take no more than a share of an input from some countries, as far as others deliver",
        fields: &[
            need("stages", NAMES, "stages of the firms"),
            may("sectors", NAMES, "sectors of final producers"),
            need("regions", NAMES, "regions or countries of the firms"),
            may("commodities", NAMES, "inputs under the cap"),
            need("origins", NAMES, "countries or regions whose sellers are capped together"),
            need("cap", SHARE, "greatest share"),
            need("fill", TIME, "time from the first effect until the cap is in full force"),
        ],
    },
    Record {
        name: "programme",
        meaning: "Support for facilities; see the kinds of programmes below",
        fields: &[
            may("plants", NAMES, "facilities by id; empty means all that the other lists leave"),
            may("stages", NAMES, "their stages"),
            may("regions", NAMES, "their regions or countries"),
            may("commodities", NAMES, "what they make"),
            may("share", SHARE, "of the capital, the cost, the output or the returns"),
            may("cut", "PercentPerYear(n)", "how much below what owners ask the interest is"),
            may("price", "UsdPerKg(n)", "floor, or price of the sale"),
            may("upside", SHARE, "share of the price above the floor that goes back"),
            may("term", TIME, "how long it is paid; missing: for good"),
            may("fill", TIME, "time until it is in full force"),
            may("payer", "public, firm or consumer", "who pays, if not the strategy's payer"),
        ],
    },
    Record {
        name: "History",
        meaning: "A crisis of the past with what is on record of it: scenarios/histories/ID.ron",
        fields: &[
            need("id", "\"text\"", "the file's name without ending"),
            need("name", "\"text\"", "title"),
            need("scenario", "\"id\"", "scenario that tells its events"),
            may("strategy", "\"id\"", "strategy that was in force"),
            need("story", "\"text\"", "what happened, in a paragraph"),
            need(
                "prices",
                "\"file.csv\"",
                "observed prices beside this file: from, until, commodity, market (outside or home), usd_kg, source, grade",
            ),
            need("naive", "naive", "what the forecast by elasticity takes"),
            need("fitted", NAMES, "numbers that `chokepoint calibrate` fits, named as in an override"),
            may("variants", "[variant, …]", "the model with a mechanism taken out"),
            need("targets", "[number on record, …]", "what is on record"),
        ],
    },
    Record {
        name: "naive",
        meaning: "What the forecast by a constant elasticity takes",
        fields: &[
            need("kept", SHARE, "share of the trade that stays allowed"),
            need("elasticity", "n", "price elasticity of demand, as a positive number"),
        ],
    },
    Record {
        name: "variant",
        meaning: "The model with a mechanism taken out",
        fields: &[
            need("id", "\"text\"", "name in `variants.csv`"),
            need("name", "\"text\"", "what is taken out"),
            need("set", "[(\"number\", n), …]", "numbers that are set, in weeks or as shares"),
        ],
    },
    Record {
        name: "number on record",
        meaning: "A number, how it is taken, and whether a fit may use it",
        fields: &[
            need("id", "\"text\"", "name in the score card"),
            need("name", "\"text\"", "what it is"),
            need("role", "fit or score", "whether a fit may use it"),
            need(
                "statistic",
                "see the kinds of statistics below",
                "how it is taken, in the model as on record",
            ),
            need("observed", "n", "what is on record, in the statistic's unit"),
            may(
                "tolerance",
                "n",
                "for a fit: distance that counts as one, a share for ratios, else in the statistic's unit",
            ),
            need("evidence", "evidence", "where the number comes from"),
        ],
    },
];
