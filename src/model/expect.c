#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "model/expect.h"

static const char *
found(char out[QUOTE_MAX], const struct node *n)
{
	if (n->kind == NODE_LIST)
		return "a list";
	if (n->kind == NODE_MAP)
		return "a mapping";
	if (node_empty_is(n))
		return "nothing";
	return fault_quote(out, n->text);
}

int
expect_fault(struct faults *faults, const struct node *n, const char *what,
    const char *expected)
{
	char quote[QUOTE_MAX];

	if (n->kind == NODE_WRONG)
		return -1;
	return faults_add(faults, n->at, "%s: %s was expected, not %s", what,
	    expected, found(quote, n));
}

int
expect_list(struct faults *faults, const struct node *n, const char *what)
{
	if (n->kind == NODE_LIST)
		return 0;
	return expect_fault(faults, n, what, "a list");
}

int
expect_map(struct faults *faults, const struct node *n, const char *what)
{
	if (n->kind == NODE_MAP)
		return 0;
	return expect_fault(faults, n, what, "a mapping");
}

const char *
expect_text(struct faults *faults, const struct node *n, const char *what)
{
	if (n->kind == NODE_TEXT && !node_empty_is(n))
		return n->text;
	/* The usual reason: x: {1} is a mapping to YAML. */
	expect_fault(faults, n, what, n->kind == NODE_MAP ?
	    "text (in quotes, if it begins with a brace)" : "text");
	return NULL;
}

int
expect_int(struct faults *faults, const struct node *n, const char *what,
    int64_t min, int64_t max, int64_t *out)
{
	const char *quotes = n->quoted ? " without quotes" : "";
	char expected[100];

	if (n->kind == NODE_TEXT && !n->quoted &&
	    human_parse_int(n->text, min, max, out) == 0)
		return 0;
	if (min == INT64_MIN && max == INT64_MAX)
		snprintf(expected, sizeof expected, "a 64-bit number%s",
		    quotes);
	else
		snprintf(expected, sizeof expected, "a number from %" PRId64
		    " to %" PRId64 "%s", min, max, quotes);
	return expect_fault(faults, n, what, expected);
}

static void
unknown_key(struct faults *faults, const struct node *name, const char *what,
    const struct expect_key *key, size_t n)
{
	const char *known[EXPECT_KEYS_MAX];
	char quote[QUOTE_MAX], advice[ADVICE_MAX];
	size_t nknown = 0;

	for (size_t i = 0; i < n; i++)
		if (key[i].refusal == NULL)
			known[nknown++] = key[i].name;
	faults_add(faults, name->at, "unknown key %s in %s%s",
	    fault_quote(quote, name->text), what,
	    fault_advice(advice, name->text, known, nknown));
}

static void
key_take(struct faults *faults, const struct node *name, const char *what,
    const struct expect_key *key, size_t n, const struct node **value)
{
	size_t i = 0;

	if (name->kind != NODE_TEXT) {
		expect_fault(faults, name, what, "the name of a key");
		return;
	}
	while (i < n && strcmp(key[i].name, name->text) != 0)
		i++;
	if (i == n) {
		unknown_key(faults, name, what, key, n);
		return;
	}
	if (value[i] != NULL)
		faults_add(faults, name->at, "key \"%s\" is twice in %s; its "
		    "first value is at line %zu", key[i].name, what,
		    value[i]->at.line);
	else if (key[i].refusal != NULL)
		faults_add(faults, name->at, "key \"%s\" %s", key[i].name,
		    key[i].refusal);
	if (value[i] == NULL)
		value[i] = name->next;
}

int
expect_keys(struct faults *faults, const struct node *map, const char *what,
    const struct expect_key *key, size_t n, const struct node **value)
{
	assert(n <= EXPECT_KEYS_MAX);
	for (size_t i = 0; i < n; i++)
		value[i] = NULL;
	if (expect_map(faults, map, what) == -1)
		return -1;
	for (const struct node *c = map->child; c != NULL && !faults->full;
	    c = c->next->next)
		key_take(faults, c, what, key, n, value);
	return 0;
}
