#include "corpus/vocabulary/detail/label_key.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace acervo::vocabulary {
namespace {

constexpr std::size_t kMaxLabelBytes = 1024;

icu::UnicodeString normalised(const icu::Normalizer2* form, std::string_view text, UErrorCode& status)
{
    const auto piece = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
    auto result = form->normalize(icu::UnicodeString::fromUTF8(piece), status);
    if (U_FAILURE(status) != 0) {
        throw std::logic_error(std::string("ICU cannot normalise: ") + u_errorName(status));
    }
    return result;
}

} // namespace

std::string composed(std::string_view text)
{
    auto status = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFCInstance(status);
    std::string result;
    normalised(form, text, status).toUTF8String(result);
    return result;
}

std::string labelKey(std::string_view label)
{
    if (label.size() > kMaxLabelBytes) {
        return {};
    }
    auto status = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFDInstance(status);
    auto text = normalised(form, label, status);
    text.foldCase();

    icu::UnicodeString key;
    bool wordEnded = false;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const auto letter = text.char32At(at);
        if (u_charType(letter) == U_NON_SPACING_MARK) {
            continue;
        }
        if (u_isalnum(letter) == 0) {
            wordEnded = true;
            continue;
        }
        if (wordEnded && !key.isEmpty()) {
            key.append(u' ');
        }
        wordEnded = false;
        key.append(letter);
    }
    // Ligatures have no decomposition in Unicode, yet French readers type both spellings.
    key.findAndReplace(u"œ", u"oe");
    key.findAndReplace(u"æ", u"ae");
    std::string result;
    key.toUTF8String(result);
    return result;
}

} // namespace acervo::vocabulary
