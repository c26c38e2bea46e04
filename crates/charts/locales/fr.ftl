# Phrases des figures et des notes d’information. Ce qui est inséré est prêt à l’impression : nombres, unités, noms.

# Nombres et unités
per-cent = { $n } %
range = { $low } à { $high }
usd-bn = { $n } G$ US
usd-m = { $n } M$ US
odds = 1 année sur { $n }
month-of-year = { $month } { $year }
first-of-month = 1er { $month }
day-of-month = { $day } { $month }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Sous chaque figure
source = Source : chokepoint { $version }, { $subject }, monde { $world }, { $runs } simulations, exécution { $digest }. Simulation exploratoire; ne constitue pas une prévision.
source-short = Source : chokepoint { $version }, { $digest }

# Régions : nom, sujet d’une phrase, lieu
region-cn = Chine
    .subject = la Chine
    .place = en Chine
region-us = États-Unis
    .subject = les États-Unis
    .place = aux États-Unis
region-eu = Union européenne
    .subject = l’Union européenne
    .place = dans l’Union européenne
region-jp = Japon
    .subject = le Japon
    .place = au Japon
region-ca = Canada
    .subject = le Canada
    .place = au Canada
region-au = Australie
    .subject = l’Australie
    .place = en Australie
region-row = Reste du monde
    .subject = le reste du monde
    .place = dans le reste du monde

# Étapes : nom, activité
stage-mining = Extraction
    .made = l’extraction
stage-separation = Séparation
    .made = la séparation
stage-metal = Métal
    .made = la production de métal
stage-alloy = Alliage
    .made = la production d’alliages
stage-magnet = Aimant
    .made = la production d’aimants
stage-component = Composant
    .made = la production de composants
stage-oem = Produit final
    .made = la production finale
stage-crude = Métal brut
    .made = l’extraction
stage-refined = Métal affiné
    .made = l’affinage
stage-wafer = Plaquette
    .made = la production de plaquettes
stage-device = Composant électronique
    .made = la production de composants électroniques

# Communs à plusieurs figures
shock-window = choc (durée centrale)
key-median = médiane
key-half = intervalle à 50 %
key-ninety = intervalle à 90 %
key-single = sept simulations
key-baseline = référence (médiane)
no-strategy = Sans stratégie
together = { $one } et { $other }
decided = { $strategy } (décision du { $day })
no-strategies = Aucune stratégie n’a été simulée
finding-no-effect = sans effet dans cet événement
finding-unclear = aucune différence nette
finding-lower = moins de pertes
finding-higher = plus de pertes
row-each = { $name } : { $value }.
rows-left-out = { $n ->
    [one] et une autre dans le tableau
   *[other] et { $number } autres dans le tableau
}

# 1 éventail
fan-title = { $place }, il manque { $share } de la production prévue au pire, à la semaine { $week }
fan-title-tail = { $place }, il manque jusqu’à { $most } du plan (intervalle à 90 %), moins de 1 % en médiane
fan-title-baseline = Aucun choc : aucun manque
fan-title-none = Aucun manque net { $place } : les stocks amortissent le choc
fan-subtitle = Biens dus et non produits dans la semaine, en % du plan pondéré par la valeur ajoutée, { $place }, tous secteurs; { $scenario }
fan-alternative = Éventail : demande non satisfaite { $place }; la médiane culmine à la semaine { $week }, à { $median }.
fan-description = Éventail sur { $weeks } semaines { $place }. Le manque médian culmine à { $median } à la semaine { $week } après le choc; l’intervalle à 50 % est de { $half }, l’intervalle à 90 %, de { $nine }.

# 2 prix
prices-title = { $item } : prix ×{ $outside } à l’étranger au sommet, ×{ $inside } { $place }
prices-title-none = Aucun écart de prix net entre { $home } et les autres marchés
prices-subtitle = Prix payé, 100 = mois avant le choc, échelle logarithmique; { $place } en trait plein, à l’étranger en tirets avec intervalle à 90 %, trait fin : cotation des biens qui contournent les contrôles; { $scenario }
prices-alternative = { $n ->
    [one] Indice de prix d’un produit
   *[other] Indices de prix de { $number } produits
} { $place } et à l’étranger, avec intervalles à 90 % à l’étranger.
prices-each = { $item } : à l’étranger, la médiane culmine à ×{ $times } à la semaine { $week }.
prices-outside = étranger ×{ $times }, sommet ×{ $peak }
prices-outside-short = étranger ×{ $times }
prices-quote = cotation jusqu’à ×{ $peak }
prices-home = { $home } ×{ $times }

# 4 matrice
heat-title = { $made } { $place } recule le plus, de { $share } dans son pire mois
heat-title-none = Aucune étape, dans aucune région, ne passe nettement sous le scénario de référence
heat-subtitle = Production manquante par rapport aux mêmes simulations sans le choc, %, médianes; aux prix de référence; { $scenario }
heat-alternative = Manque par étape et région; le plus grand est de { $share } : { $made } { $place }.
heat-description = Trois matrices d’étapes et de régions : le mois avant le choc, le pire mois de chaque case, le dernier trimestre de l’horizon. Le plus grand manque est de { $share } : { $made } { $place }.
heat-before = Mois d’avant
heat-worst = Pire mois de chaque case
heat-end = Dernier trimestre de l’horizon
heat-step-1 = moins de 2 %
heat-step-2 = 2 à 10
heat-step-3 = 10 à 25
heat-step-4 = 25 à 50
heat-step-5 = 50 % et plus
heat-hatched = Hachuré : aucune production; les hausses sont ramenées à 0.

