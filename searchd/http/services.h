// What every route may use; made by the daemon, immutable but for the pool and what is made of the request.
#pragma once

#include "corpus/config/config.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/http/assets.h"
#include "searchd/http/bulk_file.h"
#include "searchd/http/messages.h"
#include "searchd/http/parameters.h"
#include "searchd/http/reader_pool.h"
#include "searchd/http/templates.h"

namespace acervo::http {

struct Services {
    const config::Config& config;
    const vocabulary::Vocabularies& vocabularies;
    const Messages& messages;
    const Templates& templates;
    const Assets& assets;
    ReaderPool& readers;
    BulkFile& bulk;
    std::string baseUrl; // of this request, see publicBase(); "": addresses are paths
};

// What a facet's value is called: "africa" -> "Afrique", "fr" -> "Français", "2021" -> "2021"; a value that no
// vocabulary knows as it was written.
std::string facetLabel(const Services& services, schema::Facet facet, const std::string& value,
                       text::Language language);

std::string noteText(const Services& services, const query::Note& note, text::Language language);

// An ID as this library gives them, of no work in particular: "UCLG-2021-0042-T".
std::string sampleId(const Services& services);

// "/en/documents/UCLG-2021-0042-X" with what follows the "?".
std::string documentUrl(text::Language interfaceLanguage, const std::string& citableId,
                        const Parameters& parameters = {});

// As the public writes it.
std::string absoluteUrl(const Services& services, const std::string& path);

} // namespace acervo::http
