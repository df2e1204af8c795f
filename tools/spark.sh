#!/usr/bin/env bash
# The measures on Spark: an environment of its own from spark.lock, Java 17, and a small cluster in this
# machine (two workers of one core). Never part of `make test`: it installs 450 MB.
set -euo pipefail
venv=.venv-spark
has_java() { command -v java >/dev/null && java -version 2>&1 | grep -qE 'version "(17|21)'; }
if ! has_java; then
  command_line="apt-get install -y --no-install-recommends openjdk-17-jre-headless"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Java 17 …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null
  else
    echo "Spark needs Java 17. Install it with: sudo $command_line" >&2
    exit 1
  fi
fi
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
if [ ! -e "$venv/ready" ] || [ spark.lock -nt "$venv/ready" ]; then
  echo "Installing Spark (450 MB, a few minutes) …"
  "$venv/bin/pip" install --quiet --require-hashes -r spark.lock
  touch "$venv/ready"
fi
exec env BAKEN_SECRET_KEY=spark DJANGO_SETTINGS_MODULE=tests.settings "$venv/bin/python" -m tests.spark
