#include "indexer/pipeline/metadata_rules.h"

#include "analyzers/text/detect.h"
#include "analyzers/text/language.h"
#include "analyzers/text/normalise.h"
#include "indexer/crawl/sidecar.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace acervo::pipeline {

namespace {

constexpr std::size_t kMaxTitleBytes = 500;
constexpr double kSurePage = 0.9; // below it a page goes with the document

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text)
{
    std::string lowered{text};
    std::ranges::transform(lowered, lowered.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lowered;
}

// "en", "fr", "es" and their longer forms, in file and folder names; "" for anything else.
std::string languageNamed(std::string_view name)
{
    static const std::map<std::string, std::string, std::less<>> names{
        {"en", "en"},  {"eng", "en"},      {"english", "en"}, {"fr", "fr"}, {"fra", "fr"},
        {"fre", "fr"}, {"francais", "fr"}, {"french", "fr"},  {"es", "es"}, {"esp", "es"},
        {"spa", "es"}, {"espanol", "es"},  {"spanish", "es"}};
    const auto found = names.find(lower(name));
    return found == names.end() ? std::string{} : found->second;
}

// Matches the whole of `path` against a pattern of literal text and {names}; names take the shortest that fits.
bool matchPattern(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& values)
{
    if (pattern.empty()) {
        return path.empty();
    }
    if (pattern.front() != '{' || pattern.find('}') == std::string_view::npos) {
        return !path.empty() && pattern.front() == path.front() &&
               matchPattern(pattern.substr(1), path.substr(1), values);
    }
    const auto end = pattern.find('}');
    const std::string name{pattern.substr(1, end - 1)};
    for (std::size_t length = 1; length <= path.size() && path[length - 1] != '/'; ++length) {
        if (matchPattern(pattern.substr(end + 1), path.substr(length), values)) {
            values[name] = path.substr(0, length);
            return true;
        }
    }
    return false;
}

model::Metadata metadataOf(const std::map<std::string, std::string>& values)
{
    const auto value = [&](const char* name) {
        const auto found = values.find(name);
        return found == values.end() ? std::string{} : found->second;
    };
    model::Metadata metadata;
    metadata.section = value("section");
    metadata.type = value("type");
    metadata.date = value("year") + value("date");
    metadata.language = languageNamed(value("language"));
    metadata.workKey = value("work");
    metadata.series = value("series");
    metadata.number = value("number");
    if (const auto theme = value("theme"); !theme.empty()) {
        metadata.themes.push_back(theme);
    }
    if (const auto country = value("country"); !country.empty()) {
        metadata.countries.push_back(country);
    }
    return metadata;
}

std::string_view withoutExtension(std::string_view uri)
{
    const auto dot = uri.rfind('.');
    const auto slash = uri.rfind('/');
    return dot == std::string_view::npos || (slash != std::string_view::npos && dot < slash) ? uri : uri.substr(0, dot);
}

model::Metadata languageFromNames(std::string_view uri)
{
    model::Metadata metadata;
    const auto stem = withoutExtension(uri);
    const auto cut = stem.find_last_of("._-/");
    const auto last = cut == std::string_view::npos ? stem : stem.substr(cut + 1);
    if (auto language = languageNamed(last); !language.empty()) {
        metadata.language = std::move(language);
        // "report.fr.pdf" belongs to "report"; "report/fr.html" to its folder.
        metadata.workKey = cut == std::string_view::npos || stem[cut] == '/'
                               ? std::string{stem.substr(0, stem.size() - last.size())} + "{language}"
                               : std::string{stem.substr(0, cut)};
        return metadata;
    }
    std::size_t begin = 0;
    for (auto slash = stem.find('/'); slash != std::string_view::npos; slash = stem.find('/', begin)) {
        if (auto language = languageNamed(stem.substr(begin, slash - begin)); !language.empty()) {
            metadata.language = std::move(language);
            metadata.workKey = std::string{stem.substr(0, begin)} + "{language}" + std::string{stem.substr(slash)};
            return metadata;
        }
        begin = slash + 1;
    }
    return metadata;
}

std::vector<std::string_view> firstParagraph(std::string_view text, std::size_t maxLines)
{
    std::vector<std::string_view> lines;
    while (!text.empty() && lines.size() < maxLines) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto first = text.find_first_not_of(" \t\r");
        if (first < end) {
            lines.push_back(text.substr(first, end - first));
        } else if (!lines.empty()) {
            break;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// Words of two letters and more; letters set far apart ("P R O P U E S T A") are none.
std::size_t wordsIn(std::string_view text)
{
    std::size_t words = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(" _-"), text.size());
        words += end >= 2 ? 1 : 0;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// What a text begins with, where it stands apart as a title does: a short paragraph of its own, or a line much shorter
// than those below it.
std::string openingTitle(std::string_view text)
{
    constexpr std::size_t kMaxLines = 6;
    constexpr std::size_t kTitleLines = 3;
    constexpr std::size_t kMaxBytes = 200;
    const auto lines = firstParagraph(text, kMaxLines);
    if (lines.empty()) {
        return {};
    }
    std::string whole;
    std::size_t longest = 0;
    for (const auto line : lines) {
        whole += (whole.empty() ? "" : " ") + std::string{line};
        longest = std::max(longest, line.size());
    }
    const bool apart = lines.size() <= kTitleLines && whole.size() <= kMaxBytes;
    std::string title = apart ? whole : std::string{lines.front()};
    const bool shorter = lines.front().size() * 3 <= longest * 2;
    return (apart || shorter) && title.size() <= kMaxBytes && wordsIn(title) >= 2 ? title : std::string{};
}

std::string titleFromContent(std::string_view uri, const std::vector<model::Page>& pages)
{
    for (const auto& page : pages) {
        if (!page.heading.empty()) {
            return std::string{text::truncateUtf8(page.heading, kMaxTitleBytes)};
        }
    }
    // Later pages than the first do not begin with the title.
    if (auto title = pages.empty() ? std::string{} : openingTitle(pages.front().text); !title.empty()) {
        return title;
    }
    auto name =
        std::string{withoutExtension(uri.substr(uri.rfind('/') == std::string_view::npos ? 0 : uri.rfind('/') + 1))};
    const bool speaks = wordsIn(name) >= 3;
    std::ranges::replace(name, '_', ' ');
    std::ranges::replace(name, '-', ' ');
    if (!speaks && !pages.empty()) {
        if (const auto lines = firstParagraph(pages.front().text, 1); !lines.empty() && lines.front().size() >= 3) {
            return std::string{text::truncateUtf8(lines.front(), 200)};
        }
    }
    return name;
}

std::string languageOfMost(const std::vector<model::Page>& pages)
{
    std::map<std::string, std::size_t> bytes;
    for (const auto& page : pages) {
        bytes[page.language] += page.text.size();
    }
    const auto most = std::ranges::max_element(bytes, {}, [](const auto& entry) { return entry.second; });
    return most == bytes.end() ? std::string{} : most->first;
}

class Mapper {
public:
    explicit Mapper(std::vector<std::string>& unknown) : _unknown(unknown) {}

    void one(const char* what, const vocabulary::Scheme& scheme, std::string& value)
    {
        if (value.empty()) {
            return;
        }
        const auto* found = scheme.find(value);
        if (found == nullptr) {
            found = scheme.findByLabel(value);
        }
        if (found != nullptr) {
            value = found->notation;
        } else {
            _unknown.push_back(std::string{what} + " \"" + value + "\"");
        }
    }

    void each(const char* what, const vocabulary::Scheme& scheme, std::vector<std::string>& values)
    {
        std::vector<std::string> distinct;
        for (auto& value : values) {
            one(what, scheme, value);
            if (!value.empty() && std::ranges::find(distinct, value) == distinct.end()) {
                distinct.push_back(std::move(value));
            }
        }
        values = std::move(distinct);
    }

private:
    std::vector<std::string>& _unknown;
};

} // namespace

model::Metadata metadataFromPath(std::string_view uri, const std::vector<std::string>& patterns)
{
    for (const auto& pattern : patterns) {
        std::map<std::string, std::string> values;
        if (matchPattern(pattern, uri, values)) {
            auto metadata = metadataOf(values);
            crawl::fillGaps(metadata, languageFromNames(uri));
            return metadata;
        }
    }
    return languageFromNames(uri);
}

model::PartialDate tidyDate(std::string_view written)
{
    const auto number = [&](std::size_t at, std::size_t digits) -> std::optional<int> {
        int value = 0;
        for (std::size_t i = at; i < at + digits; ++i) {
            if (i >= written.size() || !isDigit(written[i])) {
                return std::nullopt;
            }
            value = value * 10 + (written[i] - '0');
        }
        return value;
    };
    for (std::size_t at = 0; at + 4 <= written.size(); ++at) {
        if (at > 0 && isDigit(written[at - 1])) {
            continue;
        }
        const auto year = number(at, 4);
        if (!year || *year < 1800 || *year > 2100) {
            continue;
        }
        std::string date{written.substr(at, 4)};
        auto next = at + 4;
        for (const int most : {12, 31}) {
            const bool dashed = next < written.size() && (written[next] == '-' || written[next] == '/');
            const auto part = number(next + (dashed ? 1 : 0), 2);
            if (!part || *part < 1 || *part > most) {
                break;
            }
            date += '-';
            date += written.substr(next + (dashed ? 1 : 0), 2);
            next += dashed ? 3 : 2;
        }
        return date;
    }
    return {};
}

void detectLanguages(std::vector<model::Page>& pages)
{
    std::vector<double> confidences(pages.size(), 1.0);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (pages[i].language.empty()) {
            const auto guess = text::detectLanguage(pages[i].text);
            pages[i].language = text::codeOf(guess.language);
            confidences[i] = guess.confidence;
        }
    }
    // A cover with a name and a year, a page of figures: they go with the document.
    const auto most = languageOfMost(pages);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (confidences[i] < kSurePage || (pages[i].language.empty() && pages[i].text.size() < 40)) {
            pages[i].language = most;
        }
    }
}

