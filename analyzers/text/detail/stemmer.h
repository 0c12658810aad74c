// The stem of a folded word: our exceptions, our rules, then Snowball.
#pragma once

#include "analyzers/text/language.h"

#include <memory>
#include <string>
#include <string_view>

namespace acervo::text::detail {

// threads  one per thread (it owns a Snowball stemmer).
class Stemmer {
public:
    explicit Stemmer(Language language);
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;
    ~Stemmer();

    // The word itself when it begins with a digit or the language is `other`.
    std::string stem(std::string_view folded) const;

private:
    struct Snowball;
    Language _language;
    std::unique_ptr<Snowball> _snowball;
};

} // namespace acervo::text::detail
