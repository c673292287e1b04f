/*
 * Functions that have hurt others do not compile here. Included by the
 * compiler's command line, before every file.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef __cplusplus
/* macros with some compilers, which clang will not poison */
#undef strncat
#undef sprintf
#undef vsprintf
#pragma GCC poison gets strcpy strcat strncat sprintf vsprintf strtok
#pragma GCC poison gmtime localtime ctime asctime atoi atol atoll
#pragma GCC poison tmpnam tempnam mktemp
#endif
