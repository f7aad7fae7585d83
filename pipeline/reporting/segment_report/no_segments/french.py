"""The French texts where nobody has a segment."""

FRENCH = {
    "nobody_lead": (
        "Aucun client n'a de segment : il n'y a pas de modèle, car ces données n'en permettent "
        "aucun."
    ),
    "nobody_too_few_events": (
        "{count} clients : trop peu d'événements (min_events dans dbt_project.yml)."
    ),
    "nobody_too_few_users": (
        "{count} clients : assez d'événements chacun, mais ils sont trop peu nombreux, ou trop "
        "semblables, pour être distingués."
    ),
    "nobody_automatic_traffic": "{count} clients : trafic automatique (robots, comptes de test).",
    "nobody_other": "{count} clients : {reason}.",
    "nobody_lines": (
        "{lines} lignes ont été lues : {kept} conservées, {repeated} répétées, {refused} refusées. "
        "Chiffre d'affaires conservé : {revenue}."
    ),
    "nobody_advice": (
        "Il faut davantage de données : ajoutez des fichiers au dossier de données et relancez. "
        "Les événements et les indicateurs de chacun sont dans l'entrepôt, et publiés."
    ),
}
