// Reads two collections of difficult files through the real worker and counts which expectations hold. The files are
// not part of the project: ACERVO_TEST_DATA names their folder, or ../shared/data beside the checkout.
#include "indexer/extract/extractor.h"
#include "indexer/worker/worker_pool.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace acervo {
namespace {

namespace fs = std::filesystem;
using extract::ExtractedDocument;

fs::path testData()
{
    if (const char* named = std::getenv("ACERVO_TEST_DATA")) { // NOLINT(concurrency-mt-unsafe): nobody sets it
        return named;
    }
    return fs::path{ACERVO_SOURCE_DIR} / ".." / "shared" / "data";
}

// White space runs as single spaces: expectations say nothing about layout.
std::string normalised(std::string_view text)
{
    std::istringstream words{std::string{text}};
    std::string result;
    for (std::string word; words >> word;) {
        result += (result.empty() ? "" : " ") + word;
    }
    return result;
}

std::string extensionOf(const fs::path& path)
{
    const auto extension = path.extension().string();
    return extension.empty() ? "(none)" : extension.substr(1);
}

bool isRead(const fs::path& path)
{
    const auto& known = extract::supportedExtensions();
    return std::find(known.begin(), known.end(), extensionOf(path)) != known.end();
}

Result<ExtractedDocument> readThrough(worker::WorkerPool& pool, const fs::path& path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return errorFromErrno(errno, "open " + path.string());
    }
    auto document = pool.extract(descriptor, path.filename().string());
    ::close(descriptor);
    return document;
}

std::string textOf(const ExtractedDocument& document)
{
    std::string text;
    for (const auto& page : document.pages) {
        text += page.text + "\n";
    }
    return normalised(text);
}

bool isProperty(std::string_view needle)
{
    const auto equals = needle.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        return false;
    }
    return std::all_of(needle.begin(), needle.begin() + static_cast<std::ptrdiff_t>(equals), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == ':' || c == '-' || c == '_' || c == '.';
    });
}

bool hasProperty(const ExtractedDocument& document, const std::string& key, const std::string& value)
{
    if (key == "Content-Type") {
        const auto charset = document.properties.find("Content-Encoding");
        return document.mediaType == value ||
               (charset != document.properties.end() && document.mediaType + "; charset=" + charset->second == value);
    }
    const auto [from, to] = document.properties.equal_range(key);
    return std::any_of(from, to, [&](const auto& item) { return normalised(item.second) == normalised(value); });
}

bool holds(const Result<ExtractedDocument>& document, const std::string& needle)
{
    if (needle.starts_with("!error=")) {
        return !document;
    }
    if (!document) {
        return false;
    }
    if (needle.starts_with("!not=")) {
        return textOf(*document).find(normalised(needle.substr(5))) == std::string::npos;
    }
    if (isProperty(needle)) {
        const auto equals = needle.find('=');
        if (hasProperty(*document, needle.substr(0, equals), needle.substr(equals + 1))) {
            return true;
        }
    } // else it may be text that looks like one: "cb=10"
    if (textOf(*document).find(normalised(needle)) != std::string::npos) {
        return true;
    }
    // Some needles are keywords or titles, which we keep as properties.
    return std::any_of(document->properties.begin(), document->properties.end(), [&](const auto& item) {
        return normalised(item.second).find(normalised(needle)) != std::string::npos;
    });
}

