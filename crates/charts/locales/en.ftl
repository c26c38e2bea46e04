# Sentences of figures and briefings. What is put in is ready to print: numbers, units, names.

# Numbers and units
per-cent = { $n } %
range = { $low } to { $high }
usd-bn = US$ { $n } bn
usd-m = US$ { $n } m
odds = 1 in { $n } years
month-of-year = { $month } { $year }
first-of-month = 1 { $month }
day-of-month = { $day } { $month }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Under every figure
source = Source: chokepoint { $version }, { $subject }, world { $world }, { $runs } runs, run { $digest }. Exploratory simulation, not a forecast.
source-short = Source: chokepoint { $version }, run { $digest }

# Regions: as a name, as the subject of a sentence, as a place
region-cn = China
    .subject = China
    .place = in China
region-us = United States
    .subject = the United States
    .place = in the United States
region-eu = European Union
    .subject = the European Union
    .place = in the European Union
region-jp = Japan
    .subject = Japan
    .place = in Japan
region-ca = Canada
    .subject = Canada
    .place = in Canada
region-au = Australia
    .subject = Australia
    .place = in Australia
region-row = Rest of world
    .subject = the rest of the world
    .place = in the rest of the world

# Stages: as a name, as something that is made
stage-mining = Mining
    .made = mining
stage-separation = Separation
    .made = separation
stage-metal = Metal
    .made = metal making
stage-alloy = Alloy
    .made = alloy making
stage-magnet = Magnet
    .made = magnet making
stage-component = Component
    .made = component making
stage-oem = OEM
    .made = final production

# What several figures say
shock-window = shock (central length)
key-median = median
key-half = half of the runs
key-nine-in-ten = nine runs in ten
key-single = seven single runs
key-calm = no shock (median)
no-strategy = No strategy
together = { $one } and { $other }
decided = { $strategy }, decided { $day }
no-strategies = No strategy was run
finding-no-effect = no effect in this event
finding-unclear = no clear difference
finding-lower = less is lost
finding-higher = more is lost
row-each = { $name }: { $value }.
rows-left-out = { $n ->
    [one] and one more in the table
   *[other] and { $told } more in the table
}

# 1 fan
fan-title = { $region } misses { $share } of planned output at worst, in week { $week }
fan-title-tail = { $region } misses up to { $most } of plan in nine runs of ten, under 1 % at the median
fan-title-calm = No shock: nothing is missed
fan-title-none = No clear shortfall { $place }: stocks absorb it
fan-subtitle = Goods due and not built in the week, % of plan weighted by value added, { $place }, all sectors; { $scenario }
fan-alternative = Fan chart: unmet demand { $place } over time; the median is worst in week { $week } at { $median }.
fan-description = Fan chart over { $weeks } weeks { $place }. The median shortfall peaks at { $median } in week { $week } after the shock; half of the runs lie between { $half }, nine in ten between { $nine }.

# 2 prices
prices-title = { $item }: ×{ $outside } outside { $home } at its peak, ×{ $inside } inside
prices-title-none = No clear price gap between { $home } and the rest
prices-subtitle = Price paid, 100 = month before the shock, log scale; { $home } solid, outside dashed with nine runs in ten; { $scenario }
prices-alternative = { $n ->
    [one] Price index of one commodity
   *[other] Price indices of { $told } commodities
} { $place } and outside, with bands outside.
prices-each = { $item }: the median outside peaks at ×{ $times } in week { $week }.
prices-outside = outside ×{ $times }, peak ×{ $peak }
prices-outside-short = outside ×{ $times }
prices-home = { $home } ×{ $times }

# 4 heat
heat-title = { $made } { $place } falls furthest, by { $share } in its worst month
heat-title-none = No stage of any region falls clearly below calm
heat-subtitle = Output below the same futures without the shock, %, medians; output valued at reference prices; { $scenario }
heat-alternative = Shortage by stage and region; the largest is { $share }, { $made } { $place }.
heat-description = Three matrices of stages by regions: the month before the shock, each cell's worst month, the last quarter of the horizon. The largest shortage is { $share }, { $made } { $place }.
heat-before = Month before
heat-worst = Each cell's worst month
heat-end = Last quarter of the horizon
heat-step-1 = under 2 %
heat-step-2 = 2 to 10
heat-step-3 = 10 to 25
heat-step-4 = 25 to 50
heat-step-5 = 50 % and more
heat-hatched = Hatched: nothing is made; gains show as 0.

