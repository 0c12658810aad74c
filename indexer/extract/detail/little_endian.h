// Reads little-endian numbers from bytes that may be too short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace acervo::extract::detail {

// nullopt when the bytes end before the number does.
template <class Number>
std::optional<Number> littleEndianAt(std::string_view bytes, std::size_t at)
{
    if (at > bytes.size() || bytes.size() - at < sizeof(Number)) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
    }
    return static_cast<Number>(value);
}

// The same, 0 when the bytes end before.
template <class Number>
Number numberAt(std::string_view bytes, std::size_t at)
{
    return littleEndianAt<Number>(bytes, at).value_or(Number{0});
}

// The part that exists of `count` bytes at `at`.
inline std::string_view bytesAt(std::string_view bytes, std::size_t at, std::size_t count)
{
    return at > bytes.size() ? std::string_view{} : bytes.substr(at, count);
}

} // namespace acervo::extract::detail
