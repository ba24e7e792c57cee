#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/jobfile.h"
#include "model/node.h"

#define BOM "\xef\xbb\xbf"

/*
 * The tree is made from libyaml's events, not by yaml_parser_load(): that
 * takes time quadratic in the depth and follows aliases.
 */
struct builder {
	yaml_parser_t	  parser;
	struct faults	 *faults;
	struct node	 *root;
	struct node	**tail[JOBFILE_DEPTH_MAX + 1];	/* of the next one */
	unsigned int	  depth;
	unsigned int	  documents;
	unsigned int	  nodes;
};

static struct mark
mark_of(yaml_mark_t mark)
{
	return (struct mark){ mark.line + 1, mark.column + 1 };
}

bool
node_empty_is(const struct node *n)
{
	return n->kind == NODE_TEXT && !n->quoted && n->text[0] == '\0';
}

/* Lists may be long, but nothing is deeper than JOBFILE_DEPTH_MAX. */
void
node_free(struct node *n)
{
	struct node *next;

	for (; n != NULL; n = next) {
		next = n->next;
		node_free(n->child);
		free(n);
	}
}

static struct node *
add(struct builder *b, enum node_kind kind, yaml_mark_t at, const char *text,
    size_t len)
{
	struct node *n = mem_alloc(sizeof *n + len + 1);

	b->nodes++;
	n->kind = kind;
	n->at = mark_of(at);
	memcpy(n->text, text, len);
	*b->tail[b->depth] = n;
	b->tail[b->depth] = &n->next;
	return n;
}

static int
begin(struct builder *b, enum node_kind kind, yaml_mark_t at)
{
	struct node *n;

	if (b->depth == JOBFILE_DEPTH_MAX)
		return faults_add(b->faults, mark_of(at), "nested too "
		    "deeply, at most %d levels were expected",
		    JOBFILE_DEPTH_MAX);
	n = add(b, kind, at, "", 0);
	b->tail[++b->depth] = &n->child;
	return 0;
}

static void
end(struct builder *b)
{
	assert(b->depth > 0);
	b->depth--;
}

static void
scalar(struct builder *b, const yaml_event_t *ev)
{
	const char *text = (const char *)ev->data.scalar.value;
	size_t len = ev->data.scalar.length;
	struct node *n;

	if (memchr(text, '\0', len) != NULL) {
		faults_add(b->faults, mark_of(ev->start_mark),
		    "text without a NUL byte was expected");
		add(b, NODE_WRONG, ev->start_mark, "", 0);
		return;
	}
	n = add(b, NODE_TEXT, ev->start_mark, text, len);
	n->quoted = ev->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
}

/* Anchors and tags change nothing here, and are refused for that. */
static void
refuse(struct builder *b, const yaml_event_t *ev, const yaml_char_t *anchor,
    const yaml_char_t *tag)
{
	if (anchor != NULL)
		faults_add(b->faults, mark_of(ev->start_mark),
		    "anchors (&name) are not supported");
	if (tag != NULL)
		faults_add(b->faults, mark_of(ev->start_mark),
		    "tags (!name) are not supported");
}

static int
document(struct builder *b, const yaml_event_t *ev)
{
	if (b->documents++ == 0)
		return 0;
	return faults_add(b->faults, mark_of(ev->start_mark),
	    "a second document; one was expected");
}

/* -1: no use to go on. */
static int
event(struct builder *b, const yaml_event_t *ev)
{
	switch (ev->type) {
	case YAML_DOCUMENT_START_EVENT:
		return document(b, ev);
	case YAML_ALIAS_EVENT:
		faults_add(b->faults, mark_of(ev->start_mark),
		    "aliases (*name) are not supported");
		add(b, NODE_WRONG, ev->start_mark, "", 0);
		return 0;
	case YAML_SCALAR_EVENT:
		refuse(b, ev, ev->data.scalar.anchor, ev->data.scalar.tag);
		scalar(b, ev);
		return 0;
	case YAML_SEQUENCE_START_EVENT:
		refuse(b, ev, ev->data.sequence_start.anchor,
		    ev->data.sequence_start.tag);
		return begin(b, NODE_LIST, ev->start_mark);
	case YAML_MAPPING_START_EVENT:
		refuse(b, ev, ev->data.mapping_start.anchor,
		    ev->data.mapping_start.tag);
		return begin(b, NODE_MAP, ev->start_mark);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		end(b);
		return 0;
	default:
		return 0;
	}
}

