"""`baken audit`: verify the log, sign a checkpoint, write the log to a file, show the public key."""

import sys
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from baken.audit.interface import (
    SYSTEM,
    Statement,
    Stream,
    Verdict,
    export_log,
    record,
    seal,
    verify,
)
from baken.config.checkpoints import (
    NoSigningKey,
    UnreadableCheckpoint,
    UnreadablePlace,
    checkpoint_now,
    found_checkpoints,
    public_key,
    read_checkpoint_file,
)
from baken.config.management.base import BakenCommand
from baken.lib.os_errors import reason_of
from baken.lib.sentences import sentence_of

_PROBLEMS = (NoSigningKey, UnreadableCheckpoint, UnreadablePlace)


class Command(BakenCommand):
    help = "Controleert het logboek, ondertekent een checkpoint of schrijft het logboek weg."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["verify", "checkpoint", "export", "key", "seal"])
        parser.add_argument("file", nargs="?", help="export: waarheen")
        parser.add_argument("--stream", choices=Stream.values, help="alleen deze keten")
        parser.add_argument("--from", dest="start", metavar="CHECKPOINT", help="begin hier")
        parser.add_argument("--witness", nargs="*", default=[], help="meer mappen met checkpoints")
        parser.add_argument("--key", metavar="PUBLIC", help="de publieke sleutel, hexadecimaal")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what']}")(options)
        except _PROBLEMS as problem:
            raise CommandError(f"{sentence_of(problem)} {problem}".strip()) from None

    def _verify(self, options: dict[str, Any]) -> None:
        key = public_key(options["key"])
        start = read_checkpoint_file(Path(options["start"]), key) if options["start"] else None
        found = found_checkpoints(key, [Path(each) for each in options["witness"]])
        for name in found.strange:
            self.stdout.write(f"FOUT {name}: geen checkpoint, of niet met deze sleutel ondertekend")
        verdicts = verify(
            found.statements, streams=_streams(options, start), start=start, tell=_Progress().tell
        )
        for verdict in verdicts:
            self.stdout.write(_line(verdict))
        if found.strange or not all(verdict.holds for verdict in verdicts):
            raise CommandError("Het logboek klopt niet.")

    def _seal(self, options: dict[str, Any]) -> None:
        """What the worker does all day; for an installation whose worker is not running."""
        while seal():
            pass

    def _checkpoint(self, options: dict[str, Any]) -> None:
        """Chains what waits, then signs."""
        self._seal(options)
        for made in checkpoint_now(now=timezone.now()):
            self.stdout.write(f"{made.stream}: {made.number} regels, kop {made.head.hex()}")

    def _export(self, options: dict[str, Any]) -> None:
        if not options["file"]:
            raise CommandError("Zeg waarheen: baken audit export BESTAND.")
        detail = {"stream": options["stream"] or "all"}
        record(
            "log.exported", actor=SYSTEM, at=timezone.now(), stream=Stream.SECURITY, detail=detail
        )
        self._seal(options)
        try:
            with Path(options["file"]).open("x", encoding="utf-8") as file:
                written = export_log(file, streams=_streams(options, None))
        except OSError as problem:
            raise CommandError(f"{options['file']}: {reason_of(problem)}.") from None
        self.stdout.write(f"{written} regels geschreven.")

    def _key(self, options: dict[str, Any]) -> None:
        self.stdout.write(public_key(None).hex())


def _streams(options: dict[str, Any], start: Statement | None) -> list[str]:
    if start:
        return [start.stream]
    return [options["stream"]] if options["stream"] else list(Stream.values)


def _line(verdict: Verdict) -> str:
    if not verdict.holds:
        why = "anders dan het checkpoint" if verdict.by_checkpoint else "gebroken"
        return f"FOUT {verdict.stream}: {why} bij regel {verdict.broken_at}"
    waiting = f", {verdict.waiting} nog niet verzegeld" if verdict.waiting else ""
    return (
        f"OK {verdict.stream}: {verdict.links} regels{waiting}, kop {verdict.head}, "
        f"{verdict.agreeing} checkpoints kloppen"
    )


class _Progress:
    """How far it is, on stderr, once it takes longer than a second."""

    def __init__(self) -> None:
        self.next = monotonic() + 1

    def tell(self, number: int) -> None:
        if monotonic() >= self.next:
            print(f"… regel {number}", file=sys.stderr, flush=True)
            self.next = monotonic() + 1
