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
source = Source: chokepoint { $version }, { $subject }, world { $world }, { $runs } simulations, run { $digest }. Exploratory simulation, not a forecast.
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
stage-crude = Crude
    .made = extraction
stage-refined = Refined
    .made = refining
stage-wafer = Wafer
    .made = wafer making
stage-device = Device
    .made = device making

# Shared by several figures
shock-window = shock (central length)
key-median = median
key-half = 50 % range
key-ninety = 90 % range
key-single = seven simulations
key-baseline = baseline (median)
no-strategy = No strategy
together = { $one } and { $other }
decided = { $strategy }, decided { $day }
no-strategies = No strategy was simulated
finding-no-effect = no effect in this event
finding-unclear = no clear difference
finding-lower = less is lost
finding-higher = more is lost
row-each = { $name }: { $value }.
rows-left-out = { $n ->
    [one] and one more in the table
   *[other] and { $number } more in the table
}

# 1 fan
fan-title = { $region } falls { $share } short of planned output at worst, in week { $week }
fan-title-tail = { $region } falls up to { $most } short of plan (90 % range), under 1 % at the median
fan-title-baseline = No shock: no shortfall
fan-title-none = No clear shortfall { $place }: stocks absorb the shock
fan-subtitle = Goods due and not built in the week, % of plan weighted by value added, { $place }, all sectors; { $scenario }
fan-alternative = Fan chart: unmet demand { $place } over time; the median is worst in week { $week } at { $median }.
fan-description = Fan chart over { $weeks } weeks { $place }. The median shortfall peaks at { $median } in week { $week } after the shock; the 50 % range is { $half }, the 90 % range { $nine }.

# 2 prices
prices-title = { $item }: ×{ $outside } outside { $home } at its peak, ×{ $inside } inside
prices-title-none = No clear price gap between { $home } and other markets
prices-subtitle = Price paid, 100 = month before the shock, log scale; { $home } solid, outside dashed with 90 % range, thin line: quote of goods that come round controls; { $scenario }
prices-alternative = { $n ->
    [one] Price index of one commodity
   *[other] Price indices of { $number } commodities
} { $place } and outside, with 90 % ranges outside.
prices-each = { $item }: the median outside peaks at ×{ $times } in week { $week }.
prices-outside = outside ×{ $times }, peak ×{ $peak }
prices-outside-short = outside ×{ $times }
prices-quote = quoted up to ×{ $peak }
prices-home = { $home } ×{ $times }

# 4 heat
heat-title = { $made } { $place } falls furthest, by { $share } in its worst month
heat-title-none = No stage in any region falls clearly below the baseline
heat-subtitle = Output below the same simulations without the shock, %, medians; valued at reference prices; { $scenario }
heat-alternative = Shortage by stage and region; the largest is { $share }, { $made } { $place }.
heat-description = Three matrices of stages by regions: the month before the shock, each cell’s worst month, the last quarter of the horizon. The largest shortage is { $share }, { $made } { $place }.
heat-before = Month before
heat-worst = Each cell’s worst month
heat-end = Last quarter of the horizon
heat-step-1 = under 2 %
heat-step-2 = 2 to 10
heat-step-3 = 10 to 25
heat-step-4 = 25 to 50
heat-step-5 = 50 % and more
heat-hatched = Hatched: no production; gains shown as 0.

# 5 flows
flows-title = { $element } for { $made } { $place } falls by { $share }
flows-title-none = No clear fall of { $element } at any stage in any region
flows-subtitle = { $element }, contained tonnes a year from stage to stage, means over simulations; { $scenario }
flows-alternative = Flow diagram: { $element } from stage to stage and region to region, before the shock and while it is in force.
flows-description = { $element } that reaches { $made } { $place }: { $before } a year before the shock, { $during } while it is in force, a fall of { $share }. The table has every flow with its range.
flows-before = Before: the half-year to the shock
flows-during = During: weeks 13 to 39 from the shock
flows-others = others
flows-lost = lost since before
flows-tonnes = { $n } t
flows-note = Above each stage: what reaches it, or what is mined. Not shown: return flows (scrap) and small flows, { $share } of the total.

