#include "analyzers/lexicon/detail/candidates.h"

#include "analyzers/lexicon/compiler.h"

#include <algorithm>
#include <tuple>

namespace acervo::lexicon {

namespace {

// How much a candidate keeps beside the most trusted one of its phrase and language.
double keptBeside(Origin best, Origin own)
{
    if (own <= best) {
        return 1.0;
    }
    if (best <= Origin::glossary) {
        return rules::kBesideTrusted;
    }
    return best == Origin::thesaurus ? rules::kBesideThesaurus : 1.0;
}

bool isReversible(Origin origin)
{
    return origin == Origin::dictionary || origin == Origin::learned;
}

// Cuts and scales the candidates of one language, which are sorted by weight.
void cut(std::vector<Candidate>& candidates)
{
    const auto best = candidates.front().weight;
    std::erase_if(candidates,
                  [&](const Candidate& candidate) { return candidate.weight < rules::kLeastShareOfBest * best; });
    if (candidates.size() > rules::kMostALanguage) {
        candidates.resize(rules::kMostALanguage);
    }
    const auto scale = (rules::kFloorOfBest + (1 - rules::kFloorOfBest) * best) / best;
    for (auto& candidate : candidates) {
        candidate.weight *= scale;
    }
}

} // namespace

void Candidates::add(PhraseId from, const Candidate& candidate)
{
    const auto& target = _phrases[candidate.to];
    if (_phrases[from].words > kMaxPhraseTokens ||
        (target.language == _phrases[from].language && target.stems == _phrases[from].stems)) {
        return;
    }
    if (from >= _byPhrase.size()) {
        _byPhrase.resize(std::max<std::size_t>(_phrases.size(), from + 1));
    }
    for (auto& known : _byPhrase[from]) {
        const auto& other = _phrases[known.to];
        if (known.to != candidate.to && (other.language != target.language || other.stems != target.stems)) {
            continue;
        }
        const bool isMoreTrusted = candidate.origin < known.origin;
        const auto trusted = std::min(candidate.origin, known.origin);
        const auto best = std::max(candidate.weight, known.weight);
        if (isMoreTrusted) {
            known = candidate;
        }
        if (trusted != Origin::staff) {
            known.weight = best;
        }
        return;
    }
    _byPhrase[from].push_back(candidate);
}

std::string Candidates::refusalKey(PhraseId from, PhraseId to) const
{
    const auto& source = _phrases[from];
    const auto& target = _phrases[to];
    return std::string{text::codeOf(source.language)} + source.stems + '\t' +
           std::string{text::codeOf(target.language)} + target.stems;
}

void Candidates::refuse(PhraseId from, PhraseId to)
{
    _refused.insert(refusalKey(from, to));
}

bool Candidates::isRefused(PhraseId from, PhraseId to) const
{
    return !_refused.empty() && _refused.contains(refusalKey(from, to));
}

void Candidates::addReversed()
{
    std::vector<std::pair<PhraseId, Candidate>> reversed;
    for (PhraseId from = 0; from < _byPhrase.size(); ++from) {
        for (const auto& candidate : _byPhrase[from]) {
            if (isReversible(candidate.origin) && _phrases[candidate.to].language != _phrases[from].language) {
                auto backwards = candidate;
                backwards.to = from;
                backwards.weight *= rules::kReverse;
                reversed.emplace_back(candidate.to, backwards);
            }
        }
    }
    for (const auto& [from, candidate] : reversed) {
        // What is stated keeps its own weight, even a smaller one.
        if (!isStated(from, candidate.to)) {
            add(from, candidate);
        }
    }
}

bool Candidates::isStated(PhraseId from, PhraseId to) const
{
    return from < _byPhrase.size() && std::ranges::any_of(_byPhrase[from], [&](const Candidate& known) {
               return _phrases[known.to].language == _phrases[to].language &&
                      _phrases[known.to].stems == _phrases[to].stems;
           });
}

std::vector<Candidate> Candidates::inLanguage(PhraseId from, text::Language language) const
{
    std::vector<Candidate> found;
    if (from < _byPhrase.size()) {
        std::ranges::copy_if(_byPhrase[from], std::back_inserter(found), [&](const Candidate& candidate) {
            return _phrases[candidate.to].language == language && !isRefused(from, candidate.to);
        });
    }
    return found;
}

std::vector<Candidate> Candidates::composed(PhraseId from, text::Language via, text::Language to) const
{
    std::vector<Candidate> found;
    for (const auto& first : inLanguage(from, via)) {
        const auto onwards = inLanguage(first.to, to);
        if (first.origin == Origin::learned || onwards.size() > rules::kMostOfPivot) {
            continue;
        }
        for (const auto& second : onwards) {
            if (second.origin == Origin::learned) {
                continue;
            }
            const bool firstIsLessTrusted = first.origin > second.origin;
            found.push_back({second.to, first.weight * second.weight * rules::kPivot,
                             std::max(first.origin, second.origin), firstIsLessTrusted ? first.source : second.source});
        }
    }
    return found;
}

void Candidates::addPivoted(const ViaSource& viaSource)
{
    std::vector<std::pair<PhraseId, Candidate>> pivoted;
    for (PhraseId from = 0; from < _byPhrase.size(); ++from) {
        const auto own = _phrases[from].language;
        for (const auto to : text::kLanguages) {
            const bool isKnown = to == own || std::ranges::any_of(inLanguage(from, to), [](const Candidate& candidate) {
                                     return candidate.origin != Origin::learned;
                                 });
            if (isKnown) {
                continue;
            }
            for (const auto via : text::kLanguages) {
                if (via == own || via == to) {
                    continue;
                }
                for (auto& candidate : composed(from, via, to)) {
                    candidate.source = viaSource(candidate.source, via);
                    pivoted.emplace_back(from, candidate);
                }
            }
        }
    }
    for (const auto& [from, candidate] : pivoted) {
        add(from, candidate);
    }
}

std::vector<Candidate> Candidates::weighed(PhraseId from) const
{
    std::vector<Candidate> kept;
    for (const auto language : text::kLanguages) {
        auto candidates = inLanguage(from, language);
        if (candidates.empty()) {
            continue;
        }
        const auto trusted = std::ranges::min(candidates, {}, &Candidate::origin).origin;
        for (auto& candidate : candidates) {
            candidate.weight *= keptBeside(trusted, candidate.origin);
        }
        std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
            return std::tuple{-a.weight, a.origin} < std::tuple{-b.weight, b.origin};
        });
        cut(candidates);
        kept.insert(kept.end(), candidates.begin(), candidates.end());
    }
    return kept;
}

} // namespace acervo::lexicon
