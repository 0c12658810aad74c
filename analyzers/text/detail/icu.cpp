#include "analyzers/text/detail/icu.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <stdexcept>
#include <utility>

namespace acervo::text::detail {

namespace {

using Instance = const icu::Normalizer2* (*)(UErrorCode&);

const icu::Normalizer2& normalizer(Instance instance)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* found = instance(status);
    if (U_FAILURE(status) || found == nullptr) {
        throw std::logic_error("ICU normalisation data is missing");
    }
    return *found;
}

const icu::Normalizer2& nfc()
{
    static const icu::Normalizer2& form = normalizer(icu::Normalizer2::getNFCInstance);
    return form;
}

const icu::Normalizer2& nfd()
{
    static const icu::Normalizer2& form = normalizer(icu::Normalizer2::getNFDInstance);
    return form;
}

const icu::Normalizer2& nfkcCasefold()
{
    static const icu::Normalizer2& form = normalizer(icu::Normalizer2::getNFKCCasefoldInstance);
    return form;
}

icu::UnicodeString normalized(const icu::Normalizer2& form, const icu::UnicodeString& text)
{
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result = form.normalize(text, status);
    return U_FAILURE(status) ? text : result;
}

icu::UnicodeString aliasOf(std::u16string_view text)
{
    return {false, text.data(), static_cast<std::int32_t>(text.size())};
}

std::u16string toString(const icu::UnicodeString& text)
{
    return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

// Vowel points that Arabic and Hebrew texts carry or not, and the Arabic stretching stroke. The hamzas and maddas
// that U+0653 to U+0655 stand for belong to their letters.
bool isOptionalPoint(char16_t unit)
{
    return (unit >= 0x064B && unit <= 0x0652) || unit == 0x0670 || unit == 0x0640 ||
           (unit >= 0x0591 && unit <= 0x05BD) || unit == 0x05BF || unit == 0x05C1 || unit == 0x05C2 || unit == 0x05C4 ||
           unit == 0x05C5 || unit == 0x05C7;
}

// The blocks of marks made for Latin, Greek and Cyrillic; the vowel signs of other scripts are letters in all but name.
bool isStrippedMark(char16_t unit)
{
    if (isOptionalPoint(unit)) {
        return true;
    }
    return (unit >= 0x0300 && unit <= 0x036F) || (unit >= 0x0483 && unit <= 0x0489) ||
           (unit >= 0x1AB0 && unit <= 0x1AFF) || (unit >= 0x1DC0 && unit <= 0x1DFF) ||
           (unit >= 0x20D0 && unit <= 0x20FF) || (unit >= 0xFE20 && unit <= 0xFE2F);
}

void appendPlain(std::u16string& out, char16_t unit)
{
    switch (unit) {
    case u'\u0153':
        out += u"oe";
        return;
    case u'\u00E6':
        out += u"ae";
        return;
    case u'\u00F8':
        out += u'o';
        return;
    case u'\u0111':
    case u'\u00F0':
        out += u'd';
        return;
    case u'\u00FE':
        out += u"th";
        return;
    case u'\u0142':
        out += u'l';
        return;
    case u'\u0127':
        out += u'h';
        return;
    case u'\u0167':
        out += u't';
        return;
    case u'\u0131':
        out += u'i';
        return;
    default:
        out += unit;
    }
}

} // namespace

bool startsCluster(char32_t point)
{
    return nfc().hasBoundaryBefore(static_cast<UChar32>(point)) != 0;
}

bool isStableAlone(char32_t point)
{
    return nfc().isInert(static_cast<UChar32>(point)) != 0;
}

std::u32string composed(std::span<const char32_t> points)
{
    icu::UnicodeString text;
    for (const char32_t point : points) {
        text.append(static_cast<UChar32>(point));
    }
    const icu::UnicodeString result = normalized(nfc(), text);
    std::u32string out;
    for (std::int32_t at = 0; at < result.length(); at = result.moveIndex32(at, 1)) {
        out.push_back(static_cast<char32_t>(result.char32At(at)));
    }
    return out;
}

std::u16string withoutMarkFloods(std::u16string_view text)
{
    constexpr int kMaxMarksInARow = 30; // UAX #15, stream-safe text
    std::u16string out;
    out.reserve(text.size());
    int marks = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t first = at;
        UChar32 point = 0;
        U16_NEXT(text.data(), at, text.size(), point);
        if (u_getCombiningClass(point) != 0) {
            ++marks;
        } else if (!u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
            marks = 0;
        }
        if (marks <= kMaxMarksInARow) {
            out.append(text.substr(first, at - first));
        }
    }
    return out;
}

std::u16string caseFolded(std::u16string_view text)
{
    std::u16string folded = toString(normalized(nfkcCasefold(), aliasOf(text)));
    // Unicode folds the Turkish capital of "i" to "i" and a dot above it, which nobody types.
    for (std::size_t at = folded.find(u"i\u0307"); at != std::u16string::npos; at = folded.find(u"i\u0307", at)) {
        folded.erase(at + 1, 1);
    }
    return folded;
}

std::u16string unmarked(std::u16string_view text)
{
    const icu::UnicodeString apart = normalized(nfd(), aliasOf(text));
    std::u16string plain;
    plain.reserve(static_cast<std::size_t>(apart.length()));
    for (std::int32_t at = 0; at < apart.length(); ++at) {
        const char16_t unit = apart.charAt(at);
        if (!isStrippedMark(unit)) {
            appendPlain(plain, unit);
        }
    }
    return toString(normalized(nfc(), aliasOf(plain)));
}

std::string toUtf8(std::u16string_view text)
{
    std::string out;
    aliasOf(text).toUTF8String(out);
    return out;
}

std::u16string toUtf16(std::string_view text)
{
    return toString(icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())}));
}

} // namespace acervo::text::detail
