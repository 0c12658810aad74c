// Tells what kind of document some bytes are: by their content first, by the file's name where content cannot tell.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::extract::detail {

enum class Kind : std::uint8_t {
    pdf,
    html,
    markdown,
    plainText,
    wordprocessing,
    presentation,
    spreadsheet,
    openDocument,
    epub,
    rtf,
    legacyWord,
};

struct Sniffed {
    Kind kind = Kind::plainText;
    std::string mediaType;
};

// errors  corruptInput when the file is empty, or named as a kind of file that its bytes are not;
//         encrypted for an office file wrapped in an encrypted package; unsupported for every other kind, named.
Result<Sniffed> sniff(std::string_view bytes, std::string_view fileName);

// The file inside an AppleSingle wrapper; the bytes themselves when there is none.
std::string_view unwrapAppleSingle(std::string_view bytes);

} // namespace acervo::extract::detail
