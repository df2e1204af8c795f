"""What sealing costs: a page with forty sealed fields, fifty colleagues who log in at once, and giving ten
thousand containers the newest key."""

from bench.house import Served
from bench.job import Bench, Measured
from bench.load import Request, Target, in_turns
from bench.pages import cookies
from bench.people import Colleague
from bench.say import say

FIELDS, LOG_INS, CONTAINERS = 40, 50, 10_000


def sealed_record(bench: Bench) -> Measured:
    """The same registration, once with a summary and notes to open, once without a word."""
    served = bench.served
    told = served.database.inside("told", served.colleagues[0].region_code, str(FIELDS))
    who = Colleague(**told["colleague"])
    found = in_turns(_page(served, who, told["sealed"]), _page(served, who, told["clear"]))
    return Measured(found.value, found.floor)


def log_in(bench: Bench) -> Measured:
    """Seconds to open the keys of fifty colleagues who log in at once in one process."""
    found = bench.served.database.inside("unlock", str(LOG_INS))
    say(f"  {LOG_INS} at once: at most {found['megabytes']:.0f} MB more memory")
    return Measured(found["seconds"], found["floor"])


def rewrap(bench: Bench) -> Measured:
    """Seconds to seal ten thousand container keys under the newest key of their team."""
    served = bench.served
    region = served.colleagues[1].region_code
    found = served.database.inside("rewrap", region, str(CONTAINERS))
    return Measured(found["seconds"], found["floor"])


def _page(served: Served, who: Colleague, registration_id: str) -> Target:
    path = f"/registraties/{registration_id}/"
    return Target(
        served.office_port,
        lambda _number, _each: Request(path, headers=cookies(who), contains=b"baken-history"),
    )
