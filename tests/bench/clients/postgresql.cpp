#include "tests/bench/clients/client.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace acervo::bench {

namespace {

// $1 language, $2 words, $3 section, $4 type, $5 and $6 years. `words` is the stored tsvector, with an index (GIN).
constexpr const char* kMatched = "FROM documents, websearch_to_tsquery($1::regconfig, $2) query WHERE words @@ query ";
constexpr const char* kBest = "ORDER BY ts_rank(words, query) DESC LIMIT 10";
constexpr const char* kFilters = "AND section = $3 AND type = $4 AND year BETWEEN $5::int AND $6::int ";

// Distinct works by value, of every facet; of a table expression called matched.
constexpr const char* kFacets =
    "SELECT 'section', section, count(DISTINCT work)::text FROM matched GROUP BY section UNION ALL "
    "SELECT 'type', type, count(DISTINCT work)::text FROM matched GROUP BY type UNION ALL "
    "SELECT 'year', year::text, count(DISTINCT work)::text FROM matched GROUP BY year UNION ALL "
    "SELECT 'language', language, count(DISTINCT work)::text FROM matched GROUP BY language UNION ALL "
    "SELECT 'theme', theme, count(DISTINCT work)::text FROM matched, unnest(themes) theme GROUP BY theme UNION ALL "
    "SELECT 'country', country, count(DISTINCT work)::text FROM matched, unnest(countries) country GROUP BY country";

std::string statementFor(const std::string& kind)
{
    const std::string facets = kFacets;
    const std::string matched = std::string{"WITH matched AS MATERIALIZED (SELECT id, work, section, type, year, "
                                            "language, themes, countries, ts_rank(words, query) AS rank "} +
                                kMatched + "), top AS (SELECT id FROM matched ORDER BY rank DESC LIMIT 10) ";
    if (kind == "three_filters") {
        return std::string{"SELECT id, title "} + kMatched + kFilters + kBest;
    }
    if (kind == "three_facets") {
        return matched + "SELECT 'hit', title, id FROM top JOIN documents USING (id) UNION ALL " + facets;
    }
    if (kind == "page") {
        return matched +
               "SELECT 'hit', title, ts_headline($1::regconfig, body, websearch_to_tsquery($1::regconfig, $2)) FROM "
               "top "
               "JOIN documents USING (id) UNION ALL " +
               facets;
    }
    if (kind == "all_facets") {
        return "WITH matched AS NOT MATERIALIZED (SELECT * FROM documents) " + facets;
    }
    if (kind == "suggest") {
        return "SELECT title FROM documents WHERE lower(title) LIKE lower($2) || '%' ORDER BY lower(title) LIMIT 8";
    }
    return std::string{"SELECT id, title "} + kMatched + kBest;
}

// websearch_to_tsquery joins by AND what nothing joins.
std::string wordsOf(std::string text)
{
    for (auto at = text.find(" AND "); at != std::string::npos; at = text.find(" AND ")) {
        text.replace(at, 5, " ");
    }
    return text;
}

class PostgresqlClient : public Client {
public:
    explicit PostgresqlClient(const std::string& connection) : _connection(PQconnectdb(connection.c_str()), PQfinish)
    {
        if (PQstatus(_connection.get()) != CONNECTION_OK) {
            throw std::runtime_error{std::string{"PostgreSQL: "} + PQerrorMessage(_connection.get())};
        }
    }

    int process() const { return PQbackendPID(_connection.get()); }

    Answered ask(const Question& question) override
    {
        const auto statement = statementFor(question.kind);
        const std::string language = question.language == "fr"   ? "french"
                                     : question.language == "es" ? "spanish"
                                                                 : "english";
        const auto words = wordsOf(question.text);
        const auto from = std::to_string(question.yearFrom);
        const auto to = std::to_string(question.yearTo);
        const std::array<const char*, 6> values{language.c_str(),      words.c_str(), question.section.c_str(),
                                                question.type.c_str(), from.c_str(),  to.c_str()};
        // All are text unless the statement says otherwise; it must use all that it is given.
        const int used = question.kind == "three_filters" ? 6 : question.kind == "all_facets" ? 0 : 2;
        const std::array<Oid, 6> types{kText, kText, kText, kText, kText, kText};
        const std::unique_ptr<PGresult, decltype(&PQclear)> result{
            PQexecParams(_connection.get(), statement.c_str(), used, types.data(), values.data(), nullptr, nullptr, 0),
            PQclear};
        if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
            throw std::runtime_error{std::string{"PostgreSQL: "} + PQerrorMessage(_connection.get())};
        }
        return {static_cast<std::size_t>(PQntuples(result.get()))};
    }

private:
    static constexpr Oid kText = 25;
    std::unique_ptr<PGconn, decltype(&PQfinish)> _connection;
};

// Of the children of the postmaster that have ended: parallel workers.
double endedChildrenMilliseconds(int process)
{
    std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
    std::string line;
    std::getline(file, line);
    std::istringstream fields{line.substr(line.rfind(')') + 2)};
    std::string skipped;
    for (int i = 0; i < 13; ++i) { // state .. stime
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) * 1e3 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

} // namespace

System postgresqlSystem(const std::string& connection, int process)
{
    const auto backend = std::make_shared<int>(0); // of the first client
    return {"postgresql", searchClasses(),
            [connection, backend]() -> std::unique_ptr<Client> {
                auto client = std::make_unique<PostgresqlClient>(connection);
                if (*backend == 0) {
                    *backend = client->process();
                }
                return client;
            },
            [process, backend] { return processMilliseconds(*backend) + endedChildrenMilliseconds(process); }};
}

} // namespace acervo::bench
