"""What a benchmark says: figures, each beside what it is held against."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

MILLISECONDS = 1000


@dataclass(frozen=True)
class Figure:
    """One measure. ``beside`` is what it is compared with, in words; at least one bound makes it pass or fail."""

    label: str
    value: float
    unit: str = ""
    beside: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the measure is within its bounds."""
        return (self.at_most is None or self.value <= self.at_most) and (
            self.at_least is None or self.value >= self.at_least
        )

    @property
    def target(self) -> str:
        """The bounds as one reads them."""
        bounds = (("at most", self.at_most), ("at least", self.at_least))
        return ", ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)


def against(label: str, ours: float, plain: float, *, at_most: float) -> Figure:
    """Return how many times as long as plain code ours takes for the same question, both in milliseconds."""
    return Figure(label, ours / plain, "×", beside=f"{ours:.1f} ms, limit {plain:.1f} ms", at_most=at_most)


def milliseconds(*functions: Callable[[], object], runs: int) -> Sequence[float]:
    """Return the best time of each function: what else the machine does meanwhile can only add to it.

    They take turns, so that a slow minute is not one function's alone.
    """
    for function in functions:
        function()
    times: list[list[float]] = [[] for _ in functions]
    for _ in range(runs):
        for function, taken in zip(functions, times, strict=True):
            start = perf_counter()
            function()
            taken.append((perf_counter() - start) * MILLISECONDS)
    return [min(taken) for taken in times]
