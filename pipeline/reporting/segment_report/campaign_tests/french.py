"""The French texts on a fair test."""

FRENCH = {
    "trial": "Ce qu'il faut pour un test fiable",
    "trial_missing": (
        "Aucune réponse passée n'a encore été mesurée, et la taille d'un test ne peut être "
        "calculée : il faut un mois complet après une date à laquelle des clients avaient un "
        "segment."
    ),
    "trial_lead": (
        "Seul un test dit ce qu'une campagne apporte : la moitié des clients d'un segment, tirée "
        "au sort, la reçoit, l'autre non. Le tableau donne l'effectif de chaque moitié pour "
        "détecter, dans 80 cas sur 100 (puissance), un effet de {effect}, c'est-à-dire un taux "
        "d'autant plus élevé que le taux passé, avec une fausse alerte dans 5 cas sur 100. La "
        "réponse passée est la part d'acheteurs dans le mois qui a suivi le {moment}, quelles "
        "qu'aient été les actions du magasin : les campagnes ne sont pas dans les données. Aucun "
        "effet n'est promis."
    ),
    "trial_base": "Réponse passée",
    "trial_arm": "Effectif par moitié",
    "trial_how": "Comment le tester",
    "trial_feasible": "seul",
    "trial_with_others": "avec d'autres, voir ci-dessous",
    "trial_in_months": "seul, sur {months} mois",
    "trial_from_effect": "seul, pour un effet d'au moins {effect}",
    "trial_too_small": "trop petit, quel que soit l'effet",
    "trial_nobody_responds": "aucun acheteur",
    "trial_everybody_responds": "tous acheteurs",
    "trial_no_room": "aucune marge",
    "trial_not_measured": "non mesuré",
    "trial_hidden": "effectif trop faible",
    "trial_nobody": (
        "Personne n'a acheté dans le mois qui a suivi le {moment}, et aucun effet sur un taux nul "
        "ne peut être prévu : la taille d'un test ne peut être calculée."
    ),
    "trial_small": "Quand un segment est trop petit pour être testé seul",
    "trial_together": (
        "Assez grands ensemble pour un effet de {effect} : {names}. De ces {customers} clients, "
        "{rate} devraient acheter, et il en faut {arm} par moitié. La moitié de chaque segment "
        "reçoit la campagne, si bien que les deux moitiés se ressemblent."
    ),
    "trial_together_too_small": (
        "Même ensemble, ils ne sont pas assez grands pour un effet de {effect} : sur les "
        "{customers} clients de {names}, {rate} devraient acheter, et il en faudrait {arm} par "
        "moitié. Ensemble, ils peuvent montrer un effet d'au moins {smallest}."
    ),
    "trial_together_nothing": (
        "Même ensemble, ils ne peuvent montrer aucun effet : ce sont {customers} clients, dont "
        "{rate} devraient acheter ({names})."
    ),
    "trial_alone": (
        "Seul, un segment peut être testé si la campagne dure plus longtemps : davantage de ses "
        "clients achètent entre-temps, si bien qu'il en faut moins. La part d'acheteurs sur une "
        "telle durée a été mesurée à partir de la dernière date suivie d'autant de mois. La "
        "dernière colonne donne l'effet décelable sans attendre."
    ),
    "trial_alone_unmeasured": (
        "Seul, un segment peut être testé si la campagne dure plus longtemps, car davantage de "
        "ses clients achètent entre-temps ; leur part n'est pas encore connue : aucune date à "
        "laquelle des clients avaient un segment n'est suivie de deux mois. La dernière colonne "
        "donne l'effet décelable sans attendre."
    ),
    "trial_months": "Mois nécessaires",
    "trial_months_enough": "{months}",
    "trial_months_too_few": "plus de {months}",
    "trial_base_months": "Acheteurs sur cette durée",
    "trial_rate_from": "{rate} à partir du {moment}",
    "trial_detectable": "Plus petit effet décelable sans attendre",
    "trial_note": (
        "Effectifs selon Fleiss (1981), test bilatéral de deux proportions, avec correction de "
        "continuité. Le plus petit effet décelable est celui que montre le segment entier, coupé "
        "en deux moitiés."
    ),
}
