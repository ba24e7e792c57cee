#!/bin/sh
# Every fuzz target gets what is in the corpus of its name, once.
corpora="${srcdir:-.}/tests/fuzz/corpus"
for corpus in "$corpora"/*/; do
	./fuzz_"$(basename "$corpus")" "$corpus" || exit 1
done
