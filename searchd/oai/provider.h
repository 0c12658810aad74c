// Answers OAI-PMH 2.0 requests: other libraries copy the catalogue through it, and learn what has gone.
// source  https://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm
#pragma once

#include "analyzers/base/result.h"
#include "corpus/access/filter.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/vocabulary/vocabulary.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace acervo::oai {

// One way to write a record's metadata.
struct MetadataFormat {
    std::string prefix; // "oai_dc"
    std::string schema;
    std::string xmlNamespace;
    // One XML element without a declaration; nothing when the work cannot be said in this format.
    std::function<std::string(const catalogue::WorkRecord&)> write;
};

struct Settings {
    std::string baseUrl;        // of this provider, absolute
    std::string repositoryName; // plain text
    std::string adminEmail;
    std::string identifierDomain; // "acervo.example.org": OAI identifiers are oai:DOMAIN:CITABLE-ID
    std::string sampleId;         // a citable ID, for Identify
    std::vector<MetadataFormat> formats;
    std::size_t pageSize = 100; // records in one answer
};

// As given, in order; names may repeat (which the protocol forbids).
using Arguments = std::vector<std::pair<std::string, std::string>>;

// One reader class and one catalogue. Tokens hold all there is to know: nothing is kept between requests.
class Provider {
public:
    Provider(const Settings& settings, const access::Filter& reader, const catalogue::Catalogue& catalogue,
             const vocabulary::Vocabularies& vocabularies)
        : _settings(settings), _reader(reader), _catalogue(catalogue), _vocabularies(vocabularies)
    {
    }

    // The whole XML document; what is wrong with the request is said in it, as the protocol wants.
    //
    // now     seconds since 1970-01-01 UTC.
    // errors  as the catalogue's.
    Result<std::string> answer(const Arguments& arguments, std::int64_t now) const;

private:
    const Settings& _settings;
    const access::Filter& _reader;
    const catalogue::Catalogue& _catalogue;
    const vocabulary::Vocabularies& _vocabularies;
};

} // namespace acervo::oai
