#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ui/tui/keys.h"

static const struct action_info infos[] = {
#define ROW(id, mode, group, keys, label, help, ...) \
	{ #id, mode, group, keys, label, help, { __VA_ARGS__ } },
	ACTIONS(ROW)
};

const struct action_info *
keys_info(enum action a)
{
	return &infos[a];
}

enum action
keys_find(enum mode mode, int key)
{
	for (int a = 0; a < NACTIONS; a++) {
		if (infos[a].mode != mode)
			continue;
		for (int i = 0; i < ACTION_KEYS_MAX; i++)
			if (infos[a].key[i] == key && key != KEY_NONE)
				return (enum action)a;
	}
	return NACTIONS;
}

static const struct {
	char	letter;
	int	key;
} vi_keys[] = {
#define VI_ROW(letter, key) { letter, key },
	VI_KEYS(VI_ROW)
};
enum { NVI_KEYS = sizeof vi_keys / sizeof *vi_keys };

int
keys_vi(int key)
{
	for (int i = 0; i < NVI_KEYS; i++)
		if (vi_keys[i].letter == key)
			return vi_keys[i].key;
	return key;
}

static void
add_word(char out[KEYS_WRITTEN_MAX], const char *word, size_t len)
{
	size_t used = strlen(out);

	snprintf(out + used, KEYS_WRITTEN_MAX - used, "%s%.*s",
	    used > 0 ? " " : "", (int)len, word);
}

const char *
keys_written(enum action a, bool vi, char out[KEYS_WRITTEN_MAX])
{
	const struct action_info *info = &infos[a];
	size_t len;

	out[0] = '\0';
	for (const char *k = info->keys; *k != '\0'; k += strspn(k, " ")) {
		len = strcspn(k, " ");
		if (!vi || len > 1 || keys_vi(*k) == *k)
			add_word(out, k, len);
		k += len;
	}
	for (int i = 0; vi && i < NVI_KEYS; i++)
		if (keys_find(info->mode, vi_keys[i].key) == a)
			add_word(out, &vi_keys[i].letter, 1);
	return out;
}

const char *
keys_group_name(enum key_group g)
{
	static const char *const names[] = { "MOVE", "POOL", "WORKER", "TASK",
		"TABLE", "SHOW", "LEAVE" };

	return names[g];
}

const char *
keys_name(int key, char out[KEY_NAME_MAX])
{
	static const char *const special[] = { "Up", "Down", "Left", "Right",
		"PgUp", "PgDn", "Home", "End", "Enter", "Esc", "Backspace",
		"Shift-Tab" };
	size_t n = 0;

	if (key >= PRESS_UP && key <= PRESS_BACKTAB)
		snprintf(out, KEY_NAME_MAX, "%s", special[key - PRESS_UP]);
	else if (key > PRESS_F0 && key < PRESS_MOUSE)
		snprintf(out, KEY_NAME_MAX, "F%d", key - PRESS_F0);
	else if (key == '\t')
		snprintf(out, KEY_NAME_MAX, "Tab");
	else if (key == ' ')
		snprintf(out, KEY_NAME_MAX, "Space");
	else if (key > 0 && key < ' ')
		snprintf(out, KEY_NAME_MAX, "Ctrl-%c", key + '@');
	else if (key > 0 && key < KEYS_SPECIAL &&
	    text_printable_is((uint32_t)key)) {
		n = text_encode((uint32_t)key, out);
		out[n] = '\0';
	} else
		snprintf(out, KEY_NAME_MAX, "this key");
	return out;
}
