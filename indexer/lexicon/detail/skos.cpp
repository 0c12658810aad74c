#include "indexer/lexicon/detail/skos.h"

#include "analyzers/text/normalise.h"
#include "indexer/lexicon/detail/input.h"
#include "indexer/lexicon/source_file.h"

#include <raptor2/raptor2.h>

#include <algorithm>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace acervo::lexicon {

namespace {

constexpr std::string_view kSkos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view kSkosXl = "http://www.w3.org/2008/05/skos-xl#";
constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr std::string_view kThemes = "urn:acervo:themes:";

struct WorldFree {
    void operator()(raptor_world* world) const { ::raptor_free_world(world); }
};
struct ParserFree {
    void operator()(raptor_parser* parser) const { ::raptor_free_parser(parser); }
};
struct UriFree {
    void operator()(raptor_uri* uri) const { ::raptor_free_uri(uri); }
};

// A label that is a resource of its own (SKOS-XL), until its text is known.
struct NamedLabel {
    std::string conceptId;
    LabelKind kind = LabelKind::preferred;
};

// Collects what the statements say; they come in any order.
class Collector {
public:
    void take(const raptor_statement& statement)
    {
        if (++_statements > kMaxSourceRows || statement.predicate->type != RAPTOR_TERM_TYPE_URI ||
            statement.subject->type == RAPTOR_TERM_TYPE_LITERAL) {
            return;
        }
        const auto subject = nameOfTerm(*statement.subject);
        const auto predicate = nameOfTerm(*statement.predicate);
        if (statement.object->type == RAPTOR_TERM_TYPE_LITERAL) {
            takeLiteral(subject, predicate, statement.object->value.literal);
        } else {
            takeLink(subject, predicate, nameOfTerm(*statement.object));
        }
    }

    bool isTooLong() const { return _statements > kMaxSourceRows; }

    Imported finish()
    {
        auto& source = _imported.source;
        source.origin = Origin::thesaurus;
        for (const auto& [resource, label] : _namedLabels) {
            const auto [begin, end] = _forms.equal_range(resource);
            for (auto form = begin; form != end; ++form) {
                source.labels.push_back({label.conceptId, form->second.first, form->second.second, label.kind});
            }
        }
        // Some files give labels to schemes and collections too.
        if (!_concepts.empty()) {
            _imported.skipped["labels of what is no concept"] += std::erase_if(
                source.labels, [this](const Label& label) { return !_concepts.contains(label.conceptId); });
            std::erase_if(source.broader, [this](const Link& link) { return !_concepts.contains(link.conceptId); });
        }
        std::erase_if(_imported.skipped, [](const auto& entry) { return entry.second == 0; });
        return std::move(_imported);
    }

private:
    static std::string nameOfTerm(const raptor_term& term)
    {
        if (term.type == RAPTOR_TERM_TYPE_URI) {
            std::size_t length = 0;
            const auto* text = ::raptor_uri_as_counted_string(term.value.uri, &length);
            return text::clean({reinterpret_cast<const char*>(text), length});
        }
        return "_:" + text::clean(reinterpret_cast<const char*>(term.value.blank.string));
    }

    static std::optional<LabelKind> kindOf(std::string_view name)
    {
        if (name == "prefLabel") {
            return LabelKind::preferred;
        }
        if (name == "altLabel") {
            return LabelKind::alternative;
        }
        if (name == "hiddenLabel") {
            return LabelKind::hidden;
        }
        return std::nullopt;
    }

    void takeLiteral(const std::string& subject, std::string_view predicate, const raptor_term_literal_value& literal)
    {
        const bool isForm = predicate.starts_with(kSkosXl) && predicate.substr(kSkosXl.size()) == "literalForm";
        const auto kind = predicate.starts_with(kSkos) ? kindOf(predicate.substr(kSkos.size())) : std::nullopt;
        if (!isForm && !kind) {
            return;
        }
        const auto language = literal.language == nullptr
                                  ? text::Language::other
                                  : text::languageOf(reinterpret_cast<const char*>(literal.language));
        const auto text = text::clean({reinterpret_cast<const char*>(literal.string), literal.string_len});
        const auto trimmed = trim(text);
        if (language == text::Language::other) {
            ++_imported.skipped["labels in other languages or in none"];
        } else if (trimmed.empty()) {
            ++_imported.skipped["empty labels"];
        } else if (isForm) {
            _forms.emplace(subject, std::pair{language, std::string{trimmed}});
        } else {
            _imported.source.labels.push_back({subject, language, std::string{trimmed}, *kind});
        }
    }

