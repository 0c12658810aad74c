#include "indexer/cli/detail/desk.h"

#include "analyzers/text/normalise.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/report.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace acervo::cli {

namespace {

// Behind sudo the person who called it.
std::string loginName()
{
    if (const char* caller = std::getenv("SUDO_USER"); caller != nullptr && *caller != '\0') {
        return caller;
    }
    const auto* user = ::getpwuid(::geteuid());
    return user != nullptr && user->pw_name != nullptr ? user->pw_name : std::to_string(::geteuid());
}

} // namespace

catalogue::Signature signatureFrom(const config::Arguments& arguments)
{
    return {text::clean(arguments.value("by", loginName())), text::clean(arguments.value("note"))};
}

Result<Desk> openDesk(const config::Arguments& arguments)
{
    auto library = openLibrary(arguments, catalogue::Mode::readWrite);
    if (!library) {
        return library.error();
    }
    return Desk{std::move(*library), signatureFrom(arguments)};
}

int shown(const Desk& desk, const std::string& message)
{
    std::printf("%s\n", printable(message).c_str());
    const auto caughtUp = index::catchUp(writerOptions(desk.config), desk.catalogue, desk.vocabularies);
    if (!caughtUp) {
        std::fflush(stdout);
        std::fprintf(stderr,
                     "acervo-indexer: the change is kept, but the index does not show it yet: %s; repair that, then "
                     "\"acervo-indexer run\" brings it up\n",
                     printable(caughtUp.error().message).c_str());
        return exitAlarm;
    }
    for (const auto& refused : caughtUp->refused) {
        std::printf("  the index refused %s\n", printable(refused).c_str());
    }
    return caughtUp->refused.empty() ? exitDone : exitAlarm;
}

} // namespace acervo::cli
