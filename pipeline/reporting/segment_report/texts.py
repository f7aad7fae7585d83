"""What the warehouse says of segments, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from pipeline.reporting.kit.languages import DEFAULT_LANGUAGE, languages


@dataclass(frozen=True)
class SegmentTexts:
    """The texts of one segment by language; a dict is empty where there is nothing to say.

    `quoted` are the figures that the rule quotes in any language, as the catalogues name them.
    """

    names: dict[str, str] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)
    tree_rules: dict[str, str] = field(default_factory=dict)
    quoted: frozenset[str] = frozenset()


_TEXTS = """
select
    model_version, segment_id,
    map_from_entries(list((language, segment_name))),
    map_from_entries(list((language, naming_rule)) filter (naming_rule is not null)),
    map_from_entries(list((language, recommended_action)) filter (recommended_action is not null)),
    map_from_entries(list((language, tree_rule)) filter (tree_rule is not null)),
    flatten(list(quoted_figures))
from marts.segment_texts
group by model_version, segment_id
"""


def gather_texts(connection: duckdb.DuckDBPyConnection) -> dict[tuple[int, int], SegmentTexts]:
    """Return what is said of every segment, by the version of the model and the id.

    Parameters
    ----------
    connection : duckdb connection
    """
    found = {}
    for version, segment, *texts, quoted in connection.execute(_TEXTS).fetchall():
        names, rules, actions, tree_rules = map(_in_every_language, texts)
        found[version, segment] = SegmentTexts(
            names, rules, actions, tree_rules, frozenset(quoted or ())
        )
    return found


def _in_every_language(texts: Mapping[str, str] | None) -> dict[str, str]:
    """Return texts for all languages, in English where the warehouse is older than a catalogue."""
    if not texts:
        return {}
    return {one: texts.get(one, texts[DEFAULT_LANGUAGE]) for one in languages()}