// Expectations that do not hold here, and why they need not.
struct Known {
    std::string_view file;
    std::string_view needle; // "" for all of the file
    std::string_view reason;
};
constexpr std::array kKnown{
    Known{"testPDFTwoTextBoxes.pdf", "Left column line 1 Right column line 1",
          "expects two columns interleaved line by line; we read one column after the other"},
    Known{"testPDF_AdobeIllustrator.pdf", "Content-Type", "we name what the bytes are: a PDF that Illustrator wrote"},
    Known{"testPDF_XFA_govdocs1_258578.pdf", "NATIONAL", "letters of a picture: expects OCR"},
    Known{"testPDF_XFA_govdocs1_258578.pdf", "PARK", "letters of a picture: expects OCR"},
    Known{"testWORD_various.docx", "!not=unde", "the text has the word \"underline\"; about styles cutting words"},
    Known{"testWORD_various.docx", "application/x-tika-ooxml",
          "a name of that program's own; we say the registered one"},
    Known{"testODFwithOOo3.odt",
          "dc:subject=", "the subject is \"Test document\"; these are its keywords, kept as such"},
    Known{"testEXCEL.strict.xlsx",
          "dc:description=", "that is the subject, kept as such; the description is another one"},
    Known{"testPPT_various2.pptx", "Handout", "stands on printed handouts only, on no slide and in no note"},
    Known{"testPPT_various2.pptx", "MASTERTEXTBOX", "text of the slide master: on every slide, so it tells none apart"},
    Known{"testODSMacro.ods", "If WsGQFM", "source code of a macro, which no reader sees"},
    Known{"english.cp500.txt", "windows-1252", "a wrong guess that Tika's detector may make; it is IBM500"},
};

std::string_view reasonFor(const std::string& file, const std::string& needle)
{
    for (const auto& known : kKnown) {
        if (file == known.file && needle.find(known.needle) != std::string::npos) {
            return known.reason;
        }
    }
    return {};
}

class ExtractionData : public testing::Test {
protected:
    void SetUp() override
    {
        if (!fs::exists(testData() / "extraction" / "expected.tsv")) {
            GTEST_SKIP() << "no test data: set ACERVO_TEST_DATA to their folder";
        }
    }

    static worker::WorkerLimits limits()
    {
        worker::WorkerLimits limits;
        limits.cpuPerDocument = std::chrono::seconds{20};
        limits.wallPerDocument = std::chrono::seconds{60};
        return limits;
    }
};

struct Count {
    int held = 0;
    int all = 0;
};

TEST_F(ExtractionData, expectationsHold)
{
    worker::WorkerPool pool{ACERVO_WORKER, 2, limits(), extract::Limits{}};
    std::vector<std::pair<std::string, std::string>> expectations;
    std::set<std::pair<std::string, std::string>> wanted;
    std::set<std::pair<std::string, std::string>> unwanted;
    std::ifstream table{testData() / "extraction" / "expected.tsv"};
    for (std::string line; std::getline(table, line);) {
        const auto tab = line.find('\t');
        if (tab == std::string::npos) {
            continue;
        }
        const auto& row = expectations.emplace_back(line.substr(0, tab), line.substr(tab + 1));
        if (row.second.starts_with("!not=")) {
            unwanted.emplace(row.first, row.second.substr(5));
        } else {
            wanted.insert(row);
        }
    }
    // The table was gathered from runs under different settings: what one wants, another may exclude.
    const auto contradicted = [&](const std::string& file, const std::string& needle) {
        const auto bare = needle.starts_with("!not=") ? needle.substr(5) : needle;
        const auto conflicts = [&](const auto& other) {
            return other.first == file &&
                   (other.second.find(bare) != std::string::npos || bare.find(other.second) != std::string::npos);
        };
        return needle.starts_with("!not=") ? std::any_of(wanted.begin(), wanted.end(), conflicts)
                                           : std::any_of(unwanted.begin(), unwanted.end(), conflicts);
    };

    std::map<std::string, Result<ExtractedDocument>> documents;
    std::map<std::string, Count> byFormat;
    Count read;
    Count other;
    int contradictions = 0;
    std::ostringstream missing;
    int unexplained = 0;
    for (const auto& [file, needle] : expectations) {
        auto found = documents.find(file);
        if (found == documents.end()) {
            found = documents.emplace(file, readThrough(pool, testData() / "extraction" / file)).first;
        }
        const auto& document = found->second;
        const bool held = holds(document, needle);
        if (!held && contradicted(file, needle)) {
            ++contradictions;
            continue;
        }
        auto& count = isRead(file) ? read : other;
        auto& format = byFormat[extensionOf(file)];
        ++count.all;
        ++format.all;
        count.held += held ? 1 : 0;
        format.held += held ? 1 : 0;
        if (!held) {
            auto reason = std::string{reasonFor(file, needle)};
            if (reason.empty() && !document) {
                reason = std::string{nameOf(document.error().code)} + ": " + document.error().message;
            } else if (reason.empty()) {
                reason = "NOT EXPLAINED";
                unexplained += isRead(file) ? 1 : 0;
            }
            missing << "  " << file << "\t" << needle << "\t" << reason << "\n";
        }
    }
    std::cout << read.held << " of " << read.all << " expectations hold in formats that are read, " << other.held
              << " of " << other.all << " in others; " << contradictions << " contradict one that holds\n";
    for (const auto& [format, count] : byFormat) {
        std::cout << "  " << format << " " << count.held << "/" << count.all << "\n";
    }
    std::cout << "not holding:\n" << missing.str();

    EXPECT_EQ(unexplained, 0) << "in formats of which every expectation is to hold or to be explained";
    constexpr std::array<std::pair<std::string_view, int>, 11> kFloors{{{"pdf", 43},
                                                                        {"html", 20},
                                                                        {"txt", 1},
                                                                        {"docx", 35},
                                                                        {"doc", 18},
                                                                        {"rtf", 32},
                                                                        {"epub", 9},
                                                                        {"odt", 29},
                                                                        {"ods", 1},
                                                                        {"pptx", 49},
                                                                        {"xlsx", 33}}};
    for (const auto& [format, floor] : kFloors) {
        EXPECT_GE(byFormat[std::string{format}].held, floor) << format;
    }
}

