// An error cannot be overlooked: a Result that nobody looks at does not compile.
#include "analyzers/base/result.h"

acervo::Result<int> pages();

int use()
{
#ifdef ACERVO_WRONG
    pages();
    return 0;
#else
    return pages().value_or(0);
#endif
}
