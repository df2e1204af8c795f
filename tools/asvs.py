"""OWASP ASVS 5.0.0, levels 1 and 2: the table in docs/security.md, made from docs/security/asvs.csv.

`python tools/asvs.py` writes the page again; with `--check` it only says what is wrong. Paths, tests and
settings between backticks must exist.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA, PAGE = ROOT / "docs/security/asvs.csv", ROOT / "docs/security.md"
BEGIN, END = "<!-- made by `python tools/asvs.py` -->\n", "<!-- end -->\n"
VERDICTS = ("met", "not applicable", "not met")
# Chapter → its name in our words, and how many requirements of level 1 and of level 2 the standard has there.
CHAPTERS = {
    1: ("Encoding and sanitizing", 8, 19),
    2: ("Validation and business logic", 4, 7),
    3: ("The web page", 8, 11),
    4: ("API and web service", 2, 8),
    5: ("Files", 4, 5),
    6: ("Authentication", 13, 22),
    7: ("Sessions", 6, 12),
    8: ("Authorization", 4, 3),
    9: ("Self-contained tokens", 4, 3),
    10: ("OAuth and OpenID Connect", 5, 24),
    11: ("Cryptography", 3, 11),
    12: ("Communication", 3, 6),
    13: ("Configuration", 1, 12),
    14: ("Data", 2, 7),
    15: ("Code and architecture", 3, 10),
    16: ("Logs and errors", 0, 16),
    17: ("WebRTC", 0, 7),
}
SETTING = re.compile(r"[A-Z][A-Z_]{3,}")


def rows():
    with DATA.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def problems():
    """Sentences about what is wrong; none when all is well."""
    found = rows()
    yield from _counts(found)
    for row in found:
        name, named = row["id"], re.findall(r"`([^`]+)`", row["where"])
        if row["verdict"] not in VERDICTS or row["level"] not in ("1", "2") or not row["where"]:
            yield f"{name}: verdict, level or place is missing"
        if row["level"] == "1" and row["verdict"] == "not met":
            yield f"{name}: level 1 is not met"
        if row["verdict"] == "met" and not named:
            yield f"{name}: is met, but nothing shows where"
        yield from (f"{name}: {each} does not exist" for each in named if not _exists(each))


def _counts(found):
    ids = Counter(row["id"] for row in found)
    yield from (f"{name}: {times} times" for name, times in ids.items() if times > 1)
    per_level = Counter((int(row["id"].split(".")[0]), row["level"]) for row in found)
    for chapter, (_name, first, second) in CHAPTERS.items():
        counted = (per_level[chapter, "1"], per_level[chapter, "2"])
        if counted != (first, second):
            yield f"chapter {chapter}: {counted} requirements, the standard has {(first, second)}"
    in_order = [[int(part) for part in row["id"].split(".")] for row in found]
    if in_order != sorted(in_order):
        yield "the rows are out of order"


def _exists(named):
    """A path, a test or heading in it, or a setting; other words between backticks are only words."""
    path, _, test = named.partition("::")
    path, _, heading = path.partition("#")
    if not (ROOT / path).exists():
        return _is_setting(named) if SETTING.fullmatch(named) else "/" not in named
    text = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
    if test:
        return f"def {test}(" in text
    return not heading or heading in map(_slug, re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def _is_setting(name):
    files = (ROOT / "baken/config/settings.py", ROOT / "dotenv-sample")
    return any(re.search(rf"\b{name}\b", file.read_text(encoding="utf-8")) for file in files)


def _slug(heading):
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def written():
    """The page with the tables as they should be."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    return before + BEGIN + _tables() + END + after


def _tables():
    found, parts = rows(), [_summary(rows())]
    for chapter, (name, _first, _second) in CHAPTERS.items():
        own = [row for row in found if row["id"].split(".")[0] == str(chapter)]
        parts += [f"\n### V{chapter} {name}\n\n| | level | asks | | where, or why not |\n"]
        parts += ["|---|---|---|---|---|\n", *map(_line, own)]
    return "".join(parts)


def _line(row):
    verdict = f"**{row['verdict']}**" if row["verdict"] == "not met" else row["verdict"]
    where = re.sub(r"`([^`#:]+/[^`#]+?\.\w+)(#[^`]+|::[^`]+)?`", _linked, row["where"])
    return f"| {row['id']} | {row['level']} | {row['asks']} | {verdict} | {where} |\n"


def _linked(match):
    path, rest = match[1], match[2] or ""
    if path == "docs/security.md":
        return f"[above]({rest})"
    target = path.removeprefix("docs/") if path.startswith("docs/") else f"../{path}"
    name = rest.removeprefix("::") if rest.startswith("::") else path
    return f"[`{name}`]({target})"


def _summary(found):
    counted = Counter((row["level"], row["verdict"]) for row in found)
    lines = [
        f"| {level} | {' | '.join(str(counted[level, verdict]) for verdict in VERDICTS)} |\n"
        for level in ("1", "2")
    ]
    return "".join(["| level | met | not applicable | not met |\n|---|---|---|---|\n", *lines])


def main():
    said = list(problems())
    if "--check" in sys.argv and PAGE.read_text(encoding="utf-8") != written():
        said.append("docs/security.md lags: run python tools/asvs.py")
    elif "--check" not in sys.argv:
        PAGE.write_text(written(), encoding="utf-8")
    sys.exit("\n".join(said) or 0)


if __name__ == "__main__":
    main()
