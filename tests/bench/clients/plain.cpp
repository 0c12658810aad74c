#include "tests/bench/clients/client.h"

#include "tests/bench/plain_index.h"

#include <xapian.h>

#include <stdexcept>

namespace acervo::bench {

namespace {

constexpr Xapian::doccount kShown = 10;

class PlainClient : public Client {
public:
    explicit PlainClient(const std::string& database) : _database(database), _enquire(_database)
    {
        _parser.set_database(_database);
        _parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    }

    Answered ask(const Question& question) override
    {
        try {
            _enquire.set_query(queryFor(question));
            return {_enquire.get_mset(0, kShown).size()};
        } catch (const Xapian::Error& error) {
            throw std::runtime_error{error.get_description()};
        }
    }

private:
    Xapian::Query queryFor(const Question& question)
    {
        if (question.kind == "all_facets") {
            return Xapian::Query{""};
        }
        _parser.set_stemmer(Xapian::Stem{stemmerOf(question.language)});
        const bool partial = question.kind == "suggest";
        const auto words = _parser.parse_query(question.text, Xapian::QueryParser::FLAG_DEFAULT |
                                                                  (partial ? Xapian::QueryParser::FLAG_PARTIAL : 0));
        if (question.section.empty()) {
            return words;
        }
        const Xapian::Query values{Xapian::Query::OP_AND, Xapian::Query{kSectionPrefix + question.section},
                                   Xapian::Query{kTypePrefix + question.type}};
        const Xapian::Query years{Xapian::Query::OP_VALUE_RANGE, kYearSlot,
                                  Xapian::sortable_serialise(question.yearFrom),
                                  Xapian::sortable_serialise(question.yearTo)};
        return {Xapian::Query::OP_FILTER, words, Xapian::Query{Xapian::Query::OP_AND, values, years}};
    }

    Xapian::Database _database;
    Xapian::Enquire _enquire;
    Xapian::QueryParser _parser;
};

} // namespace

System plainSystem(const std::string& database)
{
    return {"plain", searchClasses(),
            [database]() -> std::unique_ptr<Client> { return std::make_unique<PlainClient>(database); },
            threadMilliseconds};
}

} // namespace acervo::bench
