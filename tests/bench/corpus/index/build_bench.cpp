// Building the index of a catalogue, beside plain Xapian: documents a second of processor time, and bytes.
//
// usage: bench_build DATA [WORK [SEGMENT]]
//   DATA  a data folder with a catalogue, made by acervo-indexer import or run
//   WORK  where both indexes are built, in two folders that are made anew and removed; left out: the system's for
//         temporary files
//   SEGMENT  documents in each part that ours is built of; given, only ours is built, to try other sizes
//
// Plain Xapian is what its documentation shows: one writer with default settings, a TermGenerator with the English
// stemmer and positions, each title also under a prefix of its own; the same boolean terms, values and document data as
// ours. It is given its texts in memory before its clock starts; ours reads, decompresses and decodes them within its
// own time.
#include "corpus/catalogue/catalogue.h"
#include "corpus/index/document_builder.h"
#include "corpus/index/guarded.h"
#include "corpus/index/writer.h"
#include "corpus/vocabulary/vocabulary.h"

#include <xapian.h>

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace acervo;

constexpr std::size_t kChangesPerRead = 1000;

// What plain Xapian is given.
struct Source {
    std::string title;
    std::string text;
    Xapian::Document described; // boolean terms, values and data, as ours has them
};

struct Spent {
    double processor = 0.0; // seconds, of all threads, user and system
    double wall = 0.0;
};

double processorSeconds()
{
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class Work>
Spent timed(Work&& work)
{
    const auto processor = processorSeconds();
    const auto wall = std::chrono::steady_clock::now();
    work();
    return {processorSeconds() - processor,
            std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count()};
}

template <class Value>
Value orExit(Result<Value> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_build: %s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<Value>) {
        return std::move(*result);
    }
}

// Filter terms and identifiers begin with one of these letters and stand once, without weight.
bool isBoolean(const std::string& term)
{
    return !term.empty() && (term[0] == 'Q' || term[0] == 'W' || term[0] == 'X');
}

std::vector<Source> readAll(const catalogue::Catalogue& catalogue, const vocabulary::Vocabularies& vocabularies,
                            std::uint64_t& textBytes)
{
    index::DocumentBuilder builder{vocabularies};
    std::vector<Source> sources;
    std::int64_t after = 0;
    for (;;) {
        const auto changes = orExit(catalogue.changesAfter(after, kChangesPerRead));
        if (changes.empty()) {
            return sources;
        }
        for (const auto& change : changes) {
            after = change.number;
            if (change.edition.state == model::EditionState::withdrawn) {
                continue;
            }
            Source source;
            source.title = change.edition.metadata.title;
            const auto pages = orExit(catalogue.pages(change.edition.versionId));
            for (const auto& page : pages) {
                source.text += (source.text.empty() ? "" : "\n") + page.text;
            }
            textBytes += source.text.size();
            const auto ours = builder.build(change.edition, pages);
            for (auto term = ours.termlist_begin(); term != ours.termlist_end(); ++term) {
                if (isBoolean(*term)) {
                    source.described.add_boolean_term(*term);
                }
            }
            for (auto value = ours.values_begin(); value != ours.values_end(); ++value) {
                source.described.add_value(value.get_valueno(), *value);
            }
            source.described.set_data(ours.get_data());
            sources.push_back(std::move(source));
        }
    }
}

void buildPlain(const std::vector<Source>& sources, const fs::path& folder)
{
    Xapian::WritableDatabase database{folder.string(), Xapian::DB_CREATE_OR_OVERWRITE};
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem{"en"});
    for (const auto& source : sources) {
        auto document = source.described;
        generator.set_document(document);
        generator.index_text(source.title, 1, "S");
        generator.index_text(source.title);
        generator.increase_termpos();
        generator.index_text(source.text);
        database.add_document(document);
    }
    database.commit();
}

