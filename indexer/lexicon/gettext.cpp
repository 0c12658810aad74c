#include "indexer/lexicon/gettext.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>

namespace acervo::lexicon {

namespace {

constexpr std::uint32_t kMagic = 0x950412DE;
constexpr std::uint32_t kMagicSwapped = 0xDE120495;
constexpr std::size_t kHeaderBytes = 28;
constexpr std::size_t kEntryBytes = 8; // length, offset
constexpr char kContextEnd = '\x04';

class MoFile {
public:
    explicit MoFile(std::string_view bytes) : _bytes(bytes)
    {
        const auto magic = number(0);
        _swapped = magic == kMagicSwapped;
        _isMo = magic == kMagic || magic == kMagicSwapped;
    }

    bool isMo() const { return _isMo; }

    std::optional<std::uint32_t> number(std::size_t at) const
    {
        if (at > _bytes.size() || _bytes.size() - at < 4) {
            return std::nullopt;
        }
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto byte = static_cast<unsigned char>(_bytes[at + (_swapped ? i : 3 - i)]);
            value = (value << 8U) | byte;
        }
        return value;
    }

    // The string that entry `index` of the table at `table` points to.
    std::optional<std::string_view> text(std::size_t table, std::size_t index) const
    {
        const auto length = number(table + index * kEntryBytes);
        const auto offset = number(table + index * kEntryBytes + 4);
        if (!length || !offset || *offset > _bytes.size() || _bytes.size() - *offset < *length) {
            return std::nullopt;
        }
        return _bytes.substr(*offset, *length);
    }

private:
    std::string_view _bytes;
    bool _swapped = false;
    bool _isMo = false;
};

bool saysUtf8(std::string_view header)
{
    std::string lower;
    for (const char c : header) {
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    const auto charset = lower.find("charset=");
    return charset == std::string::npos || lower.compare(charset + 8, 5, "utf-8") == 0 ||
           lower.compare(charset + 8, 4, "utf8") == 0;
}

std::string_view upToNul(std::string_view text)
{
    return text.substr(0, text.find('\0'));
}

bool isLetter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool isWordChar(char c)
{
    return isLetter(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Where a placeholder that begins at `at` ends; `at` when there is none. "100 %" and "50% of" are none.
std::size_t endOfPlaceholder(std::string_view text, std::size_t at)
{
    const char mark = text[at];
    std::size_t end = at + 1;
    if (mark == '{') {
        const auto close = text.find('}', at);
        return close != std::string_view::npos && close - at <= 32 ? close + 1 : at;
    }
    if (mark == '$') {
        end += end < text.size() && text[end] == '[';
        while (end < text.size() && isWordChar(text[end])) {
            ++end;
        }
        return end > at + 1 ? end : at;
    }
    while (end < text.size() && std::string_view{"0123456789$.-+#l"}.find(text[end]) != std::string_view::npos) {
        ++end;
    }
    const auto afterFlags = end;
    while (end < text.size() && std::isupper(static_cast<unsigned char>(text[end])) != 0) {
        ++end;
    }
    if (end - afterFlags > 1) {
        return end; // %PRODUCTNAME
    }
    if (end == afterFlags && end < text.size() && text[end] == '(') { // %(name)s
        const auto close = text.find(')', end);
        return close != std::string_view::npos && close - at <= 32 ? std::min(close + 2, text.size()) : at;
    }
    return afterFlags < text.size() && isLetter(text[afterFlags]) ? afterFlags + 1 : std::max(afterFlags, at + 1);
}

} // namespace

Result<std::vector<Message>> readCatalogue(std::string_view bytes)
{
    const Error broken{ErrorCode::corruptInput, "not a gettext catalogue (.mo), or a damaged one"};
    const MoFile file{bytes};
    const auto count = file.number(8);
    const auto originals = file.number(12);
    const auto translations = file.number(16);
    // Each message takes an entry in either table: a larger count is a lie.
    if (bytes.size() < kHeaderBytes || bytes.size() > kMaxCatalogueBytes || !file.isMo() || !count || !originals ||
        !translations || *count > bytes.size() / kEntryBytes) {
        return broken;
    }
    std::vector<Message> messages;
    for (std::size_t i = 0; i < *count; ++i) {
        const auto id = file.text(*originals, i);
        const auto translation = file.text(*translations, i);
        if (!id || !translation) {
            return broken;
        }
        if (id->empty()) {
            if (!saysUtf8(*translation)) {
                return Error{ErrorCode::unsupported, "a gettext catalogue that is not in UTF-8"};
            }
            continue;
        }
        const auto whole = upToNul(*id);
        const auto context = whole.find(kContextEnd);
        const auto original = context == std::string_view::npos ? whole : whole.substr(context + 1);
        const auto form = upToNul(*translation);
        if (!form.empty() && !original.empty()) {
            messages.push_back({text::clean(*id), text::clean(original), text::clean(form)});
        }
    }
    return messages;
}

std::string plainMessage(std::string_view message)
{
    std::string plain;
    plain.reserve(message.size());
    for (std::size_t at = 0; at < message.size();) {
        const char c = message[at];
        const bool beforeLetter = at + 1 < message.size() && isLetter(message[at + 1]);
        if (c == '<') {
            // "a < b" is no markup.
            const auto close = message.find('>', at);
            if (close != std::string_view::npos && (beforeLetter || message.substr(at, 2) == "</")) {
                plain += ' ';
                at = close + 1;
                continue;
            }
        }
        if ((c == '_' || c == '~' || c == '&') && beforeLetter) {
            ++at;
            continue;
        }
        if (c == '%' || c == '$' || c == '{') {
            if (const auto end = endOfPlaceholder(message, at); end > at) {
                plain += ' ';
                at = end;
                continue;
            }
        }
        plain += c;
        ++at;
    }
    return plain;
}

} // namespace acervo::lexicon
