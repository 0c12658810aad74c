#include "tests/bench/source_texts.h"

#include "indexer/extract/extractor.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <unordered_set>

namespace acervo::bench {

namespace {

constexpr std::size_t kMinSentence = 25; // bytes; shorter ones are headings and buttons
constexpr std::size_t kMaxSentence = 500;
const std::set<std::string> kExtensions{"html", "txt", "md", "docx", "odt"};

std::string bytesOf(const std::filesystem::path& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// Mostly words: not a table of commands or numbers.
bool isProse(std::string_view sentence)
{
    const auto letters = std::ranges::count_if(sentence, [](unsigned char c) { return std::isalpha(c) || c >= 0x80; });
    return letters * 10 >= static_cast<std::ptrdiff_t>(sentence.size()) * 7;
}

// Without line ends, runs of spaces and the bullet of a list.
void appendSentence(std::string_view raw, std::unordered_set<std::string>& known, std::vector<std::string>& sentences)
{
    std::string sentence;
    const auto begin = std::ranges::find_if(raw, [](unsigned char c) { return std::isalnum(c) || c >= 0x80; });
    for (const char c : raw.substr(static_cast<std::size_t>(begin - raw.begin()))) {
        if (!std::isspace(static_cast<unsigned char>(c))) {
            sentence += c;
        } else if (!sentence.empty() && sentence.back() != ' ') {
            sentence += ' ';
        }
    }
    if (sentence.size() >= kMinSentence && sentence.size() <= kMaxSentence && isProse(sentence) &&
        known.insert(sentence).second) {
        sentences.push_back(std::move(sentence));
    }
}

void cutSentences(std::string_view text, std::unordered_set<std::string>& known, std::vector<std::string>& sentences)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool ends = i + 1 == text.size() ||
                          (text[i] == '.' && std::isspace(static_cast<unsigned char>(text[i + 1]))) ||
                          text.substr(i, 2) == "\n\n";
        if (ends) {
            appendSentence(text.substr(begin, i + 1 - begin), known, sentences);
            begin = i + 1;
        }
    }
}

} // namespace

std::vector<SourceText> readTexts(const std::filesystem::path& folder)
{
    // By name without language; html sorts before txt, so that what is left out is the plainer form.
    std::map<std::string, SourceText> byName;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path());
        }
    }
    std::ranges::sort(paths);
    std::array<std::unordered_set<std::string>, kLanguages.size()> known;
    for (const auto& path : paths) {
        const auto extension = path.extension().string();
        const auto language = path.stem().extension().string();
        const auto* const place =
            std::ranges::find(kLanguages, language.empty() ? std::string_view{} : std::string_view{language}.substr(1));
        if (place == kLanguages.end() || extension.empty() || !kExtensions.contains(extension.substr(1))) {
            continue;
        }
        const auto document = extract::extract(bytesOf(path), path.filename().string());
        if (!document) {
            continue;
        }
        const auto number = static_cast<std::size_t>(place - kLanguages.begin());
        auto& sentences = byName[path.parent_path() / path.stem().stem()].sentences[number];
        for (const auto& page : document->pages) {
            cutSentences(page.text, known[number], sentences);
        }
        // What a translation left in English; kLanguages[0] sorts first.
        std::erase_if(sentences, [&](const auto& sentence) { return number > 0 && known[0].contains(sentence); });
    }
    std::vector<SourceText> texts;
    for (auto& [name, text] : byName) {
        if (std::ranges::none_of(text.sentences, [](const auto& sentences) { return sentences.size() < 3; })) {
            texts.push_back(std::move(text));
        }
    }
    return texts;
}

} // namespace acervo::bench
