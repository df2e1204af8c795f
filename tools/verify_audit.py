"""Checks an audit log without Baken: `python verify_audit.py EXPORT KEY FOLDER_WITH_CHECKPOINTS…`.

Plain Python 3.11, nothing to install. EXPORT comes from `baken audit export`, KEY is the public key as it
was written down, the folders are where checkpoints were kept, best of all elsewhere. Says OK or FOUT
(wrong) for each stream; ends with 0 when all is well. Formats: docs/audit.md.
"""

import hashlib
import json
import re
import sys
from itertools import groupby
from pathlib import Path

# Ed25519 (RFC 8032 §5.1), verification only. A point is X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
CHECKPOINT = re.compile(
    r"(baken-audit-checkpoint/1\nstream ([a-z]{1,16})\nnumber ([1-9]\d{0,17})\nhead ([0-9a-f]{64})\n"
    r"at [0-9T:.-]{26}Z\nkey 03([0-9a-f]{64})\n)signature 03([0-9a-f]{128})\n"
)


def add(a, b):
    s, t = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    e, h, u, v = t - s, t + s, 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    return e * (v - u) % P, (v + u) * h % P, (v - u) * (v + u) % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def point_of(raw):
    y, odd = int.from_bytes(raw, "little") & (2**255 - 1), raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("no point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def is_signed(key, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    base = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    try:
        one, other = times(s, base), add(point_of(r), times(k, point_of(key)))
    except ValueError:
        return False
    return s < L and all((one[i] * other[2] - other[i] * one[2]) % P == 0 for i in (0, 1))


def read_checkpoints(folders, key):
    """{stream: {number: heads}}, and the files that are no checkpoint of this key."""
    known, strange = {}, []
    for path in (path for folder in folders for path in sorted(Path(folder).glob("*.txt"))):
        found = CHECKPOINT.fullmatch(path.read_text("utf-8", "replace"))
        text, signature = (found[1].encode(), bytes.fromhex(found[6])) if found else (b"", b"")
        if found and found[5] == key.hex() and is_signed(key, text, signature):
            known.setdefault(found[2], {}).setdefault(int(found[3]), set()).add(found[4])
        else:
            strange.append(f"FOUT {path}: no checkpoint of this key")
    return known, strange


def check(stream, lines, signed):
    """What is true of one stream: OK, or FOUT with the first number that is wrong."""
    number, head = 0, bytes(32)
    for number, line in enumerate(lines, 1):
        entry = line["entry"] or {}
        text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        leaf = hashlib.sha256(b"\x00" + text.encode()).digest()
        head = hashlib.sha256(b"\x01" + head + leaf).digest()
        told = (line["number"], line["head"], entry.get("stream"))
        if told != (number, head.hex(), stream) or signed.get(number, {head.hex()}) != {head.hex()}:
            return f"FOUT {stream}: {number}"
    if any(missing > number for missing in signed):
        return f"FOUT {stream}: {number + 1}"
    return f"OK {stream}: {number} entries, head {head.hex()}, {len(signed)} checkpoints agree"


def main(export, key, *folders):
    known, said = read_checkpoints(folders, bytes.fromhex(key)[1:])
    with open(export, encoding="utf-8") as file:
        for stream, lines in groupby(map(json.loads, file), lambda line: line["stream"]):
            said.append(check(stream, lines, known.pop(stream, {})))
    said += [f"FOUT {stream}: 1" for stream in known]  # signed, and nothing of it is there
    print("\n".join(said))
    return 0 if said and all(line.startswith("OK") for line in said) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
