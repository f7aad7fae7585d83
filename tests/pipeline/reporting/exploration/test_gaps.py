import datetime as dt

from pipeline.reporting.exploration.timing.gaps import Gap, find_gaps

START = dt.date(2020, 2, 20)


def days(*counts):
    return {START + dt.timedelta(i): count for i, count in enumerate(counts) if count}


def day(place):
    return START + dt.timedelta(place)


def test_a_day_with_under_a_tenth_of_its_neighbours_is_a_gap():
    assert find_gaps(days(1000, 1000, 99, 1000)) == [Gap(day(2), day(2), 99, 1000)]


def test_a_tenth_exactly_is_none():
    assert find_gaps(days(1000, 1000, 100, 1000)) == []


def test_two_bad_days_do_not_hide_each_other():
    assert [gap.first_date for gap in find_gaps(days(1000, 50, 50, 1000))] == [day(1), day(2)]


def test_days_without_events_are_one_gap():
    assert find_gaps(days(1000, 0, 0, 1000)) == [Gap(day(1), day(2), 0, None)]


def test_a_small_store_has_no_gaps_by_chance():
    assert find_gaps(days(12, 1, 15, 9)) == []


def test_a_cut_last_day_is_seen():
    assert find_gaps(days(1000, 1000, 3)) == [Gap(day(2), day(2), 3, 1000)]


def test_no_days_and_one_day():
    assert find_gaps({}) == []
    assert find_gaps(days(1000)) == []


def test_a_weekly_closing_day_is_no_gap():
    week = [1000, 900, 800, 900, 1000, 0, 50]
    assert find_gaps(days(*week * 4)) == []


def test_a_lost_day_beside_a_closing_day_is_a_gap_of_its_own():
    lost = [1000, 900, 800, 900, 0, 0, 600]
    week = [1000, 900, 800, 900, 1000, 0, 600]
    assert find_gaps(days(*week, *lost, *week, *week)) == [Gap(day(11), day(11), 0, None)]


def test_a_gap_of_weeks_is_one_gap():
    assert find_gaps(days(*[500] * 7, *[0] * 35, *[500] * 14)) == [Gap(day(7), day(41), 0, None)]


def test_a_small_store_has_days_without_customers():
    assert find_gaps(days(*[3, 0] * 20)) == []
    assert find_gaps(days(3, 0, 0, 0, 0, 0, 0, 3)) == []
    assert find_gaps(days(3, *[0] * 7, 3)) == [Gap(day(1), day(7), 0, None)]


def test_a_day_beside_a_sale_is_no_gap():
    usual = [130] * 14
    assert find_gaps(days(*usual, 4000, 4000, 4000, *usual)) == []
    assert find_gaps(days(*usual, 4000, 4000, 130, 12, *usual)) == [Gap(day(17), day(17), 12, 4000)]
    assert find_gaps(days(*[3] * 14, 4000, 0, *[3] * 14)) == []
