"""What the terminal, a file and an old terminal show of the steps."""

import io

import pytest

from baken.config.steps import Steps
from baken.config.supervisor import say_ready


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    monkeypatch.setattr("baken.config.steps.time.monotonic", lambda: 5.0)


def in_a_file(encoding="utf-8"):
    raw = io.BytesIO()
    return raw, io.TextIOWrapper(raw, encoding=encoding)


def test_steps_in_a_file():
    raw, out = in_a_file()
    steps = Steps(12, out)

    with steps.step("PostgreSQL starten") as step:
        step.progress(1, 2)
        step.note("hersteld")
    with steps.step("Tabellen bijwerken"):
        steps.say(" office | begint")
        steps.say(" office | klaar")
    say_ready(steps, "http://localhost:8000", "http://localhost:8001")

    assert raw.getvalue().decode().splitlines() == [
        "   1/12  PostgreSQL starten … 0.0 s (hersteld)",
        "   2/12  Tabellen bijwerken … ",
        " office | begint",
        " office | klaar",
        "   2/12  Tabellen bijwerken … 0.0 s",
        "READY public=http://localhost:8000 office=http://localhost:8001",
    ]


def test_every_word_is_in_the_file_at_once():
    raw, out = in_a_file()
    steps = Steps(1, out)

    with steps.step("Kort"):
        assert raw.getvalue().decode() == "  1/1  Kort … "
        say_ready(steps, "a", "b")
        assert raw.getvalue().decode() == "  1/1  Kort … \nREADY public=a office=b\n"


def test_steps_on_a_terminal_redraw_their_line():
    out = Terminal()
    steps = Steps(1, out)

    with steps.step("Laden") as step:
        step.progress(1, 3)
        steps.say("tussendoor")

    assert out.getvalue() == (
        "  1/1  Laden … "
        "\r\x1b[K  1/1  Laden … 33% (1/3)"
        "\r\x1b[Ktussendoor\n  1/1  Laden … "
        "\r\x1b[K  1/1  Laden … 0.0 s\n"
    )


def test_steps_where_only_ascii_can_be_shown():
    raw, out = in_a_file("ascii")
    steps = Steps(1, out)

    with steps.step("Één"):
        pass

    assert raw.getvalue() == b"  1/1  ??n ... 0.0 s\n"


@pytest.mark.parametrize(
    ("error", "word"), [(ValueError, "mislukt"), (KeyboardInterrupt, "afgebroken")]
)
def test_step_that_does_not_finish(error, word):
    raw, out = in_a_file()

    with pytest.raises(error), Steps(1, out).step("Laden"):
        raise error

    assert raw.getvalue().decode() == f"  1/1  Laden … {word} na 0.0 s\n"


def test_steps_after_the_terminal_has_gone():
    _, out = in_a_file()
    steps = Steps(1, out)
    out.close()

    steps.say("niemand")
