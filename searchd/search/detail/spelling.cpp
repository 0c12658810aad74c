#include "searchd/search/detail/spelling.h"

#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>
#include <vector>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMinLetters = 4;
constexpr std::size_t kMaxAcronym = 6;       // capitals in a row that are no shouted word
constexpr std::size_t kMaxDoubtful = 4;      // words mended in one query
constexpr std::size_t kMaxTries = 4;         // corrected queries counted
constexpr std::size_t kMaxCandidates = 3;    // of a word, that are tried
constexpr std::size_t kMaxJudged = 24;       // of a word, whose language is looked up
constexpr std::size_t kMaxWays = 8;          // to write a word, that are looked at
constexpr std::size_t kSampledPostings = 64; // to tell a word's language
constexpr double kSureOfLanguage = 0.85;     // as in the planner

// When a word that does stand somewhere is doubted: a slip in one document, with a close word in a hundred.
constexpr std::uint32_t kRare = 2;
constexpr std::uint32_t kFarMoreFrequent = 100;
constexpr std::size_t kMinRareLetters = 6;
constexpr std::uint64_t kFarMoreWorks = 10;

// How a candidate is judged: natural logarithm of its frequency, less what each edit costs, more for what speaks for
// it.
constexpr double kEditCost = 3.0;
constexpr double kFirstLetterCost = 2.0;
constexpr double kFieldBonus = 1.0;
constexpr double kLanguageBonus = 2.0;  // when all its documents are in the query's language
constexpr double kSameSoundBonus = 1.0; // swapped or doubled letters, s for c or z: what hands and ears do
constexpr double kSplitCost = 4.0;
constexpr double kMostBehind = 2.5; // a candidate worse than the best by more is no choice

