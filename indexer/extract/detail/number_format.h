// How a spreadsheet shows a number: as a date, a percentage, with so many decimals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::extract::detail {

struct NumberFormat {
    enum class Kind : std::uint8_t { general, number, percent, date, time, dateTime };
    Kind kind = Kind::general;
    int decimals = 0; // of number and percent
};

// code  a format code ("0.00%", "dd/mm/yyyy"); only its first section counts, literals and colours are dropped.
// source  ISO/IEC 29500-1, 18.8.31.
NumberFormat parseNumberFormat(std::string_view code);

// The formats that files refer to by number without defining them. source  ISO/IEC 29500-1, 18.8.30.
NumberFormat builtInNumberFormat(int id);

// Dates are written year first ("2021-06-15 10:30"), numbers without thousands separators.
std::string shownNumber(double value, const NumberFormat& format, bool epoch1904);

} // namespace acervo::extract::detail
