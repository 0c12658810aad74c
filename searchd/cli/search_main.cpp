// acervo-search: asks the library from a terminal.
#include "corpus/config/arguments.h"
#include "corpus/config/config.h"
#include "searchd/cli/answer_printer.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/public_url.h"
#include "searchd/http/search_parameters.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

using namespace acervo;

enum Exit : int { exitDone = 0, exitFailed = 1, exitUsage = 2 };

constexpr const char* kUsage = R"(acervo-search: asks the library from a terminal.

  acervo-search QUERY [--section NAME] [--type NAME] [--theme NAME] [--year YEAR] [--country CODE]
                      [--language CODE] [--sdg NUMBER] [--year-from YEAR] [--year-to YEAR]
                      [--sort relevance|newest|oldest|title] [--page N] [--size N] [--lang en|fr|es] [--json]
                      [--xlang on|off] [--without CODE:WORDS]
      the same answers as the website and its API; filters may be repeated

  --config FILE   the configuration; acervo.toml in this folder when left out
)";

int failed(const Error& error)
{
    std::fprintf(stderr, "acervo-search: %s\n", error.message.c_str());
    return error.code == ErrorCode::invalidArgument ? exitUsage : exitFailed;
}

// The command line as the API's parameters, so that both are read and checked by the same code.
http::Parameters parametersOf(const config::Arguments& arguments)
{
    http::Parameters parameters;
    std::string query;
    for (const auto& word : arguments.words()) {
        query += (query.empty() ? "" : " ") + word;
    }
    parameters.emplace_back("q", query);
    for (const auto& info : schema::kFacets) {
        for (const auto& value : arguments.values(info.name)) {
            parameters.emplace_back(info.name, value);
        }
    }
    for (const auto& [option, parameter] :
         {std::pair{"year-from", "year_from"}, std::pair{"year-to", "year_to"}, std::pair{"sort", "sort"},
          std::pair{"page", "page"}, std::pair{"size", "size"}, std::pair{"lang", "lang"},
          std::pair{"xlang", "xlang"}}) {
        if (arguments.has(option)) {
            parameters.emplace_back(parameter, arguments.value(option));
        }
    }
    for (const auto& off : arguments.values("without")) {
        parameters.emplace_back("without", off);
    }
    return parameters;
}

int searchCommand(const config::Arguments& arguments)
{
    const auto config = config::load(arguments.value("config", "acervo.toml"), config::sharedFolder());
    if (!config) {
        return failed(config.error());
    }
    const auto vocabularies = vocabulary::load(config->vocabulary);
    if (!vocabularies) {
        return failed(vocabularies.error());
    }
    const auto messages = http::Messages::load(config->webUi / "i18n");
    if (!messages) {
        return failed(messages.error());
    }
    const auto templates = http::Templates::load(config->webUi / "templates", *messages);
    if (!templates) {
        return failed(templates.error());
    }
    const auto assets = http::Assets::load(config->webUi / "assets");
    if (!assets) {
        return failed(assets.error());
    }
    http::ReaderPool readers{http::engineOptions(*config), access::Filter::publicOnly(), *vocabularies};
    http::BulkFile bulk;
    const http::Services services{*config, *vocabularies, *messages, *templates,
                                  *assets, readers,       bulk,      http::configuredBase(config->search)};

    const auto parameters = parametersOf(arguments);
    http::ParameterReader reader{parameters};
    const char* locale = std::getenv("LANG");
    const auto ofShell = text::languageOf(locale != nullptr ? locale : "");
    const auto language = reader.language("lang").value_or(
        ofShell == text::Language::other ? text::languageOf(config->search.defaultLanguage) : ofShell);
    const auto request = http::readSearch(reader, language);
    if (const auto& malformed = reader.malformed()) {
        return failed({ErrorCode::invalidArgument, "--" + malformed->parameter + " must be " + malformed->expected});
    }
    auto loan = readers.borrow();
    if (!loan) {
        return failed(loan.error());
    }
    const auto answer = loan->engine().search(request);
    if (!answer) {
        return failed(answer.error());
    }
    if (arguments.has("json")) {
        std::cout << http::searchJson(services, request, *answer).dump(2) << '\n';
    } else {
        cli::printAnswer(services, request, *answer, ::isatty(STDOUT_FILENO) == 1, stdout);
    }
    return exitDone;
}

int run(int count, char** words)
{
    std::vector<config::OptionSpec> options{
        {"config"}, {"year-from"},           {"year-to"},     {"sort"},        {"page"},          {"size"}, {"lang"},
        {"xlang"},  {"without", true, true}, {"json", false}, {"help", false}, {"version", false}};
    for (const auto& info : schema::kFacets) {
        options.push_back({info.name, true, true});
    }
    const auto arguments = config::Arguments::parse(count, words, options);
    if (!arguments) {
        std::fprintf(stderr, "acervo-search: %s\n\n%s", arguments.error().message.c_str(), kUsage);
        return exitUsage;
    }
    if (arguments->has("version")) {
        std::printf("acervo-search %s\n", ACERVO_VERSION);
        return exitDone;
    }
    if (arguments->has("help") || count == 1) {
        std::fputs(kUsage, arguments->has("help") ? stdout : stderr);
        return arguments->has("help") ? exitDone : exitUsage;
    }
    return searchCommand(*arguments);
}

} // namespace

int main(int count, char** words)
{
    try {
        return run(count, words);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "acervo-search: %s\n", error.what());
    } catch (...) {
        std::fprintf(stderr, "acervo-search: ended by an unknown exception\n");
    }
    return exitFailed;
}
