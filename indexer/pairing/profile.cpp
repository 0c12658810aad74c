#include "indexer/pairing/profile.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace acervo::pairing {

namespace {

constexpr std::uint32_t kTitleUses = 3; // as so many of the text counts a word of the title
constexpr std::size_t kMaxMentions = 200;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetterOrDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U;
}

// "1,234.5" and "1.234,5" are the same number; "12th" is none.
std::string digitsOf(std::string_view folded)
{
    std::string digits;
    for (const char c : folded) {
        if (isDigit(c)) {
            digits += c;
        } else if (isLetterOrDigit(c)) {
            return {};
        }
    }
    return digits;
}

// A capital that no sentence begins with: the word before stands on the same line and ends in a letter or a comma.
bool isNameAt(std::string_view text, std::size_t begin)
{
    const bool ascii = begin < text.size() && text[begin] >= 'A' && text[begin] <= 'Z';
    if (!ascii || begin < 2 || text[begin - 1] != ' ') {
        return false;
    }
    const char before = text[begin - 2];
    return (before >= 'a' && before <= 'z') || before == ',' || static_cast<unsigned char>(before) >= 0x80U;
}

std::string lower(std::string_view text)
{
    std::string lowered{text};
    std::ranges::transform(lowered, lowered.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lowered;
}

// What ends in the extension of a document: "see informe-2024-es.pdf".
void collectMentions(std::string_view text, std::set<std::string>& mentions)
{
    constexpr std::array<std::string_view, 9> kExtensions{".pdf",  ".docx", ".doc",  ".odt", ".epub",
                                                          ".html", ".htm",  ".pptx", ".txt"};
    const auto isInName = [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '%'; };
    for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
        const auto rest = text.substr(dot);
        const auto extension =
            std::ranges::find_if(kExtensions, [&](std::string_view one) { return rest.starts_with(one); });
        if (extension == kExtensions.end() || mentions.size() == kMaxMentions) {
            continue;
        }
        auto begin = dot;
        while (begin > 0 && isInName(text[begin - 1])) {
            --begin;
        }
        mentions.insert(lower(text.substr(begin, dot + extension->size() - begin)));
    }
}

struct Counting {
    std::unordered_map<std::string, ProfileWord> words; // by stem
    std::unordered_map<std::string, std::uint32_t> marks;
};

void count(std::string_view text, const text::Analyzer& analyzer, std::uint32_t uses, Counting& counting)
{
    constexpr std::size_t kShortestWord = 3;
    for (auto& token : analyzer.analyze(text)) {
        if (isDigit(token.folded.front())) {
            if (auto digits = digitsOf(token.folded); digits.size() >= 2) {
                counting.marks[std::move(digits)] += uses;
            }
            continue;
        }
        if (token.folded.size() < kShortestWord || text::isStopword(token.folded, analyzer.language())) {
            continue;
        }
        if (isNameAt(text, token.span.begin)) {
            counting.marks[token.folded] += uses;
        }
        auto& word = counting.words[token.stem];
        if (word.uses == 0) {
            word.stem = token.stem;
            word.folded = token.folded;
        }
        word.uses += uses;
    }
}

} // namespace

Profiler::Profiler()
{
    for (const auto language : text::kLanguages) {
        _analyzers.emplace(language, text::Analyzer{language});
    }
}

Profile Profiler::profileOf(const model::Edition& edition, const std::vector<model::Page>& pages) const
{
    Profile profile;
    profile.editionId = edition.editionId;
    profile.workId = edition.workId;
    profile.citableId = edition.citableId;
    profile.language = text::languageOf(edition.metadata.language);
    profile.audience = edition.audience;
    profile.title = edition.metadata.title;
    profile.uri = edition.sourceUri;
    profile.mediaType = edition.mediaType;
    profile.date = edition.metadata.date;
    profile.textBytes = edition.textBytes;
    profile.pageCount = edition.pageCount;
    const auto analyzer = _analyzers.find(profile.language);
    if (analyzer == _analyzers.end()) {
        return profile;
    }
    Counting counting;
    count(profile.title, analyzer->second, kTitleUses, counting);
    auto left = kMaxBytesRead;
    for (const auto& page : pages) {
        const auto text = text::truncateUtf8(page.text, left);
        left -= text.size();
        count(text, analyzer->second, 1, counting);
        collectMentions(text, profile.mentions);
    }
    std::vector<ProfileWord*> words;
    for (auto& [stem, word] : counting.words) {
        words.push_back(&word);
    }
    std::ranges::sort(
        words, [](const auto* a, const auto* b) { return a->uses != b->uses ? a->uses > b->uses : a->stem < b->stem; });
    words.resize(std::min(words.size(), kMaxWords));
    // Profiles of the whole library are held at once: none keeps room for words that it has not.
    profile.words.reserve(words.size());
    for (auto* word : words) {
        profile.words.push_back(std::move(*word));
    }
    std::vector<std::pair<std::string, std::uint32_t>> marks(counting.marks.begin(), counting.marks.end());
    std::ranges::sort(marks,
                      [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a < b; });
    marks.resize(std::min(marks.size(), kMaxMarks));
    profile.marks.insert(marks.begin(), marks.end());
    return profile;
}

std::string fileNameOf(std::string_view uri)
{
    const auto slash = uri.rfind('/');
    return lower(slash == std::string_view::npos ? uri : uri.substr(slash + 1));
}

} // namespace acervo::pairing
