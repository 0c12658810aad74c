// The renderings of every phrase while the lexicon is compiled: gathered, turned round, composed, weighed, cut.
#pragma once

#include "analyzers/lexicon/detail/phrases.h"
#include "analyzers/lexicon/lexicon.h"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

namespace acervo::lexicon {

struct Candidate {
    PhraseId to = kNoPhrase;
    double weight = 0.0;
    Origin origin = Origin::learned;
    std::uint16_t source = 0; // place in a list of names that the caller keeps
};

class Candidates {
public:
    explicit Candidates(const Phrases& phrases) : _phrases(phrases) {}

    // Of two that render `from` by the same stems the more trusted stays; of equal origin the first, with the better
    // weight. The weight of staff is final.
    void add(PhraseId from, const Candidate& candidate);

    // No phrase with the stems of `from` is ever rendered by the stems of `to`.
    void refuse(PhraseId from, PhraseId to);

    // Dictionary and learned pairs, backwards, where nobody states them so.
    void addReversed();

    // Gives the place of a source's name with " via " and the language added.
    using ViaSource = std::function<std::uint16_t(std::uint16_t source, text::Language via)>;

    // Through the third language, where nothing but learned tables has a direct rendering.
    void addPivoted(const ViaSource& viaSource);

    // What remains of one phrase after all rules: grouped by language, the best first.
    std::vector<Candidate> weighed(PhraseId from) const;

    std::size_t size() const { return _byPhrase.size(); } // phrase ids below this may have renderings

private:
    std::vector<Candidate> composed(PhraseId from, text::Language via, text::Language to) const;
    std::vector<Candidate> inLanguage(PhraseId from, text::Language language) const;
    bool isStated(PhraseId from, PhraseId to) const;
    bool isRefused(PhraseId from, PhraseId to) const;
    std::string refusalKey(PhraseId from, PhraseId to) const;

    const Phrases& _phrases;
    std::vector<std::vector<Candidate>> _byPhrase;
    std::unordered_set<std::string> _refused;
};

} // namespace acervo::lexicon