# 5 flux
flows-title = { $element } pour { $made } { $place } : baisse de { $share }
flows-title-none = { $element } : aucune baisse nette à aucune étape, dans aucune région
flows-subtitle = { $element }, tonnes contenues par an d’une étape à l’autre, moyennes des simulations; { $scenario }
flows-alternative = Diagramme de flux : { $element }, d’une étape et d’une région à l’autre, avant le choc et pendant.
flows-description = { $element } qui parvient à { $made } { $place } : { $before } par an avant le choc, { $during } pendant celui-ci, soit une baisse de { $share }. Le tableau donne chaque flux avec son intervalle.
flows-before = Avant : les six mois qui précèdent le choc
flows-during = Pendant : semaines 13 à 39 après le choc
flows-others = autres
flows-lost = perdu par rapport à avant
flows-tonnes = { $n } t
flows-note = Au-dessus de chaque étape : ce qui y arrive, ou ce qui est extrait. Non représentés : les retours (rebuts) et les petits flux, { $share } du total.

# 6 pertes
losses-title = Perte la plus faible : { $strategy }, { $left } au lieu de { $none }
losses-title-none = Aucune stratégie ne réduit nettement la perte de { $none }
losses-subtitle = Valeur ajoutée perdue par rapport aux mêmes simulations sans le choc; point : médiane, trait épais : intervalle à 50 %, trait fin : intervalle à 90 %; { $scenario }
losses-alternative = Perte sans stratégie, { $none }, et avec { $n ->
    [one] une stratégie
   *[other] chacune des { $number } stratégies
} : intervalles et médianes.

# 7 différences
differences-title = Plus fortes pertes évitées : { $strategy }, { $avoided }
differences-title-none = Aucune stratégie n’est statistiquement distinguable de l’absence de stratégie
differences-subtitle = Variation de la valeur ajoutée perdue sur les mêmes { $number } simulations; point : médiane, trait épais : son intervalle à 95 %, trait fin : intervalle à 90 %; gris : non distinguable statistiquement; { $scenario }
differences-alternative = Variation de la perte avec { $n ->
    [one] une stratégie
   *[other] chacune des { $number } stratégies
} sur les mêmes simulations; baisse nette pour { $helping }.
differences-value = { $range }; utile dans { $share }

# 8 frontière
frontier-title = Plus fortes pertes évitées : { $strategy }, { $avoided }; coût sans choc : { $cost }
frontier-title-saves = Plus fortes pertes évitées : { $strategy }, { $avoided }; économie sans choc : { $cost }
frontier-title-none = Aucune stratégie n’évite nettement de pertes dans cet événement
frontier-subtitle = Coût de la stratégie sans le choc, valeur actualisée, toutes régions et tous payeurs; pertes évitées pendant le choc : médiane, intervalle à 90 %; { $scenario }
frontier-alternative = Coût et pertes évitées; sur la frontière : { $n ->
    [0] aucune stratégie
    [one] une stratégie
   *[other] { $number } stratégies
}.
frontier-each = { $name } : évite { $avoided }, coûte { $cost }.
frontier-up = Pertes évitées
frontier-across = Coût sans choc
frontier-others = En gris : les autres, dans le tableau

# 9 seuil de rentabilité
break-even-title = Seuil de rentabilité le plus bas : { $strategy }, { $pays }
break-even-title-anyway = { $n ->
    [one] Rentable même sans choc : { $strategy }
   *[other] { $number } stratégies sont rentables même sans choc
}
break-even-title-none = Aucune stratégie n’atteint le seuil de rentabilité, si probable que soit le choc
break-even-subtitle = Probabilité annuelle du choc à partir de laquelle une stratégie devient rentable, toutes régions confondues, échelle logarithmique, intervalle à 95 %; { $scenario }
break-even-alternative = Probabilité annuelle du choc à partir de laquelle { $n ->
    [one] une stratégie
   *[other] chacune des { $number } stratégies
} devient rentable.
pays-anyway = rentable même sans choc
pays-never = jamais rentable
pays-anyway-unclear = probablement rentable même sans choc
pays-never-unclear = probablement jamais rentable
pays-from = { $share }, { $odds }

# 3 secteurs
sectors-title = { $sector } { $place } : la plus forte perte, { $lost }, { $share } du total
sectors-title-none = Aucune perte nette dans aucun secteur
sectors-subtitle = Valeur ajoutée des biens dus et non produits, dollars US par semaine, moyenne des simulations, par secteur; % : la pire semaine rapportée au niveau de référence; { $scenario }
sectors-alternative = Demande non satisfaite par secteur et région; { $sector } { $place } : la plus forte perte, { $lost }.
sectors-each = { $region } : { $lost } en tout, au pire { $share } du niveau de référence hebdomadaire.
sectors-rest = tous les autres
sectors-heading = { $region }, au pire { $share }

# 13 lignes pas encore arrêtées
survival-title = Des lignes s’arrêtent dans { $stopped } des entreprises en { $weeks } semaines; meilleure stratégie : { $strategy }, { $with }
survival-title-alone = Des lignes s’arrêtent dans { $stopped } des entreprises en { $weeks } semaines
survival-title-none = Presque aucune entreprise n’arrête de ligne en { $weeks } semaines
survival-subtitle = Producteurs finals hors du pays exportateur dont les lignes ne se sont pas encore arrêtées (un vingtième à l’arrêt faute d’intrants deux semaines de suite), % de { $lines } entreprises, moyenne de { $number } simulations; bande : intervalle à 90 % sans stratégie; { $scenario }
survival-alternative = Part des entreprises dont les lignes ne se sont pas encore arrêtées, par semaine; sans stratégie, des lignes s’arrêtent dans { $stopped } d’entre elles en { $weeks } semaines.
survival-each = { $share } n’ont pas arrêté de ligne
survival-across = Semaines depuis le choc

