#!/bin/sh
# The manual page is held to the program: verbs, options, kernels, events,
# requests and states are in both or in neither; and it renders.
set -u
page=$srcdir/assets/man/pooltop.1
src=$srcdir/src
faults=0

fault() {
	echo "manual.sh: $*" >&2
	faults=$((faults + 1))
}

# section NAME: its lines, up to the next .Sh.
section() {
	awk -v name="$1" '/^\.Sh / { on = $0 == ".Sh " name; next } on' "$page"
}

# verb_section NAME: its lines in COMMANDS, up to the next .Ss.
verb_section() {
	section COMMANDS |
		awk -v name="$1" '/^\.Ss / { on = $0 == ".Ss " name; next } on'
}

# Options named by "Fl" in a piece of the page: "--name" and "-x".
page_options() {
	awk '/^\./ {
		flag = 0
		for (i = 1; i <= NF; i++) {
			if ($i ~ /^\.?Fl$/) flag = 1
			else if (flag && $i ~ /^(-[a-z][a-z-]*|[A-Za-z])$/) print "-" $i
			else if ($i ~ /^[A-Z][a-z]$/) flag = 0
		}
	}' | sort -u
}

# Options of a help page: "  -j, --workers N   ..." and "      --tui  ...".
help_options() {
	"$POOLTOP" help "$1" |
		sed -n 's/^  \(-[a-z]\), \(--[a-z-]*\).*/\1\n\2/p
			s/^      \(--[a-z-]*\).*/\1/p' | sort -u
}

# same WHAT HERE THERE: two lists that must agree.
same() {
	printf '%s\n' "$2" | sort -u >"$tmp/here"
	printf '%s\n' "$3" | sort -u >"$tmp/there"
	for word in $(comm -23 "$tmp/here" "$tmp/there"); do
		fault "$1: $word is not in the manual page"
	done
	for word in $(comm -13 "$tmp/here" "$tmp/there"); do
		fault "$1: $word is in the manual page only"
	done
}

# listed FILE MACRO: the names of an X list: X(ID, "name", ...
listed() {
	awk -v macro="$2(X)" '
		$1 == "#define" && $2 == macro { on = 1; next }
		on { print }
		on && !/\\$/ { exit }' "$src/$1" |
		sed -n 's/^[^"]*X([A-Z0-9_]*,[^"]*"\([^"]*\)".*/\1/p' |
		grep .
}

# Tags of a list in a piece of the page: .It Li name
tags() {
	sed -n 's/^\.It Li \(.*\)/\1/p'
}

# subsection NAME: of the control socket.
subsection() {
	section 'JSON OUTPUT AND THE CONTROL SOCKET' |
		awk -v name="$1" '/^\.Ss / { on = $0 == ".Ss " name; next } on'
}

check_verbs() {
	verbs=$("$POOLTOP" help | sed -n 's/^  \([a-z][a-z]*\)  *.*/\1/p')
	[ -n "$verbs" ] || fault "pooltop help lists no verbs"
	same verb "$verbs" "$(section COMMANDS |
		sed -n 's/^\.Ss \([a-z][a-z]*\)$/\1/p')"
	common=$(verb_section 'Options of every verb' | page_options)
	for verb in $verbs; do
		[ $verb != help ] || common=
		same "option of $verb" "$(help_options $verb)" \
		    "$(printf '%s\n' "$common"
		    verb_section $verb | page_options)"
	done
}

check_kernels() {
	kernels=$("$POOLTOP" kernels | sed -n 's/^\([a-z][a-z0-9_-]*\): .*/\1/p')
	[ -n "$kernels" ] || fault "pooltop kernels lists none"
	same kernel "$kernels" "$(section KERNELS | tags)"
}

# The keys of the objects, as control_msg.c has them.
check_keys() {
	keys=$(grep -E '\bF\(|FIELD_BY\(|object_set_new\(' \
	    "$src/wire/control_msg.c" |
		grep -o '"[a-z_0-9]*"' | tr -d '"' | sort -u)
	[ -n "$keys" ] || fault "control_msg.c has no keys"
	words=$(section 'JSON OUTPUT AND THE CONTROL SOCKET' |
		grep '^\.' | tr -s ' ' '\n')
	for key in $keys; do
		printf '%s\n' "$words" | grep -qx "$key" ||
			fault "key $key is not in the manual page"
	done
}

check_socket() {
	same request "$(listed model/request.h OPS)" \
	    "$(subsection Requests | tags)"
	same event "$(listed model/event.h EVENTS)" "$(subsection Events | tags)"
	check_keys
}

check_states() {
	section 'TASK AND WORKER STATES' >"$tmp/states"
	for list in TASK_STATES WORKER_STATES RUN_STATES; do
		names=$(listed model/task.h $list)
		[ -n "$names" ] || fault "task.h has no $list"
		for name in $names; do
			grep '^\.' "$tmp/states" | tr -s ' ' '\n' |
				grep -qx "$name" ||
				fault "state $name is not in the manual page"
		done
	done
}

# What the picture on the screen can be asked for.
check_dashboard() {
	section DASHBOARD >"$tmp/dashboard"
	sed -n 's/^.*X(ACTION_[A-Z_]*,[^"]*MODE_MAIN, GROUP_[^"]*"\([^"]*\)".*/\1/p' \
	    "$srcdir/ui/tui/keys.h" | tr -s ' \\\\' '\n\\\\' >"$tmp/keys"
	[ -s "$tmp/keys" ] || fault "keys.h has no keys"
	while read -r key; do
		sed -n 's/\\&//g; s/\\e/\\/g; s/^\.It //p' "$tmp/dashboard" |
			tr ' ' '\n' | grep -qxF -- "$key" ||
			fault "key $key is not in the manual page"
	done <"$tmp/keys"
}

check_rendering() {
	if command -v mandoc >/dev/null; then
		mandoc -T lint -W warning "$page" >"$tmp/lint" 2>&1
	elif command -v man >/dev/null; then
		man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>"$tmp/lint" \
		    >/dev/null || echo "man fails" >>"$tmp/lint"
	else
		return
	fi
	[ ! -s "$tmp/lint" ] || {
		fault "the page does not render without warnings"
		cat "$tmp/lint" >&2
	}
}

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
check_verbs
check_kernels
check_socket
check_states
check_dashboard
check_rendering
[ $faults = 0 ]