// Bytes of all files in a folder and those of each table.
std::uint64_t printSizes(const char* name, const fs::path& folder, double textBytes)
{
    std::uint64_t all = 0;
    std::map<std::string, std::uint64_t> tables;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            all += entry.file_size();
            tables[entry.path().stem().string()] += entry.file_size();
        }
    }
    std::printf("%-22s %7.1f MB, %.2f times the text:", name, static_cast<double>(all) / 1e6,
                static_cast<double>(all) / textBytes);
    for (const auto& [table, bytes] : tables) {
        if (bytes > 100'000) {
            std::printf(" %s %.1f", table.c_str(), static_cast<double>(bytes) / 1e6);
        }
    }
    std::printf("\n");
    return all;
}

void printSpeed(const char* name, std::size_t documents, const Spent& spent)
{
    std::printf("%-22s %9zu documents %8.2f s of processor %8.2f s %9.0f a processor second\n", name, documents,
                spent.processor, spent.wall, static_cast<double>(documents) / spent.processor);
    std::fflush(stdout);
}

int compare(const fs::path& data, const fs::path& work, std::uint32_t segmentDocuments)
{
    const auto catalogue = orExit(catalogue::Catalogue::open(data / "catalogue.sqlite", catalogue::Mode::readOnly));
    const auto vocabularies = orExit(vocabulary::load(fs::path{ACERVO_SOURCE_DIR} / "corpus" / "vocabulary"));
    const auto plainFolder = work / "plain";
    const auto ourFolder = work / "ours";
    fs::remove_all(plainFolder);
    fs::remove_all(ourFolder);

    index::WriterOptions options;
    options.root = ourFolder;
    if (segmentDocuments > 0) {
        options.segmentDocuments = segmentDocuments;
        index::CatchUp built;
        const auto spent = timed([&] { built = orExit(index::rebuild(options, catalogue, vocabularies)); });
        printSpeed("ours", built.added, spent);
        const auto statistics = orExit(catalogue.statistics());
        printSizes("ours", ourFolder, static_cast<double>(statistics.textBytes));
        fs::remove_all(ourFolder);
        return 0;
    }
    const auto ours = timed([&] { orExit(index::rebuild(options, catalogue, vocabularies)); });
    struct rusage usage {};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto peak = static_cast<double>(usage.ru_maxrss) / 1024.0;

    std::uint64_t textBytes = 0;
    const auto sources = readAll(catalogue, vocabularies, textBytes);
    std::printf("%zu documents, %.1f MB of text\n", sources.size(), static_cast<double>(textBytes) / 1e6);
    printSpeed("ours", sources.size(), ours);
    std::printf("%-22s %7.0f MB of memory at the peak\n", "ours", peak);
    const auto plain =
        timed([&] { orExit(index::guarded("plain Xapian", [&] { buildPlain(sources, plainFolder); })); });
    printSpeed("plain Xapian", sources.size(), plain);

    const auto text = static_cast<double>(textBytes);
    const auto plainBytes = printSizes("plain Xapian", plainFolder, text);
    const auto ourBytes = printSizes("ours", ourFolder, text);
    std::printf("ours: %.2f times the documents a processor second, %.1f %% of the bytes\n",
                plain.processor / ours.processor,
                100.0 * static_cast<double>(ourBytes) / static_cast<double>(plainBytes));
    fs::remove_all(plainFolder);
    fs::remove_all(ourFolder);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2 || argc > 4) {
        std::fputs("usage: bench_build DATA [WORK [SEGMENT]]\n", stderr);
        return 2;
    }
    try {
        const fs::path work =
            argc > 2 ? fs::path{argv[2]} : fs::temp_directory_path() / ("acervo-build-" + std::to_string(::getpid()));
        fs::create_directories(work);
        return compare(argv[1], work, argc > 3 ? static_cast<std::uint32_t>(std::stoul(argv[3])) : 0U);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_build: %s\n", error.what());
        return 1;
    }
}
