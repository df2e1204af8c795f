"""The work list, and registering something."""

from urllib.parse import quote, urlencode
from uuid import uuid4

from bench.house import Served
from bench.job import Bench, Measured
from bench.load import Request, Target, in_turns
from bench.people import Colleague

_FORM = "application/x-www-form-urlencoded"
# The row of the table that only a full page has fifty of, and the fiftieth one's end.
_LIST, _BARE_LIST = b'data-row-id="MH-', b"<tr><th>MH-"
NEW = "/registraties/nieuw/"


def worklist_first(bench: Bench) -> Measured:
    return _list(bench.served, concurrency=1, percentile=50)


def worklist_deep(bench: Bench) -> Measured:
    served = bench.served
    late = served.database.inside("late", served.colleagues[0].region_code)
    return _list(
        served,
        concurrency=1,
        percentile=50,
        office=f"?ouder={quote(late['cursor'])}",
        bare=f"?na={quote(late['after'])}",
    )


def worklist_16(bench: Bench) -> Measured:
    return _list(bench.served, concurrency=16, percentile=95, requests=12)


def list_at(served: Served, concurrency: int, percentile: int, rounds: int = 5) -> Measured:
    """For the plots: the first page with so many colleagues at once."""
    requests = max(6, 40 // concurrency)
    return _list(served, concurrency, percentile, requests=requests, rounds=rounds)


def register(bench: Bench) -> Measured:
    return _register(bench.served, bare_page="melding")


def register_row(bench: Bench) -> Measured:
    return _register(bench.served, bare_page="rij")


def _register(served: Served, *, bare_page: str) -> Measured:
    def office(number: int, _each: int) -> Request:
        who = served.colleagues[number % len(served.colleagues)]
        body = urlencode([*FILLED_IN, ("csrfmiddlewaretoken", who.csrf), ("draft", str(uuid4()))])
        headers = {**cookies(who), "Content-Type": _FORM}
        return Request(NEW, "POST", headers, body.encode(), expects=302)

    def bare(number: int, _each: int) -> Request:
        who = served.colleagues[number % len(served.colleagues)]
        path = f"/{who.region_id}/{bare_page}/"
        return Request(path, "POST", {"Content-Type": _FORM}, _FILLED_IN, expects=302)

    found = in_turns(Target(served.office_port, office), Target(served.bare_port, bare))
    return Measured(found.value, found.floor)


def cookies(who: Colleague) -> dict[str, str]:
    return {"Cookie": f"baken-office-session={who.session}; baken-office-csrf={who.csrf}"}


def _list(
    served: Served,
    concurrency: int,
    percentile: int,
    *,
    office: str = "",
    bare: str = "",
    requests: int = 40,
    rounds: int = 9,
) -> Measured:
    def list_page(number: int, _each: int) -> Request:
        who = served.colleagues[number % len(served.colleagues)]
        return Request(f"/registraties/{office}", headers=cookies(who), contains=_LIST)

    def bare_page(number: int, _each: int) -> Request:
        who = served.colleagues[number % len(served.colleagues)]
        return Request(f"/{who.region_id}/{bare}", contains=_BARE_LIST)

    found = in_turns(
        Target(served.office_port, list_page),
        Target(served.bare_port, bare_page),
        concurrency=concurrency,
        requests=requests,
        rounds=rounds,
        percentile=percentile,
    )
    return Measured(found.value, found.floor)


# A report of sexual exploitation with two people, as somebody fills it in completely.
FILLED_IN = [
    ("kind", "report"),
    ("urgency", "2"),
    ("received", "24-11-2025"),
    ("channel", "TEL"),
    ("origin", "contact"),
    ("legal_frame", "outside_wmo"),
    ("source_group", "GEM.AF"),
    ("reporter_is_professional", "yes"),
    ("anonymity", "open"),
    ("reporter_municipality", "Utrecht"),
    ("home_municipality", "Utrecht"),
    ("exploitation_municipality", "Amersfoort"),
    ("forms", "SEX"),
    ("primary_form", "SEX"),
    ("sub_forms", "SEX.HOTEL"),
    ("certainty_SEX", "STERK"),
    ("route", "BIN"),
    ("recruitment", "RELATIE"),
    ("recruitment", "SOCIAL"),
    ("means", "BEELD"),
    ("means", "DREIG"),
    ("signals", "ALG.01"),
    ("signals", "SEX.02"),
    ("version", "0"),
    ("subjects-TOTAL_FORMS", "2"),
    ("subjects-INITIAL_FORMS", "0"),
    ("subjects-0-role", "MSO"),
    ("subjects-0-age_band", "L16_17"),
    ("subjects-0-minor_at_report", "yes"),
    ("subjects-0-minor_at_start", "yes"),
    ("subjects-0-sex", "V"),
    ("subjects-0-nationality_group", "NL"),
    ("subjects-1-role", "VUB"),
]
_FILLED_IN = urlencode(FILLED_IN).encode()
