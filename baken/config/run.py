"""`baken run`: the whole house in one terminal, until Ctrl-C."""

import os
import subprocess
from pathlib import Path

from baken.config.cannot_start import REFUSED, CannotStart
from baken.config.embedded import (
    KEYSTORE,
    KEYSTORE_SETTINGS,
    MAIN,
    Run,
    Urls,
    ensure_roles,
    remove_run,
    start_cluster,
    write_run,
)
from baken.config.environment import baken_home, env_flag, env_number
from baken.config.processes import Installation, command, website, worker
from baken.config.secrets import load_secrets
from baken.config.steps import Step, Steps
from baken.config.supervisor import (
    Process,
    Supervisor,
    check_port_free,
    say_ready,
    supervision,
)


class SamePort(CannotStart):
    """De publieke site en het kantoor kunnen niet allebei op poort {port}; geef BAKEN_PUBLIC_PORT en
    BAKEN_OFFICE_PORT elk een eigen poort."""


class Refused(CannotStart):
    """{sentence}"""


class SetupFailed(CannotStart):
    """De stap '{name}' is mislukt:
    {lines}"""


def run(*, demo: bool, reload: bool) -> None:
    """Start everything, show every step, stay until somebody asks to stop."""
    home = baken_home()
    public_port = env_number("BAKEN_PUBLIC_PORT", 8000, lowest=1, highest=65535)
    office_port = env_number("BAKEN_OFFICE_PORT", 8001, lowest=1, highest=65535)
    if public_port == office_port:
        raise SamePort(port=public_port)
    steps = Steps(7 if demo else 5)
    with supervision(steps) as supervisor:
        given = Urls.from_environment(os.environ)
        # First, because a Baken that runs here already also holds the ports.
        urls, ports = (given, {}) if given else _start_clusters(supervisor, home)
        _check_ports(public_port, office_port)
        house = Installation(home, urls, public_port, office_port, demo, reload)
        _prepare(steps, house, is_embedded=not given)
        if not given:
            _announce(supervisor, home, Run(urls, ports=ports))
        _start_processes(supervisor, house)
        if demo:
            steps.say(_output(command("office", house, "demo", "tell")))
        say_ready(steps, house.public_url, house.office_url)
        if not env_flag("BAKEN_STOP_WHEN_READY", False):
            supervisor.watch()


def _check_ports(public_port: int, office_port: int) -> None:
    check_port_free(public_port, "BAKEN_PUBLIC_PORT")
    check_port_free(office_port, "BAKEN_OFFICE_PORT")


def _start_clusters(supervisor: Supervisor, home: Path) -> tuple[Urls, dict[str, int]]:
    """PostgreSQL twice: the main cluster, and the small keystore whose backups are kept shorter."""
    steps = supervisor.steps
    with steps.step("PostgreSQL starten") as step:
        main = supervisor.own(start_cluster(home, MAIN))
        _note_recovery(step, main.recovered)
    with steps.step("Sleutelkluis starten"):
        keystore = supervisor.own(start_cluster(home, KEYSTORE, settings=KEYSTORE_SETTINGS))
        urls = ensure_roles(main, load_secrets(home), keystore=keystore)
    ports = {MAIN: main.port, KEYSTORE: keystore.port}
    return urls, ports


def _announce(supervisor: Supervisor, home: Path, what: Run) -> None:
    """From now on commands in other terminals find this database; not before its tables are right."""
    write_run(home, what)
    supervisor.on_stop(lambda: remove_run(home))


def _note_recovery(step: Step, recovered: bool) -> None:
    if recovered:
        step.note("hersteld na een onverwachte stop")


def _prepare(steps: Steps, house: Installation, *, is_embedded: bool) -> None:
    """Only the embedded database migrates itself; somebody else's is migrated by its administrator."""
    with steps.step("Tabellen en codelijsten bijwerken"):
        if not is_embedded:
            _output(command("owner", house, "setup_database", "--check"))
        mark = "demo" if house.demo else "real"
        _output(command("owner", house, "setup_database", "--verbosity", "0", "--mark", mark))
    if house.demo:
        with steps.step("Demo-regio's en mensen maken"):
            _output(command("owner", house, "demo_people"))
        with steps.step("Register 2020–2023 inlezen en cijfers vastleggen"):
            _output(command("office", house, "demo", "registrations"))


def _start_processes(supervisor: Supervisor, house: Installation) -> None:
    with supervisor.steps.step("Achtergrondwerk starten"):
        supervisor.start(worker(house))
    with supervisor.steps.step("Publieke site en kantoor starten"):
        _check_ports(house.public_port, house.office_port)  # they were free half a minute ago
        supervisor.start(website("public", house.public_port, house))
        supervisor.start(website("office", house.office_port, house))
        supervisor.wait_until_ready()


def _output(process: Process) -> str:
    """Run a command to its end and return what it printed; `SetupFailed` when it fails."""
    done = subprocess.run(
        process.argv, env=dict(process.env), capture_output=True, text=True, check=False
    )
    if done.returncode == REFUSED:
        raise Refused(sentence=done.stderr.strip().splitlines()[-1])
    if done.returncode:
        raise SetupFailed(name=process.name, lines=(done.stderr or done.stdout).strip()[-1500:])
    return done.stdout.rstrip()
