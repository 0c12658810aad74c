#include "indexer/lexicon/learner.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>

namespace acervo::lexicon {

namespace {

constexpr std::size_t kMinLetters = 2;
constexpr UChar32 kAfterLatin = 0x250;
constexpr std::size_t kMinCapitals = 5; // bytes of a word in capitals that is left out; "ADN" and "OTAN" are not
constexpr double kNameShare = 0.8;      // of a word's places that have a capital
// Added to what was seen when a share is taken: a word seen three times and always with another proves less than one
// seen three hundred times.
constexpr double kDoubt = 1.0;
constexpr double kMaxCompany = 0.6; // of the sentences with a second rendering: those with the best one too
// The same word on both sides says something only of words in common use: seldom seen ones are names of programs.
constexpr std::uint32_t kMinSeenAlike = 12;
constexpr std::size_t kMinBytesAlike = 4;

UChar32 firstPoint(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    std::int32_t at = 0;
    UChar32 point = 0;
    U8_NEXT(bytes, at, static_cast<std::int32_t>(text.size()), point);
    return point;
}

// Latin letters, hyphens and apostrophes, of which at least kMinLetters are letters.
bool isWord(std::string_view form)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(form.data());
    std::size_t letters = 0;
    for (std::int32_t at = 0, size = static_cast<std::int32_t>(form.size()); at < size;) {
        UChar32 point = 0;
        U8_NEXT(bytes, at, size, point);
        const bool letter = point >= 0 && point < kAfterLatin && u_isalpha(point) != 0;
        if (!letter && point != '-' && point != '\'') {
            return false;
        }
        letters += letter;
    }
    return letters >= kMinLetters;
}

bool isInCapitals(std::string_view word)
{
    return std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// FNV-1a over the stems of both sides.
std::uint64_t hashOf(const AnalysedPair& pair)
{
    std::uint64_t hash = 0xCBF29CE484222325U;
    const auto mix = [&](std::string_view text) {
        for (const char c : text) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        }
        hash = (hash ^ 0x1FU) * 0x100000001B3U;
    };
    for (const auto& word : pair.source) {
        mix(word.stem);
    }
    mix("|");
    for (const auto& word : pair.target) {
        mix(word.stem);
    }
    return hash;
}

struct Candidate {
    WordId word = 0;
    WordId rendering = 0;
    double together = 0.0;
    double weight = 0.0;
    std::uint32_t met = 0;         // sentences with both the word and the rendering
    std::uint32_t metWithBest = 0; // of them, with the word's best rendering too
    bool dropped = false;
};

double weightOf(const Translation& link)
{
    const double source = link.together / (link.together / link.forward + kDoubt);
    const double target = link.together / (link.together / link.backward + kDoubt);
    return std::min(1.0, std::sqrt(source * target));
}

bool sameWord(const Candidate& a, const Candidate& b)
{
    return a.word == b.word;
}

// Calls visit(first, last) for the candidates of each word; they stand together.
template <class Visit>
void eachWord(std::vector<Candidate>& candidates, const Visit& visit)
{
    for (auto first = candidates.begin(); first != candidates.end();) {
        const auto last =
            std::find_if(first, candidates.end(), [&](const Candidate& other) { return !sameWord(*first, other); });
        visit(first, last);
        first = last;
    }
}

// Keeps of each word's candidates what comes near enough to the best of them, the best first.
void keepNearBest(std::vector<Candidate>& candidates, double leastShare)
{
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        if (a.word != b.word) {
            return a.word < b.word;
        }
        return a.together != b.together ? a.together > b.together : a.rendering < b.rendering;
    });
    eachWord(candidates, [&](auto first, auto last) {
        for (auto other = first; other != last; ++other) {
            other->dropped = other->together < leastShare * first->together;
        }
    });
    std::erase_if(candidates, [](const Candidate& candidate) { return candidate.dropped; });
}

// Drops what only keeps company with the best rendering: of "dialog" -> "dialogue", "boîte" the second comes from
// "boîte de dialogue". Two renderings that may stand for each other seldom meet in one sentence.
//
// wordsOf, renderingsOf  sides of a pair of sentences.
template <class Words, class Renderings>
void dropCompany(std::vector<Candidate>& candidates, std::size_t pairs, const Words& wordsOf,
                 const Renderings& renderingsOf)
{
    std::unordered_map<WordId, std::pair<std::size_t, std::size_t>> places; // of words with several candidates
    eachWord(candidates, [&](auto first, auto last) {
        if (last - first > 1) {
            places.emplace(first->word, std::pair{first - candidates.begin(), last - candidates.begin()});
        }
    });
    std::unordered_set<WordId> here;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        const auto renderings = renderingsOf(pair);
        here.clear();
        here.insert(renderings.begin(), renderings.end());
        for (const auto word : wordsOf(pair)) {
            const auto place = places.find(word);
            if (place == places.end()) {
                continue;
            }
            const auto [first, last] = place->second;
            const bool withBest = here.contains(candidates[first].rendering);
            for (auto i = first + 1; i < last; ++i) {
                if (here.contains(candidates[i].rendering)) {
                    ++candidates[i].met;
                    candidates[i].metWithBest += withBest;
                }
            }
        }
    }
    std::erase_if(candidates,
                  [](const Candidate& candidate) { return candidate.metWithBest > kMaxCompany * candidate.met; });
}

