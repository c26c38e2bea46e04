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
source = Source : chokepoint { $version }, { $subject }, monde { $world }, { $runs } tirages, exécution { $digest }. Simulation exploratoire; ne constitue pas une prévision.
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

# Ce que disent plusieurs figures
shock-window = choc (durée centrale)
key-median = médiane
key-half = moitié des tirages
key-nine-in-ten = neuf tirages sur dix
key-single = sept tirages individuels
key-calm = sans choc (médiane)
no-strategy = Aucune stratégie
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
   *[other] et { $told } autres dans le tableau
}

# 1 éventail
fan-title = { $place }, il manque jusqu’à { $share } de la production prévue, au pire à la semaine { $week }
fan-title-tail = { $place }, il manque jusqu’à { $most } du plan dans neuf tirages sur dix, moins de 1 % en médiane
fan-title-calm = Aucun choc : rien ne manque
fan-title-none = Aucune pénurie nette { $place } : les stocks amortissent le choc
fan-subtitle = Biens attendus mais non produits dans la semaine, en % du plan pondéré par la valeur ajoutée, { $place }, tous secteurs; { $scenario }
fan-alternative = Éventail : demande non satisfaite { $place }; la médiane culmine à la semaine { $week }, à { $median }.
fan-description = Éventail sur { $weeks } semaines { $place }. Le manque médian culmine à { $median } la semaine { $week } après le choc; la moitié des tirages se situent dans l’intervalle { $half }, neuf sur dix dans l’intervalle { $nine }.

# 2 prix
prices-title = { $item } : prix ×{ $outside } ailleurs au sommet, ×{ $inside } { $place }
prices-title-none = Aucun écart de prix net entre { $home } et le reste
prices-subtitle = Prix payé, 100 = mois avant le choc, échelle logarithmique; { $place } en trait plein, ailleurs en tirets avec neuf tirages sur dix; { $scenario }
prices-alternative = { $n ->
    [one] Indice de prix d’un produit
   *[other] Indices de prix de { $told } produits
} { $place } et ailleurs, avec leurs bandes.
prices-each = { $item } : ailleurs, la médiane culmine à ×{ $times } à la semaine { $week }.
prices-outside = ailleurs ×{ $times }, sommet ×{ $peak }
prices-outside-short = ailleurs ×{ $times }
prices-home = { $home } ×{ $times }

# 4 matrice
heat-title = { $made } { $place } recule le plus, de { $share } au pire mois
heat-title-none = Aucune étape, dans aucune région, ne passe nettement sous le niveau sans choc
heat-subtitle = Production manquante par rapport aux mêmes tirages sans le choc, %, médianes; production aux prix de référence; { $scenario }
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
heat-hatched = Hachuré : rien n’est produit; les hausses sont ramenées à 0.

# 5 flux
flows-title = { $element } pour { $made } { $place } : baisse de { $share }
flows-title-none = { $element } : aucune baisse nette à aucun stade d’aucune région
flows-subtitle = { $element }, tonnes contenues par an d’un stade à l’autre, moyennes des tirages; { $scenario }
flows-alternative = Diagramme de flux : { $element }, d’un stade et d’une région à l’autre, avant le choc et pendant.
flows-description = { $element } qui parvient à { $made } { $place } : { $before } par an avant le choc, { $during } pendant, soit une baisse de { $share }. Le tableau donne chaque flux avec son intervalle.
flows-before = Avant : les six mois qui précèdent le choc
flows-during = Pendant : semaines 13 à 39 après le choc
flows-others = autres
flows-lost = perdu par rapport à avant
flows-tonnes = { $n } t
flows-note = Au-dessus de chaque stade : ce qui y arrive, ou ce qui est extrait. Non dessinés : les retours (rebuts) et les petits flux, { $share } du total.

# 6 pertes
losses-title = Pertes les plus faibles : { $strategy }, { $left } au lieu de { $none }
losses-title-none = Aucune stratégie ne réduit nettement la perte de { $none }
losses-subtitle = Valeur ajoutée perdue par rapport aux mêmes tirages sans le choc; point : médiane, trait épais : moitié des tirages, trait fin : neuf sur dix; { $scenario }
losses-alternative = Perte sans stratégie, { $none }, et avec { $n ->
    [one] une stratégie
   *[other] chacune de { $told } stratégies
} : étendues et médianes.

