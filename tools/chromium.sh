#!/usr/bin/env bash
# Browser tests drive the system's Chromium. Root installs it; others are told how.
set -euo pipefail
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_atomic() { ldconfig -p 2>/dev/null | grep -q libatomic.so.1; }
if find_chromium >/dev/null && has_atomic; then exit 0; fi
command_line="apt-get install -y --no-install-recommends chromium libatomic1 fonts-dejavu-core"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Chromium installeren voor de browsertests …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium libatomic1 fonts-dejavu-core >/dev/null
elif [ -n "${CI:-}" ]; then
  echo "Chromium ontbreekt. Installeer het met: sudo $command_line" >&2
  exit 1
else
  echo "Browsertests worden overgeslagen. Installeer Chromium met: sudo $command_line" >&2
fi
