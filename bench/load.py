"""Closed-loop HTTP load over kept-alive loopback connections, measured at the client."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field


class WrongAnswer(Exception):
    """The server did not answer as it should, so its speed means nothing."""


@dataclass(frozen=True)
class Request:
    """`expects` is the status of a right answer; `contains` stands in its body."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    expects: int = 200
    contains: bytes = b""


# Makes the n-th request of a connection.
Maker = Callable[[int, int], Request]


@dataclass
class Target:
    """One server under load, with its connections kept open between rounds."""

    port: int
    make: Maker
    connections: list[http.client.HTTPConnection] = field(default_factory=list)
    sent: int = 0

    def round(self, concurrency: int, requests: int) -> list[float]:
        """Milliseconds of every request, `requests` on each of `concurrency` connections at once."""
        while len(self.connections) < concurrency:
            self.connections.append(
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=60.0)
            )
        start = threading.Barrier(concurrency)
        taken: list[list[float] | Exception] = [[] for _ in range(concurrency)]
        threads = [
            threading.Thread(target=self._work, args=[number, requests, start, taken])
            for number in range(concurrency)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.sent += requests
        return list(_all_or_raise(taken))

    def _work(
        self,
        number: int,
        requests: int,
        start: threading.Barrier,
        taken: list[list[float] | Exception],
    ) -> None:
        made = [self.make(number, self.sent + each) for each in range(requests)]
        start.wait()
        try:
            taken[number] = [_send(self.connections[number], request) for request in made]
        except (OSError, http.client.HTTPException, WrongAnswer) as problem:
            taken[number] = problem


def _all_or_raise(taken: Sequence[list[float] | Exception]) -> Iterator[float]:
    for each in taken:
        if isinstance(each, Exception):
            raise each
        yield from each


def _send(connection: http.client.HTTPConnection, request: Request) -> float:
    began = time.perf_counter()
    connection.request(
        request.method, request.path, request.body, {"Host": "localhost", **request.headers}
    )
    answer = connection.getresponse()
    body = answer.read()
    taken = time.perf_counter() - began
    if answer.status != request.expects or request.contains not in body:
        raise WrongAnswer(f"{request.method} {request.path}: {answer.status} {body[-300:]!r}")
    return taken * 1000


@dataclass(frozen=True)
class Compared:
    """Medians over the rounds, in milliseconds, of what is measured and of its floor."""

    value: float
    floor: float


def in_turns(
    product: Target,
    floor: Target,
    *,
    concurrency: int = 1,
    requests: int = 40,
    rounds: int = 9,
    percentile: int = 50,
) -> Compared:
    """Rounds in turns, A B B A, after both are warm; the percentile of each round, then the median."""
    for each in (product, floor):
        each.round(max(concurrency, 16), 8)
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for which in order:
            taken = (product, floor)[which].round(concurrency, requests)
            found[which].append(percentile_of(taken, percentile))
    return Compared(statistics.median(found[0]), statistics.median(found[1]))


def percentile_of(values: Sequence[float], percentile: int) -> float:
    """The smallest value that at least `percentile` percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percentile // 100) - 1)]
