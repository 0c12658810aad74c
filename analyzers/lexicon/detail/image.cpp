#include "analyzers/lexicon/detail/image.h"

#include "analyzers/base/descriptor.h"
#include "analyzers/text/analyzer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

namespace acervo::lexicon {

namespace {

Error damaged(const std::filesystem::path& file, std::string_view how)
{
    return {ErrorCode::corruptInput,
            file.string() + " is " + std::string{how} + ": run \"acervo-indexer lexicon build\" to make it again"};
}

} // namespace

Result<Image> Image::map(const std::filesystem::path& file)
{
    // A pipe is refused, not awaited.
    const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    struct stat status {};
    if (!in || ::fstat(in.number(), &status) != 0) {
        return errorFromErrno(errno, "open the lexicon " + file.string());
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (!S_ISREG(status.st_mode) || size < sizeof(Header)) {
        return damaged(file, "not a lexicon");
    }
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, in.number(), 0);
    if (address == MAP_FAILED) {
        return errorFromErrno(errno, "map the lexicon " + file.string());
    }
    Image image;
    image._bytes = {static_cast<const char*>(address), size};
    std::memcpy(&image._header, image._bytes.data(), sizeof(Header));
    const auto& header = image._header;
    if (header.magic != kMagic) {
        return damaged(file, "not a lexicon");
    }
    if (header.formatVersion != kFormatVersion || header.analyzerVersion != text::kAnalyzerVersion) {
        return Error{ErrorCode::indexUnavailable, file.string() + " was compiled by another version of Acervo: run "
                                                                  "\"acervo-indexer lexicon build\""};
    }
    auto end = sizeof(Header);
    for (std::size_t i = 0; i < kSections; ++i) {
        image._begin[i] = end;
        end += header.counts[i] * kRecordBytes[i];
    }
    if (header.fileBytes != size || end != size) {
        return damaged(file, "cut short or damaged");
    }
    if (checksumOf(image._bytes.substr(sizeof(Header))) != header.checksum) {
        return damaged(file, "damaged");
    }
    return image;
}

Image::Image(Image&& other) noexcept
    : _bytes(std::exchange(other._bytes, {})), _header(other._header), _begin(other._begin)
{
    other._header.counts.fill(0);
}

Image& Image::operator=(Image&& other) noexcept
{
    if (this != &other) {
        unmap();
        _bytes = std::exchange(other._bytes, {});
        _header = other._header;
        _begin = other._begin;
        other._header.counts.fill(0);
    }
    return *this;
}

Image::~Image()
{
    unmap();
}

void Image::unmap()
{
    if (!_bytes.empty()) {
        ::munmap(const_cast<char*>(_bytes.data()), _bytes.size());
        _bytes = {};
    }
}

std::string_view Image::string(std::uint32_t place) const
{
    std::uint16_t length = 0;
    const auto strings = count(Section::strings);
    if (strings < sizeof length || place > strings - sizeof length) {
        return {};
    }
    const auto begin = _begin[static_cast<std::size_t>(Section::strings)] + place;
    std::memcpy(&length, _bytes.data() + begin, sizeof length);
    if (length > strings - sizeof length - place) {
        return {};
    }
    return _bytes.substr(begin + sizeof length, length);
}

} // namespace acervo::lexicon
