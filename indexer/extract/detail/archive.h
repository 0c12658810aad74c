// Reads the parts of a zip archive held in memory, never more of them than the limits allow.
#pragma once

#include "analyzers/base/result.h"
#include "indexer/extract/extractor.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {

// Where bytes come from, piece by piece: fills at most `capacity` bytes, 0 at the end.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual Result<std::size_t> read(char* buffer, std::size_t capacity) = 0;
};

// A zip archive. Part names are keys and nothing else: they never become paths.
//
// threads  one archive belongs to one thread; sources it opened must not outlive it.
class Archive {
public:
    // errors  corruptInput when there is no readable directory; resourceLimit when it lists too many parts.
    static Result<Archive> open(std::string_view bytes, const Limits& limits);

    Archive(Archive&&) noexcept;
    Archive& operator=(Archive&&) noexcept;
    ~Archive();

    // The exact name, else the same name in another case (some producers are careless).
    bool contains(std::string_view name) const;
    std::vector<std::string> names() const;

    // Inflates while it is read.
    //
    // errors  notFound, encrypted, unsupported (compression method). Reading: corruptInput (damaged data, wrong
    //         checksum), resourceLimit (maxUnpackedBytes over all reads of this archive, or a part that grows more
    //         than is plausible for a document).
    Result<std::unique_ptr<ByteSource>> openPart(std::string_view name) const;

    // The whole part. errors  those of openPart, and resourceLimit above `maxBytes`.
    Result<std::string> readPart(std::string_view name, std::size_t maxBytes) const;

    struct State; // private to archive.cpp

private:
    explicit Archive(std::unique_ptr<State> state);
    std::optional<std::uint64_t> find(std::string_view name) const;

    std::unique_ptr<State> _state;
};

// The part that `target` means when it stands in `sourcePart`: "../media/a.xml" seen from "word/document.xml" is
// "media/a.xml". Never leaves the archive; what follows "#" is left out.
std::string resolvePart(std::string_view sourcePart, std::string_view target);

} // namespace acervo::extract::detail
