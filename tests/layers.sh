#!/bin/sh
# An include names its layer and may point down only.  src/main.c joins the
# layers, tests may look into all of them.
cd "${srcdir:-.}" || exit 1

allowed() {
	case $1 in
	src/base)	echo base ;;
	src/model)	echo base model ;;
	src/kernels)	echo base model kernels ;;
	src/host)	echo base model host ;;
	src/wire)	echo base model wire ;;
	src/worker)	echo base model wire kernels host worker ;;
	src/engine)	echo base model wire kernels host engine ;;
	src/client)	echo base model wire client ;;
	ui|ui/*)	echo base model kernels host wire client ui ;;
	esac
}

bad=0
for file in $(find src ui -name '*.[ch]' ! -path src/main.c | sort); do
	may=" $(allowed "$(dirname "$file")") "
	for layer in $(sed -n 's/^#include "\([a-z]*\)\/.*/\1/p' "$file" |
	    sort -u); do
		case $may in
		*" $layer "*) ;;
		*) echo "$file includes $layer/, which its layer does not know"
		   bad=1 ;;
		esac
	done
done
curses=$(grep -l '#include <.*curses' -r src ui | grep -v '^ui/tui/term\.c$')
if [ -n "$curses" ]; then
	echo "$curses: only ui/tui/term.c knows curses"
	bad=1
fi
exit $bad
