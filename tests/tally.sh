#!/bin/sh
# The counter of tests counts right, also what crashed or said nothing.
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0

# case NAME RESULT: a test NAME with this result and the log on stdin.
case_of() {
	printf ':test-result: %s\n:global-test-result: %s\n' "$2" "$2" >"$1.trs"
	cat >"$1.log"
}

# expect PROMISE "PASSED FAILED SKIPPED:LOG..."; then start afresh
expect() {
	got=$(awk -f "$srcdir/tests/tally.awk" *.trs | tr '\n' ' ')
	if [ "${got% }" != "$2" ]; then
		echo "$1: expected '$2', got '$got'"
		bad=1
	fi
	rm -f -- *.trs *.log
}

case_of test_good PASS <<'END'
[==========] Running 3 test(s).
[ RUN      ] a
[       OK ] a
half a line of the test's own[       OK ] b
[  SKIPPED ] c
[==========] 3 test(s) run.
[  PASSED  ] 2 test(s).
[  SKIPPED ] 1 test(s), listed below:
[  SKIPPED ] c
END
case_of layers.sh PASS </dev/null
case_of replay_text PASS </dev/null
expect "each cmocka test and each script counts" "4 0 1:"

case_of test_bad FAIL <<'END'
[==========] Running 4 test(s).
[       OK ] a
[  FAILED  ] b
[  ERROR   ] c
[  ERROR   ] d
[==========] 4 test(s) run.
[  PASSED  ] 1 test(s).
[  FAILED  ] 1 test(s), listed below:
[  FAILED  ] b

 3 FAILED TEST(S)
END
expect "a broken set-up or clean-up fails its test" "1 3 0: test_bad.log"

case_of test_crash FAIL <<'END'
[==========] Running 9 test(s).
[       OK ] a
[       OK ] b
[ RUN      ] c
END
expect "a crash is a failure" "2 1 0: test_crash.log"

case_of test_early PASS <<'END'
[==========] Running 9 test(s).
[       OK ] a
END
case_of test_mute PASS </dev/null
expect "to end well without a summary is a failure" \
    "1 2 0: test_early.log test_mute.log"

case_of test_two PASS <<'END'
[==========] Running 1 test(s).
[==========] 1 test(s) run.
[  PASSED  ] 1 test(s).
[==========] Running 2 test(s).
[==========] 2 test(s) run.
[  PASSED  ] 2 test(s).
END
expect "two groups of one program add up" "3 0 0:"

case_of test_leak FAIL <<'END'
[==========] Running 1 test(s).
[==========] 1 test(s) run.
[  PASSED  ] 1 test(s).
END
expect "a bad exit status after all is a failure" "1 1 0: test_leak.log"

case_of layers.sh FAIL </dev/null
case_of replay.sh ERROR </dev/null
case_of other.sh SKIP </dev/null
case_of test_not_here SKIP </dev/null
expect "scripts fail, err and are skipped" "0 2 2: layers.sh.log replay.sh.log"

: >test_cut.trs
expect "a result that is missing is a failure" "0 1 0: test_cut.log"
exit $bad
