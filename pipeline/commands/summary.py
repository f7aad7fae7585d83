"""What a run says at its end: what it read, and what somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.runtime.masking import masked_line
from pipeline.runtime.progress import Reporter
from pipeline.warehouse.connection import has_texts_of_users, open_warehouse
from pipeline.warehouse.lost_money import advice_on, files_that_lost_money

_MOST_GAPS_SHOWN = 5
_MOST_FILES_SHOWN = 5
_MOST_FEATURES_SHOWN = 3
_MOST_REASONS_SHOWN = 6
_LONGEST_EXAMPLE = 200
_TOTALS = """
    select line_count, kept_count, duplicate_count, rejected_count, user_count, automatic_user_count
    from marts.run_ledger
    order by started_at desc
    limit 1
"""
# Unknown line numbers, of a run that died before lines were numbered, come last.
_REFUSALS = """
    select rejection_reason, count(*) as line_count,
        arg_min(
            [source_file, line_number::text, raw_line[1], user_id::text, session_id],
            (line_number is null, source_file, line_number)
        ) as example
    from core.event_lines
    where rejection_reason is not null and list_contains(?, source_file)
    group by rejection_reason
    order by line_count desc, rejection_reason
"""
_REFUSED_AMOUNTS = """
    select sum(refused_revenue), sum(refused_amount_of_unknown_type)
    from core.loaded_files
    where list_contains(?, source_file)
"""
_GAPS = "select visit_date, event_count from core.days where is_gap order by visit_date"
# Of two features whose ranks correlate by more than 0.9, one is enough: both together count one
# question twice. Below 300 users a correlation near 0.9 is too uncertain to say so.
_ALIKE = """
    with current as (
        select training_user_count, feature_names, feature_correlations
        from marts.current_segment_model
        order by segment_id
        limit 1
    ),
    pairs as (
        select
            feature_names[place] as feature, feature_names[other] as other_feature,
            feature_correlations[place][other] as correlation
        from current,
            range(1, len(feature_names) + 1) as places (place),
            range(1, place) as others (other)
        where training_user_count >= 300
    )
    select feature, other_feature, correlation
    from pairs
    where abs(correlation) > 0.9
    order by abs(correlation) desc, feature, other_feature
"""
_DRIFTED = """
    select feature_name, psi
    from marts.feature_drift
    where is_drifted
    order by psi desc, feature_name
