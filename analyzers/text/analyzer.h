// Turns text into tokens: the one analyser that serves indexing, querying and snippets.
#pragma once

#include "analyzers/text/language.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::text {

// Longer words are counted in `position` and then left out: Xapian's terms end at 245 bytes, and nobody types them.
inline constexpr std::size_t kMaxTokenChars = 64;
inline constexpr std::size_t kMaxTokenBytes = 200; // of `exact`, of `folded` and of `stem`

// Bytes [begin, end) of the original text.
struct ByteSpan {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

struct Token {
    ByteSpan span;          // where the word stands in the original text, without what elision or 's took off
    std::uint32_t position; // word number within the analysed text, from 1
    std::string exact;      // NFKC_Casefold, accents kept (NFC): the ranking signal that tells "año" from "ano"
    std::string folded;     // NFKC_Casefold, marks stripped, oe/ae expanded
    std::string stem;       // Snowball stem of `folded`; equal to it for Language::other and for numbers
};

// A further form under which the text can be found, beside its tokens: a hyphenated word joined ("co-gestion" ->
// "cogestion"), a combining form joined to its word ("co gestion"), or one half of a word joined over a line end that
// may have been a compound ("decimo-" / "segundo").
struct CompoundForm {
    std::size_t token; // index of the token it stands at: the first of those joined, or the one halved
    std::size_t count; // tokens it covers: two or more joined, or 1 for a half
    std::string folded;
    std::string stem;
};

struct Analysis {
    std::vector<Token> tokens;
    std::vector<CompoundForm> compounds; // in the order of their tokens
};

// Version of the rules below; raise it whenever a token or a compound could come out differently.
inline constexpr std::uint32_t kAnalyzerVersion = 2;

// The name of a language's rules with their version, stored in the index manifest: "fr/2"; "other/2" is the neutral
// profile, which folds and cuts words but takes nothing off them.
std::string profileOf(Language language);

// NFC, apostrophes unified, line-end hyphens joined, soft hyphens dropped, super- and subscripts mapped, no-break digit
// groups joined -> ICU word break -> elision or English 's, French inclusive endings -> acronym dots -> fold ->
// exceptions, spelling rules and Snowball on the folded form.
//
// threads  one Analyzer per thread (it owns an ICU break iterator and a cache of stems).
class Analyzer {
public:
    explicit Analyzer(Language language);
    Analyzer(Analyzer&&) noexcept;
    Analyzer& operator=(Analyzer&&) noexcept;
    Analyzer(const Analyzer&) = delete;
    Analyzer& operator=(const Analyzer&) = delete;
    ~Analyzer();

    Language language() const;

    // Tokens in the order of the text; their spans are not empty, do not overlap and lie on character boundaries.
    //
    // text  UTF-8 (an ill-formed sequence is read as U+FFFD and ends a word), at most 4 GiB.
    // cost  linear in the text, whatever it is.
    std::vector<Token> analyze(std::string_view text) const;

    // The same tokens, and the compounds among them. What is indexed and what is asked for both take these, so that
    // "co-gestion", "cogestion" and "co gestion" meet in one stem.
    Analysis analyzeWithCompounds(std::string_view text) const;

    // Stem of a word that is already folded; the word itself when it begins with a digit, is longer than kMaxTokenBytes
    // or the language is `other`. Snowball's, but for the words of exceptions/ and the rules of detail/stem_rules.h.
    std::string stem(std::string_view folded) const;

private:
    struct Rules;
    std::unique_ptr<Rules> _rules;
};

// True for the language's function words (folded form): dropped from a query when other words remain, never from the
// index.
bool isStopword(std::string_view folded, Language language);

} // namespace acervo::text
