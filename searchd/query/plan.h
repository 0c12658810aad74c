// Turns a parsed query into a Xapian query, and into what to look for when snippets are cut and pages found.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/query/parse.h"

#include <xapian.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace acervo::query {

// What a reader should see marked: a token matches when its stem or folded form is in the sets, or starts with a
// prefix.
struct Marks {
    std::set<std::string> stems;    // of every language
    std::set<std::string> prefixes; // folded
    std::vector<std::string>
        positionalTerms; // index terms with positions, to find the pages; one per spelled word group
};

struct Plan {
    Xapian::Query strict;  // as asked: most of the words (all of two, two of three, three of four)
    Xapian::Query relaxed; // any of the words, when strict finds nothing under the filters; equal to strict when there is no difference
    bool canRelax = false;
    bool matchesAll = false; // nothing was asked
    Marks marks;
    std::vector<Note> notes;
};

// threads  one per thread (owns analysers).
class Planner {
public:
    // vocabularies  must outlive the planner; values of `section:` and its like may be notations or labels.
    explicit Planner(const vocabulary::Vocabularies& vocabularies);

    // language  of the interface: how elisions are cut and which function words are dropped, unless the query itself
    //           is clearly in another language. Words are looked for in all three languages whatever it is.
    Plan plan(const ParsedQuery& parsed, text::Language language, const Budget& budget);

private:
    class Builder;
    const vocabulary::Vocabularies& _vocabularies;
    std::map<text::Language, text::Analyzer> _analyzers;
};

} // namespace acervo::query
