#include "indexer/extract/detail/properties.h"

#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/metadata.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <utility>

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxValueBytes = 10'000;
constexpr std::size_t kMaxProperties = 1'000;

void setOnce(std::string& field, std::string_view value)
{
    if (field.empty()) {
        field = value;
    }
}

void addParts(std::vector<std::string>& list, std::string_view value, std::string_view separators)
{
    for (auto& part : splitList(value, separators)) {
        if (std::find(list.begin(), list.end(), part) == list.end()) {
            list.push_back(std::move(part));
        }
    }
}

void addIdentifier(model::Metadata& metadata, std::string_view value)
{
    std::string lower;
    for (const char c : value) {
        lower.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
    if (const auto isbn = lower.find("isbn:"); isbn != std::string::npos) {
        setOnce(metadata.isbn, collapseSpace(value.substr(isbn + 5)));
    } else if (const auto doi = lower.find("10."); doi != std::string::npos && lower.find("doi") < doi) {
        setOnce(metadata.doi, collapseSpace(value.substr(doi)));
    }
}

void addToMetadata(model::Metadata& metadata, std::string_view name, std::string_view value)
{
    if (name == "dc:title") {
        setOnce(metadata.title, isAccidentalTitle(value) ? std::string_view{} : value);
    } else if (name == "dc:creator") {
        addParts(metadata.authors, value, ";");
    } else if (name == "dc:description") {
        setOnce(metadata.abstractText, value);
    } else if (name == "dc:language") {
        setOnce(metadata.language, languageCode(value));
    } else if (name == "dc:identifier") {
        addIdentifier(metadata, value);
    } else if (name == "meta:keyword") {
        addParts(metadata.keywords, value, ";,");
    } else if (name == "dcterms:created" || name == "dc:date") {
        setOnce(metadata.date, partialDate(value));
    }
}

struct CivilTime {
    int year;
    unsigned month;
    unsigned day;
    long secondOfDay;
};

CivilTime civilFrom(std::int64_t secondsSince1970)
{
    using std::chrono::days;
    const auto time = std::chrono::sys_seconds{std::chrono::seconds{secondsSince1970}};
    const auto day = std::chrono::floor<days>(time);
    const std::chrono::year_month_day date{day};
    return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
            static_cast<long>((time - day).count())};
}

} // namespace

void addProperty(ExtractedDocument& document, std::string_view name, std::string_view value)
{
    if (document.properties.size() >= kMaxProperties) {
        return;
    }
    const auto clean = text::clean(text::truncateUtf8(value, kMaxValueBytes));
    const auto trimmed = collapseSpace(clean);
    if (trimmed.empty()) {
        return;
    }
    addToMetadata(document.metadata, name, trimmed);
    document.properties.emplace(text::clean(name), trimmed);
}

void warnIfEmpty(ExtractedDocument& document)
{
    const bool any = std::any_of(document.pages.begin(), document.pages.end(), [](const auto& page) {
        return page.text.find_first_not_of(" \n\t") != std::string::npos;
    });
    if (!any) {
        document.warnings.emplace_back("the document has no text");
    }
}

std::string dateFromFileTime(std::uint64_t ticks)
{
    constexpr std::int64_t kEpochGap = 11'644'473'600; // seconds from 1601 to 1970
    constexpr std::int64_t kYear9999 = 253'402'300'799;
    const auto seconds = static_cast<std::int64_t>(ticks / 10'000'000) - kEpochGap;
    if (ticks == 0 || seconds < 0 || seconds > kYear9999) { // before 1970 it is a duration or an empty field
        return {};
    }
    const auto at = civilFrom(seconds);
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02ld:%02ld:%02ldZ", at.year, at.month, at.day,
                  at.secondOfDay / 3600, at.secondOfDay / 60 % 60, at.secondOfDay % 60);
    return buffer;
}

std::string dateFromSerial(double serial, bool epoch1904, bool withDate, bool withTime)
{
    constexpr double kMaxSerial = 2'958'465.0; // 9999-12-31
    constexpr std::int64_t kFrom1899 = -2'209'161'600;
    constexpr std::int64_t kFrom1904 = -2'082'844'800;
    if (!std::isfinite(serial) || serial < 0 || serial > kMaxSerial) {
        return {};
    }
    const auto seconds = static_cast<std::int64_t>(std::llround(serial * 86'400.0));
    const auto at = civilFrom(seconds + (epoch1904 ? kFrom1904 : kFrom1899));
    char date[32] = "";
    char clock[32] = "";
    if (withDate) {
        std::snprintf(date, sizeof date, "%04d-%02u-%02u", at.year, at.month, at.day);
    }
    if (withTime && (at.secondOfDay != 0 || !withDate)) {
        const auto* shape = at.secondOfDay % 60 != 0 ? "%s%02ld:%02ld:%02ld" : "%s%02ld:%02ld";
        std::snprintf(clock, sizeof clock, shape, withDate ? " " : "", at.secondOfDay / 3600, at.secondOfDay / 60 % 60,
                      at.secondOfDay % 60);
    }
    return std::string{date} + clock;
}

} // namespace acervo::extract::detail
