"""`python -m bench [JOB]`: one JSON line per job on stdout, progress on stderr.

A name stands for all jobs that begin with it, as `radar` does. Without one, or with `all`: every job, and
`docs/benchmarks.md` written again. `plots` measures cost against size and concurrency and draws them.
"""

import argparse
import os

from bench.job import ROWS, Bench, Job, line_of
from bench.jobs import JOBS, jobs_named
from bench.machine import describe
from bench.plots import measure_plots
from bench.report import write_jobs, write_plots
from bench.say import step


def main() -> None:
    names = [each.name for each in JOBS]
    families = {name.split("-")[0] for name in names} - {*names}
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "job", nargs="?", default="all", choices=["all", "plots", *names, *sorted(families)]
    )
    parser.add_argument(
        "--rows", type=int, default=ROWS, help="registrations, to try something out"
    )
    options = parser.parse_args()
    chosen = options.job
    # The benches run what is installed, whatever the shell they are started from points at.
    for name in [
        name for name in os.environ if name.startswith("BAKEN_") and name != "BAKEN_PG_BIN"
    ]:
        del os.environ[name]
    bench = Bench(options.rows)
    with bench.stack:
        if chosen == "plots":
            write_plots(measure_plots(bench))
            return
        wanted = JOBS if chosen == "all" else jobs_named(chosen)
        lines = [_run(each, bench) for each in wanted]
        if chosen == "all" and options.rows == ROWS:
            write_jobs(lines, describe(bench))


def _run(each: Job, bench: Bench) -> str:
    with step(each.name):
        line = line_of(each, each.measure(bench))
    print(line, flush=True)
    return line


if __name__ == "__main__":
    main()
