"""The French texts on what the features mean."""

FRENCH = {
    "glossary": "Glossaire des indicateurs",
    "glossary_lead": (
        "Tous sont calculés par client, sur l'ensemble des fichiers, à partir des événements "
        "antérieurs au {as_of}. Les jours et les heures sont en UTC."
    ),
    "unit": "Unité",
    "name_in_data": "Nom dans l'entrepôt",
}
