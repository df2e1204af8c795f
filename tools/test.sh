#!/usr/bin/env bash
# All tests, or the ones named. With CI set, a skipped test is a failed test.
set -euo pipefail
python=.venv/bin/python
if [ "$#" -gt 0 ]; then exec "$python" -m pytest -q "$@"; fi
.venv/bin/ruff check . && .venv/bin/ruff format --check .
"$python" tools/messages.py --check
BAKEN_SECRET_KEY=types .venv/bin/mypy
.venv/bin/lint-imports --no-logo
exec "$python" -m pytest -q -n "$(nproc)" --dist loadgroup tests
