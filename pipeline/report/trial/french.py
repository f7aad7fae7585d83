"""The French texts on a fair test."""

FRENCH = {
    "trial": "Ce que demande un test équitable",
    "trial_missing": (
        "Aucune réponse passée n'a encore été mesurée, et la taille d'un test ne peut être "
        "calculée : il faut un mois complet après une date à laquelle des clients avaient un "
        "segment."
    ),
    "trial_lead": (
        "Seul un test dit ce qu'une campagne ajoute : la moitié des clients d'un segment, tirée au"
        " sort, la reçoit, l'autre non. Le tableau donne l'effectif de chaque moitié pour voir, "
        "dans 80 cas sur 100 (puissance), un effet de {effect}, c'est-à-dire un taux d'autant plus"
        " élevé que le taux passé, avec une fausse alerte dans 5 cas sur 100. La réponse passée "
        "est la part d'acheteurs dans le mois qui a suivi le {moment}, quoi que le magasin y ait "
        "fait : les campagnes ne sont pas dans les données. Aucun effet n'est promis."
    ),
    "trial_base": "Réponse passée",
    "trial_arm": "Effectif par moitié",
    "trial_detectable": "Plus petit effet visible",
    "trial_enough": "Assez grand ?",
    "trial_feasible": "oui",
    "trial_too_small": "non, trop petit",
    "trial_nobody_responds": "aucun acheteur",
    "trial_everybody_responds": "tous acheteurs",
    "trial_no_room": "aucune marge",
    "trial_not_measured": "non mesuré",
    "trial_hidden": "trop peu pour le montrer",
    "trial_none": (
        "Aucun segment n'est assez grand pour un effet de {effect}. Ne tester un segment que si "
        "son plus petit effet visible, dans le tableau, est à la portée de la campagne, ou bien "
        "tester plusieurs segments ensemble."
    ),
    "trial_nobody": (
        "Personne n'a acheté dans le mois qui a suivi le {moment}, et aucun effet sur un taux nul "
        "ne peut être prévu : la taille d'un test ne peut être calculée."
    ),
    "trial_some": "Assez grands pour un effet de {effect} : {names}.",
    "trial_note": (
        "Effectifs selon Fleiss (1981), test bilatéral de deux proportions, avec correction de "
        "continuité. Le plus petit effet visible est celui que montre le segment entier, coupé en "
        "deux moitiés."
    ),
}
