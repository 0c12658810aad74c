#include "tests/bench/clients/client.h"

#include <ctime>

namespace acervo::bench {

namespace {

double milliseconds(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

} // namespace

double threadMilliseconds()
{
    return milliseconds(CLOCK_THREAD_CPUTIME_ID);
}

double processMilliseconds(int process)
{
    clockid_t clock{};
    return ::clock_getcpuclockid(process, &clock) == 0 ? milliseconds(clock) : 0.0;
}

} // namespace acervo::bench
