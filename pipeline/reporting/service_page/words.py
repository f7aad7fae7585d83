"""The texts of the page of the service, in the language that a browser asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import negotiate_locale

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.languages import DEFAULT_LANGUAGE, languages

_ROOM = "service_page"
#: What the page itself says, before and after anything is asked.
KEYS = (
    "title", "token", "open", "customer", "id", "look_up", "segments", "segment", "customers",
    "revenue_share", "action", "audience", "download", "download_segment", "publication",
    "segment_name", "unsegmented_reason", "lifecycle_state", "confidence", "model_version",
    "refused_401", "refused_404", "refused_429", "refused",
)  # fmt: skip
#: Features of a customer that it shows.
FEATURES = ("order_count", "revenue", "recency_days", "event_count")
STATES = ("prospect", "new", "active", "at_risk", "lapsed", "lost")
REASONS = ("too_few_events", "too_few_users", "automatic_traffic", "objected")


@cache
def page_words(language: str) -> Mapping[str, str]:
    """Return every text of the page by its key; codes of the warehouse are `state_` or `reason_`.

    `{places}` are filled in by the page.
    """
    words = Catalogue(language, _ROOM)
    own = {key: words.find(_ROOM, key) or "" for key in KEYS}
    reasons = {f"reason_{reason}": words.text(f"reason_{reason}") for reason in REASONS}
    # What reports call them.
    states = {f"state_{state}": words.of("report", f"lifecycle_{state}") for state in STATES}
    return own | reasons | states | {feature: words.label(feature) for feature in FEATURES}


def preferred(accepted: str) -> str:
    """Return the language of the page for an `Accept-Language`.

    Examples
    --------
    >>> preferred("fr-CA,fr;q=0.9,en;q=0.8"), preferred("en;q=0.5, fr")
    ('fr', 'fr')
    >>> preferred("tlh"), preferred("")
    ('en', 'en')
    """
    weighed = sorted(_weighed(accepted), key=lambda one: -one[0])
    wanted = [tag.replace("-", "_") for _, tag in weighed]
    return negotiate_locale(wanted, languages()) or DEFAULT_LANGUAGE


def _weighed(accepted: str) -> list[tuple[float, str]]:
    found = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            found.append((float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return [one for one in found if one[0] > 0 and one[1]]
