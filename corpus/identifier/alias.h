// Numbers and addresses by which others already know a work, brought to one form so that they can be compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::identifier {

// scheme  "isbn", "doi", "handle", "url" or "number" (a series with its number, or any other designation).
// value   "9789211326409"; "10.1000/182"; "20.500.1/7"; "uclg.org/en/report.pdf"; "policy papers 12".
struct Alias {
    std::string scheme;
    std::string value;

    friend bool operator==(const Alias&, const Alias&) = default;
};

// An ISBN of 10 or 13 digits, with or without dashes, always kept with 13. nullopt when its check digit is wrong.
std::optional<Alias> isbnAlias(std::string_view written);

// "10.1000/182", "doi:10.1000/182", "https://doi.org/10.1000/182". source  ISO 26324: case does not matter.
std::optional<Alias> doiAlias(std::string_view written);

// "hdl:20.500.1/7", "https://hdl.handle.net/20.500.1/7".
std::optional<Alias> handleAlias(std::string_view written);

// An address on the web. http and https, "www.", the fragment and a slash at the end make no difference.
std::optional<Alias> urlAlias(std::string_view written);

// "Policy Papers", "12": compared without case, accents and punctuation. Both must say something.
std::optional<Alias> seriesAlias(std::string_view series, std::string_view number);

// What `written` is as an alias, whatever its scheme. nullopt when it is empty, longer than 2048 bytes, not UTF-8, only
// punctuation, or a number alone.
std::optional<Alias> readAlias(std::string_view written);

} // namespace acervo::identifier