// A word that is written alike in both languages is a row when it is in common use and nothing is likelier.
bool isUsefulAlike(const Candidate& candidate, bool isBest, const WordList& words)
{
    return isBest && !words.isName(candidate.word) && words.seen(candidate.word) >= kMinSeenAlike &&
           words.formOf(candidate.word).size() >= kMinBytesAlike;
}

void addRows(const std::vector<Candidate>& candidates, const WordList& words, const WordList& renderings,
             std::pair<text::Language, text::Language> languages, std::vector<LearnedPair>& rows)
{
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto& candidate = candidates[i];
        const bool isBest = i == 0 || candidates[i - 1].word != candidate.word;
        auto word = words.formOf(candidate.word);
        auto rendering = renderings.formOf(candidate.rendering);
        if (word != rendering || isUsefulAlike(candidate, isBest, words)) {
            rows.push_back(
                {languages.first, std::move(word), languages.second, std::move(rendering), candidate.weight});
        }
    }
}

} // namespace

std::vector<LearnedWord> contentWords(std::string_view sentence, const text::Analyzer& analyzer)
{
    std::vector<LearnedWord> words;
    std::unordered_set<std::string> known;
    const bool shouted = isInCapitals(sentence);
    for (auto& token : analyzer.analyze(sentence)) {
        if (!isWord(token.exact) || text::isStopword(token.folded, analyzer.language())) {
            continue;
        }
        const auto written = sentence.substr(token.span.begin, token.span.end - token.span.begin);
        if (!shouted && written.size() >= kMinCapitals && isInCapitals(written)) {
            continue;
        }
        const bool capitalised = token.position > 1 && u_isupper(firstPoint(written)) != 0;
        if (known.insert(token.stem).second) {
            words.push_back({std::move(token.stem), std::move(token.exact), capitalised});
        }
    }
    return words;
}

WordId WordList::add(const LearnedWord& word)
{
    const auto [place, isNew] = _ids.try_emplace(word.stem, static_cast<WordId>(_words.size()));
    if (isNew) {
        _words.emplace_back();
    }
    auto& entry = _words[place->second];
    ++entry.seen;
    entry.capitalised += word.capitalised;
    const auto form = std::find_if(entry.forms.begin(), entry.forms.end(),
                                   [&](const auto& known) { return known.first == word.form; });
    if (form == entry.forms.end()) {
        entry.forms.emplace_back(word.form, 1);
    } else {
        ++form->second;
    }
    return place->second;
}

std::string WordList::formOf(WordId word) const
{
    const auto& forms = _words[word].forms;
    const auto best = std::min_element(forms.begin(), forms.end(), [](const auto& a, const auto& b) {
        if (a.second != b.second) {
            return a.second > b.second;
        }
        return a.first.size() != b.first.size() ? a.first.size() < b.first.size() : a.first < b.first;
    });
    return best->first;
}

bool WordList::isName(WordId word) const
{
    const auto& entry = _words[word];
    return entry.capitalised >= kNameShare * entry.seen;
}

void Learner::add(const AnalysedPair& pair)
{
    if (pair.source.empty() || pair.target.empty()) {
        return;
    }
    if (_text.size() >= kMaxSentencePairs) {
        ++_leftOut;
        return;
    }
    if (!_known.insert(hashOf(pair)).second) {
        ++_repeated;
        return;
    }
    std::vector<WordId> source;
    std::vector<WordId> target;
    for (const auto& word : pair.source) {
        source.push_back(_sourceWords.add(word));
    }
    for (const auto& word : pair.target) {
        target.push_back(_targetWords.add(word));
    }
    _leftOut += !_text.add(source, target);
}

std::vector<LearnedPair> Learner::learn(const LearningRules& rules) const
{
    std::vector<Candidate> forward;
    std::vector<Candidate> backward;
    for (const auto& link : train(_text, rules.model)) {
        const double weight = weightOf(link);
        const double least =
            link.together < rules.seldom ? std::max(rules.leastWeight, rules.leastSeldomWeight) : rules.leastWeight;
        if (link.together >= rules.leastTogether && weight >= least) {
            forward.push_back({link.source, link.target, link.together, weight});
            backward.push_back({link.target, link.source, link.together, weight});
        }
    }
    keepNearBest(forward, rules.leastShareOfBest);
    keepNearBest(backward, rules.leastShareOfBest);
    const auto sources = [&](std::size_t pair) { return _text.source(pair); };
    const auto targets = [&](std::size_t pair) { return _text.target(pair); };
    dropCompany(forward, _text.size(), sources, targets);
    dropCompany(backward, _text.size(), targets, sources);
    std::vector<LearnedPair> rows;
    addRows(forward, _sourceWords, _targetWords, {_source, _target}, rows);
    addRows(backward, _targetWords, _sourceWords, {_target, _source}, rows);
    std::sort(rows.begin(), rows.end(), [](const LearnedPair& a, const LearnedPair& b) {
        if (a.from != b.from) {
            return a.from < b.from;
        }
        if (a.word != b.word) {
            return a.word < b.word;
        }
        return a.weight != b.weight ? a.weight > b.weight : a.rendering < b.rendering;
    });
    return rows;
}

} // namespace acervo::lexicon
