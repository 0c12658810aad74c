// What the index keeps of an edition to show a hit without asking the catalogue: stored in the document data as
// the page table and CBOR.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/index/page_table.h"
#include "corpus/model/document.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::index {

struct DocumentData {
    std::int64_t editionId = 0;
    std::int64_t versionId = 0;
    std::string citableId;
    std::string title;
    std::string language;
    std::string type;
    std::string section;
    std::string date;
    std::vector<std::string> authors;
    std::string mediaType;
    std::string abstractText; // at most 600 bytes
    std::uint32_t pageCount = 0;
    std::uint32_t endPosition = 0; // one past the last word's
    PageTable pages;
    std::vector<std::string> automaticThemes; // notations, best first: found by their concepts, given by nobody
};

std::string encode(const DocumentData& data);

// errors  corruptInput: the index was not written by this version.
Result<DocumentData> decode(std::string_view stored);

// Only editionId to abstractText, without the pages: of a long report a small part.
// errors  as decode.
Result<DocumentData> decodeHead(std::string_view stored);

} // namespace acervo::index