# 14 stocks
stocks-title = Stocks pour { $made } { $place } : de { $before } à { $least } jours à la semaine { $week }
stocks-title-none = Les stocks tiennent à toutes les étapes { $place }
stocks-subtitle = Stocks d’intrants à chaque étape, jours d’utilisation aux prix de référence, { $place }; { $scenario }
stocks-alternative = Jours de couverture { $place } au fil du temps à { $number } étapes, avec leurs bandes.
stocks-each = { $stage } : { $before } jours avant le choc, { $least } au plus bas, à la semaine { $week }.

# 15 concentration
concentration-title = { $n ->
    [0] À la fin, premier pays à plus de { $cap } : aucune étape; part la plus élevée : { $stage }, { $share }
    [one] À la fin, premier pays à plus de { $cap } : une étape, { $stage }, { $share }
   *[other] À la fin, premier pays à plus de { $cap } : { $number } étapes; part la plus élevée : { $stage }, { $share }
}
concentration-title-none = Aucune étape ne produit
concentration-subtitle = Indice de Herfindahl-Hirschman des pays selon la production, 0 à 10 000, médiane et intervalle à 90 %; tirets : 1 500 et 2 500; % : part du premier pays à la fin; { $scenario }
concentration-alternative = Concentration de chaque étape entre pays, par semaine; premier pays à plus de { $cap } à la fin : { $number } étapes.
concentration-each = { $stage } : indice de { $from } à { $to }; premier pays, { $share }.
concentration-heading = { $stage }, premier pays { $share }

# 16 licences
licences-title = La file des licences atteint { $queue } semaines de commerce, semaine { $week }; { $share } des demandes sont accordées
licences-title-none = Aucune file de licences ne se forme
licences-subtitle = Licences demandées, en attente et accordées, en semaines du commerce de référence de leurs liens, médianes; file avec intervalle à 90 %; { $scenario }
licences-alternative = File des licences : au plus { $queue } semaines de commerce, à la semaine { $week }; part accordée dans un second volet.
licences-description = Deux volets. En haut, les licences demandées, en attente et accordées; la file médiane est la plus longue à la semaine { $week } après le choc, { $queue } semaines de commerce de référence. En bas, la part accordée des demandes d’un trimestre; sur toute la période, { $share }.
licences-queue = Semaines de commerce de référence
licences-approval = Accordées, % des demandes d’un trimestre
licences-pending = en attente
licences-filed = demandées dans la semaine
licences-granted = accordées dans la semaine

# 17 décisions
decisions-title = { $strategy } : { $first } de pertes évitées pour une décision en { $early }, { $last } en { $late }
decisions-title-none = Aucune différence nette, quelle que soit la date de la décision
decisions-subtitle = Pertes évitées selon la date de la décision, sur les mêmes { $number } simulations, médiane et son intervalle à 95 %; cercles vides : non distinguable statistiquement; { $scenario }
decisions-alternative = Pertes évitées selon la date de la décision pour { $n ->
    [one] une stratégie
   *[other] { $number } stratégies
}.

# 19 rétro-test
backtest-title = L’intervalle du modèle contient { $inside } des { $all } valeurs de la crise qui n’ont pas servi au calage
backtest-subtitle = Dollars US par kg, échelle logarithmique : hors de Chine, observations (points) et intervalle à 90 %; en Chine, observations (cercles vides) et médiane (tirets); plus proche que les deux prévisions naïves dans { $ahead } cas
backtest-alternative = Prix observés de la crise et intervalles du modèle; { $inside } des { $all } valeurs hors calage sont à l’intérieur.
backtest-each = { $item } : la médiane modélisée culmine à { $modelled }, l’observation à { $seen } dollars US.
outlooks-title = { $inside } des { $all } chiffres du scénario de référence pour { $year } se situent dans ce qui a été publié
outlooks-subtitle = Aucun choc : médiane et intervalle à 90 % par année (ligne et bande); ce que d’autres ont publié avant avril 2025, avec son étendue (point et barre)
outlooks-alternative = Le scénario de référence par année et les perspectives publiées; { $inside } sur { $all } sont à l’intérieur.
outlooks-each = { $name } : { $ours } dans le modèle, { $value } dans les publications ({ $range }).
outlooks-heading = { $name }, { $unit }

