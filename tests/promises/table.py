"""The table of promises in docs/promises.md, made from the register."""

from pathlib import Path

from tests.promises.register import PROMISES

PAGE = Path(__file__).parents[2] / "docs" / "promises.md"
BEGIN, END = "<!-- made by `python -m tests.promises --docs` -->\n", "<!-- end -->\n"


def written():
    """The page with the table as it should be."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + table() + END + after


def write():
    PAGE.write_text(written(), encoding="utf-8")


def table():
    head = (
        "",
        "promise",
        "what is tried",
        "trials (ci, default, long)",
        "planted defects, each caught",
    )
    return _line(head) + _line(["---"] * 5) + "".join(map(_row, PROMISES.values()))


def _row(promise):
    trials = ", ".join(f"{count:,}" for count in promise.trials.values())
    defects = "; ".join(mutant.says for mutant in promise.mutants)
    return _line((promise.name, promise.says, promise.proven_by, trials, defects))


def _line(cells):
    return f"| {' | '.join(cells)} |\n"
