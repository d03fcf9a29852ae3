# shellcheck shell=bash
# shellcheck disable=SC2034 # these are for the scripts that source this file
# Sourced by every script beside it: stops at the first error, in the root of the repository.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=${CARGO_TARGET_DIR:-target}

# One set of packages and features for every cargo command: another one would compile most of the workspace again.
# custom-protocol puts the built interface into the program.
workspace=(--workspace --features workmate/custom-protocol)

# say TEXT… — headline of a step
say() { printf '\n== %s\n' "$*"; }

# fail TEXT… — one line per argument on stderr, then the end
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}