# 10 hypothèses qui font varier un résultat
amount = { $n } { $unit }
tornado-effect-title = { $factor } : hypothèse qui pèse le plus, { $size } en moyenne ({ $outcome })
tornado-variance-title = Plus grande part de la variance ({ $outcome }) : { $factor }, { $size }
tornado-title-none = Aucune hypothèse ne pèse nettement à elle seule ({ $outcome })
tornado-effect-subtitle = { $outcome } : variation absolue moyenne quand une seule hypothèse change (Morris, { $number } simulations), avec son intervalle à 95 %; à droite, étendue de l’hypothèse, P5 à P95; { $scenario }
tornado-variance-subtitle = { $outcome } : part de la variance par hypothèse (Sobol, { $number } simulations), avec son intervalle à 95 %; à droite, étendue de l’hypothèse, P5 à P95; { $scenario }
tornado-alternative = Barres : poids de { $number } hypothèses ({ $outcome }).
tornado-raises = la fait monter
tornado-lowers = la fait baisser
tornado-alone = seule
tornado-together = avec d’autres
tornado-interval = intervalle à 95 %
tornado-value = { $size }; de { $range }
outcome-value_added_lost = perte de valeur ajoutée
outcome-lost_share = biens jamais construits, en part des biens dus
outcome-late_share = biens construits en retard, en part des biens dus
outcome-first_stop = premier arrêt de ligne
outcome-lines_stopped = part des lignes qui s’arrêtent
outcome-price_peak = sommet du prix
outcome-weeks_to_peak = semaines jusqu’au sommet du prix
outcome-weeks_to_half = semaines du sommet du prix à la moitié de la hausse
outcome-price_transfer = surcoût par rapport aux prix de référence
outcome-resilience_loss = perte de résilience
outcome-welfare_cost = coût pour le bien-être
outcome-first_new_output = première production de nouvelles usines
outcome-entrants_idled = part des nouvelles usines à l’arrêt
outcome-cost_reserve_purchases = achats de réserve
outcome-cost_reserve_sales = ventes de réserve
outcome-cost_reserve_carrying = coût de possession des réserves
outcome-cost_reserve_residual = valeur résiduelle des réserves
outcome-cost_buffer_purchases = achats de stocks tampons
outcome-cost_buffer_carrying = coût de possession des stocks tampons
outcome-cost_buffer_residual = valeur résiduelle des stocks tampons
outcome-cost_thrifting = coût des économies de matière
outcome-transfer_export_duties = droits d’exportation
outcome-transfer_tariffs = droits de douane
outcome-transfer_licence_rents = rentes de licence
outcome-cost_plant_capital = coût en capital des usines
outcome-cost_plant_residual = valeur résiduelle des usines
outcome-cost_restarts = coût des redémarrages
outcome-transfer_price_war = subvention d’une guerre des prix
outcome-cost_grants = subventions à l’investissement
outcome-cost_production_credits = crédits à la production
outcome-cost_loan_subsidies = bonifications de prêts
outcome-cost_loan_losses = pertes sur prêts
outcome-cost_floor_payouts = versements du prix plancher
outcome-cost_floor_returns = remboursements du prix plancher
outcome-cost_collecting = coût de la collecte
unit-weeks = semaines
unit-share = (part)

# 11 quand un résultat dépasse un seuil
boxes-title = { $outcome } : plus de { $bound } dans { $density } des simulations de cette boîte, contre { $beyond } au total
boxes-title-none = { $outcome } : aucune combinaison d’hypothèses n’explique les valeurs de plus de { $bound }
boxes-subtitle = Où chaque hypothèse doit se situer, en part de sa distribution (PRIM, { $number } simulations); gris : peut relever du hasard; la boîte contient { $coverage } des simulations au-delà du seuil; { $scenario }
boxes-alternative = Boîte de { $n ->
    [one] une hypothèse
   *[other] { $number } hypothèses
} ({ $outcome }) : plus de { $bound } dans { $density } des simulations.
boxes-above = plus de { $n }
boxes-below = moins de { $n }
boxes-none = Aucune boîte n’a été trouvée

# 12 semaines jusqu’au premier arrêt de ligne et à la reprise
survive-title = { $sector } { $place } : premier arrêt de ligne à la semaine { $week }, reprise à la semaine { $back } (médianes)
survive-title-few = Aucun secteur ne connaît d’arrêt de ligne dans la moitié des simulations
survive-title-none = Aucun arrêt de ligne dans 10 % des simulations ou plus
survive-subtitle = Semaines entre le choc et le premier arrêt de ligne (un vingtième des lignes d’une entreprise deux semaines de suite), puis jusqu’à la reprise définitive; % : plus forte part de lignes à l’arrêt, médiane; secteurs qui perdent le plus; { $number } simulations; { $scenario }
survive-alternative = Barres : semaines entre le choc et le premier arrêt de ligne, puis jusqu’à la reprise définitive, pour { $n ->
    [one] un secteur
   *[other] { $number } secteurs
}.
survive-value = sem. { $week } ({ $range }), reprise { $back }; { $idle }
survive-runs = aucun arrêt en médiane ({ $range })
survive-beyond = > { $n }
survive-name = { $sector }, { $region }
survive-runs-on = jusqu’au premier arrêt de ligne (médiane)
survive-down = jusqu’à la reprise définitive (médianes)
survive-range = premier arrêt, intervalle à 80 %