/*
 * libyaml's words.  An unclosed quote or bracket is found at the end of the
 * file: then where it began is what helps.
 */
static int
syntax_fault(struct builder *b)
{
	const yaml_parser_t *p = &b->parser;
	struct mark at = mark_of(p->problem_mark);
	struct mark from = mark_of(p->context_mark);
	char where[80] = "";

	if (p->error == YAML_MEMORY_ERROR || p->problem == NULL)
		return faults_add(b->faults, at, "cannot be read as YAML: "
		    "not enough memory");
	if (p->context != NULL &&
	    (from.line != at.line || from.column != at.column))
		snprintf(where, sizeof where, " that begins at line %zu, "
		    "column %zu", from.line, from.column);
	return faults_add(b->faults, at, "%s%s%s%s", p->problem,
	    p->context != NULL ? " " : "",
	    p->context != NULL ? p->context : "", where);
}

static int
build(struct builder *b)
{
	yaml_event_t ev;
	bool last;
	int rc;

	do {
		if (!yaml_parser_parse(&b->parser, &ev))
			return syntax_fault(b);
		last = ev.type == YAML_STREAM_END_EVENT;
		rc = event(b, &ev);
		if (rc == 0 && b->nodes > JOBFILE_NODES_MAX)
			rc = faults_add(b->faults, mark_of(ev.start_mark),
			    "more than %d values; many items are better kept "
			    "in a file", JOBFILE_NODES_MAX);
		yaml_event_delete(&ev);
		if (b->faults->full)
			rc = -1;
	} while (rc == 0 && !last);
	return rc;
}

/* What YAML allows in a file. */
static bool
allowed_is(uint32_t cp)
{
	if (cp < 0x20)
		return cp == '\t' || cp == '\n' || cp == '\r';
	if (cp >= 0x7f && cp < 0xa0)
		return cp == 0x85;
	return cp != 0xfeff && cp != 0xfffe && cp != 0xffff;
}

/* Does a line end with cp?  More than '\n' do so to libyaml. */
static bool
break_is(uint32_t cp, bool before_newline)
{
	return cp == '\n' || (cp == '\r' && !before_newline) || cp == 0x85 ||
	    cp == 0x2028 || cp == 0x2029;
}

static bool
starts_with(const char *text, size_t len, const char *start)
{
	return len >= strlen(start) &&
	    memcmp(text, start, strlen(start)) == 0;
}

/*
 * The first thing that libyaml must not see: bytes that YAML cannot hold (it
 * would find them, but tells their offset only), and %TAG, since the time that
 * it takes grows with the square of their number.
 */
static int
bytes_check(const char *text, size_t len, struct faults *faults)
{
	struct mark at = { 1, 1 };
	uint32_t cp;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = text_decode(text + i, len - i, &cp);
		if (cp == TEXT_BAD && n == 1)
			return faults_add(faults, at, "byte 0x%02x is not "
			    "UTF-8 text", (unsigned char)text[i]);
		if (!allowed_is(cp))
			return faults_add(faults, at, "control character "
			    "U+%04X; text was expected", (unsigned int)cp);
		if (at.column == 1 && starts_with(text + i, len - i, "%TAG"))
			return faults_add(faults, at, "%%TAG is not "
			    "supported");
		at.column++;
		if (break_is(cp, starts_with(text + i + n, len - i - n, "\n")))
			at = (struct mark){ at.line + 1, 1 };
	}
	return 0;
}

struct node *
node_read(const char *text, size_t len, struct faults *faults)
{
	struct builder b = { .faults = faults };

	if (starts_with(text, len, BOM)) {
		text += strlen(BOM);
		len -= strlen(BOM);
	}
	if (bytes_check(text, len, faults) == -1)
		return NULL;
	b.tail[0] = &b.root;
	if (!yaml_parser_initialize(&b.parser)) {
		faults_add(faults, (struct mark){ 1, 1 },
		    "cannot be read: not enough memory");
		return NULL;
	}
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)text,
	    len);
	if (build(&b) == -1) {
		node_free(b.root);
		b.root = NULL;
	} else if (b.root == NULL)
		faults_add(faults, (struct mark){ 1, 1 },
		    "the file is empty; a mapping with jobs was expected");
	yaml_parser_delete(&b.parser);
	return b.root;
}
