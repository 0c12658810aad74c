#include "indexer/lexicon/house.h"

#include "indexer/lexicon/detail/skos.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace acervo::lexicon {

namespace fs = std::filesystem;

namespace {

void addScheme(std::string_view name, const vocabulary::Scheme& scheme, Source& source)
{
    const auto prefix = "urn:acervo:" + std::string{name} + ":";
    // Alternative labels of themes and types are what belongs under them, not what they are called.
    const auto kind = name == "themes" || name == "types" ? LabelKind::narrower : LabelKind::alternative;
    for (const auto& entry : scheme.concepts()) {
        const auto id = prefix + entry.notation;
        for (const auto& [code, label] : entry.labels) {
            source.labels.push_back({id, text::languageOf(code), label, LabelKind::preferred});
        }
        for (const auto& [code, labels] : entry.altLabels) {
            for (const auto& label : labels) {
                source.labels.push_back({id, text::languageOf(code), label, kind});
            }
        }
        if (!entry.broader.empty()) {
            source.broader.push_back({id, prefix + entry.broader});
        }
        if (name == "themes") {
            source.themes.push_back({id, entry.notation});
        }
    }
}

template <class T>
void append(std::vector<T>& all, std::vector<T>& more)
{
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

Result<Source> houseSource(const vocabulary::Vocabularies& vocabularies, const fs::path& glossary)
{
    Source source;
    source.name = "house";
    source.origin = Origin::glossary;
    source.title = "Vocabularies and glossary of the house";
    std::vector<fs::path> files;
    std::error_code problem;
    for (fs::directory_iterator entry{glossary, problem}, end; !problem && entry != end; entry.increment(problem)) {
        if (entry->path().extension() == ".ttl") {
            files.push_back(entry->path());
        }
    }
    if (problem && problem != std::errc::no_such_file_or_directory) {
        return errorFromErrno(problem.value(), "read the glossary " + glossary.string());
    }
    std::ranges::sort(files);
    for (const auto& file : files) {
        auto concepts = readSkos(file);
        if (!concepts) {
            return concepts.error();
        }
        append(source.labels, concepts->source.labels);
        append(source.broader, concepts->source.broader);
        append(source.themes, concepts->source.themes);
    }
    // After the glossary: of labels that differ in capitals the first is shown, and the glossary writes as in a
    // sentence.
    addScheme("themes", vocabularies.themes, source);
    addScheme("types", vocabularies.types, source);
    addScheme("sections", vocabularies.sections, source);
    addScheme("sdgs", vocabularies.sdgs, source);
    addScheme("countries", vocabularies.countries, source);
    // Labels of languages that the lexicon does not know.
    std::erase_if(source.labels, [](const Label& label) { return label.language == text::Language::other; });
    return source;
}

} // namespace acervo::lexicon
