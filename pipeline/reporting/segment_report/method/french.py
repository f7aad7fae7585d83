"""The French texts on how the model was trained."""

FRENCH = {
    "method": "Comment le modèle a été entraîné",
    "chart_variance": "Variance expliquée par les composantes",
    "chart_variance_alt": (
        "Barres par composante et courbe cumulée ; les {kept} premières composantes sur {count} "
        "atteignent {share}."
    ),
    "axis_component": "composante",
    "axis_variance": "part de la variance",
    "legend_kept": "retenues",
    "legend_left": "écartées",
    "legend_cumulative": "cumul",
    "legend_threshold": "seuil de {share}",
    "method_training": "L'entraînement",
    "training_text": (
        "La version {version} a été entraînée sur {training} des {eligible} clients alors "
        "éligibles, observés jusqu'au {as_of} exclu. Tous les clients éligibles, même extrêmes, "
        "reçoivent ensuite le segment le plus proche."
    ),
    "method_components": "Les composantes",
    "components_text": (
        "L'analyse en composantes principales remplace des indicateurs qui varient ensemble par "
        "quelques axes sans corrélation. Les {kept} premières composantes sur {count} résument "
        "{share} de la variance : c'est le plus petit nombre qui atteint le seuil de {threshold}. "
        "Le reste est surtout du bruit et ne ferait que brouiller les distances."
    ),
    "components_text_bare": (
        "Les {kept} premières composantes sur {count} résument {share} de la variance."
    ),
}
