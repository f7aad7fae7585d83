"""The French texts on drift."""

FRENCH = {
    "drift": "Les données ont-elles changé ?",
    "drift_missing": (
        "On ne peut rien en dire : le modèle actuel a été entraîné avant que la répartition de "
        "ses clients ne soit conservée, ou bien personne n'a aujourd'hui assez d'événements."
    ),
    "drift_lead": (
        "L'indice de stabilité (PSI) compare les clients d'aujourd'hui à ceux qui ont servi à "
        "entraîner le modèle, indicateur par indicateur : au-dessous de 0,1, l'indicateur n'a pas "
        "changé ; au-dessus de 0,25, il n'est plus le même."
    ),
    "drift_none": (
        "Aucun indicateur ne dépasse le seuil ; l'indice le plus élevé, {psi}, est celui de "
        "« {feature} »."
    ),
    "drift_same": "Rien n'a changé : ce sont les mêmes clients, avec le même passé.",
    "drift_some": (
        "Au-dessus du seuil : {features}. Les clients ne sont plus ce qu'ils étaient : envisager "
        "un nouveau modèle, `python run_pipeline.py run --retrain`. Rien n'est entraîné sans qu'on "
        "le demande. Dans les premiers mois d'un magasin, c'est attendu, car les historiques "
        "s'allongent."
    ),
    "drift_psi": "PSI",
    "drift_noise": "Par hasard, au plus",
    "drift_moved": "A changé ?",
    "drift_yes": "oui",
    "drift_no": "non",
    "drift_one": "« {feature} » ({psi})",
}
