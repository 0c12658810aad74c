// What people wrote about documents in files beside them: metadata.toml, metadata.csv, report.pdf.toml.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/model/document.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace acervo::crawl {

struct SidecarEntry {
    model::Metadata metadata;
    std::filesystem::path from;
};

struct SidecarProblem {
    std::string file;    // as given, with the line where known
    std::string message; // what is wrong and what is expected
};

class Sidecars {
public:
    // Reads the files; one that cannot be understood is a problem in the report and says nothing about documents. A
    // FILE.toml wins over its folder's metadata.toml, that over metadata.csv, key by key.
    static Sidecars read(const std::vector<std::filesystem::path>& files);

    // Nullptr when nothing was written about the file.
    const SidecarEntry* find(const std::filesystem::path& document) const;

    const std::vector<SidecarProblem>& problems() const { return _problems; }

private:
    std::map<std::filesystem::path, SidecarEntry> _entries; // by document path
    std::vector<SidecarProblem> _problems;
};

// Fills what `target` leaves empty with what `other` says.
void fillGaps(model::Metadata& target, const model::Metadata& other);

} // namespace acervo::crawl
