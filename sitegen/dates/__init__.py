"""Dates and datelines: what a line of a page or the head of a paragraph says about when and where.

A string becomes tokens, each with the letter of its kind (`tokens`, over the tables that `words`
reads); the rules of `grammar` are regular expressions over those letters, so they stay short,
linear and the same for every language; `clock` finds times and zones, `relative` the forms that
need a reference, and `strings` joins them under the markers "published" and "updated". `lines`
holds what other rooms call. `dateline` tries every dash, colon and bracket at the head of a
paragraph; `heads` must read all that stands before it, with `agencies` and `places`.

Nothing is guessed in silence: what is not certainly a date is None, and a date whose day and month
could be swapped says so.
"""

from sitegen.dates.dateline import parse_dateline
from sitegen.dates.lines import find_date, is_date_line, learn_order, parse_date
from sitegen.dates.places import Place, find_place

__all__ = ["Place", "find_date", "find_place", "is_date_line", "learn_order", "parse_date", "parse_dateline"]
