#include "indexer/worker/detail/wire.h"

#include "analyzers/text/normalise.h"

#include <optional>
#include <utility>

namespace acervo::worker::detail {
namespace {

enum class Kind : std::uint8_t { document = 1, error = 2, request = 3 };

class Writer {
public:
    void byte(std::uint8_t value) { _bytes += static_cast<char>(value); }
    void number(std::uint64_t value)
    {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            byte(static_cast<std::uint8_t>(value >> shift));
        }
    }
    void string(std::string_view text)
    {
        number(text.size());
        _bytes += text;
    }
    void strings(const std::vector<std::string>& list)
    {
        number(list.size());
        for (const auto& item : list) {
            string(item);
        }
    }
    std::string take() { return std::move(_bytes); }

private:
    std::string _bytes;
};

// After a read beyond the end everything reads as empty, and whole() says so.
class Reader {
public:
    explicit Reader(std::string_view bytes) : _rest(bytes) {}

    std::uint8_t byte()
    {
        if (_rest.empty()) {
            _failed = true;
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(_rest.front());
        _rest.remove_prefix(1);
        return value;
    }
    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 8) {
            value |= std::uint64_t{byte()} << shift;
        }
        return _failed ? 0 : value;
    }
    std::uint32_t smallNumber()
    {
        const auto value = number();
        _failed = _failed || value > UINT32_MAX;
        return _failed ? 0 : static_cast<std::uint32_t>(value);
    }
    std::string string()
    {
        const auto size = number();
        if (size > _rest.size()) {
            _failed = true;
            return {};
        }
        const auto raw = _rest.substr(0, static_cast<std::size_t>(size));
        _rest.remove_prefix(raw.size());
        return text::isValidUtf8(raw) && raw.find('\0') == std::string_view::npos ? std::string{raw} : text::clean(raw);
    }
    // A list's length, which cannot exceed the bytes that are left: its items take `itemBytes` at least.
    std::size_t count(std::size_t itemBytes)
    {
        const auto value = number();
        if (value > _rest.size() / itemBytes) {
            _failed = true;
            return 0;
        }
        return static_cast<std::size_t>(value);
    }
    std::vector<std::string> strings()
    {
        std::vector<std::string> list(count(8));
        for (auto& item : list) {
            item = string();
        }
        return list;
    }
    bool failed() const { return _failed; }
    bool whole() const { return !_failed && _rest.empty(); }

private:
    std::string_view _rest;
    bool _failed = false;
};

void write(Writer& out, const model::Metadata& metadata)
{
    for (const auto* text : {&metadata.workKey, &metadata.assignedId, &metadata.type, &metadata.section, &metadata.date,
                             &metadata.series, &metadata.number, &metadata.isbn, &metadata.doi, &metadata.license,
                             &metadata.language, &metadata.title, &metadata.subtitle, &metadata.abstractText}) {
        out.string(*text);
    }
    for (const auto* list :
         {&metadata.themes, &metadata.countries, &metadata.sdgs, &metadata.keywords, &metadata.authors}) {
        out.strings(*list);
    }
}

void read(Reader& in, model::Metadata& metadata)
{
    for (auto* text : {&metadata.workKey, &metadata.assignedId, &metadata.type, &metadata.section, &metadata.date,
                       &metadata.series, &metadata.number, &metadata.isbn, &metadata.doi, &metadata.license,
                       &metadata.language, &metadata.title, &metadata.subtitle, &metadata.abstractText}) {
        *text = in.string();
    }
    for (auto* list : {&metadata.themes, &metadata.countries, &metadata.sdgs, &metadata.keywords, &metadata.authors}) {
        *list = in.strings();
    }
}

