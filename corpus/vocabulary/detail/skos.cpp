#include "corpus/vocabulary/detail/skos.h"

#include "corpus/vocabulary/detail/label_key.h"
#include "corpus/vocabulary/detail/turtle.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acervo::vocabulary {
namespace {

constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kConcept = "http://www.w3.org/2004/02/skos/core#Concept";
constexpr std::string_view kNotation = "http://www.w3.org/2004/02/skos/core#notation";
constexpr std::string_view kPrefLabel = "http://www.w3.org/2004/02/skos/core#prefLabel";
constexpr std::string_view kAltLabel = "http://www.w3.org/2004/02/skos/core#altLabel";
constexpr std::string_view kBroader = "http://www.w3.org/2004/02/skos/core#broader";
constexpr std::string_view kNarrower = "http://www.w3.org/2004/02/skos/core#narrower";

// "en" of "en-GB"; serd gives tags in lower case or as written.
std::string primaryLanguage(std::string_view tag)
{
    std::string language(tag.substr(0, tag.find('-')));
    std::transform(language.begin(), language.end(), language.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return language;
}

class ConceptReader {
public:
    explicit ConceptReader(std::string file) : _file(std::move(file)) {}

    Result<std::vector<Concept>> read(const std::vector<Statement>& statements)
    {
        for (const auto& statement : statements) {
            if (statement.predicate == kType && statement.object == kConcept &&
                _places.emplace(statement.subject, _concepts.size()).second) {
                _concepts.emplace_back();
            }
        }
        for (const auto& statement : statements) {
            const auto place = _places.find(statement.subject);
            if (place == _places.end()) {
                continue;
            }
            auto& entry = _concepts[place->second];
            if (entry.line == 0) {
                entry.line = statement.line;
            }
            if (auto error = takeLiteral(entry, statement)) {
                return *error;
            }
        }
        for (const auto& statement : statements) {
            if (auto error = takeRelation(statement)) {
                return *error;
            }
        }
        return std::move(_concepts);
    }

private:
    std::optional<Error> takeLiteral(Concept& entry, const Statement& statement) const
    {
        const bool isNotation = statement.predicate == kNotation;
        const bool isPreferred = statement.predicate == kPrefLabel;
        if (!isNotation && !isPreferred && statement.predicate != kAltLabel) {
            return std::nullopt;
        }
        if (!statement.isLiteral || statement.object.empty()) {
            return at(statement.line, "a notation or label must be a text that is not empty");
        }
        if (isNotation) {
            if (!entry.notation.empty()) {
                return at(statement.line, "\"" + entry.notation + "\" has a second notation");
            }
            entry.notation = composed(statement.object);
            return std::nullopt;
        }
        const auto language = primaryLanguage(statement.language);
        if (language.empty()) {
            return at(statement.line, "label \"" + statement.object + "\" has no language");
        }
        if (!isPreferred) {
            entry.altLabels[language].push_back(composed(statement.object));
        } else if (!entry.labels.emplace(language, composed(statement.object)).second) {
            return at(statement.line, "second preferred label in language \"" + language + "\"");
        }
        return std::nullopt;
    }

    std::optional<Error> takeRelation(const Statement& statement)
    {
        const bool isBroader = statement.predicate == kBroader;
        if (!isBroader && statement.predicate != kNarrower) {
            return std::nullopt;
        }
        const auto child = _places.find(isBroader ? statement.subject : statement.object);
        const auto parent = _places.find(isBroader ? statement.object : statement.subject);
        if (child == _places.end() || parent == _places.end()) {
            const auto& unknown = child == _places.end() ? (isBroader ? statement.subject : statement.object)
                                                         : (isBroader ? statement.object : statement.subject);
            return at(statement.line, "<" + unknown + "> is not a concept of this file");
        }
        auto& narrow = _concepts[child->second];
        const auto& wide = _concepts[parent->second].notation;
        if (wide.empty()) {
            return at(_concepts[parent->second].line, "concept has no notation");
        }
        if (!narrow.broader.empty() && narrow.broader != wide) {
            return at(statement.line, "\"" + narrow.notation + "\" has two broader concepts, \"" + narrow.broader +
                                          "\" and \"" + wide + "\"");
        }
        narrow.broader = wide;
        return std::nullopt;
    }

    Error at(std::uint32_t line, std::string_view message) const
    {
        return {ErrorCode::corruptInput, _file + ":" + std::to_string(line) + ": " + std::string(message)};
    }

    std::string _file;
    std::map<std::string, std::size_t> _places; // URI -> place in _concepts
    std::vector<Concept> _concepts;
};

} // namespace

Result<std::vector<Concept>> readConcepts(const std::filesystem::path& file)
{
    const auto statements = readTurtle(file);
    if (!statements) {
        return statements.error();
    }
    return ConceptReader(file.string()).read(*statements);
}

} // namespace acervo::vocabulary
