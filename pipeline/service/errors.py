"""What a request can do wrong, as a status and one sentence."""

from __future__ import annotations


class RequestError(Exception):
    """A request that is answered with a status of 4xx or 503 and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
