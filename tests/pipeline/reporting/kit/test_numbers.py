import datetime as dt

import pytest

from pipeline.reporting.kit.numbers import NumberFormat

EN, FR = NumberFormat("en"), NumberFormat("fr")


def spaces(text):
    return text.replace("\u202f", "_").replace("\u00a0", "~")


def test_whole_numbers():
    assert EN.integer(1234567) == "1,234,567"
    assert spaces(FR.integer(1234567)) == "1_234_567"
    assert EN.integer(None) == "–"  # noqa: RUF001


def test_decimals():
    assert spaces(FR.decimal(-1564.2)) == "-1_564,20"
    assert EN.decimal(-0.001) == "0.00"
    assert EN.plain(5.0) == "5"
    assert EN.plain(5.25) == "5.25"


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (0, "0.0%", "0,0~%"),
        (0.000005, "<0.01%", "<~0,01~%"),
        (0.0095, "0.95%", "0,95~%"),
        (0.00998, "1.0%", "1,0~%"),
        (0.329, "32.9%", "32,9~%"),
        (0.9997, "99.9%", "99,9~%"),
        (1, "100.0%", "100,0~%"),
        (None, "–", "–"),  # noqa: RUF001
    ],
)
def test_shares(share, english, french):
    assert EN.percent(share) == english
    assert spaces(FR.percent(share)) == french


def test_sizes():
    assert spaces(EN.size(600_457)) == "600.5~kB"
    assert spaces(FR.size(16_500_000_000)) == "16,5~Go"
    assert spaces(EN.size(12)) == "12~bytes"


def test_axis_numbers():
    assert (EN.short(1500), EN.short(20_000_000), EN.short(0.1)) == ("1.5k", "20M", "0.1")
    assert spaces(FR.short(2_500_000_000)) == "2,5~Md"
    assert EN.short_percent(0.125) == "12.5%"


def test_dates():
    instant = dt.datetime(2019, 10, 1, 7, 5, 3)
    assert EN.instant(instant) == "2019-10-01 07:05:03"
    assert FR.instant(instant) == "01/10/2019 07:05:03"
    assert EN.date(None) == "–"  # noqa: RUF001


def test_a_week_begins_on_monday() -> None:
    assert NumberFormat("en").weekdays()[::6] == ["Monday", "Sunday"]
    assert NumberFormat("fr").weekdays()[0] == "lundi"


def test_a_short_number_knows_the_exact_one() -> None:
    french = NumberFormat("fr").compact(1_471_203, "1 471 203")
    assert (french, french.exact) == ("1,47\u00a0M", "1 471 203")
    assert NumberFormat("en").compact(999, "999.00") == "999.00"
    assert NumberFormat("en").compact(-12_345, "x") == "-12.3k"


def test_a_change_has_its_sign() -> None:
    english = NumberFormat("en")
    changes = [english.signed_percent(one) for one in (0.1234, -0.02, 0.0001)]
    assert changes == ["+12.3%", "\u22122.0%", "0.0%"]
