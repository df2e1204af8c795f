"""`make promises`: one JSON line per promise; exits non-zero if one failed or a mutant survived."""

import json
import os
import sys
from dataclasses import asdict, dataclass


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


# Name → callable(trials, seed) returning an Outcome.
PROMISES = {}


def main():
    wanted = os.environ.get("P", "").split() or list(PROMISES)
    # make hands over what was not given as an empty text.
    trials = os.environ.get("TRIALS") or "default"
    seed = int(os.environ.get("SEED") or 1)
    unknown = [name for name in wanted if name not in PROMISES]
    if unknown:
        sys.exit(f"Not built yet: {' '.join(unknown)}")
    outcomes = [PROMISES[name](trials, seed) for name in wanted]
    for outcome in outcomes:
        print(json.dumps(asdict(outcome)))
    if not outcomes:
        print("0 promises built", file=sys.stderr)
    sys.exit(0 if all(outcome.holds for outcome in outcomes) else 1)


if __name__ == "__main__":
    main()
