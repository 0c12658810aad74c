#include "searchd/search/detail/suggest.h"

#include "analyzers/text/normalise.h"
#include "corpus/index/document_data.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxTypedBytes = 128;

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

// Whether the character before `at` is a sign beyond ASCII that parts words: U+0080..00BF (quotes), U+2000..206F
// (apostrophes, dashes, quotes).
bool isAfterSign(std::string_view folded, std::size_t at)
{
    return (at >= 2 && folded[at - 2] == '\xc2') ||
           (at >= 3 && folded[at - 3] == '\xe2' && (folded[at - 2] == '\x80' || folded[at - 2] == '\x81'));
}

std::vector<std::string_view> wordsOf(std::string_view folded)
{
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    const auto endWord = [&](std::size_t end) {
        if (end > begin) {
            words.push_back(folded.substr(begin, end - begin));
        }
    };
    for (std::size_t i = 0; i < folded.size(); ++i) {
        if (!isWordByte(folded[i])) {
            endWord(i);
            begin = i + 1;
        } else if (isAfterSign(folded, i + 1)) {
            endWord(i + 1 - (folded[i - 1] == '\xc2' ? 2 : 3));
            begin = i + 1;
        }
    }
    endWord(folded.size());
    return words;
}

bool beginsAWord(std::string_view folded, std::string_view beginning)
{
    for (auto at = folded.find(beginning); at != std::string_view::npos; at = folded.find(beginning, at + 1)) {
        if (at == 0 || !isWordByte(folded[at - 1]) || isAfterSign(folded, at)) {
            return true;
        }
    }
    return false;
}

bool completes(std::string_view folded, const std::vector<std::string_view>& typed)
{
    return std::ranges::all_of(typed, [&](std::string_view word) { return beginsAWord(folded, word); });
}

bool conceptCompletes(const vocabulary::Concept& item, const std::vector<std::string_view>& typed)
{
    const auto labelCompletes = [&](const std::string& label) { return completes(text::fold(label), typed); };
    return std::ranges::any_of(item.labels, [&](const auto& entry) { return labelCompletes(entry.second); }) ||
           std::ranges::any_of(item.altLabels,
                               [&](const auto& entry) { return std::ranges::any_of(entry.second, labelCompletes); });
}

void addConcepts(const Snapshot& snapshot, const vocabulary::Vocabularies& vocabularies,
                 const std::vector<std::string_view>& typed, text::Language language,
                 std::vector<Suggestion>& suggestions)
{
    for (const auto& info : schema::kFacets) {
        const auto* scheme = vocabulary::schemeOf(vocabularies, info.name);
        if (scheme == nullptr) {
            continue;
        }
        const auto facet = static_cast<std::size_t>(info.facet);
        const auto& values = snapshot.columns.facets[facet].values;
        for (std::size_t value = 0; value < values.size(); ++value) {
            const auto count = snapshot.everything.byValue[facet][value];
            const auto* item = count > 0 ? scheme->find(values[value]) : nullptr;
            if (item != nullptr && conceptCompletes(*item, typed)) {
                suggestions.push_back({scheme->label(item->notation, text::codeOf(language)), std::string{info.name},
                                       item->notation, count});
            }
        }
    }
    std::ranges::stable_sort(suggestions, std::greater{}, &Suggestion::count);
}

} // namespace

std::vector<Suggestion> suggest(const Xapian::Database& database, const Snapshot& snapshot,
                                const vocabulary::Vocabularies& vocabularies, const std::string& typed,
                                text::Language language, std::size_t limit)
{
    const auto folded = text::fold(text::truncateUtf8(typed, kMaxTypedBytes));
    const auto words = wordsOf(folded);
    std::vector<Suggestion> suggestions;
    if (words.empty() || limit == 0) {
        return suggestions;
    }
    addConcepts(snapshot, vocabularies, words, language, suggestions);
    suggestions.resize(std::min(suggestions.size(), (limit + 1) / 2));

    std::set<std::uint32_t> suggestedWorks;
    for (Xapian::docid id = 1; id < snapshot.titleKeys.size() && suggestions.size() < limit; ++id) {
        if (snapshot.titleKeys[id].empty() || !completes(snapshot.titleKeys[id], words) ||
            !suggestedWorks.insert(snapshot.columns.workOf[id]).second) {
            continue;
        }
        if (auto data = index::decode(database.get_document(id).get_data())) {
            suggestions.push_back({std::move(data->title), "title", std::move(data->citableId), 0});
        }
    }
    return suggestions;
}

} // namespace acervo::search::detail
