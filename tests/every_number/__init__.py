"""Every number that a report prints, beside a query on the warehouse that must give the same.

`printed` reads a report, in Markdown or as a page, into places; `claims` holds the queries; `check`
compares. To add a number to the report, add a claim for it to `claims`: a section, a pattern in
which `{n}` stands for the number, and a query that computes it from rows as near to the events as
there are. Until then `tests/warehouse/test_every_number.py` fails and shows the place.
"""
