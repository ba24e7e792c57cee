/*
 * ui/tui/settings.h: what a user may choose about the dashboard, and the text
 * form of it: lines of key=value.  Lines that begin with # and keys that are
 * not known here are somebody's: they are kept.  Pure; settings_file.h has
 * the file.
 */
#ifndef TUI_SETTINGS_H
#define TUI_SETTINGS_H

#include <stdbool.h>

#include "base/err.h"
#include "ui/tui/theme.h"

/* auto: Unicode, but not on terminals with small fonts (linux, vt*). */
#define SYMBOL_SETS(X) \
	X(SYMBOLS_AUTO,	   "auto") \
	X(SYMBOLS_UNICODE, "unicode") \
	X(SYMBOLS_ASCII,   "ascii")

#define SETTINGS_ENUM(id, ...) id,
enum symbols { SYMBOL_SETS(SETTINGS_ENUM) NSYMBOLS };
#undef SETTINGS_ENUM

/* setting, its key, what to call it in the dialog. */
#define SETTINGS(X) \
	X(SETTING_PALETTE, "palette", "Palette") \
	X(SETTING_SYMBOLS, "symbols", "Symbols") \
	X(SETTING_VI_KEYS, "vi_keys", "vi keys") \
	X(SETTING_RATE,	   "rate",    "Frames/s")

#define SETTINGS_ENUM(id, ...) id,
enum setting { SETTINGS(SETTINGS_ENUM) NSETTINGS };
#undef SETTINGS_ENUM

enum {
	SETTINGS_RATE_MAX = 10,		/* frames a second, from 1 */
	SETTINGS_RATE = 4,
	SETTINGS_TEXT_MAX = 64 * 1024	/* bytes of a file */
};

/* Every setting is the number of one of its values, from 0. */
struct settings {
	int	value[NSETTINGS];
};

void	settings_init(struct settings *);	/* the defaults */

enum palette	 settings_palette(const struct settings *);
enum symbols	 settings_symbols(const struct settings *);
bool		 settings_vi_keys(const struct settings *);
int		 settings_rate(const struct settings *);

const char	*settings_key(enum setting);
const char	*settings_name(enum setting);
int		 settings_count(enum setting);		/* its values */
const char	*settings_value(enum setting, int i);
/* The value a step further (1) or before (-1), round and round. */
void		 settings_step(struct settings *, enum setting, int step);

/*
 * Take the settings in text; the last line of a key counts.  A line that is
 * none changes nothing: -1, and err tells of the first.
 */
int	settings_parse(struct settings *, const char *text, struct err *);
/* text with these settings instead, those that it lacks at its end.  free()
   it. */
char	*settings_format(const struct settings *, const char *text);

#endif
