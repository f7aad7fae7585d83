"""The features in French: name, unit, meaning, and the question it answers."""

# feature of `user_features` -> label, unit, meaning
GLOSSARY_FRENCH = {
    "revenue": ("Chiffre d'affaires", "montant", "somme des prix de tous les articles achetés"),
    "order_count": ("Commandes", "commandes", "une commande est ce qui est acheté en une visite"),
    "purchase_count": ("Articles achetés", "articles", "un événement d'achat est un article"),
    "average_order_value": (
        "Panier moyen",
        "montant",
        "chiffre d'affaires divisé par les commandes ; 0 sans commande",
    ),
    "order_count_30d": (
        "Commandes, 30 derniers jours",
        "commandes",
        "commandes des 30 derniers jours",
    ),
    "previous_order_count": (
        "Commandes, 30 jours précédents",
        "commandes",
        "commandes des 30 jours qui les précèdent",
    ),
    "recency_days": (
        "Jours depuis le dernier événement",
        "jours",
        "du jour du dernier événement à la date du rapport ; 1 est le dernier jour des données",
    ),
    "tenure_days": (
        "Jours depuis le premier événement",
        "jours",
        "du jour du premier événement à la date du rapport",
    ),
    "event_count": (
        "Événements",
        "événements",
        "consultations, ajouts au panier, retraits et achats réunis",
    ),
    "view_count": (
        "Consultations",
        "événements",
        "consultations de produits, répétitions comprises",
    ),
    "session_count": ("Visites", "visites", "sessions du magasin, coupées à minuit"),
    "active_day_count": ("Jours actifs", "jours", "jours comptant au moins un événement"),
    "events_per_session": ("Événements par visite", "événements", "événements divisés par visites"),
    "median_session_seconds": (
        "Secondes par visite",
        "secondes",
        "durée médiane d'une visite ; une visite d'un seul événement a une durée de 0",
    ),
    "cart_count": ("Ajouts au panier", "événements", "nombre de mises au panier d'un produit"),
    "cart_to_purchase_rate": (
        "Conversion du panier",
        "part",
        "part des ajouts au panier suivis d'un achat du même produit ; 0 sans ajout",
    ),
    "removal_count": (
        "Retraits du panier",
        "événements",
        "nombre de retraits d'un produit du panier",
    ),
    "removal_rate": (
        "Retraits du panier rapportés aux ajouts",
        "part",
        "retraits divisés par ajouts, 100 % au plus",
    ),
    "mean_viewed_price": (
        "Prix moyen consulté",
        "montant",
        "prix moyen des consultations ; 0 sans consultation",
    ),
    "price_level": (
        "Niveau de prix",
        "rapport",
        "prix consulté rapporté au prix médian de sa catégorie ; 1 est le milieu de la catégorie",
    ),
    "product_count": (
        "Produits",
        "produits",
        "produits distincts consultés, mis au panier ou achetés",
    ),
    "category_count": ("Catégories", "catégories", "catégories distinctes"),
    "brand_count": ("Marques", "marques", "marques distinctes"),
    "favourite_brand_share": (
        "Marque favorite",
        "part",
        "part des événements qui concernent la marque la plus fréquente",
    ),
    "favourite_category_share": (
        "Catégorie favorite",
        "part",
        "part des événements qui concernent la catégorie la plus fréquente",
    ),
    "night_event_rate": (
        "Activité de nuit",
        "part",
        "part des événements survenus aux heures de nuit fixées dans les réglages",
    ),
    "weekend_event_rate": (
        "Activité du week-end",
        "part",
        "part des événements survenus le samedi ou le dimanche",
    ),
    "purchase_recency_days": (
        "Jours depuis la dernière commande",
        "jours",
        "du jour de la dernière commande à la date du rapport ; vide sans commande",
    ),
    "views_per_purchase": (
        "Consultations par article acheté",
        "consultations",
        "consultations divisées par articles achetés ; vide sans achat",
    ),
    "mean_days_between_orders": (
        "Jours entre commandes",
        "jours",
        "nombre moyen de jours d'une commande à la suivante ; vide sous deux commandes",
    ),
    "stddev_days_between_orders": (
        "Dispersion des jours entre commandes",
        "jours",
        "écart type des jours entre commandes ; vide sous trois commandes",
    ),
    "recency_score": (
        "Note de récence",
        "de 1 à 5",
        "5 pour les acheteurs dont la commande est la plus récente",
    ),
    "frequency_score": (
        "Note de fréquence",
        "de 1 à 5",
        "5 pour les acheteurs qui ont le plus de commandes",
    ),
    "monetary_score": (
        "Note de montant",
        "de 1 à 5",
        "5 pour les acheteurs au chiffre d'affaires le plus élevé",
    ),
    "is_automatic": (
        "Trafic automatique",
        "oui ou non",
        "une visite ou une journée comptant plus d'événements qu'une personne ne peut en causer",
    ),
}