# 7 différences
differences-title = { $strategy } : les pertes évitées les plus élevées, { $spared }
differences-title-none = Aucune différence nette : aucune stratégie ne se distingue de l’absence de stratégie
differences-subtitle = Variation de la valeur ajoutée perdue sur les mêmes { $told } tirages; point : médiane, trait épais : son intervalle à 95 %, trait fin : neuf tirages sur dix; gris : écart non significatif; { $scenario }
differences-alternative = Variation de la perte avec { $n ->
    [one] une stratégie
   *[other] chacune de { $told } stratégies
} sur les mêmes tirages; baisse nette pour { $helping }.
differences-value = { $range }; utile à { $share }

# 8 frontière
frontier-title = { $strategy } : le plus de pertes évitées ({ $spared }), pour un coût de { $cost } sans choc
frontier-title-saves = { $strategy } : le plus de pertes évitées ({ $spared }), avec une économie de { $cost } sans choc
frontier-title-none = Aucune stratégie n’évite nettement de pertes dans cet événement
frontier-subtitle = Coût sans le choc, valeur actualisée, toutes régions et tous payeurs; pertes évitées pendant le choc : médiane, neuf tirages sur dix; { $scenario }
frontier-alternative = Coût et pertes évitées; sur la frontière : { $n ->
    [0] aucune stratégie
    [one] une stratégie
   *[other] { $told } stratégies
}.
frontier-each = { $name } : évite { $spared }, coûte { $cost }.
frontier-up = Pertes évitées
frontier-across = Coût sans choc
frontier-others = En gris : les autres, dans le tableau

# 9 seuil de rentabilité
break-even-title = Rentable en premier : { $strategy }, { $pays }
break-even-title-anyway = { $n ->
    [one] Rentable même sans choc : { $strategy }
   *[other] { $told } stratégies sont rentables même sans choc
}
break-even-title-none = Aucune stratégie n’est rentable, si probable que soit le choc
break-even-subtitle = Probabilité annuelle du choc à partir de laquelle une stratégie se rentabilise, toutes régions, échelle logarithmique, intervalle à 95 %; { $scenario }
break-even-alternative = Probabilité annuelle du choc à partir de laquelle { $n ->
    [one] une stratégie
   *[other] chacune de { $told } stratégies
} se rentabilise.
pays-anyway = rentable même sans choc
pays-never = jamais rentable
pays-anyway-unclear = sans doute rentable même sans choc
pays-never-unclear = sans doute jamais rentable
pays-from = { $share }, { $odds }

# 3 secteurs
sectors-title = { $sector } { $place } : la plus forte perte, { $lost }, { $share } du total
sectors-title-none = Aucune perte nette dans aucun secteur
sectors-subtitle = Valeur ajoutée des biens dus et non produits, dollars US par semaine, moyenne des tirages, par secteur; % : la pire semaine rapportée à une semaine au repos; { $scenario }
sectors-alternative = Demande non satisfaite par secteur et région; { $sector } { $place } : la plus forte perte, { $lost }.
sectors-each = { $region } : { $lost } en tout, au pire { $share } d’une semaine au repos.
sectors-rest = tous les autres
sectors-heading = { $region }, au pire { $share }

# 13 lignes en marche
survival-title = { $stopped } des lignes s’arrêtent en { $weeks } semaines, { $with } avec { $strategy }
survival-title-alone = { $stopped } des lignes s’arrêtent en { $weeks } semaines
survival-title-none = Presque aucune ligne ne s’arrête en { $weeks } semaines
survival-subtitle = Producteurs finals hors de la région d’origine encore jamais arrêtés (moins de 80 % du plan deux semaines de suite), % de { $lines } lignes, moyenne de { $told } tirages; bande : neuf tirages sur dix sans stratégie; { $scenario }
survival-alternative = Part des lignes encore jamais arrêtées; sans stratégie, { $stopped } s’arrêtent en { $weeks } semaines.
survival-each = { $share } ne se sont pas arrêtées
survival-across = Semaines depuis le choc

# 14 stocks
stocks-title = Stocks pour { $made } { $place } : de { $before } à { $least } jours, semaine { $week }
stocks-title-none = Les stocks tiennent à toutes les étapes { $place }
stocks-subtitle = Stocks des acheteurs de chaque étape, jours d’utilisation aux prix de référence, { $place }; { $scenario }
stocks-alternative = Jours de couverture { $place } au fil du temps à { $told } étapes, avec leurs bandes.
stocks-each = { $stage } : { $before } jours avant le choc, { $least } au plus bas, semaine { $week }.

