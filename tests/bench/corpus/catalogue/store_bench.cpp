// How fast small documents are stored and read again, and in how much memory. Usage: bench_catalogue [documents]
#include "corpus/catalogue/catalogue.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

namespace {

using acervo::catalogue::Catalogue;
using acervo::catalogue::Mode;
using acervo::catalogue::NewDocument;

constexpr int kBatch = 1'000;

double seconds()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

long peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

// Some 800 bytes of words, the metadata of a bulk import, a hash that no other has.
NewDocument makeDocument(int number, std::mt19937_64& random)
{
    NewDocument document;
    document.location.source = "import";
    document.location.uri = "line-" + std::to_string(number);
    static constexpr char kHex[] = "0123456789abcdef";
    for (int i = 0; i < 64; ++i) {
        document.location.sha256.push_back(kHex[random() % 16]);
    }
    document.location.byteSize = 1'000;
    document.location.inputsHash = "0123456789abcdef";
    document.audience = "public";
    document.mediaType = "text/plain";
    auto& metadata = document.metadata;
    metadata.language = number % 3 == 0 ? "fr" : number % 3 == 1 ? "en" : "es";
    metadata.title = "Document number " + std::to_string(number);
    metadata.type = "report";
    metadata.section = "africa";
    metadata.themes = {"local-finance", "housing"};
    metadata.countries = {"SN"};
    metadata.date = std::to_string(2000 + number % 25);
    std::string text;
    while (text.size() < 800) {
        auto word = random() % 5'000;
        do {
            text.push_back(static_cast<char>('a' + word % 23));
            word /= 7;
        } while (word != 0);
        text.push_back(' ');
    }
    document.pages.push_back({1, "", "", metadata.language, std::move(text)});
    return document;
}

int fail(const acervo::Error& error)
{
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 20'000;
    auto pattern = (std::filesystem::temp_directory_path() / "acervo-bench-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    auto catalogue = Catalogue::open(folder / "catalogue.sqlite", Mode::readWrite);
    if (!catalogue) {
        return fail(catalogue.error());
    }
    std::mt19937_64 random{1};
    double storing = 0;
    for (int number = 0; number < count;) {
        std::vector<NewDocument> batch;
        for (int i = 0; i < kBatch && number < count; ++i) {
            batch.push_back(makeDocument(number++, random));
        }
        const double start = seconds();
        if (const auto begun = catalogue->begin(); !begun) {
            return fail(begun.error());
        }
        for (const auto& document : batch) {
            if (const auto stored = catalogue->store(document); !stored) {
                return fail(stored.error());
            }
        }
        if (const auto committed = catalogue->commit(); !committed) {
            return fail(committed.error());
        }
        storing += seconds() - start;
    }
    std::printf("store          %8.0f documents/s in transactions of %d\n", count / storing, kBatch);
    const double start = seconds();
    std::int64_t after = 0;
    int read = 0;
    while (true) {
        const auto changes = catalogue->changesAfter(after, kBatch);
        if (!changes) {
            return fail(changes.error());
        }
        if (changes->empty()) {
            break;
        }
        for (const auto& change : *changes) {
            const auto pages = catalogue->pages(change.edition.versionId);
            if (!pages) {
                return fail(pages.error());
            }
            read += static_cast<int>(pages->size());
        }
        after = changes->back().number;
    }
    std::printf("changes, pages %8.0f documents/s\n", read / (seconds() - start));
    std::printf("file           %8.1f MB for %.1f MB of text\n",
                static_cast<double>(std::filesystem::file_size(folder / "catalogue.sqlite")) / 1e6,
                static_cast<double>(catalogue->statistics()->textBytes) / 1e6);
    std::printf("peak memory    %8ld MB\n", peakMegabytes());
    std::filesystem::remove_all(folder);
    return 0;
}
