#include "indexer/extract/detail/flow.h"

#include "indexer/extract/detail/format.h"

#include <algorithm>
#include <utility>

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kSectionsFromBytes = 4'000;
constexpr std::uint32_t kSectionLevel = 2;
constexpr std::size_t kMaxHeadingBytes = 500; // longer: somebody used the style for body text
constexpr std::size_t kMaxBreaks = 1'000'000;
constexpr std::size_t kMaxAsides = 32; // text boxes within text boxes

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

std::string collapseSpace(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (!isSpace(c)) {
            result.push_back(c);
        } else if (!result.empty() && result.back() != ' ') {
            result.push_back(' ');
        }
    }
    if (!result.empty() && result.back() == ' ') {
        result.pop_back();
    }
    return result;
}

void Flow::text(std::string_view utf8)
{
    if (_truncated || utf8.empty()) {
        return;
    }
    if (_usedBytes + utf8.size() > _maxBytes) {
        _truncated = true; // addPage cuts at the character
    }
    if (!_pending.empty() && !_text.empty()) {
        _text += _pending;
        _usedBytes += _pending.size();
        if (_paragraphStart + _pending.size() == _text.size()) {
            _paragraphStart = _text.size();
        }
    }
    _pending.clear();
    _text += utf8;
    _usedBytes += utf8.size();
}

void Flow::endParagraph(std::uint32_t level)
{
    if (level >= 1 && level <= 6 && _asides.empty() && _paragraphStart < _text.size()) {
        auto title = collapseSpace(std::string_view{_text}.substr(_paragraphStart));
        if (!title.empty() && title.size() <= kMaxHeadingBytes) {
            _headings.push_back({_paragraphStart, level, std::move(title)});
        }
    }
    if (_asides.empty() && !_deferred.empty()) {
        _pending = "\n";
        auto boxes = std::exchange(_deferred, {});
        _usedBytes -= std::min<std::uint64_t>(_usedBytes, boxes.size()); // counted when they were written
        text(boxes);
    }
    _pending = "\n";
    _paragraphStart = _text.size();
}

void Flow::endCell()
{
    _pending = "\t";
}

void Flow::endRow()
{
    _pending = "\n";
}

void Flow::pageBreak(Break kind)
{
    if (!_asides.empty() || _breaks.size() >= kMaxBreaks) {
        return;
    }
    // A break right after another one is the same page's beginning, told twice (Word writes both kinds).
    if (!_breaks.empty() && _breaks.back().at == _text.size()) {
        if (kind == Break::rendered) {
            _breaks.back().kind = kind;
        }
        return;
    }
    _breaks.push_back({_text.size(), kind});
}

void Flow::note(std::string text)
{
    if (_truncated || text.empty()) {
        return;
    }
    _usedBytes += text.size();
    _truncated = _usedBytes > _maxBytes;
    const auto at = _asides.empty() ? _text.size() : _asides.front().text.size();
    _notes.push_back({at, std::move(text)});
}

void Flow::beginAside()
{
    if (_asides.size() < kMaxAsides) {
        _asides.push_back({std::move(_text), std::move(_pending), _paragraphStart});
        _text.clear();
        _pending.clear();
        _paragraphStart = 0;
    } else {
        _asides.push_back({}); // keeps the calls paired; the text is not worth more
    }
}

void Flow::endAside()
{
    if (_asides.empty()) {
        return;
    }
    auto outer = std::move(_asides.back());
    _asides.pop_back();
    if (_asides.size() >= kMaxAsides) {
        return;
    }
    if (!_text.empty()) {
        if (!_deferred.empty()) {
            _deferred += '\n';
        }
        _deferred += _text;
    }
    _text = std::move(outer.text);
    _pending = std::move(outer.pending);
    _paragraphStart = outer.paragraphStart;
}

std::string Flow::takeText()
{
    while (!_asides.empty()) {
        endAside();
    }
    endParagraph();
    _pending.clear();
    return std::move(_text);
}

bool Flow::hasRenderedBreaks() const
{
    return std::any_of(_breaks.begin(), _breaks.end(), [](const auto& mark) { return mark.kind == Break::rendered; });
}

