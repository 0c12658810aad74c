#include "tests/relevance/path.h"

#include <xapian.h>

namespace acervo::relevance {

namespace {

std::string stemmerOf(const std::string& language)
{
    const std::map<std::string, std::string> names{{"en", "english"}, {"fr", "french"}, {"es", "spanish"}};
    const auto name = names.find(language);
    return name == names.end() ? "none" : name->second;
}

} // namespace

struct PlainPath::State {
    Xapian::WritableDatabase database{"", Xapian::DB_BACKEND_INMEMORY};
};

PlainPath::PlainPath(std::unique_ptr<State> state) : _state(std::move(state)) {}
PlainPath::PlainPath(PlainPath&&) noexcept = default;
PlainPath::~PlainPath() = default;

PlainPath PlainPath::build(const std::vector<const Document*>& documents)
{
    auto state = std::make_unique<State>();
    for (const auto* source : documents) {
        Xapian::Document document;
        Xapian::TermGenerator generator;
        generator.set_stemmer(Xapian::Stem{stemmerOf(source->language)});
        generator.set_document(document);
        generator.index_text(source->title, 1, "S");
        generator.index_text(source->title);
        generator.increase_termpos();
        generator.index_text(source->text);
        document.set_data(source->id);
        state->database.add_document(document);
    }
    return PlainPath{std::move(state)};
}

std::vector<std::string> PlainPath::rank(const Query& query) const
{
    Xapian::QueryParser parser;
    parser.set_stemmer(Xapian::Stem{stemmerOf(query.language)});
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    parser.set_database(_state->database);
    Xapian::Query parsed;
    try {
        parsed = parser.parse_query(query.text);
    } catch (const Xapian::QueryParserError&) { // of its own operators in running text: take them as words
        parsed = parser.parse_query(query.text, 0);
    }
    Xapian::Enquire enquire{_state->database};
    enquire.set_query(parsed);
    std::vector<std::string> ids;
    const auto matches = enquire.get_mset(0, kRanks);
    for (auto match = matches.begin(); match != matches.end(); ++match) {
        ids.push_back(match.get_document().get_data());
    }
    return ids;
}

} // namespace acervo::relevance