# 6 losses
losses-title = Smallest loss: { $strategy }, { $left } instead of { $none }
losses-title-none = No strategy clearly reduces the loss of { $none }
losses-subtitle = Value added lost compared with the same simulations without the shock; dot: median, thick: 50 % range, thin: 90 % range; { $scenario }
losses-alternative = Loss with no strategy, { $none }, and with { $n ->
    [one] one strategy
   *[other] each of { $number } strategies
}: ranges and medians.

# 7 differences
differences-title = Largest avoided loss: { $strategy }, { $avoided }
differences-title-none = No clear difference: none is statistically distinguishable from no strategy
differences-subtitle = Change in value added lost on the same { $number } simulations; dot: median, thick: its 95 % interval, thin: 90 % range; grey: not statistically distinguishable; { $scenario }
differences-alternative = Change in the loss with { $n ->
    [one] one strategy
   *[other] each of { $number } strategies
} on the same simulations; { $helping } clearly reduce it.
differences-value = { $range }; helps in { $share }

# 8 frontier
frontier-title = Largest avoided loss: { $strategy }, { $avoided }; baseline cost { $cost }
frontier-title-saves = Largest avoided loss: { $strategy }, { $avoided }; baseline saving { $cost }
frontier-title-none = No strategy clearly avoids a loss in this event
frontier-subtitle = Cost of the strategy without the shock (baseline), present value, all regions and payers; avoided loss in the shock: median, 90 % range; { $scenario }
frontier-alternative = Cost against avoided loss; { $n ->
    [0] no strategy is
    [one] one strategy is
   *[other] { $number } strategies are
} on the frontier.
frontier-each = { $name }: avoids { $avoided }, costs { $cost }.
frontier-up = Avoided loss
frontier-across = Baseline cost
frontier-others = Grey: others, in the table

# 9 break-even
break-even-title = Lowest break-even probability: { $strategy }, { $pays }
break-even-title-anyway = { $n ->
    [one] Pays off even without a shock: { $strategy }
   *[other] { $number } strategies pay off even without a shock
}
break-even-title-none = No strategy breaks even, however likely the shock
break-even-subtitle = Yearly probability of the shock from which a strategy breaks even, all regions together, log scale, 95 % interval; { $scenario }
break-even-alternative = Yearly probability of the shock from which { $n ->
    [one] one strategy
   *[other] each of { $number } strategies
} breaks even.
pays-anyway = pays off even without a shock
pays-never = does not break even
pays-anyway-unclear = probably pays off without a shock
pays-never-unclear = probably does not break even
pays-from = { $share }, { $odds }

# 3 sectors
sectors-title = Largest loss: { $sector } { $place }, { $lost }, { $share } of the total
sectors-title-none = No clear loss in any sector
sectors-subtitle = Value added of goods due and not built, US dollars a week, mean of simulations, by sector; %: worst week relative to the reference level; { $scenario }
sectors-alternative = Unmet demand by sector and region over time; the largest loss is { $lost }: { $sector } { $place }.
sectors-each = { $region }: { $lost } in all, at worst { $share } of the weekly reference level.
sectors-rest = all others
sectors-heading = { $region }, at worst { $share }

# 13 lines that have not stopped
survival-title = Lines stop at { $stopped } of firms within { $weeks } weeks; best strategy: { $strategy }, { $with }
survival-title-alone = Lines stop at { $stopped } of firms within { $weeks } weeks
survival-title-none = Lines stop at hardly any firm within { $weeks } weeks
survival-subtitle = Final producers outside the controlling country whose lines have not yet stopped (a twentieth idle for want of inputs for two weeks), % of { $lines } firms, mean of { $number } simulations; band: 90 % range with no strategy; { $scenario }
survival-alternative = Share of firms whose lines have not yet stopped, by week; with no strategy, lines stop at { $stopped } within { $weeks } weeks.
survival-each = { $share } have not stopped
survival-across = Weeks since the shock