# 15 concentration
concentration-title = { $n ->
    [0] Aucune étape ne reste au-dessus d’une plus grande part de { $cap }; la plus haute : { $stage }, { $share }
    [one] Une étape reste au-dessus d’une plus grande part de { $cap } : { $stage }, { $share }
   *[other] { $told } étapes restent au-dessus d’une plus grande part de { $cap }; la plus haute : { $stage }, { $share }
}
concentration-title-none = Aucune étape ne produit
concentration-subtitle = Indice de Herfindahl-Hirschman des pays selon la production, 0 à 10 000, médiane et neuf tirages sur dix; tirets : 1 500 et 2 500; % : part du plus grand pays à la fin; { $scenario }
concentration-alternative = Concentration de chaque étape entre pays; { $told } étapes finissent au-dessus d’une plus grande part de { $cap }.
concentration-each = { $stage } : indice de { $from } à { $to }; plus grand pays { $share }.
concentration-heading = { $stage }, premier pays { $share }

# 16 licences
licences-title = La file des licences atteint { $queue } semaines de commerce, semaine { $week }; { $share } des demandes sont accordées
licences-title-none = Aucune file de licences ne se forme
licences-subtitle = Licences demandées, en attente et accordées, en semaines de commerce au repos, médianes; file avec neuf tirages sur dix; { $scenario }
licences-alternative = File des licences : au plus { $queue } semaines de commerce, semaine { $week }; part accordée dans un second volet.
licences-description = Deux volets. En haut, les licences demandées, en attente et accordées; la file médiane est la plus longue la semaine { $week } après le choc, { $queue } semaines de commerce au repos. En bas, la part accordée des demandes d’un trimestre; sur toute la période { $share }.
licences-queue = Semaines de commerce au repos
licences-approval = Accordées, % des demandes d’un trimestre
licences-pending = en attente
licences-filed = demandées dans la semaine
licences-granted = accordées dans la semaine

# 17 décisions
decisions-title = { $strategy } : { $first } de pertes évitées si décidé en { $early }, { $last } en { $late }
decisions-title-none = Aucune différence nette, quel que soit le jour de la décision
decisions-subtitle = Pertes évitées selon le jour de la décision, sur les mêmes { $told } tirages, médiane et son intervalle à 95 %; anneaux : écart non significatif; { $scenario }
decisions-alternative = Pertes évitées selon le jour de la décision pour { $n ->
    [one] une stratégie
   *[other] { $told } stratégies
}.

# 19 rétro-test
backtest-title = La fourchette du modèle contient { $inside } des { $all } valeurs de la crise qui n’ont pas servi à le caler
backtest-subtitle = Dollars US par kg, échelle logarithmique : hors de Chine, observations (points) sur la bande de neuf tirages sur dix; en Chine, observations (anneaux), médiane en tirets; meilleur que les deux prévisions naïves dans { $ahead } cas
backtest-alternative = Prix observés de la crise sur les bandes du modèle; { $inside } des { $all } nombres non ajustés sont à l’intérieur.
backtest-each = { $item } : la médiane modélisée culmine à { $modelled }, l’observation à { $seen } dollars US.

# 10 hypothèses qui font varier un résultat
amount = { $n } { $unit }
tornado-effect-title = { $factor } pèse le plus sur { $outcome } : { $size } en moyenne
tornado-variance-title = { $factor } explique l’essentiel de { $outcome } : { $size } de la variance
tornado-title-none = Aucune hypothèse, à elle seule, ne pèse nettement sur { $outcome }
tornado-effect-subtitle = { $outcome } : variation absolue moyenne quand une seule hypothèse change (Morris, { $told } exécutions), avec son intervalle à 95 %; à droite, étendue de l’hypothèse, P5 à P95; { $scenario }
tornado-variance-subtitle = { $outcome } : part de la variance par hypothèse (Sobol, { $told } exécutions), avec son intervalle à 95 %; à droite, étendue de l’hypothèse, P5 à P95; { $scenario }
tornado-alternative = Barres : poids de { $told } hypothèses sur { $outcome }.
tornado-raises = la fait monter
tornado-lowers = la fait baisser
tornado-alone = seule
tornado-together = avec d’autres
tornado-interval = intervalle à 95 %
tornado-value = { $size }; de { $range }
outcome-value_added_lost = la perte de valeur ajoutée
unit-weeks = semaines
unit-share = (part)

