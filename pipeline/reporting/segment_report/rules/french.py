"""The French texts on the rules."""

FRENCH = {
    "rules": "En règles simples",
    "rules_missing": (
        "Le modèle actuel est antérieur aux règles ; il faut en entraîner un nouveau pour les voir."
    ),
    "rules_lead": (
        "Un arbre de décision peu profond a cherché à retrouver les segments par des conditions "
        "peu nombreuses, aux seuils ronds. À {fidelity} des clients qu'il n'avait pas vus, il "
        "donne le même segment que le modèle. Les règles expliquent les segments sans les décider "
        ": c'est le travail du modèle."
    ),
    "rules_lead_unmeasured": (
        "Un arbre de décision peu profond a cherché à retrouver les segments par des conditions "
        "peu nombreuses, aux seuils ronds. Les clients étaient trop peu nombreux pour en mettre "
        "de côté : sa qualité n'a pas été mesurée."
    ),
    "rules_rule": "Règle",
    "rules_precision": "Précision",
    "rules_recall": "Rappel",
    "rules_none": "aucune règle : un arbre si peu profond ne retrouve jamais ce segment",
    "rules_hidden": "non affichée : moins de {minimum} clients",
    "rules_note": (
        "Précision : parmi les clients qui remplissent la règle, part de ceux qui sont dans le "
        "segment. Rappel : parmi les clients du segment, part de ceux qui remplissent la règle. "
        "Les deux sont mesurés sur des clients que l'arbre n'a pas vus."
    ),
    "rules_importance": "Ce qui distingue chaque segment",
    "rules_importance_text": (
        "La distance d'un segment au client moyen, telle que la mesure le modèle, se répartit "
        "entre les indicateurs. Des indicateurs qui varient ensemble se partagent ce qu'ils "
        "expliquent."
    ),
    "rules_matrix": "Chaque indicateur, chaque segment",
    "rules_matrix_text": (
        "Les mêmes parts au complet : chaque colonne totalise 100 %, aux arrondis près. Un "
        "indicateur faible dans toutes les colonnes ne distingue aucun segment du client moyen."
    ),
    "rules_no_importance": (
        "Le modèle actuel est antérieur à la mesure de l'importance des indicateurs."
    ),
    "rules_first": "Premier",
    "rules_second": "Deuxième",
    "rules_third": "Troisième",
    "rules_weight": "{feature} : {share}",
}
