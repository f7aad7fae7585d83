"""The English texts on how the model was trained."""

ENGLISH = {
    "method": "How the model was trained",
    "chart_variance": "Variance explained by the components",
    "chart_variance_alt": (
        "Bars per component and cumulative line; the first {kept} of {count} components reach "
        "{share}."
    ),
    "axis_component": "component",
    "axis_variance": "share of the variance",
    "legend_kept": "kept",
    "legend_left": "left out",
    "legend_cumulative": "cumulative",
    "legend_threshold": "threshold {share}",
    "method_training": "The training",
    "training_text": (
        "Version {version} learned from {training} of the {eligible} customers who were "
        "eligible then, with features as of {as_of}. All eligible customers, outliers too, are "
        "then given the nearest segment."
    ),
    "method_components": "The components",
    "components_text": (
        "Principal components turn features that move together into few axes without "
        "correlation. The first {kept} of {count} hold {share} of the variance: the fewest that"
        " reach the threshold of {threshold}. The rest is mostly noise and would only blur "
        "distances."
    ),
    "components_text_bare": "The first {kept} of {count} components hold {share} of the variance.",
}