# column of `segment_inputs` -> label, the question that it answers
INPUTS_FRENCH = {
    "log_active_day_count": ("Jours actifs (log)", "Combien de jours viennent-ils ?"),
    "log_session_count": ("Visites (log)", "Combien de fois viennent-ils ?"),
    "log_events_per_session": (
        "Événements par visite (log)",
        "Que regardent-ils en une seule visite ?",
    ),
    "log_median_session_seconds": ("Secondes par visite (log)", "Combien de temps restent-ils ?"),
    "log_recency_days": ("Jours depuis le dernier événement (log)", "Sont-ils encore là ?"),
    "log_tenure_days": (
        "Jours depuis le premier événement (log)",
        "Depuis quand sont-ils connus ?",
    ),
    "cart_rate": ("Ajouts au panier par événement", "Viennent-ils acheter ou regarder ?"),
    "removal_rate": ("Retraits du panier rapportés aux ajouts", "Changent-ils d'avis ?"),
    "cart_to_purchase_rate": ("Conversion du panier", "Achètent-ils ce qu'ils mettent au panier ?"),
    "log_order_count": ("Commandes (log)", "Combien de fois achètent-ils ?"),
    "log_revenue": ("Chiffre d'affaires (log)", "Combien dépensent-ils ?"),
    "log_average_order_value": ("Panier moyen (log)", "Combien dépensent-ils à chaque fois ?"),
    "log_mean_viewed_price": ("Prix moyen consulté (log)", "Combien coûte ce qu'ils regardent ?"),
    "log_price_level": (
        "Niveau de prix (log)",
        "Regardent-ils le bas ou le haut de gamme d'une catégorie ?",
    ),
    "log_recency_months": ("Récence en mois (log)", "Depuis quand ne sont-ils plus venus ?"),
    "ln_intent_rate": (
        "Intention d'achat, lissée (log)",
        "Mettent-ils souvent au panier, ou achètent-ils directement ?",
    ),
    "smoothed_conversion_rate": (
        "Conversion, lissée",
        "Achètent-ils ce qu'ils mettent au panier ?",
    ),
    "smoothed_removal_rate": ("Retraits, lissés", "Retirent-ils souvent du panier ?"),
    "log_expected_orders": (
        "Commandes attendues (log)",
        "Combien de commandes leur rythme laisse-t-il attendre ?",
    ),
    "ln_smoothed_price_level": (
        "Niveau de prix, lissé (log)",
        "Regardent-ils le bas ou le haut de gamme d'une catégorie ?",
    ),
    "smoothed_category_share": (
        "Catégorie favorite, lissée",
        "Viennent-ils pour une seule chose ?",
    ),
    "log_order_count_30d": (
        "Commandes, 30 derniers jours (log)",
        "Combien de commandes sur les 30 derniers jours ?",
    ),
    "log_order_count_90d": (
        "Commandes, 90 derniers jours (log)",
        "Combien de commandes sur les 90 derniers jours ?",
    ),
    "log_order_count_365d": (
        "Commandes, 365 derniers jours (log)",
        "Combien de commandes sur les 365 derniers jours ?",
    ),
    "log_revenue_30d": (
        "Chiffre d'affaires, 30 derniers jours (log)",
        "Combien ont-ils dépensé sur les 30 derniers jours ?",
    ),
    "log_revenue_90d": (
        "Chiffre d'affaires, 90 derniers jours (log)",
        "Combien ont-ils dépensé sur les 90 derniers jours ?",
    ),
    "log_revenue_365d": (
        "Chiffre d'affaires, 365 derniers jours (log)",
        "Combien ont-ils dépensé sur les 365 derniers jours ?",
    ),
    "log_event_count_30d": (
        "Événements, 30 derniers jours (log)",
        "Quelle a été leur activité sur les 30 derniers jours ?",
    ),
    "log_event_count_90d": (
        "Événements, 90 derniers jours (log)",
        "Quelle a été leur activité sur les 90 derniers jours ?",
    ),
    "log_event_count_365d": (
        "Événements, 365 derniers jours (log)",
        "Quelle a été leur activité sur les 365 derniers jours ?",
    ),
    "log_active_day_count_30d": (
        "Jours actifs, 30 derniers jours (log)",
        "Combien de jours sont-ils venus sur les 30 derniers jours ?",
    ),
    "log_active_day_count_90d": (
        "Jours actifs, 90 derniers jours (log)",
        "Combien de jours sont-ils venus sur les 90 derniers jours ?",
    ),
    "log_active_day_count_365d": (
        "Jours actifs, 365 derniers jours (log)",
        "Combien de jours sont-ils venus sur les 365 derniers jours ?",
    ),
    "log_product_count": ("Produits (log)", "Combien de produits regardent-ils ?"),
    "log_category_count": ("Catégories (log)", "Leurs intérêts sont-ils variés ?"),
    "log_brand_count": ("Marques (log)", "Combien de marques comparent-ils ?"),
    "favourite_brand_share": ("Marque favorite", "Sont-ils fidèles à une marque ?"),
    "favourite_category_share": ("Catégorie favorite", "Viennent-ils pour une seule chose ?"),
    "night_event_rate": ("Activité de nuit", "Viennent-ils la nuit ?"),
    "weekend_event_rate": ("Activité du week-end", "Viennent-ils le week-end ?"),
} | {
    f"log_{name}_{days}d": (f"{label}, {days} derniers jours (log)", question)
    for name, label, question in (
        ("order_count", "Commandes", "Combien de fois ont-ils acheté récemment ?"),
        ("revenue", "Chiffre d'affaires", "Combien ont-ils dépensé récemment ?"),
        ("event_count", "Événements", "Qu'ont-ils regardé récemment ?"),
        ("active_day_count", "Jours actifs", "Combien de fois sont-ils venus récemment ?"),
    )
    for days in (30, 90, 365)
}
