"""The French texts on where customers stand."""

FRENCH = {
    "lifecycle": "Où en est chaque client",
    "lifecycle_missing": (
        "L'entrepôt de données est antérieur aux statuts : relancer le traitement une fois."
    ),
    "lifecycle_lead": (
        "Chaque client a un statut, avec ou sans segment. Il compare le nombre de jours écoulés "
        "depuis la dernière commande au rythme propre du client, c'est-à-dire au nombre moyen de "
        "jours d'une commande à la suivante, compté pour {shortest} au moins."
    ),
    "lifecycle_rhythm": (
        "Ceux qui n'ont commandé qu'un seul jour sont mesurés au rythme du magasin : {days} jours, "
        "la médiane des clients qui ont commandé au moins deux jours différents ({customers})."
    ),
    "lifecycle_default": (
        "Personne n'a encore commandé deux jours différents : chacun est mesuré à {days} jours, un "
        "réglage du projet."
    ),
    "lifecycle_meaning": "Dernière commande",
    "lifecycle_state": "Statut",
    "lifecycle_customers": "Clients",
    "lifecycle_share": "Part",
    "lifecycle_revenue": "Part du chiffre d'affaires",
    "lifecycle_prospect": "Prospects",
    "lifecycle_new": "Nouveaux clients",
    "lifecycle_active": "Actifs",
    "lifecycle_at_risk": "À risque",
    "lifecycle_lapsed": "Inactifs",
    "lifecycle_lost": "Perdus",
    "lifecycle_prospect_meaning": "aucune à ce jour",
    "lifecycle_new_meaning": "un seul jour de commande, il y a {at_risk} rythmes au plus",
    "lifecycle_active_meaning": "il y a {at_risk} rythmes au plus",
    "lifecycle_at_risk_meaning": "il y a {at_risk} à {lapsed} rythmes",
    "lifecycle_lapsed_meaning": "il y a {lapsed} à {lost} rythmes",
    "lifecycle_lost_meaning": "il y a plus de {lost} rythmes",
    "lifecycle_automatic": (
        "Le trafic automatique n'est pas compté ici, ni en nombre ni en chiffre d'affaires : "
        "{customers} utilisateurs."
    ),
}
