// The table of words whose stem is decided by hand; analyzers/text/exceptions/README.md describes its files.
#pragma once

#include "analyzers/text/language.h"

#include <string_view>
#include <unordered_map>

namespace acervo::text::detail {

// threads  safe once made; one is shared by all.
class StemExceptions {
public:
    // The exceptions of a language, none for `other`. They live as long as the program.
    // errors  std::logic_error when the file compiled in is malformed (a test reads all of them).
    static const StemExceptions& of(Language language);

    // The lines of a file: what `of` reads, for tests.
    explicit StemExceptions(std::string_view lines);

    struct Beginning {
        std::string_view written;
        std::string_view readAs;
    };

    // The stem decided for a folded word; "" when there is none.
    std::string_view stemOf(std::string_view folded) const;

    // The beginning to read differently; nullptr when there is none.
    const Beginning* beginningOf(std::string_view folded) const;

    const std::unordered_map<std::string_view, std::string_view>& words() const { return _stems; }
    const std::unordered_multimap<std::string_view, Beginning>& beginnings() const { return _beginnings; }

private:
    void addLine(std::string_view line);

    std::unordered_map<std::string_view, std::string_view> _stems;
    std::unordered_multimap<std::string_view, Beginning> _beginnings; // by their first four letters
};

} // namespace acervo::text::detail