# 14 stocks
stocks-title = Stocks for { $made } { $place } fall from { $before } to { $least } days by week { $week }
stocks-title-none = Stocks { $place } hold at every stage
stocks-subtitle = Input stocks at each stage, days of use at reference prices, { $place }; { $scenario }
stocks-alternative = Days of cover { $place } over time at { $number } stages, with bands.
stocks-each = { $stage }: { $before } days before the shock, { $least } at the least, in week { $week }.

# 15 concentration
concentration-title = { $n ->
    [0] No stage ends with a largest country share above { $cap }; highest: { $stage }, { $share }
    [one] One stage ends with a largest country share above { $cap }: { $stage }, { $share }
   *[other] { $number } stages end with a largest country share above { $cap }; highest: { $stage }, { $share }
}
concentration-title-none = No stage has any output
concentration-subtitle = Herfindahl-Hirschman index of countries by output, 0 to 10,000, median and 90 % range; dashed: 1,500 and 2,500; %: the largest country’s share at the end; { $scenario }
concentration-alternative = Concentration of each stage over countries by week; { $number } stages end with a largest country share above { $cap }.
concentration-each = { $stage }: index from { $from } to { $to }; largest country { $share }.
concentration-heading = { $stage }, largest { $share }

# 16 licences
licences-title = The licence queue grows to { $queue } weeks of trade by week { $week }; { $share } of what is filed is granted
licences-title-none = No licence queue builds up
licences-subtitle = Licences filed, pending and granted, in weeks of the reference trade of their links, medians; queue with 90 % range; { $scenario }
licences-alternative = The licence queue by week: at most { $queue } weeks of trade, in week { $week }; share granted in a second panel.
licences-description = Two panels over time. Above, what is filed, pending and granted; the median queue is longest in week { $week } after the shock, { $queue } weeks of reference trade. Below, what is granted of what was filed over a quarter; over the whole period { $share }.
licences-queue = Weeks of reference trade
licences-approval = Granted, % of what was filed over a quarter
licences-pending = pending
licences-filed = filed in the week
licences-granted = granted in the week

# 17 decisions
decisions-title = { $strategy }: { $first } avoided if decided in { $early }, { $last } in { $late }
decisions-title-none = No clear difference on any date of decision
decisions-subtitle = Avoided loss by date of decision, on the same { $number } simulations, median and its 95 % interval; rings: not statistically distinguishable; { $scenario }
decisions-alternative = Avoided loss by date of decision for { $n ->
    [one] one strategy
   *[other] { $number } strategies
}.

# 19 back-test
backtest-title = The model’s range contains { $inside } of { $all } values of the crisis that it was not fitted to
backtest-subtitle = US dollars per kg, log scale: outside China, observed (dots) and 90 % range; in China, observed (rings) and median (dashed); closer than both naive forecasts in { $ahead }
backtest-alternative = Observed prices of the crisis over modelled ranges; { $inside } of { $all } values that were not fitted are inside.
backtest-each = { $item }: the modelled median peaks at { $modelled }, observed at { $seen } US dollars.
outlooks-title = { $inside } of { $all } numbers of the baseline for { $year } lie inside what was published
outlooks-subtitle = Nothing happens: median and 90 % range by year (line and band); what others published before April 2025, with its range (dot and bar)
outlooks-alternative = The baseline by year beside published outlooks; { $inside } of { $all } are inside.
outlooks-each = { $name }: { $ours } in the model, published { $value } ({ $range }).
outlooks-heading = { $name }, { $unit }

