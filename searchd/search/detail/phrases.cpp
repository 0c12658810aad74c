#include "searchd/search/detail/phrases.h"

#include "analyzers/text/analyzer.h"

#include <algorithm>

namespace acervo::search::detail {

namespace {

constexpr std::uint32_t kSmall = 1U << 31U; // a function word, a number, a letter: no phrase begins or ends with it
constexpr unsigned kJointAt = 28;           // the Joint before the word, two bits
constexpr std::uint32_t kNumber = (1U << kJointAt) - 1;
constexpr std::size_t kMaxSmallBetween = 2;
constexpr std::size_t kMaxWords = 3;
constexpr double kMostlyWithin = 0.9; // of a phrase's works have it within a longer frequent one

bool saysSomething(const std::string& folded, text::Language language)
{
    return folded.size() >= 3 && std::ranges::all_of(folded, [](char c) { return c < '0' || c > '9'; }) &&
           !text::isStopword(folded, language);
}

std::uint64_t mixed(std::uint64_t key, std::string_view word)
{
    return (key ^ std::hash<std::string_view>{}(word)) * 0x9E3779B97F4A7C15ULL + (key >> 29U);
}

Joint jointOf(std::uint32_t place)
{
    return static_cast<Joint>(place >> kJointAt & 3U);
}

} // namespace

void PhraseCounter::add(const std::vector<TextWord>& text, text::Language language, std::uint32_t work)
{
    _texts.push_back({static_cast<std::uint32_t>(_sequence.size()), work, language});
    for (const auto& word : text) {
        auto number = _words.numberOf(word.text) & kNumber;
        if (!saysSomething(_words.at(number).folded, language)) {
            number |= kSmall;
        }
        _sequence.push_back(number | static_cast<std::uint32_t>(word.joint) << kJointAt);
    }
}

std::uint64_t PhraseCounter::keyOf(std::uint32_t begin, std::uint32_t end) const
{
    std::uint64_t key = 0;
    for (auto i = begin; i < end; ++i) {
        key = mixed(key, _words.at(_sequence[i] & kNumber).folded);
    }
    return key;
}

// Calls visit(begin, end, number of words that say something, the text).
template <class Visit>
void PhraseCounter::forEachPhrase(const Visit& visit) const
{
    for (std::size_t text = 0; text < _texts.size(); ++text) {
        const auto last =
            text + 1 < _texts.size() ? _texts[text + 1].begin : static_cast<std::uint32_t>(_sequence.size());
        for (auto begin = _texts[text].begin; begin < last; ++begin) {
            if ((_sequence[begin] & kSmall) != 0) {
                continue;
            }
            std::size_t words = 1;
            std::size_t small = 0;
            for (auto i = begin + 1; i < last && jointOf(_sequence[i]) != Joint::none && words < kMaxWords; ++i) {
                if ((_sequence[i] & kSmall) != 0) {
                    if (++small > kMaxSmallBetween) {
                        break;
                    }
                    continue;
                }
                small = 0;
                visit(begin, i + 1, ++words, _texts[text]);
            }
        }
    }
}

// Works by phrase, of the phrases in enough works.
std::unordered_map<std::uint64_t, PhraseCounter::Seen> PhraseCounter::counted(std::uint32_t minWorks) const
{
    std::vector<std::pair<std::uint64_t, std::uint32_t>> standsIn;
    forEachPhrase([&](std::uint32_t begin, std::uint32_t end, std::size_t, const Text& text) {
        standsIn.emplace_back(keyOf(begin, end), text.work);
    });
    std::ranges::sort(standsIn);
    const auto repeated = std::ranges::unique(standsIn);
    standsIn.erase(repeated.begin(), repeated.end());
    std::unordered_map<std::uint64_t, Seen> kept;
    for (std::size_t i = 0; i < standsIn.size();) {
        auto next = i;
        while (next < standsIn.size() && standsIn[next].first == standsIn[i].first) {
            ++next;
        }
        if (next - i >= minWorks) {
            kept[standsIn[i].first].works = static_cast<std::uint32_t>(next - i);
        }
        i = next;
    }
    return kept;
}

std::string PhraseCounter::spellingOf(std::uint32_t begin, std::uint32_t end) const
{
    std::string spelling;
    for (auto i = begin; i < end; ++i) {
        if (i > begin) {
            const auto joint = jointOf(_sequence[i]);
            spelling += joint == Joint::apostrophe ? "’" : joint == Joint::dash ? "-" : " ";
        }
        spelling += _words.at(_sequence[i] & kNumber).shown;
    }
    return spelling;
}

std::vector<Phrase> PhraseCounter::frequent(std::uint32_t minWorks, std::size_t maxPhrases) const
{
    auto kept = counted(minWorks);
    forEachPhrase([&](std::uint32_t begin, std::uint32_t end, std::size_t words, const Text& text) {
        const auto found = kept.find(keyOf(begin, end));
        if (found == kept.end()) {
            return;
        }
        ++found->second.spellings[spellingOf(begin, end)];
        ++found->second.texts[static_cast<std::size_t>(text.language)];
        for (auto cut = begin + 1; words == kMaxWords && cut < end; ++cut) {
            for (const auto part : {keyOf(begin, cut), keyOf(cut, end)}) {
                if (const auto shorter = kept.find(part); shorter != kept.end()) {
                    shorter->second.worksOfLonger = std::max(shorter->second.worksOfLonger, found->second.works);
                }
            }
        }
    });
    std::vector<Phrase> phrases;
    for (const auto& [key, seen] : kept) {
        if (static_cast<double>(seen.worksOfLonger) < kMostlyWithin * static_cast<double>(seen.works)) {
            const auto usual = std::ranges::max_element(seen.spellings, {}, [](const auto& one) { return one.second; });
            const auto language = std::ranges::max_element(seen.texts) - seen.texts.begin();
            phrases.push_back({usual->first, static_cast<text::Language>(language), seen.works});
        }
    }
    std::ranges::sort(phrases, [](const Phrase& a, const Phrase& b) {
        return a.works != b.works ? a.works > b.works : a.text < b.text;
    });
    phrases.resize(std::min(phrases.size(), maxPhrases));
    return phrases;
}

} // namespace acervo::search::detail
