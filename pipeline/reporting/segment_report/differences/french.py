"""The French texts on how the segments differ."""

FRENCH = {
    "differences": "En quoi ils diffèrent",
    "chart_places_missing": (
        "Le modèle ne retient qu'une composante : il n'y a pas de plan à représenter."
    ),
    "component_reads": "Composante {number} ({share}) : {weights}.",
    "more": "en hausse avec {features}",
    "less": "en baisse avec {features}",
}