TEST_F(ExtractionData, hostileFilesCostOneRowEach)
{
    worker::WorkerPool pool{ACERVO_WORKER, 1, limits(), extract::Limits{}};
    std::map<std::string, std::map<std::string, int>> byCategory;
    std::ostringstream killed;
    const auto root = testData() / "hostile";
    int files = 0;
    auto slowest = std::chrono::milliseconds{0};
    fs::path slowestFile;
    for (const auto& entry : fs::recursive_directory_iterator{root}) {
        if (!entry.is_regular_file() || entry.path().filename() == "INDEX.tsv") {
            continue;
        }
        ++files;
        const auto category =
            entry.path().parent_path() == root ? std::string{"(top)"} : entry.path().parent_path().filename().string();
        const auto start = std::chrono::steady_clock::now();
        const auto document = readThrough(pool, entry.path());
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        EXPECT_LT(took, limits().wallPerDocument + std::chrono::seconds{5}) << entry.path();
        if (took > slowest) {
            slowest = took;
            slowestFile = entry.path().filename();
        }
        const auto outcome = document ? std::string{"read"} : std::string{nameOf(document.error().code)};
        ++byCategory[category][outcome];
        if (!document &&
            (document.error().code == ErrorCode::workerDied || document.error().code == ErrorCode::timeout ||
             document.error().code == ErrorCode::internal)) {
            killed << "  " << entry.path().filename().string() << "\t" << document.error().message << "\n";
        }
        if (document) {
            const auto text = textOf(*document);
            EXPECT_EQ(text.find("root:x:0:0"), std::string::npos) << entry.path() << " shows a file of this machine";
            EXPECT_FALSE(document->pages.empty()) << entry.path();
        }
        if (category == "encrypted" && isRead(entry.path())) {
            EXPECT_TRUE(!document && (document.error().code == ErrorCode::encrypted ||
                                      document.error().code == ErrorCode::unsupported))
                << entry.path() << ": " << outcome;
        }
    }
    std::cout << files << " hostile files; slowest " << slowestFile << " " << slowest.count() << " ms\n";
    for (const auto& [category, outcomes] : byCategory) {
        std::cout << "  " << category << ":";
        for (const auto& [outcome, count] : outcomes) {
            std::cout << " " << outcome << " " << count;
        }
        std::cout << "\n";
    }
    std::cout << "workers lost:\n" << killed.str();
    EXPECT_GT(files, 50);
    const auto after = readThrough(pool, testData() / "extraction" / "testPDF.pdf");
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_NE(textOf(*after).find("Apache Tika"), std::string::npos);
}

} // namespace
} // namespace acervo