# 5 flows
flows-title = { $element } for { $made } { $place } falls by { $share }
flows-title-none = No clear fall of { $element } at any stage of any region
flows-subtitle = { $element }, contained tonnes a year from stage to stage, means over the futures; { $scenario }
flows-alternative = Flow diagram: { $element } from stage to stage and region to region, before the shock and while it bites.
flows-description = { $element } that reaches { $made } { $place }: { $before } a year before the shock, { $during } while it bites, a fall of { $share }. The table has every flow with its range.
flows-before = Before: the half-year to the shock
flows-during = During: weeks 13 to 39 from the shock
flows-others = others
flows-lost = lost against before
flows-tonnes = { $n } t
flows-note = Above each stage: what reaches it, or what is mined. Not drawn: what flows back (scrap), and small flows, { $share } of all.

# 6 losses
losses-title = Least is lost with { $strategy }: { $left } instead of { $none }
losses-title-none = No strategy clearly lowers the loss of { $none }
losses-subtitle = Value added lost against the same futures without the shock; dot: median, thick: half of the runs, thin: nine in ten; { $scenario }
losses-alternative = Loss without a strategy, { $none }, and with each of { $n ->
    [one] one strategy
   *[other] { $told } strategies
}: ranges and medians.

# 7 differences
differences-title = { $strategy } spares most: { $spared }
differences-title-none = No clear difference: no strategy is told apart from none
differences-subtitle = Change of value added lost on the same { $told } futures; dot: median, thick: its 95 % interval, thin: nine futures in ten; grey: not told apart from none; { $scenario }
differences-alternative = Change of the loss with each of { $n ->
    [one] one strategy
   *[other] { $told } strategies
} on the same futures; { $helping } clearly lower it.
differences-value = { $range }; helps in { $share }

# 8 frontier
frontier-title = { $strategy } spares most, { $spared }, and costs { $cost } in calm
frontier-title-saves = { $strategy } spares most, { $spared }, and saves { $cost } in calm
frontier-title-none = No strategy clearly spares a loss in this event
frontier-subtitle = Cost of having it without the shock, present value, all regions and payers; loss spared in the shock: median, nine futures in ten; { $scenario }
frontier-alternative = Cost against loss spared; { $n ->
    [0] no strategy is
    [one] one strategy is
   *[other] { $told } strategies are
} on the frontier.
frontier-each = { $name }: spares { $spared }, costs { $cost }.
frontier-up = Loss spared
frontier-across = Cost in calm
frontier-others = Grey: others, in the table

# 9 break-even
break-even-title = { $strategy } pays first: { $pays }
break-even-title-anyway = { $n ->
    [one] { $strategy } pays for itself even without the shock
   *[other] { $told } strategies pay for themselves even without the shock
}
break-even-title-none = No strategy pays for itself, however likely the shock
break-even-subtitle = Yearly probability of the shock from which on a strategy pays for itself, all regions together, log scale, 95 % interval; { $scenario }
break-even-alternative = Yearly probability of the shock from which on each of { $n ->
    [one] one strategy
   *[other] { $told } strategies
} pays for itself.
pays-anyway = pays anyway
pays-never = never pays
pays-anyway-unclear = probably pays anyway
pays-never-unclear = probably never pays
pays-from = { $share }, { $odds }

# 3 sectors
sectors-title = Largest loss: { $sector } { $place }, { $lost }, { $share } of all that is lost
sectors-title-none = No clear loss in any sector
sectors-subtitle = Value added of goods due and not built, US dollars a week, mean of the runs, by sector; % is the worst week over a week at rest; { $scenario }
sectors-alternative = Unmet demand by sector and region over time; the largest loss is { $lost }: { $sector } { $place }.
sectors-each = { $region }: { $lost } in all, at worst { $share } of a week at rest.
sectors-rest = all others
sectors-heading = { $region }, at worst { $share }