bool isLatin(std::string_view word)
{
    return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool isFunctionWord(std::string_view folded)
{
    return std::ranges::any_of(text::kLanguages,
                               [&](text::Language language) { return text::isStopword(folded, language); });
}

bool isAcronym(std::string_view typed)
{
    const auto capitals = std::ranges::count_if(typed, [](char c) { return c >= 'A' && c <= 'Z'; });
    return capitals > 1 && (static_cast<std::size_t>(capitals) < typed.size() || typed.size() <= kMaxAcronym);
}

// Letters that are often taken for each other become one, and double letters single.
std::string soundOf(std::string_view word)
{
    std::string sound;
    for (std::size_t i = 0; i < word.size(); ++i) {
        char c = word[i];
        const char next = i + 1 < word.size() ? word[i + 1] : '\0';
        if (c == 'h' && !sound.empty()) {
            continue;
        }
        if (c == 'z' || (c == 'c' && (next == 'e' || next == 'i')) || (c == 't' && next == 'i')) {
            c = 's';
        } else if (c == 'v') {
            c = 'b';
        } else if (c == 'y') {
            c = 'i';
        } else if (c == 'q' || c == 'k') {
            c = 'c';
        }
        if (sound.empty() || sound.back() != c) {
            sound += c;
        }
    }
    return sound;
}

bool sameLetters(std::string_view one, std::string_view other)
{
    std::string a{one};
    std::string b{other};
    std::ranges::sort(a);
    std::ranges::sort(b);
    return a == b;
}

// Documents with the word, or with a stem that an analyser gives it.
std::uint32_t documentsWith(const Xapian::Database& database, const std::map<text::Language, text::Analyzer>& analyzers,
                            const std::string& folded)
{
    auto most = database.get_termfreq(schema::wordTerm("", folded));
    for (const auto& [language, analyzer] : analyzers) {
        most = std::max(most, database.get_termfreq(schema::wordTerm(schema::kStem, analyzer.stem(folded))));
    }
    return most;
}

// The folded words of the nodes that are searched for as they stand, and of all the others.
struct QueryWords {
    std::set<std::string> bare;
    std::set<std::string> other;
};

void collectWords(const query::Node& node, bool isBare, const text::Analyzer& analyzer, QueryWords& words)
{
    isBare = isBare && !node.negated && node.field.empty() && node.kind != query::NodeKind::prefix;
    for (const auto& token : analyzer.analyze(node.text)) {
        (isBare ? words.bare : words.other).insert(token.folded);
    }
    for (const auto& child : node.children) {
        collectWords(child, isBare, analyzer, words);
    }
}

bool mayBeMistyped(const std::string& folded)
{
    return folded.size() >= kMinLetters && folded.size() <= WordList::kMaxNearBytes && isLatin(folded) &&
           !isFunctionWord(folded);
}

struct Candidate {
    std::vector<std::string> words; // one, or two when a space was missing
    double score = 0.0;
};

struct Doubtful {
    text::ByteSpan span; // in the query
    std::string typed;
    std::uint32_t documents = 0;
    std::vector<Candidate> candidates; // best first
};

class Speller {
public:
    Speller(const SpellingSources& sources, const SearchRequest& request)
        : _sources(sources), _words(sources.hints.spelling), _language(request.interfaceLanguage), _q(request.q)
    {
        if (const auto guess = text::detectLanguage(_q);
            guess.language != text::Language::other && guess.confidence >= kSureOfLanguage) {
            _language = guess.language;
        }
    }

    std::vector<Doubtful> doubtfulWords(const query::ParsedQuery& parsed) const
    {
        const auto& analyzer = _sources.analyzers.at(_language);
        QueryWords words;
        collectWords(parsed.root, true, analyzer, words);
        std::vector<Doubtful> doubtful;
        for (const auto& token : analyzer.analyze(_q)) {
            const auto typed = std::string_view{_q}.substr(token.span.begin, token.span.end - token.span.begin);
            if (!words.bare.contains(token.folded) || words.other.contains(token.folded) ||
                !mayBeMistyped(token.folded) || isAcronym(typed)) {
                continue;
            }
            Doubtful word{token.span, token.folded, 0, {}};
            word.documents = documentsWith(_sources.database, _sources.analyzers, token.folded);
            if (word.documents > kRare || isOfTheField(token.folded)) {
                continue;
            }
            word.candidates = candidatesFor(word);
            if (!word.candidates.empty()) {
                doubtful.push_back(std::move(word));
            }
            if (doubtful.size() == kMaxDoubtful) {
                break;
            }
        }
        return doubtful;
    }

    // The query with each doubtful word replaced by its candidate of that place.
    DidYouMean rewritten(const std::vector<Doubtful>& doubtful, const std::vector<std::size_t>& chosen) const
    {
        DidYouMean mended;
        std::size_t done = 0;
        for (std::size_t i = 0; i < doubtful.size(); ++i) {
            const auto& span = doubtful[i].span;
            mended.text += _q.substr(done, span.begin - done);
            const auto begin = static_cast<std::uint32_t>(mended.text.size());
            const auto& words = doubtful[i].candidates[chosen[i]].words;
            for (std::size_t word = 0; word < words.size(); ++word) {
                mended.text += (word > 0 ? " " : "") + spelled(words[word], word == 0 && beginsWithCapital(span));
            }
            mended.changed.push_back({begin, static_cast<std::uint32_t>(mended.text.size())});
            done = span.end;
        }
        mended.text += _q.substr(done);
        return mended;
    }

private:
    bool isOfTheField(const std::string& folded) const
    {
        const auto known = _words.words.find(folded);
        return known && _words.ofTheField[*known];
    }

    std::vector<Candidate> candidatesFor(const Doubtful& word) const
    {
        auto found = nearWords(word, FirstLetter::same);
        if (found.empty() && word.documents == 0) {
            found = splits(word.typed);
        }
        if (found.empty() && word.documents == 0) {
            found = nearWords(word, FirstLetter::any);
        }
        return found;
    }

    std::vector<Candidate> nearWords(const Doubtful& word, FirstLetter firstLetter) const
    {
        std::vector<Candidate> found;
        const auto forgiven = word.documents > 0 ? 1 : editsForgiven(word.typed.size());
        const auto least = word.documents * kFarMoreFrequent;
        _words.words.near(word.typed, {forgiven, Extent::word, firstLetter}, [&](WordRange range, unsigned edits) {
            for (auto near = range.first; near < range.last; ++near) {
                const auto documents = _words.documents[near];
                const std::string candidate{_words.words.at(near)};
                if (edits == 0 || documents < std::max<std::uint32_t>(least, 1) ||
                    (word.documents > 0 && word.typed.size() < kMinRareLetters)) {
                    continue;
                }
                found.push_back({{candidate}, scoreOf(word.typed, candidate, edits, near)});
            }
        });
        return bestOf(std::move(found), word);
    }

    double scoreOf(std::string_view typed, const std::string& candidate, unsigned edits, std::uint32_t number) const
    {
        double score = std::log(1.0 + _words.documents[number]) - kEditCost * edits;
        score += _words.ofTheField[number] ? kFieldBonus : 0.0;
        score -= typed.front() != candidate.front() ? kFirstLetterCost : 0.0;
        score += soundOf(typed) == soundOf(candidate) || sameLetters(typed, candidate) ? kSameSoundBonus : 0.0;
        return score;
    }

    // By score, those of the query's language before others; only what the present index still has.
    std::vector<Candidate> bestOf(std::vector<Candidate> found, const Doubtful& word) const
    {
        std::ranges::stable_sort(found, std::greater{}, &Candidate::score);
        found.resize(std::min(found.size(), kMaxJudged));
        std::erase_if(found, [&](const Candidate& candidate) {
            return !_sources.database.term_exists(candidate.words.front()) ||
                   (word.documents > 0 && sharesStem(word.typed, candidate.words.front()));
        });
        for (auto& candidate : found) {
            candidate.score += kLanguageBonus * shareInLanguage(candidate.words.front());
        }
        std::ranges::stable_sort(found, std::greater{}, &Candidate::score);
        std::erase_if(found, [best = found.empty() ? 0.0 : found.front().score](const Candidate& candidate) {
            return candidate.score < best - kMostBehind;
        });
        found.resize(std::min(found.size(), kMaxCandidates));
        return found;
    }

    bool sharesStem(const std::string& one, const std::string& other) const
    {
        return std::ranges::any_of(
            _sources.analyzers, [&](const auto& entry) { return entry.second.stem(one) == entry.second.stem(other); });
    }

    // Which part of the first documents with the term is in the query's language.
    double shareInLanguage(const std::string& term) const
    {
        const auto& languages = _sources.snapshot.columns.column(schema::Facet::language);
        const auto code = text::codeOf(_language);
        std::size_t looked = 0;
        std::size_t own = 0;
        const auto end = _sources.database.postlist_end(term);
        for (auto posting = _sources.database.postlist_begin(term); posting != end && looked < kSampledPostings;
             ++posting, ++looked) {
            if (*posting <= _sources.snapshot.columns.lastDocid) {
                const auto values = languages.of(*posting);
                own += !values.empty() && languages.values[values.front()] == code ? 1 : 0;
            }
        }
        return looked == 0 ? 0.0 : static_cast<double>(own) / static_cast<double>(looked);
    }

    // "finanzaslocales"
    std::vector<Candidate> splits(const std::string& typed) const
    {
        std::vector<Candidate> found;
        for (auto at = SpellingWords::kMinLetters; at + SpellingWords::kMinLetters <= typed.size(); ++at) {
            Candidate candidate{{typed.substr(0, at), typed.substr(at)}, 0.0};
            std::uint32_t least = 0xffffffffU;
            for (const auto& part : candidate.words) {
                least = isFunctionWord(part) ? 0 : std::min(least, _sources.database.get_termfreq(part));
            }
            if (least > 0) {
                candidate.score = std::log(1.0 + least) - kSplitCost;
                found.push_back(std::move(candidate));
            }
        }
        std::ranges::stable_sort(found, std::greater{}, &Candidate::score);
        found.resize(std::min(found.size(), kMaxCandidates));
        return found;
    }

    bool beginsWithCapital(const text::ByteSpan& span) const
    {
        const auto typed = std::string_view{_q}.substr(span.begin, span.end - span.begin);
        return typed.size() > 1 && typed[0] >= 'A' && typed[0] <= 'Z' && !(typed[1] >= 'A' && typed[1] <= 'Z');
    }

    // With its accents: as titles and labels in the query's language write it, else as most texts do, else as titles
    // and labels in another language.
    std::string spelled(const std::string& folded, bool capital) const
    {
        std::string written;
        std::string elsewhere;
        if (const auto number = _words.words.find(folded)) {
            const auto first = std::ranges::lower_bound(_words.accented, *number, {}, &SpellingWords::Accented::word);
            for (auto way = first; way != _words.accented.end() && way->word == *number; ++way) {
                elsewhere = way == first ? way->exact : elsewhere;
                written = way->language == _language ? way->exact : written;
            }
        }
        if (written.empty()) {
            written = asTextsWriteIt(folded);
        }
        if (written.empty()) {
            written = elsewhere.empty() ? folded : elsewhere;
        }
        if (capital && written[0] >= 'a' && written[0] <= 'z') {
            written[0] = static_cast<char>(written[0] - 'a' + 'A');
        }
        return written;
    }

    // The most frequent way in the query's language; in any where it has none. "" when no text has accents on it.
    std::string asTextsWriteIt(const std::string& folded) const
    {
        const auto prefix = schema::exactTerm(folded);
        std::vector<std::string> terms;
        const auto end = _sources.database.allterms_end(prefix);
        for (auto term = _sources.database.allterms_begin(prefix); term != end && terms.size() < kMaxWays; ++term) {
            terms.push_back(*term);
        }
        for (const bool ownLanguage : {true, false}) {
            const auto documents = [&](const std::string& term) {
                return _sources.database.get_termfreq(term) * (ownLanguage ? shareInLanguage(term) : 1.0);
            };
            // A document that writes the word in two ways counts for the one with accents.
            double plain = documents(folded);
            double most = 0.0;
            std::string usual;
            for (const auto& term : terms) {
                const double uses = documents(term);
                plain -= uses;
                usual = uses > most ? term.substr(prefix.size()) : usual;
                most = std::max(most, uses);
            }
            if (most > 0.0 || plain > 0.0) {
                return terms.empty() ? "" : most >= plain ? usual : folded;
            }
        }
        return "";
    }

    const SpellingSources& _sources;
    const SpellingWords& _words;
    text::Language _language;
    const std::string& _q;
};

// Which candidates to try together: all the best; then the next one of a single word.
std::vector<std::vector<std::size_t>> choices(const std::vector<Doubtful>& doubtful)
{
    std::vector<std::vector<std::size_t>> all{std::vector<std::size_t>(doubtful.size(), 0)};
    for (std::size_t next = 1; next < kMaxCandidates; ++next) {
        for (std::size_t word = 0; word < doubtful.size(); ++word) {
            if (next < doubtful[word].candidates.size()) {
                all.push_back(all.front());
                all.back()[word] = next;
            }
        }
    }
    all.resize(std::min(all.size(), kMaxTries));
    return all;
}

bool isWorthIt(const Finding& found, const Finding& mended, bool allUnknown)
{
    if (mended.works == 0 || (found.asAsked && !mended.asAsked)) {
        return false;
    }
    if (!allUnknown) {
        return mended.works >= kFarMoreWorks * std::max<std::uint64_t>(found.works, 1);
    }
    return (mended.asAsked && !found.asAsked) || mended.works >= found.works;
}

} // namespace