void write(Writer& out, const extract::ExtractedDocument& document)
{
    out.string(document.mediaType);
    write(out, document.metadata);
    out.number(document.properties.size());
    for (const auto& [key, value] : document.properties) {
        out.string(key);
        out.string(value);
    }
    out.number(document.pages.size());
    for (const auto& page : document.pages) {
        out.string(page.label);
        out.string(page.heading);
        out.string(page.language);
        out.string(page.text);
    }
    out.number(document.outline.size());
    for (const auto& entry : document.outline) {
        out.number(entry.level);
        out.string(entry.title);
        out.number(entry.page);
    }
    out.strings(document.warnings);
    out.byte(document.truncated ? 1 : 0);
}

extract::ExtractedDocument readDocument(Reader& in)
{
    extract::ExtractedDocument document;
    document.mediaType = in.string();
    read(in, document.metadata);
    for (auto left = in.count(16); left > 0; --left) {
        auto key = in.string();
        document.properties.emplace(std::move(key), in.string());
    }
    document.pages.resize(in.count(32));
    std::uint32_t number = 0;
    for (auto& page : document.pages) {
        page.number = ++number;
        page.label = in.string();
        page.heading = in.string();
        page.language = in.string();
        page.text = in.string();
        document.textBytes += page.text.size();
    }
    document.outline.resize(in.count(24));
    for (auto& entry : document.outline) {
        entry.level = in.smallNumber();
        entry.title = in.string();
        entry.page = in.smallNumber();
        if (entry.level < 1 || entry.level > 6) {
            entry.level = entry.level < 1 ? 1 : 6;
        }
        if (entry.page > document.pages.size()) {
            entry.page = 0;
        }
    }
    document.warnings = in.strings();
    document.truncated = in.byte() != 0;
    return document;
}

} // namespace

std::string encode(const Request& request)
{
    Writer out;
    out.byte(static_cast<std::uint8_t>(Kind::request));
    out.string(request.fileName);
    out.number(request.limits.maxTextBytes);
    out.number(request.limits.maxPages);
    out.number(request.limits.maxUnpackedBytes);
    out.number(request.limits.maxArchiveEntries);
    out.number(request.limits.maxDepth);
    out.number(request.cpuSeconds);
    out.number(request.maxFileBytes);
    return out.take();
}

Result<Request> decodeRequest(std::string_view bytes)
{
    Reader in{bytes};
    Request request;
    const bool isRequest = in.byte() == static_cast<std::uint8_t>(Kind::request);
    request.fileName = in.string();
    request.limits.maxTextBytes = in.number();
    request.limits.maxPages = in.smallNumber();
    request.limits.maxUnpackedBytes = in.number();
    request.limits.maxArchiveEntries = in.smallNumber();
    request.limits.maxDepth = in.smallNumber();
    request.cpuSeconds = in.number();
    request.maxFileBytes = in.number();
    if (!isRequest || !in.whole()) {
        return Error{ErrorCode::corruptInput, "not a request"};
    }
    return request;
}

std::string encode(const Result<extract::ExtractedDocument>& reply)
{
    Writer out;
    if (reply) {
        out.byte(static_cast<std::uint8_t>(Kind::document));
        write(out, *reply);
    } else {
        out.byte(static_cast<std::uint8_t>(Kind::error));
        out.byte(static_cast<std::uint8_t>(reply.error().code));
        out.string(reply.error().message);
    }
    return out.take();
}

std::optional<Result<extract::ExtractedDocument>> decodeReply(std::string_view bytes)
{
    Reader in{bytes};
    const auto kind = static_cast<Kind>(in.byte());
    if (kind == Kind::document) {
        auto document = readDocument(in);
        if (in.whole()) {
            return Result<extract::ExtractedDocument>{std::move(document)};
        }
    } else if (kind == Kind::error) {
        const auto code = in.byte();
        Error error{static_cast<ErrorCode>(code), in.string()};
        if (in.whole() && code <= static_cast<std::uint8_t>(ErrorCode::internal)) {
            return Result<extract::ExtractedDocument>{std::move(error)};
        }
    }
    return std::nullopt;
}

} // namespace acervo::worker::detail