# 10 assumptions that move an outcome
amount = { $n } { $unit }
tornado-effect-title = Largest effect on { $outcome }: { $factor }, { $size } on average
tornado-variance-title = Largest share of the variance of { $outcome }: { $factor }, { $size }
tornado-title-none = No single assumption clearly moves { $outcome }
tornado-effect-subtitle = { $outcome }: mean absolute change when one assumption alone moves (Morris, { $number } simulations), with 95 % interval; at the right its range, P5 to P95; { $scenario }
tornado-variance-subtitle = { $outcome }: share of variance by assumption (Sobol, { $number } simulations), with 95 % interval; at the right its range, P5 to P95; { $scenario }
tornado-alternative = Bars: how much each of { $number } assumptions moves { $outcome }.
tornado-raises = raises it
tornado-lowers = lowers it
tornado-alone = alone
tornado-together = with others
tornado-interval = 95 % interval
tornado-value = { $size }; from { $range }
outcome-value_added_lost = value added lost
outcome-lost_share = goods never built, share of those due
outcome-late_share = goods built late, share of those due
outcome-first_stop = first line stop
outcome-lines_stopped = share of lines that stop
outcome-price_peak = price peak
outcome-weeks_to_peak = weeks to the price peak
outcome-weeks_to_half = weeks from the price peak to half of the rise
outcome-price_transfer = paid above reference prices
outcome-resilience_loss = resilience loss
outcome-welfare_cost = welfare cost
outcome-first_new_output = first output of new plants
outcome-entrants_idled = share of new plants that idle
outcome-cost_reserve_purchases = reserve purchases
outcome-cost_reserve_sales = reserve sales
outcome-cost_reserve_carrying = carrying cost of reserves
outcome-cost_reserve_residual = residual value of reserves
outcome-cost_buffer_purchases = buffer purchases
outcome-cost_buffer_carrying = carrying cost of buffers
outcome-cost_buffer_residual = residual value of buffers
outcome-cost_thrifting = cost of thrifting
outcome-transfer_export_duties = export duties
outcome-transfer_tariffs = tariffs
outcome-transfer_licence_rents = licence rents
outcome-cost_plant_capital = capital cost of plants
outcome-cost_plant_residual = residual value of plants
outcome-cost_restarts = cost of restarts
outcome-transfer_price_war = subsidy of a price war
outcome-cost_grants = grants
outcome-cost_production_credits = production credits
outcome-cost_loan_subsidies = loan subsidies
outcome-cost_loan_losses = loan losses
outcome-cost_floor_payouts = price-floor payments
outcome-cost_floor_returns = price-floor repayments
outcome-cost_collecting = cost of collection
unit-weeks = weeks
unit-share = (share)

# 11 when an outcome exceeds a bound
boxes-title = { $outcome } exceeds { $bound } in { $density } of simulations in this box, in { $beyond } of all
boxes-title-none = No combination of assumptions explains when { $outcome } exceeds { $bound }
boxes-subtitle = Where each assumption has to lie, as a share of its distribution (PRIM, { $number } simulations); grey: may be chance; the box holds { $coverage } of the simulations beyond the bound; { $scenario }
boxes-alternative = Box of { $n ->
    [one] one assumption
   *[other] { $number } assumptions
} in which { $outcome } exceeds { $bound } in { $density } of simulations.
boxes-above = above { $n }
boxes-below = below { $n }
boxes-none = No box was found

# 12 weeks to the first line stop and to full recovery
survive-title = { $sector } { $place }: first line stop in week { $week }, recovery in week { $back } (medians)
survive-title-few = No sector sees a line stop in half of simulations
survive-title-none = No line stop in 10 % of simulations or more
survive-subtitle = Weeks from the shock to the first line stop (a twentieth of a firm’s lines idle for two weeks), then to full recovery; %: greatest share of lines idle, median; the sectors that lose most; { $number } simulations; { $scenario }
survive-alternative = Bars: weeks from the shock to the first line stop, then to full recovery, for { $n ->
    [one] one sector
   *[other] { $number } sectors
}.
survive-value = week { $week } ({ $range }), recovery { $back }; { $idle }
survive-runs = no stop at the median ({ $range })
survive-beyond = > { $n }
survive-name = { $sector }, { $region }
survive-runs-on = to the first line stop (median)
survive-down = to full recovery (medians)
survive-range = first stop, 80 % range

