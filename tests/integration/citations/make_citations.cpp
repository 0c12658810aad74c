// Writes the same works in every format, for programs that are not ours to read back: make_citations FOLDER.
// FOLDER/expected.json says what they must find.
#include "corpus/cite/cite.h"
#include "corpus/cite/reference.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>

namespace acervo::cite {

namespace {

model::Edition editionOf(const std::string& id, const std::string& title, std::vector<std::string> authors,
                         const model::PartialDate& date)
{
    model::Edition edition;
    edition.citableId = id;
    edition.mediaType = "application/pdf";
    edition.pageCount = 12;
    edition.indexedAt = 1'700'000'000;
    edition.metadata.language = "en";
    edition.metadata.title = title;
    edition.metadata.authors = std::move(authors);
    edition.metadata.date = date;
    return edition;
}

std::vector<model::Edition> hostileEditions()
{
    return {
        editionOf("UCLG-2019-0001-A", "Water for every district", {"Awa Ndiaye", "Luis Ortega"}, "2019-03-22"),
        editionOf("UCLG-2020-0002-B", "Ciudades por una vivienda digna: años de lucha", {"Fernanda Ibáñez Roldán"},
                  "2020-10"),
        editionOf("UCLG-2021-0003-C", "L’œuvre d’art — « à Łódź » 東京 🏙",
                  {"Forum of Regions", "Élodie Müller-Sánchez"}, "2021"),
        editionOf("UCLG-2022-0004-D", "100 % of {braces}, \\backslash, $5 & #1_a ~ ^ <b> \"q\" `x` | end",
                  {"Juan de la Cruz"}, ""),
        editionOf("UCLG-2022-0005-E", "unbalanced } and { and }}", {"Research and Development Unit {R&D}"},
                  "1999-12-31"),
        editionOf("UCLG-2022-0006-F", "Line\r\nER  - \r\n\r\nTY  - BOOK\nbreaks", {"100% Cities"}, "2022"),
        editionOf("UCLG-2022-0007-G", "dashes -- and --- and ''quotes'' and ,,low,, and <<angles>>", {}, "2022"),
        editionOf("UCLG-2022-0008-H", "@report{x, title = {y}}, % comment", {"O’Brien, Niamh"}, "2022"),
    };
}

std::vector<Work> worksToCite()
{
    auto editions = hostileEditions();
    auto& full = editions[0].metadata;
    full.series = "Blue & green papers";
    full.number = "7_b";
    full.isbn = "978-3-16-148410-0";
    full.doi = "https://doi.org/10.1234/a_b(c)%d";
    full.abstractText = "First line,\nsecond line with 50 % and a \\command{x}.";
    full.keywords = {"water", "tariffs"};
    full.license = "CC-BY-4.0";
    std::vector<Work> works;
    for (auto& edition : editions) {
        Work work;
        work.baseUrl = "https://library.example/a_b";
        work.publisher = {{"en", "United Cities & Governments"}};
        work.type = {{"en", "Report"}};
        work.subjects = {{{"en", "Housing"}, {"fr", "Logement"}}};
        work.places = {{{"en", "Senegal"}, {"fr", "Sénégal"}}};
        work.editions = {edition};
        works.push_back(std::move(work));
    }
    auto french = editions[0];
    french.metadata.language = "fr";
    french.metadata.title = "L’eau pour chaque quartier";
    works[0].editions.push_back(french);
    return works;
}

nlohmann::json expectedOf(const Work& work)
{
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    return {{"id", edition.citableId},
            {"title", metadata.title},
            {"authors", metadata.authors},
            {"date", metadata.date},
            {"publisher", "United Cities & Governments"},
            {"series", metadata.series},
            {"number", metadata.number},
            {"isbn", metadata.isbn},
            {"url", editionUrl(work, edition)},
            {"abstract", metadata.abstractText},
            {"chicago", reference(work, {Style::chicago, "en", "", "", ""}).text}};
}

bool write(const std::filesystem::path& file, const std::string& text)
{
    std::ofstream out{file, std::ios::binary};
    out << text;
    return static_cast<bool>(out.flush());
}

int run(const std::filesystem::path& folder)
{
    const auto works = worksToCite();
    auto expected = nlohmann::json::array();
    bool written = true;
    for (const auto& work : works) {
        const auto base = (folder / work.editions.front().citableId).string();
        written = written && write(base + ".oai_dc.xml", dublinCore(work, Declaration::yes)) &&
                  write(base + ".datacite.xml", dataCite(work, Declaration::yes));
        expected.push_back(expectedOf(work));
    }
    written = written && write(folder / "works.bib", bibtex(works)) && write(folder / "works.ris", ris(works)) &&
              write(folder / "works.json", cslJson(works)) && write(folder / "works.csv", csv(works)) &&
              write(folder / "expected.json", expected.dump());
    return written ? 0 : 1;
}

} // namespace

} // namespace acervo::cite

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_citations FOLDER\n";
        return 2;
    }
    return acervo::cite::run(argv[1]);
}
