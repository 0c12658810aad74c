#include "searchd/http/page_view.h"

#include "searchd/http/versions.h"

namespace acervo::http {

using nlohmann::json;

namespace {

std::string tagOf(text::Language language)
{
    return std::string{text::codeOf(language)};
}

json tombstoneView(const Services& services, text::Language language, const catalogue::Tombstone& tombstone)
{
    // What the crawler writes is said in the reader's language; what a person wrote stays as written.
    const bool written = !tombstone.reason.empty() && tombstone.reason != catalogue::kGoneFromSource;
    return {{"id", tombstone.citableId},
            {"date", formatDate(dateOf(tombstone.withdrawnAt), language)},
            {"reason", written ? tombstone.reason : services.messages.text(language, "tombstone.unsaid")},
            {"successor", tombstone.successor},
            {"successor_url", tombstone.successor.empty() ? "" : documentUrl(language, tombstone.successor)}};
}

} // namespace

json commonView(const Services& services, text::Language language, const std::string& title,
                const std::string& pathBelow, const Parameters& parameters)
{
    auto switches = json::array();
    for (const auto other : text::kLanguages) {
        const auto path = "/" + tagOf(other) + pathBelow + buildQuery(parameters);
        switches.push_back({{"code", tagOf(other)},
                            {"name", languageName(text::codeOf(other), other)},
                            {"url", path},
                            {"absolute_url", absoluteUrl(services, path)},
                            {"current", other == language}});
    }
    return {{"lang", tagOf(language)},
            {"title", title},
            {"canonical_url", ""},
            {"home_url", searchUrl(language, {})},
            {"feed_url", ""},
            {"feed_title", services.messages.text(language, "feed.title")},
            {"switches", switches},
            {"css_url", services.assets.url("style.css")},
            {"js_url", services.assets.url("enhance.js")},
            {"icon_url", services.assets.url("icon.svg")}};
}

Response htmlPage(const Services& services, std::string_view name, text::Language language, const json& view)
{
    Response response;
    response.contentType = "text/html; charset=utf-8";
    response.body = services.templates.render(name, language, view);
    response.headers.emplace_back("Content-Language", tagOf(language));
    return response;
}

Response errorPage(const Services& services, text::Language language, int status, const Failure& failure)
{
    const auto& messages = services.messages;
    auto key = "error." + std::to_string(status);
    if (!messages.has(key + ".title")) {
        key = status < 500 ? "error.400" : "error.500";
    }
    auto view = commonView(services, language, messages.text(language, key + ".title"), "/", {});
    view["status"] = std::to_string(status);
    view["text"] = messages.text(language, key + ".text");
    view["parameter"] = failure.parameter.empty() || status != 400
                            ? ""
                            : messages.text(language, "error.parameter", {{"parameter", failure.parameter}});
    view["nearest"] = json::array();
    for (const auto& near : failure.nearest) {
        view["nearest"].push_back({{"id", near.citableId},
                                   {"title", near.title},
                                   {"language", near.language},
                                   {"url", documentUrl(language, near.citableId)}});
    }
    view["any_nearest"] = !failure.nearest.empty();
    view["tombstone"] = failure.tombstone ? tombstoneView(services, language, *failure.tombstone) : json(false);
    return htmlPage(services, "error", language, view);
}

Response redirect(int status, const std::string& location)
{
    Response response;
    response.status = status;
    response.contentType = "text/plain; charset=utf-8";
    response.body = location + "\n";
    response.headers.emplace_back("Location", location);
    return response;
}

std::string searchUrl(text::Language language, const Parameters& parameters)
{
    return "/" + tagOf(language) + "/" + buildQuery(parameters);
}

json languageBadges(const Services& services, text::Language language, const std::string& citableId,
                    const std::vector<std::string>& languages, const std::string& current, const Parameters& words)
{
    auto badges = json::array();
    for (const auto& code : languages) {
        badges.push_back({{"code", code},
                          {"name", facetLabel(services, schema::Facet::language, code, language)},
                          {"url", documentUrl(language, citableId, joined({{"language", code}}, words))},
                          {"current", code == current}});
    }
    return badges;
}

Parameters joined(Parameters first, const Parameters& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

text::Language pageLanguage(const Request& request)
{
    return text::languageOf(request.path.substr(1, 2));
}

} // namespace acervo::http
