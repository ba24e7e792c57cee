#include <stdio.h>

int
main(void)
{
	puts("pooltop");
	return 0;
}
