#!/usr/bin/env bash
# What the scripts of the benchmark share; sourced by them. They set: work (their folder), programs, helpers, figures.
# shellcheck disable=SC2154 # that is, there
set -euo pipefail
export LC_ALL=C.UTF-8

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

say() { echo "$(date +%T) $*" >&2; }

# record CORPUS SYSTEM CLASS WHAT FIGURE: a line of the figures.
record() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$figures"; }

# timed COMMAND...: sets wall, cpu (seconds) and memory (MB, peak of the largest process).
timed() {
    local user system
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        fail "failed: $*"
    }
    read -r wall user system memory < <(tail -n 1 "$work/time")
    cpu=$(awk -v a="$user" -v b="$system" 'BEGIN { print a + b }')
    memory=$((memory / 1024))
}

# built CORPUS SYSTEM STEP DOCUMENTS: records what timed set; STEP is build, or another thing done to all documents.
built() {
    record "$1" "$2" "$3" documents "$4"
    record "$1" "$2" "$3" wall_s "$wall"
    record "$1" "$2" "$3" cpu_s "$cpu"
    record "$1" "$2" "$3" peak_mb "$memory"
    record "$1" "$2" "$3" per_cpu_second "$(awk -v n="$4" -v cpu="$cpu" 'BEGIN { print n / (cpu > 0.01 ? cpu : 0.01) }')"
}

bytes_of() { du -sb "$1" | cut -f 1; }

# new_library DATA: a configuration for imports. No answer is kept: each question is answered anew.
new_library() {
    mkdir -p "$1/none"
    "$programs/acervo-indexer" init --data . --source bench --folder "$1/none" --output "$1/acervo.toml" >/dev/null
    sed -i 's/^# kept_answers = .*/kept_answers = 0/' "$1/acervo.toml"
}

# The first line names it.
current_index() { echo "$1/index/$(head -n 1 "$1/index/CURRENT")"; }

daemon=""
# start_daemon CONFIG: sets daemon and port.
start_daemon() {
    : >"$work/daemon.log" # there before it is read: on a busy machine the daemon's own shell may come later
    "$programs/acervo-searchd" --config "$1" --port 0 >"$work/daemon.log" 2>&1 &
    daemon=$!
    local tries
    port=""
    for ((tries = 0; tries < 600; ++tries)); do
        port=$(sed -nE 's#^Acervo is ready: http://127\.0\.0\.1:([0-9]+)/.*#\1#p' "$work/daemon.log")
        [[ -z $port ]] || return 0
        kill -0 "$daemon" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/daemon.log" >&2
    fail "the daemon did not start"
}

stop_daemon() {
    [[ -z $daemon ]] || kill -TERM "$daemon" 2>/dev/null || true
    [[ -z $daemon ]] || wait "$daemon" 2>/dev/null || true
    daemon=""
}
