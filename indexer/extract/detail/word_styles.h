// What styles.xml and numbering.xml of a DOCX say about headings, hidden text and numbered lists.
#pragma once

#include "indexer/extract/detail/list_numbers.h"
#include "indexer/extract/detail/package.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace acervo::extract::detail {

struct WordStyle {
    std::string basedOn;
    std::uint32_t headingLevel = 0; // 1..9; 0 when it is no heading
    std::optional<bool> hidden;
    bool pageBreakBefore = false;
    std::optional<int> listId; // w:numId; 0 takes the paragraph out of its list
    std::optional<int> listLevel;
};

class WordStyles {
public:
    // Missing or damaged parts leave styles or lists unknown.
    static WordStyles read(const Package& package);

    // The style with what it inherits.
    WordStyle resolved(const std::string& id) const;

    // The label of the next paragraph of a list; "" when there is no such list. level  0..8.
    std::string nextLabel(int listId, int level);

    struct List {
        int abstractId = 0;
        std::map<int, int> startOverrides;
        std::map<int, ListLevel> levelOverrides;
        bool begun = false;
    };

private:
    std::map<std::string, WordStyle> _styles;
    std::map<int, ListDefinition> _abstractLists;
    std::map<int, List> _lists;
    ListNumbers _numbers;
};

} // namespace acervo::extract::detail
