#include "indexer/extract/detail/html_content.h"

#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/paging.h"
#include "indexer/extract/detail/text_builder.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>

namespace acervo::extract::detail {
namespace {

using Border = TextBuilder::Border;

constexpr std::size_t kMaxInnerDocuments = 16;    // iframe srcdoc
constexpr std::size_t kMaxOpenElements = 20'000;  // gumbo's time grows with the square of the depth
constexpr std::size_t kOnePageBytes = 4'000;      // shorter texts are one page whatever their headings
constexpr std::size_t kShortSectionBytes = 200;   // a page this short takes the next section in
constexpr std::size_t kLongSectionBytes = 12'000; // longer ones without headings are cut
constexpr std::size_t kPieceBytes = 5'000;
constexpr std::uint32_t kPageHeadingLevel = 3;

// gumbo frees its tree by recursion, which a deeply nested page turns into a stack overflow. Its memory is taken from
// blocks that are given back together instead. Workaround for gumbo 0.10.1; HtmlContent.survivesDeepNesting tells.
class Arena {
public:
    static void* allocate(void* self, std::size_t size) { return static_cast<Arena*>(self)->take(size); }
    static void release(void* /*self*/, void* /*memory*/) {}

private:
    static constexpr std::size_t kBlock = 256 * 1024;

