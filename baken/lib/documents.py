"""PDF documents that screen readers understand (PDF/UA-1), and QR codes, made in memory only.

Typst remembers what it compiled. A document may hold what must not rest anywhere, so it is compiled in a
process of its own that gets the content through a pipe, has no secrets in its environment, and ends.
"""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Mapping

import segno
import typst

# Compiling takes a tenth of a second, and starting Python three.
PATIENCE_SECONDS = 30


class NotMade(Exception):
    """The document could not be made; says nothing about its content."""


def made_pdf(template: str, content: Mapping[str, object]) -> bytes:
    """A Typst template as a PDF; it reads its content with `json(bytes(sys.inputs.content))`.

    Raises `NotMade`, which says nothing about the content.
    """
    order = json.dumps({"template": template, "content": json.dumps(content)})
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "baken.lib.documents"],
            input=order.encode(),
            capture_output=True,
            check=True,
            env={"LC_ALL": "C.UTF-8"},
            timeout=PATIENCE_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        raise NotMade from None
    return base64.b64decode(done.stdout)


def qr_svg(text: str) -> str:
    """A QR code as an SVG drawing. It can be read with a seventh of it damaged."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", border=2, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


def _compile_order() -> None:
    """What the child process does: an order on its input, the PDF on its output."""
    order = json.load(sys.stdin)
    pdf = typst.compile(
        order["template"].encode(),
        sys_inputs={"content": order["content"]},
        ignore_system_fonts=True,  # the same everywhere: Typst brings its own
        pdf_standards=["ua-1"],
    )
    sys.stdout.write(base64.b64encode(pdf).decode())


if __name__ == "__main__":
    _compile_order()