    void takeLink(const std::string& subject, std::string_view predicate, const std::string& object)
    {
        if (predicate == kType) {
            if (object.starts_with(kSkos) && object.substr(kSkos.size()) == "Concept") {
                _concepts.insert(subject);
            }
        } else if (predicate.starts_with(kSkosXl)) {
            if (const auto kind = kindOf(predicate.substr(kSkosXl.size()))) {
                _namedLabels.emplace(object, NamedLabel{subject, *kind});
            }
        } else if (predicate.starts_with(kSkos)) {
            const auto name = predicate.substr(kSkos.size());
            if (name == "broader") {
                _imported.source.broader.push_back({subject, object});
            } else if (name == "narrower") {
                _imported.source.broader.push_back({object, subject});
            } else if ((name == "broadMatch" || name == "exactMatch") && object.starts_with(kThemes)) {
                _imported.source.themes.push_back({subject, object.substr(kThemes.size())});
            }
        }
    }

    Imported _imported;
    std::size_t _statements = 0;
    std::unordered_set<std::string> _concepts;
    std::unordered_map<std::string, NamedLabel> _namedLabels;
    std::unordered_multimap<std::string, std::pair<text::Language, std::string>> _forms;
};

// "turtle", "rdfxml" or "ntriples": raptor's names.
const char* syntaxOf(const std::filesystem::path& file, std::string_view bytes)
{
    const auto ending = file.extension();
    if (ending == ".nt") {
        return "ntriples";
    }
    if (ending == ".ttl") {
        return "turtle";
    }
    const auto beginning = trim(bytes.substr(0, 1024));
    return beginning.starts_with("<?xml") || beginning.find("<rdf:RDF") != std::string_view::npos ||
                   beginning.starts_with("<!DOCTYPE") || ending == ".rdf"
               ? "rdfxml"
               : "turtle";
}

struct FirstProblem {
    std::string text;
    int line = 0;
};

extern "C" void noteProblem(void* user, raptor_log_message* message)
{
    auto& problem = *static_cast<FirstProblem*>(user);
    if (message->level >= RAPTOR_LOG_LEVEL_ERROR && problem.text.empty()) {
        problem.text = message->text == nullptr ? "it cannot be read" : message->text;
        problem.line = message->locator == nullptr ? 0 : ::raptor_locator_line(message->locator);
    }
}

extern "C" void takeStatement(void* user, raptor_statement* statement)
{
    static_cast<Collector*>(user)->take(*statement);
}

extern "C" int refuseUri(void*, raptor_uri*)
{
    return 1;
}

} // namespace

Result<Imported> readSkos(const std::filesystem::path& file)
{
    const auto bytes = readBytes(file);
    if (!bytes) {
        return bytes.error();
    }
    FirstProblem problem;
    Collector collector;
    const std::unique_ptr<raptor_world, WorldFree> world{::raptor_new_world()};
    if (!world) {
        return Error{ErrorCode::internal, "raptor cannot be started"};
    }
    ::raptor_world_set_log_handler(world.get(), &problem, noteProblem);
    const std::unique_ptr<raptor_parser, ParserFree> parser{::raptor_new_parser(world.get(), syntaxOf(file, *bytes))};
    const std::unique_ptr<raptor_uri, UriFree> base{
        ::raptor_new_uri(world.get(), reinterpret_cast<const unsigned char*>("urn:acervo:import:"))};
    if (!parser || !base) {
        return Error{ErrorCode::internal, "raptor has no parser for this"};
    }
    ::raptor_parser_set_option(parser.get(), RAPTOR_OPTION_NO_NET, nullptr, 1);
    ::raptor_parser_set_option(parser.get(), RAPTOR_OPTION_NO_FILE, nullptr, 1);
    ::raptor_parser_set_option(parser.get(), RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, nullptr, 0);
    ::raptor_parser_set_uri_filter(parser.get(), refuseUri, nullptr);
    ::raptor_parser_set_statement_handler(parser.get(), &collector, takeStatement);
    auto status = ::raptor_parser_parse_start(parser.get(), base.get());
    constexpr std::size_t kChunk = 1U << 16U;
    for (std::size_t at = 0; status == 0 && at <= bytes->size() && !collector.isTooLong(); at += kChunk) {
        const auto length = std::min(kChunk, bytes->size() - at);
        const int isLast = at + kChunk > bytes->size() ? 1 : 0;
        status = ::raptor_parser_parse_chunk(parser.get(), reinterpret_cast<const unsigned char*>(bytes->data()) + at,
                                             length, isLast);
    }
    if (collector.isTooLong()) {
        return Error{ErrorCode::resourceLimit,
                     file.string() + " holds more than " + std::to_string(kMaxSourceRows) + " statements"};
    }
    if (status != 0 || !problem.text.empty()) {
        const auto line = problem.line > 0 ? ":" + std::to_string(problem.line) : std::string{};
        return Error{ErrorCode::corruptInput,
                     file.string() + line + ": " + (problem.text.empty() ? "it cannot be read" : problem.text)};
    }
    auto imported = collector.finish();
    if (imported.source.labels.empty()) {
        return Error{ErrorCode::corruptInput, file.string() + " holds no SKOS labels in English, French or Spanish"};
    }
    return imported;
}

} // namespace acervo::lexicon