# 20 chronologie
timeline-title = { $n ->
    [one] Un événement : { $first }
   *[other] { $number } événements; le premier { $first }
}
timeline-title-late = { $n ->
    [0] Choc { $first }; toutes les stratégies agissent avant sa fin
    [one] Choc { $first }; une stratégie arrive trop tard
   *[other] Choc { $first }; { $number } stratégies arrivent trop tard
}
timeline-subtitle = Événements aux dates centrales : montée en clair, pleine ampleur en foncé, trait fin : intervalle à 90 % de la fin; stratégies à partir de leur premier effet; { $scenario }
timeline-alternative = Chronologie : { $n ->
    [one] un événement
   *[other] { $number } événements
} et premiers effets des stratégies.
timeline-event = { $kind } ({ $id })
timeline-from = à partir du { $day }
timeline-may = peut-être, à partir du { $day }
timeline-open = sans fin prévue
timeline-months = { $n ->
    [one] pendant un mois
   *[other] pendant { $months } mois
}
timeline-range = pendant { $months } mois ({ $range })
timeline-when = { $from }, { $lasts }
timeline-before = agit avant le choc
timeline-works = agit dès { $month }
event-exportcap = Interdiction ou plafond d’exportation
event-licence = Licences d’exportation
event-generallicence = Licence générale
event-customshold = Rétention en douane
event-quota = Quota d’exportation
event-tariff = Droit de douane
event-exportduty = Taxe à l’exportation
event-entityblacklist = Inscription sur une liste d’entités
event-capacityloss = Perte de capacité
event-productionquota = Quota de production
event-inventoryloss = Perte de stocks
event-enforcement = Répression de la fraude
event-announcement = Annonce
event-transportdelay = Retard de transport
event-demandshift = Variation de la demande
event-technologyembargo = Embargo technologique
event-pricewar = Guerre des prix

# 21 points
dots-title = { $n ->
    [one] La perte dépasse { $bound } dans un cas sur 20, tous également probables
   *[other] La perte dépasse { $bound } dans { $number } cas sur 20, tous également probables
}
dots-title-none = Vingt pertes également probables : { $range }
dots-subtitle = Valeur ajoutée perdue par rapport aux mêmes simulations sans le choc; chaque point est un vingtième de { $number } simulations; { $scenario }
dots-alternative = Vingt points selon la perte : { $range }.
dots-description = Diagramme de vingt pertes de valeur ajoutée également probables, sans stratégie : { $range }.
dots-above = { $n ->
    [one] 1 point au-dessus de { $bound }
   *[other] { $number } points au-dessus de { $bound }
}

