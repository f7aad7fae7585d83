"""Writing events as monthly CSV files, in the form of the published data, sorted by time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from pipeline.demo_store.accidents import BAD_PRICE, BAD_TYPE, FREE, NO_SESSION, NO_USER
from pipeline.demo_store.catalogue import Catalogue
from pipeline.demo_store.journeys import EVENT_TYPES

_COLUMNS = ("second", "kind", "product", "user_id", "visit", "accident")


@dataclass
class MonthSpool:
    """Events by month on disk until all are drawn, so that memory holds one month at a time."""

    folder: Path
    month_starts: np.ndarray
    _pieces: dict[int, int] = field(default_factory=dict)

    def add(self, columns: dict[str, np.ndarray]) -> None:
        """Put events, as columns, to the months they lie in."""
        month_of = np.searchsorted(self.month_starts, columns["second"], side="right") - 1
        for month in np.unique(month_of):
            chosen = month_of == month
            number = self._pieces.get(int(month), 0)
            self._pieces[int(month)] = number + 1
            np.savez(
                self.folder / f"{month}-{number}.npz",
                **{name: columns[name][chosen] for name in _COLUMNS},
            )

    def months(self) -> Iterator[tuple[int, pa.Table]]:
        """Return each month with events and these, in the order they were drawn."""
        for month in sorted(self._pieces):
            pieces = [
                np.load(self.folder / f"{month}-{number}.npz")
                for number in range(self._pieces[month])
            ]
            columns = {name: np.concatenate([piece[name] for piece in pieces]) for name in _COLUMNS}
            columns["place"] = np.arange(len(columns["second"]))
            yield month, pa.table(columns)


class MonthWriter:
    """Writes months of events through DuckDB, which formats on every core."""

    def __init__(self, catalogue: Catalogue, first_moment: datetime, seed: int) -> None:
        self._connection = duckdb.connect()
        self._seed = seed
        self._first_moment = first_moment
        products = pa.table(
            {
                "product": np.arange(len(catalogue.product_id)),
                "product_id": catalogue.product_id,
                "category_id": catalogue.category_ids(),
                "category_code": catalogue.category_codes(),
                "brand": catalogue.brands(),
                "price": [f"{cents / 100:.2f}" for cents in catalogue.price_cents.tolist()],
            }
        )
        self._connection.register("product_table", products)
        self._connection.execute("create table products as select * from product_table")

    def write(self, events: pa.Table, path: Path) -> None:
        """Write one month; the file appears whole or not at all."""
        unfinished = path.with_name(f".{path.name}.unfinished")
        self._connection.register("month_events", events)
        target = str(unfinished).replace("'", "''")
        try:
            self._connection.execute(
                f"copy ({self._query()}) to '{target}' (format csv, header true)"
            )
            unfinished.chmod(0o600)
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
            self._connection.unregister("month_events")

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()

    def _query(self) -> str:
        kinds = ", ".join(f"'{kind}'" for kind in EVENT_TYPES)
        return f"""
            select
                strftime(
                    timestamp '{self._first_moment:%Y-%m-%d %H:%M:%S}' + to_seconds(second),
                    '%Y-%m-%d %H:%M:%S UTC'
                ) as event_time,
                case accident when {BAD_TYPE} then 'wishlist' else [{kinds}][kind + 1] end
                    as event_type,
                product_id,
                category_id,
                category_code,
                brand,
                case accident when {FREE} then '0.00' when {BAD_PRICE} then 'n/a' else price end
                    as price,
                case when accident <> {NO_USER} then user_id end as user_id,
                case when accident <> {NO_SESSION}
                    then md5_number('{self._seed}-' || visit)::uuid end as user_session
            from month_events
            inner join products using (product)
            order by second, place
        """
