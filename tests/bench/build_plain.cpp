// Indexes the benchmark's documents with plain Xapian: TermGenerator, positions, one writer, defaults throughout.
// Filters are terms and the year a value, as its guide recommends; of a document it keeps the title.
//
// usage: bench_build_plain DOCUMENTS.jsonl DATABASE
#include "tests/bench/plain_index.h"

#include <nlohmann/json.hpp>
#include <xapian.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <string>

namespace {

using nlohmann::json;

void addDocument(Xapian::WritableDatabase& database, Xapian::TermGenerator& terms, const json& source)
{
    Xapian::Document document;
    terms.set_document(document);
    terms.set_stemmer(Xapian::Stem{acervo::bench::stemmerOf(source["language"])});
    const auto title = source["title"].get<std::string>();
    terms.index_text(title, 1, "S");
    terms.index_text(title);
    if (source.contains("text")) {
        terms.increase_termpos();
        terms.index_text(source["text"].get<std::string>());
    } else {
        for (const auto& page : source["pages"]) {
            terms.increase_termpos();
            terms.index_text(page["text"].get<std::string>());
        }
    }
    document.add_boolean_term(acervo::bench::kSectionPrefix + source["section"].get<std::string>());
    document.add_boolean_term(acervo::bench::kTypePrefix + source["type"].get<std::string>());
    document.add_boolean_term("XLNG" + source["language"].get<std::string>());
    for (const auto& theme : source["themes"]) {
        document.add_boolean_term("XTHM" + theme.get<std::string>());
    }
    for (const auto& country : source["countries"]) {
        document.add_boolean_term("XCTY" + country.get<std::string>());
    }
    document.add_value(acervo::bench::kYearSlot, Xapian::sortable_serialise(source["year"].get<double>()));
    document.set_data(title);
    database.add_document(document);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("usage: bench_build_plain DOCUMENTS.jsonl DATABASE\n", stderr);
        return 2;
    }
    try {
        Xapian::WritableDatabase database{argv[2], Xapian::DB_CREATE};
        Xapian::TermGenerator terms;
        std::ifstream lines{argv[1]};
        for (std::string line; std::getline(lines, line);) {
            addDocument(database, terms, json::parse(line));
        }
        database.commit();
        return database.get_doccount() > 0 ? 0 : 1;
    } catch (const Xapian::Error& error) {
        std::fprintf(stderr, "bench_build_plain: %s\n", error.get_description().c_str());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_build_plain: %s\n", error.what());
    }
    return 1;
}
