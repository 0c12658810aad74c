#include "corpus/cite/work.h"

#include "corpus/cite/detail/facts.h"

#include <algorithm>
#include <array>

namespace acervo::cite {

namespace {

void addLabels(std::vector<vocabulary::Labels>& labels, const vocabulary::Scheme& scheme,
               const std::vector<std::string>& notations)
{
    for (const auto& notation : notations) {
        const auto* known = scheme.find(notation);
        auto one = known != nullptr ? known->labels : vocabulary::Labels{{"", notation}};
        if (std::ranges::find(labels, one) == labels.end()) {
            labels.push_back(std::move(one));
        }
    }
}

} // namespace

Work makeWork(std::vector<model::Edition> editions, std::string baseUrl, vocabulary::Labels publisher,
              const vocabulary::Vocabularies& vocabularies)
{
    while (baseUrl.ends_with('/')) {
        baseUrl.pop_back();
    }
    Work work;
    work.baseUrl = std::move(baseUrl);
    work.publisher = std::move(publisher);
    for (const auto& edition : editions) {
        const auto& metadata = edition.metadata;
        if (work.type.empty() && !metadata.type.empty()) {
            const auto* known = vocabularies.types.find(metadata.type);
            work.type = known != nullptr ? known->labels : vocabulary::Labels{{"", metadata.type}};
        }
        addLabels(work.subjects, vocabularies.themes, metadata.themes);
        addLabels(work.subjects, vocabularies.sdgs, metadata.sdgs);
        addLabels(work.places, vocabularies.countries, metadata.countries);
    }
    work.editions = std::move(editions);
    return work;
}

std::string workUrl(const Work& work)
{
    return work.baseUrl + "/id/" + detail::urlEncoded(work.editions.front().citableId);
}

std::string editionUrl(const Work& work, const model::Edition& edition)
{
    const auto& language = edition.metadata.language;
    return workUrl(work) + (language.empty() ? "" : "/" + detail::urlEncoded(language));
}

std::string licenseUrl(std::string_view license)
{
    if (license.starts_with("https://") || license.starts_with("http://")) {
        return std::string{license};
    }
    std::string key;
    for (const char c : license) {
        key += c == ' ' || c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (key.starts_with("cc0")) {
        return "https://creativecommons.org/publicdomain/zero/1.0/";
    }
    constexpr std::array<std::string_view, 6> kKinds{"by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"};
    constexpr std::array<std::string_view, 5> kVersions{"1.0", "2.0", "2.5", "3.0", "4.0"};
    for (const auto kind : kKinds) {
        for (const auto version : kVersions) {
            if (key == "cc-" + std::string{kind} + "-" + std::string{version}) {
                return "https://creativecommons.org/licenses/" + std::string{kind} + "/" + std::string{version} + "/";
            }
        }
    }
    return {};
}

} // namespace acervo::cite
