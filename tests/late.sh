#!/bin/sh
# A run without a front end that is over: who comes then is told so.
set -u
faults=0
POOLTOP_TMPDIR=$(mktemp -d) || exit 99
export POOLTOP_TMPDIR
trap 'rm -rf "$POOLTOP_TMPDIR"' EXIT

fault() {
	echo "late.sh: $*" >&2
	faults=$((faults + 1))
}

pooltop() {
	timeout 60 "$POOLTOP" "$@" 2>>"$POOLTOP_TMPDIR/errors"
}

# A run of two results and a failure, over when this returns.
ended_run() {
	pooltop run --detach --kernel sleep seconds={} ::: 0 1ms x ||
		fault "a run cannot begin"
	tries=0
	while ! pooltop list | grep -q ' finished '; do
		tries=$((tries + 1))
		[ $tries -lt 1000 ] || {
			fault "the run does not end"
			return
		}
		sleep 0.05
	done
}

# status WHAT EXPECTED GOT
status() {
	[ "$3" = "$2" ] || fault "$1: exit status $3, not $2"
}

none_left() {
	tries=0
	while [ -n "$(pooltop list)" ] && [ $tries -lt 1000 ]; do
		tries=$((tries + 1))
		sleep 0.05
	done
	[ $tries -lt 1000 ] || fault "$1: the run is still there"
}

wait_tells_the_status_and_leaves_the_results() {
	ended_run
	pooltop wait
	status "wait after the end" 1 $?
	lines=$(pooltop attach --plain | wc -l)
	[ "$lines" = 2 ] || fault "attach printed $lines results, not 2"
	none_left "all was printed"
}

attach_ends_with_the_end_in_json() {
	ended_run
	pooltop attach --json >"$POOLTOP_TMPDIR/json"
	status "attach after the end" 1 $?
	tail -n 1 "$POOLTOP_TMPDIR/json" | grep -q '"event":"end"' ||
		fault "the last line of attach --json is not the end"
	none_left "all was printed"
}

a_stop_after_the_end_drops_the_results_and_is_answered() {
	ended_run
	pooltop stop
	status "stop after the end" 0 $?
	none_left "it was stopped"
}

wait_tells_the_status_and_leaves_the_results
attach_ends_with_the_end_in_json
a_stop_after_the_end_drops_the_results_and_is_answered
[ $faults = 0 ] || cat "$POOLTOP_TMPDIR/errors" >&2
[ $faults = 0 ]
