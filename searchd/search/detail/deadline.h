// Ends a match that costs too much processor time, whatever its shape.
#pragma once

#include <xapian.h>

#include <chrono>

namespace acervo::search::detail {

// On the calling thread's processor clock.
class Deadline {
public:
    explicit Deadline(std::chrono::nanoseconds budget);

    // Cheap: the clock is read once in 512 calls. Throws Xapian::NetworkTimeoutError (mapped to ErrorCode::timeout)
    // once the time is used up.
    void keep()
    {
        if (_untilCheck-- == 0) {
            check();
        }
    }

    // Reads the clock: before steps of a millisecond or so.
    void check();

private:
    std::chrono::nanoseconds _end{};
    unsigned _untilCheck = 0;
};

// Matches every docid until the deadline. OP_FILTER it onto a query: Enquire::set_time_limit does not hold (1.4.22 used
// 7 s with a limit of 0.2 s); this does.
class DeadlineSource : public Xapian::PostingSource {
public:
    explicit DeadlineSource(const Deadline& deadline) : _deadline(deadline) {}

    Xapian::doccount get_termfreq_min() const override { return _documents; }
    Xapian::doccount get_termfreq_est() const override { return _documents; }
    Xapian::doccount get_termfreq_max() const override { return _documents; }
    void next(double minWeight) override;
    void skip_to(Xapian::docid id, double minWeight) override;
    bool check(Xapian::docid id, double minWeight) override;
    bool at_end() const override { return _id > _last; }
    Xapian::docid get_docid() const override { return _id; }
    DeadlineSource* clone() const override;
    void init(const Xapian::Database& database) override;

private:
    Deadline _deadline;
    Xapian::docid _id = 0;
    Xapian::docid _last = 0;
    Xapian::doccount _documents = 0;
};

} // namespace acervo::search::detail
