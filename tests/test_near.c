#include "base/near.h"
#include "test.h"

static const char *const words[] = {
	"name", "kernel", "params", "items", "reduce", "retries", "to"
};

static void
assert_near(const char *word, const char *expected)
{
	const char *found = near_word(word, words, COUNT(words));

	if (expected == NULL) {
		assert_null(found);
		return;
	}
	assert_non_null(found);
	assert_string_equal(found, expected);
}

static void
a_slip_of_the_finger_finds_its_word(void **state)
{
	assert_near("kernel", "kernel");
	assert_near("kernal", "kernel");
	assert_near("kernl", "kernel");
	assert_near("kernell", "kernel");
	assert_near("kenrel", "kernel");
	assert_near("kenrle", "kernel");
	assert_near("KERNEL", "kernel");
	assert_near("retrys", "retries");
	assert_near("item", "items");
	assert_near("ot", "to");
}

static void
a_word_that_is_far_from_all_finds_none(void **state)
{
	char lengthy[1000];

	memset(lengthy, 'a', sizeof lengthy - 1);
	lengthy[sizeof lengthy - 1] = '\0';
	assert_near("", NULL);
	assert_near("x", NULL);
	assert_near("ab", NULL);
	assert_near("command", NULL);
	assert_near("krnll_", NULL);
	assert_near(lengthy, NULL);
	assert_null(near_word("name", words, 0));
}

static void
of_equally_near_words_the_first_is_taken(void **state)
{
	static const char *const twins[] = { "best", "rest", "test" };

	assert_string_equal(near_word("zest", twins, 3), "best");
	assert_string_equal(near_word("tets", twins, 3), "test");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_of_the_finger_finds_its_word),
		cmocka_unit_test(a_word_that_is_far_from_all_finds_none),
		cmocka_unit_test(of_equally_near_words_the_first_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