# 13 lines that still run
survival-title = { $stopped } of lines stop within { $weeks } weeks, { $with } with { $strategy }
survival-title-alone = { $stopped } of lines stop within { $weeks } weeks
survival-title-none = Hardly any line stops within { $weeks } weeks
survival-subtitle = Final producers outside the home region that have not yet stopped (under 80 % of plan for two weeks), % of { $lines } lines, mean of { $told } runs; band: nine runs in ten without a strategy; { $scenario }
survival-alternative = Share of lines that have not yet stopped by week; without a strategy { $stopped } stop within { $weeks } weeks.
survival-each = { $share } have not stopped
survival-across = Weeks since the shock

# 14 stocks
stocks-title = Stocks of { $made } { $place } fall from { $before } to { $least } days by week { $week }
stocks-title-none = Stocks { $place } hold at every stage
stocks-subtitle = What buyers of each stage hold, days of use at reference prices, { $place }; { $scenario }
stocks-alternative = Days of cover { $place } over time at { $told } stages, with bands.
stocks-each = { $stage }: { $before } days before the shock, { $least } at the least, in week { $week }.

# 15 concentration
concentration-title = { $n ->
    [0] No stage stays above a largest share of { $cap }; the highest is { $stage }, { $share }
    [one] One stage stays above a largest share of { $cap }: { $stage }, { $share }
   *[other] { $told } stages stay above a largest share of { $cap }; the highest is { $stage }, { $share }
}
concentration-title-none = No stage has any output
concentration-subtitle = Herfindahl-Hirschman index of countries by output, 0 to 10,000, median and nine runs in ten; dashed: 1,500 and 2,500; % is the largest country's share at the end; { $scenario }
concentration-alternative = Concentration of each stage over countries by week; { $told } stages end above a largest share of { $cap }.
concentration-each = { $stage }: index from { $from } to { $to }; largest country { $share }.
concentration-heading = { $stage }, largest { $share }

# 16 licences
licences-title = The licence queue grows to { $queue } weeks of trade by week { $week }; { $share } of what is filed is granted
licences-title-none = No licence queue builds up
licences-subtitle = Licences filed, pending and granted, in weeks of what their links carry at rest, medians; queue with nine runs in ten; { $scenario }
licences-alternative = The licence queue by week: at most { $queue } weeks of trade, in week { $week }; share granted in a second panel.
licences-description = Two panels over time. Above, what is filed, pending and granted; the median queue is longest in week { $week } after the shock, { $queue } weeks of trade at rest. Below, what is granted of what was filed over a quarter; over the whole run { $share }.
licences-queue = Weeks of trade at rest
licences-approval = Granted, % of what was filed over a quarter
licences-pending = pending
licences-filed = filed in the week
licences-granted = granted in the week

# 17 decisions
decisions-title = { $strategy } spares { $first } if decided in { $early }, { $last } in { $late }
decisions-title-none = No clear difference on any day of decision
decisions-subtitle = Loss spared by the day of decision, on the same { $told } futures, median and its 95 % interval; rings: not told apart from none; { $scenario }
decisions-alternative = Loss spared by the day of decision for { $n ->
    [one] one strategy
   *[other] { $told } strategies
}.

# 19 back-test
backtest-title = The model holds { $inside } of { $all } numbers of the crisis that it was not fitted to
backtest-subtitle = US dollars per kg, log scale: outside China, observed (dots) over nine runs in ten; at home, observed (rings), median dashed; nearer than both naive forecasts in { $ahead }
backtest-alternative = Observed prices of the crisis over modelled bands; { $inside } of { $all } numbers that were not fitted are inside.
backtest-each = { $item }: the modelled median peaks at { $modelled }, observed at { $seen } US dollars.

# 10 assumptions that move an outcome
amount = { $n } { $unit }
tornado-effect-title = { $factor } moves { $outcome } most: by { $size } on average
tornado-variance-title = { $factor } explains most of { $outcome }: { $size } of its variance
tornado-title-none = No single assumption clearly moves { $outcome }
tornado-effect-subtitle = { $outcome }: mean absolute change when one assumption alone moves (Morris, { $told } runs), with 95 % interval; at the right its range, P5 to P95; { $scenario }
tornado-variance-subtitle = { $outcome }: share of variance by assumption (Sobol, { $told } runs), with 95 % interval; at the right its range, P5 to P95; { $scenario }
tornado-alternative = Bars: how much each of { $told } assumptions moves { $outcome }.
tornado-raises = raises it
tornado-lowers = lowers it
tornado-alone = alone
tornado-together = with others
tornado-interval = 95 % interval
tornado-value = { $size }; from { $range }
outcome-value_added_lost = value added lost
unit-weeks = weeks
unit-share = (share)

