// FreeDict dictionaries as dictd serves them: an index of headwords and one long text of articles.
#include "indexer/lexicon/detail/formats.h"

#include "analyzers/text/normalise.h"
#include "indexer/lexicon/detail/input.h"
#include "indexer/lexicon/detail/phrase_text.h"
#include "indexer/lexicon/source_file.h"

#include <algorithm>
#include <cctype>

namespace acervo::lexicon {

namespace {

constexpr double kNextAlternative = 0.05; // less for each one further on in its sense
constexpr double kNextSense = 0.1;        // less for each sense before
constexpr double kLeast = 0.4;
constexpr std::size_t kMostArticleBytes = 64U << 10U;

// A number of the index: base 64, most significant digit first.
std::optional<std::size_t> numberOf(std::string_view digits)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t kMostDigits = 6;
    if (digits.empty() || digits.size() > kMostDigits) {
        return std::nullopt;
    }
    std::size_t number = 0;
    for (const char c : digits) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        number = number * kDigits.size() + digit;
    }
    return number;
}

// How many characters of the line are the number of a sense, "2. "; 0 when it begins with none.
std::size_t numbering(std::string_view line)
{
    std::size_t digits = 0;
    while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') {
        ++digits;
    }
    const bool isNumber = digits > 0 && digits <= 2 && digits < line.size() && line[digits] == '.' &&
                          (digits + 1 == line.size() || line[digits + 1] == ' ');
    return isNumber ? digits + 1 : 0;
}

// The translations of each sense as they are printed. The first line is the headword with its pronunciation; in a sense
// only the first line translates, the others are notes.
std::vector<std::string> sensesOf(std::string_view article)
{
    std::vector<std::string> senses;
    std::string_view line;
    bool isAwaited = true;
    Lines lines{article};
    lines.next(line);
    while (lines.next(line)) {
        line = trim(line);
        if (const auto number = numbering(line); number > 0) {
            line = trim(line.substr(number));
            isAwaited = !line.empty(); // a number without text heads a note
        }
        if (isAwaited && !line.empty()) {
            senses.emplace_back(line);
            isAwaited = false;
        }
    }
    return senses;
}

// Folded, and nothing but letters and digits.
std::string lettersOf(std::string_view text)
{
    auto letters = text::fold(text);
    std::erase_if(letters, [](char c) { return static_cast<unsigned char>(c) < 0x80 && std::isalnum(c) == 0; });
    return letters;
}

std::filesystem::path indexBeside(const std::filesystem::path& file)
{
    auto name = file.string();
    for (const std::string_view ending : {".dz", ".dict"}) {
        if (name.ends_with(ending)) {
            name.resize(name.size() - ending.size());
        }
    }
    return name + ".index";
}

// "freedict-fra-eng.dict.dz" -> fra, eng, when none were given.
void readLanguages(ImportRequest& request)
{
    const auto name = request.file.filename().string();
    const auto parts = split(std::string_view{name}.substr(0, name.find('.')), '-');
    if (parts.size() >= 2) {
        if (request.from == text::Language::other) {
            request.from = text::languageOf(parts[parts.size() - 2]);
        }
        if (request.to == text::Language::other) {
            request.to = text::languageOf(parts.back());
        }
    }
}

class Articles {
public:
    Articles(const ImportRequest& request, Imported& imported) : _request(request), _imported(imported) {}

    void add(std::string_view headword, const std::string& article)
    {
        const auto first = article.substr(0, article.find('\n'));
        const bool isName = first.find("<pn") != std::string::npos;
        double sense = 1.0;
        for (const auto& senseText : sensesOf(article)) {
            double weight = sense;
            for (const auto& each : alternatives(senseText)) {
                const auto rendering = _request.to == text::Language::en ? withoutLeadingParticle(each) : each;
                if (!isShortPhrase(rendering)) {
                    ++_imported.skipped["long or not a phrase"];
                } else if (isName && rendering == headword) {
                    ++_imported.skipped["names that stay the same"];
                } else {
                    _imported.source.pairs.push_back(
                        {_request.from, std::string{headword}, _request.to, rendering, std::max(kLeast, weight)});
                }
                weight -= kNextAlternative;
            }
            sense -= kNextSense;
        }
    }

private:
    const ImportRequest& _request;
    Imported& _imported;
};

} // namespace

Result<Imported> readFreedict(const ImportRequest& given)
{
    auto request = given;
    readLanguages(request);
    if (request.from == text::Language::other || request.to == text::Language::other) {
        return Error{ErrorCode::invalidArgument, request.file.string() + " does not say its languages: name them with "
                                                                         "--from and --to (en, fr, es)"};
    }
    const auto articles = readBytes(request.file);
    if (!articles) {
        return articles.error();
    }
    const auto indexFile = indexBeside(request.file);
    const auto index = readText(indexFile);
    if (!index) {
        return index.error();
    }
    Imported imported;
    imported.source.origin = Origin::dictionary;
    Articles collected{request, imported};
    std::string_view line;
    for (Lines lines{*index}; lines.next(line);) {
        const auto columns = split(line, '\t');
        const auto begin = columns.size() >= 3 ? numberOf(columns[1]) : std::nullopt;
        const auto length = columns.size() >= 3 ? numberOf(trim(columns[2])) : std::nullopt;
        if (!begin || !length || *begin > articles->size() || *length > articles->size() - *begin) {
            return Error{ErrorCode::corruptInput, indexFile.string() + ":" + std::to_string(lines.number()) +
                                                      ": no headword, place and length within " +
                                                      request.file.filename().string()};
        }
        const auto article =
            text::clean(std::string_view{*articles}.substr(*begin, std::min(*length, kMostArticleBytes)));
        if (columns[0].starts_with("00database") || columns[0].starts_with("00-database")) {
            if (columns[0] == "00databaseshort" || columns[0] == "00-database-short") {
                imported.source.title =
                    trim(std::string_view{article}.substr(std::min(article.size(), article.find('\n'))));
            }
            continue;
        }
        // The headword as the article prints it: the index leaves out capitals, apostrophes and hyphens.
        auto headword = withoutBrackets(std::string_view{article}.substr(0, article.find_first_of("/<\n")));
        if (lettersOf(headword) != lettersOf(columns[0])) {
            headword = trim(columns[0]);
        }
        collected.add(headword, article);
        if (imported.source.pairs.size() > kMaxSourceRows) {
            return Error{ErrorCode::resourceLimit, request.file.string() + " has too many rows"};
        }
    }
    return imported;
}

} // namespace acervo::lexicon
