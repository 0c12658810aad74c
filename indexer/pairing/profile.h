// What of an edition can show that another one is the same work in another language.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/model/document.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::pairing {

inline constexpr std::size_t kMaxBytesRead = 256U << 10U; // of an edition; its beginning
inline constexpr std::size_t kMaxWords = 400;             // of an edition, those it uses most
inline constexpr std::size_t kMaxMarks = 400;

struct ProfileWord {
    std::string stem;
    std::string folded; // the first form met
    std::uint32_t uses = 0;
};

struct Profile {
    std::int64_t editionId = 0;
    std::int64_t workId = 0;
    std::string citableId;
    text::Language language = text::Language::other;
    std::string audience;
    std::string title;
    std::string uri;
    std::string mediaType;
    model::PartialDate date;
    std::uint64_t textBytes = 0;
    std::uint32_t pageCount = 0;
    std::vector<ProfileWord> words;             // no function words, no numbers; the most used first
    std::map<std::string, std::uint32_t> marks; // numbers (digits only), and names as folded words, with their uses
    std::set<std::string> mentions;             // file names in the text, lower case
};

// threads  one per thread (owns analysers).
class Profiler {
public:
    Profiler();

    Profile profileOf(const model::Edition& edition, const std::vector<model::Page>& pages) const;

private:
    std::map<text::Language, text::Analyzer> _analyzers;
};

// "Reports/Annual_2024.EN.pdf" -> "annual_2024.en.pdf"
std::string fileNameOf(std::string_view uri);

} // namespace acervo::pairing