# 11 when an outcome exceeds a bound
boxes-title = { $outcome } exceeds { $bound } in { $density } of futures in this box, in { $beyond } of all
boxes-title-none = No combination of assumptions explains when { $outcome } exceeds { $bound }
boxes-subtitle = Where each assumption has to lie, as a share of its distribution (PRIM, { $told } runs); grey: may be chance; the box holds { $coverage } of the futures beyond the bound; { $scenario }
boxes-alternative = Box of { $n ->
    [one] one assumption
   *[other] { $told } assumptions
} in which { $outcome } exceeds { $bound } in { $density } of futures.
boxes-above = above { $n }
boxes-below = below { $n }
boxes-none = No box was found

# 12 how long sectors run on
survive-title = In half of the futures { $sector } { $place } stop by week { $week }; back in week { $back }
survive-title-few = No sector stops in half of the futures
survive-title-none = No sector stops: stocks absorb the shock
survive-subtitle = Weeks from the shock to the first stop of a line (under 80 % of plan for two weeks), then until its lines run again for good; the sectors that lose most; { $told } futures; { $scenario }
survive-alternative = Bars: weeks that { $n ->
    [one] one sector runs
   *[other] { $told } sectors run
} on after the shock, and weeks down.
survive-value = week { $week } ({ $range }), back in week { $back }
survive-runs = runs on in most futures ({ $range })
survive-beyond = > { $n }
survive-name = { $sector }, { $region }
survive-runs-on = runs on (median)
survive-down = down until back for good (medians)
survive-range = first stop, eight futures in ten

# 20 timeline
timeline-title = { $n ->
    [one] One event: { $first }
   *[other] { $told } events; the first { $first }
}
timeline-title-late = { $n ->
    [0] The shock comes { $first }; every strategy works before it ends
    [one] The shock comes { $first }; one strategy comes too late
   *[other] The shock comes { $first }; { $told } strategies come too late
}
timeline-subtitle = Events at central dates: ramp light, full size dark, thin line the end in nine runs of ten; strategies from their first effect on; { $scenario }
timeline-alternative = Timeline of { $n ->
    [one] one event
   *[other] { $told } events
} and of the strategies’ first effects.
timeline-event = { $kind } ({ $id })
timeline-from = from { $day }
timeline-may = perhaps, from { $day } on
timeline-open = for good
timeline-months = { $n ->
    [one] for one month
   *[other] for { $months } months
}
timeline-range = for { $months } months ({ $range })
timeline-told = { $from }, { $lasts }
timeline-before = works before the shock
timeline-works = works from { $month }
event-exportcap = Export ban or cap
event-licence = Export licences
event-quota = Export quota
event-tariff = Tariff
event-exportduty = Export duty
event-entityblacklist = Blacklist of firms
event-capacityloss = Loss of capacity
event-productionquota = Production quota
event-inventoryloss = Loss of stock
event-enforcement = Enforcement
event-announcement = Announcement
event-transportdelay = Delay in transport
event-demandshift = Shift of demand
event-technologyembargo = Technology embargo
event-pricewar = Price war

# 21 dots
dots-title = { $n ->
    [one] In one of 20 equally likely futures more than { $bound } is lost
   *[other] In { $told } of 20 equally likely futures more than { $bound } is lost
}
dots-title-none = Twenty equally likely losses: { $range }
dots-subtitle = Value added lost against the same futures without the shock; each dot is a twentieth of { $told } futures; { $scenario }
dots-alternative = Twenty dots along the loss: { $range }.
dots-description = Dot plot of twenty equally likely losses of value added, without a strategy: { $range }.
dots-above = { $n ->
    [one] 1 dot above { $bound }
   *[other] { $told } dots above { $bound }
}