bool hasDoubtfulWord(const Xapian::Database& database, const std::map<text::Language, text::Analyzer>& analyzers,
                     const query::ParsedQuery& parsed)
{
    QueryWords words;
    for (const auto& [language, analyzer] : analyzers) {
        collectWords(parsed.root, true, analyzer, words);
    }
    return std::ranges::any_of(words.bare, [&](const std::string& folded) {
        return mayBeMistyped(folded) && documentsWith(database, analyzers, folded) <= kRare;
    });
}

std::optional<DidYouMean> respelled(const SpellingSources& sources, const SearchRequest& request,
                                    const query::ParsedQuery& parsed, const Finding& found, const Try& tryQuery)
{
    const Speller speller{sources, request};
    const auto doubtful = speller.doubtfulWords(parsed);
    if (doubtful.empty()) {
        return std::nullopt;
    }
    const bool allUnknown = std::ranges::all_of(doubtful, [](const Doubtful& word) { return word.documents == 0; });
    std::optional<DidYouMean> second; // finds a part of the words only
    for (const auto& chosen : choices(doubtful)) {
        auto mended = speller.rewritten(doubtful, chosen);
        const auto finding = tryQuery(mended.text);
        if (!isWorthIt(found, finding, allUnknown)) {
            continue;
        }
        if (finding.asAsked) {
            return mended;
        }
        if (!second) {
            second = std::move(mended);
        }
    }
    return second;
}

} // namespace acervo::search::detail
