#include "indexer/extract/detail/archive.h"

#include <zip.h>

#include <utility>

namespace acervo::extract::detail {

namespace {

// Text of office documents shrinks to a tenth, tables of equal rows to a hundredth. A part may be denser than
// kMaxRatio only as long as it is small.
constexpr std::uint64_t kMaxRatio = 250;
constexpr std::uint64_t kRatioFreeBytes = 16ULL << 20;

struct ZipDiscard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
using ZipHandle = std::unique_ptr<zip_t, ZipDiscard>;

struct ZipFileClose {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using ZipFileHandle = std::unique_ptr<zip_file_t, ZipFileClose>;

ErrorCode codeOf(int zipError)
{
    switch (zipError) {
    case ZIP_ER_NOPASSWD:
    case ZIP_ER_WRONGPASSWD:
        return ErrorCode::encrypted;
    case ZIP_ER_COMPNOTSUPP:
    case ZIP_ER_ENCRNOTSUPP:
        return ErrorCode::unsupported;
    case ZIP_ER_NOENT:
        return ErrorCode::notFound;
    default:
        return ErrorCode::corruptInput;
    }
}

} // namespace

struct Archive::State {
    ZipHandle zip;
    std::uint64_t unpackedBytes = 0; // by every source of this archive
    std::uint64_t maxUnpackedBytes = 0;
};

namespace {

class PartSource : public ByteSource {
public:
    PartSource(ZipFileHandle file, std::uint64_t packedBytes, Archive::State& archive)
        : _file(std::move(file)), _packedBytes(packedBytes), _archive(archive)
    {
    }

    Result<std::size_t> read(char* buffer, std::size_t capacity) override
    {
        const auto count = zip_fread(_file.get(), buffer, capacity);
        if (count < 0) {
            return Error{codeOf(zip_error_code_zip(zip_file_get_error(_file.get()))),
                         std::string{"damaged archive part: "} + zip_error_strerror(zip_file_get_error(_file.get()))};
        }
        const auto bytes = static_cast<std::uint64_t>(count);
        _bytes += bytes;
        _archive.unpackedBytes += bytes;
        if (_archive.unpackedBytes > _archive.maxUnpackedBytes) {
            return Error{ErrorCode::resourceLimit, "the archive unpacks to more than the allowed size"};
        }
        if (_bytes > kRatioFreeBytes && _bytes / kMaxRatio > _packedBytes) {
            return Error{ErrorCode::resourceLimit, "an archive part grows suspiciously while unpacking"};
        }
        return static_cast<std::size_t>(bytes);
    }

private:
    ZipFileHandle _file;
    std::uint64_t _packedBytes;
    std::uint64_t _bytes = 0;
    Archive::State& _archive;
};

} // namespace

Archive::Archive(std::unique_ptr<State> state) : _state(std::move(state)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(std::string_view bytes, const Limits& limits)
{
    zip_error_t problem;
    zip_error_init(&problem);
    auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &problem);
    zip_t* zip = source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &problem) : nullptr;
    if (zip == nullptr) {
        auto message = std::string{"not a readable zip archive: "} + zip_error_strerror(&problem);
        zip_error_fini(&problem);
        if (source != nullptr) {
            zip_source_free(source);
        }
        return Error{ErrorCode::corruptInput, std::move(message)};
    }
    zip_error_fini(&problem);

    auto state = std::make_unique<State>();
    state->zip.reset(zip);
    state->maxUnpackedBytes = limits.maxUnpackedBytes;
    if (zip_get_num_entries(zip, 0) > static_cast<zip_int64_t>(limits.maxArchiveEntries)) {
        return Error{ErrorCode::resourceLimit, "the archive has too many entries"};
    }
    return Archive{std::move(state)};
}

std::optional<std::uint64_t> Archive::find(std::string_view name) const
{
    const std::string key{name};
    auto index = zip_name_locate(_state->zip.get(), key.c_str(), ZIP_FL_ENC_RAW);
    if (index < 0) {
        index = zip_name_locate(_state->zip.get(), key.c_str(), ZIP_FL_NOCASE);
    }
    if (index < 0) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(index);
}

bool Archive::contains(std::string_view name) const
{
    return find(name).has_value();
}

std::vector<std::string> Archive::names() const
{
    std::vector<std::string> all;
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(_state->zip.get(), 0));
    for (std::uint64_t index = 0; index < count; ++index) {
        if (const auto* name = zip_get_name(_state->zip.get(), index, 0); name != nullptr) {
            all.emplace_back(name);
        }
    }
    return all;
}

Result<std::unique_ptr<ByteSource>> Archive::openPart(std::string_view name) const
{
    const auto index = find(name);
    if (!index) {
        return Error{ErrorCode::notFound, "the archive has no part " + std::string{name}};
    }
    zip_stat_t stat;
    zip_stat_init(&stat);
    const bool known = zip_stat_index(_state->zip.get(), *index, 0, &stat) == 0;
    if (known && (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
        return Error{ErrorCode::encrypted, "the archive is protected by a password"};
    }
    ZipFileHandle file{zip_fopen_index(_state->zip.get(), *index, 0)};
    if (!file) {
        return Error{codeOf(zip_error_code_zip(zip_get_error(_state->zip.get()))),
                     "cannot unpack " + std::string{name} + ": " + zip_strerror(_state->zip.get())};
    }
    const auto packed = known && (stat.valid & ZIP_STAT_COMP_SIZE) != 0 ? stat.comp_size : 0;
    return std::unique_ptr<ByteSource>{std::make_unique<PartSource>(std::move(file), packed, *_state)};
}

Result<std::string> Archive::readPart(std::string_view name, std::size_t maxBytes) const
{
    auto source = openPart(name);
    if (!source) {
        return source.error();
    }
    std::string all;
    char buffer[16384];
    while (true) {
        const auto count = (*source)->read(buffer, sizeof buffer);
        if (!count) {
            return count.error().within("unpack " + std::string{name});
        }
        if (*count == 0) {
            return all;
        }
        if (all.size() + *count > maxBytes) {
            return Error{ErrorCode::resourceLimit, "the archive part " + std::string{name} + " is too large"};
        }
        all.append(buffer, *count);
    }
}

std::string resolvePart(std::string_view sourcePart, std::string_view target)
{
    std::vector<std::string_view> segments;
    const auto append = [&](std::string_view text) {
        while (!text.empty()) {
            const auto slash = text.find_first_of("/\\");
            const auto segment = text.substr(0, slash);
            text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash + 1);
            if (segment == "..") {
                if (!segments.empty()) {
                    segments.pop_back();
                }
            } else if (!segment.empty() && segment != ".") {
                segments.push_back(segment);
            }
        }
    };
    if (!target.starts_with('/') && !target.starts_with('\\')) {
        const auto slash = sourcePart.rfind('/');
        append(slash == std::string_view::npos ? std::string_view{} : sourcePart.substr(0, slash));
    }
    append(target.substr(0, target.find('#')));
    std::string result;
    for (const auto segment : segments) {
        result += result.empty() ? "" : "/";
        result += segment;
    }
    return result;
}

} // namespace acervo::extract::detail