std::vector<Flow::Cut> Flow::cuts() const
{
    std::vector<Cut> result{{0, {}}};
    const auto isSection = [](const Heading& heading) { return heading.level <= kSectionLevel; };
    if (!hasRenderedBreaks() && _text.size() > kSectionsFromBytes &&
        std::any_of(_headings.begin(), _headings.end(), isSection)) {
        for (const auto& heading : _headings) {
            if (!isSection(heading)) {
                continue;
            }
            // Headings that follow one another directly open one section, which bears the last one's name.
            const auto between = std::string_view{_text}.substr(result.back().at, heading.at - result.back().at);
            const auto body = collapseSpace(between);
            if (body.empty() || (!result.back().heading.empty() && body == result.back().heading)) {
                result.back().heading = heading.title;
                continue;
            }
            result.push_back({heading.at, heading.title});
        }
        return result;
    }
    std::size_t blankTo = 0; // what lies before it, since the last cut, is white space
    for (const auto& mark : _breaks) {
        const auto between = std::string_view{_text}.substr(blankTo, mark.at - blankTo);
        blankTo = mark.at;
        if (between.find_first_not_of(" \t\n\r") != std::string_view::npos) {
            result.push_back({mark.at, {}});
        }
    }
    if (result.back().at >= _text.size() && result.size() > 1) {
        result.pop_back(); // a break at the very end opens no page
    }
    // A page stands under the heading it begins with, else the last one before it, else its own first one.
    auto next = _headings.begin();
    std::string current;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const auto end = i + 1 < result.size() ? result[i + 1].at : _text.size();
        const bool opens = next != _headings.end() && next->at < end &&
                           collapseSpace(std::string_view{_text}.substr(result[i].at, next->at - result[i].at)).empty();
        const bool first = current.empty() && next != _headings.end() && next->at < end && result.size() > 1;
        result[i].heading = opens || first ? next->title : current;
        for (; next != _headings.end() && next->at < end; ++next) {
            current = next->level <= kSectionLevel || current.empty() ? next->title : current;
        }
    }
    return result;
}

std::string Flow::notesBetween(std::size_t from, std::size_t to) const
{
    std::string result;
    auto note = std::partition_point(_notes.begin(), _notes.end(), [&](const Note& n) { return n.at < from; });
    for (; note != _notes.end() && note->at < to; ++note) {
        result += "\n" + note->text;
    }
    return result;
}

void Flow::deliver(ExtractedDocument& document, const Limits& limits)
{
    while (!_asides.empty()) {
        endAside();
    }
    endParagraph();
    const auto all = cuts();
    const bool labelled = hasRenderedBreaks();
    const auto firstPage = document.pages.size();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool last = i + 1 == all.size();
        const auto end = last ? _text.size() : all[i + 1].at;
        auto slice = std::string_view{_text}.substr(all[i].at, end - all[i].at);
        const auto from = slice.find_first_not_of(" \n\t");
        slice = from == std::string_view::npos ? std::string_view{} : slice.substr(from);
        slice = slice.substr(0, slice.find_last_not_of(" \n\t") + 1);
        model::Page page;
        page.label = labelled ? std::to_string(i + 1) : std::string{};
        page.heading = all[i].heading;
        // A note that is referred to at a page's very end belongs to it, not to the next one.
        page.text = std::string{slice} + notesBetween(i == 0 ? 0 : all[i].at + 1, last ? std::string::npos : end + 1);
        if (!addPage(document, std::move(page), limits)) {
            break;
        }
    }
    if (_truncated && !document.truncated) {
        document.truncated = true;
        document.warnings.emplace_back("only the first part of the text was kept");
    }
    for (const auto& heading : _headings) {
        const auto after =
            std::partition_point(all.begin(), all.end(), [&](const Cut& cut) { return cut.at <= heading.at; });
        const auto page = firstPage + static_cast<std::size_t>(after - all.begin());
        if (page > document.pages.size()) {
            break;
        }
        document.outline.push_back({heading.level, heading.title, static_cast<std::uint32_t>(page)});
    }
}

} // namespace acervo::extract::detail
