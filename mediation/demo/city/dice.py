"""Chance that comes out the same for the same seed."""

import random
import uuid
from collections.abc import Mapping, Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Dice(random.Random):
    """A seeded source of chance, with the throws that the city needs."""

    def __init__(self, seed: int, topic: str) -> None:
        """Each topic throws its own dice, so that one more throw in one changes nothing in the others."""
        super().__init__(f"{seed}:{topic}")
        self._references: set[str] = set()

    def happens(self, probability: float) -> bool:
        """Say whether something of this probability happens."""
        return self.random() < probability

    def pick(self, weights: Mapping[Choice, float]) -> Choice:
        """Return one key, as often as its weight says."""
        return self.choices(list(weights), weights=list(weights.values()))[0]

    def some(self, among: Sequence[Choice], least: int, most: int) -> list[Choice]:
        """Return a few of ``among``, in their order."""
        chosen = set(self.sample(range(len(among)), min(self.randint(least, most), len(among))))
        return [item for number, item in enumerate(among) if number in chosen]

    def uid(self) -> uuid.UUID:
        """Return an identifier that the seed decides."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def digits(self, length: int) -> str:
        """Return a code of so many digits."""
        return f"{self.randrange(10**length):0{length}}"

    def reference(self) -> str:
        """Return eight digits that no other throw of these dice gave."""
        while (reference := self.digits(8)) in self._references:
            pass
        self._references.add(reference)
        return reference
