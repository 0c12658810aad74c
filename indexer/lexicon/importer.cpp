#include "indexer/lexicon/importer.h"

#include "indexer/lexicon/detail/formats.h"
#include "indexer/lexicon/detail/skos.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace acervo::lexicon {

namespace {

constexpr std::array<std::string_view, 5> kFormatNames{"skos", "tsv", "wiktionary", "apertium", "freedict"};

std::string beginning(const std::filesystem::path& file)
{
    constexpr std::size_t kLookedAt = 4096;
    std::string bytes(kLookedAt, '\0');
    std::ifstream in{file, std::ios::binary};
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
    return bytes;
}

} // namespace

std::string_view nameOf(Format format)
{
    return kFormatNames[static_cast<std::size_t>(format)];
}

std::optional<Format> formatOf(std::string_view name)
{
    const auto found = std::ranges::find(kFormatNames, name);
    if (found == kFormatNames.end()) {
        return std::nullopt;
    }
    return static_cast<Format>(found - kFormatNames.begin());
}

std::optional<Format> guessFormat(const std::filesystem::path& file)
{
    const auto name = file.filename().string();
    const auto endsIn = [&](std::string_view ending) { return name.ends_with(ending); };
    if (endsIn(".ttl") || endsIn(".nt") || endsIn(".rdf") || endsIn(".owl") || endsIn(".skos")) {
        return Format::skos;
    }
    if (endsIn(".dict.dz") || endsIn(".dict")) {
        return Format::freedict;
    }
    if (endsIn(".att")) {
        return Format::apertium;
    }
    if (endsIn(".tsv")) {
        return Format::tsv;
    }
    const auto bytes = beginning(file);
    if (bytes.find("<rdf:RDF") != std::string::npos || bytes.find("@prefix") != std::string::npos) {
        return Format::skos;
    }
    if (bytes.find("} :: ") != std::string::npos || bytes.find("wiktionary.org") != std::string::npos) {
        return Format::wiktionary;
    }
    if (bytes.starts_with("0\t1\t")) {
        return Format::apertium;
    }
    return std::nullopt;
}

Result<Imported> importFile(const ImportRequest& request)
{
    switch (request.format) {
    case Format::skos:
        return readSkos(request.file);
    case Format::tsv:
        return readTabular(request);
    case Format::wiktionary:
        return readWiktionary(request);
    case Format::apertium:
        return readApertium(request);
    case Format::freedict:
        return readFreedict(request);
    }
    return Error{ErrorCode::unsupported, "unknown format"};
}

} // namespace acervo::lexicon