# 20 timeline
timeline-title = { $n ->
    [one] One event: { $first }
   *[other] { $number } events; the first { $first }
}
timeline-title-late = { $n ->
    [0] Shock { $first }; every strategy takes effect before it ends
    [one] Shock { $first }; one strategy comes too late
   *[other] Shock { $first }; { $number } strategies come too late
}
timeline-subtitle = Events at central dates: ramp light, full size dark, thin line: 90 % range of the end; strategies from their first effect on; { $scenario }
timeline-alternative = Timeline of { $n ->
    [one] one event
   *[other] { $number } events
} and of the strategies’ first effects.
timeline-event = { $kind } ({ $id })
timeline-from = from { $day }
timeline-may = perhaps, from { $day } on
timeline-open = permanent
timeline-months = { $n ->
    [one] for one month
   *[other] for { $months } months
}
timeline-range = for { $months } months ({ $range })
timeline-when = { $from }, { $lasts }
timeline-before = works before the shock
timeline-works = works from { $month }
event-exportcap = Export ban or cap
event-licence = Export licences
event-generallicence = General licence
event-customshold = Customs hold
event-quota = Export quota
event-tariff = Tariff
event-exportduty = Export duty
event-entityblacklist = Entity listing
event-capacityloss = Capacity loss
event-productionquota = Production quota
event-inventoryloss = Inventory loss
event-enforcement = Enforcement
event-announcement = Announcement
event-transportdelay = Transport delay
event-demandshift = Demand shift
event-technologyembargo = Technology embargo
event-pricewar = Price war

# 21 dots
dots-title = { $n ->
    [one] In one of 20 equally likely cases the loss exceeds { $bound }
   *[other] In { $number } of 20 equally likely cases the loss exceeds { $bound }
}
dots-title-none = Twenty equally likely losses: { $range }
dots-subtitle = Value added lost compared with the same simulations without the shock; each dot is a twentieth of { $number } simulations; { $scenario }
dots-alternative = Twenty dots along the loss: { $range }.
dots-description = Dot plot of twenty equally likely losses of value added, with no strategy: { $range }.
dots-above = { $n ->
    [one] 1 dot above { $bound }
   *[other] { $number } dots above { $bound }
}

