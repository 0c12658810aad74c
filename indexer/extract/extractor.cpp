#include "indexer/extract/extractor.h"

#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/sniff.h"

namespace acervo::extract {
namespace {

// Which reader takes a kind of document; nullptr when none does.
detail::Reader readerOf(detail::Kind kind)
{
    switch (kind) {
    case detail::Kind::pdf:
        return &detail::readPdf;
    case detail::Kind::html:
        return &detail::readHtml;
    case detail::Kind::markdown:
        return &detail::readMarkdown;
    case detail::Kind::plainText:
        return &detail::readPlainText;

    case detail::Kind::wordprocessing:
        return &detail::readWordprocessing;
    case detail::Kind::presentation:
        return &detail::readPresentation;
    case detail::Kind::openDocument:
        return &detail::readOpenDocument;
    case detail::Kind::spreadsheet:
        return &detail::readSpreadsheet;
    case detail::Kind::epub:
        return &detail::readEpub;
    case detail::Kind::rtf:
        return &detail::readRtf;
    case detail::Kind::legacyWord:
        return &detail::readLegacyWord;
    }
    return nullptr;
}

} // namespace

Result<ExtractedDocument> extract(std::string_view bytes, std::string_view fileName, const Limits& limits)
{
    const auto content = detail::unwrapAppleSingle(bytes);
    const auto sniffed = detail::sniff(content, fileName);
    if (!sniffed) {
        return sniffed.error();
    }
    const auto reader = readerOf(sniffed->kind);
    if (reader == nullptr) {
        return Error{ErrorCode::unsupported, sniffed->mediaType + " is not a format that is read"};
    }
    auto document = reader(content, limits);
    if (document && document->mediaType.empty()) {
        document->mediaType = sniffed->mediaType;
    }
    return document;
}

const std::vector<std::string>& supportedExtensions()
{
    static const std::vector<std::string> kExtensions{"pdf",   "docx", "docm",     "dotx", "dotm", "pptx", "pptm",
                                                      "ppsx",  "potx", "xlsx",     "xlsm", "xltx", "odt",  "ott",
                                                      "odp",   "otp",  "ods",      "ots",  "epub", "html", "htm",
                                                      "xhtml", "md",   "markdown", "txt",  "text", "rtf",  "doc"};
    return kExtensions;
}

} // namespace acervo::extract