# La note d’information
report-title = { $scenario } : { $lost } de valeur ajoutée perdue; premier arrêt de ligne majeur : { $sector } { $place }, à la semaine { $week }, dans { $share } des simulations
report-title-absorbed = { $scenario } : { $lost } de valeur ajoutée perdue; aucun secteur ne connaît d’arrêt de ligne dans un dixième des simulations ou plus
report-title-baseline = { $scenario } : le monde sans choc
report-line = État des connaissances au { $day }; chokepoint { $version }, monde { $world }, exécution { $digest }.
report-banner-preview = Aperçu fondé sur { $runs } simulations : un premier regard, pas encore une base de décision. Simulation exploratoire; ne constitue pas une prévision.
report-banner-brief = Note fondée sur { $runs } simulations. Simulation exploratoire; ne constitue pas une prévision.
report-banner-publish = Publication fondée sur { $runs } simulations. Simulation exploratoire; ne constitue pas une prévision.
report-skip = Aller aux constats
report-languages = Langues
report-contents = Table des matières
report-summary = Résumé en une page
report-scenario = Le scénario
report-happens = Ce qui se passe
report-costs = Ce que cela coûte
report-helps = Ce qui aurait aidé
report-uncertainty = Incertitude
report-validation = Validation
report-limits = Limites
report-register = Hypothèses et reproduction
report-words = Glossaire
report-annex = Annexe : les tableaux des figures
report-annex-line = Chaque tableau donne les nombres de sa figure; les plus longs sont abrégés, et les fichiers qui accompagnent les figures contiennent toutes les lignes.
report-method = Méthode
report-question = La question
report-answer = La réponse
report-change = Ce qui changerait la réponse
report-change-how = Pour trouver les hypothèses qui pèsent le plus sur la réponse : { $command }
report-baseline = Rien ne se produit dans ce scénario : aucune perte par rapport au scénario de référence.
report-answer-stops = { $n ->
    [one] Dans un secteur d’une région, au moins une ligne s’arrête
   *[other] Dans { $number } paires secteur-région, au moins une ligne s’arrête
} dans un dixième des simulations ou plus; parmi les secteurs qui perdent le plus, premier arrêt de ligne : { $sector } { $place }, à la semaine { $week } lorsqu’il se produit, dans { $share } des simulations; au pire, { $idle } de ses lignes sont à l’arrêt.
report-answer-absorbed = Aucun secteur ne connaît d’arrêt de ligne dans un dixième des simulations ou plus : les stocks amortissent le choc.
report-answer-loss = La perte de valeur ajoutée est de { $lost } sur { $years } ans; dans le pire vingtième des simulations, { $tail } en moyenne.
report-answer-region = { $region } : la perte la plus élevée, { $lost }.
report-answer-price = { $item } : hors du pays exportateur ({ $home }), le prix payé culmine à { $peak } fois celui du mois précédant le choc ({ $range }) : c’est la moyenne des contrats, des vendeurs libres et de ce qui contourne les contrôles.
report-answer-helps = Plus fortes pertes évitées sur les mêmes simulations : { $strategy }, { $avoided }; pertes réduites dans { $share } des simulations.
report-answer-none-helps = Sur les mêmes simulations, aucune stratégie n’est statistiquement distinguable de l’absence de stratégie.
report-answer-no-strategy = Aucune stratégie n’a été simulée avec ce scénario.
report-no-winner = Aucune stratégie ne l’emporte nettement : aucune ne réduit nettement la perte.
report-winner = { $strategy } : la plus forte baisse de la perte, statistiquement distinguable de celle de toutes les autres stratégies; { $pays }.
report-winner-cost-unknown = { $strategy } : la plus forte baisse de la perte, statistiquement distinguable de celle de toutes les autres stratégies; le coût sans le choc n’a pas été simulé.
report-winner-shared = { $n ->
    [one] { $strategy } : la plus forte baisse médiane de la perte, mais une autre stratégie n’en est pas statistiquement distinguable.
   *[other] { $strategy } : la plus forte baisse médiane de la perte, mais { $number } autres stratégies n’en sont pas statistiquement distinguables.
}
report-number-lost = Valeur ajoutée perdue
report-number-stop = Premier arrêt de ligne majeur : { $sector } { $place }
report-number-avoided = Pertes évitées : { $strategy }
report-week = semaine { $n }
report-months = { $n ->
    [one] un mois
   *[other] { $months } mois
}
report-scenario-line = Statut : { $status }; état des connaissances au { $as_of }. Le choc commence le { $day }; les pertes sont comptées sur { $years } ans dans le monde { $world }.
report-events = Événements du scénario : valeurs centrales et étendues
report-column-event = Événement
report-column-start = À partir du
report-column-duration = Durée à pleine ampleur
report-column-size = Ampleur
report-column-leakage = Fuites
report-column-grade = Qualité
report-column-source = Source
report-column-sector = Secteur et région
report-column-share = Simulations avec arrêt
report-column-first-stop = Premier arrêt, semaine
report-column-idle = Lignes à l’arrêt, au pire
report-column-lost = Valeur ajoutée perdue
report-column-ledger = Compte
report-column-amount = Médiane (intervalle à 90 %)
report-column-region = Région
report-column-strategy = Stratégie
report-column-change = Variation de la perte (intervalle à 95 %)
report-column-helps = Utile dans
report-column-finding = Constat
report-column-payer = Payée par
report-column-premium = Coût d’une année sans le choc (intervalle à 95 %)
report-column-pays = Seuil de rentabilité
report-column-assumption = Hypothèse
report-column-range = Valeur centrale (étendue)
report-column-unit = Unité
report-column-term = Terme
report-column-meaning = Sens
report-by-month = Part des simulations où une ligne s’était arrêtée à la fin du mois
report-stops = Secteurs qui perdent le plus, selon l’ordre du premier arrêt de ligne
report-ledgers = Quatre comptes de nature différente, jamais additionnés; par rapport aux mêmes simulations sans le choc, en dollars US de { $year }.
report-ledger-caption = Comptes
report-ledger-units = Biens jamais produits, part des biens dus
report-ledger-late = Biens produits en retard, part des biens dus
report-ledger-value = Valeur ajoutée perdue, nette du rattrapage
report-ledger-transfer = Payé au-delà des prix de référence hors du pays exportateur : un transfert, non une perte pour le monde
report-by-region = Valeur ajoutée perdue par région
report-finding-rule = Une stratégie n’est dite utile ou nuisible que si l’intervalle à 95 % de sa différence appariée exclut zéro.
report-strategies = Stratégies : variation de la perte sur les mêmes simulations, et coûts
report-none-late = Aucune stratégie n’arrive trop tard pour cet événement.
report-late = Trop tard pour cet événement, donc sans effet : { $strategies }.
report-uncertainty-line = { $runs } simulations situent la perte médiane entre { $low } et { $high } (intervalle à 95 %); les bandes des figures montrent la dispersion des simulations, que leur nombre ne réduit pas.
report-same-replicates = Chaque stratégie est mise à l’épreuve sur les mêmes simulations : même aléa, mêmes hypothèses, avec et sans le choc. Les différences sont appariées.
report-validation-line = Le modèle a été calé sur les quotas de 2010; il est confronté aux valeurs de cette crise qui n’ont pas servi au calage, écarts compris.
report-validation-how = La fiche de résultats s’obtient avec : chokepoint backtest 2010
report-counted = On compte ici la valeur ajoutée des fabricants de produits finis, soit { $counted } par an dans ce monde : une valeur ajoutée directe, qui n’est ni un plancher ni un plafond de la perte de produit intérieur brut. Les fournisseurs et les clients s’y ajoutent; la réaffectation, les concurrents et le rattrapage en retranchent.
report-counted-gdp = Pour { $region }, la perte sur toute la simulation équivaut à { $share } du produit intérieur brut d’une année.
report-under = moins de { $n } %
report-of-gdp = { $share } du PIB
report-times = × { $n }
report-world = Monde
report-estimates-heading = Ce que d’autres ont publié
report-estimates = Estimations publiées du même choc et valeur ajoutée perdue dans ce modèle sur toute la simulation (intervalle à 90 %); en pourcentage du produit intérieur brut d’une année
report-estimates-how = Ces chiffres ne mesurent pas la même chose. Des simulations qui ne changent qu’un élément expliquent chaque écart, dans docs/validation.md du projet.
report-knows-the-crisis = ; publiée après mars 2025 : seul l’ordre de grandeur est comparé
report-counts-network = produit intérieur brut, avec toutes les industries qui se fournissent entre elles
report-counts-macro = production, d’après des modèles macroéconomiques
report-counts-input-output = produit intérieur brut, d’après des tableaux d’entrées-sorties
report-counts-scaled = produit intérieur brut, extrapolé de 2010
report-counts-growth = croissance du produit intérieur brut
report-counts-gdp = produit intérieur brut
report-counts-tenth = production menacée
report-column-estimate = Publication
report-column-counts = Ce qui est compté
report-column-theirs = Estimation
report-column-ours = Ce modèle
report-limit-1 = Les constats valent si le scénario se produit; sa probabilité n’est pas estimée.
report-limit-2 = Les stocks de la défense et ceux des entreprises qui n’en publient pas sont inconnus; leur couverture relève du jugement et est assortie d’une étendue.
report-limit-3 = Les usines sont celles connues publiquement; en aval, les entreprises sont des groupes par secteur et par pays, et non des entreprises nommées.
report-limit-4 = Les prix suivent les stocks, les coûts et les contrôles selon des règles calées sur une seule crise; ils n’équilibrent pas un marché de négociants.
report-limit-5 = Les pertes sont comptées jusqu’aux fabricants de produits finals : l’ensemble de l’économie et les prix aux ménages ne sont pas couverts.
report-limit-6 = Les gouvernements agissent selon le scénario et la stratégie; ils ne réagissent pas les uns aux autres.
report-limit-7 = Le lutécium et le scandium ne sont pas modélisés.
report-outside-parameter = Hors du domaine de validité : { $what } a été fixé de { $low } à { $high }, alors qu’il est calé de { $from } à { $to }.
report-outside-price = Hors du domaine de validité : le prix de { $what } ({ $place }) va de { $low } à { $high } fois sa référence (intervalle à 90 %); la validité du modèle est établie de { $from } à { $to }.
report-outside-stock = Hors du domaine de validité : les stocks d’intrants à l’étape { $what } ({ $place }) atteignent { $high } semaines d’utilisation; les règles de commande valent jusqu’à { $to }.
report-assumptions = Hypothèses incertaines du monde
report-register-line = Chaque nombre assorti d’une étendue est tiré de nouveau à chaque simulation. Les noms sont ceux des fichiers de remplacement.
report-register-sorted = Celles qui changent le plus le résultat viennent d’abord.
report-register-unsorted = Elles suivent l’ordre du tableau du monde; avec une analyse de sensibilité à côté de l’exécution, celles qui changent le plus le résultat viennent d’abord.
report-sources = Sources des données et licences
report-sources-line = Chaque ligne des tableaux du monde { $world } porte sa source et une cote de preuve; docs/data.md du projet les résume. Ce sont des faits tirés de statistiques publiques, de rapports d’entreprises et de la presse; aucun de leurs textes n’est repris. chokepoint est un logiciel libre (Apache-2.0 ou MIT); sa police est Noto Sans (SIL Open Font Licence).
report-reproduce = Comment reproduire ces résultats
report-reproduce-how = Avec la même version ({ $version }), les mêmes fichiers et les mêmes options, l’exécution a la même empreinte, { $digest }, quel que soit le nombre de fils d’exécution.
report-cite = Comment citer ce document
report-cite-line = Les auteurs de chokepoint : chokepoint { $version }, simulateur à agents des ruptures d’approvisionnement de la chaîne de valeur des terres rares; exécution { $digest }.
report-glossary = Termes des figures et des tableaux, au sens du modèle
report-figure = Figure
report-description = Description
report-table = Tableau
report-rows = { $shown } lignes sur { $all }; le fichier à télécharger les contient toutes.
report-rows-paper = { $shown } lignes sur { $all }.
report-same-table = Même tableau que celui de la figure
report-colon = { " : " }
report-svg = Figure (SVG)
report-csv = Tableau (CSV)
status-historical = historique
status-in-force = en vigueur
status-suspended = suspendu
status-hypothetical = hypothétique
payer-public = le secteur public
payer-firm = les entreprises
payer-consumer = les consommateurs
grade-high = élevée
grade-med = moyenne
grade-low = faible
grade-judgement = jugement

