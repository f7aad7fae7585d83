"""The English texts on how the segments differ."""

ENGLISH = {
    "differences": "How they differ",
    "chart_places_missing": "The model keeps one component only, so there is no plane to draw.",
    "component_reads": "Component {number} ({share}): {weights}.",
    "more": "grows with {features}",
    "less": "falls with {features}",
}
