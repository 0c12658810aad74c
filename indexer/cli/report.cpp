#include "indexer/cli/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fstream>

namespace acervo::cli {

using nlohmann::json;

std::string printable(std::string_view text)
{
    std::string shown{text};
    std::ranges::replace_if(
        shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return shown;
}

void printReport(const pipeline::RunReport& report)
{
    const auto& counts = report.counts;
    std::printf("Source %s: %llu documents seen in %.1f s\n", report.source.c_str(),
                static_cast<unsigned long long>(counts.seen), report.seconds);
    const std::pair<const char*, std::uint64_t> lines[] = {
        {"indexed", counts.indexed}, {"unchanged", counts.unchanged},     {"partial", counts.partial},
        {"failed", counts.failed},   {"quarantined", counts.quarantined}, {"withdrawn", counts.withdrawn}};
    for (const auto& [name, count] : lines) {
        std::printf("  %-12s %8llu\n", name, static_cast<unsigned long long>(count));
    }
    for (std::size_t i = 0; i < report.rows.size() && i < kShownRows; ++i) {
        const auto& row = report.rows[i];
        std::printf("  %s  %s  (%s)\n", std::string{catalogue::nameOf(row.outcome)}.c_str(), printable(row.uri).c_str(),
                    printable(row.reason).c_str());
    }
    if (report.rows.size() > kShownRows) {
        std::printf("  ... and %zu more; --report FILE writes all of them\n", report.rows.size() - kShownRows);
    }
    if (!report.warnings.empty()) {
        std::printf("  %zu warnings\n", report.warnings.size());
        for (std::size_t i = 0; i < report.warnings.size() && i < kShownRows / 2; ++i) {
            std::printf("    %s: %s\n", printable(report.warnings[i].uri).c_str(),
                        printable(report.warnings[i].message).c_str());
        }
        if (report.warnings.size() > kShownRows / 2) {
            std::printf("    ... and %zu more; --report FILE writes all of them\n",
                        report.warnings.size() - kShownRows / 2);
        }
    }
    if (!report.ignored.empty()) {
        std::string kinds;
        for (const auto& [extension, count] : report.ignored) {
            kinds += (kinds.empty() ? "" : ", ") + (extension.empty() ? "no extension" : "." + extension) + " " +
                     std::to_string(count);
        }
        std::printf("  files of kinds Acervo does not read: %s\n", printable(kinds).c_str());
    }
    if (report.missing > 0) {
        std::printf("  %llu known documents were not found this time\n",
                    static_cast<unsigned long long>(report.missing));
    }
    if (!report.alarm.empty()) {
        std::printf("  ATTENTION: %s\n", printable(report.alarm).c_str());
    }
    if (counts.seen == 0) {
        std::printf("  The source has no documents that Acervo can read.\n");
    }
    if (report.stopped) {
        std::printf("  Stopped on request; what was read is kept, the next run goes on from here.\n");
    }
}

json toJson(const pipeline::RunReport& report)
{
    auto rows = json::array();
    for (const auto& row : report.rows) {
        rows.push_back({{"uri", row.uri}, {"outcome", catalogue::nameOf(row.outcome)}, {"reason", row.reason}});
    }
    auto warnings = json::array();
    for (const auto& warning : report.warnings) {
        warnings.push_back({{"uri", warning.uri}, {"message", warning.message}});
    }
    const auto& counts = report.counts;
    return {{"source", report.source},           {"seen", counts.seen},
            {"indexed", counts.indexed},         {"unchanged", counts.unchanged},
            {"partial", counts.partial},         {"failed", counts.failed},
            {"quarantined", counts.quarantined}, {"withdrawn", counts.withdrawn},
            {"missing", report.missing},         {"alarm", report.alarm},
            {"stopped", report.stopped},         {"seconds", report.seconds},
            {"rows", std::move(rows)},           {"warnings", std::move(warnings)},
            {"ignored", report.ignored}};
}

Result<void> writeReport(const std::string& file, const std::vector<pipeline::RunReport>& reports)
{
    auto sources = json::array();
    for (const auto& report : reports) {
        sources.push_back(toJson(report));
    }
    errno = 0;
    std::ofstream out{file};
    out << json{{"sources", std::move(sources)}}.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
    out.close();
    if (!out) {
        return errorFromErrno(errno != 0 ? errno : EIO, "write the report " + file);
    }
    return {};
}

} // namespace acervo::cli
