#include "searchd/query/detail/combine.h"

namespace acervo::query {

Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries)
{
    return {op, queries.begin(), queries.end()};
}

Xapian::Query scaled(const Xapian::Query& query, double share)
{
    return share == 1.0 ? query : Xapian::Query{Xapian::Query::OP_SCALE_WEIGHT, query, share};
}

Xapian::Query matchNothing()
{
    return {};
}

// Not Xapian::Query::MatchAll: that shared static crashed when two threads used it (1.4.22).
Xapian::Query matchEverything()
{
    return Xapian::Query{std::string{}};
}

Xapian::Query matchNothingButAsked()
{
    return {Xapian::Query::OP_AND_NOT, matchEverything(), matchEverything()};
}

} // namespace acervo::query