"""


def tell_totals(warehouse: Path, min_group_size: int, reporter: Reporter) -> None:
    """Say how many lines and users the warehouse holds after the last run.

    No number of fewer people than `min_group_size` is said.
    """
    with open_warehouse(warehouse) as connection:
        lines, kept, repeated, refused, users, robots = connection.execute(_TOTALS).fetchall()[0]
    some = f"fewer than {min_group_size}" if 0 < robots < min_group_size else f"{robots:,}"
    reporter.say(
        f"{lines:,} lines: {kept:,} kept, {repeated:,} repeated, {refused:,} refused;"
        f" {users:,} users, {some} of them automatic traffic."
    )


def tell_refusals(warehouse: Path, files: Sequence[str], reporter: Reporter) -> None:
    """Say why lines of these files were refused, how many, with an example each, and their worth.

    Examples
    --------
    A sentence is such as `Refused: 19 lines, price_not_positive (line 5 of a.csv: "...,0.00,***")`.
    """
    with open_warehouse(warehouse) as connection:
        reasons = connection.execute(_REFUSALS, [list(files)]).fetchall()
        are_users_texts = has_texts_of_users(connection)
        amounts = connection.execute(_REFUSED_AMOUNTS, [list(files)]).fetchall()[0]
    for reason, count, example in reasons[:_MOST_REASONS_SHOWN]:
        lines = "1 line" if count == 1 else f"{count:,} lines"
        shown = _example(*example, are_users_texts=are_users_texts)
        reporter.say(f"Refused: {lines}, {reason} ({shown}).{advice_on(reason)}")
    if len(reasons) > _MOST_REASONS_SHOWN:
        count = sum(count for _, count, _ in reasons[_MOST_REASONS_SHOWN:])
        names = ", ".join(reason for reason, _, _ in reasons[_MOST_REASONS_SHOWN:])
        reporter.say(f"Refused: {count:,} more lines, {names}; `status --file NAME` shows them.")
    if any(amounts):
        purchases, unknown = amounts
        reporter.say(
            f"Refused purchases have prices of {purchases:,.2f} in all, refused lines of unknown"
            f" type {unknown:,.2f}."
        )


def _example(
    file: str,
    line: str | None,
    raw_line: str | None,
    user: str | None,
    session: str | None,
    *,
    are_users_texts: bool,
) -> str:
    place = f"line {int(line):,} of {file}" if line else file
    user_id = int(user) if user else None
    text = masked_line(raw_line or "", user_id, session, are_users_texts=are_users_texts)
    return f'{place}: "{text[:_LONGEST_EXAMPLE]}"' if text else place


def warn_of_gaps(warehouse: Path, reporter: Reporter) -> None:
    """Name the days on which the logging failed."""
    with open_warehouse(warehouse) as connection:
        gaps = connection.execute(_GAPS).fetchall()
    for day, count in gaps[:_MOST_GAPS_SHOWN]:
        reporter.say(f"Warning: {day} has {count:,} events, less than a tenth of its neighbours.")
    if len(gaps) > _MOST_GAPS_SHOWN:
        reporter.say(f"Warning: there are {len(gaps)} such days in all; see core.days.")


def warn_of_lost_money(warehouse: Path, reporter: Reporter) -> None:
    """Name the files of whose revenue a notable part was refused, and why most of it."""
    with open_warehouse(warehouse) as connection:
        files = files_that_lost_money(connection)
    for one in files[:_MOST_FILES_SHOWN]:
        reason, amount = one.worst
        reporter.say(
            f"Warning: of the revenue of {one.source_file}, {one.refused:,.2f} was refused,"
            f" {one.share:.1%}; {amount:,.2f} for {reason}.{advice_on(reason)}"
        )
    if len(files) > _MOST_FILES_SHOWN:
        reporter.say(f"Warning: there are {len(files)} such files in all; see core.loaded_files.")


def warn_of_alike_features(warehouse: Path, reporter: Reporter) -> None:
    """Name the two features that rank users most alike, where two do.

    No data test: it is the data that decide, and the segments are what was asked for.
    """
    with open_warehouse(warehouse) as connection:
        alike = connection.execute(_ALIKE).fetchall()
        of_purchases = connection.execute("select is_purchases_only from core.store_totals")
        setting = "purchase_features" if of_purchases.fetchall() == [(True,)] else "model_features"
    if alike:
        feature, other, correlation = alike[0]
        more = f", and so do {len(alike) - 1} other pairs" if len(alike) > 1 else ""
        reporter.say(
            f"Warning: {feature} and {other} rank users alike ({correlation:.2f}){more}: one of the"
            f" two is enough in {setting} in dbt_project.yml."
        )


def warn_of_drift(warehouse: Path, reporter: Reporter) -> None:
    """Name the features that have drifted since the model was trained, in one sentence."""
    with open_warehouse(warehouse) as connection:
        drifted = connection.execute(_DRIFTED).fetchall()
    if not drifted:
        return
    shown = [f"{name} ({psi:.2f})" for name, psi in drifted[:_MOST_FEATURES_SHOWN]]
    if len(drifted) > _MOST_FEATURES_SHOWN:
        shown.append(f"{len(drifted) - _MOST_FEATURES_SHOWN} more")
    names = " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
    reporter.say(
        "Warning: users are no longer what they were when the model was trained: see the population"
        f" stability index of {names}; `python run_pipeline.py run --retrain` trains a new model."
    )
