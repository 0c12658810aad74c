#include "corpus/index/document_data.h"

#include <nlohmann/json.hpp>

#include <array>

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

} // namespace

// An array by position, not an object by name: the names would cost more than the values.
std::string encode(const DocumentData& data)
{
    auto numbers = json::array();
    auto positions = json::array();
    auto labels = json::array();
    bool anyLabel = false;
    std::uint32_t previous = 0;
    for (const auto& page : data.pages) {
        numbers.push_back(page.number);
        positions.push_back(page.firstPosition - previous);
        labels.push_back(page.label);
        anyLabel = anyLabel || !page.label.empty();
        previous = page.firstPosition;
    }
    if (!anyLabel) {
        labels = json::array();
    }
    const auto value =
        json::array({data.editionId, data.versionId, data.citableId, data.title, data.language, data.type, data.section,
                     data.date, data.authors, data.mediaType, data.abstractText, data.pageCount, std::move(numbers),
                     std::move(positions), std::move(labels), data.endPosition, data.automaticThemes});
    std::string out;
    json::to_cbor(value, out);
    return out;
}

Result<DocumentData> decode(std::string_view cbor)
{
    try {
        // It throws even when told not to, for a container that claims an impossible size (3.11.2).
        const auto value = json::from_cbor(cbor, true, false);
        if (!value.is_array() || value.size() != 17) {
            return Error{ErrorCode::corruptInput, "document data of the index is not readable: reindex"};
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
        const auto& numbers = value[12];
        const auto& positions = value[13];
        const auto& labels = value[14];
        data.endPosition = value[15].get<std::uint32_t>();
        data.automaticThemes = value[16].get<std::vector<std::string>>();
        if (numbers.size() != positions.size()) {
            return Error{ErrorCode::corruptInput, "document data of the index is not readable: reindex"};
        }
        std::uint32_t position = 0;
        data.pages.reserve(numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            position += positions[i].get<std::uint32_t>();
            data.pages.push_back({numbers[i].get<std::uint32_t>(), position,
                                  i < labels.size() ? labels[i].get<std::string>() : std::string{}});
        }
        return data;
    } catch (const json::exception& error) {
        return Error{ErrorCode::corruptInput, std::string{"document data of the index: "} + error.what()};
    }
}

Result<DocumentData> decodeHead(std::string_view cbor)
{
    HeadReader reader;
    try {
        (void)json::sax_parse(cbor.begin(), cbor.end(), &reader, json::input_format_t::cbor, false);
    } catch (const json::exception& error) { // a container that claims an impossible size, as in decode
        return Error{ErrorCode::corruptInput, std::string{"document data of the index: "} + error.what()};
    }
    if (!reader.complete) {
        return Error{ErrorCode::corruptInput, "document data of the index is not readable: reindex"};
    }
    return std::move(reader.data);
}

} // namespace acervo::index
