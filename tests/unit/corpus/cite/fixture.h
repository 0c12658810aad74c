// A work in two languages for the tests of citations.
#pragma once

#include "corpus/cite/work.h"

namespace acervo::cite {

inline model::Edition waterEdition(const std::string& language, const std::string& title)
{
    model::Edition edition;
    edition.citableId = "UCLG-2019-0007-K";
    edition.audience = "public";
    edition.mediaType = "application/pdf";
    edition.pageCount = 12;
    edition.indexedAt = 1'700'000'000; // November 2023
    edition.metadata.language = language;
    edition.metadata.title = title;
    edition.metadata.authors = {"Awa Ndiaye", "Luis Ortega"};
    edition.metadata.date = "2019-03-22";
    edition.metadata.type = "report";
    return edition;
}

inline Work waterWork()
{
    Work work;
    work.baseUrl = "https://library.example";
    work.publisher = {{"en", "United Cities"}, {"fr", "Cités unies"}, {"es", "Ciudades Unidas"}};
    work.type = {{"en", "Report"}, {"fr", "Rapport"}, {"es", "Informe"}};
    work.editions = {waterEdition("en", "Water for every district"), waterEdition("fr", "L’eau pour chaque quartier")};
    return work;
}

} // namespace acervo::cite
