// A work as bibliographies see it: its editions, and what the house and its vocabularies call things.
#pragma once

#include "corpus/model/document.h"
#include "corpus/vocabulary/vocabulary.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::cite {

struct Work {
    std::vector<model::Edition> editions;     // never empty, only those the reader may see; the first is the one cited
    std::string baseUrl;                      // "https://library.example", without a slash at the end
    vocabulary::Labels publisher;             // by language
    vocabulary::Labels type;                  // "Report", by language; empty when the work has no type
    std::vector<vocabulary::Labels> subjects; // themes and development goals
    std::vector<vocabulary::Labels> places;   // countries
};

// Looks up what the editions' notations are called. `editions` in the order of struct Work.
Work makeWork(std::vector<model::Edition> editions, std::string baseUrl, vocabulary::Labels publisher,
              const vocabulary::Vocabularies& vocabularies);

// The lasting addresses: ".../id/UCLG-2021-0042-T" and ".../id/UCLG-2021-0042-T/fr".
std::string workUrl(const Work& work);
std::string editionUrl(const Work& work, const model::Edition& edition);

// "CC-BY-4.0" -> "https://creativecommons.org/licenses/by/4.0/"; an address as it is; "" for what has no known one.
std::string licenseUrl(std::string_view license);

} // namespace acervo::cite
