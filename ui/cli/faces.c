#include "ui/cli/faces.h"
#include "ui/session.h"

int
faces_set(struct faces *f, int face, struct err *err)
{
	if (f->asked && (int)f->face != face)
		return err_set(err, "--tui, --plain, --json and --quiet: one"
		    " of them");
	f->asked = true;
	f->face = (enum face_kind)face;
	return 0;
}

enum face_kind
faces_choose(const struct faces *f, bool worth)
{
	if (f->asked)
		return f->face;
	return session_terminal() &&
	    (worth || !session_stdout_is_terminal()) ? FACE_TUI : FACE_PLAIN;
}