# Scénarios
scenario-baseline = Sans choc
    .of = No shock
scenario-compound = Règle, fermeture, flambée de la demande et panne à la fois
    .of = Rule, closure, surge and outage together
scenario-demand-surge = Flambée de la demande d’aimants
    .of = Surge of magnet demand
scenario-dytb-halt-us = Arrêt des exportations de Dy et de Tb vers les États-Unis
    .of = Dy/Tb halt to the United States
scenario-extraterritorial-rule = Règle extraterritoriale sur le contenu chinois
    .of = Extraterritorial rule on Chinese content
scenario-full-embargo = Embargo visant les alliés sur toutes les terres rares
    .of = Embargo on all rare earths to allies
scenario-gallium-ban = Interdiction d’un an de toutes les exportations de gallium
    .of = Ban on all gallium exports for a year
scenario-gallium-licensing = Licences d’exportation du gallium de 2023 et interdiction de 2024
    .of = Gallium licences of 2023 and ban of 2024
scenario-japan-halt = Arrêt d’un an de toutes les terres rares vers le Japon
    .of = Halt of all rare earths to Japan for a year
scenario-japan-halt-3 = Arrêt de trois mois de toutes les terres rares vers le Japon
    .of = Halt of all rare earths to Japan for three months
scenario-japan-targeted = Interdiction des biens à double usage visant le Japon
    .of = Dual-use ban aimed at Japan
scenario-licence-squeeze = Licences au compte-gouttes pour les terres rares lourdes
    .of = Licence squeeze on heavy rare earths
scenario-licensing-2025 = Régime de licences d’avril 2025
    .of = Licensing of April 2025
scenario-lynas-outage = Panne de l’usine de Malaisie
    .of = Outage of the plant in Malaysia
scenario-magnet-plant-fire = Incendie d’une usine d’aimants alliée
    .of = Fire at an allied magnet plant
scenario-myanmar-closure = Fermeture des gisements du Myanmar
    .of = Closure of the fields of Myanmar
scenario-partial-18 = Licences strictes de 18 mois pour les terres rares lourdes
    .of = Strict licences on heavy rare earths for 18 months
