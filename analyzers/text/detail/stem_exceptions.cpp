#include "analyzers/text/detail/stem_exceptions.h"

#include <stdexcept>
#include <string>

// ACERVO_STEM_EXCEPTIONS is the path of the folder exceptions/, given by CMake.
// clang-format off
asm(".section .rodata\n"
    ".global acervoExceptionsEnBegin\n" "acervoExceptionsEnBegin:\n" ".incbin \"" ACERVO_STEM_EXCEPTIONS "/en.tsv\"\n"
    ".global acervoExceptionsEnEnd\n" "acervoExceptionsEnEnd:\n"
    ".global acervoExceptionsFrBegin\n" "acervoExceptionsFrBegin:\n" ".incbin \"" ACERVO_STEM_EXCEPTIONS "/fr.tsv\"\n"
    ".global acervoExceptionsFrEnd\n" "acervoExceptionsFrEnd:\n"
    ".global acervoExceptionsEsBegin\n" "acervoExceptionsEsBegin:\n" ".incbin \"" ACERVO_STEM_EXCEPTIONS "/es.tsv\"\n"
    ".global acervoExceptionsEsEnd\n" "acervoExceptionsEsEnd:\n"
    ".byte 0\n"
    ".previous\n");
// clang-format on

extern "C" {
extern const char acervoExceptionsEnBegin[];
extern const char acervoExceptionsEnEnd[];
extern const char acervoExceptionsFrBegin[];
extern const char acervoExceptionsFrEnd[];
extern const char acervoExceptionsEsBegin[];
extern const char acervoExceptionsEsEnd[];
}

namespace acervo::text::detail {

namespace {

// Beginnings are found by this many letters; none is shorter.
constexpr std::size_t kKeyLetters = 4;

std::string_view between(const char* begin, const char* end)
{
    return {begin, static_cast<std::size_t>(end - begin)};
}

// Takes the text before `separator` off `rest`; all of it when there is none.
std::string_view take(std::string_view& rest, char separator)
{
    const std::size_t at = rest.find(separator);
    const std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
    return taken;
}

} // namespace

const StemExceptions& StemExceptions::of(Language language)
{
    static const StemExceptions english{between(acervoExceptionsEnBegin, acervoExceptionsEnEnd)};
    static const StemExceptions french{between(acervoExceptionsFrBegin, acervoExceptionsFrEnd)};
    static const StemExceptions spanish{between(acervoExceptionsEsBegin, acervoExceptionsEsEnd)};
    static const StemExceptions none{""};
    switch (language) {
    case Language::en:
        return english;
    case Language::fr:
        return french;
    case Language::es:
        return spanish;
    case Language::other:
        break;
    }
    return none;
}

StemExceptions::StemExceptions(std::string_view lines)
{
    while (!lines.empty()) {
        const std::string_view line = take(lines, '\n');
        if (!line.empty() && line.front() != '#') {
            addLine(line);
        }
    }
}

void StemExceptions::addLine(std::string_view line)
{
    std::string_view rest = line;
    const std::string_view kind = take(rest, '\t');
    const std::string_view target = take(rest, '\t');
    std::string_view words = take(rest, '\t');
    bool good = (kind == "stem" || kind == "begin") && !target.empty() && !words.empty();
    while (good && !words.empty()) {
        const std::string_view word = take(words, ' ');
        if (kind == "stem") {
            good = !word.empty() && _stems.emplace(word, target).second;
        } else {
            good = word.size() >= kKeyLetters;
            _beginnings.emplace(word.substr(0, kKeyLetters), Beginning{word, target});
        }
    }
    if (!good) {
        throw std::logic_error("stem exceptions: malformed line or a word given twice: " + std::string{line});
    }
}

std::string_view StemExceptions::stemOf(std::string_view folded) const
{
    const auto found = _stems.find(folded);
    return found != _stems.end() ? found->second : std::string_view{};
}

const StemExceptions::Beginning* StemExceptions::beginningOf(std::string_view folded) const
{
    const auto [first, last] = _beginnings.equal_range(folded.substr(0, kKeyLetters));
    for (auto at = first; at != last; ++at) {
        if (folded.starts_with(at->second.written)) {
            return &at->second;
        }
    }
    return nullptr;
}

} // namespace acervo::text::detail
