#include "analyzers/text/detail/stemmer.h"

#include "analyzers/text/detail/fold_table.h"
#include "analyzers/text/detail/stem_exceptions.h"
#include "analyzers/text/detail/stem_rules.h"

#include <xapian.h>

namespace acervo::text::detail {

namespace {

const char* snowballName(Language language)
{
    switch (language) {
    case Language::en:
        return "english";
    case Language::fr:
        return "french";
    case Language::es:
        return "spanish";
    case Language::other:
        break;
    }
    return "none";
}

} // namespace

struct Stemmer::Snowball {
    Xapian::Stem stem;
};

Stemmer::Stemmer(Language language)
    : _language(language), _snowball(std::make_unique<Snowball>(Snowball{Xapian::Stem{snowballName(language)}}))
{
}

Stemmer::~Stemmer() = default;

std::string Stemmer::stem(std::string_view folded) const
{
    const bool plain = folded.empty() || (folded.front() >= '0' && folded.front() <= '9');
    if (plain || _language == Language::other) {
        return std::string{folded};
    }
    const StemExceptions& exceptions = StemExceptions::of(_language);
    if (const std::string_view decided = exceptions.stemOf(folded); !decided.empty()) {
        return std::string{decided};
    }
    std::string word = respelled(folded, _language);
    if (const auto* beginning = exceptions.beginningOf(word)) {
        word.replace(0, beginning->written.size(), beginning->readAs);
    }
    std::string stem = _snowball->stem(word);
    return _language == Language::es ? FoldTable::latin().folded(stem) : stem;
}

} // namespace acervo::text::detail
