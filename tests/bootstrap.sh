#!/bin/sh
# ./bootstrap installs what is missing, and only then, and only if it may.
# dpkg-query, apt-get, id and sudo are played by scripts that take notes.
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0

# play NAME: a program of this name in bin/, its text on stdin.
play() {
	{ echo '#!/bin/sh'; cat; } >"bin/$1"
	chmod +x "bin/$1"
}

# Only these are to be found, so that no sudo and no apt-get of ours is.
stage() {
	rm -rf bin notes
	mkdir bin
	: >notes
	for tool in awk cat dirname env find grep mkdir mktemp nproc rm sed sh \
	    tail tr; do
		ln -s "$(command -v $tool)" "bin/$tool"
	done
	play dpkg-query <<-'END'
		for package; do :; done
		case " $MISSING " in
		*" $package "*) echo not-installed; exit 1 ;;
		esac
		echo installed
	END
	play apt-get <<-'END'
		echo "apt-get $DEBIAN_FRONTEND $*" >>notes
	END
	play id <<-'END'
		echo "$ID"
	END
	play autoreconf <<-'END'
		echo autoreconf >>notes
		exit 1
	END
}

# try MISSING ID: the status and words of "./bootstrap build" with these.
try() {
	out=$(MISSING=$1 ID=$2 PATH=$dir/bin ./bootstrap build 2>&1 </dev/null)
	status=$?
}

# expect PROMISE TEXT: notes and words together hold the line TEXT.
expect() {
	{ cat notes; echo "$out"; } | grep -qxF -- "$2" && return
	echo "$1: no line '$2' in"
	cat notes
	echo "$out"
	bad=1
}

refuse() {
	{ cat notes; echo "$out"; } | grep -qF -- "$2" || return
	echo "$1: '$2' in"
	cat notes
	echo "$out"
	bad=1
}

cp "$srcdir/bootstrap" . || exit 1
: >configure.ac
: >Makefile.am

stage
try "" 0
refuse "apt-get rests when nothing is missing" apt-get
expect "it goes on to build" autoreconf
[ $status = 2 ] || { echo "a failed step is status 2, not $status"; bad=1; }

stage
try "libvterm-dev make" 0
lock="-q -y -o DPkg::Lock::Timeout=120"
expect "it says what it installs" "bootstrap: installing make libvterm-dev"
expect "the lists are fetched" "apt-get noninteractive $lock update"
expect "what is missing is installed by name" "apt-get noninteractive $lock\
 install --no-install-recommends make libvterm-dev"
expect "it goes on to build" autoreconf

stage
try make 1000
refuse "without root or sudo nothing is installed" apt-get
refuse "without root or sudo nothing is built" autoreconf
expect "it says whom it needs" "bootstrap: packages are missing and neither\
 root nor sudo is at hand; let somebody install: make"
[ $status = 2 ] || { echo "not allowed is status 2, not $status"; bad=1; }

stage
play sudo <<-'END'
	echo "sudo $1" >>notes
	shift
	exec "$@"
END
try make 1000
expect "sudo is not to ask without a terminal" "sudo -n"
expect "sudo installs" "apt-get noninteractive $lock\
 install --no-install-recommends make"

stage
play apt-get <<-'END'
	case "$*" in
	*install*) echo "E: no such thing"; exit 100 ;;
	esac
END
try make 0
expect "a failed installation is shown" "E: no such thing"
expect "and named" "bootstrap: apt-get could not install make"
refuse "and nothing is built" autoreconf
[ $status = 2 ] || { echo "not installed is status 2, not $status"; bad=1; }

stage
rm bin/apt-get bin/dpkg-query
try "" 0
[ ! -s notes ] || { echo "without apt nothing is done"; cat notes; bad=1; }
[ $status = 2 ] || { echo "no apt is status 2, not $status"; bad=1; }
exit $bad
