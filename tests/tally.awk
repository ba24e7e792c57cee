# Count what the tests of one run kept of their promises.
#
# Arguments: the .trs files that automake's test driver wrote; the log of a
# test lies beside its .trs.  A test program, test_*, counts as many tests as
# cmocka announced in it; one that ended before its summary counts the tests
# that had passed, and one failure.  Anything else (a script, a replay) is one
# test.  Prints "PASSED FAILED SKIPPED:" and then the logs to look at, one a
# line.

BEGIN {
	for (i = 1; i < ARGC; i++)
		count(ARGV[i])
	printf "%d %d %d:%s\n", passed, failed, skipped, logs
}

function count(trs,    log_name, result, bad)
{
	log_name = trs
	sub(/\.trs$/, ".log", log_name)
	result = result_in(trs)
	if (trs ~ /(^|\/)test_[^\/.]*\.trs$/ && result != "SKIP")
		bad = count_cmocka(log_name)
	else if (result == "SKIP")
		skipped++
	else if (result == "PASS")
		passed++
	if (bad == 0 && result != "PASS" && result != "SKIP")
		bad = 1
	if (bad > 0)
		logs = logs "\n" log_name
	failed += bad
}

function result_in(trs,    line, word)
{
	while ((getline line < trs) > 0)
		if (line ~ /^:global-test-result:/) {
			split(line, word, " ")
			close(trs)
			return word[2]
		}
	close(trs)
	return "NONE"
}

# The number of failures; passed and skipped are added up on the way.
function count_cmocka(log_name,    line, ok, told, skips, plan, groups, ends)
{
	ok = told = skips = plan = groups = ends = 0
	while ((getline line < log_name) > 0) {
		if (match(line, /\[==========\] Running [0-9]+ test/)) {
			plan += number(line)
			groups++
		} else if (match(line, /\[==========\] [0-9]+ test\(s\) run/))
			ends++
		else if (match(line, /\[       OK \] /))
			ok++
		else if (match(line, /\[  PASSED  \] [0-9]+ test/))
			told += number(line)
		else if (match(line, /\[  SKIPPED \] [0-9]+ test/))
			skips += number(line)
	}
	close(log_name)
	skipped += skips
	if (groups == 0 || ends < groups) {
		passed += ok
		return 1
	}
	passed += told
	return plan > told + skips ? plan - told - skips : 0
}

# The number in what the last match() found.
function number(line,    digits)
{
	digits = substr(line, RSTART, RLENGTH)
	gsub(/[^0-9]/, "", digits)
	return digits + 0
}
