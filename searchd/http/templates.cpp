#include "searchd/http/templates.h"

#include "searchd/http/markup.h"

#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace acervo::http {

namespace mustache = kainjow::mustache;

struct Templates::Parsed {
    mustache::mustache page;
};

namespace {

constexpr int kMaxNesting = 8; // of {{> name}}

mustache::data dataOf(const nlohmann::json& view)
{
    switch (view.type()) {
    case nlohmann::json::value_t::object: {
        mustache::data object;
        for (const auto& [key, value] : view.items()) {
            object[key] = dataOf(value);
        }
        return object;
    }
    case nlohmann::json::value_t::array: {
        mustache::data list{mustache::data::type::list};
        for (const auto& value : view) {
            list.push_back(dataOf(value));
        }
        return list;
    }
    case nlohmann::json::value_t::string: {
        const auto& text = view.get_ref<const std::string&>();
        return text.empty() ? mustache::data{false} : mustache::data{text};
    }
    case nlohmann::json::value_t::boolean:
        return view.get<bool>();
    case nlohmann::json::value_t::null:
        return false;
    default:
        return view.dump();
    }
}

using Sources = std::map<std::string, std::string, std::less<>>;

// Replaces {{t:key}} and {{> name}}.
Result<std::string> expand(std::string_view source, const Sources& sources, const Messages& messages,
                           text::Language language, int nesting)
{
    std::string expanded;
    for (std::size_t at = 0; at < source.size();) {
        const auto open = source.find("{{", at);
        const auto close = open == std::string_view::npos ? open : source.find("}}", open);
        if (close == std::string_view::npos) {
            expanded += source.substr(at);
            break;
        }
        const auto tag = source.substr(open + 2, close - open - 2);
        expanded += source.substr(at, open - at);
        at = close + 2;
        if (tag.starts_with("t:")) {
            const auto key = tag.substr(2);
            if (!messages.has(key)) {
                return Error{ErrorCode::corruptInput, "unknown text \"" + std::string{key} + "\""};
            }
            expanded += escapeHtml(messages.text(language, key));
        } else if (tag.starts_with("> ")) {
            const auto part = sources.find(tag.substr(2));
            if (part == sources.end() || nesting == kMaxNesting) {
                return Error{ErrorCode::corruptInput, "unknown template \"" + std::string{tag.substr(2)} + "\""};
            }
            auto inner = expand(part->second, sources, messages, language, nesting + 1);
            if (!inner) {
                return inner.error();
            }
            expanded += *inner;
        } else {
            expanded += source.substr(open, close + 2 - open);
        }
    }
    return expanded;
}

} // namespace

Templates::Templates() = default;
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;
Templates::~Templates() = default;

Result<Templates> Templates::load(const std::filesystem::path& folder, const Messages& messages)
{
    Sources sources;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failed}) {
        if (entry.path().extension() == ".mustache") {
            std::ifstream in{entry.path()};
            sources[entry.path().stem()] = std::string{std::istreambuf_iterator<char>{in}, {}};
        }
    }
    if (failed || sources.empty()) {
        return Error{ErrorCode::notFound, "no templates in " + folder.string()};
    }
    Templates templates;
    for (const auto& [name, source] : sources) {
        for (const auto language : text::kLanguages) {
            auto text = expand(source, sources, messages, language, 0);
            if (!text) {
                return text.error().within("template " + name);
            }
            auto parsed = std::make_unique<Parsed>(Parsed{mustache::mustache{*text}});
            if (!parsed->page.is_valid()) {
                return Error{ErrorCode::corruptInput, "template " + name + ": " + parsed->page.error_message()};
            }
            templates._byName.emplace(name + "." + std::string{text::codeOf(language)}, std::move(parsed));
        }
    }
    return templates;
}

std::string Templates::render(std::string_view name, text::Language language, const nlohmann::json& view) const
{
    const auto found = _byName.find(std::string{name} + "." + std::string{text::codeOf(language)});
    if (found == _byName.end()) {
        throw std::logic_error("no template " + std::string{name});
    }
    return found->second->page.render(dataOf(view));
}

} // namespace acervo::http
