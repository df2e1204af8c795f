"""What every promise is made of: trials that must hold, and planted defects that must make one fail.

docs/promises.md says how one is added.
"""

import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from unittest.mock import patch


@dataclass(frozen=True)
class Outcome:
    promise: str
    trials: int
    seed: int
    failed: int
    mutants: int
    mutants_caught: int

    @property
    def holds(self):
        return self.failed == 0 and self.mutants == self.mutants_caught


@dataclass(frozen=True)
class Mutant:
    """A defect: the sentence for the table, and (owner, name, replacement) of whatever it replaces."""

    says: str
    defects: tuple

    @contextmanager
    def planted(self):
        with ExitStack() as planted:
            for owner, name, replacement in self.defects:
                planted.enter_context(patch.object(owner, name, replacement))
            yield


@dataclass(frozen=True)
class Promise:
    """`trial(world, dice)` says whether the promise held once; `world()` makes what the trials work on.

    The world is made again for each mutant, with the defect in place. `dice` is the only source of chance.
    """

    name: str
    says: str
    proven_by: str
    trials: Mapping[str, int]  # ci, default, long
    trial: Callable[[object, random.Random], bool]
    mutants: tuple[Mutant, ...]
    world: Callable[[], AbstractContextManager] = nullcontext

    def prove(self, trials: str, seed: int) -> Outcome:
        count = self.trials[trials] if trials in self.trials else int(trials)
        caught = [self._catches(mutant, count, seed) for mutant in self.mutants]
        with self.world() as world:
            dice = random.Random(seed)
            failed = sum(not self.trial(world, dice) for _ in range(count))
        return Outcome(self.name, count, seed, failed, len(caught), sum(caught))

    def _catches(self, mutant: Mutant, count: int, seed: int) -> bool:
        with mutant.planted(), self.world() as world:
            dice = random.Random(seed)
            return any(not self.trial(world, dice) for _ in range(count))
