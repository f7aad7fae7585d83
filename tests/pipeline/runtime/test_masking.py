import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.runtime.masking import (
    _LOOKS_LIKE_AN_ID,
    MASK,
    key_of_text,
    masked,
    masked_line,
)

UUID = "72d76fde-8bb3-4e00-8c23-a032dfed738c"


@pytest.mark.parametrize(
    "hidden",
    [
        "541312140",
        "51234",
        UUID,
        UUID[:12],
        "26dd6e6e4dac778a",
        "5.41312E+08",
        "5E8",
        "anna.smith@example.org",
        "192.168.1.17",
        "541312140.0x",
        "541312140.000",
    ],
)
def test_what_looks_like_an_id_goes_wherever_it_stands(hidden):
    for line in (f"view,{hidden},acer", hidden, f'"{hidden}"', f"2019-10-01 {hidden}"):
        assert hidden not in masked(line)


@pytest.mark.parametrize(
    "kept", ["2019-10-01 00:00:00 UTC", "33.20", "-79.37", "12000.00", "123456.5", "1004", "acer"]
)
def test_times_prices_and_words_stay(kept):
    assert masked(f"view,{kept},x") == f"view,{kept},x"


def test_short_ids_are_hidden_when_they_are_known():
    assert masked("view,17,acer,17.50,7", ("7", None)) == f"view,17,acer,17.50,{MASK}"
    assert masked("a b,u(1", ("u(1", " ", "")) == f"a b,{MASK}"


@given(
    st.text(alphabet="ab_ ,é٣1", max_size=14), st.text(alphabet="ab_ ,é1", min_size=1, max_size=3)
)
def test_a_known_id_goes_where_it_stands_alone(line, known):
    word = known.strip()
    alone = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", MASK, line) if word else line
    assert masked(line, (known,)) == masked(alone)


@given(
    st.text(alphabet="0123456789", min_size=5, max_size=19), st.text(alphabet=",; |\"'", max_size=3)
)
def test_no_long_number_passes(number, around):
    assert number not in masked(f"view{around},{number},{around}acer")


@given(st.text(alphabet="0123456789aEF.-+:,xé٣", max_size=24))
def test_where_no_id_can_begin_none_is_passed_over(line):
    """What the pattern skips at once would not have matched either."""
    slow = re.sub(r"\(\?=\[\\da-fA-F\]\{5\}.*", "", _LOOKS_LIKE_AN_ID.pattern)
    assert len(slow) < len(_LOOKS_LIKE_AN_ID.pattern)
    assert re.sub(slow, MASK, line, flags=re.VERBOSE) == masked(line)


@pytest.mark.parametrize(
    ("line", "user", "shown"),
    [
        ("view,annabel,anna,0.00", key_of_text("anna"), "view,annabel,***,0.00"),
        ('view;"anna";0', key_of_text("anna"), 'view;"***";0'),
        ('{"user_id":"anna","price":0}', key_of_text("anna"), '{"user_id":"***","price":0}'),
        ("view,7,0.00", 7, "view,***,0.00"),
        # Which word is the id cannot be told: nothing is shown.
        ('view,"Smith, Anna",0', key_of_text("Smith, Anna"), ""),
        ("anna", None, ""),
    ],
)
def test_names_of_customers_are_hidden_or_the_line_is(line, user, shown):
    assert masked_line(line, user, None, are_users_texts=True) == shown


def test_a_line_without_a_user_is_shown_where_users_are_numbers():
    assert masked_line("view,,0", None, None, are_users_texts=False) == "view,,0"
