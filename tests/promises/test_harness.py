"""The harness sees what it should see, and the page lists what is built."""

from types import SimpleNamespace

from tests.promises.harness import Mutant, Outcome, Promise
from tests.promises.register import PROMISES
from tests.promises.table import PAGE, written

HOUSE = SimpleNamespace(answer=lambda: True)
BROKEN = Mutant("the answer is no", ((HOUSE, "answer", lambda: False),))
HARMLESS = Mutant("nothing", ((HOUSE, "answer", lambda: True),))


def promise(trial, *mutants):
    return Promise("P0", "holds", "trying", {"ci": 10}, trial, mutants)


def test_promise_that_holds():
    outcome = promise(lambda world, dice: HOUSE.answer(), BROKEN).prove("ci", 1)

    assert outcome == Outcome("P0", 10, 1, failed=0, mutants=1, mutants_caught=1)
    assert outcome.holds
    assert HOUSE.answer()


def test_promise_whose_planted_defect_goes_unseen():
    outcome = promise(lambda world, dice: HOUSE.answer(), BROKEN, HARMLESS).prove("7", 1)

    assert outcome == Outcome("P0", 7, 1, failed=0, mutants=2, mutants_caught=1)
    assert not outcome.holds


def test_promise_that_fails_now_and_then():
    outcomes = {promise(lambda world, dice: dice.random() < 0.5).prove("100", 3) for _ in range(2)}

    assert [outcome.holds for outcome in outcomes] == [False]


def test_page_lists_what_is_built():
    assert PAGE.read_text(encoding="utf-8") == written()


def test_promise_has_a_planted_defect():
    assert [name for name, promise in PROMISES.items() if not promise.mutants] == []