# The briefing
report-title = { $scenario }: { $lost } of value added lost; first large stop: { $sector } { $place }, in week { $week }, in { $share } of futures
report-title-absorbed = { $scenario }: { $lost } of value added lost; no sector stops in a tenth of futures or more
report-title-calm = { $scenario }: the world without a shock
report-line = Knowledge as of { $day }; chokepoint { $version }, world { $world }, run { $digest }.
report-banner-preview = Preview of { $runs } futures: a look, not yet for a decision. Exploratory simulation, not a forecast.
report-banner-brief = Briefing of { $runs } futures. Exploratory simulation, not a forecast.
report-banner-publish = Publication of { $runs } futures. Exploratory simulation, not a forecast.
report-skip = Skip to the findings
report-languages = Languages
report-contents = Contents
report-summary = Summary on one page
report-scenario = The scenario
report-happens = What happens
report-costs = What it costs
report-helps = What would have helped
report-sure = How sure this is
report-belief = Whether the model deserves belief
report-limits = Limits
report-register = Assumptions and how to reproduce this
report-words = Glossary
report-annex = Annex: the tables of the figures
report-annex-line = Each table has the numbers that its figure shows; long ones are thinned, and the files beside the figures have every row.
report-method = How it was computed
report-question = The question
report-answer = The answer
report-change = What would change it
report-change-how = Which assumptions move the answer most is found by: { $command }
report-calm = Nothing happens in this scenario: nothing is lost against calm.
report-answer-stops = { $n ->
    [one] One sector of a region stops
   *[other] { $told } sectors of regions stop
} in a tenth of futures or more; of those that lose most, first { $sector } { $place }, in week { $week } where it stops, in { $share } of futures.
report-answer-absorbed = No sector stops in a tenth of futures or more: stocks absorb the shock.
report-answer-loss = Value added of { $lost } is lost over { $years } years; in the worst twentieth of futures { $tail } on average.
report-answer-region = { $region } loses { $lost }, more than any other region.
report-answer-price = { $item } outside { $home } peaks at { $peak } times its price of the month before ({ $range }).
report-answer-helps = Most is spared by { $strategy } on the same futures: { $spared }; less is lost in { $share } of them.
report-answer-none-helps = No strategy is told apart from none on the same futures.
report-answer-no-strategy = No strategy was run with this scenario.
report-no-winner = No clear winner: no strategy lowers the loss beyond doubt.
report-winner = { $strategy }: the largest fall of the loss, told apart from every other strategy; { $pays }.
report-winner-cost-unknown = { $strategy }: the largest fall of the loss, told apart from every other strategy; what it costs without the shock was not run.
report-winner-shared = { $n ->
    [one] { $strategy }: the largest fall of the loss at the median, but one other strategy cannot be told apart from it.
   *[other] { $strategy }: the largest fall of the loss at the median, but { $told } other strategies cannot be told apart from it.
}
report-number-lost = Value added lost
report-number-stop = First large stop: { $sector } { $place }
report-number-spared = Spared by { $strategy }
report-week = week { $n }
report-months = { $n ->
    [one] one month
   *[other] { $months } months
}
report-scenario-line = Status: { $status }; knowledge as of { $as_of }. The shock begins on { $day }; what is lost is counted over { $years } years in the world { $world }.
report-events = Events of the scenario: central values with their ranges
report-column-event = Event
report-column-start = From
report-column-duration = At full size for
report-column-size = Size
report-column-leakage = Leakage
report-column-grade = Evidence
report-column-source = Source
report-column-sector = Sector and region
report-column-share = Futures with a stop
report-column-first-stop = First stop, week
report-column-lost = Value added lost
report-column-ledger = Ledger
report-column-amount = Median (nine futures in ten)
report-column-region = Region
report-column-strategy = Strategy
report-column-change = Change of the loss (95 % interval)
report-column-helps = Helps in
report-column-finding = Finding
report-column-payer = Paid by
report-column-premium = Cost of a calm year (95 % interval)
report-column-pays = Pays for itself
report-column-assumption = Assumption
report-column-range = Central (low to high)
report-column-unit = Unit
report-column-term = Word
report-column-meaning = Meaning
report-by-month = Share of futures in which a line had stopped by the end of the month
report-stops = The sectors that lose most, first stop first
report-ledgers = Four ledgers of different kinds, never added; against the same futures without the shock, US dollars of { $year }.
report-ledger-caption = Ledgers
report-ledger-units = Goods never built, share of those due
report-ledger-late = Goods built late, share of those due
report-ledger-value = Value added lost, net of what is caught up
report-ledger-transfer = Paid beyond reference prices outside the home region: a transfer, not a loss to the world
report-by-region = Value added lost by region
report-finding-rule = A strategy is said to help or to harm only where the 95 % interval of its paired difference leaves out zero.
report-strategies = Strategies: change of the loss on the same futures, and what they cost
report-none-late = No strategy comes too late for this event.
report-late = Too late for this event, and so without effect in it: { $strategies }.
report-sure-line = { $runs } futures tell the median loss within { $low } to { $high } (95 %); bands in the figures are the spread over futures, which more futures do not narrow.
report-same-futures = Every strategy meets the same futures: the same luck, the same assumptions, with and without the shock. Differences are between pairs.
report-belief-line = The model was fitted to the quotas of 2010 and is held against the numbers of that crisis that it was not fitted to; misses are shown.
report-belief-how = The score card is made by: chokepoint backtest 2010
report-belief-estimate = A published estimate stands beside the model’s answer to the same question in docs/validation.md of the project: the United States Geological Survey puts the loss of the country’s gross domestic product at US$ 3.1 bn (1.7 to 8.2) if China exports no gallium (Open-File Report 2024-1057); the scenario gallium-ban asks the same.
report-limit-1 = What is told holds if the scenario comes; how likely it is to come is not estimated.
report-limit-2 = Stocks of defence and of firms that publish none are not known; their covers are judgement with a range.
report-limit-3 = Plants are those on public record; the firms downstream are groups by sector and country, not named firms.
report-limit-4 = Prices follow stocks, costs and controls by rules fitted to one crisis; they do not clear a market of traders.
report-limit-5 = Losses end at the makers of final goods: nothing is said of the wider economy or of prices to households.
report-limit-6 = Governments do what the scenario and the strategy say; they do not answer one another.
report-limit-7 = Lutetium and scandium are not modelled.
report-outside-parameter = Outside the model’s validity: { $what } was set from { $low } to { $high } and is calibrated from { $from } to { $to }.
report-outside-price = Outside the model’s validity: the price of { $what } ({ $place }) goes from { $low } to { $high } times its reference in nine futures of ten; the model is known to hold from { $from } to { $to }.
report-outside-stock = Outside the model’s validity: input stocks at the stage { $what } ({ $place }) reach { $high } weeks of use; rules of ordering are meant for up to { $to }.
report-assumptions = Uncertain assumptions of the world
report-register-line = Every number with a range is drawn anew in each future. Names are those of override files.
report-register-sorted = Those that move the outcome most come first.
report-register-unsorted = They stand in the order of the world’s table; with a sensitivity analysis beside the run, those that move the outcome most come first.
report-sources = Data sources and licences
report-sources-line = Every row of the tables of the world { $world } carries its source and a grade of the evidence; docs/data.md of the project sums them up. They are facts from public statistics, company reports and the press; no text of theirs is copied. chokepoint is free software (Apache-2.0 or MIT); its font is Noto Sans (SIL Open Font Licence).
report-reproduce = How to reproduce this
report-reproduce-how = With the same version ({ $version }), files and options the run has the same digest, { $digest }, on any number of threads.
report-cite = How to cite this
report-cite-line = The chokepoint developers: chokepoint { $version }, an agent-based simulator of supply-chain disruption for the rare-earth value chain; run { $digest }.
report-glossary = Words of the figures and tables, as the model means them
report-figure = Figure
report-description = Description
report-table = Table
report-rows = { $shown } of { $all } rows; the download has all.
report-rows-paper = { $shown } of { $all } rows.
report-same-table = The same table as under figure
report-colon = { ": " }
report-svg = Figure (SVG)
report-csv = Table (CSV)
status-historical = it happened
status-in-force = in force
status-suspended = suspended
status-hypothetical = hypothetical
payer-public = public
payer-firm = firms
payer-consumer = consumers
grade-high = high
grade-med = medium
grade-low = low
grade-judgement = judgement