# The briefing
report-title = { $scenario }: { $lost } of value added lost; first major line stop: { $sector } { $place }, in week { $week }, in { $share } of simulations
report-title-absorbed = { $scenario }: { $lost } of value added lost; no sector sees a line stop in a tenth of simulations or more
report-title-baseline = { $scenario }: the world without a shock
report-line = Knowledge as of { $day }; chokepoint { $version }, world { $world }, run { $digest }.
report-banner-preview = Preview of { $runs } simulations: a first look, not yet a basis for decisions. Exploratory simulation, not a forecast.
report-banner-brief = Briefing based on { $runs } simulations. Exploratory simulation, not a forecast.
report-banner-publish = Publication based on { $runs } simulations. Exploratory simulation, not a forecast.
report-skip = Skip to the findings
report-languages = Languages
report-contents = Contents
report-summary = Summary on one page
report-scenario = The scenario
report-happens = What happens
report-costs = What it costs
report-helps = What would have helped
report-uncertainty = Uncertainty
report-validation = Validation
report-limits = Limits
report-register = Assumptions and how to reproduce this
report-words = Glossary
report-annex = Annex: the tables of the figures
report-annex-line = Each table gives the numbers shown in its figure; long tables are abridged, and the files beside the figures have every row.
report-method = Method
report-question = The question
report-answer = The answer
report-change = What would change it
report-change-how = To find which assumptions move the answer most: { $command }
report-baseline = Nothing happens in this scenario: no loss compared with the baseline.
report-answer-stops = { $n ->
    [one] In one sector of a region at least one line stops
   *[other] In { $number } sector-region pairs at least one line stops
} in a tenth of simulations or more; among the sectors that lose most, the earliest line stop: { $sector } { $place }, in week { $week } where it occurs, in { $share } of simulations; at worst { $idle } of its lines are idle.
report-answer-absorbed = No sector sees a line stop in a tenth of simulations or more: stocks absorb the shock.
report-answer-loss = Value added of { $lost } is lost over { $years } years; in the worst twentieth of simulations { $tail } on average.
report-answer-region = { $region } loses { $lost }, more than any other region.
report-answer-price = What buyers outside { $home } pay for { $item } peaks at { $peak } times the price in the month before the shock ({ $range }): the mean over contracts, free sellers and what comes round the controls.
report-answer-helps = Largest avoided loss on the same simulations: { $strategy }, { $avoided }; less is lost in { $share } of them.
report-answer-none-helps = None of the strategies is statistically distinguishable from no strategy on the same simulations.
report-answer-no-strategy = No strategy was simulated with this scenario.
report-no-winner = No clear winner: no strategy clearly reduces the loss.
report-winner = { $strategy }: the largest reduction in the loss, statistically distinguishable from that of every other strategy; { $pays }.
report-winner-cost-unknown = { $strategy }: the largest reduction in the loss, statistically distinguishable from that of every other strategy; its cost without the shock was not simulated.
report-winner-shared = { $n ->
    [one] { $strategy }: the largest median reduction in the loss, but one other strategy is not statistically distinguishable from it.
   *[other] { $strategy }: the largest median reduction in the loss, but { $number } other strategies are not statistically distinguishable from it.
}
report-number-lost = Value added lost
report-number-stop = First major line stop: { $sector } { $place }
report-number-avoided = Avoided loss: { $strategy }
report-week = week { $n }
report-months = { $n ->
    [one] one month
   *[other] { $months } months
}
report-scenario-line = Status: { $status }; knowledge as of { $as_of }. The shock begins on { $day }; losses are counted over { $years } years in the world { $world }.
report-events = Events of the scenario: central values with their ranges
report-column-event = Event
report-column-start = From
report-column-duration = Duration at full size
report-column-size = Size
report-column-leakage = Leakage
report-column-grade = Evidence
report-column-source = Source
report-column-sector = Sector and region
report-column-share = Simulations with a stop
report-column-first-stop = First stop, week
report-column-idle = Lines idle at worst
report-column-lost = Value added lost
report-column-ledger = Ledger
report-column-amount = Median (90 % range)
report-column-region = Region
report-column-strategy = Strategy
report-column-change = Change in the loss (95 % interval)
report-column-helps = Helps in
report-column-finding = Finding
report-column-payer = Paid by
report-column-premium = Cost of a year without the shock (95 % interval)
report-column-pays = Break-even
report-column-assumption = Assumption
report-column-range = Central (low to high)
report-column-unit = Unit
report-column-term = Term
report-column-meaning = Meaning
report-by-month = Share of simulations in which a line had stopped by the end of the month
report-stops = Sectors that lose most, in order of first line stop
report-ledgers = Four ledgers of different kinds, never added up; compared with the same simulations without the shock, US dollars of { $year }.
report-ledger-caption = Ledgers
report-ledger-units = Goods never built, share of those due
report-ledger-late = Goods built late, share of those due
report-ledger-value = Value added lost, net of what is caught up
report-ledger-transfer = Paid above reference prices outside the controlling country: a transfer, not a loss to the world
report-by-region = Value added lost by region
report-finding-rule = A strategy is reported to help or to harm only where the 95 % interval of its paired difference excludes zero.
report-strategies = Strategies: change in the loss on the same simulations, and what they cost
report-none-late = No strategy comes too late for this event.
report-late = Too late for this event, and therefore without effect in it: { $strategies }.
report-uncertainty-line = { $runs } simulations place the median loss between { $low } and { $high } (95 % interval); bands in the figures show the spread across simulations, which more simulations do not narrow.
report-same-replicates = Every strategy is tested on the same simulations: the same random variation, the same assumptions, with and without the shock. Differences are paired.
report-validation-line = The model was fitted to the quotas of 2010 and is compared with values from that crisis that it was not fitted to, discrepancies included.
report-validation-how = The scorecard is produced by: chokepoint backtest 2010
report-counted = What is counted is the value added of makers of final goods, { $counted } a year in this world: direct value added, neither a floor nor a ceiling of the loss of gross domestic product. Suppliers and customers add to it; reallocation, rivals and later catching up take away.
report-counted-gdp = What { $region } loses over the whole run is { $share } of a year’s gross domestic product.
report-under = under { $n } %
report-of-gdp = { $share } of GDP
report-times = × { $n }
report-world = World
report-estimates-heading = What others have published
report-estimates = Published estimates of the same shock, and this model’s value added lost over the whole run (90 % range); per cent of a year’s gross domestic product
report-estimates-how = They do not count the same. Each difference is traced by runs that change one thing, in docs/validation.md of the project.
report-knows-the-crisis = ; published after March 2025, so only its order of magnitude is compared
report-counts-network = gross domestic product, with all industries that supply each other
report-counts-macro = output, by macroeconomic models
report-counts-input-output = gross domestic product, by input-output tables
report-counts-scaled = gross domestic product, scaled from 2010
report-counts-growth = growth of gross domestic product
report-counts-gdp = gross domestic product
report-counts-tenth = output at risk
report-column-estimate = Published
report-column-counts = Counts
report-column-theirs = Estimate
report-column-ours = This model
report-limit-1 = The findings hold if the scenario occurs; how likely it is to occur is not estimated.
report-limit-2 = Stocks of defence and of firms that publish none are not known; their cover is a judgement with a range.
report-limit-3 = Plants are those on public record; the firms downstream are groups by sector and country, not named firms.
report-limit-4 = Prices follow stocks, costs and controls by rules fitted to one crisis; they do not clear a market of traders.
report-limit-5 = Losses are counted up to the makers of final goods: the wider economy and prices to households are not covered.
report-limit-6 = Governments act as the scenario and the strategy specify; they do not respond to one another.
report-limit-7 = Lutetium and scandium are not modelled.
report-outside-parameter = Outside the model’s validity: { $what } was set from { $low } to { $high } and is calibrated from { $from } to { $to }.
report-outside-price = Outside the model’s validity: the price of { $what } ({ $place }) goes from { $low } to { $high } times its reference (90 % range); the model is known to hold from { $from } to { $to }.
report-outside-stock = Outside the model’s validity: input stocks at the stage { $what } ({ $place }) reach { $high } weeks of use; ordering rules are meant for up to { $to }.
report-assumptions = Uncertain assumptions of the world
report-register-line = Every number with a range is sampled anew in each simulation. Names are those of override files.
report-register-sorted = Those that move the outcome most come first.
report-register-unsorted = They follow the order of the world’s table; with a sensitivity analysis beside the run, those that move the outcome most come first.
report-sources = Data sources and licences
report-sources-line = Every row of the tables of the world { $world } carries its source and a grade of the evidence; docs/data.md of the project sums them up. They are facts from public statistics, company reports and the press; no text is copied from them. chokepoint is free software (Apache-2.0 or MIT); its font is Noto Sans (SIL Open Font Licence).
report-reproduce = How to reproduce this
report-reproduce-how = With the same version ({ $version }), files and options the run has the same digest, { $digest }, on any number of threads.
report-cite = How to cite this
report-cite-line = The chokepoint developers: chokepoint { $version }, an agent-based simulator of supply-chain disruption for the rare-earth value chain; run { $digest }.
report-glossary = Terms of the figures and tables, as the model uses them
report-figure = Figure
report-description = Description
report-table = Table
report-rows = { $shown } of { $all } rows; the download has all.
report-rows-paper = { $shown } of { $all } rows.
report-same-table = The same table as under figure
report-colon = { ": " }
report-svg = Figure (SVG)
report-csv = Table (CSV)
status-historical = historical
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