MergedMetadata mergeMetadata(const model::Metadata* sidecar, const model::Metadata& properties, std::string_view uri,
                             const std::vector<model::Page>& pages, const config::Source& source,
                             const vocabulary::Vocabularies& vocabularies)
{
    MergedMetadata merged;
    auto& metadata = merged.metadata;
    if (sidecar != nullptr) {
        metadata = *sidecar;
    }
    auto fromPath = metadataFromPath(uri, source.pathPatterns);
    auto fromProperties = properties;
    fromProperties.date = tidyDate(fromProperties.date);
    // Templates carry their maker's language for ever: the property is believed only when the text agrees.
    const auto detected = languageOfMost(pages);
    const auto declared = std::string{text::codeOf(text::languageOf(fromProperties.language))};
    if (!detected.empty() && declared != detected) {
        fromProperties.language.clear();
    }
    // A file named as the edition in a language was named so on purpose; a page's declaration is its site's.
    if (!fromPath.language.empty()) {
        fromProperties.language.clear();
    }
    crawl::fillGaps(metadata, fromProperties);
    crawl::fillGaps(metadata, fromPath);
    metadata.date = tidyDate(metadata.date);

    if (metadata.language.empty()) {
        metadata.language = !source.language.empty() ? source.language : detected;
    }
    if (const auto known = text::codeOf(text::languageOf(metadata.language)); !known.empty()) {
        metadata.language = known;
    } else {
        metadata.language = lower(metadata.language.substr(0, metadata.language.find_first_of("-_")));
    }
    if (metadata.section.empty()) {
        metadata.section = source.section;
    }
    if (metadata.type.empty()) {
        metadata.type = source.type;
    }
    if (metadata.title.empty()) {
        metadata.title = titleFromContent(uri, pages);
    }
    metadata.title = text::truncateUtf8(metadata.title, kMaxTitleBytes);

    Mapper mapper{merged.unknownValues};
    mapper.one("section", vocabularies.sections, metadata.section);
    mapper.one("type", vocabularies.types, metadata.type);
    mapper.each("theme", vocabularies.themes, metadata.themes);
    mapper.each("country", vocabularies.countries, metadata.countries);
    mapper.each("sdg", vocabularies.sdgs, metadata.sdgs);
    return merged;
}

} // namespace acervo::pipeline
