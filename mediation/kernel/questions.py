"""Questions that are asked of the database at every booking: Django puts each into words once.

Django takes longer to write most statements than the database to answer them, and writes them anew each time.
"""

import copy
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Value
from django.db.transaction import TransactionManagementError

# A question has as many wordings as its lists have lengths: those of a search over a whole city are not kept for ever.
MOST_WORDINGS = 50


def asked_often(build: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """Return the rows of the queryset that ``build`` returns, put into words the first time only.

    ``build`` is given a blank for each value, or a list of blanks for a list, to be used as the value of a lookup or
    an annotation; None, True and False are given as they are. What else the question depends on must never change: it
    is built once. For a foreign key in a list say ``mediator__pk__in``.
    """
    wordings: dict[Any, _Wording] = {}

    @wraps(build)
    def ask(**said: Any) -> list[Any]:
        shape, values = _shape(said), list(_values(said))
        wording = wordings.get(shape)
        if wording is None:
            if len(wordings) >= MOST_WORDINGS:
                wordings.clear()
            wording = wordings[shape] = _Wording(build(**_blanks(said)))
        return wording.rows(values)

    return ask


class _Blank(Value):
    """The place of a value that differs each time; ``value`` is the first one, and tells of what kind they are."""

    def __init__(self, value: Any, place: int) -> None:
        super().__init__(value)
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Leave room for the value, and stand for it among the parameters."""
        return "%s", [self]

    def filled(self, values: list[Any], connection: Any) -> Any:
        """Return the value as this database takes it."""
        return self.output_field.get_db_prep_value(values[self.place], connection=connection)

    def __str__(self) -> str:
        raise TypeError("A blank is no text: write the value where the question is asked.")


class _Wording:
    """A question in SQL, whose blanks are filled each time that it is asked."""

    def __init__(self, asked: QuerySet) -> None:
        self.asked: Any = asked
        self.compiler: Any = asked.query.get_compiler(asked.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
        else:
            self.converters = self.compiler.get_converters([column[0] for column in self.compiler.select])

    def rows(self, values: list[Any]) -> list[Any]:
        """Ask, and return what Django makes of the answer."""
        if not self.sql:
            return []
        connection = connections[self.asked.db]
        if self.asked.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("Nothing is locked outside a transaction.")
        params = tuple(one.filled(values, connection) if isinstance(one, _Blank) else one for one in self.params)
        # Django's own reading of rows, with the words that are known already instead of new ones.
        compiler, query = copy.copy(self.compiler), copy.copy(self.asked.query)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, params)
        compiler.get_converters = lambda _columns: self.converters
        query.get_compiler = lambda *_args, **_kwargs: compiler
        rows = type(self.asked)(self.asked.model, query, self.asked.db)
        rows._fields = self.asked._fields
        return list(self.asked._iterable_class(rows))


def _shape(said: dict[str, Any]) -> tuple[Any, ...]:
    """Return what the words depend on: how many values there are, and what is no value."""
    kinds = (len(value) if isinstance(value, list) else value if _is_fixed(value) else "" for value in said.values())
    return (*said, *kinds)


def _values(said: dict[str, Any]) -> Iterator[Any]:
    for value in said.values():
        if isinstance(value, list):
            yield from value
        elif not _is_fixed(value):
            yield value


def _blanks(said: dict[str, Any]) -> dict[str, Any]:
    """Return what ``build`` is given, its blanks numbered in the order of ``_values``."""
    places = iter(range(sum(1 for _value in _values(said))))

    def blank(value: Any) -> Any:
        return value if _is_fixed(value) else _Blank(value, next(places))

    return {
        name: [_Blank(one, next(places)) for one in value] if isinstance(value, list) else blank(value)
        for name, value in said.items()
    }


def _is_fixed(value: Any) -> bool:
    return value is None or isinstance(value, bool)
