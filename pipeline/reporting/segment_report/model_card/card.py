"""The model card as a document, from the same facts as the report.

Its parts are those of Mitchell et al., "Model Cards for Model Reporting" (2019).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipeline.reporting.kit.blocks import Block, Bullets, Paragraph, Table
from pipeline.reporting.kit.document import Chapter, Document, Part
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.model_card.metrics import Metrics

_MISUSES = ("person", "sensitive", "cause", "stranger", "stale")
_USES = ("audiences", "budget", "follow")
_LIMITS = ("devices", "pieces", "shape", "window", "noise")
# What the card says of the training elsewhere.
_TOLD_ELSEWHERE = {"feature_names", "segment_count"}


def model_card(figures: Figures) -> Document:
    """Return the model card of the current model, in one language.

    Parameters
    ----------
    figures : Figures
    """
    return Card(figures).document()


class Card:
    """Writes the parts of the card."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers

    def document(self) -> Document:
        """Return the card."""
        is_synthetic = self.facts.is_synthetic
        return Document(
            language=self.words.language,
            title=self._text("title", version=self.facts.model.version),
            notice=self.words.text("synthetic") if is_synthetic else "",
            lead=self._text("lead"),
            chapters=tuple(
                Chapter(f"card_{key}", self._text(key), (Part(key, "", tuple(blocks)),))
                for key, blocks in self._parts().items()
            ),
        )

    def _parts(self) -> dict[str, Sequence[Block]]:
        return {
            "model": [Bullets(self._model())],
            "data": [Bullets(self._data())],
            "features": [Paragraph(self._text("features_text")), self._features()],
            "method": [Paragraph(self._text("method_text")), self._settings()],
            "metrics": Metrics(self.figures).blocks(),
            "limits": [self._bullets("limit", _LIMITS)],
            "use": [self._bullets("use", _USES)],
            "misuse": [self._bullets("misuse", _MISUSES)],
            "privacy": [Paragraph(self._text("privacy_text", minimum=self.facts.min_group_size))],
        }

    def _model(self) -> tuple[str, ...]:
        model, total = self.facts.model, self.figures.total
        by = "rule" if model.chosen_by == "rule" else "user"
        return (
            self._text("model_kind", segments=model.segment_count),
            self._text(f"model_{by}"),
            self._text(
                "model_training",
                training=total(model.training_user_count),
                eligible=total(model.eligible_user_count),
                as_of=self.numbers.date(model.as_of),
            ),
            self._text(
                "model_names",
                names=", ".join(self.figures.name(one) for one in self.facts.segments),
            ),
        )

    def _data(self) -> tuple[str, ...]:
        ledger, audience = self.facts.ledger.total, self.facts.audience
        integer, date = self.numbers.integer, self.numbers.date
        files = self.words.counted(
            "card_data_lines",
            len(self.facts.ledger.files),
            files=integer(len(self.facts.ledger.files)),
            lines=integer(ledger.line_count),
            kept=integer(ledger.kept_count),
            repeated=integer(ledger.duplicate_count),
            refused=integer(ledger.rejected_count),
        )
        period = self._text(
            "data_period", first=date(ledger.first_event_at), last=date(ledger.last_event_at)
        )
        users = self._text(
            "data_users",
            users=self.figures.total(audience.user_count),
            labelled=self.figures.total(audience.labelled.user_count),
        )
        return (files, period, users, *self._without_segment())

    def _without_segment(self) -> tuple[str, ...]:
        """Say who has no segment, and why."""
        return tuple(
            self._text(
                "data_without",
                reason=self.words.known(
                    "unsegmented", group.reason, min_events=self.facts.min_events
                ),
                users=self.figures.people(group.user_count),
            )
            for group in self.facts.audience.unsegmented
        )

    def _features(self) -> Block:
        constants = self.facts.sections["reading"].constants
        names = [name for name in self.facts.model.feature_names if name not in constants]
        headings = (self.words.text("feature"), self.words.text("reading_question"))
        return Table(headings, tuple(map(self.words.input, names)), text_columns=2)

    def _settings(self) -> Block:
        rows = tuple(
            (name, json.dumps(value))
            for name, value in sorted(self.facts.model.settings.items())
            if name not in _TOLD_ELSEWHERE
        )
        return Table((self._text("setting"), self._text("value")), rows)

    def _bullets(self, kind: str, names: Sequence[str]) -> Block:
        return Bullets(tuple(self._text(f"{kind}_{name}") for name in names))

    def _text(self, key: str, /, **values: object) -> str:
        return self.words.text(f"card_{key}", **values)