scenario-port-strike = Grève dans les ports canadiens du Pacifique
    .of = Strike in Canada's Pacific ports
scenario-price-war = La Chine inonde le marché
    .of = China floods the market
scenario-quota-2010 = Quotas d’exportation de 2010 à 2014
    .of = Export quotas of 2010 to 2014
scenario-separator-flood = Inondation d’une usine de séparation au Sichuan
    .of = Flood at a separation plant in Sichuan
scenario-supply-80 = Exportations chinoises de terres rares réduites de quatre cinquièmes
    .of = Chinese exports of rare earths less four fifths
scenario-technology-embargo = La Chine retient équipements et savoir-faire
    .of = China withholds equipment and know-how

# Stratégies
strategy-allied-separation = Séparation alliée des terres rares légères et lourdes
    .of = Allied separation plants, light and heavy
strategy-canada-mine-to-magnet = Chaîne canadienne de la mine à l’aimant
    .of = Canadian chain from mine to magnet
strategy-defence-priority = Priorité à la défense et au secteur médical
    .of = Priority ratings for defence and medicine
strategy-dual-sourcing-cap = Plafond de 65 % pour l’offre chinoise
    .of = 65 per cent cap on supply from China
strategy-early-warning = Échange de données entre alliés
    .of = Data exchange among allies
strategy-export-credit = Crédit à l’exportation, de la mine à l’aimant
    .of = Export credit from mine to magnet
strategy-friend-shoring = Usines d’aimants alliées, avec contrats d’achat
    .of = Magnet plants among allies, with offtake
strategy-government-stockpile = Stock public d’aimants de 90 jours
    .of = 90-day government magnet stockpile
strategy-japan-2010 = Programmes japonais de 2010
    .of = Japan's programmes of 2010
strategy-joint-purchasing = Achats groupés et stock commun
    .of = Joint purchasing and a shared stock
strategy-japan-reserve-60 = Réserve nationale de 60 jours au Japon
    .of = National reserve of 60 days in Japan
strategy-japan-reserve-180 = Réserve nationale de 180 jours au Japon
    .of = National reserve of 180 days in Japan
strategy-oem-buffer = Stocks de 30 jours chez les fabricants
    .of = 30-day buffers at component makers and OEMs
strategy-portfolio = Portefeuille de 2 milliards de dollars US
    .of = Portfolio within 2 billion US dollars
strategy-price-floor = Prix plancher de 110 dollars US pour l’oxyde de NdPr
    .of = Price floor of 110 US dollars for NdPr oxide
strategy-recycling = Recyclage de 25 % des produits en fin de vie
    .of = End-of-life recycling at 25 per cent
strategy-thrifting = Économies de terres rares lourdes
    .of = Thrifting on heavy rare earths

# Secteurs
sector-ev = Véhicules électriques et hybrides
sector-ice = Véhicules thermiques
sector-wind = Éoliennes
sector-electronics = Électronique grand public
sector-automation = Automatisation et robotique
sector-hvac = Climatisation et électroménager
sector-aerospace = Aérospatiale civile
sector-defence = Défense
sector-medical = Secteur médical et autres aimants
sector-catalysts = Catalyseurs (craquage et échappement)
sector-polishing = Poudres de polissage
sector-phosphors = Luminophores
sector-ceramics = Céramiques et revêtements
sector-glass = Verre
sector-other = Autres usages des terres rares
sector-alloys = Alliages métalliques (mischmétal, alliages pour batteries, magnésium)
sector-phones = Téléphones et stations de base
sector-led = Éclairage, affichage et lasers
sector-radar = Radars de défense
sector-data-centre = Centres de données et alimentations
sector-magnets = Aimants au gallium
sector-pv = Photovoltaïque, luminophores et autres usages directs

# Produits
element-la = Lanthane
element-ce = Cérium
element-ndpr = Néodyme-praséodyme
element-sm = Samarium
element-eu = Europium
element-gd = Gadolinium
element-tb = Terbium
element-dy = Dysprosium
element-y = Yttrium
element-ga = Gallium
item-oxide-la = Oxyde de lanthane
item-oxide-ce = Oxyde de cérium
item-oxide-ndpr = Oxyde de néodyme-praséodyme
item-oxide-sm = Oxyde de samarium
item-oxide-eu = Oxyde d’europium
item-oxide-gd = Oxyde de gadolinium
item-oxide-tb = Oxyde de terbium
item-oxide-dy = Oxyde de dysprosium
item-oxide-y = Oxyde d’yttrium
item-metal-ndpr = Néodyme-praséodyme métal
item-metal-dy = Dysprosium métal
item-metal-tb = Terbium métal
item-metal-sm = Samarium métal
item-magnet-standard = Aimant NdFeB fritté, standard
item-magnet-high-temperature = Aimant NdFeB fritté, haute température
item-magnet-bonded = Aimant NdFeB lié
item-magnet-smco = Aimant SmCo
item-crude-4n = Gallium brut (4N)
item-refined-7n = Gallium raffiné (7N)
item-gaas-wafer = Plaquette d’arséniure de gallium

outlook-price-ndpr = Oxyde de NdPr, prix hors de Chine
outlook-share-mining = Extraction, part du premier pays
outlook-share-separation = Séparation, part du premier pays
outlook-made-ndpr-outside = Oxyde de NdPr produit hors de Chine
outlook-more-magnets-outside = Nouvelle production d’aimants, hors Chine et Japon
