// The text dictionaries that are generated from Wiktionary: one sense a line, explained or translated in English.
#include "indexer/lexicon/detail/formats.h"

#include "indexer/lexicon/detail/input.h"
#include "indexer/lexicon/detail/phrase_text.h"
#include "indexer/lexicon/source_file.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace acervo::lexicon {

namespace {

// Weights: the first translation of the first sense is the likeliest.
constexpr double kNextAlternative = 0.08; // less for each one further on in its sense
constexpr double kNextSense = 0.08;       // less for each sense of the headword before
constexpr double kLeast = 0.3;
constexpr double kMarked = 0.5; // times, for archaic, slang and the like

constexpr std::size_t kMostAlternatives = 6;    // of one sense
constexpr std::size_t kMostDefinitionWords = 2; // of a rendering that a definition follows

constexpr std::array<std::string_view, 21> kSkippedKinds{
    "letter",   "prefix",      "suffix",     "affix",   "infix", "symbol",  "proverb",
    "particle", "art",         "determiner", "conj",    "pron",  "prep",    "phrase",
    "idiom",    "contraction", "interj",     "phrasef", "",      "phrasem", "circumfix"};

constexpr std::array<std::string_view, 9> kMarks{"archaic", "obsolete",   "dated",    "rare",          "slang",
                                                 "vulgar",  "pejorative", "heraldry", "heraldiccharge"};

// A gloss that holds one of these explains the word instead of translating it.
constexpr std::array<std::string_view, 30> kExplaining{
    "someone",      "somebody",     "something",  "one's",      "oneself", "which",      "who",        "that",
    "whose",        "used",         "such",       "pertaining", "form",    "spelling",   "plural",     "feminine",
    "masculine",    "abbreviation", "initialism", "acronym",    "surname", "participle", "diminutive", "superlative",
    "augmentative", "relating",     "inhabitant", "synonym",    "etc",     "singular"};

bool explains(std::string_view phrase)
{
    const auto words = split(phrase, ' ');
    return std::ranges::any_of(
               words,
               [](std::string_view word) { return std::ranges::find(kExplaining, word) != kExplaining.end(); }) ||
           phrase.find("given name") != std::string_view::npos || phrase.find(" of ") == 0;
}

bool startsWithCapital(std::string_view text)
{
    return !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
}

// "a liquid", "the capital": what a definition goes on with.
bool continuesDefinition(std::string_view text)
{
    constexpr std::array<std::string_view, 12> kBeginnings{
        "a ", "an ", "the ", "which ", "that ", "especially ", "usually ", "often ", "such ", "made ", "used ", "in "};
    return std::ranges::any_of(kBeginnings, [&](std::string_view beginning) { return text.starts_with(beginning); });
}

// "football team in Valladolid": longer than a term, and held together by a preposition. Verbs ("put up with") are
// spared.
bool describes(std::string_view phrase)
{
    constexpr std::array<std::string_view, 9> kPrepositions{"in", "for", "from", "with", "by",
                                                            "on", "at",  "as",   "like"};
    const auto words = split(phrase, ' ');
    return words.size() > 2 && !phrase.starts_with("to ") && std::ranges::any_of(words, [&](std::string_view word) {
               return std::ranges::find(kPrepositions, word) != kPrepositions.end();
           });
}

bool startsWithArticle(std::string_view text)
{
    return text.starts_with("a ") || text.starts_with("an ") || text.starts_with("the ");
}

// The renderings of one gloss, the likeliest first; empty when it only explains.
std::vector<std::string> renderingsOf(std::string_view gloss, bool isName)
{
    const auto parts = alternatives(gloss, "or");
    std::vector<std::string> renderings;
    if (parts.empty()) {
        return renderings;
    }
    const auto first = withoutLeadingParticle(parts.front());
    const bool isSentence = startsWithCapital(parts.front()) && !isName;
    if (isSentence && parts.size() > 1 && continuesDefinition(parts[1])) {
        if (wordCount(first) > kMostDefinitionWords) {
            return renderings;
        }
        renderings.push_back(first); // "Water, a liquid that is ..."
    } else if (wordCount(first) > kMaxRenderingWords ||
               ((isSentence || startsWithArticle(parts.front())) && wordCount(first) > kMostDefinitionWords)) {
        return renderings; // its commas are those of a sentence
    } else {
        for (const auto& part : parts) {
            if (!describes(part)) {
                renderings.push_back(withoutLeadingParticle(part));
            }
        }
    }
    std::erase_if(renderings, [](const std::string& each) { return !isShortPhrase(each) || explains(each); });
    if (renderings.size() > kMostAlternatives) {
        renderings.resize(kMostAlternatives);
    }
    return renderings;
}

// One line: headword, kind in braces, labels in brackets, gloss.
struct Sense {
    std::string_view headword;
    std::string_view kind;
    std::string_view labels;
    std::string_view gloss;
};

std::optional<Sense> senseOf(std::string_view line)
{
    const auto brace = line.find(" {");
    const auto end = brace == std::string_view::npos ? brace : line.find('}', brace);
    const auto colons = end == std::string_view::npos ? end : line.find("::", end);
    if (colons == std::string_view::npos) {
        return std::nullopt;
    }
    return Sense{trim(line.substr(0, brace)), trim(line.substr(brace + 2, end - brace - 2)),
                 trim(line.substr(end + 1, colons - end - 1)), trim(line.substr(colons + 2))};
}

bool isMarked(std::string_view labels)
{
    return std::ranges::any_of(kMarks, [&](std::string_view mark) { return labels.find(mark) != labels.npos; });
}

} // namespace