# 11 quand un résultat dépasse un seuil
boxes-title = { $outcome } dépasse { $bound } dans { $density } des tirages de cette boîte, dans { $beyond } de tous
boxes-title-none = Aucune combinaison d’hypothèses n’explique quand { $outcome } dépasse { $bound }
boxes-subtitle = Où chaque hypothèse doit se situer, en part de sa distribution (PRIM, { $told } exécutions); gris : peut-être le hasard; la boîte contient { $coverage } des tirages au-delà du seuil; { $scenario }
boxes-alternative = Boîte de { $n ->
    [one] une hypothèse
   *[other] { $told } hypothèses
} où { $outcome } dépasse { $bound } dans { $density } des tirages.
boxes-above = plus de { $n }
boxes-below = moins de { $n }
boxes-none = Aucune boîte n’a été trouvée

# 12 combien de temps les secteurs tiennent
survive-title = Dans la moitié des tirages, arrêt avant la semaine { $week } : { $sector } { $place }; reprise à la semaine { $back }
survive-title-few = Aucun secteur ne s’arrête dans la moitié des tirages
survive-title-none = Aucun secteur ne s’arrête : les stocks amortissent le choc
survive-subtitle = Semaines entre le choc et le premier arrêt d’une ligne (moins de 80 % du plan deux semaines de suite), puis jusqu’à la reprise définitive; secteurs qui perdent le plus; { $told } tirages; { $scenario }
survive-alternative = Barres : semaines pendant lesquelles { $n ->
    [one] un secteur tient
   *[other] { $told } secteurs tiennent
} après le choc, puis semaines d’arrêt.
survive-value = semaine { $week } ({ $range }), reprise à la semaine { $back }
survive-runs = tient dans la plupart des tirages ({ $range })
survive-beyond = > { $n }
survive-name = { $sector }, { $region }
survive-runs-on = tient (médiane)
survive-down = arrêt jusqu’à la reprise définitive (médianes)
survive-range = premier arrêt, huit tirages sur dix

