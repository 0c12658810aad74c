#include "indexer/extract/detail/archive.h"
#include "indexer/extract/detail/charset.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/html_content.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/xml.h"

#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

// EPUB 2 and 3: the chapters of the spine in reading order, each a page or, when it is long, a page a section. The
// table of contents is left out: it repeats the headings.

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kMaxChapterBytes = 32 << 20;
constexpr std::size_t kMaxItems = 50'000;
constexpr std::size_t kMaxValueBytes = 100'000;

class ContainerHandler : public XmlHandler {
public:
    Walk startElement(const XmlElement& element) override
    {
        if (element.name() != "rootfile") {
            return Walk::into;
        }
        packagePart = element.attribute("full-path").value_or("");
        return Walk::stop;
    }
    std::string packagePart;
};

struct Item {
    std::string href;
    std::string mediaType;
    bool navigation = false;
};

class PackageHandler : public XmlHandler {
public:
    explicit PackageHandler(ExtractedDocument& document) : _document(document) {}

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        _value.clear();
        _property.clear();
        if (name == "package") {
            addProperty(_document, "epub:version", element.attribute("version").value_or(""));
        } else if (name == "item") {
            const auto properties = element.attribute("properties").value_or("");
            items.insert_or_assign(element.attribute("id").value_or(""),
                                   Item{element.attribute("href").value_or(""),
                                        element.attribute("media-type").value_or(""),
                                        (" " + properties + " ").find(" nav ") != std::string::npos});
        } else if (name == "itemref") {
            spine.push_back(element.attribute("idref").value_or(""));
        } else if (name == "meta") {
            _property = element.attribute("refines") ? "" : element.attribute("property").value_or("");
            if (const auto metaName = element.attribute("name"); metaName == "generator") {
                addProperty(_document, "generator", element.attribute("content").value_or(""));
            }
        } else if (element.namespaceUri().find("purl.org/dc/") != std::string_view::npos) {
            _property = "dc:" + std::string{name};
        }
        return Walk::into;
    }
    void characters(std::string_view text) override
    {
        if (_value.size() < kMaxValueBytes) {
            _value += text;
        }
    }
    void endElement(std::string_view /*name*/) override
    {
        if (_property == "dc:subject") {
            addProperty(_document, "meta:keyword", _value);
        }
        if (_property.starts_with("dc:")) {
            addProperty(_document, _property, _value);
        } else if (_property == "dcterms:modified") {
            addProperty(_document, _property, _value);
        }
        _property.clear();
    }
    bool full() const override { return items.size() + spine.size() > kMaxItems; }

    std::map<std::string, Item> items;
    std::vector<std::string> spine;

private:
    ExtractedDocument& _document;
    std::string _property;
    std::string _value;
};

// Which parts META-INF/encryption.xml names. Fonts are often obfuscated that way; chapters only under rights
// management.
class EncryptionHandler : public XmlHandler {
public:
    explicit EncryptionHandler(std::string base) : _base(std::move(base)) {}

    Walk startElement(const XmlElement& element) override
    {
        if (element.name() == "CipherReference") {
            parts.insert(_base + resolvePart("", element.attribute("URI").value_or("")));
        }
        return Walk::into;
    }
    bool full() const override { return parts.size() > kMaxItems; }

    std::set<std::string> parts;

private:
    std::string _base;
};

constexpr std::string_view kContainerPart = "META-INF/container.xml";

// "" as the format demands, or "book/" when the whole book was packed with the folder around it: reading systems that
// unpack first open such files, and Debian ships some.
std::string baseFolder(const Archive& archive)
{
    if (archive.contains(kContainerPart)) {
        return "";
    }
    for (const auto& name : archive.names()) {
        const auto slash = name.find('/');
        if (slash != std::string::npos && name.substr(slash + 1) == kContainerPart) {
            return name.substr(0, slash + 1);
        }
    }
    return "";
}

std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr == text.data() + i + 3) {
            result.push_back(static_cast<char>(value));
            i += 2;
        } else {
            result.push_back(text[i]);
        }
    }
    return result;
}

bool isChapter(const Item& item)
{
    return !item.navigation &&
           (item.mediaType.find("html") != std::string::npos || item.mediaType == "text/x-oeb1-document");
}

// errors  those of Archive::readPart. Returns what addSections() returned.
Result<bool> addChapter(const Archive& archive, const std::string& part, const Limits& limits,
                        ExtractedDocument& document)
{
    const auto bytes = archive.readPart(part, kMaxChapterBytes);
    if (!bytes) {
        return bytes.error();
    }
    auto content = readHtmlContent(decode(*bytes, Markup::html).utf8, limits);
    if (content.truncated) {
        document.warnings.push_back(part + ": not all of the chapter was read");
    }
    if (document.metadata.language.empty()) {
        addProperty(document, "dc:language", content.language);
    }
    return addSections(document, std::move(content.sections), limits);
}

} // namespace

Result<ExtractedDocument> readEpub(std::string_view bytes, const Limits& limits)
{
    const auto archive = Archive::open(bytes, limits);
    if (!archive) {
        return archive.error();
    }
    const auto base = baseFolder(*archive);
    ContainerHandler container;
    if (const auto walked = walkPart(*archive, base + std::string{kContainerPart}, limits, container); !walked) {
        return Error{ErrorCode::corruptInput, "the EPUB has no readable container: " + walked.error().message};
    }
    container.packagePart.insert(0, base);
    ExtractedDocument document;
    PackageHandler package{document};
    if (const auto walked = walkPart(*archive, container.packagePart, limits, package); !walked) {
        if (package.spine.empty()) {
            return Error{ErrorCode::corruptInput, "the EPUB has no readable package: " + walked.error().message};
        }
        document.warnings.push_back("the package is damaged: " + walked.error().message);
    }
    EncryptionHandler encryption{base};
    if (archive->contains(base + "META-INF/encryption.xml")) {
        (void)walkPart(*archive, base + "META-INF/encryption.xml", limits, encryption);
    }

    std::optional<Error> damage;
    std::set<std::string> seen;
    for (const auto& id : package.spine) {
        const auto item = package.items.find(id);
        if (item == package.items.end() || !isChapter(item->second)) {
            continue;
        }
        auto part = resolvePart(container.packagePart, item->second.href);
        if (!archive->contains(part)) {
            part = resolvePart(container.packagePart, percentDecoded(item->second.href));
        }
        if (!seen.insert(part).second) {
            continue;
        }
        if (encryption.parts.contains(part)) {
            return Error{ErrorCode::encrypted, "the EPUB's chapters are encrypted (rights management)"};
        }
        const auto more = addChapter(*archive, part, limits, document);
        if (!more) {
            document.warnings.push_back(more.error().message);
            damage = more.error();
        } else if (!*more) {
            break;
        }
        if (damage && damage->code == ErrorCode::resourceLimit) {
            break;
        }
    }
    if (document.pages.empty()) {
        return damage ? *damage : Error{ErrorCode::corruptInput, "the EPUB has no chapters"};
    }
    warnIfEmpty(document);
    return document;
}

} // namespace acervo::extract::detail
