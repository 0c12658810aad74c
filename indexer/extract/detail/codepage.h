// Decodes the single-byte and multi-byte code pages of Windows and Mac that RTF and DOC files are written in.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

struct UConverter;

namespace acervo::extract::detail {

class CodePages {
public:
    CodePages();
    ~CodePages();
    CodePages(const CodePages&) = delete;
    CodePages& operator=(const CodePages&) = delete;

    // Adds `bytes` as UTF-8 to `out`. Unknown code pages are read as 1252, undecodable bytes as U+FFFD.
    void append(std::string& out, std::string_view bytes, int codePage);

private:
    UConverter* converter(int codePage);

    struct Close {
        void operator()(UConverter* converter) const;
    };
    std::map<int, std::unique_ptr<UConverter, Close>> _open;
};

// Adds one code point; U+FFFD for what is none.
void appendCodePoint(std::string& out, char32_t codePoint);

} // namespace acervo::extract::detail
