"""`make promises`: one JSON line per promise; exits non-zero if one failed or a mutant survived.

`python -m tests.promises --docs` writes their table into docs/promises.md.
"""

import json
import os
import sys
from dataclasses import asdict

from tests.promises.register import PROMISES
from tests.promises.table import write


def main():
    if sys.argv[1:] == ["--docs"]:
        write()
        return
    wanted = os.environ.get("P", "").split() or list(PROMISES)
    # make hands over what was not given as an empty text.
    trials = os.environ.get("TRIALS") or "default"
    seed = int(os.environ.get("SEED") or 1)
    unknown = [name for name in wanted if name not in PROMISES]
    if unknown:
        sys.exit(f"Not built yet: {' '.join(unknown)}")
    holds = True
    for name in wanted:
        outcome = PROMISES[name].prove(trials, seed)
        print(json.dumps(asdict(outcome)), flush=True)
        holds = holds and outcome.holds
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