    void* take(std::size_t size)
    {
        size = (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
        if (size > kBlock / 4) {
            return _blocks.emplace_back(std::make_unique<std::byte[]>(size)).get();
        }
        if (_used + size > _space) {
            _current = _blocks.emplace_back(std::make_unique<std::byte[]>(kBlock)).get();
            _space = kBlock;
            _used = 0;
        }
        auto* memory = _current + _used;
        _used += size;
        return memory;
    }

    std::vector<std::unique_ptr<std::byte[]>> _blocks;
    std::byte* _current = nullptr;
    std::size_t _space = 0;
    std::size_t _used = 0;
};

std::string lowered(std::string_view text)
{
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

bool isElement(const GumboNode* node)
{
    return node->type == GUMBO_NODE_ELEMENT;
}

std::string_view attribute(const GumboNode* node, const char* name)
{
    const auto* found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found == nullptr ? std::string_view{} : std::string_view{found->value};
}

bool hasAttribute(const GumboNode* node, const char* name)
{
    return gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

const GumboVector* childrenOf(const GumboNode* node)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
        return &node->v.element.children;
    case GUMBO_NODE_DOCUMENT:
        return &node->v.document.children;
    default:
        return nullptr;
    }
}

// Visits a tree without recursion. `enter` says whether to go below a node; `leave` is called for nodes gone below.
template <class Enter, class Leave>
void walk(const GumboNode* root, Enter enter, Leave leave)
{
    struct Frame {
        const GumboNode* node;
        unsigned next;
    };
    std::vector<Frame> stack;
    if (enter(root)) {
        stack.push_back({root, 0});
    }
    while (!stack.empty()) {
        auto& frame = stack.back();
        const auto* children = childrenOf(frame.node);
        if (children == nullptr || frame.next >= children->length) {
            leave(frame.node);
            stack.pop_back();
            continue;
        }
        const auto* child = static_cast<const GumboNode*>(children->data[frame.next++]);
        if (enter(child)) {
            stack.push_back({child, 0});
        }
    }
}

template <class Predicate>
const GumboNode* firstElement(const GumboNode* root, Predicate predicate)
{
    const GumboNode* found = nullptr;
    walk(
        root,
        [&](const GumboNode* node) {
            if (found == nullptr && isElement(node) && predicate(node)) {
                found = node;
            }
            return found == nullptr;
        },
        [](const GumboNode*) {});
    return found;
}

bool isTag(const GumboNode* node, GumboTag tag)
{
    return isElement(node) && node->v.element.tag == tag;
}

std::uint32_t headingLevel(const GumboNode* node)
{
    switch (node->v.element.tag) {
    case GUMBO_TAG_H1:
        return 1;
    case GUMBO_TAG_H2:
        return 2;
    case GUMBO_TAG_H3:
        return 3;
    case GUMBO_TAG_H4:
        return 4;
    case GUMBO_TAG_H5:
        return 5;
    case GUMBO_TAG_H6:
        return 6;
    default:
        return 0;
    }
}

enum class Keep : std::uint8_t { everything, content };

// Never read as text, whatever else is asked.
bool isInvisible(const GumboNode* node)
{
    switch (node->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
        return true;
    default:
        break;
    }
    if (hasAttribute(node, "hidden")) {
        return true;
    }
    auto style = lowered(attribute(node, "style"));
    std::erase(style, ' ');
    return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

bool hasBoilerplateClass(const GumboNode* node)
{
    constexpr std::array<std::string_view, 18> kNames{
        "modal",       "dropdown-menu", "ecl-site-header", "ecl-site-footer", "navbar",       "breadcrumb",
        "breadcrumbs", "cookie-banner", "cookie-notice",   "cookie-consent",  "skip-link",    "site-header",
        "site-footer", "site-nav",      "pagination",      "share-buttons",   "social-share", "sidebar"};
    for (const char* name : {"class", "id"}) {
        auto rest = attribute(node, name);
        while (!rest.empty()) {
            const auto end = std::min(rest.find(' '), rest.size());
            if (std::find(kNames.begin(), kNames.end(), lowered(rest.substr(0, end))) != kNames.end()) {
                return true;
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return false;
}

bool insideContent(const GumboNode* node)
{
    for (const auto* above = node->parent; above != nullptr; above = above->parent) {
        if (isTag(above, GUMBO_TAG_ARTICLE) || isTag(above, GUMBO_TAG_MAIN) || isTag(above, GUMBO_TAG_SECTION)) {
            return true;
        }
    }
    return false;
}

// What surrounds the text on a page: menus, banners, side bars.
bool isFurniture(const GumboNode* node)
{
    switch (node->v.element.tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BUTTON:
        return true;
    case GUMBO_TAG_FOOTER:
        return !insideContent(node);
    case GUMBO_TAG_HEADER: {
        // Some pages put their opening paragraphs there; a banner has a menu, or no paragraph.
        const auto has = [node](GumboTag tag) {
            return firstElement(node, [tag](const GumboNode* below) { return isTag(below, tag); }) != nullptr;
        };
        return !insideContent(node) && (has(GUMBO_TAG_NAV) || (!has(GUMBO_TAG_P) && !has(GUMBO_TAG_H1)));
    }
    default:
        break;
    }
    const auto role = lowered(attribute(node, "role"));
    if (role == "navigation" || role == "banner" || role == "contentinfo" || role == "search" ||
        role == "complementary" || role == "dialog" || role == "menu" || role == "menubar") {
        return true;
    }
    return hasBoilerplateClass(node);
}

Border borderAround(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
        return Border::paragraph;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        return Border::cell;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_IFRAME:
        return Border::line;
    default:
        return Border::none;
    }
}

// Reads the text below one element, section by section.
class SectionReader {
public:
    SectionReader(Keep keep, std::vector<std::string>& innerDocuments) : _keep(keep), _inner(innerDocuments) {}

    std::vector<Section> read(const GumboNode* root)
    {
        _sections.emplace_back();
        walk(
            root, [&](const GumboNode* node) { return enter(node, root); },
            [&](const GumboNode* node) { leave(node); });
        closeSection();
        std::erase_if(_sections, [](const Section& section) { return section.text.empty(); });
        return std::move(_sections);
    }

private:
    bool enter(const GumboNode* node, const GumboNode* root)
    {
        switch (node->type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_CDATA:
        case GUMBO_NODE_WHITESPACE:
            if (_verbatim > 0) {
                _builder.appendVerbatim(node->v.text.text);
            } else {
                _builder.append(node->v.text.text);
            }
            return false;
        case GUMBO_NODE_ELEMENT:
            break;
        case GUMBO_NODE_DOCUMENT:
            return true;
        default:
            return false;
        }
        if (isInvisible(node) || (_keep == Keep::content && node != root && isFurniture(node))) {
            _builder.border(Border::space);
            return false;
        }
        const auto tag = node->v.element.tag;
        _builder.border(borderAround(tag));
        if (tag == GUMBO_TAG_IFRAME) {
            if (const auto source = attribute(node, "srcdoc"); !source.empty() && _inner.size() < kMaxInnerDocuments) {
                _inner.emplace_back(source);
            }
            return false;
        }
        _verbatim += tag == GUMBO_TAG_PRE ? 1 : 0;
        if (const auto level = headingLevel(node); level > 0 && _headingNode == nullptr) {
            closeSection();
            _sections.push_back({level, {}, {}});
            _headingNode = node;
        }
        return true;
    }

    void leave(const GumboNode* node)
    {
        if (!isElement(node)) {
            return;
        }
        const auto tag = node->v.element.tag;
        _verbatim -= tag == GUMBO_TAG_PRE ? 1 : 0;
        if (node == _headingNode) {
            _headingNode = nullptr;
            _sections.back().heading = flattened(_builder.text());
            if (_sections.back().heading.empty()) { // an empty heading starts nothing
                _sections.pop_back();
                if (_sections.empty()) {
                    _sections.emplace_back();
                }
                _reopened = true;
            }
        }
        _builder.border(borderAround(tag));
    }

    void closeSection()
    {
        auto text = _builder.take();
        auto& section = _sections.back();
        if (_reopened && !section.text.empty()) {
            if (!text.empty()) {
                section.text += "\n\n" + text;
            }
        } else {
            section.text = std::move(text);
        }
        _reopened = false;
    }

    Keep _keep;
    std::vector<std::string>& _inner;
    std::vector<Section> _sections;
    TextBuilder _builder;
    const GumboNode* _headingNode = nullptr;
    int _verbatim = 0;
    bool _reopened = false;
};

std::size_t bytesOf(const std::vector<Section>& sections)
{
    std::size_t total = 0;
    for (const auto& section : sections) {
        total += section.text.size();
    }
    return total;
}

// The element that holds the page's own text, where the page says so.
const GumboNode* declaredContent(const GumboNode* body)
{
    const auto isMain = [](const GumboNode* node) {
        return isTag(node, GUMBO_TAG_MAIN) || lowered(attribute(node, "role")) == "main";
    };
    if (const auto* main = firstElement(body, isMain)) {
        return main;
    }
    const GumboNode* article = nullptr;
    std::size_t articles = 0;
    walk(
        body,
        [&](const GumboNode* node) {
            if (isTag(node, GUMBO_TAG_ARTICLE)) {
                article = node;
                ++articles;
                return false;
            }
            return isElement(node);
        },
        [](const GumboNode*) {});
    return articles == 1 ? article : nullptr;
}

std::vector<Section> readSections(const GumboNode* body, std::vector<std::string>& inner)
{
    constexpr std::size_t kEnoughBytes = 200;
    auto withoutFurniture = SectionReader{Keep::content, inner}.read(body);
    if (const auto* main = declaredContent(body)) {
        std::vector<std::string> innerOfMain;
        auto sections = SectionReader{Keep::content, innerOfMain}.read(main);
        // A page may wrap only its teaser: the declared part must hold a fair share of what there is.
        const auto size = bytesOf(sections);
        if (size > 0 && (size >= kEnoughBytes || size * 2 >= bytesOf(withoutFurniture)) &&
            size * 4 >= bytesOf(withoutFurniture)) {
            inner = std::move(innerOfMain);
            return sections;
        }
    }
    if (bytesOf(withoutFurniture) > 0) {
        return withoutFurniture;
    }
    inner.clear();
    return SectionReader{Keep::everything, inner}.read(body);
}

void readHead(const GumboNode* root, HtmlContent& content)
{
    walk(
        root,
        [&](const GumboNode* node) {
            if (!isElement(node)) {
                return node->type == GUMBO_NODE_DOCUMENT;
            }
            if (isTag(node, GUMBO_TAG_HTML)) {
                content.language = attribute(node, "lang");
                if (content.language.empty()) {
                    content.language = attribute(node, "xml:lang");
                }
            } else if (isTag(node, GUMBO_TAG_TITLE) && content.title.empty()) {
                TextBuilder title;
                const auto& children = node->v.element.children;
                for (unsigned i = 0; i < children.length; ++i) {
                    const auto* child = static_cast<const GumboNode*>(children.data[i]);
                    if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE) {
                        title.append(child->v.text.text);
                    }
                }
                content.title = title.take();
            } else if (isTag(node, GUMBO_TAG_META)) {
                for (const char* key : {"name", "property", "http-equiv"}) {
                    if (hasAttribute(node, key) && hasAttribute(node, "content")) {
                        content.meta.emplace_back(lowered(attribute(node, key)), flattened(attribute(node, "content")));
                        break;
                    }
                }
            }
            return !isInvisible(node) || isTag(node, GUMBO_TAG_HEAD);
        },
        [](const GumboNode*) {});
}

bool hasClass(const GumboNode* node, const auto& names)
{
    auto rest = attribute(node, "class");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        if (std::find(names.begin(), names.end(), lowered(rest.substr(0, end))) != names.end()) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

// Titles without a heading: the paragraphs that their class calls so, as far as they follow one another. The names are
// those of official journals and of common publishing systems.
std::string markedTitle(const GumboNode* body)
{
    constexpr std::array<std::string_view, 6> kNames{"title-doc-first", "title-doc-last", "oj-doc-ti",
                                                     "doc-ti",          "entry-title",    "article-title"};
    constexpr std::size_t kMaxBytes = 500;
    TextBuilder title;
    bool over = false;
    int inside = 0;
    walk(
        body,
        [&](const GumboNode* node) {
            if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
                if (inside > 0) {
                    title.append(node->v.text.text);
                }
                return false;
            }
            if (!isElement(node) || isInvisible(node)) {
                return false;
            }
            if (hasClass(node, kNames)) {
                over = over || title.text().size() > kMaxBytes;
                inside += over ? 0 : 1;
                title.border(Border::space);
            } else if (inside == 0 && isTag(node, GUMBO_TAG_P) && !title.text().empty()) {
                over = true;
            }
            return !over;
        },
        [&](const GumboNode* node) { inside -= inside > 0 && isElement(node) && hasClass(node, kNames) ? 1 : 0; });
    return title.take();
}

// Open minus closed tags, roughly and without a parser: how deep a parser's stack could grow.
bool nestsTooDeeply(std::string_view html)
{
    // Elements without end tag, or whose end tag authors leave out: they do not nest.
    constexpr std::array<std::string_view, 24> kFlat{
        "area", "base",   "br", "col",   "dd",     "dt",    "embed", "hr", "img",   "input", "li",    "link",
        "meta", "option", "p",  "param", "source", "tbody", "td",    "th", "thead", "tr",    "tfoot", "wbr"};
    std::size_t depth = 0;
    for (auto at = html.find('<'); at != std::string_view::npos && at + 1 < html.size(); at = html.find('<', at + 1)) {
        const auto next = html[at + 1];
        if (next == '/') {
            depth -= depth > 0 ? 1 : 0;
        } else if (std::isalpha(static_cast<unsigned char>(next)) != 0) {
            const auto end = html.find_first_of(" \t\r\n/>", at + 1);
            const auto close = html.find('>', at);
            const auto name = lowered(html.substr(at + 1, std::min(end, html.size()) - at - 1));
            const bool selfClosed = close != std::string_view::npos && html[close - 1] == '/';
            if (!selfClosed && std::find(kFlat.begin(), kFlat.end(), name) == kFlat.end() &&
                ++depth > kMaxOpenElements) {
                return true;
            }
        }
    }
    return false;
}

// The text between tags, for pages that no tree is built for.
std::string withoutTags(std::string_view html)
{
    TextBuilder builder;
    while (!html.empty()) {
        const auto tag = html.find('<');
        builder.append(html.substr(0, tag));
        builder.border(Border::line);
        if (tag == std::string_view::npos) {
            break;
        }
        html.remove_prefix(tag);
        const bool isScript = lowered(html.substr(0, 7)) == "<script" || lowered(html.substr(0, 6)) == "<style";
        const auto end = isScript ? html.find("</", 1) : html.find('>');
        html.remove_prefix(end == std::string_view::npos ? html.size() : end + (isScript ? 0 : 1));
    }
    return builder.take();
}

HtmlContent parse(std::string_view utf8, std::vector<std::string>& inner)
{
    HtmlContent content;
    if (nestsTooDeeply(utf8)) {
        content.truncated = true;
        content.sections.push_back({0, {}, withoutTags(utf8)});
        return content;
    }
    Arena arena;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = &Arena::allocate;
    options.deallocator = &Arena::release;
    options.userdata = &arena;
    options.max_errors = 0;
    const auto* output = gumbo_parse_with_options(&options, utf8.data(), utf8.size());
    if (output == nullptr || output->root == nullptr) {
        return content;
    }
    readHead(output->document, content);
    const auto* body = firstElement(output->document, [](const GumboNode* node) {
        return isTag(node, GUMBO_TAG_BODY) || isTag(node, GUMBO_TAG_FRAMESET);
    });
    content.sections = readSections(body == nullptr ? output->root : body, inner);
    content.markedTitle = markedTitle(body == nullptr ? output->root : body);
    return content;
}

} // namespace

HtmlContent readHtmlContent(std::string_view utf8, const Limits& /*limits*/)
{
    std::vector<std::string> inner;
    auto content = parse(utf8, inner);
    // Frames inside frames are not followed.
    for (const auto& source : inner) {
        std::vector<std::string> ignored;
        auto frame = parse(source, ignored);
        content.truncated = content.truncated || frame.truncated;
        std::move(frame.sections.begin(), frame.sections.end(), std::back_inserter(content.sections));
    }
    return content;
}

namespace {

struct OpenPage {
    model::Page page;
    std::vector<model::OutlineEntry> outline;
};

// A page that is short takes the next section in; one that is long is cut.
bool close(ExtractedDocument& document, OpenPage& open, const Limits& limits)
{
    if (open.page.text.empty()) {
        return true;
    }
    const auto number = static_cast<std::uint32_t>(document.pages.size() + 1);
    for (auto& entry : open.outline) {
        entry.page = number;
        document.outline.push_back(std::move(entry));
    }
    bool more = true;
    if (open.page.text.size() <= kLongSectionBytes) {
        more = addPage(document, std::move(open.page), limits);
    } else {
        for (const auto piece : paged(open.page.text, kPieceBytes)) {
            model::Page page;
            page.heading = open.page.heading;
            page.text = piece;
            more = more && addPage(document, std::move(page), limits);
        }
    }
    open = {};
    return more;
}

} // namespace

bool addSections(ExtractedDocument& document, std::vector<Section> sections, const Limits& limits)
{
    const bool onePage = bytesOf(sections) <= kOnePageBytes;
    OpenPage open;
    for (auto& section : sections) {
        const bool starts = section.level > 0 && section.level <= kPageHeadingLevel && !onePage;
        if (starts && open.page.text.size() > kShortSectionBytes && !close(document, open, limits)) {
            return false;
        }
        if (section.level > 0) {
            open.outline.push_back({std::min(section.level, 6U), section.heading, 0});
        }
        if (open.page.heading.empty() && section.level <= kPageHeadingLevel) {
            open.page.heading = section.heading;
        }
        if (!open.page.text.empty()) {
            open.page.text += "\n\n";
        }
        open.page.text += section.text;
    }
    return close(document, open, limits);
}

} // namespace acervo::extract::detail
