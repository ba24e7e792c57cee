#include <ctype.h>
#include <stdio.h>

#include "test.h"
#include "ui/tui/filter.h"

static const struct facts row = { .field = {
	[FIELD_TASK] = "#986", [FIELD_WORKER] = "w3", [FIELD_PID] = "41205",
	[FIELD_STATE] = "failed", [FIELD_JOB] = "Primes of old",
	[FIELD_LABEL] = "prime-sieve 5e7", [FIELD_SAID] = "exit 137" } };

static void
a_filter_means_what_its_words_mean(void **state)
{
	static const struct {
		const char	*filter;
		bool		 match;
	} cases[] = {
		{ "", true }, { "   ", true },
		{ "sieve", true }, { "SIEVE", true }, { "sieves", false },
		{ "sieve 5e7", true }, { "sieve 6e7", false },
		{ "exit", true }, { "primes", true },
		{ "zz|sieve", true }, { "zz|yy", false },
		{ "!sieve", false }, { "!matmul", true },
		{ "!matmul|sieve", false }, { "!zz|yy", true },
		{ "state:failed", true }, { "state:f", true },
		{ "STATE:FAIL", true }, { "state:done", false },
		{ "state:done|state:failed", true }, { "!state:failed", false },
		{ "state:ailed", false },
		{ "worker:3", true }, { "worker:w3", true },
		{ "worker:33", false }, { "worker:", true },
		{ "task:986", true }, { "task:#986", true },
		{ "task:98", false }, { "pid:41205", true },
		{ "job:primes", true }, { "job:of", false },
		{ "label:prime", true }, { "said:exit", true },
		{ "level:error", false }, { "!level:error", true },
		/* not finished yet */
		{ "state:", true }, { "!", true }, { "zz|", false },
		{ "sieve|", true }, { "|", true }, { "!state:", true },
		/* no field of ours */
		{ "colour:red", false },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		if (filter_match(cases[i].filter, &row) != cases[i].match)
			fail_msg("\"%s\"", cases[i].filter);
}

/* Generated filters over rows of few letters, and what they mean, said in
   another way: all words, of each any part, of each part one letter. */
enum { WORDS = 3, PARTS = 3 };

struct model {
	int	words;
	struct {
		bool	not;
		int	parts;
		struct {
			int	field;		/* NFIELDS: anywhere */
			char	letter;
		}	part[PARTS];
	}	word[WORDS];
};

static bool
holds(const struct model *m, const struct facts *f)
{
	for (int w = 0; w < m->words; w++) {
		bool any = false;

		for (int p = 0; p < m->word[w].parts; p++) {
			int field = m->word[w].part[p].field;
			char letter = m->word[w].part[p].letter;

			if (field < NFIELDS)
				any |= f->field[field] != NULL &&
				    tolower(f->field[field][0]) == letter;
			for (int i = 0; i < NFIELDS && field == NFIELDS; i++)
				for (const char *s = f->field[i]; s != NULL &&
				    *s != '\0'; s++)
					any |= tolower(*s) == letter;
		}
		if (any == m->word[w].not)
			return false;
	}
	return true;
}

static void
generate(struct model *m, char text[FILTER_TEXT_MAX], uint64_t *seed)
{
	static const char *const names[] = { "state", "level", "job",
		"label", "said" };
	size_t len = 0;

	text[0] = '\0';
	m->words = (int)(test_random(seed) % (WORDS + 1));
	for (int w = 0; w < m->words; w++) {
		m->word[w].not = test_random(seed) % 3 == 0;
		m->word[w].parts = 1 + (int)(test_random(seed) % PARTS);
		len += (size_t)snprintf(text + len, FILTER_TEXT_MAX - len,
		    "%s%s", w > 0 ? " " : "", m->word[w].not ? "!" : "");
		for (int p = 0; p < m->word[w].parts; p++) {
			int which = (int)(test_random(seed) % 8);
			char c = (char)('a' + test_random(seed) % 4);

			m->word[w].part[p].letter = c;
			m->word[w].part[p].field = which < 5 ?
			    FIELD_STATE + which : NFIELDS;
			len += (size_t)snprintf(text + len,
			    FILTER_TEXT_MAX - len, "%s%s%s%c",
			    p > 0 ? "|" : "", which < 5 ? names[which] : "",
			    which < 5 ? ":" : "", c);
		}
	}
}

static void
generated_filters_mean_the_same_as_their_model(void **state)
{
	char text[FILTER_TEXT_MAX], value[NFIELDS][4];
	uint64_t seed = 5;
	struct model m;
	int matched = 0;

	for (int n = 0; n < 20000; n++) {
		struct facts f = { .said = "" };

		for (int i = 0; i < NFIELDS; i++) {
			size_t len = test_random(&seed) % 4;

			for (size_t k = 0; k < len; k++)
				value[i][k] = (char)((test_random(&seed) % 4) +
				    (test_random(&seed) % 2 ? 'a' : 'A'));
			value[i][len] = '\0';
			f.field[i] = test_random(&seed) % 4 ? value[i] : NULL;
		}
		generate(&m, text, &seed);
		if (filter_match(text, &f) != holds(&m, &f))
			fail_msg("case %d: \"%s\"", n, text);
		matched += holds(&m, &f);
	}
	assert_true(matched > 1000 && matched < 19000);
}

static void
any_text_at_all_is_a_filter(void **state)
{
	char text[FILTER_TEXT_MAX];
	uint64_t seed = 9;

	for (int n = 0; n < 5000; n++) {
		size_t len = test_random(&seed) % FILTER_TEXT_MAX;

		for (size_t i = 0; i < len; i++)
			text[i] = test_random(&seed) % 2 ?
			    "!|: stateworker"[test_random(&seed) % 15] :
			    (char)(1 + test_random(&seed) % 255);
		text[len] = '\0';
		filter_match(text, &row);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_filter_means_what_its_words_mean),
		cmocka_unit_test(
		    generated_filters_mean_the_same_as_their_model),
		cmocka_unit_test(any_text_at_all_is_a_filter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