Result<Imported> readWiktionary(const ImportRequest& request)
{
    const auto text = readText(request.file);
    if (!text) {
        return text.error();
    }
    auto from = request.from;
    Imported imported;
    imported.source.origin = Origin::dictionary;
    imported.source.licence = "CC-BY-SA-3.0";
    std::unordered_map<std::string, std::size_t> senses; // of a headword, so far
    std::string_view line;
    for (Lines lines{*text}; lines.next(line);) {
        if (line.starts_with('#')) {
            if (imported.source.title.empty()) {
                imported.source.title = trim(line.substr(1));
                for (const auto& [name, language] :
                     {std::pair{"French ::", text::Language::fr}, std::pair{"Spanish ::", text::Language::es}}) {
                    if (from == text::Language::other && imported.source.title.starts_with(name)) {
                        from = language;
                    }
                }
            }
            continue;
        }
        const auto sense = senseOf(line);
        if (!sense || sense->headword.empty()) {
            ++imported.skipped["lines without \"{...} ::\""];
            continue;
        }
        if (from == text::Language::other) {
            return Error{ErrorCode::invalidArgument,
                         request.file.string() + " does not say its language: name it with --from (fr, es)"};
        }
        if (std::ranges::find(kSkippedKinds, sense->kind) != kSkippedKinds.end()) {
            ++imported.skipped["function words, affixes, phrases"];
            continue;
        }
        const bool isName = sense->kind.starts_with("prop");
        const auto renderings = renderingsOf(sense->gloss, isName);
        if (renderings.empty()) {
            ++imported.skipped["explained, not translated"];
            continue;
        }
        const auto before = senses[std::string{sense->headword}]++;
        double weight = 1.0 - kNextSense * static_cast<double>(before);
        for (const auto& rendering : renderings) {
            if (isName && rendering == sense->headword) {
                ++imported.skipped["names that stay the same"];
                continue;
            }
            const auto kept = std::max(kLeast, weight) * (isMarked(sense->labels) ? kMarked : 1.0);
            imported.source.pairs.push_back({from, std::string{sense->headword}, text::Language::en, rendering, kept});
            weight -= kNextAlternative;
        }
        if (imported.source.pairs.size() > kMaxSourceRows) {
            return Error{ErrorCode::resourceLimit, request.file.string() + " has too many rows"};
        }
    }
    if (imported.source.pairs.empty()) {
        return Error{ErrorCode::corruptInput, request.file.string() + " holds no line \"word {kind} :: translation\""};
    }
    return imported;
}

} // namespace acervo::lexicon
