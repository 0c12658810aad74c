#include "corpus/index/document_data.h"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace acervo::index {

using nlohmann::json;

namespace {

// Takes the first members of the array as they come and stops behind the abstract.
class HeadReader : public nlohmann::json_sax<json> {
public:
    DocumentData data;
    bool complete = false;

    bool number_integer(std::int64_t value) override { return number(value); }
    bool number_unsigned(std::uint64_t value) override { return number(static_cast<std::int64_t>(value)); }
    bool string(std::string& value) override
    {
        if (_depth == 2 && _member == kAuthors) {
            data.authors.push_back(std::move(value));
            return true;
        }
        const std::array<std::string*, 11> texts{nullptr,        nullptr,         &data.citableId,   &data.title,
                                                 &data.language, &data.type,      &data.section,     &data.date,
                                                 nullptr,        &data.mediaType, &data.abstractText};
        if (_depth != 1 || _member >= texts.size() || texts[_member] == nullptr) {
            return false;
        }
        *texts[_member] = std::move(value);
        complete = ++_member == texts.size();
        return !complete;
    }
    bool start_array(std::size_t) override { return ++_depth == 1 || (_depth == 2 && _member == kAuthors); }
    bool end_array() override
    {
        _member += --_depth == 1 ? 1 : 0;
        return _depth == 1;
    }
    bool null() override { return false; }
    bool boolean(bool) override { return false; }
    bool number_float(double, const std::string&) override { return false; }
    bool binary(json::binary_t&) override { return false; }
    bool start_object(std::size_t) override { return false; }
    bool key(std::string&) override { return false; }
    bool end_object() override { return false; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    static constexpr std::size_t kAuthors = 8;

    bool number(std::int64_t value)
    {
        if (_depth != 1 || _member > 1) {
            return false;
        }
        (_member == 0 ? data.editionId : data.versionId) = value;
        ++_member;
        return true;
    }

    std::size_t _depth = 0;
    std::size_t _member = 0;
};

Error unreadable()
{
    return {ErrorCode::corruptInput, "document data of the index is not readable: reindex"};
}

// The page table stands before the CBOR, not in it: its reader would take the table byte by byte.
struct Parts {
    std::string_view pages;
    std::string_view cbor;
};

constexpr std::size_t kLengthBytes = 4; // little-endian

void putLength(std::string& out, std::size_t length)
{
    for (std::size_t byte = 0; byte < kLengthBytes; ++byte) {
        out += static_cast<char>((length >> (8 * byte)) & 0xffU);
    }
}

// Empty where the bytes are too few.
Parts partsOf(std::string_view stored)
{
    if (stored.size() < kLengthBytes) {
        return {};
    }
    std::size_t length = 0;
    for (std::size_t byte = 0; byte < kLengthBytes; ++byte) {
        length |= std::size_t{static_cast<unsigned char>(stored[byte])} << (8 * byte);
    }
    stored.remove_prefix(kLengthBytes);
    return length > stored.size() ? Parts{} : Parts{stored.substr(0, length), stored.substr(length)};
}

} // namespace

// An array by position, not an object by name: the names would cost more than the values.
std::string encode(const DocumentData& data)
{
    const auto value = json::array({data.editionId, data.versionId, data.citableId, data.title, data.language,
                                    data.type, data.section, data.date, data.authors, data.mediaType, data.abstractText,
                                    data.pageCount, data.endPosition, data.automaticThemes});
    const auto pages = data.pages.encoded();
    std::string out;
    putLength(out, pages.size());
    out += pages;
    json::to_cbor(value, out);
    return out;
}

Result<DocumentData> decode(std::string_view stored)
{
    const auto parts = partsOf(stored);
    try {
        // It throws even when told not to, for a container that claims an impossible size (3.11.2).
        const auto value = json::from_cbor(parts.cbor, true, false);
        auto pages = PageTable::decoded(parts.pages);
        if (!value.is_array() || value.size() != 14 || !pages) {
            return unreadable();
        }
        DocumentData data;
        data.editionId = value[0].get<std::int64_t>();
        data.versionId = value[1].get<std::int64_t>();
        data.citableId = value[2].get<std::string>();
        data.title = value[3].get<std::string>();
        data.language = value[4].get<std::string>();
        data.type = value[5].get<std::string>();
        data.section = value[6].get<std::string>();
        data.date = value[7].get<std::string>();
        data.authors = value[8].get<std::vector<std::string>>();
        data.mediaType = value[9].get<std::string>();
        data.abstractText = value[10].get<std::string>();
        data.pageCount = value[11].get<std::uint32_t>();
        data.pages = std::move(*pages);
        data.endPosition = value[12].get<std::uint32_t>();
        data.automaticThemes = value[13].get<std::vector<std::string>>();
        return data;
    } catch (const json::exception& error) {
        return Error{ErrorCode::corruptInput, std::string{"document data of the index: "} + error.what()};
    }
}

Result<DocumentData> decodeHead(std::string_view stored)
{
    const auto cbor = partsOf(stored).cbor;
    HeadReader reader;
    try {
        (void)json::sax_parse(cbor.begin(), cbor.end(), &reader, json::input_format_t::cbor, false);
    } catch (const json::exception& error) { // a container that claims an impossible size, as in decode
        return Error{ErrorCode::corruptInput, std::string{"document data of the index: "} + error.what()};
    }
    if (!reader.complete) {
        return unreadable();
    }
    return std::move(reader.data);
}

} // namespace acervo::index
