#include "indexer/extract/detail/flow.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/package.h"
#include "indexer/extract/detail/properties.h"
#include "indexer/extract/detail/xml.h"

#include <optional>
#include <utility>

// PPTX: one page a slide, in the order of the show: shapes, tables, diagrams and charts in drawing order, then the
// speaker's notes, then comments. Left out: masters and layouts (the same on every slide), slide numbers, hidden
// shapes.

namespace acervo::extract::detail {

namespace {

class SlideList : public XmlHandler {
public:
    explicit SlideList(std::size_t most) : _most(most) {}

    Walk startElement(const XmlElement& element) override
    {
        if (element.name() == "sldId") {
            ids.push_back(element.attributeIn("/relationships", "id").value_or(""));
        }
        return Walk::into;
    }
    bool full() const override { return ids.size() > _most; }

    std::vector<std::string> ids;

private:
    std::size_t _most;
};

enum class ShapeKind { other, title, leftOut };

class SlideHandler : public XmlHandler {
public:
    SlideHandler(const Package& package, const std::vector<Relationship>& relationships, Flow& flow)
        : _package(package), _relationships(relationships), _flow(flow)
    {
    }

    const std::string& title() const { return _title; }

    Walk startElement(const XmlElement& element) override
    {
        const auto name = element.name();
        if (name == "Fallback" || name == "extLst") {
            return Walk::skip;
        }
        if (name == "sp") {
            _kind = ShapeKind::other;
        } else if (name == "cNvPr") {
            _hidden = element.attribute("hidden") && isOn(element.attribute("hidden"));
        } else if (name == "ph") {
            const auto type = element.attribute("type").value_or("");
            _kind = type == "title" || type == "ctrTitle"  ? ShapeKind::title
                    : type == "sldNum" || type == "sldImg" ? ShapeKind::leftOut
                                                           : ShapeKind::other;
        } else if (name == "txBody" || name == "tbl" || name == "graphicData") {
            if (_hidden || _kind == ShapeKind::leftOut) {
                _kind = ShapeKind::other;
                return Walk::skip;
            }
        } else if (name == "t" || name == "text") { // p:text: a comment
            _inText = true;
        } else if (name == "br") {
            _flow.lineBreak();
        } else if (name == "relIds") {
            addDrawing(element.attributeIn("/relationships", "dm"), readDiagram);
        } else if (name == "chart") {
            addDrawing(element.attributeIn("/relationships", "id"), readChart);
        }
        return Walk::into;
    }

    void characters(std::string_view text) override
    {
        if (!_inText) {
            return;
        }
        _flow.text(text);
        if (_kind == ShapeKind::title && _title.size() < kMaxTitleBytes) {
            _title += text;
        }
    }

    void endElement(std::string_view name) override
    {
        if (name == "t" || name == "text") {
            _inText = false;
            if (name == "text") {
                _flow.endParagraph();
            }
        } else if (name == "p" || name == "br") {
            if (name == "p") {
                _flow.endParagraph();
            }
            if (_kind == ShapeKind::title && !_title.empty()) {
                _title += ' ';
            }
        } else if (name == "tc") {
            _flow.endCell();
        } else if (name == "tr") {
            _flow.endRow();
        } else if (name == "sp" || name == "graphicFrame") {
            _kind = ShapeKind::other;
            _hidden = false;
        }
    }

    bool full() const override { return _flow.full(); }

private:
    static constexpr std::size_t kMaxTitleBytes = 500;

    void addDrawing(const std::optional<std::string>& id, std::string (*read)(const Package&, std::string_view))
    {
        const auto* found = id ? relationshipById(_relationships, *id) : nullptr;
        if (found != nullptr) {
            _flow.text(read(_package, found->target));
            _flow.endParagraph();
        }
    }

    const Package& _package;
    const std::vector<Relationship>& _relationships;
    Flow& _flow;
    ShapeKind _kind = ShapeKind::other;
    bool _hidden = false;
    bool _inText = false;
    std::string _title;
};

struct Slide {
    model::Page page;
    std::optional<Error> damage;
};

Slide readSlide(const Package& package, const std::string& part)
{
    Slide slide;
    Flow flow{package.limits()};
    const auto relationships = package.relationshipsOf(part);
    SlideHandler handler{package, relationships, flow};
    if (const auto walked = walkPart(package.archive(), part, package.limits(), handler); !walked) {
        slide.damage = walked.error();
    }
    for (const auto* type : {"notesSlide", "comments"}) {
        const auto* more = relationshipByType(relationships, type);
        if (more == nullptr) {
            continue;
        }
        SlideHandler extra{package, {}, flow};
        if (const auto walked = walkPart(package.archive(), more->target, package.limits(), extra); !walked) {
            slide.damage = walked.error();
        }
    }
    slide.page.heading = collapseSpace(handler.title());
    slide.page.text = flow.takeText();
    return slide;
}

} // namespace

Result<ExtractedDocument> readPresentation(std::string_view bytes, const Limits& limits)
{
    const auto package = Package::open(bytes, limits);
    if (!package) {
        return package.error();
    }
    SlideList list{limits.maxPages};
    const auto walked = walkPart(package->archive(), package->mainPart(), limits, list);
    if (!walked && list.ids.empty()) {
        return walked.error();
    }
    ExtractedDocument document;
    package->readProperties(document);
    const auto relationships = package->relationshipsOf(package->mainPart());
    std::optional<Error> damage;
    std::size_t readable = 0;
    for (const auto& id : list.ids) {
        const auto* relationship = relationshipById(relationships, id);
        if (relationship == nullptr) {
            document.warnings.push_back("a slide is missing from the presentation");
            continue;
        }
        auto slide = readSlide(*package, relationship->target);
        const auto number = static_cast<std::uint32_t>(document.pages.size() + 1);
        if (slide.damage) {
            document.warnings.push_back("slide " + std::to_string(number) + ": " + slide.damage->message);
            damage = slide.damage;
        }
        readable += slide.damage && slide.page.text.empty() ? 0 : 1;
        if (!slide.page.heading.empty()) {
            document.outline.push_back({1, slide.page.heading, number});
        }
        if (!addPage(document, std::move(slide.page), limits)) {
            break;
        }
    }
    if (readable == 0 && damage) {
        return *damage;
    }
    warnIfEmpty(document);
    return document;
}

} // namespace acervo::extract::detail
