/*
 * ui/tui/settings_file.h: $XDG_CONFIG_HOME/pooltop/tui.conf, or the same
 * below ~/.config.
 */
#ifndef TUI_SETTINGS_FILE_H
#define TUI_SETTINGS_FILE_H

#include "ui/tui/settings.h"

/*
 * Take over what the file says; without a file nothing changes.  -1 and err
 * when it cannot be read, or when a line of it is none; the others count.
 */
int	settings_load(struct settings *, struct err *);

/*
 * Write the settings and keep everything else in the file.  Whoever reads it
 * meanwhile, or after a crash, finds it whole, old or new.  A file that is
 * too large to be one of ours is left alone.  -1 and err.
 */
int	settings_save(const struct settings *, struct err *);

#endif
