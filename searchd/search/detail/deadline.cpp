#include "searchd/search/detail/deadline.h"

#include <ctime>

namespace acervo::search::detail {

namespace {

constexpr unsigned kStepsBetweenChecks = 512;

std::chrono::nanoseconds threadCpu()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

} // namespace

Deadline::Deadline(std::chrono::nanoseconds budget) : _end(threadCpu() + budget) {}

void Deadline::check()
{
    _untilCheck = kStepsBetweenChecks;
    if (threadCpu() > _end) {
        throw Xapian::NetworkTimeoutError("the query's processor time is used up");
    }
}

void DeadlineSource::next(double)
{
    _deadline.keep();
    ++_id;
}

void DeadlineSource::skip_to(Xapian::docid id, double)
{
    _deadline.keep();
    _id = std::max(_id, id);
}

bool DeadlineSource::check(Xapian::docid id, double)
{
    _deadline.keep();
    _id = std::max(_id, id);
    return true;
}

DeadlineSource* DeadlineSource::clone() const
{
    return new DeadlineSource{_deadline}; // Xapian takes ownership
}

void DeadlineSource::init(const Xapian::Database& database)
{
    _id = 0;
    _documents = database.get_doccount();
    _last = _documents == 0 ? 0 : database.get_lastdocid();
}

} // namespace acervo::search::detail
