"""What is said of files whose columns are not known: as what they may be read."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reporting.exploration.explored_file import ExploredFile
from pipeline.reporting.exploration.mapping.facts import mapped_files
from pipeline.reporting.exploration.mapping.view import View
from pipeline.reporting.exploration.section import Facts
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.document import Chapter, Document, Part
from pipeline.reporting.kit.numbers import NumberFormat


def mapping_document(files: Sequence[ExploredFile], language: str) -> Document:
    """Return the proposals as a document."""
    words, numbers = Catalogue(language, "exploration"), NumberFormat(language)
    facts = Facts(False, 0, 0, None, {View.key: mapped_files(files)})
    told = Part(View.key, words.text(View.key), tuple(View(facts, words, numbers).blocks()))
    return Document(
        language=language,
        title=words.text("title_unknown"),
        lead=words.text("lead_unknown"),
        chapters=(Chapter("chapter_unknown", "", (told,)),),
    )