# 20 chronologie
timeline-title = { $n ->
    [one] Un événement : { $first }
   *[other] { $told } événements; le premier { $first }
}
timeline-title-late = { $n ->
    [0] Choc { $first }; toutes les stratégies agissent avant sa fin
    [one] Choc { $first }; une stratégie arrive trop tard
   *[other] Choc { $first }; { $told } stratégies arrivent trop tard
}
timeline-subtitle = Événements aux dates centrales : montée en clair, pleine ampleur en foncé, trait fin : la fin dans neuf tirages sur dix; stratégies à partir de leur premier effet; { $scenario }
timeline-alternative = Chronologie : { $n ->
    [one] un événement
   *[other] { $told } événements
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
timeline-told = { $from }, { $lasts }
timeline-before = agit avant le choc
timeline-works = agit à partir de { $month }
event-exportcap = Interdiction ou plafond d’exportation
event-licence = Licences d’exportation
event-quota = Quota d’exportation
event-tariff = Droit de douane
event-exportduty = Taxe à l’exportation
event-entityblacklist = Liste noire d’entreprises
event-capacityloss = Perte de capacité
event-productionquota = Quota de production
event-inventoryloss = Perte de stock
event-enforcement = Répression de la fraude
event-announcement = Annonce
event-transportdelay = Retard de transport
event-demandshift = Variation de la demande
event-technologyembargo = Embargo technologique
event-pricewar = Guerre des prix

# 21 points
dots-title = { $n ->
    [one] Dans un avenir sur 20, également probables, la perte dépasse { $bound }
   *[other] Dans { $told } avenirs sur 20, également probables, la perte dépasse { $bound }
}
dots-title-none = Vingt pertes également probables : { $range }
dots-subtitle = Valeur ajoutée perdue par rapport aux mêmes tirages sans le choc; chaque point est un vingtième de { $told } tirages; { $scenario }
dots-alternative = Vingt points selon la perte : { $range }.
dots-description = Nuage de vingt pertes de valeur ajoutée également probables, sans stratégie : { $range }.
dots-above = { $n ->
    [one] 1 point au-dessus de { $bound }
   *[other] { $told } points au-dessus de { $bound }
}

# La note d’information
report-title = { $scenario } : { $lost } de valeur ajoutée perdue; premier arrêt majeur : { $sector } { $place }, semaine { $week }, dans { $share } des tirages
report-title-absorbed = { $scenario } : { $lost } de valeur ajoutée perdue; aucun secteur ne s’arrête dans un dixième des tirages ou plus
report-title-calm = { $scenario } : le monde sans choc
report-line = État des connaissances au { $day }; chokepoint { $version }, monde { $world }, exécution { $digest }.
report-banner-preview = Aperçu de { $runs } tirages : un premier regard, pas encore une base de décision. Simulation exploratoire; ne constitue pas une prévision.
report-banner-brief = Note fondée sur { $runs } tirages. Simulation exploratoire; ne constitue pas une prévision.
report-banner-publish = Publication fondée sur { $runs } tirages. Simulation exploratoire; ne constitue pas une prévision.
report-skip = Aller aux constats
report-languages = Langues
report-contents = Table des matières
report-summary = Résumé en une page
report-scenario = Le scénario
report-happens = Ce qui se passe
report-costs = Ce que cela coûte
report-helps = Ce qui aurait aidé
report-sure = Degré de certitude
report-belief = Le modèle est-il digne de confiance?
report-limits = Limites
report-register = Hypothèses et reproduction
report-words = Glossaire
report-annex = Annexe : les tableaux des figures
report-annex-line = Chaque tableau donne les nombres de sa figure; les plus longs sont réduits, et les fichiers qui accompagnent les figures contiennent toutes les lignes.
report-method = Méthode
report-question = La question
report-answer = La réponse
report-change = Ce qui changerait la réponse
report-change-how = Les hypothèses qui pèsent le plus sur la réponse se trouvent avec : { $command }
report-calm = Rien n’arrive dans ce scénario : rien n’est perdu par rapport au calme.
report-answer-stops = { $n ->
    [one] Un secteur d’une région s’arrête
   *[other] { $told } secteurs de régions s’arrêtent
} dans un dixième des tirages ou plus; parmi ceux qui perdent le plus, premier arrêt : { $sector } { $place }, semaine { $week }, dans { $share } des tirages.
report-answer-absorbed = Aucun secteur ne s’arrête dans un dixième des tirages ou plus : les stocks amortissent le choc.
report-answer-loss = La perte de valeur ajoutée est de { $lost } sur { $years } ans; dans le pire vingtième des tirages, { $tail } en moyenne.
report-answer-region = { $region } : la perte la plus élevée, { $lost }.
report-answer-price = { $item } : hors de { $home }, le prix culmine à { $peak } fois celui du mois précédent ({ $range }).
report-answer-helps = { $strategy } : les pertes évitées les plus élevées sur les mêmes tirages, { $spared }; pertes réduites dans { $share } des tirages.
report-answer-none-helps = Sur les mêmes tirages, aucune stratégie ne se distingue de l’absence de stratégie.
report-answer-no-strategy = Aucune stratégie n’a été simulée avec ce scénario.
report-no-winner = Aucune stratégie ne l’emporte nettement : aucune ne réduit la perte hors de tout doute.
report-winner = { $strategy } : la plus forte baisse de la perte, distincte de toutes les autres stratégies; { $pays }.
report-winner-cost-unknown = { $strategy } : la plus forte baisse de la perte, distincte de toutes les autres stratégies; le coût sans choc n’a pas été simulé.
report-winner-shared = { $n ->
    [one] { $strategy } : la plus forte baisse médiane de la perte, mais une autre stratégie ne s’en distingue pas.
   *[other] { $strategy } : la plus forte baisse médiane de la perte, mais { $told } autres stratégies ne s’en distinguent pas.
}
report-number-lost = Valeur ajoutée perdue
report-number-stop = Premier arrêt majeur : { $sector } { $place }
report-number-spared = Pertes évitées : { $strategy }
report-week = semaine { $n }
report-months = { $n ->
    [one] un mois
   *[other] { $months } mois
}
report-scenario-line = Statut : { $status }; état des connaissances au { $as_of }. Le choc commence le { $day }; les pertes sont comptées sur { $years } ans dans le monde { $world }.
report-events = Événements du scénario : valeurs centrales et étendues
report-column-event = Événement
report-column-start = À partir du
report-column-duration = Pleine ampleur pendant
report-column-size = Ampleur
report-column-leakage = Fuites
report-column-grade = Qualité
report-column-source = Source
report-column-sector = Secteur et région
report-column-share = Tirages avec arrêt
report-column-first-stop = Premier arrêt, semaine
report-column-lost = Valeur ajoutée perdue
report-column-ledger = Compte
report-column-amount = Médiane (neuf tirages sur dix)
report-column-region = Région
report-column-strategy = Stratégie
report-column-change = Variation de la perte (intervalle à 95 %)
report-column-helps = Utile dans
report-column-finding = Constat
report-column-payer = Payée par
report-column-premium = Coût d’une année calme (intervalle à 95 %)
report-column-pays = Rentabilité
report-column-assumption = Hypothèse
report-column-range = Valeur centrale (étendue)
report-column-unit = Unité
report-column-term = Mot
report-column-meaning = Sens
report-by-month = Part des tirages où une ligne s’est arrêtée avant la fin du mois
report-stops = Secteurs qui perdent le plus, du premier au dernier arrêt
report-ledgers = Quatre comptes de nature différente, jamais additionnés; par rapport aux mêmes tirages sans le choc, en dollars US de { $year }.
report-ledger-caption = Comptes
report-ledger-units = Biens jamais produits, part des biens dus
report-ledger-late = Biens produits en retard, part des biens dus
report-ledger-value = Valeur ajoutée perdue, nette du rattrapage
report-ledger-transfer = Payé au-delà des prix de référence hors de la région d’origine : un transfert, non une perte pour le monde
report-by-region = Valeur ajoutée perdue par région
report-finding-rule = Une stratégie n’est dite utile ou nuisible que si l’intervalle à 95 % de sa différence appariée exclut zéro.
report-strategies = Stratégies : variation de la perte sur les mêmes tirages, et coûts
report-none-late = Aucune stratégie n’arrive trop tard pour cet événement.
report-late = Trop tard pour cet événement, donc sans effet : { $strategies }.
report-sure-line = { $runs } tirages situent la perte médiane entre { $low } et { $high } (95 %); les bandes des figures montrent la dispersion des tirages, que leur nombre ne réduit pas.
report-same-futures = Chaque stratégie est soumise aux mêmes tirages : même hasard, mêmes hypothèses, avec et sans choc. Les différences sont appariées.
report-belief-line = Le modèle a été calé sur les quotas de 2010; il est confronté aux valeurs de cette crise qui n’ont pas servi au calage, écarts compris.
report-belief-how = La fiche de résultats s’obtient avec : chokepoint backtest 2010
report-belief-estimate = Une estimation publiée figure à côté de la réponse du modèle à la même question dans docs/validation.md du projet : le United States Geological Survey évalue la perte de produit intérieur brut du pays à 3,1 G$ US (1,7 à 8,2) si la Chine n’exporte plus de gallium (Open-File Report 2024-1057); le scénario gallium-ban pose la même question.
report-limit-1 = Les constats valent si le scénario se produit; sa probabilité n’est pas estimée.
report-limit-2 = Les stocks de la défense et ceux des entreprises qui n’en publient pas sont inconnus; leur couverture est un jugement, avec une étendue.
report-limit-3 = Les usines sont celles connues publiquement; en aval, les entreprises sont des groupes par secteur et par pays, non des entreprises nommées.
report-limit-4 = Les prix suivent les stocks, les coûts et les contrôles selon des règles calées sur une seule crise; ils n’équilibrent pas un marché de négociants.
report-limit-5 = Les pertes s’arrêtent aux fabricants de produits finals : rien n’est dit de l’ensemble de l’économie ni des prix aux ménages.
report-limit-6 = Les gouvernements font ce que disent le scénario et la stratégie; ils ne réagissent pas les uns aux autres.
report-limit-7 = Le lutécium et le scandium ne sont pas modélisés.
report-outside-parameter = Hors du domaine de validité : { $what } a été fixé de { $low } à { $high } alors qu’il est calé de { $from } à { $to }.
report-outside-price = Hors du domaine de validité : le prix de { $what } ({ $place }) va de { $low } à { $high } fois sa référence dans neuf futurs sur dix; le modèle tient de { $from } à { $to }.
report-outside-stock = Hors du domaine de validité : les stocks d’intrants au stade { $what } ({ $place }) atteignent { $high } semaines d’usage; les règles de commande valent jusqu’à { $to }.
report-assumptions = Hypothèses incertaines du monde
report-register-line = Chaque nombre assorti d’une étendue est tiré de nouveau dans chaque tirage. Les noms sont ceux des fichiers de remplacement.
report-register-sorted = Celles qui changent le plus le résultat viennent d’abord.
report-register-unsorted = Elles suivent l’ordre du tableau du monde; avec une analyse de sensibilité à côté de l’exécution, celles qui changent le plus le résultat viennent d’abord.
report-sources = Sources des données et licences
report-sources-line = Chaque ligne des tableaux du monde { $world } porte sa source et une cote de preuve; docs/data.md du projet les résume. Ce sont des faits tirés de statistiques publiques, de rapports d’entreprises et de la presse; aucun de leurs textes n’est repris. chokepoint est un logiciel libre (Apache-2.0 ou MIT); sa police est Noto Sans (SIL Open Font Licence).
report-reproduce = Comment reproduire ces résultats
report-reproduce-how = Avec la même version ({ $version }), les mêmes fichiers et les mêmes options, l’exécution a la même empreinte, { $digest }, quel que soit le nombre de fils d’exécution.
report-cite = Comment citer ce document
report-cite-line = Les auteurs de chokepoint : chokepoint { $version }, simulateur à agents des ruptures d’approvisionnement de la chaîne de valeur des terres rares; exécution { $digest }.
report-glossary = Mots des figures et des tableaux, au sens du modèle
report-figure = Figure
report-description = Description
report-table = Tableau
report-rows = { $shown } lignes sur { $all }; le fichier à télécharger les contient toutes.
report-rows-paper = { $shown } lignes sur { $all }.
report-same-table = Même tableau que celui de la figure
report-colon = { " : " }
report-svg = Figure (SVG)
report-csv = Tableau (CSV)
status-historical = passé
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
scenario-calm = Sans choc
    .of = No shock
scenario-compound = Règle, fermeture, essor et panne à la fois
    .of = Rule, closure, surge and outage together
scenario-demand-surge = Flambée de la demande d’aimants
    .of = Surge of magnet demand
scenario-dytb-halt-us = Arrêt des exportations de Dy et de Tb vers les États-Unis
    .of = Dy/Tb halt to the United States
scenario-extraterritorial-rule = Règle extraterritoriale sur le contenu chinois
    .of = Extraterritorial rule on Chinese content
scenario-full-embargo = Embargo sur toutes les terres rares envers les alliés
    .of = Embargo on all rare earths to allies
scenario-gallium-ban = Interdiction d’un an de toutes les exportations de gallium
    .of = Ban on all gallium exports for a year
scenario-gallium-licensing = Licences d’exportation du gallium de 2023 et interdiction de 2024
    .of = Gallium licences of 2023 and ban of 2024
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
scenario-port-strike = Grève dans les ports canadiens du Pacifique
    .of = Strike in Canada's Pacific ports
scenario-price-war = La Chine inonde le marché
    .of = China floods the market
scenario-quota-2010 = Quotas d’exportation de 2010 à 2014
    .of = Export quotas of 2010 to 2014
scenario-separator-flood = Inondation d’une usine de séparation au Sichuan
    .of = Flood at a separation plant in Sichuan
scenario-technology-embargo = La Chine retient équipements et savoir-faire
    .of = China withholds equipment and know-how

# Stratégies
strategy-allied-separation = Usines de séparation alliées, légères et lourdes
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
strategy-oem-buffer = Stocks de 30 jours chez les fabricants
    .of = 30-day buffers at component makers and OEMs
strategy-portfolio = Portefeuille de 2 milliards de dollars US
    .of = Portfolio within 2 billion US dollars
strategy-price-floor = Prix plancher de 110 dollars US pour l’oxyde de NdPr
    .of = Price floor of 110 US dollars for NdPr oxide
strategy-recycling = Recyclage de 25 % des produits usés
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
sector-medical = Médecine et autres aimants
sector-catalysts = Catalyseurs (craquage et échappement)
sector-polishing = Poudres de polissage
sector-phosphors = Luminophores
sector-ceramics = Céramiques et revêtements
sector-glass = Verre
sector-other = Autres usages des terres rares

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
