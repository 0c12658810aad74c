#include "indexer/lexicon/parallel_reader.h"

#include "indexer/lexicon/gettext.h"

#include "analyzers/base/descriptor.h"
#include "analyzers/text/normalise.h"

#include <fcntl.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <unordered_map>

namespace acervo::lexicon {

namespace fs = std::filesystem;

namespace {

// Messages by what identifies them, with the parts that make a pair.
Result<std::vector<Message>> messagesOf(const fs::path& file)
{
    std::error_code problem;
    if (const auto size = fs::file_size(file, problem); problem || size > kMaxCatalogueBytes) {
        return problem ? errorFromErrno(problem.value(), "read " + file.string())
                       : Error{ErrorCode::resourceLimit, file.string() + " is too large"};
    }
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream) {
        return Error{ErrorCode::ioFailure, "cannot read " + file.string()};
    }
    auto messages = readCatalogue(bytes.str());
    if (!messages) {
        return messages.error().within(file.string());
    }
    return messages;
}

} // namespace

ParallelReader::ParallelReader(worker::WorkerPool& workers) : _workers(workers)
{
    for (const auto language : text::kLanguages) {
        _analyzers.emplace(language, text::Analyzer{language});
    }
}

Batch ParallelReader::readTexts(const TextByLanguage& texts)
{
    std::map<text::Language, std::vector<std::string>> blocks;
    for (const auto& [language, whole] : texts) {
        blocks.emplace(language, blocksOf(text::truncateUtf8(whole, kMaxParallelTextBytes)));
    }
    Batch batch;
    alignAll(blocks, batch);
    return batch;
}

Batch ParallelReader::readDocuments(const FileByLanguage& files)
{
    Batch batch;
    std::map<text::Language, std::vector<std::string>> blocks;
    for (const auto& [language, file] : files) {
        const auto text = textOf(file);
        if (!text) {
            batch.problems.push_back(text.error().within(file.string()).message);
            continue;
        }
        blocks.emplace(language, blocksOf(text::truncateUtf8(*text, kMaxParallelTextBytes)));
    }
    alignAll(blocks, batch);
    return batch;
}

Batch ParallelReader::readCatalogues(text::Language original, const FileByLanguage& files)
{
    Batch batch;
    std::map<text::Language, std::vector<Message>> catalogues;
    for (const auto& [language, file] : files) {
        auto messages = messagesOf(file);
        if (messages) {
            catalogues.emplace(language, std::move(*messages));
        } else {
            batch.problems.push_back(messages.error().message);
        }
    }
    for (std::size_t i = 0; i < kLanguagePairs.size(); ++i) {
        const auto& [source, target] = kLanguagePairs[i];
        SentenceAligner aligner{source, target};
        std::vector<SentencePair> sentences;
        const auto add = [&](std::string_view left, std::string_view right) {
            auto found = aligner.align(blocksOf(plainMessage(left)), blocksOf(plainMessage(right)));
            std::move(found.begin(), found.end(), std::back_inserter(sentences));
        };
        if (source == original || target == original) {
            const auto translated = catalogues.find(source == original ? target : source);
            if (translated == catalogues.end()) {
                continue;
            }
            for (const auto& message : translated->second) {
                source == original ? add(message.original, message.translation)
                                   : add(message.translation, message.original);
            }
        } else if (catalogues.contains(source) && catalogues.contains(target)) {
            std::unordered_map<std::string_view, std::string_view> byId;
            for (const auto& message : catalogues.at(target)) {
                byId.emplace(message.id, message.translation);
            }
            for (const auto& message : catalogues.at(source)) {
                if (const auto found = byId.find(message.id); found != byId.end()) {
                    add(message.translation, found->second);
                }
            }
        }
        analyse(i, sentences, batch);
        batch.counts += aligner.counts();
    }
    return batch;
}

void ParallelReader::alignAll(const std::map<text::Language, std::vector<std::string>>& blocks, Batch& batch)
{
    for (std::size_t i = 0; i < kLanguagePairs.size(); ++i) {
        const auto source = blocks.find(kLanguagePairs[i].source);
        const auto target = blocks.find(kLanguagePairs[i].target);
        if (source == blocks.end() || target == blocks.end()) {
            continue;
        }
        SentenceAligner aligner{source->first, target->first};
        analyse(i, aligner.align(source->second, target->second), batch);
        batch.counts += aligner.counts();
    }
}

void ParallelReader::analyse(std::size_t pair, const std::vector<SentencePair>& sentences, Batch& batch)
{
    const auto& source = _analyzers.at(kLanguagePairs[pair].source);
    const auto& target = _analyzers.at(kLanguagePairs[pair].target);
    for (const auto& sentence : sentences) {
        batch.pairs[pair].push_back({contentWords(sentence.source, source), contentWords(sentence.target, target)});
    }
}

Result<std::string> ParallelReader::textOf(const fs::path& file)
{
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!descriptor) {
        return errorFromErrno(errno, "open");
    }
    const auto document = _workers.extract(descriptor.number(), file.filename().string());
    if (!document) {
        return document.error();
    }
    std::string text;
    for (const auto& page : document->pages) {
        text += page.text;
        text += "\n\n";
    }
    return text;
}

} // namespace acervo::lexicon
