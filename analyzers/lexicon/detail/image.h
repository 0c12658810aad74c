// The mapped file: bounds-checked access to its records and strings.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/detail/format.h"

#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

namespace acervo::lexicon {

// threads  immutable; any number may read.
class Image {
public:
    // errors  as Lexicon::open().
    static Result<Image> map(const std::filesystem::path& file);

    Image(Image&& other) noexcept;
    Image& operator=(Image&& other) noexcept;
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;
    ~Image();

    const Header& header() const { return _header; }
    std::size_t count(Section section) const { return _header.counts[static_cast<std::size_t>(section)]; }

    // A record; an empty one past the end.
    template <class Record>
    Record at(Section section, std::size_t place) const
    {
        Record record{};
        if (place < count(section)) {
            std::memcpy(&record, _bytes.data() + _begin[static_cast<std::size_t>(section)] + place * sizeof(Record),
                        sizeof(Record));
        }
        return record;
    }

    // The string that begins there; "" for a place where none can.
    std::string_view string(std::uint32_t place) const;

private:
    Image() = default;
    void unmap();

    std::string_view _bytes; // the whole file
    Header _header;
    std::array<std::size_t, kSections> _begin{};
};

} // namespace acervo::lexicon
