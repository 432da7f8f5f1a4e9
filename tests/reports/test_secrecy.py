"""Small cells cannot be read, nor found again by adding and subtracting."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.secrecy import SMALL, Addition, hidden_cells

# Every way to fill the cells is tried.
LARGEST = 11


def solutions(values, additions, hidden):
    """Return every way to fill the hidden cells that agrees with what is shown."""
    unknown = sorted(hidden)
    tries = product(range(LARGEST + 1), repeat=len(unknown))
    for guess in tries:
        filled = {**values, **dict(zip(unknown, guess, strict=True))}
        if all(_holds(addition, filled, values) for addition in additions):
            yield filled


def _holds(addition, filled, values):
    total = sum(values[key] for key in addition.parts) if addition.total is None else filled[addition.total]
    return sum(filled[key] for key in addition.parts) == total


def test_nothing_is_hidden_where_nobody_is_few():
    assert hidden_cells({"a": 0, "b": 5, "c": 120}, [Addition(("a", "b", "c"))]) == set()


def test_a_few_people_are_hidden_and_the_smallest_neighbour_with_them():
    assert hidden_cells({"a": 3, "b": 40, "c": 12}, [Addition(("a", "b", "c"))]) == {"a", "c"}


def test_zero_says_something_of_nobody():
    assert hidden_cells({"a": 0, "b": 2}, []) == {"b"}


def test_zero_hides_too_where_nothing_else_is_left():
    assert hidden_cells({"a": 3, "b": 0}, [Addition(("a", "b"))]) == {"a", "b"}


def test_five_hidden_ones_would_tell_themselves():
    values = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 30}
    assert "f" in hidden_cells(values, [Addition(tuple(values))])


def test_a_hidden_total_takes_a_part_with_it():
    values = {"one": 3, "two": 0, "side": 3, "other side": 20, "city": 23}
    additions = [Addition(("one", "two"), total="side"), Addition(("side", "other side"), total="city")]
    assert hidden_cells(values, additions) == {"one", "side", "other side"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, LARGEST), min_size=2, max_size=4))
def test_no_hidden_figure_has_a_single_explanation(counts):
    values = dict(zip("abcd", counts, strict=False))
    additions = [Addition(tuple(values))]
    hidden = hidden_cells(values, additions)
    assert all(value == 0 or value >= SMALL for key, value in values.items() if key not in hidden)
    found = list(solutions(values, additions, hidden))
    for key in hidden:
        if sum(values.values()) > 0 and values[key]:
            assert len({each[key] for each in found}) > 1
