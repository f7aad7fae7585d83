"""How often campaigns alarm, cover and find, by simulation: `python -m benchmarks.campaigns`.

The choice of intervals in `ml.outcomes` rests on the table. Takes about half an hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import click
import numpy as np
from scipy.stats import t

from benchmarks.results import write_results
from ml.outcomes.control_group import detectable_rate
from ml.outcomes.mean_difference import Stratum, mean_difference
from ml.outcomes.rate_difference import rate_difference

# Treated and control; share of buyers; standard deviation of the logarithm of what they spend.
_SIZES = ((900, 100), (1_800, 200), (9_000, 1_000), (500, 500))
_RATES = (0.05, 0.2)
_SPREADS = (0.8, 1.3)
_DRAWS = 199


@dataclass
class _Tally:
    """Of how many campaigns an interval left out the truth, and of how many it was told."""

    told: int = 0
    missed: int = 0
    found: int = 0

    def add(self, lower: float | None, upper: float | None, truth: float) -> None:
        """Count one interval."""
        if lower is not None and upper is not None:
            self.told += 1
            self.missed += not lower <= truth <= upper
            self.found += lower > 0

    def share(self, count: int) -> str:
        """Return a count as a share of the intervals that were told."""
        return f"{count / self.told:.3f}" if self.told >= 100 else "-"


@click.command()
@click.option("--campaigns", default=1_000, show_default=True, help="Of each kind.")
@click.option("--seed", default=1, show_default=True)
def main(campaigns: int, seed: int) -> None:
    """Write false alarms, coverage and power by size, rate and spread to benchmarks/results."""
    rows = [
        [
            "treated", "control", "buyers", "spread", "alarms, buyers", "alarms, revenue",
            "alarms, Welch", "covered, buyers", "covered, revenue", "found, buyers",
        ]
    ]  # fmt: skip
    for sizes in _SIZES:
        for rate in _RATES:
            for spread in _SPREADS:
                rows.append(_row(sizes, rate, spread, campaigns, seed))
    log = [
        f"{campaigns} campaigns of each kind. Alarms: of campaigns that change nothing, those whose"
        " interval leaves out 0; 0.050 is right.",
        "Covered: of campaigns that raise the rate to what the plan says is found 8 times in 10,"
        " those whose interval holds the truth; 0.950 is right.",
        "Found: of the same, those whose interval of buyers lies above 0; 0.800 is planned.",
        f"Revenue: {_DRAWS} other draws; a dash: fewer than 100 campaigns with ten spenders in both"
        " groups. Welch: the usual interval for the same campaigns.",
    ]
    write_results("campaigns", "False alarms, coverage and power of campaigns", rows, log)


def _row(
    sizes: tuple[int, int], rate: float, spread: float, campaigns: int, seed: int
) -> list[str]:
    rng = np.random.default_rng([seed, *sizes, round(rate * 100), round(spread * 10)])
    raised = detectable_rate(rate, *sizes) or rate
    mean = float(np.exp(4 + spread**2 / 2))
    nothing = [_Tally() for _ in range(3)]
    effect = [_Tally() for _ in range(2)]
    for _ in range(campaigns):
        for tallies, changed in ((nothing, rate), (effect, raised)):
            stratum = _drawn(rng, sizes, (changed, rate), spread)
            counts = np.array([[len(stratum.treated), len(stratum.control)]])
            buyers = rate_difference(counts, np.array([sizes]))
            tallies[0].add(buyers[1], buyers[2], changed - rate)
            _, lower, upper, _ = mean_difference([stratum], draws=_DRAWS)
            tallies[1].add(lower, upper, (changed - rate) * mean)
            if len(tallies) > 2 and lower is not None:
                tallies[2].add(*_welch(stratum), 0.0)
    return [
        f"{sizes[0]:,}", f"{sizes[1]:,}", f"{rate:.0%} to {raised:.1%}", f"{spread}",
        *(tally.share(tally.missed) for tally in nothing),
        *(tally.share(tally.told - tally.missed) for tally in effect),
        effect[0].share(effect[0].found),
    ]  # fmt: skip


def _drawn(
    rng: np.random.Generator, sizes: tuple[int, int], rates: tuple[float, float], spread: float
) -> Stratum:
    treated, control = (
        rng.lognormal(4, spread, rng.binomial(size, rate))
        for size, rate in zip(sizes, rates, strict=True)
    )
    return Stratum(treated, control, *sizes)


def _welch(stratum: Stratum) -> tuple[float, float]:
    """Return the limits of the interval that is usually taught."""
    sides = []
    for amounts, count in (
        (stratum.treated, stratum.treated_count),
        (stratum.control, stratum.control_count),
    ):
        mean = amounts.sum() / count
        variance = ((amounts**2).sum() - count * mean**2) / (count - 1) / count
        sides.append((mean, variance, variance**2 / (count - 1)))
    (first, one, _), (second, other, _) = sides
    error = sqrt(one + other)
    freedom = (one + other) ** 2 / (sides[0][2] + sides[1][2])
    reach = float(t.ppf(0.975, freedom)) * error
    return first - second - reach, first - second + reach


if __name__ == "__main__":
    main()
