#include "corpus/cite/cite.h"

#include <algorithm>
#include <array>

namespace acervo::cite {

namespace {

template <std::string (*list)(std::span<const Work>)>
std::string single(const Work& work)
{
    return list(std::span{&work, 1});
}

template <std::string (*one)(const Work&, Declaration)>
std::string wholeXml(const Work& work)
{
    return one(work, Declaration::yes);
}

// Names and media types are public: never rename, only append.
constexpr std::array kFormats{
    Format{"bibtex", "application/x-bibtex", "bib", "BibTeX", single<bibtex>, bibtex},
    Format{"ris", "application/x-research-info-systems", "ris", "RIS", single<ris>, ris},
    Format{"csljson", "application/vnd.citationstyles.csl+json", "json", "CSL-JSON", single<cslJson>, cslJson},
    Format{"dublincore", "application/xml", "xml", "Dublin Core", wholeXml<dublinCore>, nullptr},
    Format{"datacite", "application/vnd.datacite.datacite+xml", "xml", "DataCite", wholeXml<dataCite>, nullptr},
    Format{"jsonld", "application/ld+json", "jsonld", "JSON-LD", jsonLd, nullptr},
    Format{"csv", "text/csv", "csv", "CSV", nullptr, csv},
};

} // namespace

std::span<const Format> formats()
{
    return kFormats;
}

const Format* formatNamed(std::string_view name)
{
    const auto* found = std::ranges::find(kFormats, name, &Format::name);
    return found == kFormats.end() ? nullptr : found;
}

const Format* formatOfMedia(std::string_view mediaType)
{
    const auto* found = std::ranges::find(kFormats, mediaType, &Format::mediaType);
    return found == kFormats.end() ? nullptr : found;
}

} // namespace acervo::cite
