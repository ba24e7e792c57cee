#include <math.h>

#include "base/buf.h"
#include "base/human.h"
#include "base/text.h"
#include "test.h"

static void
what_is_put_into_a_buf_comes_out_again(void **state)
{
	struct buf b = { 0 };
	uint8_t u8;
	uint32_t u32;
	uint64_t u64;
	double d;
	char *s;

	buf_put_u8(&b, 7);
	buf_put_u32(&b, 0xdeadbeef);
	buf_put_u64(&b, UINT64_MAX - 1);
	buf_put_double(&b, -0.125);
	buf_put_str(&b, "hello", 5);
	assert_int_equal(buf_get_u8(&b, &u8), 0);
	assert_int_equal(buf_get_u32(&b, &u32), 0);
	assert_int_equal(buf_get_u64(&b, &u64), 0);
	assert_int_equal(buf_get_double(&b, &d), 0);
	assert_int_equal(buf_get_cstr(&b, &s, 5), 0);
	assert_int_equal(u8, 7);
	assert_int_equal(u32, 0xdeadbeef);
	assert_true(u64 == UINT64_MAX - 1);
	assert_true(d == -0.125);
	assert_string_equal(s, "hello");
	assert_int_equal(buf_left(&b), 0);
	assert_int_equal(buf_get_u8(&b, &u8), -1);
	free(s);
	buf_clear(&b);
}

static void
a_short_buf_gives_nothing_and_loses_nothing(void **state)
{
	static const uint8_t bytes[] = { 9, 0, 0, 0, 'a', 'b' };
	struct buf b = buf_over(bytes, sizeof bytes);
	const char *s;
	size_t len;

	assert_int_equal(buf_get_str(&b, &s, &len), -1);
	assert_int_equal(buf_left(&b), sizeof bytes);
}

static void
a_string_with_nul_or_too_long_is_no_cstr(void **state)
{
	struct buf b = { 0 };
	char *s;

	buf_put_str(&b, "a\0b", 3);
	assert_int_equal(buf_get_cstr(&b, &s, 100), -1);
	buf_reset(&b);
	buf_put_str(&b, "abcd", 4);
	assert_int_equal(buf_get_cstr(&b, &s, 3), -1);
	buf_clear(&b);
}

static void
numbers_read_well(void **state)
{
	char out[HUMAN_MAX];

	assert_string_equal(human_size(out, 0), "0");
	assert_string_equal(human_size(out, 999), "999");
	assert_string_equal(human_size(out, 1536), "1.5K");
	assert_string_equal(human_size(out, 942u << 20), "942M");
	assert_string_equal(human_size(out, UINT64_MAX), "16E");
	assert_string_equal(human_duration(out, 0.44), "0.4s");
	assert_string_equal(human_duration(out, 59.4), "59s");
	assert_string_equal(human_duration(out, 141), "2m21s");
	assert_string_equal(human_duration(out, 3720), "1h02m");
	assert_string_equal(human_duration(out, 273600), "3d04h");
	assert_string_equal(human_duration(out, NAN), "0.0s");
	assert_string_equal(human_clock(out, 252), "0:04:12");
	assert_string_equal(human_clock(out, 1e300), "27777777:46:40");
	assert_string_equal(human_rate(out, 5.07), "5.07");
	assert_string_equal(human_rate(out, 50.74), "50.7");
	assert_string_equal(human_rate(out, 12400), "12.4k");
	assert_string_equal(human_rate(out, 13.6e6), "13.6M");
}

static void
numbers_are_read_whole_or_not_at_all(void **state)
{
	static const char *const wrong[] = { "", "-", " 1", "1 ", "0x10", "1e3",
		"+1", "99999999999999999999" };
	int64_t i;
	uint64_t size;
	double s;

	for (size_t n = 0; n < COUNT(wrong); n++)
		assert_int_equal(human_parse_int(wrong[n], -9, 99, &i), -1);
	assert_int_equal(human_parse_int("-9", -9, 99, &i), 0);
	assert_int_equal(i, -9);
	assert_int_equal(human_parse_int("-9", 0, 99, &i), -1);
	assert_int_equal(human_parse_size("1.5G", &size), 0);
	assert_true(size == 3u << 29);
	assert_int_equal(human_parse_size("-1", &size), -1);
	assert_int_equal(human_parse_size("nan", &size), -1);
	assert_int_equal(human_parse_size("16E", &size), -1);
	assert_int_equal(human_parse_duration("1h30m", &s), 0);
	assert_true(s == 5400);
	assert_int_equal(human_parse_duration("500ms", &s), 0);
	assert_true(s == 0.5);
	assert_int_equal(human_parse_duration("90", &s), 0);
	assert_true(s == 90);
	assert_int_equal(human_parse_duration("90x", &s), -1);
	assert_int_equal(human_parse_duration("", &s), -1);
}

static void
random_bytes_become_harmless_text(void **state)
{
	uint64_t seed = 1;
	char in[40], out[64];
	uint32_t cp;

	for (int n = 0; n < 20000; n++) {
		size_t len = test_random(&seed) % sizeof in;
		size_t size = 1 + test_random(&seed) % sizeof out;

		for (size_t i = 0; i < len; i++)
			in[i] = (char)test_random(&seed);
		text_harmless(out, size, in, len);
		assert_true(strlen(out) < size);
		assert_true(text_utf8_is(out, strlen(out)));
		for (size_t i = 0; out[i] != '\0';) {
			i += text_decode(out + i, strlen(out + i), &cp);
			assert_true(text_printable_is(cp));
		}
	}
}

static void
controls_are_shown_and_utf8_is_kept(void **state)
{
	static const char esc[] = "\033]0;x\007\n日本é\xff\xc2\x9b";
	char out[64];

	text_harmless(out, sizeof out, esc, sizeof esc - 1);
	assert_string_equal(out, "^[]0;x^G 日本é\ufffd\ufffd");
	text_harmless(out, 4, "日本", 6);
	assert_string_equal(out, "日");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_into_a_buf_comes_out_again),
		cmocka_unit_test(a_short_buf_gives_nothing_and_loses_nothing),
		cmocka_unit_test(a_string_with_nul_or_too_long_is_no_cstr),
		cmocka_unit_test(numbers_read_well),
		cmocka_unit_test(numbers_are_read_whole_or_not_at_all),
		cmocka_unit_test(random_bytes_become_harmless_text),
		cmocka_unit_test(controls_are_shown_and_utf8_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
