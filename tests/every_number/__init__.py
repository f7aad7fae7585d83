"""Every number that a report prints, beside a query on the warehouse that must give the same.

`printed` reads a report, in Markdown or as a page, into places; `claims` holds the queries, by
section, and `views` what they stand on; `check` compares.

To add a number to the report, add a claim for it to the module of its section: a pattern in which
`{n}` stands for the number, and a query that computes it from rows as near to the events as there
are, followed by the sizes of the groups of people whose figure it is. A number that belongs to the
words, and not to the data, is added to `WORDS`. Until then `tests/warehouse/test_every_number.py`
fails and shows the place.
"""
