"""The French texts on what a segment is worth."""

FRENCH = {
    "worth": "Ce que vaut un segment le mois suivant",
    "worth_missing": (
        "Aucun mois complet ne suit une date à laquelle des clients avaient un segment : on ne "
        "sait pas encore ce que font ensuite les segments. Il faut ajouter le mois suivant."
    ),
    "worth_lead": (
        "Des segments qui ne décrivent que le passé ne prouvent rien. Les clients ont donc été "
        "placés dans leur segment tel qu'il était le {moment}, d'après leur seul comportement "
        "jusque-là, puis les {days} jours suivants, appelés ici le mois suivant, ont été "
        "observés. {count} clients avaient alors un segment ; dans un grand magasin, il s'agit "
        "d'un échantillon tiré selon une empreinte de l'identifiant."
    ),
    "worth_lead_model": (
        "Les segments, eux, sont ceux d'aujourd'hui : bornes, axes et centres ont été appris sur "
        "les données jusqu'au {as_of}, qui comprennent ces mois."
    ),
    "worth_best": (
        "Le mois suivant, la part d'acheteurs du segment « {name} » a été de {rate}, soit {lift} "
        "fois la moyenne ({average})."
    ),
    "worth_worst": "Celle du segment « {name} » a été de {rate}, soit {lift} fois la moyenne.",
    "worth_spent": (
        "Le chiffre d'affaires par client du segment « {name} » a été de {mean}, soit {lift} fois "
        "la moyenne ({average})."
    ),
    "worth_nobody": (
        "Personne n'a acheté ce mois-là : aucun segment ne peut être comparé à la moyenne."
    ),
    "worth_members": "Clients à cette date",
    "worth_bought": "Acheteurs le mois suivant",
    "worth_interval": "Intervalle à 95 %",
    "worth_lift": "Rapport à la moyenne",
    "worth_revenue": "CA par client",
    "worth_returned": "Revenus au magasin",
    "worth_average": "Moyenne",
    "worth_hidden": "Un tiret remplace tout chiffre qui concerne moins de {minimum} personnes.",
    "worth_hidden_public": (
        "Un tiret remplace tout chiffre qui concerne moins de {minimum} personnes, ou toutes sauf "
        "moins de {minimum}. Les moyennes n'en tiennent pas compte, et ne sont affichées que là "
        "où cela ne change presque rien (1 % d'un total)."
    ),
    "worth_note": (
        "Un intervalle doit contenir le vrai chiffre dans 95 échantillons sur 100 : celui de "
        "Wilson pour les taux et, pour le chiffre d'affaires, celui de Hall, qui tient compte des "
        "rares clients très dépensiers. Dans les magasins où il a été essayé, ce dernier l'a fait "
        "92 à 99 fois sur 100, et moins souvent là où un client sur cent dépense cent fois plus "
        "que les autres ; il n'y en a pas au-dessous de dix acheteurs. Il dit la précision des "
        "chiffres de ce mois-ci, non ce que donnerait un autre mois de décembre. Un segment qui "
        "achète deux fois plus l'aurait peut-être fait sans aucune campagne : les campagnes ne "
        "sont pas dans les données."
    ),
    "worth_chart_buying": "Acheteurs le mois suivant",
    "worth_chart_revenue": "CA par client le mois suivant",
    "worth_chart_alt": (
        "Point et intervalle à 95 % pour chaque segment ; moyenne : {average}. {figures}."
    ),
    "worth_chart_figure": "{name} : {value} ({lower} à {upper})",
    "worth_chart_value": "{name} : {value}",
    "worth_axis_buying": "part des clients du segment",
    "worth_axis_revenue": "moyenne, {in_currency}",
    "worth_legend": "moyenne : {average}",
    "worth_history": "La même mesure, mois après mois",
    "worth_history_text": (
        "Dans le mois qui a suivi chaque date, part d'acheteurs de chaque segment rapportée à la "
        "moyenne, puis, entre parenthèses, cette part. Un seul mois peut être le fait du hasard ; "
        "un segment qui se détache à chaque fois mérite un plan d'action. Un tiret remplace un "
        "chiffre qui concerne trop peu de personnes."
    ),
    "worth_history_cell": "{lift} ({rate})",
    "worth_shares": "Quelle part du chiffre d'affaires du mois suivant les segments expliquent",
    "worth_shares_text": (
        "Au {moment}, connaître le segment d'un client explique {segment} des différences de "
        "chiffre d'affaires du mois suivant (part de la variance de log(1 + CA)). Les onze groupes"
        " usuels selon la récence, la fréquence et le montant (RFM) en expliquent {rfm_group}, "
        "leurs 125 cellules {rfm_cell}."
    ),
    "worth_benchmark": (
        "Un modèle de gradient boosting, qui ne lit que les indicateurs des segments ({count}), "
        "en prédit {boosting} chez des clients qu'il n'a jamais vus : un repère de ce que "
        "contiennent ces indicateurs, non une limite."
    ),
    "worth_benchmark_money": (
        "Les dépenses passées n'en font pas partie : RFM, qui les connaît, peut donc le dépasser."
    ),
    "worth_shares_note": (
        "Les clients qui n'ont jamais acheté forment un groupe RFM et une cellule. Beaucoup de "
        "petits groupes expliquent par hasard une part de n'importe quel résultat ; entre "
        "parenthèses figure ce qu'ils expliquent chez des clients mis de côté : chaque tiers est "
        "prédit par les moyennes des deux autres. Aux premières dates, tous les clients ont un "
        "passé court, que le modèle, entraîné sur de plus longs, prend pour un faible intérêt."
    ),
    "worth_moment": "Date",
    "worth_segment": "Ces segments",
    "worth_rfm_group": "11 groupes RFM",
    "worth_rfm_cell": "125 cellules RFM",
    "worth_boosting": "Gradient boosting",
    "worth_share": "{share} ({held_out})",
    "worth_range": "{lower} à {upper}",
}
