#!/bin/sh
# The dashboard in tmux: another terminal's opinion on what it draws, and on
# what it leaves behind.
set -u
command -v tmux > /dev/null || { echo "no tmux: skipped"; exit 77; }

dir=$(mktemp -d /tmp/pt-XXXXXX) || exit 99
POOLTOP=${POOLTOP:-./pooltop}
case $POOLTOP in /*) ;; *) POOLTOP=$PWD/$POOLTOP ;; esac
export POOLTOP POOLTOP_TMPDIR="$dir" XDG_STATE_HOME="$dir/state" HOME="$dir"
unset TMUX NO_COLOR
mkdir "$dir/state"

mux()
{
	tmux -S "$dir/mux" -f /dev/null "$@"
}

end()
{
	mux kill-server 2> /dev/null
	"$POOLTOP" stop --now > /dev/null 2>&1
	await "! $POOLTOP status > /dev/null 2>&1 ||
	    ! $POOLTOP stop --now > /dev/null 2>&1"
	rm -rf "$dir"
}

# Look until the condition holds; some 60 s are only for failures.
await()
{
	for i in 1 2 3 4 5 6; do
		for j in 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 \
		    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9; do
			eval "$1" && return 0
			sleep 0.1
		done
	done
	return 1
}

shows()
{
	mux capture-pane -p | grep -q -- "$1"
}

fail()
{
	echo "FAILED: $1"
	mux capture-pane -p
	end
	exit 1
}

see()
{
	await "shows '$1'" || fail "waited for $1"
}

cat > "$dir/job.yaml" << 'END'
jobs:
  - name: long
    kernel: sleep
    params: { seconds: 10000 }
    items: [a, b, c, d, e, f, g, h]
END

LC_ALL=C.UTF-8 mux -u new-session -d -x 120 -y 35 \
    "TERM=screen-256color \"$POOLTOP\" run -j2 \"$dir/job.yaml\"
    echo left \$?; exec sleep 1000" || exit 99

echo "worker rows at 120x35"
see 'STATE .*PROGRESS'
see ' w1 .* run '
see ' w2 .* run '
see 'Workers 2 '

echo "F8 makes the pool larger"
mux send-keys F8
see 'Workers 3 '
see ' w3 .* run '

echo "worker rows at 80x24"
mux resize-window -x 80 -y 24
see ' S TASK '
see ' w3 '
see 'F1Help '

echo "a dialog opens and closes"
mux send-keys F9
see 'Stop w1'
mux send-keys Escape
await "! shows 'Stop w1'" || fail "the dialog stays"

echo "in the dashboard: alternate screen, no cursor"
state=$(mux display -p '#{alternate_on} #{cursor_flag}')
[ "$state" = "1 0" ] || fail "alternate screen, cursor: $state"

echo "after q the terminal is as before"
mux send-keys q
see 'left 0'
see 'goes on'
state=$(mux display -p '#{alternate_on} #{cursor_flag} #{mouse_any_flag}')
[ "$state" = "0 1 0" ] || fail "alternate screen, cursor, mouse: $state"

end
