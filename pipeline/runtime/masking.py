"""Hide whatever may point to a person in a piece of raw text."""

from __future__ import annotations

import hashlib
import re

MASK = "***"
# Where keys of texts begin: `first_text_key` of the models.
FIRST_TEXT_KEY = 1 << 62
# Of a line of megabytes, nobody sees more.
_LONGEST_LINE = 10_000
_EDGE_OF_FIELD = re.compile(r'[,;\t"]')

# A line that is refused is often shifted or cut, so that an id may stand in any field. Rather than
# trust positions, everything that looks like an id goes: five digits in a row (seven before
# decimals, as an id may have been written as 541312140.0), a long hexadecimal word, an address.
_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
_LOOKS_LIKE_AN_ID = re.compile(
    r"""
    (?=[\da-fA-F]{5}|\d{1,4}[.eE])                          # most letters begin none: be quick
    (?:
    \b\d{1,3}(?:\.\d{1,3}){3}\b                           # network address
    | \b[0-9a-fA-F]{6,}(?:-[0-9a-fA-F]+)+                   # session id with dashes, cut or not
    | \b(?=[a-fA-F]*\d)[0-9a-fA-F]{12,}\b                   # session id without dashes
    | \d+(?:\.\d+)?[eE][+-]?\d{1,3}\b                       # id mangled by a spreadsheet
    | \d{7,}                                                # long number
    | (?<!\d)\d{5,6}(?!\d)(?!\.\d{1,2}(?![\w.]))            # shorter one that is not a price
    )
    """,
    re.VERBOSE,
)


def masked(text: str, secrets: tuple[str | None, ...] = ()) -> str:
    """Return `text` without the secrets and without anything that looks like an id.

    Parameters
    ----------
    text : str
        Raw text, such as a refused line.
    secrets : tuple of str or None
        Values known to be ids (user, session); each is replaced wherever it stands alone.

    Returns
    -------
    str
        The text with `***` in the place of every id.

    Examples
    --------
    >>> masked("2019-10-01 00:00:00 UTC,view,1004,,,acer,-33.20,u7,s9", ("u7", "s9"))
    '2019-10-01 00:00:00 UTC,view,1004,,,acer,-33.20,***,***'
    >>> masked("view,12000.00,541312140,72d76fde-8bb3-4e00-8c23-a032dfed738c")
    'view,12000.00,***,***'
    """
    known = {secret.strip() for secret in secrets if secret and secret.strip()}
    # The longest first: a session may contain the user.
    for secret in sorted(known, key=len, reverse=True):
        text = _without_word(text, secret)
    if "@" in text:
        text = _ADDRESS.sub(MASK, text)
    return _LOOKS_LIKE_AN_ID.sub(MASK, text)


def _without_word(text: str, word: str) -> str:
    """Return a text with a mask for a word wherever it stands alone.

    A pattern would have to be compiled for each word, which takes a hundred times as long.
    """
    parts, start, at = [], 0, text.find(word)
    while at >= 0:
        end = at + len(word)
        if _is_of_word(text[at - 1 : at]) or _is_of_word(text[end : end + 1]):
            at = text.find(word, at + 1)
            continue
        parts.append(text[start:at])
        start, at = end, text.find(word, end)
    return MASK.join([*parts, text[start:]])


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def masked_line(
    line: str, user_id: int | None, session_id: str | None, *, are_users_texts: bool
) -> str:
    """Return a refused line without its ids, or nothing where an id cannot be told from a word.

    Parameters
    ----------
    line : str
        As it stands in the file.
    user_id : int or None
        As the warehouse has it: the key of a text where the id is not a whole number.
    session_id : str or None
    are_users_texts : bool
        Whether any customer of the store has a text for an id, such as a name.

    Examples
    --------
    >>> masked_line("view,anna,0.00", key_of_text("anna"), None, are_users_texts=True)
    'view,***,0.00'
    >>> masked_line("torn,anna", None, None, are_users_texts=True)
    ''
    """
    line = line[:_LONGEST_LINE]
    if user_id is None or user_id < FIRST_TEXT_KEY:
        is_known = user_id is not None or not are_users_texts
        return masked(line, (str(user_id), session_id)) if is_known else ""
    fields = {field.strip(" ") for field in _EDGE_OF_FIELD.split(line)}
    users = [field for field in fields if key_of_text(field) == user_id]
    return masked(line, (*users, session_id)) if users else ""


def key_of_text(text: str) -> int:
    """Return the key of an id that is not a whole number, as the models make it."""
    digest = hashlib.md5(text.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") & (FIRST_TEXT_KEY - 1) | FIRST_TEXT_KEY
