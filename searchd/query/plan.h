// Turns a parsed query into a Xapian query, and into what to look for when snippets are cut and pages found.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/lexicon.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/query/expansion.h"
#include "searchd/query/parse.h"
#include "searchd/query/ranking.h"
#include "searchd/query/tree.h"

#include <xapian.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::query {

struct WeighedTerm {
    std::string term;
    double weight = 1.0; // as how many of the word itself it counts where it stands

    bool operator==(const WeighedTerm&) const = default;
};

// What a reader should see marked: a token matches when its stem is in the set, it starts with a prefix, or stands in a
// phrase.
struct Marks {
    std::set<std::string> stems;                // of every language
    std::set<std::vector<std::string>> phrases; // stems of words that are marked side by side only
    std::set<std::string> prefixes;             // folded
    bool areTranslated = false;                 // some of them stand for others
    bool hasPhrases = false;                    // words in quotation marks, which must stand side by side
    // Index terms with positions, one group a word of the query in its order: what it may stand as.
    std::vector<std::vector<WeighedTerm>> groups;
};

struct Plan {
    // Which documents match: as asked, with most of the words (all of two, two of three, three of four); with any of
    // the words, when that finds too little; the same where there is no difference.
    Tree strictMatch;
    Tree relaxedMatch;
    // What they weigh: asked of the documents that match, and of no others.
    Tree strict;
    Tree relaxed;
    bool canRelax = false;
    bool relaxesWhenFew = false; // words alone: nothing in quotation marks that must be there
    bool matchesAll = false;     // nothing was asked
    Marks marks;
    std::vector<Expansion> expansions; // in the order of the words
    std::vector<Note> notes;
};

// Who asks, and of what.
struct Asked {
    text::Language language = text::Language::en; // of the interface
    Budget budget;
    Translate translate = Translate::yes;
    std::set<std::string> without;             // ids of alternatives that the reader switched off
    const lexicon::Lexicon* lexicon = nullptr; // none: nothing is translated
    // Brings what is typed after `id:` to the citable ID it means; none: the usual form of an ID.
    // errors  invalidArgument when it is nothing like an ID.
    std::function<Result<std::string>(std::string_view)> resolveId;
    const Xapian::Database* database = nullptr; // alternatives that it does not hold are left out; none: all stay
};

// threads  one per thread (owns analysers).
class Planner {
public:
    // vocabularies  must outlive the planner; values of `section:` and its like may be notations or labels.
    Planner(const vocabulary::Vocabularies& vocabularies, const Ranking& ranking);
    Planner(Planner&&) noexcept;
    Planner& operator=(Planner&&) = delete;
    Planner(const Planner&) = delete;
    Planner& operator=(const Planner&) = delete;
    ~Planner();

    // The language of the interface decides how elisions are cut and which function words are dropped, unless the query
    // itself is clearly in another language. Words are looked for in all three languages whatever it is.
    Plan plan(const ParsedQuery& parsed, const Asked& asked);

private:
    class Builder;
    const vocabulary::Vocabularies& _vocabularies;
    Ranking _ranking;
    std::unique_ptr<class WordReader> _words;
};

} // namespace acervo::query
