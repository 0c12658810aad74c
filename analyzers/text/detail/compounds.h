// Finds the words of a text that are also written as one, or as two.
#pragma once

#include "analyzers/text/analyzer.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::text::detail {

// Fed with words and the gaps between them while a text is cut into tokens.
class CompoundFinder {
public:
    explicit CompoundFinder(Language language) : _language(language) {}

    // isToken  false when the word was left out; it then ends a compound.
    void addWord(const std::vector<Token>& tokens, bool isToken);
    void addGap(std::u16string_view gap, const std::vector<Token>& tokens);
    // The token was put together over a line end from these two, folded.
    void addHalves(std::size_t token, std::string first, std::string second);

    // What was found, without stems; the finder is empty afterwards.
    std::vector<CompoundForm> take(const std::vector<Token>& tokens);

private:
    enum class Gap { none, hyphen, space };
    struct Halves {
        std::size_t token = 0;
        std::string first;
        std::string second;
    };

    void endChain(const std::vector<Token>& tokens);
    void keepLikelyHalves(const std::vector<Token>& tokens);

    Language _language;
    Gap _gap = Gap::none;
    std::size_t _chainFirst = 0; // tokens [first, first + count) joined so far
    std::size_t _chainCount = 0;
    std::vector<Halves> _halves;
    std::vector<CompoundForm> _found;
};

} // namespace acervo::text::detail
