#include "analyzers/lexicon/detail/image_writer.h"

#include "analyzers/base/durable_file.h"
#include "analyzers/text/analyzer.h"
#include "analyzers/text/normalise.h"

#include <cstring>
#include <limits>

namespace acervo::lexicon {

std::uint32_t ImageWriter::string(std::string_view text)
{
    constexpr std::size_t kMostBytes = std::numeric_limits<std::uint16_t>::max();
    std::string kept{text::truncateUtf8(text, kMostBytes)};
    if (const auto known = _known.find(kept); known != _known.end()) {
        return known->second;
    }
    auto& strings = _sections[static_cast<std::size_t>(Section::strings)];
    const auto place = static_cast<std::uint32_t>(strings.size());
    const auto length = static_cast<std::uint16_t>(kept.size());
    strings.append(reinterpret_cast<const char*>(&length), sizeof length);
    strings += kept;
    _known.emplace(std::move(kept), place);
    return place;
}

Result<std::uint64_t> ImageWriter::write(const std::filesystem::path& file)
{
    const auto& strings = _sections[static_cast<std::size_t>(Section::strings)];
    if (strings.size() >= kNoString) {
        return Error{ErrorCode::resourceLimit, "the lexicon holds more than 4 GiB of text: remove a source"};
    }
    _counts[static_cast<std::size_t>(Section::strings)] = static_cast<std::uint32_t>(strings.size());
    std::string body;
    for (const auto& section : _sections) {
        body += section;
    }
    Header header;
    header.magic = kMagic;
    header.formatVersion = kFormatVersion;
    header.analyzerVersion = text::kAnalyzerVersion;
    header.fileBytes = sizeof header + body.size();
    header.checksum = checksumOf(body);
    header.counts = _counts;
    std::string bytes(sizeof header, '\0');
    std::memcpy(bytes.data(), &header, sizeof header);
    bytes += body;
    if (auto written = replaceDurably(file, bytes); !written) {
        return written.error();
    }
    return header.fileBytes;
}

} // namespace acervo::lexicon
