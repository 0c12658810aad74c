// What a DOC file says about ranges of its bytes: hidden text, headings, list items.
#pragma once

#include "indexer/extract/detail/list_numbers.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {

struct WordParagraph {
    std::uint32_t headingLevel = 0; // 1..6; 0 when it is no heading
    bool pageBreakBefore = false;
    bool endsRow = false;
    int listOverride = 0; // index from 1 into the list overrides; 0 when it is in no list
    std::uint8_t listLevel = 0;
};

class WordFormatting {
public:
    WordFormatting() = default; // nothing is known: all is plain text

    // Damaged tables are read as far as they go.
    static WordFormatting read(std::string_view word, std::string_view table);

    // fc  a byte offset in the WordDocument stream.
    bool isHidden(std::uint32_t fc) const;
    const WordParagraph& paragraphAt(std::uint32_t fc) const;

    struct Override {
        int listId = 0;
        std::map<std::uint8_t, int> startAt;
    };
    // nullptr when there is no such list. index  from 1.
    const Override* overrideAt(int index) const;
    const ListDefinition* listOf(const Override& override) const;

private:
    template <class Value>
    struct Run {
        std::uint32_t from = 0;
        std::uint32_t to = 0;
        Value value;
    };

    void readCharacters(std::string_view word, std::string_view table);
    void readParagraphs(std::string_view word, std::string_view table);
    void readLists(std::string_view word, std::string_view table);

    std::vector<Run<bool>> _hidden; // sorted by `from`; only the hidden ones
    std::vector<Run<WordParagraph>> _paragraphs;
    std::map<int, ListDefinition> _lists;
    std::vector<Override> _overrides;
};

class WordListLabels {
public:
    // The label of the paragraph that begins at `fc`; "" when it has none.
    std::string next(const WordFormatting& formatting, std::uint32_t fc);

private:
    ListNumbers _numbers;
    std::map<int, bool> _begun; // by override
};

} // namespace acervo::extract::detail
