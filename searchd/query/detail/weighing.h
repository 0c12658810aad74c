// Turns words side by side into Xapian queries: what counts as one word, how much, and how many must be there.
#pragma once

#include "searchd/query/detail/run.h"
#include "searchd/query/ranking.h"
#include "searchd/query/tree.h"

#include <xapian.h>

#include <cstddef>
#include <vector>

namespace acervo::query {

inline constexpr std::size_t kFewWords = 4; // more are running text: any of them may match

// Whether mostOf() asks for more than any one word.
bool asksForMost(const Run& run);

class Weighing {
public:
    // What decides which documents match has no weights; what weighs them is asked of those alone.
    enum class Purpose : bool { match, rank };

    // database  nullptr: how the library spells words is not looked up.
    Weighing(const Ranking& ranking, const Xapian::Database* database) : _ranking(ranking), _database(database) {}

    void aimAt(Purpose purpose) { _purpose = purpose; }

    // A word and the words it is also searched as count as one word, whichever of them a text has; those that are
    // seldom meant count less. Its translations of several words count as what their words bring together, if that is
    // more.
    Tree oneOf(const Word& word, const std::vector<Choice>& choices) const;

    // Any of the words. Of a phrase of the lexicon either its words count or one of its translations, whichever is
    // more.
    Tree anyOf(const Run& run) const;

    // All of one or two words; all but one of three or four; any of more. A translation of a phrase stands for each of
    // its words. To rank, the same as anyOf().
    Tree mostOf(const Run& run) const;

private:
    std::vector<Tree> exactForms(const text::Token& token) const;
    Tree choiceOf(const Choice& choice) const;
    std::vector<Tree> choicesOf(const Span& span) const;
    std::vector<Tree> queriesOf(const Run& run) const;

    const Ranking& _ranking;
    const Xapian::Database* _database;
    Purpose _purpose = Purpose::rank;
};

} // namespace acervo::query
