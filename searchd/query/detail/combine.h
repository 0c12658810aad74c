// Xapian queries put together, and the two that have no words.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

namespace acervo::query {

Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries);

Xapian::Query scaled(const Xapian::Query& query, double share);

// Of no words at all: asks for nothing.
Xapian::Query matchNothing();

Xapian::Query matchEverything();

// A filter that was asked for and cannot be understood must not become "no filter".
Xapian::Query matchNothingButAsked();

} // namespace acervo::query
